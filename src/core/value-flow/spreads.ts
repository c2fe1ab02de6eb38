/** Where things may be: forward along everything that hands them on. */
import type { CallIndex } from './call-index.js';
import type { Id } from './graph.js';
import type { Call } from './numbered.js';
import type { SpelledCalls } from './spelled-calls.js';
import { type Steps, TooFar } from './steps.js';

export interface Spread {
  readonly nodes: readonly Id[];
  /** Calls of what is outside that it is given to. */
  readonly given: ReadonlySet<Call>;
}

export class Spreads {
  private readonly found = new Map<Id, Spread>();
  /** Where it took too many steps to say: how many it takes at least. */
  private readonly least = new Map<Id, number>();

  /**
   * @param throughOutside what is outside may give a thing back: a function in another one, but no list
   * @param farthest nodes after which it is not followed further
   */
  constructor(
    private readonly index: CallIndex,
    private readonly spelled: SpelledCalls,
    private readonly steps: Steps,
    private readonly throughOutside: boolean,
    private readonly farthest: number,
  ) {}

  of(start: Id): Spread {
    let found = this.found.get(start);
    if (!found) {
      found = this.from(start);
      this.found.set(start, found);
    }
    return found;
  }

  private from(start: Id): Spread {
    const nodes = new Set([start]);
    const given = new Set<Call>();
    const before = this.steps.taken;
    for (const node of nodes) {
      if (nodes.size > this.farthest) break;
      // Whatever it is in may be in all places that this node's may be in.
      const atLeast = this.least.get(node) ?? 0;
      if (this.steps.takeOrEnd(before + atLeast)) {
        this.least.set(start, Math.max(atLeast, this.steps.taken - before));
        throw new TooFar();
      }
      for (const next of this.spelled.next(node, this.throughOutside)) nodes.add(next);
      for (const call of this.index.byArgument.get(node) ?? []) if (this.spelled.isOutside(call)) given.add(call);
    }
    return { nodes: [...nodes], given };
  }
}
