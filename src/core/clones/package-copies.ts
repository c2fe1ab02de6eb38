/** Which packages are copies: directories most of whose modules are copies of modules of the other. */
import { directoryOf, isInside } from '../paths.js';

/** Two modules that are copies of each other. */
export interface ModulePair {
  readonly a: string;
  readonly b: string;
}

export interface PackageCopy {
  /** Directories, the first one by name. */
  readonly a: string;
  readonly b: string;
  /** Modules of each, those too small to be compared left out. */
  readonly modules: { readonly a: number; readonly b: number };
  /** Modules of `a` that have a copy in `b`. */
  readonly paired: readonly ModulePair[];
}

const MOSTLY = 0.6;

/**
 * @param paths of all modules that are large enough to be compared
 * @param groups of paths that are copies of each other
 */
export function packageCopies(paths: readonly string[], groups: readonly (readonly string[])[]): PackageCopy[] {
  const pairs = new Map<string, ModulePair[]>();
  for (const group of groups)
    for (const { a, b } of matches(group))
      for (const [one, other] of directories(a, b)) {
        const key = JSON.stringify([one, other]);
        const known = pairs.get(key) ?? [];
        known.push(isInside(a, one) ? { a, b } : { a: b, b: a });
        pairs.set(key, known);
      }
  const counts = new Map<string, number>();
  for (const path of paths)
    for (let here = directoryOf(path); here !== ''; here = directoryOf(here))
      counts.set(here, (counts.get(here) ?? 0) + 1);
  const found = [...pairs].flatMap(([key, paired]): PackageCopy[] => {
    const [a, b] = JSON.parse(key) as [string, string];
    const modules = { a: counts.get(a) ?? 0, b: counts.get(b) ?? 0 };
    const covered = Math.min(new Set(paired.map((pair) => pair.a)).size, new Set(paired.map((pair) => pair.b)).size);
    return covered >= 2 && covered >= MOSTLY * Math.min(modules.a, modules.b) ? [{ a, b, modules, paired }] : [];
  });
  // A subpackage goes with its package.
  const isCovered = ({ a, b }: PackageCopy) =>
    found.some((other) => (other.a !== a || other.b !== b) && isWithin(a, other.a) && isWithin(b, other.b));
  return found.filter((each) => !isCovered(each)).sort((x, y) => (`${x.a} ${x.b}` < `${y.a} ${y.b}` ? -1 : 1));
}

/** Members of a group in two directories: each with one of the other directory, of its own name where there is one. */
function matches(group: readonly string[]): ModulePair[] {
  const all = new Map<string, Map<string, string>>();
  for (const path of group) {
    const directory = directoryOf(path);
    all.set(directory, (all.get(directory) ?? new Map<string, string>()).set(lastOf(path), path));
  }
  const members = [...all.values()];
  return members.flatMap((own, index) => members.slice(index + 1).flatMap((others) => matched(own, others)));
}

function matched(own: ReadonlyMap<string, string>, others: ReadonlyMap<string, string>): ModulePair[] {
  const named = [...own].flatMap(([name, a]) => (others.has(name) ? [{ a, b: others.get(name) as string }] : []));
  const rest = [...others].filter(([name]) => !own.has(name)).map(([, b]) => b);
  const alone = [...own].filter(([name]) => !others.has(name)).slice(0, rest.length);
  return [...named, ...alone.map(([, a], index) => ({ a, b: rest[index] as string }))];
}

function isWithin(directory: string, other: string): boolean {
  return directory === other || isInside(directory, other);
}

/** Pairs of directories in which two files stand at the same place, the nearest first. */
function directories(a: string, b: string): [string, string][] {
  const found: [string, string][] = [];
  let [one, other] = [directoryOf(a), directoryOf(b)];
  while (one !== other && one !== '' && other !== '') {
    if (!isWithin(one, other) && !isWithin(other, one)) found.push(one < other ? [one, other] : [other, one]);
    if (lastOf(one) !== lastOf(other)) break;
    [one, other] = [directoryOf(one), directoryOf(other)];
  }
  return found;
}

function lastOf(directory: string): string {
  return directory.slice(directory.lastIndexOf('/') + 1);
}
