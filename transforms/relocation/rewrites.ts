/** All edits that a relocation asks for: in Python by relinking, in texts by what is said of each mention. */
import type { PythonUnit } from '../../src/core/codebase.js';
import { isPythonKind } from '../../src/core/codebase.js';
import type { TextEdit } from '../../src/core/edits.js';
import type { Linker } from '../../src/core/linker.js';
import type { Problem } from '../../src/core/model.js';
import { baseOf, moduleBase } from '../../src/core/paths.js';
import type { Relocation } from '../../src/core/relocation.js';
import type { ModuleUsage } from '../../src/core/usages.js';
import { LocalNames } from '../local-names.js';
import { escapedPackages } from './escapes.js';
import { hiddenReason } from './hidden.js';
import { NamesAfter } from './names-after.js';
import { relink } from './relink.js';
import type { MovedUnit } from './units.js';
import type { Shared } from './work.js';

export interface Rewrites {
  /** By path before, in UTF-16 offsets of the file's text. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  readonly refusals: readonly Problem[];
}

/** Relinks every Python file that moves or spells the name of something that moves. */
export function rewriteCode(
  before: Linker,
  after: Linker,
  relocation: Relocation,
  units: readonly MovedUnit[],
  usages: readonly ModuleUsage[],
  own: Pick<Shared, 'named' | 'prepare'> = { named: (_, name) => name, prepare: () => undefined },
): Rewrites {
  const shared = { ...sharedOf(before, after, relocation, usages), ...own };
  const names = [
    ...new Set(units.filter(({ target }) => target !== null).map(({ from }) => baseOf(from).replace(/\.pyi?$/, ''))),
  ];
  const edits = new Map<string, TextEdit[]>();
  const refusals: Problem[] = [];
  for (const { path } of before.codebase.pythonFiles()) {
    if (!relocation.files.has(path) && !spells(before, path, names)) continue;
    const unit = before.codebase.unitOrNone(path);
    if (!unit) continue;
    const work = relink(shared, unit);
    escapedPackages(work, usages);
    if (work.edits.length > 0) edits.set(path, [...work.edits]);
    refusals.push(...work.refusals);
  }
  return { edits, refusals };
}

function sharedOf(
  before: Linker,
  after: Linker,
  relocation: Relocation,
  usages: readonly ModuleUsage[],
): Omit<Shared, 'named' | 'prepare'> {
  const local = new Map(
    usages.map((usage) => {
      const { path } = usage.target;
      return [path, new LocalNames(before, usage, moduleBase(relocation.file(path)), path)] as const;
    }),
  );
  return {
    before,
    names: new NamesAfter(before.codebase.layout, after),
    relocation,
    renames: (unit: PythonUnit, scope, target) => local.get(target)?.change(unit, scope) ?? false,
    hidden: (path) => hiddenReason(before, relocation, path),
  };
}

function spells(linker: Linker, path: string, names: readonly string[]): boolean {
  return isPythonKind(linker.codebase.kind(path)) && linker.codebase.spells(path, names);
}
