/** What was done, and taking it back: both undo and restore are runs of their own, through the same transaction. */
import type { LoggedFile, RunLog } from '../core/journal.js';
import type { FileState, FileTransition, MovedFile, PreparedBatch } from '../core/model.js';
import { composedMoves } from '../core/moves.js';
import { baseOf } from '../core/paths.js';
import { EXIT, problem, RegraftError } from '../core/problems.js';
import { readTree } from './index-entries.js';
import { withLock } from './lock.js';
import { readBlobs } from './objects.js';
import { quoted } from './quoting.js';
import { readRunLogs, removeRunLog } from './records.js';
import { recoverLocked } from './recover.js';
import { unpinRun } from './references.js';
import { type Repository, readHead } from './repository.js';
import { executeRun, type RunOutcome, type RunRequest } from './transaction.js';

export interface LoggedRun extends RunLog {
  /** The run that took this one back. */
  readonly undoneBy: string | null;
}

export type HistoryOptions = Pick<RunRequest, 'onProgress' | 'signal'> & Partial<Pick<RunRequest, 'verify'>>;

/** All logged runs of the repository, oldest first. */
export function listRuns(repository: Repository): LoggedRun[] {
  const logs = readRunLogs(repository);
  return logs.map((log) => ({ ...log, undoneBy: undoneBy(logs, log) }));
}

/** An undo that was itself undone does not count. */
function undoneBy(logs: readonly RunLog[], log: RunLog): string | null {
  const undos = logs.filter((other) => other.kind === 'undo' && other.subject === log.id);
  return undos.find((undo) => undoneBy(logs, undo) === null)?.id ?? null;
}

/** `__init__.py` files that runs which still stand made from nothing: new packages of moves. */
export function createdPackages(repository: Repository): string[] {
  const standing = listRuns(repository).filter(({ kind, undoneBy }) => kind === 'apply' && undoneBy === null);
  const created = standing.flatMap((run) => {
    const arrived = new Set(netMoves(run).map(({ to }) => to));
    return netChanges(run).filter(({ path, before, after }) => before === null && after !== null && !arrived.has(path));
  });
  return [...new Set(created.map(({ path }) => path))].filter((path) => baseOf(path) === '__init__.py').sort();
}

/** The run that {@link undoRun} would take back. @throws RegraftError `unknown-run`, `already-undone` */
export function runToUndo(repository: Repository, id?: string): LoggedRun {
  return chooseRun(listRuns(repository), id);
}

/**
 * Takes a run back as a new commit: every path gets its state from before the run.
 * @param id default: the latest run that is not taken back and is no undo
 * @throws RegraftError `unknown-run`, `already-undone`, `changed-since`, and what {@link executeRun} throws
 */
export async function undoRun(repository: Repository, id?: string, options: HistoryOptions = {}): Promise<RunOutcome> {
  const run = chooseRun(listRuns(repository), id);
  const files = netChanges(run).map((file) => ({ path: file.path, before: file.after, after: file.before }));
  await demandUnchanged(repository, run, files);
  return carryOut(repository, 'undo', run.id, files, options, {
    id: `undo-${run.id}`,
    title: `undo run ${run.id}`,
    moves: netMoves(run).map(({ from, to }) => ({ from: to, to: from })),
    message: `Undo regraft run ${run.id}\n\n${run.commits.map((landed) => `Takes back ${landed.commit} ${landed.title}`).join('\n')}`,
  });
}

/**
 * Writes back a file that a run deleted, as a new commit.
 * @throws RegraftError `not-archived`, and what {@link executeRun} throws (`exists` when something stands there)
 */
export async function restorePath(
  repository: Repository,
  path: string,
  options: HistoryOptions = {},
): Promise<RunOutcome> {
  const deleted = (run: RunLog) => netChanges(run).find((file) => file.path === path && file.after === null);
  const run = listRuns(repository).findLast((candidate) => deleted(candidate) !== undefined);
  const file = run && deleted(run);
  if (!file) {
    const hint = 'regraft history lists what was deleted';
    throw new RegraftError(problem('not-archived', `no run has deleted ${path}`, { place: path, hint }));
  }
  const files = [{ path, before: null, after: file.before }];
  return carryOut(repository, 'restore', path, files, options, {
    id: `restore-${run.id}`,
    title: `restore ${path}`,
    message: `Restore ${path}\n\nDeleted by regraft run ${run.id}.`,
  });
}

