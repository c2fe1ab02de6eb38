/** `regraft dedupe`: deletes duplicate modules, their users redirected to the kept ones. Preview unless told to apply. */
import { createHash } from 'node:crypto';
import { type DedupeResult, planDedupe } from '../../transforms/plan-dedupe.js';
import { parseAcceptances } from '../core/accept.js';
import type { PreparedBatch, Problem } from '../core/model.js';
import type { DedupeIntent, Plan } from '../core/plan.js';
import { EXIT, type ExitCode, RegraftError } from '../core/problems.js';
import { writePlan } from '../io/plan-file.js';
import { preflight } from '../io/preflight.js';
import { dossier } from '../report/dossier.js';
import { planData } from '../report/envelope.js';
import { dossierMarkdown } from '../report/markdown.js';
import { diffText, patchText } from '../report/patch.js';
import { problemsText } from '../report/problems-text.js';
import { runText } from '../report/run-text.js';
import { shellWord } from '../report/words.js';
import type { Environment, Outcome } from './command.js';
import { type Execution, execute } from './execute.js';
import { findPairs } from './pairs.js';
import { openSession, type Session } from './session.js';

export interface DedupeOptions {
  readonly paths: readonly string[];
  readonly suffixes: readonly string[];
  /** `REMOVE=KEEP`. */
  readonly pairs: readonly string[];
  readonly accept: readonly string[];
  readonly batchSize: number;
  readonly verify: readonly string[];
  readonly apply: boolean;
  /** Exit 2 when changes are pending. */
  readonly check: boolean;
  readonly save: string | undefined;
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
  const planned = computePlan(session, intent, environment);
  const { prepared } = planned.result;
  const blocked = prepared.length > 0 ? await preflight(session.repository, prepared) : [];
  // A preview shows the plan all the same, and what stands in its way; applying stops here.
  if (options.apply && blocked.length > 0) throw new RegraftError(blocked, EXIT.refused);
  const undone = [...unreadable, ...blocked];
  if (options.save) writePlan(environment.directory, options.save, planned.plan);
  const writes = options.apply && prepared.length > 0;
  const run = writes ? await execute(environment, session.repository, prepared, options.verify) : null;
  const decided = exitOf(planned.plan, options, run?.exitCode ?? EXIT.done);
  const exitCode = undone.length > 0 && (decided === EXIT.done || decided === EXIT.pending) ? EXIT.refused : decided;
  return {
    exitCode,
    data: { ...planData(planned.plan, planned.result.decisions), ...(run ? { run: run.run } : {}) },
    problems: [...(run?.problems ?? []), ...planned.plan.refusals, ...undone],
    output: withProblems(
      environment,
      undone,
      run ? ranText(environment, planned, run, commandLine(options)) : outputOf(environment, session, planned, options),
    ),
  };
}

/** What could not be read or must not be written yet stands after what was decided; a patch stays a patch. */
function withProblems({ format, style }: Environment, problems: readonly Problem[], output: string | Uint8Array) {
  if (problems.length === 0 || typeof output !== 'string' || format === 'patch') return output;
  return `${output}\n${problemsText(problems, style)}`;
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
    { acceptances, batchSize: intent.batchSize },
    session.tools,
    (pair, index) => environment.progress(`deciding ${index + 1} of ${intent.pairs.length}: ${pair.remove}`),
  );
  const body = { base: session.snapshot.base, intent, batches: result.batches };
  const plan: Plan = {
    schema: 1,
    id: createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 16),
    ...body,
    findings: result.decisions.flatMap((decision) => decision.findings),
    refusals: result.decisions.flatMap((decision) => decision.refusals),
  };
  return { plan, result };
}

function exitOf(plan: Plan, options: DedupeOptions, run: ExitCode): ExitCode {
  if (run !== EXIT.done) return run;
  if (plan.refusals.length > 0) return EXIT.refused;
  return options.check && plan.batches.length > 0 && !options.apply ? EXIT.pending : EXIT.done;
}

function outputOf(
  environment: Environment,
  session: Session,
  planned: Planned,
  options: DedupeOptions,
): string | Uint8Array {
  const { plan, result } = planned;
  if (environment.format === 'patch') {
    const changes = netChanges(session, result.prepared);
    return environment.terminal ? diffText(changes, environment.style) : patchText(changes);
  }
  const input = { decisions: result.decisions, plan, applied: false, command: commandLine(options) };
  return environment.format === 'markdown' ? dossierMarkdown(input) : dossier(input, environment.style);
}

/** What came of a run, for `dedupe --apply` and `apply`. */
export function ranText(
  environment: Environment,
  { plan, result }: Planned,
  { run, problems }: Execution,
  command: string,
): string {
  return runText({ decisions: result.decisions, plan, run, problems, command }, environment.style);
}

/** The whole plan as one change per file. */
function netChanges(session: Session, batches: readonly PreparedBatch[]) {
  const last = new Map(
    batches.flatMap((batch) => batch.transitions.map((transition) => [transition.path, transition] as const)),
  );
  return [...last.values()]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, after }) => {
      const bytes = session.snapshot.read(path);
      const mode = session.snapshot.entry(path)?.mode ?? '100644';
      return { path, mode, before: bytes instanceof Uint8Array ? bytes : null, after: after?.content ?? null };
    });
}

/** The command as it was given, for the next step to be printed. */
function commandLine(options: DedupeOptions): string {
  const flags = [
    ...options.paths.map((path) => shellWord(path.startsWith('-') ? `./${path}` : path)),
    ...options.suffixes.map((suffix) => `--suffix ${shellWord(suffix)}`),
    ...options.pairs.map((pair) => `--pair ${shellWord(pair)}`),
    ...options.accept.map((code) => `--accept ${shellWord(code)}`),
    ...options.verify.map((command) => `--verify ${shellWord(command)}`),
  ];
  return ['regraft dedupe', ...flags].join(' ');
}
