/** Git objects: contents in and out, the tree and the commit of a batch. Touches neither the working tree nor the index. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { ObjectId } from '../core/model.js';
import { problem, RegraftError } from '../core/problems.js';
import { blobId, type HashName } from './hash.js';
import { writeWithGit } from './mutations.js';
import { type Repository, stateDirectory } from './repository.js';

/** Stores contents and returns their ids. One process for all: they travel as a pack, which carries any bytes. */
export async function writeBlobs(repository: Repository, contents: readonly Uint8Array[]): Promise<ObjectId[]> {
  if (contents.length > 0) {
    // No filter sees them: unpack-objects stores what the pack holds.
    await writeWithGit(repository.git, ['unpack-objects', '-q'], { input: packOf(contents, repository.hash) });
  }
  return contents.map((content) => blobId(content, repository.hash));
}

const PACK_BLOB = 3;

function packOf(contents: readonly Uint8Array[], hash: HashName): Buffer {
  const header = Buffer.alloc(12);
  header.write('PACK');
  header.writeUInt32BE(2, 4);
  header.writeUInt32BE(contents.length, 8);
  const objects = contents.flatMap((content) => [objectHeader(content.length), deflateSync(content)]);
  const body = Buffer.concat([header, ...objects]);
  return Buffer.concat([body, createHash(hash).update(body).digest()]);
}

/** Type and size: four bits of the size in the first byte, seven in each further one. */
function objectHeader(size: number): Buffer {
  const bytes = [(PACK_BLOB << 4) | (size & 15)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes[bytes.length - 1] = (bytes.at(-1) as number) | 0x80;
    bytes.push(rest & 0x7f);
  }
  return Buffer.from(bytes);
}

/** Reads contents by id. @throws RegraftError `missing-object` */
export async function readBlobs(repository: Repository, ids: readonly ObjectId[]): Promise<Map<ObjectId, Buffer>> {
  const wanted = [...new Set(ids)];
  const found = new Map<ObjectId, Buffer>();
  if (wanted.length === 0) return found;
  const output = await repository.git.bytes(['cat-file', '--batch'], { input: `${wanted.join('\n')}\n` });
  let at = 0;
  for (const id of wanted) {
    const end = output.indexOf(10, at);
    const [, type, size] = output.subarray(at, end).toString('latin1').split(' ');
    if (type !== 'blob') throw missing(id);
    found.set(id, output.subarray(end + 1, end + 1 + Number(size)));
    at = end + 1 + Number(size) + 1;
  }
  return found;
}

function missing(id: ObjectId): RegraftError {
  return new RegraftError(
    problem('missing-object', `the repository does not have the content ${id}`, {
      hint: 'git fsck; git fetch --refetch',
    }),
  );
}

/** A path's new tree entry; `blob` null removes it. */
export interface TreeChange {
  readonly path: string;
  readonly blob: ObjectId | null;
  readonly mode: string;
}

/** Input for `update-index -z --index-info`. Removals first: what goes may be in the way of what comes. */
export function indexInfo(changes: readonly TreeChange[], hash: HashName): string {
  const none = '0'.repeat(hash === 'sha1' ? 40 : 64);
  return [...changes]
    .sort((a, b) => Number(a.blob !== null) - Number(b.blob !== null))
    .map(({ path, blob, mode }) => (blob === null ? `0 ${none}\t${path}\0` : `${mode} ${blob}\t${path}\0`))
    .join('');
}

/** The index file that holds the tree of the batch in flight; commit hooks are shown it. */
export const stagingIndex = (repository: Repository) => join(stateDirectory(repository), 'staging-index');

/** Builds the tree of a commit with some paths changed; it stays in the staging index. */
export async function writeTree(
  repository: Repository,
  base: ObjectId,
  changes: readonly TreeChange[],
): Promise<ObjectId> {
  const options = { index: stagingIndex(repository) };
  await writeWithGit(repository.git, ['read-tree', base], options);
  await writeWithGit(repository.git, ['update-index', '-z', '--index-info'], {
    ...options,
    input: indexInfo(changes, repository.hash),
  });
  return writeWithGit(repository.git, ['write-tree'], options);
}

/**
 * Plain `commit-tree`: `commit.gpgSign` asks for a passphrase or an agent, which a transaction cannot wait for; a branch
 * that must be signed can be signed afterwards.
 */
export function writeCommit({ git }: Repository, tree: ObjectId, parent: ObjectId, message: string): Promise<ObjectId> {
  return writeWithGit(git, ['commit-tree', tree, '-p', parent, '-F', '-'], { input: message });
}
