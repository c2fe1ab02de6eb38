/** Under which circumstances a statement runs, known wholly only when the blocks around it have been read to their ends. */
import { FLAG } from '../walk.js';

/** The block of a `try`: whether a handler swallows failing imports is seen after it. */
export interface Guard {
  guarded: boolean;
}

export interface Circumstances {
  /** Bits of {@link FLAG}, without those of the blocks around. */
  readonly flags: number;
  readonly guard: Guard | null;
  readonly outer: Circumstances | null;
  /** The body of a function: it keeps of its surroundings only that they are for type checkers. */
  readonly deferred: boolean;
}

export const AT_TOP: Circumstances = { flags: 0, guard: null, outer: null, deferred: false };

export function inside(outer: Circumstances, flags: number, guard: Guard | null = null): Circumstances {
  return flags === 0 && guard === null ? outer : { flags, guard, outer, deferred: false };
}

export function inFunction(outer: Circumstances): Circumstances {
  return { flags: FLAG.lazy, guard: null, outer, deferred: true };
}

/** All bits of {@link FLAG} that hold; to be asked at the end of the file. */
export function flagsOf(circumstances: Circumstances): number {
  let flags = 0;
  let isDeferred = false;
  for (let here: Circumstances | null = circumstances; here; here = here.outer) {
    const own = here.flags | (here.guard?.guarded ? FLAG.guarded : 0);
    flags |= isDeferred ? own & FLAG.typing : own;
    isDeferred ||= here.deferred;
  }
  return flags;
}
