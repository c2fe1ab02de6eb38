/** Modules that other files take as values. Which names are asked for there cannot be told. */
import type { PythonUnit } from '../../src/core/codebase.js';
import { dynamicTargets } from '../../src/core/dynamic.js';
import type { NameUse } from '../../src/core/facts.js';
import type { Linker } from '../../src/core/linker.js';
import type { Span } from '../../src/core/model.js';
import { bindingsOf } from '../../src/core/scopes.js';

/** Where a file takes a module whole: by a name, or as what an import function gives. */
export function modulesAsValues(linker: Linker, unit: PythonUnit): { readonly path: string; readonly span: Span }[] {
  const named = unit.facts.uses.flatMap((use) => {
    const path = takenWhole(linker, unit, use);
    return path === undefined ? [] : [{ path, span: use.span }];
  });
  const given = unit.facts.dynamics.flatMap((dynamic) => {
    const [target] = dynamicTargets(linker, unit, dynamic);
    const found = dynamic.name.kind === 'literal' ? target?.resolution.found : null;
    return found ? [{ path: found.path, span: dynamic.span }] : [];
  });
  return [...named, ...given];
}

/** The module that a use comes to, with no attribute of it named. */
function takenWhole(linker: Linker, unit: PythonUnit, use: NameUse): string | undefined {
  if (use.context !== 'load') return undefined;
  for (const { imported } of bindingsOf(unit.facts, use.scope, use.name).bindings) {
    const statement = imported && unit.facts.imports[imported.statement];
    if (!imported || !statement) continue;
    const names = use.attributes.map(({ name }) => name);
    const { value, used } = linker.follow(linker.imported(unit.path, statement, imported.name), names);
    if (value.kind === 'module' && used === names.length) return value.found.path;
  }
  return undefined;
}
