/**
 * Modules that other files take as values. Which names are asked for there cannot be told; where some are called otherwise
 * afterwards, the merged module would answer with those of another one.
 */
import { dynamicTargets } from '../../src/core/dynamic.js';
import type { NameUse } from '../../src/core/facts.js';
import { bindingsOf } from '../../src/core/scopes.js';
import type { UnitWork } from '../relocation/work.js';

/** @param hasOtherNames whether some names of a source (its path before) are called otherwise afterwards */
export function refuseValues(work: UnitWork, hasOtherNames: (path: string) => boolean): void {
  for (const use of work.unit.facts.uses) {
    const path = takenWhole(work, use);
    if (path !== undefined && hasOtherNames(path)) refuse(work, use.span, path);
  }
  for (const dynamic of work.unit.facts.dynamics) {
    const [target] = dynamicTargets(work.shared.before, work.unit, dynamic);
    const found = dynamic.name.kind === 'literal' ? target?.resolution.found : null;
    if (found && hasOtherNames(found.path)) refuse(work, dynamic.span, found.path);
  }
}

/** The module that a use comes to, with no attribute of it named. */
function takenWhole({ shared: { before }, unit }: UnitWork, use: NameUse): string | undefined {
  if (use.context !== 'load') return undefined;
  for (const { imported } of bindingsOf(unit.facts, use.scope, use.name).bindings) {
    const statement = imported && unit.facts.imports[imported.statement];
    if (!imported || !statement) continue;
    const names = use.attributes.map(({ name }) => name);
    const { value, used } = before.follow(before.imported(unit.path, statement, imported.name), names);
    if (value.kind === 'module' && used === names.length) return value.found.path;
  }
  return undefined;
}

function refuse(work: UnitWork, span: NameUse['span'], path: string): void {
  const message = `the module ${path} is used as a value, and some of its names are called otherwise afterwards`;
  work.refuse(span, message, 'module-as-value');
}
