/** What was done, and taking it back: both undo and restore are runs of their own, through the same transaction. */
import type { LoggedFile, RunLog } from '../core/journal.js';
import type { MovedFile, ObjectId, PreparedBatch } from '../core/model.js';
import { composedMoves } from '../core/moves.js';
import { baseOf } from '../core/paths.js';
import { EXIT, problem, RegraftError } from '../core/problems.js';
import { blobsOf, reversalOf } from '../core/reversal.js';
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

/**
 * Takes a run back as a new commit: every path gets its state from before the run.
 * @param id default: the latest run that is not taken back and is no undo
 * @throws RegraftError `unknown-run`, `already-undone`, `changed-since`, and what {@link executeRun} throws
 */
export async function undoRun(repository: Repository, id?: string, options: HistoryOptions = {}): Promise<RunOutcome> {
  const { subject, batch } = await planUndo(repository, id);
  return carryOut(repository, 'undo', subject, batch, options);
}

/** What taking a run back, or a file, comes to. */
export interface TakingBack {
  /** The run, or the path. */
  readonly subject: string;
  readonly batch: PreparedBatch;
  /** Files of which changes that came later are kept. */
  readonly kept: readonly string[];
}

/** What {@link undoRun} would do. @throws RegraftError `unknown-run`, `already-undone`, `changed-since` */
export async function planUndo(repository: Repository, id?: string): Promise<TakingBack> {
  const run = chooseRun(listRuns(repository), id);
  const changes = netChanges(run);
  const moves = netMoves(run);
  const head = await readTree(repository.git, await readHead(repository.git));
  const now = (path: string) => head.get(path) ?? null;
  const contents = await readBlobs(repository, blobsOf({ changes, moves, now }));
  const content = (blob: ObjectId) => contents.get(blob) as Buffer;
  const { transitions, kept, conflicts } = reversalOf({ changes, moves, now, content });
  if (conflicts.length > 0) throw changedSince(run, conflicts);
  const batch = {
    id: `undo-${run.id}`,
    title: `undo run ${run.id}`,
    moves: moves.map(({ from, to }) => ({ from: to, to: from })),
    message: undoMessage(run, kept),
    transitions,
  };
  return { subject: run.id, batch, kept };
}

function undoMessage(run: LoggedRun, kept: readonly string[]): string {
  const taken = run.commits.map((landed) => `Takes back ${landed.commit} ${landed.title}`);
  const later = kept.map((path) => `Keeps what was changed later in ${path}`);
  return `Undo regraft run ${run.id}\n\n${[...taken, ...later].join('\n')}`;
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
  const { batch } = await planRestore(repository, path);
  return carryOut(repository, 'restore', path, batch, options);
}

/** What {@link restorePath} would do. @throws RegraftError `not-archived` */
export async function planRestore(repository: Repository, path: string): Promise<TakingBack> {
  const deleted = (run: RunLog) => netChanges(run).find((file) => file.path === path && file.after === null);
  const run = listRuns(repository).findLast((candidate) => deleted(candidate) !== undefined);
  const state = run && deleted(run)?.before;
  if (!state) {
    const hint = 'regraft history lists what was deleted';
    throw new RegraftError(problem('not-archived', `no run has deleted ${path}`, { place: path, hint }));
  }
  const contents = await readBlobs(repository, [state.blob]);
  const after = { mode: state.mode, content: contents.get(state.blob) as Buffer };
  const batch = {
    id: `restore-${run.id}`,
    title: `restore ${path}`,
    message: `Restore ${path}\n\nDeleted by regraft run ${run.id}.`,
    transitions: [{ path, before: null, after }],
  };
  return { subject: path, batch, kept: [] };
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

function changedSince(run: RunLog, paths: readonly string[]): RegraftError {
  const since = `${run.commits.at(-1)?.commit ?? run.before}..`;
  const problems = paths.map((path) =>
    problem('changed-since', `later changes of ${path} touch what run ${run.id} did to it`, {
      place: path,
      hint: `git log -p ${since} -- ${quoted(path)}`,
    }),
  );
  return new RegraftError(problems, EXIT.refused);
}

function carryOut(
  repository: Repository,
  kind: 'undo' | 'restore',
  subject: string,
  batch: PreparedBatch,
  { verify = { commands: [] }, ...options }: HistoryOptions,
): Promise<RunOutcome> {
  return executeRun(repository, { ...options, verify, batches: [batch], kind, subject });
}

type Recorded = LoggedFile['before'];

function same(a: Recorded, b: Recorded): boolean {
  return a === null || b === null ? a === b : a.blob === b.blob && a.mode === b.mode;
}
