/**
 * A working tree of its own for verification: a checkout of one commit in a temporary directory. Nothing in it is anybody's,
 * and it is on record, so that one that a killed run has left is taken away by the next.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
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
  const parent = makeTemporaryDirectory(PREFIX);
  writeNew(recordPath(repository), parent);
  // The name of the user's directory, since a package may be called after it.
  const directory = join(parent, basename(repository.top));
  await writeWithGit(repository.git, ['worktree', 'add', '--quiet', '--detach', directory, commit]);
  return directory;
}

/** Takes away what {@link checkOutSeparately} made, in this run or in one that was killed. */
export async function removeSeparateTree(repository: Repository): Promise<void> {
  const record = recordPath(repository);
  if (!existsSync(record)) return;
  const parent = readFileSync(record, 'utf8');
  if (basename(parent).startsWith(PREFIX)) removeStateDirectory(parent);
  // Git forgets working trees that are not there any more.
  await tryWithGit(repository.git, ['worktree', 'prune'], {});
  remove(record);
}
