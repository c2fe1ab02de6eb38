/** What a planned or finished recipe comes to, for text, Markdown and JSON alike. */
import { acceptFlag } from '../core/accept.js';
import type { Batch, MovedFile, Problem } from '../core/model.js';
import { composedMoves as composed } from '../core/moves.js';
import type { PairDecision, Plan, RunSummary } from '../core/plan.js';
import { type MoveReport, rewrittenPlaces } from './move-report.js';
import type { TreeChange } from './tree.js';
import { counted, grouped } from './words.js';

export interface PhaseReport {
  readonly name: string;
  readonly kind: string;
  readonly status: 'planned' | 'done' | 'refused' | 'not-planned';
  /** What was carried out before, as the recipe names it. */
  readonly done: readonly string[];
  readonly refusals: readonly Problem[];
  readonly findings: readonly Problem[];
  readonly batches: readonly Batch[];
  /** Of a phase that deletes duplicates. */
  readonly decisions: readonly PairDecision[];
  /** Of a phase that moves. */
  readonly moved: MoveReport['result'] | null;
}

export interface RecipeReport {
  /** The file, as it was given. */
  readonly recipe: string;
  readonly plan: Omit<Plan, 'schema' | 'intent'>;
  readonly phases: readonly PhaseReport[];
  readonly tree: TreeChange;
  /** The command as it was given, without `--apply`. */
  readonly command: string;
}

export interface PhaseRun {
  /** Index of the phase. */
  readonly phase: number;
  readonly run: RunSummary;
}

/** Where each file stands after all planned phases that stood elsewhere before. */
export function composedMoves(phases: readonly PhaseReport[]): MovedFile[] {
  return composed(phases.map(({ status, moved }) => (status === 'planned' ? (moved?.moved ?? []) : [])));
}

/** `4 commits: 7 to move, 1 to create, 12 to rewrite, 5 to delete`. */
export function phaseCounts({ batches, moved }: PhaseReport, applied = false): string {
  const changes = batches.flatMap((batch) => batch.changes);
  const count = (kind: string) => new Set(changes.filter((each) => each.kind === kind).map(({ path }) => path)).size;
  const rewritten = new Set(rewrittenPlaces({ plan: { batches } }).map(({ path }) => path)).size;
  const parts: [number, string, string][] = [
    [moved?.moved.length ?? 0, 'moved', 'to move'],
    [count('create'), 'created', 'to create'],
    [rewritten, 'rewritten', 'to rewrite'],
    [count('delete'), 'deleted', 'to delete'],
  ];
  const words = parts.flatMap(([number, did, will]) =>
    number > 0 ? [`${grouped(number)} ${applied ? did : will}`] : [],
  );
  return `${counted(batches.length, 'commit')}: ${words.join(', ')}`;
}

/** One line: `Plan: 2 of 4 phases, 9 commits; 1 phase refused, 1 not planned.` */
export function recipeCounts({ phases, plan }: RecipeReport): string {
  const count = (status: PhaseReport['status']) => phases.filter((phase) => phase.status === status).length;
  const rest = [
    ...(count('done') > 0 ? [`${grouped(count('done'))} done already`] : []),
    ...(count('refused') > 0 ? [`${grouped(count('refused'))} refused`] : []),
    ...(count('not-planned') > 0 ? [`${grouped(count('not-planned'))} not planned`] : []),
  ];
  if (plan.batches.length === 0) return `Plan: nothing to do; ${rest.join(', ')}.`;
  const planned = `${grouped(count('planned'))} of ${counted(phases.length, 'phase')}, ${counted(plan.batches.length, 'commit')}`;
  return `Plan: ${[planned, ...rest].join('; ')}.`;
}

/** What to run next: for what is planned the command; for a refused phase the line to add, when that would decide it. */
export function nextSteps({ phases, command, recipe }: RecipeReport): { what: string; command: string }[] {
  const refused = phases.find(({ status }) => status === 'refused');
  const what = refused ? 'To do what comes before the refused phase' : 'To do it';
  const apply = phases.some(({ status }) => status === 'planned') ? [{ what, command: `${command} --apply` }] : [];
  return refused ? [...apply, ...acceptance(refused, recipe)] : apply;
}

/** More than this is not accepted in one go by anybody who has looked at each. */
const MOST_ACCEPTED = 6;

function acceptance({ name, refusals }: PhaseReport, recipe: string): { what: string; command: string }[] {
  const flags = [...new Set(refusals.map(acceptFlag))];
  if (flags.length > MOST_ACCEPTED || flags.includes(null)) return [];
  const codes = flags.map((flag) => JSON.stringify((flag as string).slice('--accept '.length)));
  const what = `After looking at each, to accept what was refused, in phase '${name}' of ${recipe}`;
  return [{ what, command: `accept: [${codes.join(', ')}]` }];
}
