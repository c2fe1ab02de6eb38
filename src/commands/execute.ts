/** Carries out prepared batches and turns what came of it into an outcome that all writing commands share. */
import type { PreparedBatch, Problem } from '../core/model.js';
import type { RunSummary } from '../core/plan.js';
import { EXIT, type ExitCode } from '../core/problems.js';
import type { Repository } from '../io/repository.js';
import { executeRun, type Progress, type RunOutcome } from '../io/transaction.js';
import type { Environment } from './command.js';

export interface Execution {
  readonly exitCode: ExitCode;
  readonly problems: readonly Problem[];
  /** The contract's `data.run`. */
  readonly run: RunSummary;
}

/** @param subject what the log calls the run's purpose. */
export async function execute(
  environment: Environment,
  repository: Repository,
  batches: readonly PreparedBatch[],
  verify: readonly string[],
  subject?: string,
): Promise<Execution> {
  const run = await executeRun(repository, {
    batches,
    verify: { commands: verify },
    onProgress: (progress) => environment.progress(progressText(progress)),
    signal: environment.signal,
    ...(subject === undefined ? {} : { subject }),
  });
  return executionOf(run);
}

export function executionOf(run: RunOutcome): Execution {
  const problems = run.failed?.problems ?? [];
  const { id, commits, moveCommits, verified, status } = run;
  const summary = { id, commits, moveCommits, verified, status };
  return { exitCode: EXIT_OF[run.status], problems, run: summary };
}

const EXIT_OF: Readonly<Record<RunOutcome['status'], ExitCode>> = {
  done: EXIT.done,
  'verification-failed': EXIT.rolledBack,
  interrupted: EXIT.interrupted,
  stopped: EXIT.refused,
};

export function progressText({ step, batch, detail }: Progress): string {
  const of = batch === null ? '' : ` ${batch}`;
  if (step === 'baseline') return `verifying before anything is changed: ${detail}`;
  if (step === 'verify') return `verifying${of}: ${detail}`;
  if (step === 'landed') return `committed${of}: ${detail}`;
  return step === 'rolled-back' ? `rolled back${of}: ${detail}` : `${step}${of}`;
}
