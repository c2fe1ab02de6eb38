/** How failures travel: every expected failure is a {@link RegraftError} that carries problems and an exit code. */
import type { Place, Problem, Severity } from './model.js';

/** The contract's exit codes. */
export const EXIT = {
  done: 0,
  error: 1,
  pending: 2,
  refused: 3,
  rolledBack: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Builds a {@link Problem}; `place` may be a whole place, a path only, or nothing. */
export function problem(
  code: string,
  message: string,
  options: { severity?: Severity; place?: Place | string; hint?: string } = {},
): Problem {
  const place = typeof options.place === 'string' ? { path: options.place, line: null, column: null } : options.place;
  return {
    code,
    severity: options.severity ?? 'error',
    path: place?.path ?? null,
    line: place?.line ?? null,
    column: place?.column ?? null,
    message,
    hint: options.hint ?? null,
  };
}

/** An expected failure: reported with its problems, never with a stack trace. */
export class RegraftError extends Error {
  readonly problems: readonly Problem[];
  readonly exitCode: ExitCode;

  constructor(problems: Problem | readonly Problem[], exitCode: ExitCode = EXIT.error) {
    const list = Array.isArray(problems) ? (problems as readonly Problem[]) : [problems as Problem];
    super(list.map((p) => p.message).join('; '));
    this.name = 'RegraftError';
    this.problems = list;
    this.exitCode = exitCode;
  }
}

/** Somebody pressed Ctrl-C. */
export const interrupted = (): RegraftError =>
  new RegraftError(problem('interrupted', 'interrupted', { severity: 'info' }), EXIT.interrupted);
