/** The references of a run: the branch it moves, and the pins that keep both of its ends from being collected. */
import type { Journal, RunLog } from '../core/journal.js';
import type { ObjectId } from '../core/model.js';
import { problem, RegraftError } from '../core/problems.js';
import { clearReferenceRecord, readReferenceRecord, readRunLogs } from './records.js';
import { moveOnRecord, releaseDeadLocks } from './reference-locks.js';
import type { Repository } from './repository.js';

const pinName = (run: string, end: 'before' | 'after') => `refs/regraft/${run}/${end}`;

/** Pins the commit before the run and the latest one of it, in one transaction. It stays on record until the journal is written. */
export async function pinRun(repository: Repository, run: string, before: ObjectId, after: ObjectId): Promise<void> {
  const [first, last] = [pinName(run, 'before'), pinName(run, 'after')];
  await movePins(repository, run, [`update ${first} ${before}`, `update ${last} ${after}`]);
}

/** After a rollback: back to the last commit of the run that landed, or away. */
export async function unpinBatch(repository: Repository, { run }: Journal): Promise<void> {
  await pinLanded(repository, run.id, run.before, run.commits.at(-2)?.commit ?? null);
}

/** The pins of a run as they are when `landed` is its last commit; none when that is `null`. */
async function pinLanded(repository: Repository, run: string, before: ObjectId, landed: ObjectId | null) {
  if (landed !== null) await pinRun(repository, run, before, landed);
  else await movePins(repository, run, [`delete ${pinName(run, 'before')}`, `delete ${pinName(run, 'after')}`]);
  clearReferenceRecord(repository);
}

/** Takes the pins of a run away, if there are any. */
export const unpinRun = (repository: Repository, run: string) => pinLanded(repository, run, '', null);

async function movePins(repository: Repository, run: string, instructions: readonly string[]): Promise<void> {
  const references = [pinName(run, 'before'), pinName(run, 'after')];
  const { code, stderr } = await moveOnRecord(repository, { run, references, instructions, commit: true });
  if (code === 0) return;
  const message = `the pins of run ${run} could not be moved: ${stderr || `git ended with ${code ?? 'a signal'}`}`;
  throw new RegraftError(problem('git-failed', message, { hint: 'git fsck; then run it again' }));
}

/** Pins of a run that died after it had pinned and before it had a journal. */
export async function settleLoosePins(repository: Repository): Promise<void> {
  const record = readReferenceRecord(repository);
  if (record === null) return;
  const log = readRunLogs(repository).find(({ id }) => id === record.run);
  const landed = log?.commits.at(-1);
  if (log && landed) await pinLanded(repository, log.id, log.before, landed.commit);
  else await unpinRun(repository, record.run);
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
  const message = `regraft: ${journal.title.replace(/\s+/g, ' ')}`;
  const instruction = `update ${branch ?? 'HEAD'} ${journal.new} ${journal.old}`;
  const { code, stderr } = await moveOnRecord(repository, {
    ...moveOf(journal.run, instruction),
    message,
    commit: true,
  });
  clearReferenceRecord(repository);
  if (code === 0) return;
  const after = await readBranch(repository, branch);
  if (after.branch === journal.new) return;
  if (after.branch !== journal.old) throw branchMoved(journal, after.branch);
  throw new RegraftError(
    problem('branch-locked', `the branch could not be moved: ${stderr || `git ended with ${code ?? 'a signal'}`}`, {
      hint: 'run it again',
    }),
  );
}

/**
 * Waits until no process holds the branch any more: a git command of a run that was killed may still be at it.
 * @throws RegraftError `branch-locked`
 */
export async function awaitBranch(repository: Repository, run: RunLog): Promise<void> {
  await releaseDeadLocks(repository);
  const now = await readBranch(repository, run.branch);
  if (now.branch === null) return clearReferenceRecord(repository);
  const instruction = `verify ${run.branch ?? 'HEAD'} ${now.branch}`;
  const { code, stderr } = await moveOnRecord(repository, { ...moveOf(run, instruction), commit: false });
  clearReferenceRecord(repository);
  if (code === 0 || !/\.lock'?: File exists|Unable to create/.test(stderr)) return;
  const hint = 'when no git command runs, remove the .lock file that is named; then: regraft recover';
  throw new RegraftError(problem('branch-locked', `the branch is locked: ${stderr.split('\n')[0]}`, { hint }));
}

/** A detached HEAD is moved itself; a branch by its own name, and HEAD, which is on it, is locked for the reflog. */
function moveOf({ id, branch }: RunLog, instruction: string) {
  const instructions = branch === null ? ['option no-deref', instruction] : [instruction];
  return { run: id, references: [branch ?? 'HEAD', 'HEAD'], instructions };
}

function branchMoved(journal: Journal, now: ObjectId | null): RegraftError {
  const name = journal.run.branch ?? 'HEAD';
  const message = `${name} moved while the run was going on: from ${journal.old} to ${now ?? 'nothing'}`;
  return new RegraftError(problem('branch-moved', message, { hint: 'plan again on the new commit' }));
}
