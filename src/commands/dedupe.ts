/** `regraft dedupe`: deletes duplicate modules, their users redirected to the kept ones. Preview unless told to apply. */
import { type DedupeResult, planDedupe } from '../../transforms/plan-dedupe.js';
import { parseAcceptances } from '../core/accept.js';
import type { DedupeIntent, PairDecision, Plan } from '../core/plan.js';
import { RegraftError } from '../core/problems.js';
import { dossier, pairLines } from '../report/dossier.js';
import { planData } from '../report/envelope.js';
import { dossierMarkdown } from '../report/markdown.js';
import { runText } from '../report/run-text.js';
import { shellWord } from '../report/words.js';
import type { Environment, Outcome } from './command.js';
import { changesOfStep, type PlannedOperation } from './operations.js';
import { findPairs } from './pairs.js';
import { conclude, type PlannedWork, type PlanningOptions, planOf, verifyFlags } from './planning.js';
import { openSession, type Session } from './session.js';

export interface DedupeOptions extends PlanningOptions {
  readonly paths: readonly string[];
  readonly suffixes: readonly string[];
  /** `REMOVE=KEEP`. */
  readonly pairs: readonly string[];
  readonly accept: readonly string[];
  readonly batchSize: number;
}

export async function dedupe(environment: Environment, options: DedupeOptions): Promise<Outcome> {
  const session = await openSession(environment);
  const { pairs, unreadable } = findPairs(session, environment.directory, { ...options, forDeletion: true });
  const intent: DedupeIntent = {
    command: 'dedupe',
    suffixes: options.suffixes,
    pairs: pairs.map(({ keep, remove }) => ({ keep, remove })),
    accept: options.accept,
    batchSize: options.batchSize,
  };
  const work = dedupeWork(environment, session, intent, commandLine(options));
  return conclude(environment, session, options, { ...work, undone: unreadable });
}

/** The plan for an intent, and how it is shown. */
export function dedupeWork(
  environment: Environment,
  session: Session,
  intent: DedupeIntent,
  command: string,
): PlannedWork {
  const { plan, result } = computePlan(session, intent, environment);
  const { decisions } = result;
  const input = { decisions, plan, applied: false, command };
  const isMarkdown = environment.format === 'markdown';
  return {
    plan,
    prepared: result.prepared,
    data: planData(plan, decisions),
    undone: [],
    replan: (later, operations) => {
      const pairs = intent.pairs.filter(({ remove }) => operations.includes(remove));
      const again = computePlan(later, { ...intent, pairs, batchSize: pairs.length }, environment);
      return { prepared: again.result.prepared, refusals: again.plan.refusals };
    },
    hits: [],
    operations: () => decisions.map((decision) => pairOperation(environment, session, result, decision)),
    preview: () => (isMarkdown ? dossierMarkdown(input) : dossier(input, environment.style)),
    ran: ({ run, problems }) => runText({ decisions, plan, run, problems, command }, environment.style),
  };
}

function pairOperation(
  { style }: Environment,
  session: Session,
  { steps }: DedupeResult,
  decision: PairDecision,
): PlannedOperation {
  const { remove: key, refusals } = decision;
  return {
    key,
    isRefused: decision.decision === 'refuse',
    parts: [],
    whyNotApart: null,
    look: () => ({
      lines: pairLines(decision, false, style),
      refusals,
      changes: changesOfStep(session, steps, key),
    }),
  };
}

export interface Planned {
  readonly plan: Plan;
  readonly result: DedupeResult;
}

/** Pure but for progress: the same intent on the same snapshot gives the same plan, to the byte. */
export function computePlan(session: Session, intent: DedupeIntent, environment: Environment): Planned {
  const { acceptances, problems } = parseAcceptances(intent.accept);
  if (problems.length > 0) throw new RegraftError(problems);
  const result = planDedupe(
    session.snapshot,
    intent.pairs,
    { acceptances, batchSize: intent.batchSize, apart: intent.apart },
    session.tools,
    (pair, index) => environment.progress(`deciding ${index + 1} of ${intent.pairs.length}: ${pair.remove}`),
  );
  const plan = planOf(session.snapshot.base, intent, {
    batches: result.batches,
    findings: result.decisions.flatMap((decision) => decision.findings),
    refusals: result.decisions.flatMap((decision) => decision.refusals),
  });
  return { plan, result };
}

/** The command as it was given, for the next step to be printed. */
function commandLine(options: DedupeOptions): string {
  const flags = [
    ...options.paths.map((path) => shellWord(path.startsWith('-') ? `./${path}` : path)),
    ...options.suffixes.map((suffix) => `--suffix ${shellWord(suffix)}`),
    ...options.pairs.map((pair) => `--pair ${shellWord(pair)}`),
    ...options.accept.map((code) => `--accept ${shellWord(code)}`),
    ...verifyFlags(options.verify),
  ];
  return ['regraft dedupe', ...flags].join(' ');
}
