/** What the batches of a plan come to, file by file, from the first state to the last. */
import type { FileTransition, PreparedBatch, Snapshot } from '../core/model.js';
import { composedMoves } from '../core/moves.js';
import type { FileChange } from './patch.js';

/** One change per file, by path; a file that stands elsewhere in the end is one change, not two. */
export function netChanges(snapshot: Snapshot, batches: readonly PreparedBatch[]): FileChange[] {
  const transitions = batches.flatMap((batch) => batch.transitions);
  const last = new Map(transitions.map((transition) => [transition.path, transition.after]));
  const contentOf = (path: string) => {
    const bytes = snapshot.read(path);
    return bytes instanceof Uint8Array ? bytes : null;
  };
  // A path without a transition keeps its content, even where files of equal content change places.
  const endOf = (path: string) => (last.has(path) ? (last.get(path)?.content ?? null) : contentOf(path));
  const modeOf = (path: string, after?: FileTransition['after']) =>
    after?.mode ?? snapshot.entry(path)?.mode ?? '100644';
  const moves = composedMoves(batches.map(({ moves: own }) => own ?? [])).filter(({ from, to }) => {
    return snapshot.entry(from) !== undefined && endOf(to) !== null;
  });
  const [left, filled] = [new Set(moves.map(({ from }) => from)), new Set(moves.map(({ to }) => to))];
  const moved = moves.map(({ from, to }): FileChange => {
    return { path: to, from, mode: modeOf(from, last.get(to)), before: contentOf(from), after: endOf(to) };
  });
  const others = [...last].map(([path, after]): FileChange => {
    return {
      path,
      mode: modeOf(path, after),
      before: left.has(path) ? null : contentOf(path),
      after: filled.has(path) ? null : (after?.content ?? null),
    };
  });
  return [...others, ...moved]
    .filter(({ before, after }) => before !== null || after !== null)
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
