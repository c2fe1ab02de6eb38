/** What a first recipe for a repository is made of: phases that could be carried out, and what only a person can decide. */
import type { MovedFile } from '../model.js';
import type { TestsFound } from './tests-found.js';

/** A phase as a recipe would have it. */
export interface DraftPhase {
  readonly name: string;
  /** What it rests on, for a comment. */
  readonly because: string;
  readonly work: DraftWork;
}

export type DraftWork =
  | { readonly kind: 'dedupe'; readonly paths: readonly string[] }
  | { readonly kind: 'dedupe'; readonly pairs: readonly { readonly remove: string; readonly keep: string }[] }
  | { readonly kind: 'dedupe'; readonly suffix: string }
  | { readonly kind: 'move'; readonly moves: readonly MovedFile[] };

/** Something that was not proposed, with the codes of what speaks against it. */
export interface LeftOut {
  readonly what: string;
  readonly codes: readonly string[];
}

/** One section of the recipe. */
export interface DraftSection {
  readonly title: string;
  /** That were planned without a refusal. */
  readonly phases: readonly DraftPhase[];
  /** That were planned and refused; they stand as comments. */
  readonly refused: readonly (LeftOut & { readonly phase: DraftPhase })[];
  readonly leftOut: readonly LeftOut[];
  /** What is said where the section has nothing. */
  readonly nothing: string;
}

/** Modules that do the same job, for a merge that somebody must decide. */
export interface DraftMerge {
  readonly topic: string;
  readonly from: readonly { readonly path: string; readonly partly: boolean }[];
  readonly into: string;
}

export interface Draft {
  readonly files: number;
  readonly modules: number;
  /** Directories that imports start from; the top is the empty string. */
  readonly roots: readonly string[];
  readonly tests: TestsFound;
  readonly sections: readonly DraftSection[];
  readonly merges: readonly DraftMerge[];
  /** Shims that stand there, and files that use them. */
  readonly shims: number;
  /** Stands in for phases where none could be proposed, since a recipe needs one. */
  readonly placeholder: DraftPhase | null;
}
