/**
 * What is known of contents by blob id, kept under the git directory for all linked working trees. It can be deleted at any
 * time; what is damaged or of another version is read from the files again.
 */
import { join } from 'node:path';
import type { ContentMemory } from '../core/codebase.js';
import { RecordFile, type RecordShape, writeRecords } from './record-file.js';
import type { Repository } from './repository.js';
import { TOOL_VERSION } from './tool-version.js';

export interface ContentShape<T> {
  /** Of the file below the state directory. */
  readonly name: string;
  /** To be raised with every change to what is known, or to how it is written down; each release has its own besides. */
  readonly version: string;
  /** Bytes that records may take, and those of contents that were not asked for this time. */
  readonly most: number;
  readonly mostUnused: number;
  readonly encode: (value: T) => Buffer;
  /** @throws whatever where the bytes are none of `encode` */
  readonly decode: (bytes: Buffer) => T;
}

/** Bytes. Larger files take longer to read than they save. */
export const LARGEST_STORE = { most: 256 * 1024 * 1024, mostUnused: 64 * 1024 * 1024 };

export type StoreHome = Pick<Repository, 'commonDir' | 'hash'>;

export class ContentStore<T> implements ContentMemory<T> {
  protected readonly known = new Map<string, T>();
  /** What others do not keep yet, as it will be written down. */
  protected readonly fresh = new Map<string, () => Buffer>();
  private readonly path: string;
  private readonly record: RecordShape;
  private read: RecordFile | undefined;

  constructor(
    repository: StoreHome,
    private readonly shape: ContentShape<T>,
  ) {
    this.path = join(repository.commonDir, 'regraft', shape.name);
    this.record = { version: `${shape.version} of ${TOOL_VERSION}`, width: repository.hash === 'sha1' ? 20 : 32 };
  }

  get(key: string): T | undefined {
    const known = this.known.get(key);
    if (known || !this.isBlob(key)) return known;
    const bytes = this.kept.get(Buffer.from(key, 'hex'));
    const value = bytes && this.decoded(bytes);
    if (value) this.known.set(key, value);
    return value;
  }

  set(key: string, value: T): void {
    this.known.set(key, value);
    if (this.isBlob(key)) this.fresh.set(key, () => this.shape.encode(value));
  }

  /** Keeps what was learnt. What was not asked for goes when it takes too much room. */
  save(): void {
    if (this.fresh.size === 0) return;
    const { most, mostUnused } = this.shape;
    const records: [Buffer, Buffer][] = [];
    let [all, unused] = [0, 0];
    const keep = (key: Buffer, data: Buffer) => {
      all += data.length;
      if (all <= most) records.push([key, data]);
    };
    for (const [key, data] of this.kept.entries((each) => !this.fresh.has(each.toString('hex')))) {
      const isUsed = this.known.has(key.toString('hex'));
      if (!isUsed) unused += data.length;
      if (isUsed || unused <= mostUnused) keep(key, data);
    }
    for (const [key, encoded] of this.fresh) {
      if (all > most) break;
      keep(Buffer.from(key, 'hex'), encoded());
    }
    writeRecords(this.path, this.record, records);
  }

  /** A cell's text or a virtual file's has no lasting name. */
  protected isBlob(key: string): boolean {
    return key.length === 2 * this.record.width && /^[0-9a-f]+$/.test(key);
  }

  /** The file, which not every command needs. */
  private get kept(): RecordFile {
    this.read ??= RecordFile.read(this.path, this.record);
    return this.read;
  }

  private decoded(bytes: Buffer): T | undefined {
    try {
      return this.shape.decode(bytes);
    } catch {
      return undefined;
    }
  }
}
