/**
 * A working tree of its own for verification: a checkout of one commit in a temporary directory. Nothing in it is anybody's,
 * and it is on record, so that one that a killed run has left is taken away by the next.
 */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { ObjectId } from '../core/model.js';
import {
  makeTemporaryDirectory,
  remove,
  removeStateDirectory,
  tryWithGit,
  writeNew,
  writeWithGit,
} from './mutations.js';
import { type Repository, stateDirectory } from './repository.js';

const PREFIX = 'regraft-tree-';

const recordPath = (repository: Repository) => join(stateDirectory(repository), 'verification-tree');

/** The directory of a fresh checkout; filters and hooks of the repository do not run. */
export async function checkOutSeparately(repository: Repository, commit: ObjectId): Promise<string> {
  await removeSeparateTree(repository);
  // The name of the user's directory, since a package may be called after it.
  const directory = join(makeTemporaryDirectory(PREFIX), basename(repository.top));
  writeNew(recordPath(repository), directory);
  await writeWithGit(repository.git, ['worktree', 'add', '--quiet', '--detach', directory, commit]);
  return directory;
}

/** Takes away what {@link checkOutSeparately} made, in this run or in one that was killed, and no other working tree. */
export async function removeSeparateTree(repository: Repository): Promise<void> {
  const record = recordPath(repository);
  if (!existsSync(record)) return;
  const directory = readFileSync(record, 'utf8');
  if (isOurs(directory)) {
    removeStateDirectory(dirname(directory));
    // Twice: a git that was killed while it checked out has left its lock. Not `prune`, which would also forget trees of the
    // user that are away for now.
    await tryWithGit(repository.git, ['worktree', 'remove', '--force', '--force', directory], {});
  }
  remove(record);
}

/** A record may come with a repository that was copied from anywhere. */
function isOurs(directory: string): boolean {
  const parent = dirname(directory);
  return dirname(parent) === realpathSync(tmpdir()) && /^regraft-tree-\w{6}$/.test(basename(parent));
}
