/** `api.graph`: the import graph to look at, read when it is first asked for. */
import type { ImportEdge } from '../core/edges.js';
import { buildGraph, cyclesOf, type ImportGraph, reachableAtImport } from '../core/graph.js';
import type { Linker } from '../core/linker.js';
import { findShims, type Shim } from '../core/shims.js';
import type { SkimmedImport } from '../core/skim.js';
import { STANDARD_LIBRARY } from '../core/standard-library.js';
import { splitDots } from './names.js';
import { objectOf } from './python-references.js';
import type { GraphView, ImportLink } from './types.js';

export function graphView(linker: Linker): GraphView {
  const { codebase } = linker;
  const { layout, snapshot } = codebase;
  const graph = once(() => buildGraph(linker));
  const cycles = once(() => cyclesOf(graph()));
  const bySource = once(() => grouped(linker, graph(), ({ path }) => path));
  const byTarget = once(() => grouped(linker, graph(), ({ importedPath }) => importedPath));
  const shims = once(() => new Map(findShims(codebase).map((shim) => [shim.path, shim])));
  const resolve = (name: string, from = '') => {
    const { level, name: module } = splitDots(name);
    const { found } = linker.module(from, level, module);
    return found && found.kind !== 'namespace' ? found.path : null;
  };
  const pathOf = (module: string) => (layout.has(module) ? module : resolve(module));
  return Object.freeze({
    moduleName: (path: string) => layout.namesOf(path)[0] ?? null,
    resolve,
    importers: (module: string) => byTarget().get(pathOf(module) ?? '') ?? [],
    imports: (path: string) => bySource().get(path) ?? [],
    cycles,
    definition: (module: string, name: string) => {
      const path = pathOf(module);
      const dotted = path === null ? undefined : layout.namesOf(path)[0];
      return dotted === undefined ? null : objectOf(linker, '', `${dotted}.${name}`);
    },
    requirements: (path: string) => requirements(linker, graph(), path),
    shim: (path: string) => shimOf(shims().get(path)),
    files: once(() => Object.freeze(snapshot.files.map(({ path }) => path))),
    source: (path: string) => {
      const text = snapshot.entry(path) ? codebase.text(path) : null;
      return text && 'text' in text ? Object.freeze({ path, source: text.text }) : null;
    },
  });
}

function requirements(linker: Linker, graph: ImportGraph, path: string) {
  const files = [...reachableAtImport(graph, path)].sort();
  const reached = new Set(files);
  const isOpen = [...graph.unknowns, ...graph.unresolved].some((each) => reached.has(each.path));
  const units = files.flatMap((each) => linker.codebase.unitOrNone(each) ?? []);
  if (isOpen || units.length < files.length) return null;
  const outside = units.flatMap((unit) => unit.skim.imports.flatMap((each) => outsideNames(linker, unit.path, each)));
  return { files, installed: [...new Set(outside)].sort() };
}

/** Top-level names of what is neither of the repository nor of the standard library. */
function outsideNames(linker: Linker, path: string, { kind, level, module, names, when }: SkimmedImport): string[] {
  if (level > 0 || when === 'lazy' || when === 'typing' || when === 'guarded') return [];
  const modules = kind === 'import' ? names.map(({ name }) => name) : [module];
  const outside = modules.filter((name) => !linker.module(path, 0, name).found);
  return outside.map((name) => name.split('.')[0] as string).filter((name) => !STANDARD_LIBRARY.has(name));
}

function shimOf(shim: Shim | undefined) {
  return shim ? { oldName: shim.oldName, newName: shim.newName, target: shim.targetPath } : null;
}

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}

function grouped(linker: Linker, { imports }: ImportGraph, key: (edge: ImportEdge) => string) {
  const groups = new Map<string, ImportLink[]>();
  for (const edge of imports) {
    const { path, importedPath, line, form, when } = edge;
    const names = once(() => namesTaken(linker, edge));
    const link = {
      path,
      importedPath,
      line,
      form,
      when,
      get names() {
        return names();
      },
    };
    groups.set(key(edge), [...(groups.get(key(edge)) ?? []), link]);
  }
  return groups as ReadonlyMap<string, readonly ImportLink[]>;
}

/** By the statements of the line that lead to the module; a submodule that is imported by name is not asked for names. */
function namesTaken(linker: Linker, { path, importedPath, line }: ImportEdge): ImportLink['names'] {
  const unit = linker.codebase.unitOrNone(path);
  return (unit?.skim.imports ?? []).flatMap((each) => {
    if (!unit || each.kind === 'import' || linker.module(path, each.level, each.module).found?.path !== importedPath)
      return [];
    if (each.kind === 'star') return unit.lineInFile(each.line) === line ? [{ name: '*', alias: null }] : [];
    const here = each.names.filter((name) => unit.lineInFile(name.line) === line);
    return here.map(({ name, alias }) => ({ name, alias }));
  });
}
