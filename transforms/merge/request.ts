/** What a merge is asked for, and what its planning gives. */
import type { Acceptance } from '../../src/core/accept.js';
import type { MoveResult } from '../relocation/request.js';
import type { Wishes } from './conflicts.js';

export interface MergeRequest extends Wishes {
  /** Paths of modules; the first gives the merged one its docstring and layout. */
  readonly from: readonly string[];
  /** A new path, or one of `from`. */
  readonly into: string;
  readonly shims: boolean;
  readonly acceptances: readonly Acceptance[];
  /** `PATH:LINE` of doubtful hits that shall be rewritten. */
  readonly rewrites: readonly string[];
}

/** What becomes of one module-level name. */
export interface MergedSymbol {
  readonly path: string;
  readonly name: string;
  /** `same`: another module's copy stays. */
  readonly what: 'kept' | 'same' | 'renamed';
  /** The name afterwards. */
  readonly to: string;
}

export interface MergeResult extends MoveResult {
  readonly symbols: readonly MergedSymbol[];
  /** Lines of the sources before, and of the merged module. */
  readonly lines: { readonly before: number; readonly after: number };
}
