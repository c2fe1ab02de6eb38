/**
 * What files held when they were last read, by what the disk says of them: a file that looks as it did then is not read
 * again to know its blob id. Kept for one working tree; it can be deleted at any time.
 */
import type { BigIntStats } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { ObjectId } from '../core/model.js';
import { ownBytes, replaceAside } from './record-file.js';
import { type Repository, stateDirectory } from './repository.js';

const HEAD = 'regraft seen files 1';
/** Milliseconds within which a file may change twice and look the same: two seconds on the coarsest file systems. */
const COARSEST = 2500;

interface Seen {
  readonly looks: string;
  readonly blob: ObjectId;
}

export class SeenFiles {
  private readonly path: string;
  private readonly kept: Map<string, Seen>;
  private readonly now = new Map<string, Seen>();
  private isChanged = false;

  /** @param openedAt milliseconds since the epoch, taken before any file was looked at */
  constructor(
    repository: Pick<Repository, 'gitDir'>,
    private readonly openedAt: number,
  ) {
    this.path = join(stateDirectory(repository), 'seen');
    this.kept = readSeen(this.path);
  }

  /** The id that the file's content had; `undefined` where it may have another now. */
  blobOf(path: string, looks: string): ObjectId | undefined {
    const seen = this.kept.get(path);
    if (seen?.looks !== looks) return undefined;
    this.now.set(path, seen);
    return seen.blob;
  }

  /** A file was read. What changed a moment ago may change again unseen, and is not noted. */
  note(path: string, looks: string, changedAt: bigint, blob: ObjectId): void {
    if (Number(changedAt / 1_000_000n) > this.openedAt - COARSEST) return;
    this.now.set(path, { looks, blob });
    this.isChanged = true;
  }

  /** What is not among the files that are there now need not be known any longer. */
  keepOnly(isThere: (path: string) => boolean): void {
    for (const path of this.kept.keys()) {
      if (isThere(path)) continue;
      this.kept.delete(path);
      this.isChanged = true;
    }
  }

  save(): void {
    if (!this.isChanged) return;
    const all = new Map([...this.kept, ...this.now]);
    const body = [...all].map(([path, { looks, blob }]) => `${path}\0${looks}\0${blob}`).join('\0');
    replaceAside(this.path, Buffer.from(`${HEAD} ${crc32(body)}\n${body}`));
  }
}

/**
 * All that changes when a file's content does, and what else its content is read by.
 * @param indexed git's blob id of the path: a working copy with CRLF is read as the blob it stands for
 */
export function looksOf({ size, mtimeNs, ctimeNs, ino, mode }: BigIntStats, indexed: ObjectId | null): string {
  return `${size} ${mtimeNs} ${ctimeNs} ${ino} ${mode} ${indexed ?? ''}`;
}

function readSeen(path: string): Map<string, Seen> {
  const seen = new Map<string, Seen>();
  const text = textOf(path);
  const border = text.indexOf('\n');
  const body = text.slice(border + 1);
  if (border < 0 || text.slice(0, border) !== `${HEAD} ${crc32(body)}`) return seen;
  const parts = body.split('\0');
  for (let at = 0; at + 2 < parts.length; at += 3)
    seen.set(parts[at] as string, { looks: parts[at + 1] as string, blob: parts[at + 2] as string });
  return seen;
}

function textOf(path: string): string {
  try {
    return ownBytes(path)?.toString('utf8') ?? '';
  } catch {
    return '';
  }
}
