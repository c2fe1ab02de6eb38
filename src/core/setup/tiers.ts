/** Tiers that names suggest: in a directory of many modules, those whose names share a word may stand together below it. */
import type { MovedFile } from '../model.js';
import { baseOf, directoryOf, isIdentifier, join, moduleBase } from '../paths.js';
import { folded, wordsOfName } from '../topics/words.js';

export interface Tier {
  readonly directory: string;
  readonly word: string;
  readonly moves: readonly MovedFile[];
}

/** Fewer modules are no crowd. */
const CROWDED = 8;
/** More than a person looks at in a first recipe. */
const MOST_TIERS = 3;
/** Words that say nothing of what a module is about. */
const EMPTY = new Set(
  'system engine manager service module base core common util helper data main app layer handler framework integration support test type model new old api tool code python'.split(
    ' ',
  ),
);
const KEYWORDS = new Set(
  'and as assert async await break class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return try type while with yield None True False'.split(
    ' ',
  ),
);

/**
 * The largest tiers, each module in one at most.
 * @param modules paths of modules that could move: no tests, shims, packages, or copies that go
 */
export function suggestedTiers(modules: readonly string[]): Tier[] {
  const known = new Set(modules);
  const directories = [...new Set(modules.map(directoryOf))].filter((directory) => directory !== '').sort();
  const tiers = directories.flatMap((directory) => {
    const own = modules.filter((path) => directoryOf(path) === directory && !baseOf(path).startsWith('_'));
    return own.length < CROWDED ? [] : tiersIn(directory, own, known);
  });
  return tiers.sort((a, b) => b.moves.length - a.moves.length).slice(0, MOST_TIERS);
}

function tiersIn(directory: string, own: readonly string[], known: ReadonlySet<string>): Tier[] {
  const around = new Set(directory.split('/').flatMap((part) => wordsOfName(part).map(folded)));
  const tiers: Tier[] = [];
  let open = [...own];
  for (;;) {
    const [best] = [...byWord(open, around)].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
    if (!best || best[1].length < 2 || best[1].length > own.length / 2) return tiers;
    const [word, members] = best;
    const phrase = wholePhrase(word, members.map(partsOf));
    const moves = members.map((from) => ({ from, to: placeIn(directory, phrase, from) }));
    if (areFree(moves, known)) tiers.push({ directory, word: phrase.join('_'), moves });
    open = open.filter((path) => !members.includes(path));
  }
}

function byWord(paths: readonly string[], around: ReadonlySet<string>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const path of paths)
    for (const word of new Set(wordsOfName(moduleBase(path)).filter((each) => isTelling(each, around))))
      found.set(word, [...(found.get(word) ?? []), path]);
  return found;
}

function isTelling(word: string, around: ReadonlySet<string>): boolean {
  const plain = folded(word);
  return word.length > 2 && !EMPTY.has(plain) && !around.has(plain) && isIdentifier(word) && !KEYWORDS.has(word);
}

const partsOf = (path: string): string[] => moduleBase(path).split('_').filter(Boolean);

/** `cross` -> `cross_system`, where all names that have the one go on with the other. */
function wholePhrase(word: string, names: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = names;
  const at = first.findIndex((part) => part.toLowerCase() === word);
  if (at < 0) return [word];
  const isShared = (parts: readonly string[]) => others.every((name) => indexOf(name, parts) >= 0);
  let [start, end] = [at, at + 1];
  while (end < first.length && isShared(first.slice(start, end + 1))) end++;
  while (start > 0 && isShared(first.slice(start - 1, end))) start--;
  return first.slice(start, end);
}

function indexOf(name: readonly string[], phrase: readonly string[]): number {
  return name.findIndex((_, index) => phrase.every((part, step) => name[index + step] === part));
}

/** `a/cross_analytics.py` -> `a/analytics/cross.py`: what the tier says already need not be said again. */
function placeIn(directory: string, phrase: readonly string[], path: string): string {
  const parts = partsOf(path);
  const at = indexOf(parts, phrase);
  const rest = (at < 0 ? parts : parts.toSpliced(at, phrase.length)).join('_');
  const name = isIdentifier(rest) && !KEYWORDS.has(rest) ? rest : moduleBase(path);
  return join(join(directory, phrase.join('_')), `${name}.py`);
}

function areFree(moves: readonly MovedFile[], known: ReadonlySet<string>): boolean {
  const places = moves.map(({ to }) => to);
  const isModule = moves.some(({ to }) => known.has(`${directoryOf(to)}.py`));
  return !isModule && new Set(places).size === places.length && !places.some((place) => known.has(place));
}
