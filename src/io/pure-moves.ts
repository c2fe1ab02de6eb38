/**
 * Whether git still knows a moved file for the old one. It pairs a file that is gone with one that is new when half of the
 * content is the same; so a small file that is edited while it moves loses its history, and so does one whose old path
 * goes on with a shim (`log --follow` gets over that, `blame` does not). A commit that only moves mends both.
 */
import type { JournalFile } from '../core/journal.js';
import type { MovedFile, ObjectId } from '../core/model.js';
import type { Git } from './git.js';
import { blobId } from './hash.js';
import { nameOf } from './names.js';
import type { TreeChange } from './objects.js';
import type { Repository } from './repository.js';

/**
 * The moves as a commit of their own could hold them: contents as they are, only to paths that are free, since git takes a
 * file that is replaced for one that is edited. Empty files are left to the batch's own commit; nobody follows them.
 */
export function pureMoves(
  repository: Repository,
  files: readonly JournalFile[],
  moves: readonly MovedFile[],
): TreeChange[] {
  const empty = blobId(new Uint8Array(), repository.hash);
  const byPath = new Map(files.map((file) => [file.path, file]));
  return moves.flatMap(({ from, to }) => {
    const origin = byPath.get(from)?.before;
    const isFree = byPath.get(to)?.before === null;
    if (!origin || !isFree || origin.blob === empty) return [];
    return [
      { path: from, blob: null, mode: '0' },
      { path: to, blob: origin.blob, mode: origin.mode },
    ];
  });
}

/** Whether git sees a move in the pure tree that it does not see in the whole one. */
export async function losesMoves(git: Git, old: ObjectId, pure: ObjectId, whole: ObjectId): Promise<boolean> {
  const kept = await renames(git, old, whole);
  return [...(await renames(git, old, pure))].some((rename) => !kept.has(rename));
}

/** At git's own defaults, whatever the user has configured: others read the history, too. */
const RENAMES = ['diff-tree', '-r', '-z', '-M50%', '-l1000', '--diff-filter=R', '--name-status', '--no-relative'];

/** Renames from tree to tree, as `FROM NUL TO`. */
async function renames(git: Git, before: ObjectId, after: ObjectId): Promise<Set<string>> {
  const fields = await git.records([...RENAMES, before, after]);
  const found = new Set<string>();
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [from, to] = fields.slice(at + 1, at + 3).map((name) => nameOf(name as Buffer));
    found.add(`${from}\0${to}`);
  }
  return found;
}
