import { chmodSync, existsSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listRuns, planUndo, restorePath, undoRun } from '../../src/io/history.js';
import { openRepository } from '../../src/io/repository.js';
import { executeRun } from '../../src/io/transaction.js';
import { batchOf, codesOf, type World, world } from './support.js';

const open = (made: World) => openRepository(made.top);
const tree = (made: World) => made.git('rev-parse', 'HEAD^{tree}').trim();

async function applied() {
  const made = world({ 'a.py': 'import b_robust\n', 'pkg/b_robust.py': 'x = 1\n', 'other.py': 'o\n' });
  const before = tree(made);
  const one = batchOf(made, { 'a.py': 'import b\n' }, 'one');
  const two = batchOf(made, { 'pkg/b_robust.py': null, 'new.py': 'n\n' }, 'two');
  const outcome = await executeRun(await open(made), { batches: [one, two], verify: { commands: [] } });
  return { made, before, outcome };
}

test('undo is a new commit that brings the tree back', async () => {
  const { made, before, outcome } = await applied();
  const undone = await undoRun(await open(made));
  expect(undone.status).toBe('done');
  expect(tree(made)).toBe(before);
  expect(made.git('rev-list', '--count', 'HEAD').trim()).toBe('4');
  expect(made.git('status', '--porcelain')).toBe('');
  expect(made.git('log', '-1', '--format=%B')).toContain(`Undo regraft run ${outcome.id}`);
  const runs = listRuns(await open(made));
  expect(runs.map((run) => [run.kind, run.undoneBy])).toEqual([
    ['apply', undone.id],
    ['undo', null],
  ]);
});

test('an undo can itself be undone, and then the run undone again', async () => {
  const { made, before, outcome } = await applied();
  const after = tree(made);
  const undone = await undoRun(await open(made));
  expect(await codesOf(undoRun(await open(made), outcome.id))).toEqual(['already-undone']);
  await undoRun(await open(made), undone.id);
  expect(tree(made)).toBe(after);
  await undoRun(await open(made), outcome.id);
  expect(tree(made)).toBe(before);
});

test('undo leaves later commits of other files alone', async () => {
  const { made } = await applied();
  made.write('other.py', 'later\n').commit('later');
  expect((await undoRun(await open(made))).status).toBe('done');
  expect(made.read('other.py')).toBe('later\n');
});

describe('undo where later commits changed the same files', () => {
  const before = '1\n2\n3\n4\nimport b_robust\n';
  const after = before.replace('b_robust', 'b');
  const run = async (made: World, changes: Parameters<typeof batchOf>[1], moves = {}) => {
    const batch = { ...batchOf(made, changes), ...moves };
    await executeRun(await open(made), { batches: [batch], verify: { commands: [] } });
  };

  test('keeps what does not touch the run, and says so', async () => {
    const made = world({ 'a.py': before });
    await run(made, { 'a.py': after });
    made.write('a.py', `0\n${after}`).commit('later');
    expect((await planUndo(await open(made))).kept).toEqual(['a.py']);
    expect((await undoRun(await open(made))).status).toBe('done');
    expect(made.read('a.py')).toBe(`0\n${before}`);
    expect(made.git('status', '--porcelain')).toBe('');
    expect(made.git('log', '-1', '--format=%B')).toContain('Keeps what was changed later in a.py');
  });

  test('takes them along to where a moved file came from', async () => {
    const made = world({ 'old.py': before });
    await run(made, { 'old.py': null, 'pkg/new.py': after }, { moves: [{ from: 'old.py', to: 'pkg/new.py' }] });
    made.write('pkg/new.py', `0\n${after}`).commit('later');
    expect((await undoRun(await open(made))).status).toBe('done');
    expect([made.read('old.py'), existsSync(join(made.top, 'pkg'))]).toEqual([`0\n${before}`, false]);
  });

  test('keeps a mode that was changed later', async () => {
    const made = world({ 'a.py': before });
    await run(made, { 'a.py': after });
    chmodSync(join(made.top, 'a.py'), 0o755);
    made.commit('later');
    expect((await undoRun(await open(made))).status).toBe('done');
    expect([made.read('a.py'), made.git('ls-files', '-s', 'a.py').slice(0, 6)]).toEqual([before, '100755']);
  });

  test.each([
    ['a new file that was changed', { 'new.py': 'n\n' }, (made: World) => made.write('new.py', 'n\nlater\n')],
    ['a file that has gone', { 'a.py': after }, (made: World) => made.git('rm', '-q', 'a.py')],
    ['one that came where another went', { 'a.py': null }, (made: World) => made.write('a.py', 'later\n')],
    [
      'one that became a link',
      { 'a.py': after },
      (made: World) => {
        rmSync(join(made.top, 'a.py'));
        symlinkSync('other.py', join(made.top, 'a.py'));
      },
    ],
  ])('refuses %s', async (_, changes, later) => {
    const made = world({ 'a.py': before, 'other.py': 'o\n' });
    await run(made, changes);
    later(made);
    made.commit('later');
    const signature = made.signature();
    expect(await codesOf(undoRun(await open(made)))).toEqual(['changed-since']);
    expect(made.signature()).toEqual(signature);
  });
});

test('undo refuses where later commits changed the same files, naming them', async () => {
  const { made } = await applied();
  made.write('a.py', 'later\n').commit('later');
  const signature = made.signature();
  expect(await codesOf(undoRun(await open(made)))).toEqual(['changed-since']);
  expect(made.signature()).toEqual(signature);
});

test('undo refuses what is dirty or unknown', async () => {
  const { made } = await applied();
  expect(await codesOf(undoRun(await open(made), 'nonsense'))).toEqual(['unknown-run']);
  made.write('a.py', 'mine\n');
  expect(await codesOf(undoRun(await open(made)))).toEqual(['dirty']);
});

test('undo that does not verify leaves the run as it was', async () => {
  const { made } = await applied();
  const signature = made.signature();
  const outcome = await undoRun(await open(made), undefined, { verify: { commands: ['test -e new.py'] } });
  expect(outcome.status).toBe('verification-failed');
  expect(made.signature()).toEqual(signature);
});

test('restore writes a deleted file back as a commit', async () => {
  const { made } = await applied();
  expect((await restorePath(await open(made), 'pkg/b_robust.py')).status).toBe('done');
  expect(made.read('pkg/b_robust.py')).toBe('x = 1\n');
  expect(made.git('status', '--porcelain')).toBe('');
  expect(await codesOf(restorePath(await open(made), 'pkg/b_robust.py'))).toEqual(['exists']);
  expect(await codesOf(restorePath(await open(made), 'other.py'))).toEqual(['not-archived']);
});

test('an archived file outlives garbage collection', async () => {
  const { made } = await applied();
  made.git('checkout', '-q', '--orphan', 'fresh');
  made.git('commit', '-q', '-m', 'fresh');
  made.git('branch', '-q', '-D', 'main');
  made.git('reflog', 'expire', '--expire=now', '--all');
  made.git('gc', '-q', '--prune=now');
  await restorePath(await open(made), 'pkg/b_robust.py');
  expect(existsSync(join(made.top, 'pkg/b_robust.py'))).toBe(true);
});

test('a repository without runs has none to undo', async () => {
  const made = world();
  expect(listRuns(await open(made))).toEqual([]);
  expect(await codesOf(undoRun(await open(made)))).toEqual(['unknown-run']);
});
