/** Who imports a module, counted from import statements alone: enough to say which of two is used more. */
import type { Linker } from './linker.js';
import type { Found } from './module-tree.js';
import { moduleBase } from './paths.js';

export interface ModuleImport {
  /** Leading dots; 0 for absolute. */
  readonly level: number;
  readonly module: string;
  /** What is imported from it; empty for a plain `import`. */
  readonly names: readonly string[];
}

/**
 * The files that import each module by name, themselves left out. Imports by value, strings and documents do not count.
 * @param skim the import statements of a file, or those that spell one of some words; `null` where they cannot be found
 */
export function importersOf(
  linker: Linker,
  modules: readonly string[],
  skim: (path: string, words: readonly string[]) => readonly ModuleImport[] | null,
): Map<string, Set<string>> {
  const importers = new Map(modules.map((path) => [path, new Set<string>()]));
  const words = [...new Set(modules.map(moduleBase))];
  const known = new Set(words);
  const { codebase } = linker;
  const spellsOne = ({ module, names }: ModuleImport) =>
    known.has(module.slice(module.lastIndexOf('.') + 1)) || names.some((name) => known.has(name));
  // Dots alone may name a package as well.
  const mayName = (each: ModuleImport) => each.module === '' || spellsOne(each);
  for (const { path } of codebase.pythonFiles()) {
    if (codebase.kind(path) === 'notebook') continue;
    for (const each of (skim(path, words) ?? []).filter(mayName)) {
      const targets = targetsOf(linker, path, each).filter((target) => target !== path && importers.has(target));
      if (targets.length === 0 || !(spellsOne(each) || codebase.spells(path, words))) continue;
      for (const target of targets) importers.get(target)?.add(path);
    }
  }
  return importers;
}

function targetsOf(linker: Linker, path: string, { level, module, names }: ModuleImport): string[] {
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
