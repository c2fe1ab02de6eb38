/** The import graph of a whole codebase, and what can be derived from it: cycles, shortest paths. */
import { stronglyConnected } from './components.js';
import type { ImportEdge, UnresolvedImport } from './edges.js';
import { LinkedFiles } from './kept-links.js';
import type { Linker } from './linker.js';
import type { GraphUnknown } from './links.js';
import { directoryOf, isPackageInit } from './paths.js';

export interface GraphModule {
  readonly path: string;
  /** The most natural dotted name; the path where there is none. */
  readonly name: string;
  readonly otherNames: readonly string[];
}

export interface ImportGraph {
  readonly modules: readonly GraphModule[];
  readonly imports: readonly ImportEdge[];
  readonly unresolved: readonly UnresolvedImport[];
  readonly unknowns: readonly GraphUnknown[];
}

/**
 * Builds the graph of all Python files, or of those that `wanted` accepts; sorted by path, then line.
 * @param links of files, as far as they are known from before
 */
export function buildGraph(
  linker: Linker,
  wanted: (path: string) => boolean = () => true,
  links = new LinkedFiles(linker),
): ImportGraph {
  const { codebase } = linker;
  const modules: GraphModule[] = [];
  const imports: ImportEdge[] = [];
  const unresolved: UnresolvedImport[] = [];
  const unknowns: GraphUnknown[] = [];
  for (const { path } of codebase.pythonFiles()) {
    if (!wanted(path)) continue;
    const [name = path, ...otherNames] = links.namesOf(path);
    // A stub beside its module imports for itself, but is no module of its own.
    if (!codebase.layout.tree.isSecondary(path)) modules.push({ path, name, otherNames });
    const own = links.of(path);
    imports.push(...own.edges);
    unresolved.push(...own.unresolved);
    unknowns.push(...own.unknowns);
  }
  return { modules, imports, unresolved, unknowns };
}

/** Edges that run when a module is imported: not lazy, not for type checkers, not mere strings. */
export function runsAtImport(edge: ImportEdge): boolean {
  return edge.when !== 'lazy' && edge.when !== 'typing' && edge.form !== 'string' && edge.form !== 'path';
}

export interface Cycle {
  readonly paths: readonly string[];
  /** `import-time`: closed by imports that run when the modules are imported. `deferred`: only with lazy or typing ones. */
  readonly kind: 'import-time' | 'deferred';
}

/** Strongly connected components of more than one module, at import time first; a deferred one that holds an import-time one is listed too. */
export function cyclesOf(graph: ImportGraph): Cycle[] {
  const code = graph.imports.filter(
    (edge) => edge.form !== 'string' && edge.form !== 'path' && edge.form !== 'implicit',
  );
  const early = components(code.filter(runsAtImport));
  const all = components(code);
  const known = new Set(early.map((paths) => paths.join('\0')));
  return [
    ...early.map((paths) => ({ paths, kind: 'import-time' as const })),
    ...all.filter((paths) => !known.has(paths.join('\0'))).map((paths) => ({ paths, kind: 'deferred' as const })),
  ];
}

/** Components of more than one module; they and their members are sorted. */
function components(edges: readonly ImportEdge[]): string[][] {
  const successors = adjacency(edges);
  const found = stronglyConnected(successors.keys(), (path) => successors.get(path) ?? NOTHING);
  const cycles = found.filter((paths) => paths.length > 1).map((paths) => [...paths].sort());
  return cycles.sort((a, b) => ((a[0] as string) < (b[0] as string) ? -1 : 1));
}

const NOTHING: ReadonlySet<string> = new Set();

function adjacency(edges: readonly ImportEdge[]): Map<string, Set<string>> {
  const successors = new Map<string, Set<string>>();
  for (const edge of edges) {
    const set = successors.get(edge.path) ?? new Set<string>();
    set.add(edge.importedPath);
    successors.set(edge.path, set);
  }
  return successors;
}

/** Everything that a module's import runs at import time: itself, the packages it lies in, and what these import. */
export function reachableAtImport(graph: ImportGraph, from: string): Set<string> {
  const successors = adjacency(graph.imports.filter(runsAtImport));
  const open = [from, ...packagesAround(graph, from)];
  const seen = new Set(open);
  for (let here = open.pop(); here !== undefined; here = open.pop()) {
    for (const next of successors.get(here) ?? []) {
      if (!seen.has(next)) {
        seen.add(next);
        open.push(next);
      }
    }
  }
  return seen;
}

/** The `__init__` files that run before a module, innermost first; a directory without one ends the package. */
function packagesAround(graph: ImportGraph, path: string): string[] {
  const modules = new Set(graph.modules.map((module) => module.path));
  const around: string[] = [];
  let directory = isPackageInit(path) ? directoryOf(directoryOf(path)) : directoryOf(path);
  for (; directory !== '' && modules.has(`${directory}/__init__.py`); directory = directoryOf(directory))
    around.push(`${directory}/__init__.py`);
  return around;
}

/** The shortest chain of imports from any of `starts` to `target`, by breadth-first search; empty when there is none. */
export function shortestPath(graph: ImportGraph, starts: readonly string[], target: string): ImportEdge[] {
  const bySource = new Map<string, ImportEdge[]>();
  for (const edge of graph.imports) bySource.set(edge.path, [...(bySource.get(edge.path) ?? []), edge]);
  const via = new Map<string, ImportEdge | null>(starts.map((start) => [start, null]));
  const queue = [...starts];
  for (let here = queue.shift(); here !== undefined && !via.has(target); here = queue.shift()) {
    for (const edge of bySource.get(here) ?? []) {
      if (via.has(edge.importedPath)) continue;
      via.set(edge.importedPath, edge);
      queue.push(edge.importedPath);
    }
  }
  const chain: ImportEdge[] = [];
  for (let edge = via.get(target); edge; edge = via.get(edge.path)) chain.unshift(edge);
  return chain;
}
