/** One run at a time in one working tree: a lock file that names its process, and is taken over when that one is gone. */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, problem, RegraftError } from '../core/problems.js';
import { link, makeStateDirectory, remove, rename, writeNew } from './mutations.js';
import { lookAt } from './paths.js';
import { isRunning, ownIdentity, type ProcessIdentity, signalProcess } from './processes.js';
import { quoted } from './quoting.js';
import { logDirectory, type Repository, stateDirectory } from './repository.js';

/**
 * Runs `action` while holding the lock.
 * @throws RegraftError `locked` when another live run holds it
 */
export async function withLock<T>(repository: Repository, action: () => Promise<T>): Promise<T> {
  const state = stateDirectory(repository);
  demandDirectories([state, dirname(logDirectory(repository)), logDirectory(repository)]);
  makeStateDirectory(state);
  const path = join(state, 'lock');
  acquire(path);
  try {
    sweepDrafts(state);
    return await action();
  } finally {
    tidy(state);
    remove(path);
  }
}

/** A repository that was copied from anywhere may hold links where our records go. */
function demandDirectories(paths: readonly string[]): void {
  const foreign = paths.filter((path) => lookAt(path)?.isDirectory() === false);
  if (foreign.length === 0) return;
  const problems = [...new Set(foreign)].map((path) => {
    const hint = `see what it is, then: rm -- ${quoted(path)}`;
    return problem('not-a-directory', `${path}: records are kept there, but it is no directory`, { hint });
  });
  throw new RegraftError(problems, EXIT.refused);
}

/** What cannot be taken away now is taken away by the next run. */
function tidy(state: string): void {
  try {
    sweepDrafts(state);
  } catch {
    // Nothing depends on it.
  }
}

/** What this run, or one that was killed, left of files that are only ever used within one step. */
function sweepDrafts(state: string): void {
  const drafts =
    /^((?:journal|references)\.json\.[0-9a-f]{12}|message-[0-9a-f]{12}|staging-index|staging-index\.lock)$/;
  for (const name of readdirSync(state)) {
    if (drafts.test(name) || isDeadDraft(name)) remove(join(state, name));
  }
}

/** Drafts of the lock and of what was read may be another process's that is at work; they are named by it. */
const draftOf = (path: string) => `${path}.${ownIdentity().pid}-${randomBytes(6).toString('hex')}`;

function isDeadDraft(name: string): boolean {
  const pid = /^(?:lock|skims|seen)\.(\d+)-[0-9a-f]{12}$/.exec(name)?.[1];
  return pid !== undefined && !signalProcess(Number(pid), 0);
}

/** The content is written first and then given the lock's name, so a lock is never seen half written. */
function acquire(path: string): void {
  const draft = draftOf(path);
  writeNew(draft, JSON.stringify(ownIdentity()));
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      if (linked(draft, path)) return;
      const holder = readHolder(path);
      if (holder !== null) removeStale(path, holder);
    }
  } finally {
    remove(draft);
  }
  throw locked(path, 'another run keeps taking it');
}

function linked(draft: string, path: string): boolean {
  try {
    link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function removeStale(path: string, content: string): void {
  const identity = parseIdentity(content);
  const running = identity === null ? false : isRunning(identity);
  if (running === null)
    throw locked(path, `process ${identity?.pid} on ${identity?.host}, which cannot be asked from here`);
  if (running) throw locked(path, `process ${identity?.pid}`);
  // Moved away first: should another run have taken over in between, its lock is recognised and put back.
  const grave = draftOf(path);
  try {
    rename(path, grave);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readFileSync(grave, 'utf8') !== content) linked(grave, path);
  remove(grave);
}

function parseIdentity(content: string): ProcessIdentity | null {
  try {
    const value = JSON.parse(content) as Partial<ProcessIdentity>;
    return typeof value.pid === 'number' && value.pid > 0 && typeof value.host === 'string'
      ? { pid: value.pid, host: value.host, started: value.started ?? null }
      : null;
  } catch {
    return null;
  }
}

function locked(path: string, holder: string): RegraftError {
  return new RegraftError(
    problem('locked', `another run holds the lock: ${holder}`, {
      hint: `wait for it to end; if it is certain that none runs: rm -- ${quoted(path)}`,
    }),
  );
}
