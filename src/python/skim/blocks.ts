/** The blocks around a line, by indentation, and the compound statements whose clauses may still follow. */
import type { Circumstances, Guard } from './circumstances.js';
import type { Surroundings } from './expressions.js';

/** A compound statement whose next clause may follow at the same indentation. */
export type Compound =
  | { readonly kind: 'if'; readonly alternative: Circumstances }
  | { readonly kind: 'try'; readonly guard: Guard; readonly body: Circumstances; readonly base: Circumstances }
  | { readonly kind: 'loop'; readonly body: Circumstances };

interface Block extends Surroundings {
  readonly column: number;
  /** The body of a `match`: its statements are cases. */
  readonly cases: boolean;
  last: Compound | null;
  /** No statement was read in it yet, and it is the body of a module, a class or a function. */
  mayBeDocumented: boolean;
}

/** What a header announces for the lines that stand deeper. */
export interface Opening extends Surroundings {
  readonly cases: boolean;
  readonly documented: boolean;
}

export class Blocks {
  private readonly stack: Block[];
  private opening: Opening | null = null;

  constructor(top: Surroundings) {
    this.stack = [{ ...top, column: 0, cases: false, last: null, mayBeDocumented: true }];
  }

  get here(): Block {
    return this.stack.at(-1) as Block;
  }

  /** The next line's block is that of this header. */
  open(opening: Opening): void {
    this.opening = opening;
  }

  /** Finds the block of a line; false where the indentation fits none. */
  enter(column: number): boolean {
    if (this.opening) {
      const { documented, ...opening } = this.opening;
      if (column <= this.here.column) return false;
      this.stack.push({ ...opening, column, last: null, mayBeDocumented: documented });
      this.opening = null;
      return true;
    }
    while (column < this.here.column) this.stack.pop();
    return column === this.here.column;
  }

  /** Whether no header waits for its block. */
  get isClosed(): boolean {
    return this.opening === null;
  }
}
