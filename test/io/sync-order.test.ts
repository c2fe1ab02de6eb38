/**
 * What must be on the disk before what: the order of system calls of one run, as the operating system is asked for them.
 * A power loss keeps what was synced and may lose the rest, in any order.
 */
import type * as fs from 'node:fs';
import { dirname, relative } from 'node:path';
import { expect, test, vi } from 'vitest';
import { recover } from '../../src/io/recover.js';
import { openRepository } from '../../src/io/repository.js';
import { executeRun } from '../../src/io/transaction.js';
import { batchOf, type World, world } from './support.js';

interface Call {
  readonly name: string;
  readonly path: string;
  /** The new name of a rename or a link. */
  readonly to?: string;
}

const recorded = vi.hoisted(() => ({ calls: [] as Call[], open: new Map<number, string>() }));

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  const note = (name: string, path: unknown, to?: unknown) =>
    recorded.calls.push({ name, path: String(path), ...(to === undefined ? {} : { to: String(to) }) });
  const changes = (name: 'unlinkSync' | 'mkdirSync' | 'rmdirSync') => (path: string, options?: never) => {
    note(name, path);
    return (real[name] as (path: string, options?: never) => unknown)(path, options);
  };
  const names = (name: 'renameSync' | 'linkSync') => (from: string, to: string) => {
    note(name, from, to);
    real[name](from, to);
  };
  const openSync: typeof fs.openSync = (path, flags, mode) => {
    const descriptor = real.openSync(path, flags, mode);
    recorded.open.set(descriptor, String(path));
    if (flags === 'wx') note('create', path);
    return descriptor;
  };
  const fsyncSync: typeof fs.fsyncSync = (descriptor) => {
    note('fsync', recorded.open.get(descriptor));
    real.fsyncSync(descriptor);
  };
  const single = {
    unlinkSync: changes('unlinkSync'),
    mkdirSync: changes('mkdirSync'),
    rmdirSync: changes('rmdirSync'),
  };
  return { ...real, openSync, fsyncSync, ...single, renameSync: names('renameSync'), linkSync: names('linkSync') };
});

const FILES = { 'a.py': 'import b_robust\n', 'old/b_robust.py': 'x\n', 'c.py': 'c\n' };
const CHANGE = { 'a.py': 'import b\n', 'old/b_robust.py': null, 'new/deep/d.py': 'd\n' };

/** The calls of a run, with paths from the top of the repository. */
async function callsOf(made: World, verify: string, action?: () => Promise<unknown>): Promise<Call[]> {
  const repository = await openRepository(made.top);
  recorded.calls.length = 0;
  if (action) await action();
  else await executeRun(repository, { batches: [batchOf(made, CHANGE)], verify: { commands: [verify] } });
  const from = (path: string) => relative(repository.top, path) || '.';
  return recorded.calls.map(({ name, path, to }) => ({ name, path: from(path), ...(to ? { to: from(to) } : {}) }));
}

const isState = (path: string) => path.startsWith('.git/');
const changesName = ({ name }: Call) => /^(?:renameSync|linkSync|unlinkSync|mkdirSync|rmdirSync)$/.test(name);
const placeOf = ({ path, to }: Call) => dirname(to ?? path);

/** The first sync of a path from an index on. */
const syncedAt = (calls: readonly Call[], path: string, from: number) =>
  calls.findIndex(({ name, path: synced }, index) => index >= from && name === 'fsync' && synced === path);

/** Every file gets a lasting content before it gets its name. */
function unsyncedContents(calls: readonly Call[]): string[] {
  return calls.flatMap(({ name, path, to }, index) => {
    if (name !== 'renameSync' && name !== 'linkSync') return [];
    const created = calls.findLastIndex((call, at) => at < index && call.name === 'create' && call.path === path);
    if (created < 0) return [];
    const synced = syncedAt(calls, path, created);
    return synced >= 0 && synced < index ? [] : [`${path} -> ${to}`];
  });
}

