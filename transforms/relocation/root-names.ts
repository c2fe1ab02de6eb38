/** Whether a package's first component can be bound in a scope where another one was, without catching or being caught. */
import type { ImportStatement, NameUse } from '../../src/core/facts.js';
import { bindingsOf } from '../../src/core/scopes.js';
import type { UnitWork } from './work.js';

/** Why `root` cannot stand where `use` stands, if `scope` binds it; `null` when it can. */
export function rootHazard(work: UnitWork, scope: number, use: NameUse, root: string): string | null {
  const { facts } = work.unit;
  if (facts.scopes[scope]?.kind === 'class')
    return `'${use.name}' is an attribute of a class, which other code may use`;
  const met = bindingsOf(facts, use.scope, root);
  if (met.scope !== -1 && !met.bindings.every((binding) => isPackage(work, binding.imported)))
    return `'${root}' already means something else here`;
  const caught = facts.uses.find(({ name, scope: at }) => name === root && bindingsOf(facts, at, root).scope === -1);
  if (caught && met.scope === -1) return `'${root}' is used in line ${caught.line} for something else`;
  if (facts.scopes.some((each) => [...each.globals, ...each.nonlocals].includes(root)))
    return `'${root}' is declared global or nonlocal`;
  return null;
}

/** The binding comes from an `import` of a package, bound by its first component. */
function isPackage(work: UnitWork, imported: { statement: number; name: number } | undefined): boolean {
  const statement = imported ? (work.unit.facts.imports[imported.statement] as ImportStatement) : undefined;
  return statement?.kind === 'import' && statement.names[imported?.name ?? 0]?.alias === null;
}
