/** The result of comparing two modules, and what is compared: values only. */
import type { ImportTarget, Outline } from './outline.js';
import type { RenamedSymbol } from './renames.js';

/** In what a symbol differs. */
export type Difference =
  | 'kind'
  | 'signature'
  | 'default'
  | 'decorators'
  | 'bases'
  | 'body'
  | 'value'
  | 'import'
  | 'condition'
  | 'docstring'
  | 'order'
  /** Bound another number of times. */
  | 'redefined'
  /** Beside others: with identifiers set aside there is no difference. */
  | 'identifiers'
  /** A name in its code means the kept module's own definition there, and something else here. */
  | 'names'
  /** The kept class has a special or overriding method more. */
  | 'methods'
  /** The kept class has an attribute more, and something (a base, a decorator) may look at attributes. */
  | 'attributes'
  /** A statement that only the kept module has works on it. */
  | 'statement';

/** One side of a comparison. */
export interface ComparedModule {
  readonly path: string;
  /** Names the bytes: equal hash, equal bytes. */
  readonly hash: string;
  readonly text: string;
  readonly outline: Outline;
  /** What an import of this module reaches, in a form that both sides share. Without it imports are compared as written. */
  readonly resolveImport?: (target: ImportTarget) => string;
  /** The file that an import takes its name from; `undefined` where that is none of the repository. */
  readonly importSource?: (target: ImportTarget) => string | undefined;
}

/** What the module to remove is to the one to keep. */
export type Verdict = 'identical' | 'equivalent' | 'subset' | 'superset' | 'diverged';

/** A symbol that both modules have, with different code. Lines are `null` where it has none of its own. */
export interface ChangedSymbol {
  readonly name: string;
  readonly what: readonly Difference[];
  readonly keepLine: number | null;
  readonly removeLine: number | null;
}

export interface Comparison {
  readonly verdict: Verdict;
  /** Of code, 0 to 1; exactly 1 for equal code only. */
  readonly similarity: number;
  /** Share of the code, by weight, that both have in whatever order and under whatever names; at least the similarity. */
  readonly structure: number;
  /** The same of the smaller one alone: 1 where all of it is in the larger one. */
  readonly contained: number;
  /** Of the text as it stands, line by line. */
  readonly textSimilarity: number;
  readonly lines: { readonly keep: number; readonly remove: number };
  readonly symbols: {
    readonly same: readonly string[];
    readonly changed: readonly ChangedSymbol[];
    /** A class that only one side has stands for its members. */
    readonly onlyKeep: readonly string[];
    readonly onlyRemove: readonly string[];
    /** Of those that only one side has: what is the same under another name. */
    readonly renamed: readonly RenamedSymbol[];
  };
  /** Names whose docstrings differ; `<module>` for the module's own. */
  readonly docstringsDiffer: readonly string[];
  readonly commentsDiffer: boolean;
  /** One sentence for people. */
  readonly reason: string;
}
