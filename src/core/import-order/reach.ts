/** Which modules could run a file when they are imported: a quick answer that is never too small. */
import { dynamicTargets } from '../dynamic.js';
import type { Linker } from '../linker.js';
import { directoryOf } from '../paths.js';

/** For each file the files that it may run when it is imported, functions included. */
function successors(linker: Linker, path: string): Set<string> {
  const found = new Set<string>();
  const { layout } = linker.codebase;
  for (
    let directory = directoryOf(path);
    directory !== '' && layout.tree.isPackageDirectory(directory);
    directory = directoryOf(directory)
  )
    found.add(layout.tree.packageAt(directory).path);
  const unit = linker.codebase.unitOrNone(path);
  if (!unit) return found;
  for (const statement of unit.skim.imports) {
    if (statement.when === 'typing') continue;
    for (const name of statement.kind === 'import' ? statement.names : [null]) {
      const { found: target, parents } = linker.module(path, statement.level, name ? name.name : statement.module);
      for (const parent of parents) found.add(parent);
      if (target) found.add(target.path);
      if (!target || statement.kind === 'import') continue;
      const exported =
        statement.kind === 'star' && target.kind === 'package'
          ? (linker.codebase.unitOrNone(target.path)?.skim.exports?.names ?? [])
          : [];
      for (const name of [...statement.names.map((each) => each.name), ...exported]) {
        const submodule = linker.submodule(target, name);
        if (submodule?.kind === 'module') found.add(submodule.found.path);
      }
    }
  }
  for (const dynamic of unit.skim.dynamics)
    for (const { resolution } of dynamicTargets(linker, unit, dynamic))
      if (resolution.found) found.add(resolution.found.path);
  return found;
}

export class Reach {
  private readonly importers = new Map<string, string[]>();

  constructor(linker: Linker, modules: readonly string[]) {
    for (const path of modules) {
      for (const target of successors(linker, path)) {
        const known = this.importers.get(target);
        if (known) known.push(path);
        else this.importers.set(target, [path]);
      }
    }
  }

  /** Everything that could run one of these files, themselves included. */
  of(paths: Iterable<string>): Set<string> {
    const seen = new Set(paths);
    const open = [...seen];
    for (let here = open.pop(); here !== undefined; here = open.pop()) {
      for (const next of this.importers.get(here) ?? []) {
        if (!seen.has(next)) open.push(next);
        seen.add(next);
      }
    }
    return seen;
  }
}
