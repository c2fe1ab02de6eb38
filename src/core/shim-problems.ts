/** Shims that should be gone: nobody uses them, or they have stood longer than the repository wants. */
import type { Problem } from './model.js';
import { problem } from './problems.js';

export interface StandingShim {
  readonly path: string;
  readonly oldName: string;
  /** Files that still use the old name. */
  readonly users: readonly string[];
  readonly unknowns: number;
  /** Days since it was committed; `null` where it is not. */
  readonly days: number | null;
}

/** @param most days after which a shim should be gone; `null` where nobody says */
export function shimProblems(shims: readonly StandingShim[], most: number | null): Problem[] {
  return shims.flatMap(({ path, oldName, users, unknowns, days }): Problem[] => {
    const hint = `regraft retire ${path}`;
    if (most !== null && days !== null && days > most) {
      const who = users.length > 0 ? `still used by ${users.slice(0, 3).join(', ')}` : 'nothing here uses it';
      return [
        problem('expired-shim', `the shim ${oldName} stands for more than ${most} days: ${who}`, { place: path, hint }),
      ];
    }
    if (users.length > 0 || unknowns > 0) return [];
    const message = `nothing here uses the shim ${oldName} any more`;
    return [problem('unused-shim', message, { severity: 'warning', place: path, hint })];
  });
}
