/** `regraft apply PLAN`: computes a saved plan again and carries it out only when nothing has changed. */
import type { Intent } from '../core/plan.js';
import { EXIT, problem, RegraftError } from '../core/problems.js';
import { readPlan } from '../io/plan-file.js';
import type { VerifyPlan } from '../io/verify.js';
import type { Environment, Outcome } from './command.js';
import { dedupeWork } from './dedupe.js';
import { DEFAULT_ON_FAILURE, type OnFailure } from './isolating.js';
import { mergeWork } from './merge.js';
import { moveWork } from './move.js';
import { conclude, type PlannedWork } from './planning.js';
import { retireWork } from './retire.js';
import { openSession, type Session } from './session.js';
import { savedTransformWork } from './transform.js';

export async function apply(
  environment: Environment,
  options: {
    readonly plan: string;
    readonly verify: VerifyPlan;
    readonly dryRun: boolean;
    readonly onFailure: OnFailure | undefined;
  },
): Promise<Outcome> {
  const saved = readPlan(environment.directory, options.plan);
  const session = await openSession(environment);
  if (saved.base !== session.snapshot.base) {
    const message = `the plan is stale: it was made for commit ${saved.base.slice(0, 12)}, and HEAD is ${session.snapshot.base.slice(0, 12)}`;
    throw new RegraftError(problem('stale-plan', message, { hint: 'plan again' }), EXIT.refused);
  }
  const work = await workFor(environment, session, saved.intent, `regraft apply ${options.plan}`);
  if (work.plan.id !== saved.id || JSON.stringify(work.plan.batches) !== JSON.stringify(saved.batches)) {
    const message = 'the plan is stale or was altered: computing it again gives other changes';
    throw new RegraftError(problem('stale-plan', message, { hint: 'plan again, and compare' }), EXIT.refused);
  }
  return conclude(
    environment,
    session,
    {
      verify: options.verify,
      apply: !options.dryRun,
      check: false,
      save: undefined,
      onFailure: options.onFailure ?? DEFAULT_ON_FAILURE[saved.intent.command],
    },
    work,
  );
}

function workFor(
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
