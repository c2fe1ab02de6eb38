/** Where journal and logs lie, and how they are written: whole or not at all. */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type Journal,
  parseJournal,
  parseReferenceRecord,
  parseRunLog,
  type ReferenceRecord,
  type RunLog,
  serialise,
} from '../core/journal.js';
import { makeStateDirectory, remove, rename, syncDirectory, writeNew } from './mutations.js';
import { logDirectory, type Repository, stateDirectory } from './repository.js';

const journalPath = (repository: Repository) => join(stateDirectory(repository), 'journal.json');

export function writeJournal(repository: Repository, journal: Journal): void {
  writeWhole(journalPath(repository), serialise(journal));
}

/** The journal of a batch in flight; `null` without one. */
export function readJournal(repository: Repository): Journal | null {
  const path = journalPath(repository);
  return existsSync(path) ? parseJournal(readFileSync(path, 'utf8')) : null;
}

export function clearJournal(repository: Repository): void {
  const path = journalPath(repository);
  if (existsSync(path)) remove(path);
  syncDirectory(dirname(path));
}

/** Where the references that are being moved are on record. */
export const referenceRecordPath = (repository: Repository) => join(stateDirectory(repository), 'references.json');

export function writeReferenceRecord(repository: Repository, record: ReferenceRecord): void {
  writeWhole(referenceRecordPath(repository), serialise(record));
}

export function readReferenceRecord(repository: Repository): ReferenceRecord | null {
  const path = referenceRecordPath(repository);
  return existsSync(path) ? parseReferenceRecord(readFileSync(path, 'utf8')) : null;
}

export function clearReferenceRecord(repository: Repository): void {
  const path = referenceRecordPath(repository);
  if (existsSync(path)) remove(path);
}

export function writeRunLog(repository: Repository, log: RunLog): void {
  const directory = logDirectory(repository);
  makeStateDirectory(directory);
  writeWhole(join(directory, `${log.id}.json`), serialise(log));
}

/** Takes away the log of a run and the outputs of its verification. */
export function removeRunLog(repository: Repository, id: string): void {
  const outputs = outputDirectory(repository);
  const names = existsSync(outputs) ? readdirSync(outputs).filter((name) => name.startsWith(`${id}-`)) : [];
  for (const name of names) remove(join(outputs, name));
  remove(join(logDirectory(repository), `${id}.json`));
  syncDirectory(logDirectory(repository));
}

/** Where the full outputs of verification commands lie. */
export const outputDirectory = (repository: Repository) => join(stateDirectory(repository), 'logs');

/** All logged runs, oldest first. */
export function readRunLogs(repository: Repository): RunLog[] {
  const directory = logDirectory(repository);
  if (!existsSync(directory)) return [];
  const names = readdirSync(directory).filter((name) => name.endsWith('.json'));
  const logs = names.map((name) => parseRunLog(readFileSync(join(directory, name), 'utf8')));
  return logs.sort((a, b) => (a.started < b.started ? -1 : a.started > b.started ? 1 : a.id < b.id ? -1 : 1));
}

/** A time-based name with a random end: sortable, and unique across working trees. */
export function newRunId(now: Date): string {
  const digits = now.toISOString().replace(/[-:]/g, '').slice(0, 15).replace('T', '-');
  return `${digits}-${randomBytes(3).toString('hex')}`;
}

function writeWhole(path: string, text: string): void {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  writeNew(draft, text);
  rename(draft, path);
  syncDirectory(dirname(path));
}
