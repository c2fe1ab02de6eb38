/** What a planned or finished recipe comes to, for text, Markdown and JSON alike. */
import { acceptFlag } from '../core/accept.js';
import type { Batch, MovedFile, Problem } from '../core/model.js';
import { composedMoves as composed } from '../core/moves.js';
import type { PairDecision, Plan, RunSummary } from '../core/plan.js';
import type { LineChange } from '../core/python-lines.js';
import type { NamesReport } from './merge-report.js';
import { type MoveReport, rewrittenPlaces } from './move-report.js';
import type { TransformedReport } from './transform.js';
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
  /** Of a phase that moves or merges. */
  readonly moved: MoveReport['result'] | null;
  readonly merged: MergedReport | null;
  /** Of a phase that transforms. */
  readonly transformed: Omit<TransformedReport, 'findings'> | null;
  /** Lines of Python in the repository before and after the phase. */
  readonly lines: LineChange;
}

/** Of a phase that merges. */
export interface MergedReport extends NamesReport {
  readonly into: string;
  /** Definitions that the recipe lets stand for others of their name. */
  readonly keep: readonly { readonly name: string }[];
  /** Of the modules, and of the merged one. */
  readonly lines: LineChange;
}

export interface RecipeReport {
  /** The file, as it was given. */
  readonly recipe: string;
  readonly plan: Omit<Plan, 'schema' | 'intent'>;
  readonly phases: readonly PhaseReport[];
  readonly tree: TreeChange;
  /** Lines of Python in the repository; `shims` of those after are in shims that the recipe leaves. */
  readonly lines: LineChange & { readonly shims: number };
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
  return composed(phases.map((phase) => (phase.status === 'planned' ? movesOf(phase) : [])));
}

/** A module that others become part of goes on standing where it stands. */
function movesOf({ moved, merged, transformed }: PhaseReport): readonly MovedFile[] {
  const stays = merged?.from.includes(merged.into) ? [{ from: merged.into, to: merged.into }] : [];
  return [...stays, ...((moved ?? transformed)?.moved ?? [])];
}

/** Shims that planned phases leave. */
export function shimsOf(phases: readonly PhaseReport[]): string[] {
  return [...new Set(phases.flatMap(({ status, moved }) => (status === 'planned' ? (moved?.shims ?? []) : [])))];
}

/** `28,734 lines of Python become 24,266`. */
export function linesWords({ before, after }: LineChange, applied = false): string {
  if (before === after) return `${grouped(before)} lines of Python`;
  return `${grouped(before)} lines of Python ${applied ? 'became' : 'become'} ${grouped(after)}`;
}

/** One line: `28,734 lines of Python become 24,266, 646 of them in 19 shims.` */
export function recipeLines({ lines, tree }: RecipeReport, applied = false): string {
  const shims = lines.shims > 0 ? `, ${grouped(lines.shims)} of them in ${counted(tree.shims.length, 'shim')}` : '';
  return `${linesWords(lines, applied)}${shims}.`;
}

/** `4 commits: 7 to move, 1 to create, 12 to rewrite, 5 to delete; 28,734 lines of Python become 24,266`. */
export function phaseCounts({ batches, moved, merged, transformed, lines }: PhaseReport, applied = false): string {
  const changes = batches.flatMap((batch) => batch.changes);
  const count = (kind: string) => new Set(changes.filter((each) => each.kind === kind).map(({ path }) => path)).size;
  const rewritten = new Set(rewrittenPlaces({ plan: { batches } }).map(({ path }) => path)).size;
  const parts: [number, string, string][] = [
    merged
      ? [merged.from.length, 'merged', 'to merge']
      : [(moved ?? transformed)?.moved.length ?? 0, 'moved', 'to move'],
    [count('create'), 'created', 'to create'],
    [rewritten, 'rewritten', 'to rewrite'],
    // The files of modules that became part of another are no loss.
    [merged ? 0 : count('delete'), 'deleted', 'to delete'],
  ];
  const words = parts.flatMap(([number, did, will]) =>
    number > 0 ? [`${grouped(number)} ${applied ? did : will}`] : [],
  );
  const size = lines.before === lines.after ? '' : `; ${linesWords(lines, applied)}`;
  return `${counted(batches.length, 'commit')}: ${words.join(', ')}${size}`;
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
  return refused ? [...apply, ...acceptance(refused, recipe), ...naming(refused, recipe)] : apply;
}

function naming({ name, refusals }: PhaseReport, recipe: string): { what: string; command: string }[] {
  if (!refusals.some(({ code }) => code === 'name-conflict')) return [];
  const what = `To keep all of them, each under a name of its own, in the merge of phase '${name}' of ${recipe}`;
  return [{ what, command: 'conflicts: rename' }];
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