/** Every change of a name in the working tree is made to last before a later step takes it for granted. */
function unsyncedNames(calls: readonly Call[], until: number): string[] {
  return calls.slice(0, until).flatMap((call, index) => {
    if (!changesName(call) || isState(placeOf(call)) || placeOf(call) === '.git') return [];
    const gone = calls.findIndex(
      (later, at) => at > index && later.name === 'rmdirSync' && later.path === placeOf(call),
    );
    const synced = syncedAt(calls, placeOf(call), index);
    const isSynced = synced >= 0 && synced < until;
    return isSynced || gone >= 0 ? [] : [`${call.name} ${call.path}`];
  });
}

const named = (calls: readonly Call[], test: (call: Call) => boolean) => calls.findIndex(test);
const journalPlaced = (calls: readonly Call[]) =>
  named(calls, ({ name, to }) => name === 'renameSync' && to === '.git/regraft/journal.json');
const journalGone = (calls: readonly Call[]) =>
  named(calls, ({ name, path }) => name === 'unlinkSync' && path === '.git/regraft/journal.json');

test('a run that lands: journal before files, files before the branch, index and log before the journal goes', async () => {
  const calls = await callsOf(world(FILES), 'true');
  const [placed, gone] = [journalPlaced(calls), journalGone(calls)];
  const firstFile = named(calls, (call) => !isState(call.path) && call.path !== '.git' && call.name !== 'fsync');
  expect(placed).toBeGreaterThan(0);
  expect(syncedAt(calls, '.git/regraft', placed)).toBeLessThan(firstFile);
  expect(unsyncedContents(calls)).toEqual([]);
  // The record of the references is written right before the branch moves.
  const moves = calls.flatMap(({ to }, at) => (to === '.git/regraft/references.json' ? [at] : []));
  const branch = moves.find((at) => at > firstFile) as number;
  expect(unsyncedNames(calls, branch)).toEqual([]);
  const index = named(calls, ({ to }) => to === '.git/index');
  expect(index).toBeGreaterThan(branch);
  expect(syncedAt(calls, '.git', index)).toBeGreaterThan(index);
  const aside = calls.findLastIndex(
    ({ name, path }, at) => at < index && name === 'fsync' && path.endsWith('index.aside'),
  );
  const linked = named(calls, ({ name, to }) => name === 'linkSync' && to === '.git/index.lock');
  const created = named(calls, ({ name, path }) => name === 'create' && path.endsWith('index.aside'));
  // Once when the copy is written, and once more when git has changed it.
  expect(
    calls.slice(created, linked).filter(({ name, path }) => name === 'fsync' && path.endsWith('index.aside')),
  ).toHaveLength(2);
  expect(aside).toBeLessThan(linked);
  const log = named(calls, ({ to }) => to?.startsWith('.git/regraft/log/') === true);
  expect(syncedAt(calls, '.git/regraft/log', log)).toBeLessThan(gone);
  expect(log).toBeLessThan(gone);
  expect(syncedAt(calls, '.git/regraft', gone)).toBeGreaterThan(gone);
});

test('a run that is rolled back: the files are back for good before the journal goes', async () => {
  const calls = await callsOf(world(FILES), 'test -e old/b_robust.py');
  expect(unsyncedContents(calls)).toEqual([]);
  expect(unsyncedNames(calls, journalGone(calls))).toEqual([]);
});

test('a recovery: the same', async () => {
  const made = world(FILES);
  await callsOf(made, 'test -e old/b_robust.py || cp .git/regraft/journal.json .git/kept.json');
  made.git('update-ref', 'refs/heads/main', 'HEAD~');
  made.write('.git/regraft/journal.json', made.read('.git/kept.json'));
  const calls = await callsOf(made, '', async () => recover(await openRepository(made.top)));
  expect(made.read('a.py')).toBe('import b_robust\n');
  expect(unsyncedContents(calls)).toEqual([]);
  expect(unsyncedNames(calls, journalGone(calls))).toEqual([]);
});
