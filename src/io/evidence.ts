/** What a verification command's run says: whether it is worse than at the baseline, and why. */
import type { MovedFile } from '../core/model.js';
import { EXIT, problem, RegraftError } from '../core/problems.js';
import type { CommandResult } from './command.js';
import { type TestReport, testsAfterMoves } from './test-output.js';

/** The end of the output that is shown, in UTF-16 units. */
const SHOWN = 4000;

/** One command, carried out once. */
export interface Run {
  readonly result: CommandResult;
  /** Milliseconds that it was given. */
  readonly limit: number;
  readonly report: TestReport | null;
  readonly log: string;
}

/** One command that held for one batch. */
export interface Verified {
  readonly batch: string;
  readonly command: string;
  readonly exitCode: number | null;
  /** Tests that ran; `null` when the output is not recognised. */
  readonly ran: number | null;
  /** Failed now as before. */
  readonly failing: readonly string[];
  /** Failed once and passed when run again. */
  readonly flaky: readonly string[];
  /** Milliseconds. */
  readonly duration: number;
  /** Path of the full output. */
  readonly log: string;
}

/** Why a batch did not hold. */
export interface Evidence {
  readonly command: string;
  readonly exitCode: number | null;
  readonly reason: string;
  readonly newFailures: readonly string[];
  /** The end of the output. */
  readonly output: string;
  readonly log: string | null;
}

export class VerificationFailed extends RegraftError {
  constructor(readonly evidence: Evidence) {
    super(
      problem('verification-failed', `${evidence.command}: ${evidence.reason}`, {
        hint: evidence.log === null ? 'see the output above' : `the full output: ${evidence.log}`,
      }),
      EXIT.rolledBack,
    );
  }
}

export function moved(run: Run, moves: readonly MovedFile[]): Run {
  const { report } = run;
  return report && moves.length > 0
    ? { ...run, report: { ...report, failing: testsAfterMoves(report.failing, moves) } }
    : run;
}

/** What a failure is known by: its tests, or how the command ended. */
export function marksOf({ command, reason, newFailures }: Evidence): string[] {
  return (newFailures.length > 0 ? newFailures : [reason]).map((mark) => `${command}\0${mark}`);
}

/** What is worse than at the baseline; `null` when nothing is. */
export function compare(command: string, before: Run, now: Run): Evidence | null {
  const fail = (reason: string, failures: readonly string[] = []) => evidenceOf(command, now, reason, failures);
  if (now.result.ended === 'timeout')
    return fail(`it did not end within ${now.limit / 1000} s and was ended with all it had started`);
  const known = before.report?.failing ?? new Set<string>();
  const failures = [...(now.report?.failing ?? [])].filter((id) => !known.has(id));
  if (failures.length > 0) return fail(`${failures.length} new failure(s)`, failures);
  if (before.report !== null && now.report === null) return fail('no test result in its output any more');
  if (before.report !== null && now.report !== null && now.report.ran < before.report.ran) {
    return fail(`${before.report.ran} tests ran before, only ${now.report.ran} now`);
  }
  const worse = now.result.exitCode !== 0 && now.result.exitCode !== before.result.exitCode;
  return worse ? fail(`exit code ${now.result.exitCode ?? 'none (killed)'}, was ${before.result.exitCode}`) : null;
}

export function evidenceOf(command: string, run: Run, reason: string, newFailures: readonly string[]): Evidence {
  const { exitCode, output } = run.result;
  return { command, exitCode, reason, newFailures, output: output.slice(-SHOWN), log: run.log };
}

export function verifiedBy(batch: string, command: string, run: Run, flaky: readonly string[]): Verified {
  const { result, report, log } = run;
  const { exitCode, duration } = result;
  return {
    batch,
    command,
    exitCode,
    ran: report?.ran ?? null,
    failing: [...(report?.failing ?? [])],
    flaky,
    duration,
    log,
  };
}

export function baselineRed(command: string, run: Run): RegraftError {
  const why = run.result.ended === 'timeout' ? 'does not end in time' : `fails (exit code ${run.result.exitCode})`;
  return new RegraftError(
    problem(
      'baseline-red',
      `${command}: ${why} before anything was changed:\n${run.result.output.slice(-SHOWN).trimEnd()}`,
      {
        hint: `make it pass first, or verify with another command; the full output: ${run.log}`,
      },
    ),
    EXIT.refused,
  );
}
