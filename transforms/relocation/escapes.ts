/** Packages that get away as values: what is then taken from them by a moved module's name cannot be followed. */
import type { ImportStatement } from '../../src/core/facts.js';
import type { Found } from '../../src/core/module-tree.js';
import { bindingsOf } from '../../src/core/scopes.js';
import type { ModuleUsage } from '../../src/core/usages.js';
import type { UnitWork } from './work.js';

/** Refuses `.m` on objects that nobody knows in a file that hands the package of the moved `m` to them. */
export function escapedPackages(work: UnitWork, usages: readonly ModuleUsage[]): void {
  for (const { target, usages: own } of usages) {
    const taken = own.filter(({ path, class: kind }) => path === work.unit.path && kind === 'attribute');
    const doubtful = taken.flatMap(({ source }) => ('mention' in source ? [source.mention.span] : []));
    if (doubtful.length === 0 || !handsOut(work, target.path)) continue;
    for (const span of doubtful)
      work.refuse(unitSpan(work, span), `its object could be the package that ${target.path} leaves`);
  }
}

/** Mentions have offsets of the file; in a notebook the first cell's line is close enough to be found. */
function unitSpan(work: UnitWork, span: { start: number; end: number }): { start: number; end: number } {
  return work.isNotebook ? { start: 0, end: 0 } : span;
}

/** The bare name of the module's package is used as a value somewhere, and the package loses the module's name. */
function handsOut(work: UnitWork, target: string): boolean {
  const { before, relocation } = work.shared;
  const { facts, path } = work.unit;
  return facts.uses.some((use) => {
    if (use.attributes.length > 0 || use.context !== 'load') return false;
    return bindingsOf(facts, use.scope, use.name).bindings.some(({ imported }) => {
      const statement = imported && (facts.imports[imported.statement] as ImportStatement);
      if (!imported || !statement) return false;
      const value = before.imported(path, statement, imported.name);
      return value.kind === 'module' && loses(work, value.found, target) && relocation.file(target) !== target;
    });
  });
}

function loses(work: UnitWork, holder: Found, target: string): boolean {
  const name = target
    .replace(/(?:\/__init__)?\.pyi?$/, '')
    .split('/')
    .at(-1) as string;
  const sub = work.shared.before.submodule(holder, name);
  return sub?.kind === 'module' && sub.found.path === target;
}
