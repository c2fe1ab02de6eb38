/** What planning commands compute: decisions with their evidence, and batches of changes pinned to content. */
import type { Comparison } from './compare.js';
import type { Batch, ObjectId, Problem } from './model.js';
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
export interface Intent {
  readonly command: 'dedupe';
  readonly suffixes: readonly string[];
  readonly pairs: readonly { readonly keep: string; readonly remove: string }[];
  readonly accept: readonly string[];
  /** Operations per commit. */
  readonly batchSize: number;
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

/** The contract's `data.run`. */
export interface RunSummary {
  readonly id: string;
  /** Commits that landed, in order. */
  readonly commits: readonly ObjectId[];
  readonly verified: readonly { readonly command: string; readonly batch: string; readonly ran: number | null }[];
  readonly status: 'done' | 'verification-failed' | 'interrupted' | 'stopped';
}
