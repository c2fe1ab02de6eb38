/** Everything of a batch that can be made ready without touching the working tree: contents, commits, journal. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ContentOnDisk, Journal, JournalFile, LoggedFile, RunLog } from '../core/journal.js';
import type { FileTransition, ObjectId, PreparedBatch } from '../core/model.js';
import { parentsOf } from '../core/paths.js';
import { compiledLeftovers } from './compiled.js';
import { blobId, withCrlf } from './hash.js';
import { readTree } from './index-entries.js';
import { movesMessage } from './message.js';
import { readBlobs, type TreeChange, writeBlobs, writeCommit, writeTree } from './objects.js';
import { lookAt } from './paths.js';
import type { ContentSource } from './publish.js';
import { losesMoves, pureMoves } from './pure-moves.js';
import { type Repository, readHead } from './repository.js';

/** Builds objects and commits, and the journal that says how to get from here to there and back. */
export async function prepare(
  repository: Repository,
  run: RunLog,
  batch: PreparedBatch,
  message: string,
): Promise<Journal> {
  const old = await readHead(repository.git);
  const head = await readTree(repository.git, old);
  const leftovers = compiledLeftovers(repository, batch.transitions, head);
  const contents = batch.transitions.flatMap(({ after }) => (after === null ? [] : [after.content]));
  await writeBlobs(repository, [...contents, ...leftovers.map((path) => readFileSync(join(repository.top, path)))]);
  const moves = batch.moves ?? [];
  const before = new Map(batch.transitions.map((transition) => [transition.path, transition.before]));
  const origins = new Map(moves.map(({ from, to }) => [to, { path: from, content: before.get(from) ?? null }]));
  const files = [
    ...batch.transitions.map((transition) => journalFile(repository, run.id, transition, origins.get(transition.path))),
    ...leftovers.map((path) => leftoverFile(repository, run.id, path)),
  ];
  // Taking back is one commit: the old paths have their history.
  const followed = run.kind === 'apply' ? moves : [];
  const built = await buildCommits(repository, old, files, { ...batch, message, moves: followed });
  const landed = {
    ...built,
    parent: old,
    batch: batch.id,
    title: batch.title,
    files: logged(files),
    moves: [...moves],
  };
  return {
    schema: 1,
    batch: batch.id,
    title: batch.title,
    old,
    new: built.commit,
    files,
    directories: directoriesOfDeleted(repository, files),
    created: missingDirectories(repository, files),
    run: { ...run, commits: [...run.commits, landed] },
  };
}

/** One commit, or two where git would otherwise lose sight of files that move. */
async function buildCommits(
  repository: Repository,
  old: ObjectId,
  files: readonly JournalFile[],
  { title, message, moves }: Pick<PreparedBatch, 'title' | 'message'> & Required<Pick<PreparedBatch, 'moves'>>,
): Promise<{ commit: ObjectId; moveCommit: ObjectId | null }> {
  const pureChanges = pureMoves(repository, files, moves);
  const pure = pureChanges.length === 0 ? null : await writeTree(repository, old, pureChanges);
  // The whole tree comes last, because commit hooks are shown the index that it was built in.
  const whole = await writeTree(repository, old, files.filter((file) => file.tracked).map(treeChange));
  const isSplit = pure !== null && (await losesMoves(repository.git, old, pure, whole));
  const moveCommit = isSplit ? await writeCommit(repository, pure, old, movesMessage(title)) : null;
  return { commit: await writeCommit(repository, whole, moveCommit ?? old, message), moveCommit };
}

/** Contents by blob id, as the disk wants them: in a CRLF working copy each LF of the blob is a CRLF. */
export async function contentSource(repository: Repository, contents: readonly ObjectId[]): Promise<ContentSource> {
  const blobs = await readBlobs(repository, contents);
  return ({ blob, disk }) => {
    const bytes = blobs.get(blob) as Uint8Array;
    return disk === blob ? bytes : withCrlf(bytes);
  };
}

/**
 * @param origin path and committed content of the file that will stand here; it brings its permissions and line ends along
 */
function journalFile(
  repository: Repository,
  run: string,
  { path, before, after }: FileTransition,
  origin: { readonly path: string; readonly content: FileTransition['before'] } | undefined,
): JournalFile {
  const now = before && onDisk(repository, path, before);
  const model = origin?.content ? onDisk(repository, origin.path, origin.content) : now;
  return {
    path,
    tracked: true,
    temporary: temporaryName(run, path),
    before: now,
    after: after && afterOnDisk(repository, after, model),
  };
}

function onDisk(repository: Repository, path: string, content: NonNullable<FileTransition['before']>): ContentOnDisk {
  const full = join(repository.top, path);
  return {
    ...content,
    disk: blobId(readFileSync(full), repository.hash),
    permissions: (lookAt(full)?.mode ?? 0o644) & 0o777,
  };
}

/** A file keeps the permissions it has; the executable bits follow the mode that git records. */
function afterOnDisk(
  repository: Repository,
  { mode, content }: NonNullable<FileTransition['after']>,
  model: ContentOnDisk | null,
): ContentOnDisk {
  const isExecutable = mode === '100755';
  const blob = blobId(content, repository.hash);
  if (model === null) return { blob, mode, disk: blob, permissions: isExecutable ? 0o755 : 0o644 };
  const { permissions } = model;
  const changed = (permissions & 0o666) | (isExecutable ? (permissions & 0o444) >> 2 : 0);
  const isSame = ((permissions & 0o100) !== 0) === isExecutable;
  const bytes = model.disk === model.blob ? content : withCrlf(content);
  return { blob, mode, disk: blobId(bytes, repository.hash), permissions: isSame ? permissions : changed };
}

function leftoverFile(repository: Repository, run: string, path: string): JournalFile {
  const blob = blobId(readFileSync(join(repository.top, path)), repository.hash);
  const before = onDisk(repository, path, { blob, mode: '100644' });
  return { path, tracked: false, temporary: temporaryName(run, path), before, after: null };
}

/** Beside the file, so that a rename stays within one file system; named so that it is known for ours after a kill. */
function temporaryName(run: string, path: string): string {
  const directory = dirname(path);
  const name = `.regraft-${run}-${blobId(Buffer.from(path), 'sha1').slice(0, 12)}`;
  return directory === '.' ? name : `${directory}/${name}`;
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
