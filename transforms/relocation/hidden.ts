/** Names that a destination package binds itself: they would hide the module, or be overwritten by it. */
import type { Linker } from '../../src/core/linker.js';
import type { Problem } from '../../src/core/model.js';
import { directoryOf, isPackageInit, join, moduleBase } from '../../src/core/paths.js';
import { problem } from '../../src/core/problems.js';
import type { Relocation } from '../../src/core/relocation.js';
import type { MovedUnit } from './units.js';

/** Why a module (path afterwards) cannot be taken as an attribute of its package; `null` when it can. */
export function hiddenReason(before: Linker, relocation: Relocation, place: string): string | null {
  const init = homeOf(before, relocation, place);
  if (init === null) return null;
  const value = before.lookup(init, moduleBase(place));
  if (value.kind === 'module') {
    const is = relocation.found(value.found);
    return is === place ? null : `${init} binds '${moduleBase(place)}' to ${is}`;
  }
  if (value.kind === 'object') return `${init} binds '${moduleBase(place)}' to something of ${value.path}`;
  return value.kind === 'external' ? `${init} binds '${moduleBase(place)}' to ${value.dotted}` : null;
}

/** Loading a submodule sets its name on the package: a binding of another origin would be lost. */
export function hiddenUnits(before: Linker, relocation: Relocation, units: readonly MovedUnit[]): Problem[] {
  return units.flatMap((unit) => {
    if (unit.target === null) return [];
    const place = relocation.file(unit.target);
    const init = homeOf(before, relocation, place);
    const value = init === null ? null : before.lookup(init, moduleBase(place));
    const isOwn = value?.kind === 'object' && relocation.file(value.path) === place;
    const why = isOwn ? null : hiddenReason(before, relocation, place);
    if (why === null || init === null) return [];
    const binding = before.codebase
      .unitOrNone(init)
      ?.facts.scopes[0]?.bindings.find(({ name }) => name === moduleBase(place));
    const spot = { path: init, ...before.codebase.place(init, binding?.span.start ?? 0) };
    return [
      problem('hidden-module', `${place} would take a name of its package: ${why}`, {
        place: spot,
        hint: 'choose another name',
      }),
    ];
  });
}

/** The `__init__` (path before) of the package that a module stands in afterwards. */
function homeOf(before: Linker, relocation: Relocation, place: string): string | null {
  const home = isPackageInit(place) ? directoryOf(directoryOf(place)) : directoryOf(place);
  if (home === '') return null;
  const init = relocation.origin(join(home, '__init__.py'));
  const isThere = before.codebase.layout.has(init) && relocation.file(init) === join(home, '__init__.py');
  return isThere ? init : null;
}
