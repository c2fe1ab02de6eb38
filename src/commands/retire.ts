/** `regraft retire`: deletes shims that nothing uses any more. Preview unless told to apply. */
import { planRetire, type RetireResult } from '../../transforms/plan-retire.js';
import { parseAcceptances } from '../core/accept.js';
import type { Plan, RetireIntent } from '../core/plan.js';
import { RegraftError } from '../core/problems.js';
import { findShims, type Shim } from '../core/shims.js';
import { netChanges } from '../report/net-changes.js';
import { retireData, retireMarkdown, retireRunText, retireText, shimLines } from '../report/retire.js';
import { shellWord } from '../report/words.js';
import type { Environment, Outcome } from './command.js';
import { changesTo, type PlannedOperation } from './operations.js';
import { conclude, type PlannedWork, type PlanningOptions, planOf, verifyFlags } from './planning.js';
import { openSession, type Session } from './session.js';
import { chosenPaths } from './targets.js';

export interface RetireOptions extends PlanningOptions {
  readonly paths: readonly string[];
  readonly redirect: boolean;
  readonly accept: readonly string[];
}

export async function retire(environment: Environment, options: RetireOptions): Promise<Outcome> {
  const session = await openSession(environment);
  const wanted = chosenPaths(session, environment.directory, options.paths);
  const shims = findShims(session.codebase)
    .map(({ path }) => path)
    .filter(wanted);
  const { redirect, accept } = options;
  const intent: RetireIntent = { command: 'retire', shims, redirect, accept };
  return conclude(environment, session, options, retireWork(environment, session, intent, commandLine(options)));
}

/** The plan for an intent, and how it is shown. */
export function retireWork(
  environment: Environment,
  session: Session,
  intent: RetireIntent,
  command: string,
): PlannedWork {
  const { plan, result } = computeRetire(session, intent);
  const report = { plan, result, command };
  const isMarkdown = environment.format === 'markdown';
  return {
    plan,
    prepared: result.prepared,
    data: retireData(report),
    undone: [],
    replan: (later, operations) => {
      const again = computeRetire(later, { ...intent, shims: operations });
      return { prepared: again.result.prepared, refusals: again.plan.refusals };
    },
    hits: [],
    operations: () => result.decisions.map((decision) => shimOperation(environment, session, intent, result, decision)),
    preview: () => (isMarkdown ? retireMarkdown(report) : retireText(report, environment.style)),
    ran: (run) => retireRunText(report, run, environment.style),
  };
}

function shimOperation(
  { style }: Environment,
  session: Session,
  intent: RetireIntent,
  { prepared }: RetireResult,
  decision: RetireResult['decisions'][number],
): PlannedOperation {
  const { path } = decision.shim;
  const changes = () => {
    const alone = computeRetire(session, { ...intent, shims: [path] }).result.prepared;
    // A shim that only another one uses goes with that one alone.
    if (alone.length === 0) return changesTo(netChanges(session.snapshot, prepared), (each) => each === path);
    return netChanges(session.snapshot, alone);
  };
  return {
    key: path,
    isRefused: decision.decision === 'refuse',
    parts: [],
    whyNotApart: null,
    look: () => ({ lines: shimLines(decision, style), refusals: decision.refusals, changes: changes() }),
  };
}

function computeRetire(session: Session, intent: RetireIntent): { plan: Plan; result: RetireResult } {
  const { acceptances, problems } = parseAcceptances(intent.accept);
  if (problems.length > 0) throw new RegraftError(problems);
  const chosen = new Set(intent.shims);
  const shims: Shim[] = findShims(session.codebase).filter(({ path }) => chosen.has(path));
  const result = planRetire(session.snapshot, shims, { redirect: intent.redirect, acceptances }, session.tools);
  const refusals = result.decisions.flatMap((decision) => decision.refusals);
  return { plan: planOf(session.snapshot.base, intent, { batches: result.batches, findings: [], refusals }), result };
}

/** The command as it was given, for the next step to be printed. */
function commandLine(options: RetireOptions): string {
  const flags = [
    ...options.paths.map((path) => shellWord(path.startsWith('-') ? `./${path}` : path)),
    ...(options.redirect ? ['--redirect'] : []),
    ...options.accept.map((code) => `--accept ${shellWord(code)}`),
    ...verifyFlags(options.verify),
  ];
  return ['regraft retire', ...flags].join(' ');
}
