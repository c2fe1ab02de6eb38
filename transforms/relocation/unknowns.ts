/** Places that could reach what moves and cannot be decided. A shim keeps the old name alive, and with it all of them. */
import type { Place, Problem } from '../../src/core/model.js';
import { problem } from '../../src/core/problems.js';
import type { ModuleUsage } from '../../src/core/usages.js';

/** What asks for a module by its old name finds the shim; also what was pickled under it. */
const COVERED: ReadonlySet<string> = new Set(['dynamic-import', 'guessed-import', 'binary-reference']);

/** @param answered places whose lists of names are rewritten */
export function unknownRefusals(usages: readonly ModuleUsage[], shims: boolean, answered: readonly Place[]): Problem[] {
  const settled = new Set(answered.map(({ path, line }) => `${path}:${line}`));
  const found = usages.flatMap(({ target, unknowns }) =>
    unknowns
      .filter((unknown) => !settled.has(`${unknown.path}:${unknown.line}`))
      .map((unknown) => {
        const isCovered = shims && COVERED.has(unknown.code);
        const message = `this could reach ${target.path}: ${unknown.reason}${isCovered ? '; its shim answers' : ''}`;
        const hint = 'make it literal, or leave a shim with --shim';
        return problem(unknown.code, message, { place: unknown, ...(isCovered ? { severity: 'info' } : { hint }) });
      }),
  );
  return [...new Map(found.map((each) => [`${each.code}\0${each.path}\0${each.line}`, each])).values()];
}
