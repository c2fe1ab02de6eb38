/**
 * Plans a recipe: each phase on the virtual result of those before it. The first phase that is refused ends the planning,
 * since what follows was written for a repository that it has changed.
 */
import { parseAcceptances } from '../src/core/accept.js';
import type { Batch, MovedFile, PreparedBatch, Problem, Snapshot } from '../src/core/model.js';
import { type LineChange, PythonLines } from '../src/core/python-lines.js';
import type { DedupePhase, MergePhase, MovePhase, Phase, TransformPhase } from '../src/core/recipe.js';
import { movesOfOperations } from './move-batches.js';
import { type DedupeResult, type Pair, planDedupe, type Tools } from './plan-dedupe.js';
import { type MergeRequest, type MergeResult, planMerge } from './plan-merge.js';
import { type MoveResult, planMove } from './plan-move.js';
import { onlyOf, planTransform, type TransformPlan, type TransformWishes } from './plan-transform.js';

/** What the names of a phase mean in a repository. */
export interface Named<T> {
  /** What is to do. */
  readonly todo: readonly T[];
  /** What was carried out before, as the recipe names it. */
  readonly done: readonly string[];
  readonly problems: readonly Problem[];
}

export type MergeNames = Pick<MergeRequest, 'from' | 'into' | 'rename' | 'keep'>;

export interface Naming {
  pairs(phase: DedupePhase, snapshot: Snapshot): Named<Pair>;
  moves(phase: MovePhase, snapshot: Snapshot): Named<MovedFile>;
  /** One, or none where it was carried out. */
  merges(phase: MergePhase, snapshot: Snapshot): Named<MergeNames>;
  /** One, or none where it does not load. Runs the transform, which only says what it wants. */
  transforms(phase: TransformPhase, snapshot: Snapshot): Promise<Named<RanTransform>>;
}

/** What running a transform gave. */
export interface RanTransform {
  readonly transform: string;
  readonly wishes: TransformWishes;
  readonly files: number;
  readonly findings: readonly Problem[];
  readonly stats: Readonly<Record<string, number>>;
}

export type TransformedPhase = Omit<RanTransform, 'wishes'> &
  Pick<TransformPlan, 'rewritten' | 'created' | 'moved' | 'deleted' | 'accepted'>;

export interface PhasePlan {
  readonly phase: Phase;
  /** `done`: nothing is left to do. `not-planned`: a phase before it is refused. */
  readonly status: 'planned' | 'done' | 'refused' | 'not-planned';
  /** What was carried out before, as the recipe names it. */
  readonly done: readonly string[];
  readonly refusals: readonly Problem[];
  readonly findings: readonly Problem[];
  /** Ids are unique in the whole recipe. Empty unless the phase is `planned`. */
  readonly batches: readonly Batch[];
  readonly prepared: readonly PreparedBatch[];
  readonly deduped: DedupeResult | null;
  /** What a move or a merge came to. */
  readonly moved: MoveResult | null;
  readonly merged: MergedPhase | null;
  readonly transformed: TransformedPhase | null;
  /** Lines of Python in the repository before and after the phase. */
  readonly lines: LineChange;
  /** The plan for some of its operations, on another state of the repository. */
  readonly part: PartPlan;
}

/** What a merge does with names; `lines` are those of its modules. */
export type MergedPhase = MergeNames & Pick<MergeResult, 'symbols' | 'lines'>;

export type PartPlan = (snapshot: Snapshot, operations: readonly string[]) => Part | Promise<Part>;

interface Part {
  readonly prepared: readonly PreparedBatch[];
  readonly refusals: readonly Problem[];
}

export interface RecipePlan {
  readonly phases: readonly PhasePlan[];
  /** Lines of Python before the first phase and after the last that is planned, and how many of those are in new shims. */
  readonly lines: LineChange & { readonly shims: number };
  /** The repository as it would be after the phases that are planned. */
  readonly result: Snapshot;
}

export async function planRecipe(
  snapshot: Snapshot,
  phases: readonly Phase[],
  naming: Naming,
  tools: Tools,
  onProgress: (what: string) => void = () => undefined,
): Promise<RecipePlan> {
  const planned: PhasePlan[] = [];
  const counter = new PythonLines();
  const first = counter.of(snapshot);
  let current = snapshot;
  let count = first;
  for (const [index, phase] of phases.entries()) {
    if (planned.at(-1)?.status === 'refused' || planned.at(-1)?.status === 'not-planned') {
      planned.push({ ...NOTHING, phase, status: 'not-planned', lines: { before: count, after: count } });
      continue;
    }
    const progress = (what: string) => onProgress(`phase ${index + 1} of ${phases.length}: ${what}`);
    const { result, ...plan } = await planPhase(current, phase, naming, tools, progress);
    const lines = { before: count, after: counter.of(result) };
    planned.push(numbered({ ...plan, lines }, index + 1));
    current = result;
    count = lines.after;
  }
  const shims = counter.in(current, [...new Set(planned.flatMap(({ moved }) => moved?.shims ?? []))]);
  return { phases: planned, lines: { before: first, after: count, shims }, result: current };
}

type Planned = Omit<PhasePlan, 'lines'> & { readonly result: Snapshot };

const NOTHING: Omit<PhasePlan, 'phase' | 'status' | 'lines'> = {
  done: [],
  refusals: [],
  findings: [],
  batches: [],
  prepared: [],
  deduped: null,
  moved: null,
  merged: null,
  transformed: null,
  part: () => ({ prepared: [], refusals: [] }),
};

