/** Which packages are copies: directories most of whose modules are copies of modules of the other. */
import { directoryOf, isInside } from '../paths.js';

export interface PackageCopy {
  /** Directories, the first one by name. */
  readonly a: string;
  readonly b: string;
  /** Modules of each, those too small to be compared left out. */
  readonly modules: { readonly a: number; readonly b: number };
  /** Modules of `a` that have a copy in `b`. */
  readonly paired: readonly { readonly a: string; readonly b: string }[];
}

const MOSTLY = 0.6;

/**
 * @param paths of all modules that are large enough to be compared
 * @param groups of paths that are copies of each other
 */
export function packageCopies(paths: readonly string[], groups: readonly (readonly string[])[]): PackageCopy[] {
  const pairs = new Map<string, { a: string; b: string }[]>();
  for (const group of groups)
    for (const [index, a] of group.entries())
      for (const b of group.slice(index + 1))
        for (const [one, other] of directories(a, b)) {
          const key = JSON.stringify([one, other]);
          pairs.set(key, [...(pairs.get(key) ?? []), isInside(a, one) ? { a, b } : { a: b, b: a }]);
        }
  const found = [...pairs].flatMap(([key, paired]): PackageCopy[] => {
    const [a, b] = JSON.parse(key) as [string, string];
    const count = (directory: string) => paths.filter((path) => isInside(path, directory)).length;
    const modules = { a: count(a), b: count(b) };
    const covered = Math.min(new Set(paired.map((pair) => pair.a)).size, new Set(paired.map((pair) => pair.b)).size);
    return covered >= 2 && covered >= MOSTLY * Math.min(modules.a, modules.b) ? [{ a, b, modules, paired }] : [];
  });
  // A subpackage goes with its package.
  const isCovered = ({ a, b }: PackageCopy) =>
    found.some((other) => (other.a !== a || other.b !== b) && isWithin(a, other.a) && isWithin(b, other.b));
  return found.filter((each) => !isCovered(each)).sort((x, y) => (`${x.a} ${x.b}` < `${y.a} ${y.b}` ? -1 : 1));
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
