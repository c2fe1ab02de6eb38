/** Carries a journal to its end, one way or the other: observes, lets the pure core decide, and performs its steps. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Journal } from '../core/journal.js';
import { EXIT, RegraftError } from '../core/problems.js';
import { decideRecovery, type Observed, type Step } from '../core/recovery.js';
import { indexLock, releaseIndex, updateIndex } from './index-file.js';
import { withLock } from './lock.js';
import { contentSource } from './prepare.js';
import { type ContentSource, clearCreatedDirectories, clearTemporary, restore } from './publish.js';
import { quoted } from './quoting.js';
import { clearJournal, readJournal, writeRunLog } from './records.js';
import { releaseDeadLocks } from './reference-locks.js';
import { awaitBranch, readBranch, settleLoosePins, unpinBatch } from './references.js';
import { type Repository, stateDirectory } from './repository.js';
import { removeSeparateTree } from './separate-tree.js';
import { standingAt } from './standing.js';

export interface Settled {
  readonly action: 'finished' | 'rolled-back';
  /** Paths left alone in a rollback because somebody has written other bytes there. */
  readonly kept: readonly string[];
}

export type Recovered = { readonly action: 'nothing' } | (Settled & { readonly run: string; readonly batch: string });

/**
 * Finishes or rolls back what an interrupted run left. May itself be interrupted and run again.
 * @throws RegraftError `locked`, `cannot-recover`
 */
export async function recover(repository: Repository): Promise<Recovered> {
  if (!existsSync(stateDirectory(repository))) return { action: 'nothing' };
  return withLock(repository, () => recoverLocked(repository));
}

/** The same for callers that hold the lock. */
export async function recoverLocked(repository: Repository): Promise<Recovered> {
  await removeSeparateTree(repository);
  const journal = readJournal(repository);
  if (journal === null) {
    await releaseDeadLocks(repository);
    await settleLoosePins(repository);
    return { action: 'nothing' };
  }
  return { ...(await settle(repository, journal)), run: journal.run.id, batch: journal.batch };
}

/** @param refused see {@link decideRecovery} */
export async function settle(repository: Repository, journal: Journal, refused = false): Promise<Settled> {
  const decision = decideRecovery(journal, await observe(repository, journal), refused);
  if (decision.action === 'stop') throw new RegraftError(decision.problem, EXIT.error);
  if (decision.action === 'finish') {
    await perform(repository, journal, decision.steps);
    return { action: 'finished', kept: [] };
  }
  const overtaken = await perform(repository, journal, decision.steps);
  return { action: 'rolled-back', kept: [...decision.kept, ...overtaken] };
}

async function observe(repository: Repository, journal: Journal): Promise<Observed> {
  await awaitBranch(repository, journal.run);
  const { head, branch } = await readBranch(repository, journal.run.branch);
  const files = new Map(journal.files.map(({ path }) => [path, standingAt(repository, path)]));
  return { head, branch, files, indexLock: indexLock(repository) };
}

/** Returns the paths that somebody wrote to between the observation and the step. */
async function perform(repository: Repository, journal: Journal, steps: readonly Step[]): Promise<string[]> {
  const needed = steps.flatMap((step) => (step.kind === 'restore' ? (step.file.before?.blob ?? []) : []));
  const source = await contentSource(repository, needed);
  const overtaken: string[] = [];
  for (const step of steps) {
    if (step.kind === 'restore' || step.kind === 'remove') {
      if (!restored(repository, journal, step, source)) overtaken.push(step.file.path);
    } else {
      await performOther(repository, journal, step);
    }
  }
  return overtaken;
}

function restored(
  repository: Repository,
  journal: Journal,
  step: Extract<Step, { kind: 'restore' | 'remove' }>,
  source: ContentSource,
): boolean {
  try {
    restore(repository, journal, step.file, source);
    return true;
  } catch (error) {
    if (error instanceof RegraftError && error.problems[0]?.code === 'edited-meanwhile') return false;
    throw error;
  }
}

async function performOther(repository: Repository, journal: Journal, step: Step): Promise<void> {
  switch (step.kind) {
    case 'release-index':
      return releaseIndex(repository);
    case 'update-index':
      return updateIndex(repository, journal);
    case 'write-log':
      return writeRunLog(repository, journal.run);
    case 'drop-pins':
      return unpinBatch(repository, journal);
    case 'delete-journal':
      return clearJournal(repository);
    case 'clear-directories':
      for (const file of journal.files) clearTemporary(repository, file);
      return clearCreatedDirectories(repository, journal);
  }
}

/** Plain git commands that lead out without this tool. */
export function wayOut(repository: Repository, journal: Journal): string {
  const tracked = journal.files.filter((file) => file.tracked);
  const quotedPaths = (files: Journal['files']) => files.map((file) => quoted(file.path)).join(' ');
  const [made, known] = [tracked.filter((file) => !file.before), tracked.filter((file) => file.before)];
  const target = join(stateDirectory(repository), 'journal.json');
  return [
    // New files are not in the commit before, and git refuses to restore a path that it has never heard of.
    ...(made.length > 0 ? [`rm -f -- ${quotedPaths(made)}`] : []),
    ...(known.length > 0 ? [`git restore --source=${journal.old} --staged --worktree -- ${quotedPaths(known)}`] : []),
    `rm -- ${quoted(target)}`,
  ].join(' && ');
}