function planPhase(
  snapshot: Snapshot,
  phase: Phase,
  naming: Naming,
  tools: Tools,
  onProgress: (what: string) => void,
): Planned | Promise<Planned> {
  if (phase.kind === 'dedupe') return dedupePhase(snapshot, phase, naming, tools, onProgress);
  if (phase.kind === 'move') return movePhase(snapshot, phase, naming, tools, onProgress);
  if (phase.kind === 'merge') return mergePhase(snapshot, phase, naming, tools, onProgress);
  return transformPhase(snapshot, phase, naming, tools, onProgress);
}

function dedupePhase(
  snapshot: Snapshot,
  phase: DedupePhase,
  naming: Naming,
  tools: Tools,
  onProgress: (what: string) => void,
): Planned {
  const { todo, done, problems } = naming.pairs(phase, snapshot);
  const { acceptances } = parseAcceptances(phase.accept);
  const options = { acceptances, batchSize: phase.batchSize };
  const deduped = planDedupe(snapshot, todo, options, tools, ({ remove }) => onProgress(`deciding ${remove}`));
  const refusals = [...problems, ...deduped.decisions.flatMap((decision) => decision.refusals)];
  const findings = deduped.decisions.flatMap((decision) => decision.findings);
  const part: PartPlan = (later, operations) => {
    const pairs = todo.filter(({ remove }) => operations.includes(remove));
    const { prepared, decisions } = planDedupe(later, pairs, { acceptances, batchSize: pairs.length }, tools);
    return { prepared, refusals: decisions.flatMap((decision) => decision.refusals) };
  };
  return settled(snapshot, deduped, { ...NOTHING, phase, done, refusals, findings, deduped, part });
}

function movePhase(
  snapshot: Snapshot,
  phase: MovePhase,
  naming: Naming,
  tools: Tools,
  onProgress: (what: string) => void,
): Planned {
  const { todo, done, problems } = naming.moves(phase, snapshot);
  if (problems.length > 0) return { ...NOTHING, phase, status: 'refused', done, refusals: problems, result: snapshot };
  const { shims, withTests, prune, rewrite, batchSize } = phase;
  const { acceptances } = parseAcceptances(phase.accept);
  const request = { moves: todo, shims, withTests, prune, created: [], acceptances, rewrites: rewrite, batchSize };
  const moved = planMove(snapshot, request, tools, onProgress);
  const { refusals, findings } = moved;
  const part: PartPlan = (later, operations) =>
    planMove(later, { ...request, moves: movesOfOperations(todo, operations), batchSize: 0 }, tools);
  return settled(snapshot, moved, { ...NOTHING, phase, done, refusals, findings, moved, part });
}

function mergePhase(
  snapshot: Snapshot,
  phase: MergePhase,
  naming: Naming,
  tools: Tools,
  onProgress: (what: string) => void,
): Planned {
  const { todo, done, problems } = naming.merges(phase, snapshot);
  if (problems.length > 0) return { ...NOTHING, phase, status: 'refused', done, refusals: problems, result: snapshot };
  const [names] = todo;
  if (!names) return { ...NOTHING, phase, status: 'done', done, result: snapshot };
  const { conflicts, shims, rewrite } = phase;
  const { acceptances } = parseAcceptances(phase.accept);
  const request: MergeRequest = { ...names, conflicts, shims, acceptances, rewrites: rewrite };
  const moved = planMerge(snapshot, request, tools, onProgress);
  const { refusals, findings, symbols, lines } = moved;
  const part: PartPlan = (later) => planMerge(later, request, tools);
  const merged = { ...names, symbols, lines };
  return settled(snapshot, moved, { ...NOTHING, phase, done, refusals, findings, moved, merged, part });
}

async function transformPhase(
  snapshot: Snapshot,
  phase: TransformPhase,
  naming: Naming,
  tools: Tools,
  onProgress: (what: string) => void,
): Promise<Planned> {
  const { todo, problems } = await naming.transforms(phase, snapshot);
  const [ran] = todo;
  if (!ran) return { ...NOTHING, phase, status: 'refused', refusals: problems, result: snapshot };
  const { wishes, ...told } = ran;
  const { acceptances } = parseAcceptances(phase.accept);
  const { options, batchSize } = phase;
  const request = { name: told.transform, options, acceptances, batchSize };
  const plan = planTransform(snapshot, wishes, request, tools, onProgress);
  const { refusals, rewritten, created, moved, deleted, accepted } = plan;
  const findings = [...told.findings, ...plan.findings];
  const part: PartPlan = async (later, operations) => {
    const [again] = (await naming.transforms(phase, later)).todo;
    const all = { ...request, batchSize: 0 };
    return again ? planTransform(later, onlyOf(again.wishes, operations), all, tools) : { prepared: [], refusals: [] };
  };
  const transformed = { ...told, rewritten, created, moved, deleted, accepted };
  return settled(snapshot, plan, { ...NOTHING, phase, refusals, findings, transformed, part });
}

/** A phase is all or nothing: with one refusal none of its batches is carried out. */
function settled(
  snapshot: Snapshot,
  { batches, prepared, result }: Pick<MoveResult, 'batches' | 'prepared' | 'result'>,
  parts: Omit<PhasePlan, 'status' | 'batches' | 'prepared' | 'lines'>,
): Planned {
  if (parts.refusals.length > 0) return { ...parts, status: 'refused', batches: [], prepared: [], result: snapshot };
  return { ...parts, status: batches.length > 0 ? 'planned' : 'done', batches, prepared, result };
}

/** `p2-b1`: the first batch of the second phase. */
function numbered(plan: PhasePlan, phase: number): PhasePlan {
  const named = <T extends { readonly id: string }>(batch: T): T => ({ ...batch, id: `p${phase}-${batch.id}` });
  return { ...plan, batches: plan.batches.map(named), prepared: plan.prepared.map(named) };
}
