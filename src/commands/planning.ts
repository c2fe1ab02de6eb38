/** What all planning commands share: the plan as a value with its id, preview or run, and what becomes of it. */
import { createHash } from 'node:crypto';
import type { Batch, ObjectId, PreparedBatch, Problem } from '../core/model.js';
import type { Intent, Plan, TextualHit } from '../core/plan.js';
import { EXIT, type ExitCode } from '../core/problems.js';
import { writeSaved } from '../io/plan-file.js';
import { preflight } from '../io/preflight.js';
import type { VerifyPlan } from '../io/verify.js';
import { highlightPython } from '../python/highlight.js';
import { netChanges } from '../report/net-changes.js';
import { diffText, type FileChange, patchText } from '../report/patch.js';
import { problemsText } from '../report/problems-text.js';
import { shellWord } from '../report/words.js';
import type { Environment, Outcome } from './command.js';
import { type Execution, execute } from './execute.js';
import type { OnFailure, Replan } from './isolating.js';
import type { PlannedOperation } from './operations.js';
import type { Session } from './session.js';

/** Equal base, intent and batches give equal ids. */
export function planOf(base: ObjectId, intent: Intent, parts: Pick<Plan, 'batches' | 'findings' | 'refusals'>): Plan {
  const { batches, findings, refusals } = parts;
  return { schema: 1, id: planId(base, intent, batches), base, intent, batches, findings, refusals };
}

export function planId(base: ObjectId, intent: object, batches: readonly Batch[]): string {
  return createHash('sha256').update(JSON.stringify({ base, intent, batches })).digest('hex').slice(0, 16);
}

export interface PlanningOptions {
  readonly verify: VerifyPlan;
  readonly apply: boolean;
  /** Exit 2 when changes are pending. */
  readonly check: boolean;
  readonly save: string | undefined;
  readonly onFailure: OnFailure;
}

export interface PlannedWork {
  readonly plan: Plan;
  readonly prepared: readonly PreparedBatch[];
  /** The contract's `data`, without the run. */
  readonly data: object;
  /** What else went wrong on the way; the plan holds without it. */
  readonly undone: readonly Problem[];
  /** The plan for some of its operations only, when a batch fails. */
  readonly replan: Replan;
  /** Places in text that name what moves. */
  readonly hits: readonly TextualHit[];
  /** What a review goes through, in the order of the intent. */
  operations(): readonly PlannedOperation[];
  preview(): string;
  ran(execution: Execution): string;
}

/** The flags that verify in this way, for the next command to be printed. */
export function verifyFlags({ commands, timeout, isolate }: VerifyPlan): string[] {
  return [
    ...commands.map((command) => `--verify ${shellWord(command)}`),
    ...(timeout === undefined ? [] : [`--verify-timeout ${timeout / 1000}`]),
    ...(isolate ? ['--isolate'] : []),
  ];
}

/** Shows the plan, or carries it out. A preview also says what stands in the way; applying stops there (exit 3). */
export async function conclude(
  environment: Environment,
  session: Session,
  options: PlanningOptions,
  work: PlannedWork,
): Promise<Outcome> {
  const { plan, prepared } = work;
  const writes = options.apply && prepared.length > 0;
  // A run looks by itself, when it holds the lock.
  const blocked = writes || prepared.length === 0 ? [] : await preflight(session.repository, prepared);
  const undone = [...work.undone, ...blocked];
  const replan = options.onFailure === 'isolate' ? work.replan : undefined;
  const request = { batches: prepared, verify: options.verify, replan };
  const run = writes ? await execute(environment, session.repository, request) : null;
  if (options.save) writeSaved(environment.directory, options.save, plan);
  const decided = planExit(plan, options, run?.exitCode ?? EXIT.done);
  const exitCode = undone.length > 0 && (decided === EXIT.done || decided === EXIT.pending) ? EXIT.refused : decided;
  const output = run ? work.ran(run) : previewOf(environment, session, work);
  return {
    exitCode,
    data: { ...work.data, ...(run ? { run: run.run } : {}) },
    problems: [...(run?.problems ?? []), ...plan.refusals, ...undone],
    output: withProblems(environment, undone, output),
  };
}

function planExit(plan: Plan, options: PlanningOptions, run: ExitCode): ExitCode {
  if (run !== EXIT.done) return run;
  if (plan.refusals.length > 0) return EXIT.refused;
  return options.check && plan.batches.length > 0 && !options.apply ? EXIT.pending : EXIT.done;
}

function previewOf(environment: Environment, session: Session, work: PlannedWork): string | Uint8Array {
  return environment.format === 'patch' ? patchOf(environment, session, work.prepared) : work.preview();
}

/** Batches as one patch; for people on a terminal as a diff. */
export function patchOf(
  environment: Environment,
  session: Session,
  batches: readonly PreparedBatch[],
): string | Uint8Array {
  const changes = netChanges(session.snapshot, batches);
  return environment.terminal ? diffOf(environment, changes) : patchText(changes);
}

/** Changes as people read them on a terminal. */
export function diffOf({ style }: Pick<Environment, 'style'>, changes: readonly FileChange[]): string {
  return diffText(changes, style, highlightPython);
}

/** What could not be read or must not be written yet stands after what was decided; a patch stays a patch. */
function withProblems({ format, style }: Environment, problems: readonly Problem[], output: string | Uint8Array) {
  if (problems.length === 0 || typeof output !== 'string' || format === 'patch') return output;
  return `${output}\n${problemsText(problems, style)}`;
}
