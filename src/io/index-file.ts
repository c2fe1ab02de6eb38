/**
 * Brings the user's index up to date for the paths of a landed batch, and only for those: staged work on other files
 * stays. The new index is written aside and linked as `index.lock`, so a lock left by a kill is recognised by its inode.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ContentOnDisk, Journal } from '../core/journal.js';
import { problem, RegraftError } from '../core/problems.js';
import { type IndexEntry, readIndex } from './index-entries.js';
import { link, remove, rename, syncDirectory, syncFile, tryWithGit, writeNew, writeWithGit } from './mutations.js';
import { indexInfo, type TreeChange } from './objects.js';
import { lookAt } from './paths.js';
import { type Repository, stateDirectory } from './repository.js';

const paths = (repository: Repository) => ({
  index: join(repository.gitDir, 'index'),
  lock: join(repository.gitDir, 'index.lock'),
  aside: join(stateDirectory(repository), 'index.aside'),
});

/**
 * Whose `index.lock` stands there: none, our index under its second name, or another program's. In a repository that was
 * copied as it stood, the two names are two files with the same bytes.
 */
export function indexLock(repository: Repository): 'none' | 'ours' | 'foreign' {
  const { lock, aside } = paths(repository);
  const [held, own] = [lookAt(lock), lookAt(aside)];
  if (held === null) return 'none';
  if (!held.isFile() || !own?.isFile()) return 'foreign';
  const isSame = held.ino === own.ino || (held.size > 0 && readFileSync(lock).equals(readFileSync(aside)));
  return isSame ? 'ours' : 'foreign';
}

/** Takes our own lock away again; somebody else's stays. */
export function releaseIndex(repository: Repository): void {
  if (indexLock(repository) === 'ours') remove(paths(repository).lock);
}

/** Sets the index entries of the journal's files to their state after. Does nothing when they have it. */
export async function updateIndex(repository: Repository, journal: Journal): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    clearAside(repository);
    const changes = pendingChanges(journal, await readIndex(repository.git));
    if (changes.length === 0) return;
    const { index } = paths(repository);
    const seen = readFileSync(index);
    await writeAside(repository, seen, changes);
    if (take(repository)) {
      const untouched = Buffer.compare(readFileSync(index), seen) === 0;
      if (untouched) return putInPlace(repository);
      releaseIndex(repository);
    }
    await pause(100);
  }
  throw new RegraftError(
    problem('index-locked', 'the commit has landed, but another program holds the index', {
      hint: 'when no git command runs: rm .git/index.lock; then: regraft recover',
    }),
  );
}

/** Entries that are still as before the batch. One that somebody staged meanwhile is theirs. */
function pendingChanges(journal: Journal, entries: readonly IndexEntry[]): TreeChange[] {
  const index = new Map(entries.map((entry) => [entry.path, entry]));
  return journal.files
    .filter((file) => file.tracked && isEntry(index.get(file.path), file.before))
    .filter((file) => !isEntry(index.get(file.path), file.after))
    .map(({ path, after }) => ({ path, blob: after?.blob ?? null, mode: after?.mode ?? '0' }));
}

function isEntry(entry: IndexEntry | undefined, content: ContentOnDisk | null): boolean {
  if (entry === undefined || content === null) return entry === undefined && content === null;
  return entry.stage === 0 && entry.blob === content.blob && entry.mode === content.mode;
}

async function writeAside(repository: Repository, seen: Buffer, changes: readonly TreeChange[]): Promise<void> {
  const { aside } = paths(repository);
  writeNew(aside, seen, 0o644);
  const options = { index: aside };
  await writeWithGit(repository.git, ['update-index', '-z', '--index-info'], {
    ...options,
    input: indexInfo(changes, repository.hash),
  });
  const present = changes.filter((change) => change.blob !== null).map((change) => `${change.path}\0`);
  if (present.length > 0) {
    // Only fills in the file times, so that plumbing does not take the files for changed; a failure costs nothing.
    await tryWithGit(repository.git, ['add', '--refresh', '--pathspec-from-file=-', '--pathspec-file-nul'], {
      ...options,
      input: present.join(''),
    });
  }
  syncFile(aside);
}

function take(repository: Repository): boolean {
  const { lock, aside } = paths(repository);
  try {
    link(aside, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function putInPlace(repository: Repository): void {
  const { index, lock } = paths(repository);
  rename(lock, index);
  syncDirectory(repository.gitDir);
  clearAside(repository);
}

function clearAside(repository: Repository): void {
  const { aside } = paths(repository);
  for (const path of [aside, `${aside}.lock`]) if (lookAt(path) !== null) remove(path);
}
