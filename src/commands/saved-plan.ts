/** Saved plans: read, computed again, and refused where that gives anything else than what was saved. */
import type { Intent, Plan } from '../core/plan.js';
import { EXIT, problem, RegraftError } from '../core/problems.js';
import { readPlan } from '../io/plan-file.js';
import type { Environment } from './command.js';
import { dedupeWork } from './dedupe.js';
import { mergeWork } from './merge.js';
import { moveWork } from './move.js';
import type { PlannedWork } from './planning.js';
import { retireWork } from './retire.js';
import { openSession, type Session } from './session.js';
import { savedTransformWork } from './transform.js';

export interface SavedPlan {
  readonly saved: Plan;
  readonly session: Session;
  readonly work: PlannedWork;
}

/**
 * @param command what carries the plan out, for the next step to be printed
 * @throws RegraftError `no-plan`, `bad-plan`, `stale-plan`
 */
export async function openSaved(environment: Environment, file: string, command: string): Promise<SavedPlan> {
  const saved = readPlan(environment.directory, file);
  const session = await openSession(environment);
  if (saved.base !== session.snapshot.base) {
    const message = `the plan is stale: it was made for commit ${saved.base.slice(0, 12)}, and HEAD is ${session.snapshot.base.slice(0, 12)}`;
    throw new RegraftError(problem('stale-plan', message, { hint: 'plan again' }), EXIT.refused);
  }
  const work = await workFor(environment, session, saved.intent, command);
  if (work.plan.id !== saved.id || JSON.stringify(work.plan.batches) !== JSON.stringify(saved.batches)) {
    const message = 'the plan is stale or was altered: computing it again gives other changes';
    throw new RegraftError(problem('stale-plan', message, { hint: 'plan again, and compare' }), EXIT.refused);
  }
  return { saved, session, work };
}

/** The plan for an intent, whichever command it is of. */
export function workFor(
  environment: Environment,
  session: Session,
  intent: Intent,
  command: string,
): PlannedWork | Promise<PlannedWork> {
  if (intent.command === 'dedupe') return dedupeWork(environment, session, intent, command);
  if (intent.command === 'merge') return mergeWork(environment, session, intent, command);
  if (intent.command === 'retire') return retireWork(environment, session, intent, command);
  if (intent.command === 'transform') return savedTransformWork(environment, session, intent, command);
  return moveWork(environment, session, intent, command);
}
