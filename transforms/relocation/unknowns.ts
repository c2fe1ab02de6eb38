/** Places that could reach what moves and cannot be decided. A shim keeps the old name alive, and with it all of them. */
import type { Place, Problem } from '../../src/core/model.js';
import { isInside } from '../../src/core/paths.js';
import { problem } from '../../src/core/problems.js';
import type { Relocation } from '../../src/core/relocation.js';
import type { ModuleUsage } from '../../src/core/usages.js';

/** @param answered places whose lists of names are rewritten */
export function unknownRefusals(
  usages: readonly ModuleUsage[],
  relocation: Relocation,
  shims: boolean,
  answered: readonly Place[],
): Problem[] {
  const settled = new Set(answered.map(({ path, line }) => `${path}:${line}`));
  const found = usages.flatMap(({ target, unknowns }) =>
    unknowns
      .filter(
        (unknown) =>
          !movesAlong(relocation, unknown.path, target.path) && !settled.has(`${unknown.path}:${unknown.line}`),
      )
      .map((unknown) => {
        const isCovered = shims && (unknown.code === 'dynamic-import' || unknown.code === 'guessed-import');
        const message = `this could reach ${target.path}: ${unknown.reason}${isCovered ? '; its shim answers' : ''}`;
        const hint = 'make it literal, or leave a shim with --shim';
        return problem(unknown.code, message, { place: unknown, hint, ...(isCovered ? { severity: 'info' } : {}) });
      }),
  );
  return [...new Map(found.map((each) => [`${each.code}\0${each.path}\0${each.line}`, each])).values()];
}

/** What a package computes about its own members goes on working when it moves as a whole. */
function movesAlong(relocation: Relocation, place: string, target: string): boolean {
  return [...relocation.directories.keys()].some(
    (directory) => isInside(place, directory) && isInside(target, directory),
  );
}
