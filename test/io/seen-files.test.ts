/**
 * What files looked like when they were last read. A file that looks as it did is not read: here its remembered blob id is a
 * made-up one, so that it shows where an id comes from.
 */
import {
  chmodSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { openRepository } from '../../src/io/repository.js';
import { SeenFiles } from '../../src/io/seen-files.js';
import { takeSnapshot } from '../../src/io/snapshot.js';
import { temporaryDirectory, World, world } from './support.js';

const MADE_UP = 'f'.repeat(40);
/** What was written just now is noted only by a process that starts later. */
const LATER = 10_000;

async function snapshotOf(made: World, openedAt = Date.now() + LATER) {
  const repository = await openRepository(made.top);
  const seen = new SeenFiles(repository, openedAt);
  const snapshot = await takeSnapshot(repository, seen);
  const blobs = () => Object.fromEntries(snapshot.files.map(({ path, blob }) => [path, blob]));
  return { snapshot, seen, blobs };
}

/** Reads all files, notes them, and puts the made-up id in the place of all others. */
async function remembering(made: World): Promise<string> {
  const { blobs, seen } = await snapshotOf(made);
  blobs();
  seen.save();
  const path = join(made.git('rev-parse', '--path-format=absolute', '--git-dir').trim(), 'regraft', 'seen');
  const repository = await openRepository(made.top);
  const other = new SeenFiles(repository, Date.now() + LATER);
  const [, body = ''] = /^[^\n]*\n(.*)$/s.exec(readFileSync(path, 'utf8')) ?? [];
  const parts = body.split('\0');
  for (let at = 0; at + 2 < parts.length; at += 3)
    other.note(parts[at] as string, parts[at + 1] as string, 0n, MADE_UP);
  other.save();
  return path;
}

const hashOf = (made: World, path: string) => made.git('hash-object', '--no-filters', path).trim();

test('a file that looks as it did is not read', async () => {
  const made = world({ 'a.py': 'a\n', 'b.py': 'b\n' });
  await remembering(made);
  expect((await snapshotOf(made)).blobs()).toEqual({ 'a.py': MADE_UP, 'b.py': MADE_UP });
});

describe('a file is read again', () => {
  it.each<[what: string, change: (path: string) => void]>([
    ['that has another content of the same size', (path) => writeFileSync(path, 'c\n')],
    [
      'whose times were set back',
      (path) => {
        const { atime, mtime } = statSync(path);
        writeFileSync(path, 'c\n');
        utimesSync(path, atime, mtime);
      },
    ],
    ['that was touched', (path) => utimesSync(path, new Date(), new Date())],
    [
      'that was replaced by another one of its size and times',
      (path) => {
        const { atime, mtime } = statSync(path);
        writeFileSync(`${path}.new`, 'c\n');
        utimesSync(`${path}.new`, atime, mtime);
        renameSync(`${path}.new`, path);
      },
    ],
    [
      'that was deleted and written again',
      (path) => {
        rmSync(path);
        writeFileSync(path, 'a\n');
      },
    ],
    ['whose mode changed', (path) => chmodSync(path, 0o755)],
  ])('%s', async (_, change) => {
    const made = world({ 'a.py': 'a\n' });
    await remembering(made);
    change(join(made.top, 'a.py'));
    expect((await snapshotOf(made)).blobs()).toEqual({ 'a.py': hashOf(made, 'a.py') });
  });

  test('when the index has another blob for it', async () => {
    const made = world({ 'a.py': 'a\n' });
    await remembering(made);
    made.write('other', 'other\n');
    made.git('update-index', '--cacheinfo', `100644,${made.git('hash-object', '-w', 'other').trim()},a.py`);
    expect((await snapshotOf(made)).blobs()['a.py']).toBe(hashOf(made, 'a.py'));
  });
});

test('what changed a moment ago is not noted', async () => {
  const made = world();
  const { blobs, seen } = await snapshotOf(made, Date.now());
  blobs();
  seen.save();
  expect(existsSync(join(made.top, '.git', 'regraft', 'seen'))).toBe(false);
});

test('a content that changed after it was remembered is never taken for the remembered one', async () => {
  const made = world({ 'a.py': 'a\n' });
  await remembering(made);
  const { snapshot, blobs } = await snapshotOf(made);
  blobs();
  made.write('a.py', 'changed\n');
  expect(() => snapshot.read('a.py')).toThrow('a.py changed while it was being read');
});

test('a file that is gone after it was remembered is no empty one', async () => {
  const made = world({ 'a.py': 'a\n' });
  await remembering(made);
  const { snapshot, blobs } = await snapshotOf(made);
  blobs();
  rmSync(join(made.top, 'a.py'));
  expect(() => snapshot.read('a.py')).toThrow('a.py changed while it was being read');
});

test('a file that went is forgotten', async () => {
  const made = world({ 'a.py': 'a\n', 'b.py': 'b\n' });
  const path = await remembering(made);
  rmSync(join(made.top, 'b.py'));
  (await snapshotOf(made)).seen.save();
  const text = readFileSync(path, 'utf8');
  expect([text.includes('a.py'), text.includes('b.py')]).toEqual([true, false]);
});

test('a content that was read before it was named is named by what was read', async () => {
  const made = world({ 'a.py': 'a\n' });
  await remembering(made);
  const { snapshot, blobs } = await snapshotOf(made);
  expect(snapshot.read('a.py')).toEqual(Buffer.from('a\n'));
  expect(blobs()).toEqual({ 'a.py': hashOf(made, 'a.py') });
});

test('names of all kinds are told apart', async () => {
  const names = [
    'a b.py',
    'a\nb.py',
    'a\tb.py',
    '"a".py',
    '\u00e4.py',
    '\ud83d\ude00.py',
    'regraft seen files 1 0',
    '-1',
  ];
  const made = world(Object.fromEntries(names.map((name, at) => [name, `${at}\n`])));
  await remembering(made);
  made.write('a\nb.py', 'x\n');
  const expected = Object.fromEntries(names.map((name) => [name, MADE_UP]));
  expect((await snapshotOf(made)).blobs()).toEqual({ ...expected, 'a\nb.py': hashOf(made, 'a\nb.py') });
});

test('a list that is damaged, cut off or of another kind is none', async () => {
  const made = world({ 'a.py': 'a\n' });
  const path = await remembering(made);
  const whole = readFileSync(path);
  const flipped = [...whole.keys()].map((at) => {
    const damaged = Buffer.from(whole);
    damaged.writeUInt8(whole.readUInt8(at) ^ 1, at);
    return damaged;
  });
  const cut = [...whole.keys()].map((length) => whole.subarray(0, length));
  const repository = await openRepository(made.top);
  const { snapshot } = await snapshotOf(made);
  expect(snapshot.entry('a.py')?.blob).toBe(MADE_UP);
  const looks = /\0([^\0]*)\0/.exec(whole.toString())?.[1] as string;
  for (const bytes of [...flipped, ...cut, Buffer.from('a\0b\0c'), Buffer.alloc(100)]) {
    writeFileSync(path, bytes);
    expect(new SeenFiles(repository, 0).blobOf('a.py', looks)).toBeUndefined();
  }
});

test('a working copy with CRLF stands for the blob of the index, and is remembered as that', async () => {
  const made = world({ 'a.py': 'a\nb\n' });
  const indexed = hashOf(made, 'a.py');
  made.write('a.py', 'a\r\nb\r\n');
  const { blobs, seen } = await snapshotOf(made);
  expect(blobs()).toEqual({ 'a.py': indexed });
  seen.save();
  const again = await snapshotOf(made);
  expect(again.blobs()).toEqual({ 'a.py': indexed });
  expect(again.snapshot.read('a.py')).toEqual(Buffer.from('a\nb\n'));
});

test('sha256 names are remembered like others', async () => {
  const made = new World(temporaryDirectory());
  made.git('init', '-q', '--object-format=sha256');
  made.write('a.py', 'a\n').commit();
  const { blobs, seen } = await snapshotOf(made);
  blobs();
  seen.save();
  expect((await snapshotOf(made)).blobs()).toEqual({ 'a.py': hashOf(made, 'a.py') });
});

test('what is not checked out is not noted', async () => {
  const made = world({ 'a.py': 'a\n', 'b.py': 'b\n' });
  made.git('update-index', '--skip-worktree', 'a.py');
  rmSync(join(made.top, 'a.py'));
  const path = await remembering(made);
  expect(readFileSync(path, 'utf8')).not.toContain('a.py');
  const { snapshot } = await snapshotOf(made);
  expect(snapshot.read('a.py')).toEqual({ unreadable: 'not checked out (sparse checkout)' });
});

test('a link is read each time: it does not change when its target does', async () => {
  const made = world({ 'a.py': 'a\n' });
  symlinkSync('a.py', join(made.top, 'link.py'));
  made.commit();
  await remembering(made);
  expect((await snapshotOf(made)).blobs()).toEqual({ 'a.py': MADE_UP, 'link.py': hashOf(made, 'a.py') });
});

test('linked working trees remember their own files', async () => {
  const made = world({ 'a.py': 'a\n' });
  const linked = new World(join(temporaryDirectory(), 'linked'));
  made.git('worktree', 'add', '-q', '-b', 'side', linked.top);
  await remembering(made);
  expect((await snapshotOf(linked)).blobs()).toEqual({ 'a.py': hashOf(made, 'a.py') });
  expect(await remembering(linked)).toContain('worktrees');
});
