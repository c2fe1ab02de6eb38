/** Rewrites one Python file so that everything it refers to is found at its new place, and the file itself at its own. */
import type { PythonUnit } from '../../src/core/codebase.js';
import { dynamicTargets } from '../../src/core/dynamic.js';
import type { DynamicImport } from '../../src/core/facts.js';
import type { Span } from '../../src/core/model.js';
import { isPackageInit } from '../../src/core/paths.js';
import { bindingsOf } from '../../src/core/scopes.js';
import { chains } from './chains.js';
import { written } from './names-after.js';
import { plainImports } from './plain-imports.js';
import { fromStatements, statedName } from './statements.js';
import { type Shared, UnitWork } from './work.js';

/** Statements first: whether local names change is decided there, and chains and uses follow. */
export function relink(shared: Shared, unit: PythonUnit): UnitWork {
  const work = new UnitWork(shared, unit);
  shared.prepare(work);
  const dotted = plainImports(work);
  fromStatements(work);
  chains(work, dotted);
  localNames(work);
  for (const dynamic of unit.facts.dynamics) literalImport(work, dynamic);
  return work;
}

function localNames(work: UnitWork): void {
  const { facts } = work.unit;
  for (const use of facts.uses) {
    const { scope } = bindingsOf(facts, use.scope, use.name);
    const to = scope === -1 ? null : work.newLocalName(scope, use.name);
    if (to !== null && !work.settled.has(use)) work.edit(use.span, to, 'follows the name of the module');
  }
  for (const { name, span } of facts.exports?.names ?? []) {
    const to = work.newLocalName(0, name) ?? exportedSubmodule(work, name, span);
    if (to !== null) work.edit(span, to, 'follows the name of the module');
  }
}

/** `__all__` of a package may list a submodule that nothing binds: a star import then imports it. */
function exportedSubmodule(work: UnitWork, name: string, span: Span): string | null {
  const { before, relocation } = work.shared;
  const { unit } = work;
  if (!isPackageInit(unit.path) || unit.facts.scopes[0]?.bindings.some((binding) => binding.name === name)) return null;
  const own = before.submodule({ kind: 'package', path: unit.path }, name);
  if (own?.kind !== 'module') return null;
  const place = relocation.found(own.found);
  const now = work.shared.names.relative(work.path, place);
  if (now?.level === 1 && !now.dotted.includes('.')) return now.dotted;
  work.refuse(span, `__all__ lists a module that leaves the package`);
  return null;
}

/** `import_module('a.b')`, and relative names that start at the file's own package. */
function literalImport(work: UnitWork, dynamic: DynamicImport): void {
  const { before, relocation } = work.shared;
  const [target] = dynamicTargets(before, work.unit, dynamic);
  if (dynamic.name.kind !== 'literal' || !target?.resolution.found || target.resolution.guessed) return;
  const { value, span } = dynamic.name;
  const place = relocation.found(target.resolution.found);
  const level = /^\.*/.exec(value)?.[0].length ?? 0;
  const isOwn = dynamic.anchor?.kind === 'own' || level === 0;
  if (place === target.resolution.found.path && (level === 0 || work.path === work.unit.path)) return;
  const tail = value.length - (value.split(':')[0] as string).length;
  const stem = value.slice(level, value.length - tail);
  const shown = level === 0 ? target.dotted : stem;
  if (!isOwn || span === null || !stem.startsWith(shown))
    return work.refuse(span ?? dynamic.span, `the imported name ${value} is not written as one`, 'dynamic-import');
  const now = statedName(work, place, { level, dotted: shown });
  if (!now || (level > 0 && now.level === 0))
    return work.refuse(span, `no name for ${place} fits here`, 'dynamic-import');
  const start = span.start;
  work.edit({ start, end: start + level + shown.length }, written(now), 'follows the move');
}
