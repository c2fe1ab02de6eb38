/** What a relocation is asked for, and what its planning gives. */
import type { Acceptance } from '../../src/core/accept.js';
import type { Batch, MovedFile, PreparedBatch, Problem, Snapshot } from '../../src/core/model.js';
import type { TextualHit } from '../../src/core/plan.js';

export interface MoveRequest {
  readonly moves: readonly MovedFile[];
  readonly shims: boolean;
  readonly withTests: boolean;
  /** Packages that lose everything but an empty `__init__.py` go, if nothing refers to them. */
  readonly prune: boolean;
  /** Package files that go in that case without `prune`: earlier runs created them. */
  readonly created: readonly string[];
  readonly acceptances: readonly Acceptance[];
  /** `PATH:LINE` of doubtful hits that shall be rewritten. */
  readonly rewrites: readonly string[];
  /** Moves per commit; 0 for all in one. */
  readonly batchSize: number;
  /** Of `moves`, by `from`, those that get a commit of their own. */
  readonly apart?: readonly string[] | undefined;
}

export interface MoveResult {
  /** Every file that stands elsewhere afterwards, sorted by `from`. */
  readonly moved: readonly MovedFile[];
  /** New package files. */
  readonly created: readonly string[];
  /** Thin modules left at old paths. */
  readonly shims: readonly string[];
  /** Places in text that name what moves, by place. */
  readonly hits: readonly TextualHit[];
  /** Files whose references are rewritten, by their path before. */
  readonly rewritten: readonly string[];
  readonly findings: readonly Problem[];
  readonly refusals: readonly Problem[];
  readonly accepted: readonly Problem[];
  /** Empty when anything is refused. */
  readonly batches: readonly Batch[];
  readonly prepared: readonly PreparedBatch[];
  /** The repository as it would be; the one given when anything is refused. */
  readonly result: Snapshot;
}
