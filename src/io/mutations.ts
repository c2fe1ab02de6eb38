/**
 * Every change this tool makes to a disk goes through one of these functions, so that all of them can be counted, and
 * made to fail, in one place. They do one thing each and decide nothing.
 */
import {
  chmodSync,
  closeSync,
  fchmodSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Git, GitOptions } from './git.js';
import type { TransactionOptions } from './reference-transaction.js';

/** Creates a file that must not exist yet, with exactly these permissions, and syncs its content. */
export function writeNew(path: string, bytes: Uint8Array | string, permissions = 0o600): void {
  const descriptor = openSync(path, 'wx', permissions);
  try {
    writeFileSync(descriptor, bytes);
    fchmodSync(descriptor, permissions); // the umask has taken bits away on creation
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

export function syncFile(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes renames, links and removals in a directory durable. */
export const syncDirectory = syncFile;

/** Creates a file that may be lost without harm: it is not synced. */
export function writeAside(path: string, bytes: Uint8Array): void {
  writeFileSync(path, bytes, { flag: 'wx', mode: 0o600 });
}

export function rename(from: string, to: string): void {
  renameSync(from, to);
}

/** Gives a file a second name; fails with EEXIST when that name is taken. */
export function link(existing: string, name: string): void {
  linkSync(existing, name);
}

export function remove(path: string): void {
  unlinkSync(path);
}

export function makeDirectory(path: string, permissions?: number): void {
  mkdirSync(path);
  if (permissions !== undefined) chmodSync(path, permissions); // the umask has its say on creation
}

/** Also makes missing parents. Only for this tool's own state. */
export function makeStateDirectory(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}

/** A new directory that is only ours. */
export function makeTemporaryDirectory(prefix: string): string {
  return realpathSync(mkdtempSync(join(tmpdir(), prefix)));
}

export function removeDirectory(path: string): void {
  rmdirSync(path);
}

/** Removes a directory of this tool's own state with all that is in it. */
export function removeStateDirectory(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

/** Runs a git command that writes objects, references or an index. */
export function writeWithGit(git: Git, args: readonly string[], options: GitOptions = {}): Promise<string> {
  return git.line(args, { ...options, write: true });
}

/** The same where a failure costs nothing. */
export async function tryWithGit(git: Git, args: readonly string[], options: GitOptions): Promise<void> {
  await git.run(args, { ...options, write: true });
}

/** Moves references, all or none, or only takes their locks for a moment. Returns git's answer, since a refusal is an outcome like any other. */
export function moveReferences(
  git: Git,
  args: readonly string[],
  instructions: readonly string[],
  options: TransactionOptions,
) {
  return git.references(args, instructions, options);
}
