/**
 * Skims by blob id, kept under the git directory for all linked working trees. It can be deleted at any time; what is
 * damaged or of another version is read from the files again.
 */
import { join } from 'node:path';
import type { SkimMemory } from '../core/codebase.js';
import type { Skim } from '../core/skim.js';
import { RecordFile, type RecordShape, writeRecords } from './record-file.js';
import type { Repository } from './repository.js';
import { decodeSkim, encodeSkim } from './skim-records.js';

/** To be raised with every change to what a skim says, or to how it is written down. */
export const SKIM_VERSION = 'skim 2';
/** Bytes that records of contents that are no longer there may take. */
const MOST_UNUSED = 64 * 1024 * 1024;

export class SkimStore implements SkimMemory {
  private readonly known = new Map<string, Skim>();
  /** As they are written down; bytes of their own would each hold a page of others. */
  private readonly fresh = new Map<string, string>();
  private readonly path: string;
  private readonly shape: RecordShape;
  private read: RecordFile | undefined;

  constructor(repository: Pick<Repository, 'commonDir' | 'hash'>) {
    this.path = join(repository.commonDir, 'regraft', 'skims');
    this.shape = { version: SKIM_VERSION, width: repository.hash === 'sha1' ? 20 : 32 };
  }

  /** The file, which not every command needs. */
  private get kept(): RecordFile {
    this.read ??= RecordFile.read(this.path, this.shape);
    return this.read;
  }

  get(key: string): Skim | undefined {
    const known = this.known.get(key);
    if (known || !this.isBlob(key)) return known;
    const bytes = this.kept.get(Buffer.from(key, 'hex'));
    const skim = bytes && decoded(bytes);
    if (skim) this.known.set(key, skim);
    return skim;
  }

  set(key: string, skim: Skim): void {
    if (!this.isBlob(key)) {
      this.known.set(key, skim);
      return;
    }
    const text = encodeSkim(skim);
    this.fresh.set(key, text);
    // Its strings are parts of the file's text, which would be held by them.
    this.known.set(key, decodeSkim(text));
  }

  /** Keeps what was learnt. What was not asked for goes when it takes too much room. */
  save(): void {
    if (this.fresh.size === 0) return;
    let unused = 0;
    const records: [Buffer, Buffer][] = [];
    for (const [key, data] of this.kept.entries((each) => !this.fresh.has(each.toString('hex')))) {
      if (!this.known.has(key.toString('hex'))) unused += data.length;
      if (unused <= MOST_UNUSED) records.push([key, data]);
    }
    for (const [key, text] of this.fresh) records.push([Buffer.from(key, 'hex'), Buffer.from(text)]);
    writeRecords(this.path, this.shape, records);
  }

  /** A cell's text or a virtual file's has no lasting name. */
  private isBlob(key: string): boolean {
    return key.length === 2 * this.shape.width && /^[0-9a-f]+$/.test(key);
  }
}

function decoded(bytes: Buffer): Skim | undefined {
  try {
    return decodeSkim(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
