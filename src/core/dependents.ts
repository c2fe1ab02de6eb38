/** Who imports a module, counted from import statements alone: enough to say which of two is used more. */
import type { Linker } from './linker.js';
import type { Found } from './module-tree.js';

export interface SkimmedImport {
  /** Leading dots; 0 for absolute. */
  readonly level: number;
  readonly module: string;
  /** What is imported from it; empty for a plain `import`. */
  readonly names: readonly string[];
}

/**
 * The files that import each module by name, themselves left out. Imports by value, strings and documents do not count.
 * @param skim the import statements of a text; `null` where they cannot be found
 * @param mayName whether a file could import one of them
 */
export function importersOf(
  linker: Linker,
  modules: readonly string[],
  skim: (text: string) => readonly SkimmedImport[] | null,
  mayName: (path: string) => boolean,
): Map<string, Set<string>> {
  const importers = new Map(modules.map((path) => [path, new Set<string>()]));
  const { codebase } = linker;
  for (const { path } of codebase.pythonFiles()) {
    const source = mayName(path) ? codebase.text(path) : { undecodable: '' };
    if ('undecodable' in source || codebase.kind(path) === 'notebook') continue;
    for (const each of skim(source.text) ?? [])
      for (const target of targetsOf(linker, path, each)) if (target !== path) importers.get(target)?.add(path);
  }
  return importers;
}

function targetsOf(linker: Linker, path: string, { level, module, names }: SkimmedImport): string[] {
  const { found } = linker.module(path, level, module);
  if (!found) return [];
  const below = names.flatMap((name) => {
    const value = linker.submodule(found, name);
    return value?.kind === 'module' ? fileOf(value.found) : [];
  });
  return [...fileOf(found), ...below];
}

function fileOf(found: Found): string[] {
  return found.kind !== 'namespace' ? [found.path] : [];
}
