/**
 * A reference transaction is on record while it is under way: which references, moved by which git process. git takes its
 * own locks away unless it is killed; by the record, the locks of one that was killed are known for ours.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ReferenceRecord } from '../core/journal.js';
import { moveReferences, remove } from './mutations.js';
import { lookAt } from './paths.js';
import { identityOf, isGitAtWork, isRunning } from './processes.js';
import { clearReferenceRecord, readReferenceRecord, referenceRecordPath, writeReferenceRecord } from './records.js';
import type { TransactionResult } from './reference-transaction.js';
import type { Repository } from './repository.js';

export interface ReferenceMove {
  readonly run: string;
  /** Full names of all references that are locked. */
  readonly references: readonly string[];
  /** For `git update-ref --stdin`. */
  readonly instructions: readonly string[];
  /** For the reflog. */
  readonly message?: string;
  /** False: only proves that nobody else holds the locks. */
  readonly commit: boolean;
}

/** Moves references, all or none. The record stays until {@link clearReferenceRecord}. */
export async function moveOnRecord(repository: Repository, move: ReferenceMove): Promise<TransactionResult> {
  const { run, references, instructions, message, commit } = move;
  const onStart = (pid: number) =>
    writeReferenceRecord(repository, { schema: 1, run, git: identityOf(pid), references: [...references] });
  const args = message === undefined ? [] : ['-m', message];
  const result = await moveReferences(repository.git, args, instructions, { commit, onStart });
  if (isKilled(result)) await releaseDeadLocks(repository);
  return result;
}

/** git's own exit codes end at 129; those above tell of a signal that a wrapper has passed on. */
const isKilled = ({ code }: TransactionResult) => code === null || code > 129;

/** Takes away the locks that a killed git process of ours has left. Those of anybody else stay. */
export async function releaseDeadLocks(repository: Repository): Promise<void> {
  const record = readReferenceRecord(repository);
  if (record === null) return;
  for (let attempt = 0; attempt < 50; attempt++) {
    const held = heldLocks(repository, record);
    if (held.length === 0) return;
    if (isRunning(record.git) === false && !isGitAtWork([repository.top, repository.commonDir])) {
      for (const path of held) remove(path);
      return;
    }
    await pause(100);
  }
}

/** Locks of the record's references that are no older than the record: nobody else has had them in between. */
function heldLocks(repository: Repository, record: ReferenceRecord): string[] {
  const since = lookAt(referenceRecordPath(repository))?.mtimeMs ?? Number.POSITIVE_INFINITY;
  const named = record.references.map((name) => join(name === 'HEAD' ? repository.gitDir : repository.commonDir, name));
  const files = [...named, join(repository.commonDir, 'packed-refs')].map((path) => `${path}.lock`);
  return files.filter((path) => {
    const stat = lookAt(path);
    return stat?.isFile() === true && stat.mtimeMs >= since;
  });
}
