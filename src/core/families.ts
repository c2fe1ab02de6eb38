/** Which modules call themselves copies of which: by the markers people put into file names. Contents are not looked at. */

/** Markers around the name of the original: `_robust` after it, `new_` before it. */
export interface Markers {
  readonly suffixes: readonly string[];
  readonly prefixes: readonly string[];
}

/** Two modules whose names differ by a marker. */
export interface NamedPair {
  readonly keep: string;
  readonly remove: string;
  readonly marker: string;
}

/** Modules that go back to one, and which of them to keep. */
export interface Family {
  /** By what they were found: names that say so, or contents that are alike. */
  readonly found: 'name' | 'content';
  readonly keep: string;
  /** All of them, the keeper included; sorted. */
  readonly members: readonly string[];
  readonly reasons: readonly string[];
}

const WORDS =
  'robust enhanced improved optimized optimised fixed new old copy backup bak legacy orig original final temp tmp deprecated refactored updated simple advanced';

/** What people usually write; `_v2`, `_v3` and `_2`, `_3` are understood besides. */
export const DEFAULT_MARKERS: Markers = {
  suffixes: WORDS.split(' ').map((word) => `_${word}`),
  prefixes: [
    ...'new old enhanced improved legacy backup robust fixed optimized refactored updated'
      .split(' ')
      .map((w) => `${w}_`),
    'copy_of_',
  ],
};

const NUMBERED = /^(.+?)(_v?[2-9]\d*|_v1)$/i;

/**
 * Pairs among the paths of modules: `x_robust.py` beside `x.py` in one directory. A name with several markers
 * (`x_robust_v2`) belongs to the nearest name that exists. Sorted by the module to remove.
 * @param markers exactly these; without them the defaults, numbers included.
 */
export function namedPairs(paths: readonly string[], markers?: Markers): NamedPair[] {
  const known = new Set(paths);
  return [...known].sort(byCodeUnit).flatMap((remove) => {
    const found = nearest(remove, known, markers);
    return found ? [{ keep: found.keep, remove, marker: found.marker }] : [];
  });
}

/** The same pairs, each with the module that its keeper goes back to: no pair keeps what another deletes. */
export function rootedPairs(pairs: readonly NamedPair[]): NamedPair[] {
  const keeperOf = new Map(pairs.map((pair) => [pair.remove, pair.keep]));
  return pairs.map((pair) => ({ ...pair, keep: originOf(pair.keep, keeperOf) }));
}

interface Stripped {
  readonly keep: string;
  readonly marker: string;
}

/** Takes markers off, one or several, until a name is met that exists. */
function nearest(path: string, known: ReadonlySet<string>, markers: Markers | undefined): Stripped | null {
  let names: readonly Stripped[] = [{ keep: path, marker: '' }];
  while (names.length > 0) {
    names = names.flatMap((name) => stripped(name, markers));
    const found = names.find((name) => known.has(name.keep));
    if (found) return found;
  }
  return null;
}

/** The names that a path has with one marker less. */
function stripped({ keep: path, marker }: Stripped, markers: Markers | undefined): Stripped[] {
  const [, directory, stem, extension] = /^(.*\/)?([^/]*?)(\.pyi?)?$/.exec(path) as RegExpExecArray;
  const { suffixes, prefixes } = markers ?? DEFAULT_MARKERS;
  const named = (rest: string, taken: string): Stripped => ({
    keep: `${directory ?? ''}${rest}${extension ?? ''}`,
    marker: marker === '' ? taken : `${marker} ${taken}`,
  });
  const own = stem ?? '';
  const found = [
    ...suffixes.filter((each) => own.endsWith(each)).map((each) => named(own.slice(0, -each.length), each)),
    ...prefixes.filter((each) => own.startsWith(each)).map((each) => named(own.slice(each.length), each)),
  ];
  const numbered = markers ? null : NUMBERED.exec(own);
  if (numbered) found.push(named(numbered[1] as string, numbered[2] as string));
  return found.filter((each) => each.keep !== path && !/(^|\/)(\.pyi?)?$/.test(each.keep));
}

