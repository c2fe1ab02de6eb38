/** `--on-failure isolate`: a failing batch is taken apart, what breaks the verification is left out, and the rest lands. */

import { findCulprits, type TrialEnd } from '../core/isolation.js';
import type { PreparedBatch, Problem } from '../core/model.js';
import type { Intent } from '../core/plan.js';
import { problem } from '../core/problems.js';
import type { FailedBatch, Instead, Isolated } from '../io/transaction.js';
import type { Environment } from './command.js';
import { openSession, type Session } from './session.js';

export type OnFailure = 'stop' | 'isolate';

/** Duplicates and shims are decided one by one; a map of moves is one wish. */
export const DEFAULT_ON_FAILURE: Readonly<Record<Intent['command'], OnFailure>> = {
  dedupe: 'isolate',
  retire: 'isolate',
  move: 'stop',
  merge: 'stop',
  transform: 'stop',
};

/** The plan for some of the operations, on the repository as it is now. */
export type Replan = (session: Session, operations: readonly string[]) => Replanned | Promise<Replanned>;

interface Replanned {
  readonly prepared: readonly PreparedBatch[];
  readonly refusals: readonly Problem[];
}

/** A verification that hardly anything stands says little about what is to blame. */
const MOST_CULPRITS = 20;

/** What is carried out in place of a failing batch and of those after it. */
export function isolating(environment: Environment, prepared: readonly PreparedBatch[], replan: Replan) {
  return (failed: FailedBatch): Instead => new Isolation(environment, replan).takeApart(prepared, failed);
}

type Trial = TrialEnd<string, FailedBatch>;

class Isolation {
  #trials = 0;
  readonly #problems: Problem[] = [];

  constructor(
    private readonly environment: Environment,
    private readonly replan: Replan,
  ) {}

  async *takeApart(prepared: readonly PreparedBatch[], failed: FailedBatch): Instead {
    const index = prepared.findIndex(({ id }) => id === failed.batch);
    const [suspects = [], ...open] = prepared.slice(index).map(({ operations }) => operations ?? []);
    const dialogue = findCulprits(suspects, failed, open.flat(), MOST_CULPRITS);
    let step = dialogue.next();
    while (!step.done) {
      const end: Trial = yield* this.attempt(step.value);
      step = dialogue.next(end);
    }
    return this.ended(step.value.map(({ operation, evidence }) => ({ operation, failed: evidence })));
  }

  /** Carries operations out, in as many batches as the plan for them has. */
  private async *attempt(operations: readonly string[]): AsyncGenerator<PreparedBatch, Trial, FailedBatch | null> {
    this.environment.progress(`trying ${operations.length} of the operations`);
    const { prepared, refusals } = await this.replan(await openSession(this.environment), operations);
    this.#trials++;
    const planned = new Set(prepared.flatMap((batch) => batch.operations ?? []));
    const dropped = operations.filter((operation) => !planned.has(operation));
    if (dropped.length > 0) this.#problems.push(...refusals);
    for (const [index, batch] of prepared.entries()) {
      const evidence = yield { ...batch, id: `try${this.#trials}.${index + 1}` };
      if (evidence === null) continue;
      const untried = prepared.slice(index + 1).flatMap((later) => later.operations ?? []);
      return { failed: batch.operations ?? [], evidence, untried, dropped };
    }
    return { failed: [], evidence: null, untried: [], dropped };
  }

  private ended(culprits: Isolated['culprits']): Isolated {
    if (culprits.length < MOST_CULPRITS) return { culprits, problems: this.#problems };
    const message = `${culprits.length} operations fail the verification: the others were not tried`;
    return {
      culprits,
      problems: [
        ...this.#problems,
        problem('too-many-failures', message, { hint: 'look at the first failures, then run it again' }),
      ],
    };
  }
}
