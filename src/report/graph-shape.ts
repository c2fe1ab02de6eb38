/** The import graph as drawings need it: one arrow per pair of modules, in packages, coarser where it would be unreadable. */
import type { When } from '../core/facts.js';
import type { ImportGraph } from '../core/graph.js';

/** All imports from one module (or package) to another. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** The earliest moment at which any of them runs. */
  readonly when: When;
  readonly count: number;
}

/** Modules of one directory. */
export interface Group {
  /** Dotted, or the directory; empty at the top. */
  readonly name: string;
  readonly paths: readonly string[];
}

const EARLIEST: readonly When[] = ['runtime', 'conditional', 'guarded', 'lazy', 'typing'];

/**
 * Arrows between what `place` makes of paths, without those to oneself, sorted. Implicit imports of parent packages are
 * left out: they follow from the others and would hide them.
 */
export function arrows(graph: ImportGraph, place: (path: string) => string = (path) => path): Arrow[] {
  const found = new Map<string, Arrow>();
  for (const { path, importedPath, form, when } of graph.imports) {
    const [from, to] = [place(path), place(importedPath)];
    if (form === 'implicit' || from === to) continue;
    const key = `${from}\0${to}`;
    const known = found.get(key);
    found.set(key, { from, to, when: earlier(known?.when ?? when, when), count: (known?.count ?? 0) + 1 });
  }
  return [...found.values()].sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to));
}

function earlier(a: When, b: When): When {
  return EARLIEST.indexOf(a) < EARLIEST.indexOf(b) ? a : b;
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Runs only later, or never. */
export function isDeferred(when: When): boolean {
  return when === 'lazy' || when === 'typing';
}

/** Modules by the package that holds them, including imported ones outside the chosen part of the graph. */
export function groups(graph: ImportGraph, nameOf: (path: string) => string): Group[] {
  const paths = new Set([...graph.modules.map(({ path }) => path), ...graph.imports.map((edge) => edge.importedPath)]);
  const byName = new Map<string, string[]>();
  for (const path of [...paths].sort(compare)) {
    const name = packageOf(path, nameOf);
    byName.set(name, [...(byName.get(name) ?? []), path]);
  }
  return [...byName].map(([name, members]) => ({ name, paths: members })).sort((a, b) => compare(a.name, b.name));
}

/** The dotted package that a file belongs to; an `__init__.py` belongs to its own. A nameless file: its directory. */
export function packageOf(path: string, nameOf: (path: string) => string): string {
  const name = nameOf(path);
  if (name === path) return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  if (/(^|\/)__init__\.pyi?$/.test(path)) return name;
  return name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : '';
}

/** Packages cut to so few components that at most `most` remain; at least the first component stays. */
export function coarsePackages(
  graph: ImportGraph,
  nameOf: (path: string) => string,
  most: number,
): (path: string) => string {
  const names = groups(graph, nameOf).map(({ name }) => name);
  const cut = (name: string, depth: number) => name.split(/[./]/).slice(0, depth).join('.');
  let depth = Math.max(1, ...names.map((name) => name.split(/[./]/).length));
  while (depth > 1 && new Set(names.map((name) => cut(name, depth))).size > most) depth--;
  return (path) => cut(packageOf(path, nameOf), depth) || '(top level)';
}
