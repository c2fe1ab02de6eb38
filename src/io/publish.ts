/**
 * Puts files in place and takes them away, one by one: temporary file, sync, rename, sync of the directory. Looks again
 * immediately before each write, so that somebody else's bytes, or a link slipped into the path, are never written over.
 */
import { dirname, join } from 'node:path';
import type { ContentOnDisk, Journal, JournalFile } from '../core/journal.js';
import { problem, RegraftError } from '../core/problems.js';
import { spellingFault } from '../core/spelling.js';
import { link, makeDirectory, remove, removeDirectory, rename, syncDirectory, writeNew } from './mutations.js';
import { lookAt, parentFault } from './paths.js';
import type { Repository } from './repository.js';
import { standingAt } from './standing.js';

/** The bytes for the disk of a content of the journal. */
export type ContentSource = (content: ContentOnDisk) => Uint8Array;

/** Publishes a batch: creates, then rewrites, then deletes, so that at no moment something is gone that is still needed. */
export function publish(repository: Repository, journal: Journal, source: ContentSource, check: () => void): void {
  for (const path of journal.created) makeMissingDirectory(repository, path);
  const rank = (file: JournalFile) => (file.before === null ? 0 : file.after === null ? 2 : 1);
  for (const file of [...journal.files].sort((a, b) => rank(a) - rank(b))) {
    check();
    replace(repository, file, file.before, file.after, source);
  }
  removeEmptyParents(repository, journal);
}

/** Throws `edited-meanwhile` unless every file of the journal stands as published. */
export function checkPublished(repository: Repository, journal: Journal): void {
  const changed = journal.files.filter((file) => standingAt(repository, file.path) !== (file.after?.disk ?? null));
  // A compiled left-over that somebody made anew is theirs; it does not contradict the commit.
  const ours = changed.filter((file) => file.tracked);
  if (ours.length > 0) throw new RegraftError(ours.map((file) => editedMeanwhile(file.path)));
}

/** Brings one file back to its state before. The caller has seen that what stands there is ours. */
export function restore(repository: Repository, journal: Journal, file: JournalFile, source: ContentSource): void {
  clearTemporary(repository, file);
  for (const { path, permissions } of missingParents(repository, journal, file.path)) {
    makeDirectory(join(repository.top, path), permissions);
  }
  replace(repository, file, file.after, file.before, source);
}

/** Removes a temporary file that a kill left behind. Its name holds the run's, so it is ours. */
export function clearTemporary(repository: Repository, file: JournalFile): void {
  if (parentFault(repository.top, file.temporary) !== null) return;
  const full = join(repository.top, file.temporary);
  if (lookAt(full)?.isFile()) remove(full);
}

/** After a rollback: directories that the batch made and that are empty again. */
export function clearCreatedDirectories(repository: Repository, journal: Journal): void {
  for (const path of [...journal.created].sort((a, b) => b.length - a.length)) removeIfEmpty(repository, path);
}

function replace(
  repository: Repository,
  file: JournalFile,
  from: ContentOnDisk | null,
  to: ContentOnDisk | null,
  source: ContentSource,
): void {
  const target = join(repository.top, file.path);
  assertStanding(repository, file, from);
  if (to === null) {
    remove(target);
  } else {
    const temporary = join(repository.top, file.temporary);
    writeNew(temporary, source(to), to.permissions);
    assertStanding(repository, file, from);
    if (from === null) putNew(temporary, target);
    else rename(temporary, target);
  }
  syncDirectory(dirname(target));
}

/** A second name fails when something stands there already; a rename would silently replace it. */
function putNew(temporary: string, target: string): void {
  try {
    link(temporary, target);
    remove(temporary);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(code)) throw error;
    rename(temporary, target); // a file system without hard links
  }
}

function assertStanding(repository: Repository, file: JournalFile, expected: ContentOnDisk | null): void {
  if (spellingFault(file.path) !== null || standingAt(repository, file.path) !== (expected?.disk ?? null)) {
    throw new RegraftError(editedMeanwhile(file.path));
  }
}

const editedMeanwhile = (path: string) =>
  problem('edited-meanwhile', `${path} changed while the run was going on`, {
    place: path,
    hint: 'commit or undo that change, then plan again',
  });

function makeMissingDirectory(repository: Repository, path: string): void {
  const full = join(repository.top, path);
  if (parentFault(repository.top, `${path}/x`) !== null) throw new RegraftError(editedMeanwhile(path));
  if (lookAt(full) !== null) return;
  makeDirectory(full);
  syncDirectory(dirname(full));
}

function removeEmptyParents(repository: Repository, journal: Journal): void {
  const deepestFirst = [...journal.directories].sort((a, b) => b.path.length - a.path.length);
  for (const { path } of deepestFirst) removeIfEmpty(repository, path);
}

function removeIfEmpty(repository: Repository, path: string): void {
  if (parentFault(repository.top, `${path}/x`) !== null) return;
  const full = join(repository.top, path);
  try {
    removeDirectory(full);
    syncDirectory(dirname(full));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR', 'EBUSY'].includes(code)) throw error;
  }
}

/** Parents that are gone, outermost first, each with the permissions it had. */
function missingParents(repository: Repository, journal: Journal, path: string) {
  const known = new Map(journal.directories.map((directory) => [directory.path, directory.permissions]));
  const parts = path.split('/').slice(0, -1);
  const parents = parts.map((_part, depth) => parts.slice(0, depth + 1).join('/'));
  return parents
    .filter((parent) => lookAt(join(repository.top, parent)) === null)
    .map((parent) => ({ path: parent, permissions: known.get(parent) ?? 0o755 }));
}
