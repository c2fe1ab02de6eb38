/** The references of a run: the branch it moves, and the pins that keep both of its ends from being collected. */
import type { Journal } from '../core/journal.js';
import type { ObjectId } from '../core/model.js';
import { problem, RegraftError } from '../core/problems.js';
import { moveReferences, writeWithGit } from './mutations.js';
import type { Repository } from './repository.js';

const pinName = (run: string, end: 'before' | 'after') => `refs/regraft/${run}/${end}`;

/** Pins the commit before the run and the latest one of it, in one transaction. */
export async function pinRun(repository: Repository, run: string, before: ObjectId, after: ObjectId): Promise<void> {
  const input = `start\nupdate ${pinName(run, 'before')} ${before}\nupdate ${pinName(run, 'after')} ${after}\ncommit\n`;
  await writeWithGit(repository.git, ['update-ref', '--stdin'], { input });
}

/** After a rollback: back to the last commit of the run that landed, or away. */
export async function unpinBatch(repository: Repository, journal: Journal): Promise<void> {
  const { id, before, commits } = journal.run;
  const landed = commits.at(-2)?.commit;
  if (landed !== undefined) return pinRun(repository, id, before, landed);
  const input = `start\ndelete ${pinName(id, 'before')}\ndelete ${pinName(id, 'after')}\ncommit\n`;
  await writeWithGit(repository.git, ['update-ref', '--stdin'], { input });
}

/** What HEAD is on now, and what a branch (`null`: the detached HEAD) names now. */
export async function readBranch(repository: Repository, branch: string | null) {
  const { git } = repository;
  const head = (await git.run(['symbolic-ref', '-q', 'HEAD'])).stdout.toString('utf8').trim() || null;
  const named = await git.run(['rev-parse', '--verify', '-q', `${branch ?? 'HEAD'}^{commit}`]);
  return { head, branch: named.code === 0 ? named.stdout.toString('utf8').trim() : null };
}

/**
 * The commit point: moves the branch from old to new, or not at all.
 * @throws RegraftError `branch-moved` when it no longer names old, or HEAD is elsewhere
 */
export async function advanceBranch(repository: Repository, journal: Journal): Promise<void> {
  const { branch } = journal.run;
  const now = await readBranch(repository, branch);
  if (now.head !== branch || now.branch !== journal.old) throw branchMoved(journal, now.branch);
  const message = ['-m', `regraft: ${journal.title.replace(/\s+/g, ' ')}`];
  const move = [...instructionFor(branch), `update ${branch ?? 'HEAD'} ${journal.new} ${journal.old}`];
  const { code, stderr } = await moveReferences(repository.git, message, move);
  if (code === 0) return;
  const after = await readBranch(repository, branch);
  if (after.branch === journal.new) return;
  if (after.branch !== journal.old) throw branchMoved(journal, after.branch);
  throw new RegraftError(
    problem('branch-locked', `the branch could not be moved: ${stderr}`, { hint: 'run it again' }),
  );
}

/**
 * Waits until no process holds the branch any more: a git command of a run that was killed may still be at it.
 * @throws RegraftError `branch-locked`
 */
export async function awaitBranch(repository: Repository, branch: string | null): Promise<void> {
  const now = await readBranch(repository, branch);
  if (now.branch === null) return;
  const check = [...instructionFor(branch), `verify ${branch ?? 'HEAD'} ${now.branch}`];
  const { code, stderr } = await repository.git.references([], check, false);
  if (code === 0 || !/\.lock'?: File exists|Unable to create/.test(stderr)) return;
  const hint = 'when no git command runs, remove the .lock file that is named; then: regraft recover';
  throw new RegraftError(problem('branch-locked', `the branch is locked: ${stderr}`, { hint }));
}

/** A detached HEAD is moved itself; a branch by its own name. */
const instructionFor = (branch: string | null) => (branch === null ? ['option no-deref'] : []);

function branchMoved(journal: Journal, now: ObjectId | null): RegraftError {
  const name = journal.run.branch ?? 'HEAD';
  const message = `${name} moved while the run was going on: from ${journal.old} to ${now ?? 'nothing'}`;
  return new RegraftError(problem('branch-moved', message, { hint: 'plan again on the new commit' }));
}
