/** Problems that are known, so that only new ones are reported: by code, path and message, whatever the line. */
import type { Problem } from './model.js';

export interface KnownProblem {
  readonly code: string;
  readonly path: string | null;
  readonly message: string;
}

export interface KnownProblems {
  readonly schema: 1;
  readonly kind: 'check';
  readonly problems: readonly KnownProblem[];
}

export function knownProblems(problems: readonly Problem[]): KnownProblems {
  const known = problems.map(({ code, path, message }) => ({ code, path, message }));
  return { schema: 1, kind: 'check', problems: known.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)) };
}

/** Those that are not known; one that occurs more often than it is known is new as often as it does. */
export function newProblems(problems: readonly Problem[], known: KnownProblems): Problem[] {
  const left = new Map<string, number>();
  for (const each of known.problems) left.set(keyOf(each), (left.get(keyOf(each)) ?? 0) + 1);
  return problems.filter((each) => {
    const count = left.get(keyOf(each)) ?? 0;
    left.set(keyOf(each), count - 1);
    return count <= 0;
  });
}

function keyOf({ code, path, message }: KnownProblem): string {
  return `${code}\0${path ?? ''}\0${message}`;
}
