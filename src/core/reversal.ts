/** Taking a run back on a tree that has moved on: what it did is undone, what came later is kept. Pure. */
import type { LoggedFile } from './journal.js';
import { mergedBytes } from './merge-lines.js';
import type { FileMode, FileState, FileTransition, MovedFile, ObjectId } from './model.js';

/** What stands at a path, as git names it. */
export type Recorded = { readonly blob: ObjectId; readonly mode: FileMode } | null;

export interface Reversed {
  /** What the run did to each path, from its first to its last commit. */
  readonly changes: readonly LoggedFile[];
  /** Files that stand elsewhere after it. */
  readonly moves: readonly MovedFile[];
  /** What stands at a path today. */
  readonly now: (path: string) => Recorded;
  /** The bytes of a blob among {@link blobsOf}. */
  readonly content: (blob: ObjectId) => Uint8Array;
}

export interface Reversal {
  readonly transitions: readonly FileTransition[];
  /** Files, by their places today, of which later changes are kept. */
  readonly kept: readonly string[];
  /** Files of which later changes stand in the way, by their places today. */
  readonly conflicts: readonly string[];
}

/** What {@link reversalOf} may have to read. */
export function blobsOf({ changes, now }: Omit<Reversed, 'content'>): ObjectId[] {
  return changes.flatMap((change) => {
    const today = now(change.path);
    const states = same(today, change.after) ? [change.before] : [change.before, change.after, today];
    return states.flatMap((state) => state?.blob ?? []);
  });
}

export function reversalOf(reversed: Reversed): Reversal {
  const { changes, moves, now, content } = reversed;
  const states = new Map<string, FileState | null>();
  const kept: string[] = [];
  const conflicts: string[] = [];
  for (const { path, before } of changes)
    states.set(path, before && { mode: before.mode, content: content(before.blob) });
  for (const change of changes.filter(({ path, after }) => !same(now(path), after))) {
    const home = homeOf(change, reversed, moves);
    const state = home && mergedState(home, change.after, now(change.path), content);
    if (home && state) {
      states.set(home.path, state);
      kept.push(change.path);
    } else conflicts.push(change.path);
  }
  const transitions = [...states].map(([path, after]) => ({ path, before: regular(now(path)), after }));
  return { transitions, kept, conflicts };
}

/** Where a file that was changed later belongs: where the run took it from, or where it is; `null` where neither is so. */
function homeOf(change: LoggedFile, { changes, now }: Reversed, moves: readonly MovedFile[]): LoggedFile | null {
  if (change.before !== null) return change;
  const from = moves.find(({ to }) => to === change.path)?.from;
  const home = changes.find(({ path }) => path === from);
  return home && home.after === null && now(home.path) === null ? home : null;
}

function mergedState(
  { before }: LoggedFile,
  after: Recorded,
  now: Recorded,
  content: Reversed['content'],
): FileState | null {
  const today = regular(now);
  if (before === null || after === null || today === null) return null;
  const mode = today.mode === after.mode ? before.mode : before.mode === after.mode ? today.mode : null;
  const merged = mergedBytes(content(today.blob), content(after.blob), content(before.blob));
  return mode && merged && { mode, content: merged };
}

/** Links and submodules cannot be written. */
function regular(state: Recorded): FileTransition['before'] {
  return state && (state.mode === '100644' || state.mode === '100755') ? { blob: state.blob, mode: state.mode } : null;
}

function same(a: Recorded, b: Recorded): boolean {
  return a === null || b === null ? a === b : a.blob === b.blob && a.mode === b.mode;
}
