/** Carries out prepared batches and turns what came of it into an outcome that all writing commands share. */
import type { PreparedBatch, Problem } from '../core/model.js';
import type { LeftOut, RunSummary } from '../core/plan.js';
import { EXIT, type ExitCode, problem } from '../core/problems.js';
import type { Repository } from '../io/repository.js';
import type { Isolated, Progress, RunOutcome, Standing } from '../io/run.js';
import { executeRun } from '../io/transaction.js';
import type { VerifyPlan } from '../io/verify.js';
import type { Environment } from './command.js';
import { isolating, type Replan } from './isolating.js';

export interface Execution {
  readonly exitCode: ExitCode;
  readonly problems: readonly Problem[];
  /** The contract's `data.run`. */
  readonly run: RunSummary;
  /** How verification last ended on what has landed. */
  readonly standing: Standing;
}

export interface ExecutionRequest {
  readonly batches: readonly PreparedBatch[];
  readonly verify: VerifyPlan;
  /** What the log calls the run's purpose. */
  readonly subject?: string;
  /** How verification ended just before, in the run that this one follows. */
  readonly known?: Standing | undefined;
  /** With it, a failing batch is taken apart. */
  readonly replan?: Replan | undefined;
}

export async function execute(
  environment: Environment,
  repository: Repository,
  { batches, verify, subject, known, replan }: ExecutionRequest,
): Promise<Execution> {
  const run = await executeRun(repository, {
    batches,
    verify,
    onProgress: (progress) => environment.progress(progressText(progress)),
    signal: environment.signal,
    known,
    ...(subject === undefined ? {} : { subject }),
    ...(replan === undefined ? {} : { instead: isolating(environment, batches, replan) }),
  });
  return executionOf(run);
}

export function executionOf(run: RunOutcome): Execution {
  const { id, commits, moveCommits, titles, verified, verifications, leftovers, survivors, status } = run;
  const { isolated, failed } = run;
  const failures = isolated ? isolated.culprits.map((culprit) => culprit.failed) : failed ? [failed] : [];
  const early = status === 'interrupted' && !failed ? [BEFORE_ALL] : [];
  const problems = [...failures.flatMap((each) => each.problems), ...(isolated?.problems ?? []), ...early];
  const culprits = isolated?.culprits.map(leftOut) ?? null;
  const summary = { id, commits, moveCommits, titles, verified, verifications, leftovers, survivors, culprits, status };
  return { exitCode: EXIT_OF[run.status], problems, run: summary, standing: run.standing };
}

const BEFORE_ALL = problem('interrupted', 'interrupted before anything was changed', { severity: 'info' });

function leftOut({ operation, failed: { evidence, title } }: Isolated['culprits'][number]): LeftOut {
  const { command = title, reason = 'failed', newFailures = [], log = null } = evidence ?? {};
  return { operation, command, reason, newFailures, log };
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
