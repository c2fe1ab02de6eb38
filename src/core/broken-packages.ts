/** Directories whose modules import what is not there, the worst first: what a list of single imports does not show. */
import type { UnresolvedImport } from './edges.js';
import { directoryOf } from './paths.js';

export interface BrokenPackage {
  /** The directory; empty for the top. */
  readonly path: string;
  /** Modules directly in it. */
  readonly modules: number;
  /** Those with imports that lead nowhere. */
  readonly affected: number;
  /** Those that fail as soon as they are imported. */
  readonly failing: number;
  /** Each name once per module. */
  readonly imports: number;
  /** Those that a `try` swallows: nothing shows that they are broken. */
  readonly guarded: number;
  /** Where, one for each of `imports`, by path and line. */
  readonly places: readonly UnresolvedImport[];
}

/** By how many modules are affected, then by how many imports. */
export function brokenPackages(paths: readonly string[], unresolved: readonly UnresolvedImport[]): BrokenPackage[] {
  const modules = new Map<string, number>();
  for (const path of paths) modules.set(directoryOf(path), (modules.get(directoryOf(path)) ?? 0) + 1);
  const known = new Set(paths);
  const places = new Map<string, UnresolvedImport[]>();
  for (const place of onceEach(unresolved)) {
    if (!known.has(place.path)) continue;
    const directory = directoryOf(place.path);
    places.set(directory, [...(places.get(directory) ?? []), place]);
  }
  return [...places]
    .map(([path, own]) => brokenPackage(path, modules.get(path) as number, own))
    .sort((a, b) => b.affected - a.affected || b.imports - a.imports || (a.path < b.path ? -1 : 1));
}

/** `from .gone import a, b` is one import that leads nowhere; the first line of it stands for the rest. */
function onceEach(unresolved: readonly UnresolvedImport[]): UnresolvedImport[] {
  const first = new Map<string, UnresolvedImport>();
  for (const each of [...unresolved].sort(byPlace)) {
    const key = `${each.path}\0${each.name}\0${each.when}`;
    if (!first.has(key)) first.set(key, each);
  }
  return [...first.values()];
}

function byPlace(a: UnresolvedImport, b: UnresolvedImport): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.line - b.line || (a.name < b.name ? -1 : 1);
}

function brokenPackage(path: string, modules: number, places: readonly UnresolvedImport[]): BrokenPackage {
  const files = (when?: UnresolvedImport['when']) =>
    new Set(places.filter((each) => !when || each.when === when).map((each) => each.path)).size;
  return {
    path,
    modules,
    affected: files(),
    failing: files('runtime'),
    imports: places.length,
    guarded: places.filter(({ when }) => when === 'guarded').length,
    places,
  };
}
