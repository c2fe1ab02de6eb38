/** What planning commands compute: decisions with their evidence, and batches of changes pinned to content. */
import type { Comparison } from './compare.js';
import type { Batch, MovedFile, ObjectId, Place, Problem } from './model.js';
import type { ModuleUsage } from './usages.js';

/** One pair of duplicates, judged by itself. */
export interface PairDecision {
  readonly keep: string;
  readonly remove: string;
  readonly decision: 'delete' | 'refuse';
  readonly comparison: Comparison;
  readonly usage: ModuleUsage;
  /** Why not; empty when it is deleted. */
  readonly refusals: readonly Problem[];
  /** What a person should know although it does not stand in the way. */
  readonly findings: readonly Problem[];
  /** What would have been refused and was accepted by name. */
  readonly accepted: readonly Problem[];
  /** Files whose references are redirected. */
  readonly rewritten: readonly string[];
}

/** The command that a plan answers; `apply` computes the plan again from it and compares. */
export type Intent = DedupeIntent | MoveIntent | MergeIntent | RetireIntent | TransformIntent;

export interface MoveIntent {
  readonly command: 'move';
  /** Paths of modules, packages (directories) or other files; one simultaneous map. */
  readonly moves: readonly MovedFile[];
  /** The file of the repository that says so; it stays as it is. */
  readonly map: string | null;
  readonly shims: boolean;
  /** Tests that mirror a moved module move along. */
  readonly withTests: boolean;
  /** Packages that lose everything but an empty `__init__.py` go, if nothing refers to them. */
  readonly prune: boolean;
  /** Package files that earlier runs created; these go in any case once they are left alone. */
  readonly created: readonly string[];
  readonly accept: readonly string[];
  /** `PATH:LINE` of doubtful hits in text that shall be rewritten. */
  readonly rewrite: readonly string[];
  /** Moves per commit; 0 for all in one. */
  readonly batchSize: number;
  /** Of `moves`, by `from`, those that get a commit of their own, after the others. */
  readonly apart?: readonly string[] | undefined;
}

export interface MergeIntent {
  readonly command: 'merge';
  /** Paths of modules. */
  readonly from: readonly string[];
  readonly into: string;
  /** What becomes of a name that means different things in different modules. */
  readonly conflicts: 'refuse' | 'rename';
  /** Names of modules that get another one; `to` is `null` where one is to be found. */
  readonly rename: readonly { readonly path: string; readonly name: string; readonly to: string | null }[];
  /** Definitions that stand for all others of their name. */
  readonly keep: readonly { readonly path: string; readonly name: string }[];
  readonly shims: boolean;
  readonly accept: readonly string[];
  readonly rewrite: readonly string[];
}

export interface RetireIntent {
  readonly command: 'retire';
  /** Paths of shims. */
  readonly shims: readonly string[];
  /** Users of old names are sent to the new ones first. */
  readonly redirect: boolean;
  readonly accept: readonly string[];
}

export interface TransformIntent {
  readonly command: 'transform';
  /** Its path in the repository, else its absolute path; a bare name is that of a built-in one. */
  readonly transform: string;
  /** SHA-256 of the file; `null` for a built-in one. */
  readonly hash: string | null;
  readonly options: Readonly<Record<string, string>>;
  /** Files and directories; none means everything. */
  readonly paths: readonly string[];
  /** Globs in place of the transform's own. */
  readonly include: readonly string[];
  /** Globs of files, or directories, that it is not run on. */
  readonly exclude?: readonly string[] | undefined;
  readonly accept: readonly string[];
  /** Files per commit; 0 for all in one. */
  readonly batchSize: number;
  /** Files that stay as they are, whatever the transform asks for. */
  readonly except?: readonly string[] | undefined;
  /** Files whose rewriting gets a commit of its own, after the others. */
  readonly apart?: readonly string[] | undefined;
}

/** One place in a string, a setting, a script or a document that names a moved module, and what becomes of it. */
export interface TextualHit extends Place {
  /** The source line, trimmed. */
  readonly text: string;
  /** What stands there now. */
  readonly written: string;
  /** What would stand there; `null` when nothing fits. */
  readonly replacement: string | null;
  /** `review`: a person must say whether it is rewritten. */
  readonly decision: 'rewrite' | 'review' | 'leave';
  readonly reason: string;
  /** The class of the mention: `config`, `docs`, `string`.. */
  readonly class: string;
  /** The code by which a `review` is accepted as it is. */
  readonly code: string | null;
}

export interface DedupeIntent {
  readonly command: 'dedupe';
  readonly suffixes: readonly string[];
  readonly pairs: readonly { readonly keep: string; readonly remove: string }[];
  readonly accept: readonly string[];
  /** Operations per commit. */
  readonly batchSize: number;
  /** Duplicates whose deletion gets a commit of its own, by the path that goes. */
  readonly apart?: readonly string[] | undefined;
}

export interface Plan {
  readonly schema: 1;
  /** Hash of base, intent and batches: equal ids mean equal plans. */
  readonly id: string;
  readonly base: ObjectId;
  readonly intent: Intent;
  readonly batches: readonly Batch[];
  readonly findings: readonly Problem[];
  readonly refusals: readonly Problem[];
}

/** An operation that the verification did not stand. */
export interface LeftOut {
  /** The path of the duplicate, shim or module; several that depend on one another, separated by commas. */
  readonly operation: string;
  readonly command: string;
  readonly reason: string;
  readonly newFailures: readonly string[];
  /** Path of the full output. */
  readonly log: string | null;
}

/** The contract's `data.run`. */
export interface RunSummary {
  readonly id: string;
  /** Commits that landed, in order, one per batch. */
  readonly commits: readonly ObjectId[];
  /** Commits of pure moves that go before some of them, so that git follows the files. */
  readonly moveCommits: readonly ObjectId[];
  /** The titles of `commits`. */
  readonly titles: readonly string[];
  readonly verified: readonly { readonly command: string; readonly batch: string; readonly ran: number | null }[];
  /** How often verification commands ran, the baseline not counted. */
  readonly verifications: number;
  /** Untracked files that the verification has left. */
  readonly leftovers: readonly string[];
  /** Processes that it has left running, as `PID COMMAND`. */
  readonly survivors: readonly string[];
  /** Operations that broke the verification and were left out, when a failing batch was taken apart; else `null`. */
  readonly culprits: readonly LeftOut[] | null;
  readonly status: 'done' | 'verification-failed' | 'interrupted' | 'stopped';
}
