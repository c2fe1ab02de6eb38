/** What moves carried out without the check came to: two tables, and every disagreement. */
import { table } from '../support.mjs';

const isBroken = ({ broken }) => broken.length > 0;
const isRefused = ({ refused }) => refused.length > 0;
/** Broken, and not refused. */
export const isMiss = (each) => Boolean(each.error) || (isBroken(each) && !isRefused(each));

function grouped(items, key) {
  const groups = new Map();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups.entries()].sort(([, a], [, b]) => b.length - a.length);
}

const share = (part, whole) => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);

/** Plans by what was lost or by what they are, and how many of each the check refused. */
function refusedAmong(title, plans, keyOf) {
  const row = (name, group) => {
    const refused = group.filter(isRefused).length;
    return [name, group.length, refused, share(refused, group.length)];
  };
  const rows = grouped(plans, keyOf).map(([name, group]) => row(name, group));
  return table([[title, 'plans', 'refused', 'share'], ...rows, row('together', plans)]);
}

const codesOf = ({ refused }) => [...new Set(refused.map(({ code }) => code))].sort().join(', ');
const oneLine = (text) => String(text).replace(/\s+/g, ' ').slice(0, 260);
const movesOf = ({ moves }) =>
  Object.entries(moves)
    .map(([from, to]) => `${from} -> ${to}`)
    .join(', ');
const headOf = (each) => `${each.package}#${each.number} ${movesOf(each)}`;

function missLines(each) {
  const lost = each.error ? [each.error] : each.broken.map(({ kind, module, what }) => `${kind} ${module} ${what}`);
  return [headOf(each), ...lost.slice(0, 2).map((line) => `      ${oneLine(line)}`)];
}

function alarmLines(each) {
  const [first] = each.refused;
  return [headOf(each), `      ${first.code} ${first.path}:${first.line} ${oneLine(first.message)}`];
}

/** What was said of each move, and what became of it. */
export function named(results) {
  const said = ({ code, path, line, message }) => `    refused: ${code} ${path}:${line} ${oneLine(message)}`;
  const came = ({ kind, module, what }) => `    without the check: ${kind} ${module} ${oneLine(what)}`;
  return results
    .flatMap((each) => [
      headOf(each),
      ...(each.refused.length > 0 ? each.refused.map(said) : ['    let through']),
      ...(each.broken.length > 0 ? each.broken.slice(0, 2).map(came) : ['    without the check: imports as before']),
    ])
    .join('\n');
}

export function report(results) {
  const applied = results.filter((each) => each.applied && !each.error);
  const broken = applied.filter(isBroken);
  const sound = applied.filter((each) => !isBroken(each));
  const alarms = sound.filter(isRefused);
  const sections = [
    `${results.length} moves, ${applied.length} carried out`,
    refusedAmong('broken, by what was lost first', broken, (each) => each.broken[0].kind),
    refusedAmong('not broken, by kind of move', sound, (each) => each.kind),
    [
      'not broken and refused, by codes',
      ...grouped(alarms, codesOf).map(([codes, group]) => `${group.length}  ${codes}`),
    ],
    ['broken and not refused', ...results.filter(isMiss).flatMap(missLines)],
    ['not broken and refused', ...alarms.flatMap(alarmLines)],
    ['not carried out', ...results.filter((each) => !each.applied && !each.error).flatMap(alarmLines)],
  ];
  return sections.map((each) => [each].flat().join('\n')).join('\n\n');
}
