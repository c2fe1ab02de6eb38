/** What a planned relocation comes to, for text and Markdown alike. */
import { acceptFlag } from '../core/accept.js';
import type { MovedFile, Problem } from '../core/model.js';
import { directoryOf } from '../core/paths.js';
import type { Plan, TextualHit } from '../core/plan.js';
import { grouped, shellWord } from './words.js';

export interface MoveReport {
  readonly plan: Plan;
  readonly result: {
    readonly moved: readonly MovedFile[];
    readonly created: readonly string[];
    readonly shims: readonly string[];
    readonly hits: readonly TextualHit[];
    readonly accepted: readonly Problem[];
  };
  /** The command as it was given, without `--apply`. */
  readonly command: string;
}

/** Places rewritten, by the file's path before. */
export function rewrittenPlaces({
  plan,
}: {
  readonly plan: Pick<Plan, 'batches'>;
}): { path: string; places: number }[] {
  const changes = plan.batches.flatMap((batch) => batch.changes);
  return changes.flatMap((change) => {
    if (change.kind !== 'rewrite' && change.kind !== 'move') return [];
    const path = change.kind === 'move' ? change.from : change.path;
    return change.edits.length > 0 ? [{ path, places: change.edits.length }] : [];
  });
}

/** One line: `Plan: 3 to move, 1 to create, 5 to rewrite.` */
export function moveCounts(report: MoveReport, applied: boolean): string {
  const { plan, result } = report;
  if (plan.refusals.length > 0)
    return `Plan: nothing; ${grouped(plan.refusals.length)} refused, and moves are all or nothing.`;
  const kinds = plan.batches.flatMap((batch) => batch.changes.map(({ kind }) => kind));
  const count = (kind: string) => grouped(kinds.filter((each) => each === kind).length);
  const parts = [
    `${grouped(result.moved.length)} ${applied ? 'moved' : 'to move'}`,
    `${count('create')} ${applied ? 'created' : 'to create'}`,
    `${grouped(rewrittenPlaces(report).length)} ${applied ? 'rewritten' : 'to rewrite'}`,
    ...(kinds.includes('delete') ? [`${count('delete')} ${applied ? 'deleted' : 'to delete'}`] : []),
  ];
  return `${applied ? 'Done' : 'Plan'}: ${parts.join(', ')}.`;
}

/** Moves of whole directories as one line each; what moves by itself as it is. */
export function movedLines({ result: { moved } }: { readonly result: Pick<MoveReport['result'], 'moved'> }): {
  from: string;
  to: string;
  files: number;
}[] {
  const groups = new Map<string, { from: string; to: string; files: number }>();
  for (const { from, to } of moved) {
    const [source, place] = commonMove(from, to);
    const key = `${source}\0${place}`;
    const known = groups.get(key);
    if (known) known.files++;
    else groups.set(key, { from: source, to: place, files: 1 });
  }
  return [...groups.values()].flatMap((group) => {
    if (group.files > 1) return [{ ...group, from: `${group.from}/`, to: `${group.to}/` }];
    const own = moved.find(({ from, to }) => commonMove(from, to).join('\0') === `${group.from}\0${group.to}`);
    return own ? [{ ...own, files: 1 }] : [];
  });
}

/** The directories that differ, what follows them being the same. */
function commonMove(from: string, to: string): [string, string] {
  let [source, place] = [from, to];
  while (source.split('/').at(-1) === place.split('/').at(-1)) {
    const above: [string, string] = [directoryOf(source), directoryOf(place)];
    // The top of the repository is no directory that moves.
    if (above.includes('')) break;
    [source, place] = above;
  }
  return [source, place];
}

/** More flags than this are not accepted in one go by anybody who has looked at each. */
const MOST_FLAGS = 6;

/** What to run next. */
export function nextMoves({
  plan,
  command,
}: Pick<MoveReport, 'plan' | 'command'>): { what: string; command: string }[] {
  const isSaved = command.startsWith('regraft apply ');
  if (plan.refusals.length === 0)
    return plan.batches.length > 0 ? [{ what: 'To do it', command: isSaved ? command : `${command} --apply` }] : [];
  if (isSaved) return [];
  const flags = [...new Set(plan.refusals.map(acceptFlag))];
  if (flags.length > MOST_FLAGS || flags.includes(null)) return [];
  const words = flags.map((flag) => `--accept ${shellWord((flag as string).slice('--accept '.length))}`);
  return [{ what: 'After looking at each place, to leave them as they are', command: [command, ...words].join(' ') }];
}
