/**
 * The repository's files at one moment, as the working tree has them. Listing is git's; bytes are read from the disk,
 * lazily, and named the way git names blobs. What cannot be read stays in the list and says why.
 */
import { type BigIntStats, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { FileEntry, FileMode, ObjectId, Snapshot, Unreadable } from '../core/model.js';
import { problem, RegraftError } from '../core/problems.js';
import { spellingFault } from '../core/spelling.js';
import { type Git, splitRecords } from './git.js';
import { blobId, withoutCrlf } from './hash.js';
import { type IndexEntry, readIndex } from './index-entries.js';
import { escapeName, nameOf } from './names.js';
import { lookClosely, parentFault } from './paths.js';
import { type Repository, readHead } from './repository.js';
import { looksOf, SeenFiles } from './seen-files.js';

const LARGEST = 64 * 1024 * 1024;

/** Takes stock of tracked files and of untracked ones that are not ignored. Runs no filter, hook or monitor. */
export async function takeSnapshot(
  repository: Repository,
  seen: SeenFiles = new SeenFiles(repository, Date.now()),
): Promise<Snapshot> {
  const { git, top } = repository;
  const [base, index, untracked, otherNames] = await Promise.all([
    readHead(git),
    readIndex(git),
    git.records(['ls-files', '-o', '--exclude-standard', '-z']),
    otherNamesOf(repository),
  ]);
  const files: WorkingFile[] = [];
  const listing = { repository, seen, parents: new Map<string, string | null>() };
  for (const entry of index) pushDefined(files, trackedFile(listing, entry));
  for (const record of untracked) pushDefined(files, untrackedFile(listing, record));
  files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const byPath = new Map(files.map((file) => [file.path, file]));
  seen.keepOnly((path) => byPath.has(path));
  return {
    base,
    directoryName: basename(top),
    otherNames,
    files,
    entry: (path) => byPath.get(path),
    read: (path) => byPath.get(path)?.content ?? { unreadable: 'no such file' },
    release: (path) => byPath.get(path)?.release(),
  };
}

/** What is looked up while files are listed. */
interface Listing {
  readonly repository: Repository;
  readonly seen: SeenFiles;
  /** Why directories cannot be walked through. */
  readonly parents: Map<string, string | null>;
}

/** How a regular file looked when it was listed. The numbers of all files would take more room than the words. */
interface Listed {
  readonly seen: SeenFiles;
  readonly looks: string;
  readonly changedAt: bigint;
}

function listedWith(seen: SeenFiles, stat: BigIntStats, indexed: ObjectId | null): Listed {
  return { seen, looks: looksOf(stat, indexed), changedAt: stat.ctimeNs };
}

/** One file; its bytes are read on first demand and kept, so that every reader sees the same. */
class WorkingFile implements FileEntry {
  #content: Uint8Array | Unreadable | undefined;
  #blob: ObjectId | undefined;
  /** How the file looked when its content was named; it is not read yet, or was forgotten. */
  #promised: string | undefined;

  constructor(
    readonly repository: Repository,
    readonly path: string,
    readonly mode: FileMode,
    readonly tracked: boolean,
    readonly indexed: ObjectId | null,
    unreadable: string | null,
    private readonly listed: Listed | null = null,
  ) {
    if (unreadable !== null) this.#content = { unreadable };
  }

  get content(): Uint8Array | Unreadable {
    this.#content ??= this.#promised === undefined ? this.#load() : this.#loadPromised(this.#promised);
    return this.#content;
  }

  /** Forgets the bytes; when they are asked for again the file must still look as it did. */
  release(): void {
    if (!this.listed || !(this.#content instanceof Uint8Array)) return;
    this.#blob ??= this.#remembered(this.listed);
    this.#promised = this.listed.looks;
    this.#content = undefined;
  }

  get blob(): ObjectId {
    this.#blob ??= this.listed ? this.#remembered(this.listed) : this.#name(this.content);
    return this.#blob;
  }

  get knownBlob(): ObjectId | undefined {
    if (this.#content !== undefined && 'unreadable' in this.#content) return undefined;
    const isAsked = this.#blob !== undefined || this.#content !== undefined;
    const { listed } = this;
    if (!isAsked && listed && listed.seen.blobOf(this.path, listed.looks) === undefined) return undefined;
    return this.blob;
  }

  #remembered({ seen, looks, changedAt }: Listed): ObjectId {
    const known = this.#content === undefined ? seen.blobOf(this.path, looks) : undefined;
    if (known !== undefined) {
      this.#promised = looks;
      return known;
    }
    const { content } = this;
    const blob = this.#name(content);
    if (content instanceof Uint8Array) seen.note(this.path, looks, changedAt, blob);
    return blob;
  }

  /** Another content under the name that was given would be taken for what that name stands for, now and in later runs. */
  #loadPromised(looks: string): Uint8Array | Unreadable {
    const content = this.#load();
    const stat = lookClosely(join(this.repository.top, this.path));
    if (content instanceof Uint8Array && stat && looksOf(stat, this.indexed) === looks) return content;
    const message = `${this.path} changed while it was being read`;
    throw new RegraftError(problem('changed-meanwhile', message, { place: this.path, hint: 'run the command again' }));
  }

  #load(): Uint8Array | Unreadable {
    try {
      const bytes = readFileSync(join(this.repository.top, this.path));
      const plain = this.indexed === null ? null : withoutCrlf(bytes);
      // A working copy with CRLF for the blob's LF: edits are made on blob bytes, so those are what is read.
      if (plain !== null && blobId(plain, this.repository.hash) === this.indexed) return plain;
      return bytes;
    } catch (error) {
      return { unreadable: `cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}` };
    }
  }

  #name(content: Uint8Array | Unreadable): ObjectId {
    if (!('unreadable' in content)) return blobId(content, this.repository.hash);
    return this.indexed ?? blobId(Buffer.from(`unreadable ${this.path}`), this.repository.hash);
  }
}

