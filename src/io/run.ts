/** What a run is asked for, and what came of it: values only. */
import type { RunLog } from '../core/journal.js';
import type { PreparedBatch, Problem } from '../core/model.js';
import type { Evidence, Run, Verified } from './evidence.js';
import type { VerifyPlan } from './verify.js';

export interface Progress {
  readonly step: 'baseline' | 'prepare' | 'publish' | 'verify' | 'landed' | 'rolled-back';
  readonly batch: string | null;
  /** The command that is running, or the commit that has landed. */
  readonly detail: string;
}

export interface RunRequest {
  readonly batches: readonly PreparedBatch[];
  readonly verify: VerifyPlan;
  /** Added to each commit message, after `Regraft-Run`. */
  readonly trailers?: Record<string, string>;
  /** What is carried out in place of a batch that failed its verification, and of those after it. Default: nothing. */
  readonly instead?: (failed: FailedBatch) => Instead;
  readonly onProgress?: (progress: Progress) => void;
  /** Aborting rolls the batch in flight back. */
  readonly signal?: AbortSignal | undefined;
  /** How commands ended on a commit just before, in this process: where HEAD is still there, that is the baseline. */
  readonly known?: Standing | undefined;
  /** What the log calls the run. Default: an `apply` without subject. */
  readonly kind?: RunLog['kind'];
  readonly subject?: string;
}

/** Hands out further batches; each `next` tells what came of the one before, `null` when it has landed. */
export type Instead = AsyncGenerator<PreparedBatch, Isolated, FailedBatch | null>;

/** What was left out so that the rest could land. */
export interface Isolated {
  readonly culprits: readonly { readonly operation: string; readonly failed: FailedBatch }[];
  /** Why others were left out as well. */
  readonly problems: readonly Problem[];
}

export interface RunOutcome {
  readonly id: string;
  /** One per batch that landed. */
  readonly commits: readonly string[];
  readonly titles: readonly string[];
  /** Commits of pure moves that go before some of them. */
  readonly moveCommits: readonly string[];
  readonly verified: readonly Verified[];
  /** `stopped`: a batch could not be carried out (edited meanwhile, branch moved, disk full) and was rolled back. */
  readonly status: 'done' | 'verification-failed' | 'interrupted' | 'stopped';
  /** The batch that was rolled back, or the first that was; what has landed stays. */
  readonly failed?: FailedBatch;
  /** Present when a failing batch was taken apart. */
  readonly isolated?: Isolated;
  /** How often verification commands ran, the baseline not counted. */
  readonly verifications: number;
  /** How the commands last ended on what has landed. */
  readonly standing: Standing;
  /** Untracked files that the verification left behind. */
  readonly leftovers: readonly string[];
  /** Processes that the verification has left running, as `PID COMMAND`. */
  readonly survivors: readonly string[];
}

export interface FailedBatch {
  readonly batch: string;
  readonly title: string;
  readonly problems: readonly Problem[];
  /** Present when verification failed. */
  readonly evidence: Evidence | null;
  /** Paths that were left alone because they hold somebody's bytes. */
  readonly kept: readonly string[];
}

/** The last run of each verification command on a commit. */
export interface Standing {
  readonly commit: string;
  readonly runs: ReadonlyMap<string, Run>;
}
