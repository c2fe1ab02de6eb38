/** `regraft apply PLAN`: computes a saved plan again and carries it out only when nothing has changed. */
import type { VerifyPlan } from '../io/verify.js';
import type { Environment, Outcome } from './command.js';
import { DEFAULT_ON_FAILURE, type OnFailure } from './isolating.js';
import { conclude } from './planning.js';
import { openSaved } from './saved-plan.js';

export async function apply(
  environment: Environment,
  options: {
    readonly plan: string;
    readonly verify: VerifyPlan;
    readonly dryRun: boolean;
    readonly onFailure: OnFailure | undefined;
  },
): Promise<Outcome> {
  const { saved, session, work } = await openSaved(environment, options.plan, `regraft apply ${options.plan}`);
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
