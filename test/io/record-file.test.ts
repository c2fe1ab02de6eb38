/** Records that may be damaged, cut off, somebody else's or in a place where nothing may be written: wrong ones never come back. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { RecordFile, type RecordShape, writeRecords } from '../../src/io/record-file.js';
import { temporaryDirectory } from './support.js';

const SHAPE: RecordShape = { version: 'test 1', width: 4 };
const key = (number: number) => Buffer.from([number >> 8, 0, number & 255, 7]);
const RECORDS = [3, 1, 2, 700].map((number) => [key(number), Buffer.from(`record ${number}`)] as const);

function written(records = RECORDS): string {
  const path = join(temporaryDirectory(), 'state', 'records');
  writeRecords(path, SHAPE, records);
  return path;
}

/** Every record is what was written, or not there. */
function expectNothingWrong(path: string): number {
  const file = RecordFile.read(path, SHAPE);
  const found = RECORDS.filter(([each, data]) => {
    const bytes = file.get(each);
    if (bytes) expect(bytes.toString()).toBe(data.toString());
    return bytes !== undefined;
  });
  for (const [each, data] of file.entries(() => true))
    expect(data).toEqual(RECORDS.find(([known]) => known.equals(each))?.[1]);
  return found.length;
}

test('what is written is read, whatever the keys and the bytes', () => {
  const records = fc.uniqueArray(fc.tuple(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.uint8Array()), {
    selector: ([each]) => each.join(),
  });
  fc.assert(
    fc.property(records, (list) => {
      const buffers = list.map(([each, data]) => [Buffer.from(each), Buffer.from(data)] as const);
      const file = RecordFile.read(written(buffers), SHAPE);
      expect(file.count).toBe(list.length);
      for (const [each, data] of buffers) expect(file.get(each)).toEqual(data);
      expect(file.get(Buffer.from('none!'))).toBeUndefined();
      expect([...file.entries(() => true)].map(([each]) => each)).toEqual(
        buffers.map(([each]) => each).sort(Buffer.compare),
      );
    }),
    { numRuns: 50 },
  );
});

test('no bit that flips gives another record', () => {
  const path = written();
  const whole = readFileSync(path);
  for (let at = 0; at < whole.length; at++) {
    const damaged = Buffer.from(whole);
    damaged.writeUInt8(whole.readUInt8(at) ^ (1 << (at % 8)), at);
    writeFileSync(path, damaged);
    expect(expectNothingWrong(path)).toBeLessThan(RECORDS.length);
  }
});

test('no length gives another record', () => {
  const path = written();
  const whole = readFileSync(path);
  for (let length = 0; length < whole.length; length++) {
    writeFileSync(path, whole.subarray(0, length));
    expect(expectNothingWrong(path)).toBeLessThan(RECORDS.length);
  }
  writeFileSync(path, Buffer.concat([whole, whole]));
  expect(expectNothingWrong(path)).toBe(RECORDS.length);
});

describe('a file is none at all', () => {
  it.each<[what: string, shape: RecordShape]>([
    ['of another version', { ...SHAPE, version: 'test 2' }],
    ['with other keys', { ...SHAPE, width: 8 }],
  ])('%s', (_, shape) => expect(RecordFile.read(written(), shape).count).toBe(0));

  it.each<[what: string, put: (path: string) => void]>([
    ['that is empty', (path) => writeFileSync(path, '')],
    ['that is text', (path) => writeFileSync(path, 'rgrecord and what else people write into files\n')],
    ['that is a directory', (path) => mkdirSync(path)],
    ['that is not there', () => {}],
    ['that is a pipe, which nobody writes to', (path) => execFileSync('mkfifo', [path])],
    ['that is a link', (path) => symlinkSync(written(), path)],
  ])('%s', (_, put) => {
    const path = join(temporaryDirectory(), 'records');
    put(path);
    expect(RecordFile.read(path, SHAPE).count).toBe(0);
  });
});

describe('writing', () => {
  const elsewhere = () => {
    const directory = temporaryDirectory();
    return { directory, target: join(directory, 'target'), place: join(directory, 'regraft') };
  };

  test('goes through no link to a directory', () => {
    const { target, place } = elsewhere();
    mkdirSync(target);
    symlinkSync(target, place);
    writeRecords(join(place, 'records'), SHAPE, RECORDS);
    expect(readdirSync(target)).toEqual([]);
  });

  test('replaces a link and leaves alone what it leads to', () => {
    const { target, place } = elsewhere();
    mkdirSync(place);
    writeFileSync(target, 'mine');
    symlinkSync(target, join(place, 'records'));
    writeRecords(join(place, 'records'), SHAPE, RECORDS);
    expect(readFileSync(target, 'utf8')).toBe('mine');
    expect(expectNothingWrong(join(place, 'records'))).toBe(RECORDS.length);
  });

  test('leaves a file in the place of the directory alone', () => {
    const { place } = elsewhere();
    writeFileSync(place, 'mine');
    writeRecords(join(place, 'records'), SHAPE, RECORDS);
    expect(readFileSync(place, 'utf8')).toBe('mine');
  });

  test('that fails leaves no draft', () => {
    const { place } = elsewhere();
    mkdirSync(join(place, 'records', 'full'), { recursive: true });
    expect(() => writeRecords(join(place, 'records'), SHAPE, RECORDS)).toThrow();
    expect(readdirSync(place)).toEqual(['records']);
  });

  test('removes drafts of processes that ended, and no others', () => {
    const path = written();
    const ended = Number(execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }));
    const names = [`records.${ended}-0123456789ab`, `records.${process.pid}-0123456789ab`, `records.${ended}-notes`];
    for (const name of names) writeFileSync(join(path, '..', name), 'half');
    writeRecords(path, SHAPE, RECORDS);
    expect(names.map((name) => existsSync(join(path, '..', name)))).toEqual([false, true, true]);
  });

  test('makes a directory that was deleted meanwhile', () => {
    const path = written();
    rmSync(join(path, '..'), { recursive: true });
    writeRecords(path, SHAPE, RECORDS);
    expect(expectNothingWrong(path)).toBe(RECORDS.length);
  });
});
