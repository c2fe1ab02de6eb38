/**
 * Records by key in one file that may be lost at any time: sorted keys, then the records, each with its checksum. A file
 * that is damaged, cut off or of another version is none at all.
 *
 *   header  8 bytes name, then as unsigned 32-bit little-endian: version, bytes of a key, records, checksum of the table
 *   table   per record its key, then: first byte, bytes, checksum
 *   data
 */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { makeStateDirectory, remove, rename, writeAside } from './mutations.js';
import { lookAt } from './paths.js';
import { ownIdentity, signalProcess } from './processes.js';

const NAME = Buffer.from('rgrecord', 'latin1');
const HEADER = NAME.length + 16;
const NUMBERS = 12;

export interface RecordShape {
  /** Another version's files are not read. */
  readonly version: string;
  /** Bytes of a key. */
  readonly width: number;
}

export class RecordFile {
  private constructor(
    private readonly shape: RecordShape,
    private readonly bytes: Buffer,
    readonly count: number,
  ) {}

  /** The file's records; none where it cannot be read. */
  static read(path: string, shape: RecordShape): RecordFile {
    try {
      const bytes = ownBytes(path);
      const count = bytes && countIn(bytes, shape);
      if (bytes && count !== null) return new RecordFile(shape, bytes, count);
    } catch {
      // It is rebuilt.
    }
    return new RecordFile(shape, Buffer.alloc(0), 0);
  }

  /** A record's bytes; `undefined` where there is none, or where they are damaged. */
  get(key: Buffer): Buffer | undefined {
    const at = this.find(key);
    return at === null ? undefined : this.dataAt(at);
  }

  /** All records whose key `wanted` accepts. */
  *entries(wanted: (key: Buffer) => boolean): Generator<[Buffer, Buffer]> {
    for (let index = 0; index < this.count; index++) {
      const at = this.entryAt(index);
      const key = this.bytes.subarray(at, at + this.shape.width);
      const data = wanted(key) ? this.dataAt(at) : undefined;
      if (data) yield [key, data];
    }
  }

  private entryAt(index: number): number {
    return HEADER + index * (this.shape.width + NUMBERS);
  }

  private find(key: Buffer): number | null {
    let low = 0;
    let high = this.count - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const at = this.entryAt(middle);
      const order = this.bytes.compare(key, 0, key.length, at, at + this.shape.width);
      if (order === 0) return at;
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return null;
  }

  private dataAt(at: number): Buffer | undefined {
    const numbers = at + this.shape.width;
    const start = this.bytes.readUInt32LE(numbers);
    const data = this.bytes.subarray(start, start + this.bytes.readUInt32LE(numbers + 4));
    return crc32(data) === this.bytes.readUInt32LE(numbers + 8) ? data : undefined;
  }
}

function countIn(bytes: Buffer, { version, width }: RecordShape): number | null {
  if (bytes.length < HEADER || !bytes.subarray(0, NAME.length).equals(NAME)) return null;
  const [ofVersion, ofKey, count, checksum] = [0, 4, 8, 12].map((at) => bytes.readUInt32LE(NAME.length + at));
  if (ofVersion !== crc32(version) || ofKey !== width || count === undefined) return null;
  const table = bytes.subarray(HEADER, HEADER + count * (width + NUMBERS));
  return table.length === count * (width + NUMBERS) && crc32(table) === checksum ? count : null;
}

/** Writes records in place of what the file holds: whole or not at all. Keys must differ. */
export function writeRecords(path: string, shape: RecordShape, records: readonly (readonly [Buffer, Buffer])[]): void {
  const sorted = [...records].sort(([a], [b]) => a.compare(b));
  const table = Buffer.alloc(sorted.length * (shape.width + NUMBERS));
  let start = HEADER + table.length;
  for (const [index, [key, data]] of sorted.entries()) {
    const at = index * (shape.width + NUMBERS);
    key.copy(table, at);
    table.writeUInt32LE(start, at + shape.width);
    table.writeUInt32LE(data.length, at + shape.width + 4);
    table.writeUInt32LE(crc32(data), at + shape.width + 8);
    start += data.length;
  }
  const header = Buffer.alloc(HEADER);
  NAME.copy(header);
  for (const [index, number] of [crc32(shape.version), shape.width, sorted.length, crc32(table)].entries())
    header.writeUInt32LE(number, NAME.length + 4 * index);
  replaceAside(path, Buffer.concat([header, table, ...sorted.map(([, data]) => data)]));
}

/** What a file of this tool's own state holds; `null` where nothing stands, or a link, a pipe or a device. */
export function ownBytes(path: string): Buffer | null {
  return lookAt(path)?.isFile() ? readFileSync(path) : null;
}

/** Puts a file of this tool's own state in place of an older one. Not synced: what a crash leaves is told by its checksums. */
export function replaceAside(path: string, bytes: Buffer): void {
  const directory = dirname(path);
  // A repository that was copied from anywhere may hold a link where our records go.
  if (lookAt(directory)?.isDirectory() === false) return;
  makeStateDirectory(directory);
  removeLeftDrafts(path);
  const draft = `${path}.${ownIdentity().pid}-${randomBytes(6).toString('hex')}`;
  try {
    writeAside(draft, bytes);
    rename(draft, path);
  } catch (error) {
    if (lookAt(draft)) remove(draft);
    throw error;
  }
}

/** Those of processes that ended before they could put them in place. */
function removeLeftDrafts(path: string): void {
  const name = basename(path);
  for (const each of readdirSync(dirname(path))) {
    const [, pid] = /^\.(\d+)-[0-9a-f]{12}$/.exec(each.startsWith(name) ? each.slice(name.length) : '') ?? [];
    if (pid !== undefined && !signalProcess(Number(pid), 0)) remove(join(dirname(path), each));
  }
}