/** Runs that began before a moment and that {@link pruneRuns} would forget. */
export function runsBefore(repository: Repository, moment: Date): LoggedRun[] {
  return listRuns(repository).filter(({ started }) => new Date(started) < moment);
}

/**
 * Forgets old runs: their logs, the outputs of their verification, and the pins that keep deleted files from git's garbage
 * collection. They cannot be undone or restored from afterwards; commits stay.
 */
export function pruneRuns(repository: Repository, moment: Date): Promise<LoggedRun[]> {
  return withLock(repository, async () => {
    await recoverLocked(repository);
    const old = runsBefore(repository, moment);
    for (const { id } of old) {
      await unpinRun(repository, id);
      removeRunLog(repository, id);
    }
    return old;
  });
}

function chooseRun(runs: readonly LoggedRun[], id: string | undefined): LoggedRun {
  const run =
    id === undefined
      ? runs.findLast(({ kind, undoneBy }) => kind !== 'undo' && !undoneBy)
      : runs.find((r) => r.id === id);
  if (run === undefined) {
    const message = id === undefined ? 'there is no run to undo' : `there is no run ${id}`;
    throw new RegraftError(problem('unknown-run', message, { hint: 'regraft history' }));
  }
  if (run.undoneBy === null) return run;
  throw new RegraftError(
    problem('already-undone', `run ${run.id} was already taken back by ${run.undoneBy}`, {
      hint: `to have it again: regraft undo ${run.undoneBy}`,
    }),
    EXIT.refused,
  );
}

/** What a run did to each path from its first to its last commit. */
function netChanges(run: RunLog): LoggedFile[] {
  const net = new Map<string, LoggedFile>();
  for (const file of run.commits.flatMap((landed) => landed.files)) {
    net.set(file.path, { path: file.path, before: (net.get(file.path) ?? file).before, after: file.after });
  }
  return [...net.values()].filter((file) => !same(file.before, file.after));
}

/** Files that stand elsewhere after a run. */
function netMoves(run: RunLog): MovedFile[] {
  return composedMoves(run.commits.map(({ moves }) => moves));
}

async function demandUnchanged(repository: Repository, run: RunLog, files: readonly LoggedFile[]): Promise<void> {
  const head = await readTree(repository.git, await readHead(repository.git));
  const changed = files.filter((file) => !same(head.get(file.path) ?? null, file.before));
  if (changed.length === 0) return;
  const problems = changed.map((file) =>
    problem('changed-since', `${file.path} has changed since run ${run.id}`, {
      place: file.path,
      hint: `git log -p ${run.commits.at(-1)?.commit ?? run.before}.. -- ${quoted(file.path)}`,
    }),
  );
  throw new RegraftError(problems, EXIT.refused);
}

async function carryOut(
  repository: Repository,
  kind: 'undo' | 'restore',
  subject: string,
  files: readonly LoggedFile[],
  options: HistoryOptions,
  batch: Omit<PreparedBatch, 'transitions'>,
): Promise<RunOutcome> {
  const contents = await readBlobs(
    repository,
    files.flatMap((file) => file.after?.blob ?? []),
  );
  const transitions: FileTransition[] = files.map(({ path, before, after }) => {
    const state: FileState | null = after && { mode: after.mode, content: contents.get(after.blob) as Buffer };
    return { path, before, after: state };
  });
  const { verify = { commands: [] }, ...rest } = options;
  return executeRun(repository, { ...rest, verify, batches: [{ ...batch, transitions }], kind, subject });
}

type Recorded = { readonly blob: string; readonly mode: string } | null;

function same(a: Recorded, b: Recorded): boolean {
  return a === null || b === null ? a === b : a.blob === b.blob && a.mode === b.mode;
}
