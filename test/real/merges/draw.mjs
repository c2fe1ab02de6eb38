/** Random merges of sibling modules: which, and where to. The same seed and number always give the same merge. */
import { randomNumbers } from '../support.mjs';

const isModule = (path) =>
  path.endsWith('.py') && !/(^|\/)(__init__|__main__|conftest|setup|test_[^/]*|[^/]*_test)\.py$/.test(path);
const directoryOf = (path) => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Directories of the package with the modules in each, where there are at least two. */
function siblings(modules) {
  const groups = new Map();
  for (const path of modules.keys()) {
    if (!isModule(path)) continue;
    const directory = directoryOf(path);
    groups.set(directory, [...(groups.get(directory) ?? []), path]);
  }
  return [...groups].filter(([, paths]) => paths.length > 1).sort(([a], [b]) => (a < b ? -1 : 1));
}

function hash(text) {
  let value = 7;
  for (const letter of text) value = (value * 31 + letter.charCodeAt(0)) >>> 0;
  return value;
}

/** `{from, into, conflicts}`, or `null` where the package has no siblings. */
export function drawMerge({ modules, place }, seed, number) {
  const random = randomNumbers(hash(`${place.name} ${seed} ${number}`));
  const pick = (list) => list[Math.floor(random() * list.length)];
  const groups = siblings(modules);
  if (groups.length === 0) return null;
  const all = groups.flatMap(([directory, paths]) => paths.map((path) => [directory, path]));
  const [directory, first] = pick(all);
  const others = groups.find(([name]) => name === directory)[1].filter((path) => path !== first);
  const from = [first];
  const count = 1 + Math.floor(random() * 3);
  while (from.length <= count && others.length > 0)
    from.push(...others.splice(Math.floor(random() * others.length), 1));
  const place_ = random();
  const into =
    place_ < 0.45
      ? `${directory}/merged_${number}.py`
      : place_ < 0.85
        ? pick(from)
        : `${pick(groups)[0]}/merged_${number}.py`;
  return { from, into, conflicts: random() < 0.7 ? 'rename' : 'refuse' };
}
