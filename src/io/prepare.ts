/** Everything of a batch that can be made ready without touching the working tree: contents, commit, pins, journal. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ContentOnDisk, Journal, JournalFile, LoggedFile, RunLog } from '../core/journal.js';
import type { FileTransition, ObjectId, PreparedBatch } from '../core/model.js';
import { blobId, withCrlf } from './hash.js';
import { readTree } from './index-entries.js';
import { buildCommit, readBlobs, type TreeChange, writeBlobs } from './objects.js';
import { lookAt, parentFault } from './paths.js';
import type { ContentSource } from './publish.js';
import { type Repository, readHead } from './repository.js';

/** Builds objects and commit, and the journal that says how to get from here to there and back. */
export async function prepare(
  repository: Repository,
  run: RunLog,
  batch: PreparedBatch,
  message: string,
): Promise<Journal> {
  const old = await readHead(repository.git);
  const tracked = new Set((await readTree(repository.git, old)).keys());
  const leftovers = compiledLeftovers(repository, batch.transitions, tracked);
  const contents = batch.transitions.flatMap(({ after }) => (after === null ? [] : [after.content]));
  await writeBlobs(repository, [...contents, ...leftovers.map((path) => readFileSync(join(repository.top, path)))]);
  const files = [
    ...batch.transitions.map((transition) => journalFile(repository, run.id, transition)),
    ...leftovers.map((path) => leftoverFile(repository, run.id, path)),
  ];
  const commit = await buildCommit(repository, old, files.filter((file) => file.tracked).map(treeChange), message);
  const landed = { commit, parent: old, batch: batch.id, title: batch.title, files: logged(files) };
  return {
    schema: 1,
    batch: batch.id,
    title: batch.title,
    old,
    new: commit,
    files,
    directories: directoriesOfDeleted(repository, files),
    created: missingDirectories(repository, files),
    run: { ...run, commits: [...run.commits, landed] },
  };
}

/** Contents by blob id, as the disk wants them. */
export async function contentSource(repository: Repository, contents: readonly ObjectId[]): Promise<ContentSource> {
  const blobs = await readBlobs(repository, contents);
  return (file, content) => {
    const bytes = blobs.get(content.blob) as Uint8Array;
    return file.crlf ? withCrlf(bytes) : bytes;
  };
}

function journalFile(repository: Repository, run: string, transition: FileTransition): JournalFile {
  const { path, before, after } = transition;
  const full = join(repository.top, path);
  const standing = before === null ? null : { disk: blobId(readFileSync(full), repository.hash), stat: lookAt(full) };
  const crlf = standing !== null && standing.disk !== before?.blob;
  const held = before !== null && standing !== null;
  return {
    path,
    tracked: true,
    crlf,
    temporary: temporaryName(run, path),
    before: held ? { ...before, disk: standing.disk, permissions: (standing.stat?.mode ?? 0o644) & 0o777 } : null,
    after: after === null ? null : contentOnDisk(repository, after, crlf, standing?.stat?.mode ?? null),
  };
}

/** A rewritten file keeps its permissions; the executable bits follow the mode that git records. */
function contentOnDisk(
  repository: Repository,
  after: NonNullable<FileTransition['after']>,
  crlf: boolean,
  mode: number | null,
): ContentOnDisk {
  const fresh = after.mode === '100755' ? 0o755 : 0o644;
  const kept = mode === null ? fresh : ((mode & 0o666) | (after.mode === '100755' ? (mode & 0o444) >> 2 : 0)) & 0o777;
  const same = mode !== null && (mode & 0o100) === (fresh & 0o100);
  const bytes = crlf ? withCrlf(after.content) : after.content;
  return {
    blob: blobId(after.content, repository.hash),
    mode: after.mode,
    disk: blobId(bytes, repository.hash),
    permissions: same ? mode & 0o777 : kept,
  };
}

function leftoverFile(repository: Repository, run: string, path: string): JournalFile {
  const full = join(repository.top, path);
  const blob = blobId(readFileSync(full), repository.hash);
  const permissions = (lookAt(full)?.mode ?? 0o644) & 0o777;
  const before: ContentOnDisk = { blob, mode: '100644', disk: blob, permissions };
  return { path, tracked: false, crlf: false, temporary: temporaryName(run, path), before, after: null };
}

/** Beside the file, so that a rename stays within one file system; named so that it is known for ours after a kill. */
function temporaryName(run: string, path: string): string {
  const directory = dirname(path);
  const name = `.regraft-${run}-${blobId(Buffer.from(path), 'sha1').slice(0, 12)}`;
  return directory === '.' ? name : `${directory}/${name}`;
}

/** The compiled forms of removed modules: with one of them left, a deleted package still imports as a namespace package. */
function compiledLeftovers(
  repository: Repository,
  transitions: readonly FileTransition[],
  tracked: ReadonlySet<string>,
): string[] {
  const removed = transitions.filter(({ path, after }) => after === null && path.endsWith('.py'));
  return removed.flatMap(({ path }) => {
    const cache = join(dirname(path), '__pycache__');
    const start = `${basename(path, '.py')}.`;
    if (parentFault(repository.top, `${cache}/x`) !== null || lookAt(join(repository.top, cache)) === null) return [];
    return readdirSync(join(repository.top, cache))
      .filter((name) => name.startsWith(start) && name.endsWith('.pyc'))
      .map((name) => `${cache}/${name}`)
      .filter((compiled) => !tracked.has(compiled) && isOrdinary(join(repository.top, compiled)));
  });
}

function isOrdinary(path: string): boolean {
  const stat = lookAt(path);
  return stat?.isFile() === true && stat.nlink === 1;
}

function treeChange(file: JournalFile): TreeChange {
  return { path: file.path, blob: file.after?.blob ?? null, mode: file.after?.mode ?? '0' };
}

function logged(files: readonly JournalFile[]): LoggedFile[] {
  const plain = (content: ContentOnDisk | null) => content && { blob: content.blob, mode: content.mode };
  return files
    .filter((file) => file.tracked)
    .map(({ path, before, after }) => ({ path, before: plain(before), after: plain(after) }));
}

function directoriesOfDeleted(repository: Repository, files: readonly JournalFile[]): Journal['directories'] {
  const deleted = files.filter((file) => file.after === null);
  const paths = new Set(deleted.flatMap((file) => parentsOf(file.path)));
  return [...paths].map((path) => ({ path, permissions: (lookAt(join(repository.top, path))?.mode ?? 0o755) & 0o777 }));
}

function missingDirectories(repository: Repository, files: readonly JournalFile[]): string[] {
  const created = files.filter((file) => file.before === null);
  const paths = new Set(created.flatMap((file) => parentsOf(file.path)));
  const missing = [...paths].filter((path) => lookAt(join(repository.top, path)) === null);
  return missing.sort((a, b) => a.length - b.length);
}

function parentsOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_part, depth) => parts.slice(0, depth + 1).join('/'));
}