/** Whether a file's name says that it is a version of another. */
export function carriesMarker(path: string): boolean {
  return stripped({ keep: path, marker: '' }, undefined).length > 0;
}

/** Pairs that share a member, joined. The keeper is the member that is nobody's copy. */
export function namedFamilies(pairs: readonly NamedPair[]): Family[] {
  const keeperOf = new Map(pairs.map((pair) => [pair.remove, pair.keep]));
  const families = new Map<string, string[]>();
  for (const { remove } of pairs) {
    const keep = originOf(remove, keeperOf);
    families.set(keep, [...(families.get(keep) ?? [keep]), remove]);
  }
  return [...families].map(([keep, members]) => {
    const sorted = members.sort(byCodeUnit);
    return { found: 'name', keep, members: sorted, reasons: ['its name has no marker'] };
  });
}

function originOf(path: string, keeperOf: ReadonlyMap<string, string>): string {
  let here = path;
  for (let keep = keeperOf.get(here); keep !== undefined; keep = keeperOf.get(here)) here = keep;
  return here;
}

/** What is known of a module that could be kept. */
export interface KeeperCandidate {
  readonly path: string;
  readonly hasMarker: boolean;
  /** Stands where tests stand. */
  readonly isTest: boolean;
  /** Files that import it, other members left out. */
  readonly dependents: number;
  /** Those among them that are tests. */
  readonly tests: number;
  /** Commits that touched it, and when the first one did, in seconds since 1970; `null` where git does not know. */
  readonly past: { readonly commits: number; readonly first: number } | null;
  readonly symbols: number;
  /** Has everything that each other member has, with equal code. */
  readonly isSuperset: boolean;
}

/** A criterion: how well a candidate does, and how to say that it does better. */
type Criterion = readonly [(candidate: KeeperCandidate) => number, (candidate: KeeperCandidate) => string];

const CRITERIA: readonly Criterion[] = [
  // Else the program would come to depend on its tests.
  [(c) => Number(!c.isTest), () => 'it alone is no test'],
  // Else code that runs would come to depend on code that never did.
  [(c) => Number(c.dependents > 0), () => 'it alone is imported'],
  [(c) => Number(c.isSuperset), () => 'it has everything that the others have'],
  [(c) => Number(!c.hasMarker), () => 'its name has no marker'],
  [
    (c) => c.dependents,
    (c) => `${c.dependents} ${c.dependents === 1 ? 'file imports' : 'files import'} it, more than any other`,
  ],
  [(c) => c.tests, (c) => `${c.tests} ${c.tests === 1 ? 'test imports' : 'tests import'} it, more than any other`],
  [(c) => c.past?.commits ?? 0, (c) => `it was edited most often (${c.past?.commits} commits)`],
  [(c) => -(c.past?.first ?? Number.MAX_SAFE_INTEGER), () => 'it was written first'],
  [(c) => c.symbols, (c) => `it has the most symbols (${c.symbols})`],
];

/**
 * The module to keep of a family: no test, one that is in use, by content, then name, users, tests, history and size; the
 * first path when all are alike. Its reasons are the criteria in which no other does as well.
 */
export function recommendKeeper(candidates: readonly [KeeperCandidate, ...KeeperCandidate[]]): {
  keep: string;
  reasons: string[];
} {
  const [best, ...others] = [...candidates].sort(better) as [KeeperCandidate, ...KeeperCandidate[]];
  const reasons = CRITERIA.filter(
    ([score]) => others.length > 0 && others.every((other) => score(best) > score(other)),
  );
  return { keep: best.path, reasons: reasons.map(([, say]) => say(best)) };
}

function better(a: KeeperCandidate, b: KeeperCandidate): number {
  for (const [score] of CRITERIA) {
    if (score(a) !== score(b)) return score(b) - score(a);
  }
  return byCodeUnit(a.path, b.path);
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
