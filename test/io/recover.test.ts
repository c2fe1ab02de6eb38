import { existsSync, linkSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { recover } from '../../src/io/recover.js';
import { openRepository } from '../../src/io/repository.js';
import { executeRun } from '../../src/io/transaction.js';
import { batchOf, codesOf, type World, world } from './support.js';

const open = (made: World) => openRepository(made.top);

/** The repository as a run leaves it that died during verification: published, journal kept, not committed. */
async function halfDone() {
  const made = world({ 'a.py': 'import b_robust\n', 'b_robust.py': 'x\n', 'other.py': 'o\n' });
  const signature = made.signature();
  const batch = batchOf(made, { 'a.py': 'import b\n', 'b_robust.py': null });
  const steal = 'test -e b_robust.py || cp .git/regraft/journal.json .git/kept.json && cp a.py .git/kept.py';
  await executeRun(await open(made), { batches: [batch], verify: { commands: [`${steal}; test -e b_robust.py`] } });
  made.write('.git/regraft/journal.json', made.read('.git/kept.json')).write('a.py', 'import b\n');
  made.git('rm', '-q', '--cached', 'b_robust.py');
  made.git('reset', '-q');
  (await import('node:fs')).rmSync(join(made.top, 'b_robust.py'));
  return { made, signature, journal: JSON.parse(made.read('.git/kept.json')) };
}

test('nothing to do', async () => {
  expect(await recover(await open(world()))).toEqual({ action: 'nothing' });
});

test('a run that died before its commit is rolled back, and a second time there is nothing to do', async () => {
  const { made, signature, journal } = await halfDone();
  expect(await recover(await open(made))).toMatchObject({ action: 'rolled-back', run: journal.run.id, kept: [] });
  expect(made.signature()).toEqual(signature);
  expect(await recover(await open(made))).toEqual({ action: 'nothing' });
});

test('a run that died after its commit is finished: index, log, journal', async () => {
  const { made, journal } = await halfDone();
  made.git('update-ref', 'refs/heads/main', journal.new);
  expect(await recover(await open(made))).toMatchObject({ action: 'finished' });
  expect(made.git('status', '--porcelain')).toBe('');
  expect(existsSync(join(made.top, `.git/regraft/log/${journal.run.id}.json`))).toBe(true);
});

test("somebody's bytes are kept and named", async () => {
  const { made } = await halfDone();
  made.write('a.py', 'mine\n');
  expect(await recover(await open(made))).toMatchObject({ action: 'rolled-back', kept: ['a.py'] });
  expect([made.read('a.py'), made.read('b_robust.py')]).toEqual(['mine\n', 'x\n']);
});

test('a branch that is neither old nor new stops it, with both in the message and nothing changed', async () => {
  const { made, journal } = await halfDone();
  made.git('commit', '-q', '--allow-empty', '-m', 'elsewhere');
  const signature = made.signature();
  const error = await recover(await open(made)).catch((reason) => reason);
  expect(error.problems[0].code).toBe('cannot-recover');
  expect(error.problems[0].message).toContain(journal.old);
  expect(error.problems[0].message).toContain(journal.new);
  expect(made.signature()).toEqual(signature);
  made.git('reset', '-q', '--soft', 'HEAD~');
  expect(await recover(await open(made))).toMatchObject({ action: 'rolled-back' });
});

test('the next run recovers first', async () => {
  const { made } = await halfDone();
  const outcome = await executeRun(await open(made), {
    batches: [batchOf(made, { 'other.py': 'p\n' })],
    verify: { commands: [] },
  });
  expect(outcome.status).toBe('done');
  expect(made.read('a.py')).toBe('import b_robust\n');
  expect(made.git('status', '--porcelain')).toBe('');
});

test('an index lock is removed when it is provably ours, and respected when it is not', async () => {
  const { made, journal } = await halfDone();
  made.git('update-ref', 'refs/heads/main', journal.new);
  made.write('.git/regraft/index.aside', 'half');
  linkSync(join(made.top, '.git/regraft/index.aside'), join(made.top, '.git/index.lock'));
  expect(await recover(await open(made))).toMatchObject({ action: 'finished' });
  expect(existsSync(join(made.top, '.git/index.lock'))).toBe(false);
});

test('a foreign index lock makes it wait, then keep the journal', async () => {
  const { made, journal } = await halfDone();
  made.git('update-ref', 'refs/heads/main', journal.new);
  made.write('.git/index.lock', '');
  expect(await codesOf(recover(await open(made)))).toEqual(['index-locked']);
  expect(existsSync(join(made.top, '.git/regraft/journal.json'))).toBe(true);
  expect(existsSync(join(made.top, '.git/index.lock'))).toBe(true);
}, 60_000);

test('a branch lock left behind is named, and nothing is changed', async () => {
  const { made } = await halfDone();
  made.write('.git/refs/heads/main.lock', '');
  expect(await codesOf(recover(await open(made)))).toEqual(['branch-locked']);
  expect(existsSync(join(made.top, '.git/regraft/journal.json'))).toBe(true);
}, 60_000);

test('a damaged journal is not acted upon', async () => {
  const { made } = await halfDone();
  made.write('.git/regraft/journal.json', '{"schema":1}');
  const signature = made.signature();
  expect(await codesOf(recover(await open(made)))).toEqual(['bad-journal']);
  expect(made.signature()).toEqual(signature);
});

test('a journal whose paths lead elsewhere writes nothing there', async () => {
  const { made, journal } = await halfDone();
  const outside = `../${basename(made.top)}-outside`;
  const hostile = journal.files.map((file: object) => ({ ...file, path: outside, temporary: `${outside}.tmp` }));
  made.write('.git/regraft/journal.json', JSON.stringify({ ...journal, files: hostile }));
  expect(await codesOf(recover(await open(made)))).toEqual(['bad-journal']);
  expect([existsSync(join(made.top, outside)), existsSync(join(made.top, `${outside}.tmp`))]).toEqual([false, false]);
});

test('a lock of a live process is respected, of a dead or another one with its number taken over', async () => {
  const { made } = await halfDone();
  const started = '1';
  made.write('.git/regraft/lock', JSON.stringify({ pid: process.pid, host: hostname(), started: null }));
  expect(await codesOf(recover(await open(made)))).toEqual(['locked']);
  made.write('.git/regraft/lock', JSON.stringify({ pid: 1, host: 'elsewhere.invalid', started }));
  expect(await codesOf(recover(await open(made)))).toEqual(['locked']);
  made.write('.git/regraft/lock', JSON.stringify({ pid: process.pid, host: hostname(), started }));
  expect(await recover(await open(made))).toMatchObject({ action: 'rolled-back' });
});

test('without git it says so', async () => {
  const made = world();
  vi.stubEnv('PATH', '/nonexistent');
  const codes = await codesOf(openRepository(made.top));
  vi.unstubAllEnvs();
  expect(codes).toEqual(['git-missing']);
});
