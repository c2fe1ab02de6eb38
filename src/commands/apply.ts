/** `regraft apply PLAN`: computes a saved plan again and carries it out only when nothing has changed. */
import { EXIT, problem, RegraftError } from '../core/problems.js';
import { readPlan } from '../io/plan-file.js';
import { dossier } from '../report/dossier.js';
import { planData } from '../report/envelope.js';
import type { Environment, Outcome } from './command.js';
import { computePlan, ranText } from './dedupe.js';
import { demandWritable, execute } from './execute.js';
import { openSession } from './session.js';

export async function apply(
  environment: Environment,
  options: { readonly plan: string; readonly verify: readonly string[]; readonly dryRun: boolean },
): Promise<Outcome> {
  const saved = readPlan(environment.directory, options.plan);
  const session = await openSession(environment);
  if (saved.base !== session.snapshot.base) {
    const message = `the plan is stale: it was made for commit ${saved.base.slice(0, 12)}, and HEAD is ${session.snapshot.base.slice(0, 12)}`;
    throw new RegraftError(problem('stale-plan', message, { hint: 'plan again' }), EXIT.refused);
  }
  if (saved.intent.command !== 'dedupe') throw new Error('under construction');
  const { plan, result } = computePlan(session, saved.intent, environment);
  if (plan.id !== saved.id || JSON.stringify(plan.batches) !== JSON.stringify(saved.batches)) {
    const message = 'the plan is stale or was altered: computing it again gives other changes';
    throw new RegraftError(problem('stale-plan', message, { hint: 'plan again, and compare' }), EXIT.refused);
  }
  await demandWritable(session.repository, result.prepared);
  const run = options.dryRun ? null : await execute(environment, session.repository, result.prepared, options.verify);
  const command = `regraft apply ${options.plan}`;
  const refused = plan.refusals.length > 0 ? EXIT.refused : EXIT.done;
  return {
    exitCode: run && run.exitCode !== EXIT.done ? run.exitCode : refused,
    data: { ...planData(plan, result.decisions), ...(run ? { run: run.run } : {}) },
    problems: [...(run?.problems ?? []), ...plan.refusals],
    output: run
      ? ranText(environment, { plan, result }, run, command)
      : dossier({ decisions: result.decisions, plan, applied: false, command }, environment.style),
  };
}