function trackedFile({ repository, seen, parents }: Listing, entry: IndexEntry) {
  const { path, mode, blob } = entry;
  const make = (actual: FileMode, why: string | null, listed?: Listed) =>
    new WorkingFile(repository, path, actual, true, blob, why, listed);
  if (mode === '160000') return make(mode, 'submodule');
  if (!entry.valid) return make(mode, 'its name is not valid UTF-8');
  const parent = parentReason(repository, path, parents);
  if (parent !== null) return make(mode, parent);
  const stat = lookClosely(join(repository.top, path));
  if (stat === null) return entry.skipWorktree ? make(mode, 'not checked out (sparse checkout)') : undefined;
  if (stat.isSymbolicLink()) return make('120000', linkFault(repository.top, path));
  if (!stat.isFile()) return make(mode, 'not a regular file');
  const why = stat.size > LARGEST ? 'larger than 64 MiB' : null;
  return make(mode === '120000' ? '100644' : mode, why, listedWith(seen, stat, blob));
}

function untrackedFile({ repository, seen, parents }: Listing, record: Buffer) {
  const make = (path: string, mode: FileMode, why: string | null, listed?: Listed) =>
    new WorkingFile(repository, path, mode, false, null, why, listed);
  const name = nameOf(record);
  if (name === null) return make(escapeName(record), '100644', 'its name is not valid UTF-8');
  // Git lists a repository inside ours as one directory.
  if (name.endsWith('/')) return make(name.slice(0, -1), '160000', 'a repository of its own');
  const stat = lookClosely(join(repository.top, name));
  if (stat === null) return undefined;
  if (stat.isSymbolicLink()) return make(name, '120000', linkFault(repository.top, name));
  const mode = stat.mode & 0o100n ? '100755' : '100644';
  if (!stat.isFile()) return make(name, mode, 'not a regular file');
  const why = stat.size > LARGEST ? 'larger than 64 MiB' : parentReason(repository, name, parents);
  return make(name, mode, why, listedWith(seen, stat, null));
}

/** Why a link cannot be read; `null` when it leads to a file inside the working tree, whose bytes are then its content. */
function linkFault(top: string, path: string): string | null {
  try {
    const target = realpathSync(join(top, path));
    if (!target.startsWith(`${top}/`)) return 'symbolic link that leads out of the repository';
    if (spellingFault(target.slice(top.length + 1)) !== null) return 'symbolic link into a git directory';
    const stat = statSync(target);
    if (stat.isDirectory()) return 'symbolic link to a directory';
    return stat.isFile() && stat.size <= LARGEST ? null : 'symbolic link to something that is not a regular file';
  } catch {
    return 'symbolic link that leads nowhere';
  }
}

function parentReason(repository: Repository, path: string, known: Map<string, string | null>): string | null {
  const directory = dirname(path);
  const seen = known.get(directory);
  if (seen !== undefined) return seen;
  const fault = parentFault(repository.top, path);
  const reason = fault?.code === 'symlink' ? `behind the symbolic link ${fault.path}` : null;
  known.set(directory, reason);
  return reason;
}

/** Names under which others may know the repository: its remotes' last components, and the main working tree's directory. */
async function otherNamesOf(repository: Repository): Promise<string[]> {
  const names = new Set(await remoteNames(repository.git));
  if (basename(repository.commonDir) === '.git') names.add(basename(dirname(repository.commonDir)));
  names.delete(basename(repository.top));
  return [...names].sort();
}

async function remoteNames(git: Git): Promise<string[]> {
  const { stdout } = await git.run(['config', '-z', '--get-regexp', '^remote\\..*\\.url$']);
  const addresses = splitRecords(stdout).map((record) => record.toString('utf8').split('\n')[1] ?? '');
  const names = addresses.map((address) => /([^/:\\]+?)(\.git)?\/*$/.exec(address.trim())?.[1]);
  return names.filter((name) => name !== undefined);
}

function pushDefined<T>(list: T[], value: T | undefined): void {
  if (value !== undefined) list.push(value);
}
