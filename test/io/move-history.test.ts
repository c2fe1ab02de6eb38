/** What git says of files that a run has moved: one commit where it follows them, two where it would not. */
import { expect, test } from 'vitest';
import type { PreparedBatch } from '../../src/core/model.js';
import { undoRun } from '../../src/io/history.js';
import { openRepository } from '../../src/io/repository.js';
import { executeRun, type RunRequest } from '../../src/io/transaction.js';
import { movesOf, type World, world } from './support.js';

const LONG = Array.from({ length: 20 }, (_, i) => `line_${i} = ${i}\n`).join('');

async function run(made: World, batch: PreparedBatch, request: Partial<RunRequest> = {}) {
  return executeRun(await openRepository(made.top), { batches: [batch], verify: { commands: [] }, ...request });
}

const followed = (made: World, path: string) =>
  made.git('log', '--follow', '--format=%s', '--', path).trim().split('\n');
const shown = (made: World, commit: string) =>
  made.git('diff-tree', '-r', '-M', '--name-status', '--format=', commit).trim().split('\n').sort();
const commits = (made: World) => made.git('log', '--format=%s').trim().split('\n');

test('one commit where git sees the renames', async () => {
  const made = world({ 'a.py': LONG, 'b.py': 'tiny\n' });
  const moves = movesOf(made, { 'a.py': 'n/a.py', 'b.py': 'n/b.py' }, { 'n/a.py': LONG.replace('line_3 ', 'l3 ') });
  const outcome = await run(made, moves);
  expect(outcome.moveCommits).toEqual([]);
  expect(shown(made, 'HEAD')).toEqual(['R095\ta.py\tn/a.py', 'R100\tb.py\tn/b.py']);
  expect(commits(made)).toHaveLength(2);
});

test('two where a tiny file is edited much: the first only moves, both land at once', async () => {
  const made = world({ 'a.py': LONG, 'b.py': 'from .x import y\n', 'user.py': 'import b\n' });
  const others = { 'n/b.py': 'from pkg.x import y, z\n', 'user.py': 'import n.b\n' };
  const batch = { ...movesOf(made, { 'a.py': 'n/a.py', 'b.py': 'n/b.py' }, others), title: 'Move two\nmodules' };
  const outcome = await run(made, batch);
  const [head, pure, first] = made.git('log', '--format=%H').trim().split('\n');
  expect(outcome).toMatchObject({ commits: [head], moveCommits: [pure] });
  expect(shown(made, 'HEAD~1')).toEqual(['R100\ta.py\tn/a.py', 'R100\tb.py\tn/b.py']);
  expect(shown(made, 'HEAD')).toEqual(['M\tn/b.py', 'M\tuser.py']);
  expect(followed(made, 'n/b.py')).toEqual(['Change files (b1)', 'Move two modules: files only', 'first']);
  expect(made.git('log', '-1', '--format=%(trailers:key=Regraft-Run,valueonly)').trim()).toBe(outcome.id);
  expect(made.git('log', '-1', '--format=%(trailers)', 'HEAD~1').trim()).toBe('');
  expect(made.git('reflog', '--format=%H').trim().split('\n')).toEqual([head, first]);
  expect(made.git('status', '--porcelain')).toBe('');
  expect(made.git('fsck', '--strict')).toBe('');
});

test('two where the old path goes on with a shim, since blame would end there', async () => {
  const made = world({ 'a.py': LONG });
  const outcome = await run(made, movesOf(made, { 'a.py': 'n/a.py' }, { 'a.py': 'from n.a import *\n' }));
  expect(outcome.moveCommits).toHaveLength(1);
  expect(shown(made, 'HEAD~1')).toEqual(['R100\ta.py\tn/a.py']);
  expect(shown(made, 'HEAD')).toEqual(['A\ta.py']);
  expect(followed(made, 'n/a.py')).toEqual(['batch b1: files only', 'first']);
  const origins = made.git('blame', '-s', '-f', 'n/a.py').trim().split('\n');
  expect(origins.every((line) => line.includes(' a.py '))).toBe(true);
});

test('why a shim needs two: in one commit, log follows the file and blame does not', async () => {
  const made = world({ 'a.py': LONG });
  const { moves: _moves, ...unfollowed } = movesOf(made, { 'a.py': 'n/a.py' }, { 'a.py': 'from n.a import *\n' });
  await run(made, unfollowed);
  expect(followed(made, 'n/a.py')).toEqual(['Change files (b1)', 'first']);
  expect(made.git('blame', '-s', '-f', 'n/a.py')).not.toContain(' a.py ');
});

test('two where files follow one another: the last steps aside first', async () => {
  const made = world({ 'a.py': LONG, 'b.py': LONG.replaceAll('line', 'other') });
  await run(made, movesOf(made, { 'a.py': 'b.py', 'b.py': 'c.py' }));
  expect(shown(made, 'HEAD~1')).toEqual(['R100\tb.py\tc.py']);
  expect(shown(made, 'HEAD')).toEqual(['R100\ta.py\tb.py']);
});

test('one where a second would not help: files that change places, empty files, equal files', async () => {
  const swapped = world({ 'a.py': LONG, 'b.py': 'B\n' });
  expect((await run(swapped, movesOf(swapped, { 'a.py': 'b.py', 'b.py': 'a.py' }))).moveCommits).toEqual([]);
  const empty = world({ 'p/__init__.py': '' });
  const batch = movesOf(
    empty,
    { 'p/__init__.py': 'q/__init__.py' },
    { 'p/__init__.py': 'shim\n', 'a/__init__.py': '' },
  );
  expect((await run(empty, batch)).moveCommits).toEqual([]);
  const equal = world({ 'a/x.py': LONG, 'b/x.py': LONG });
  expect((await run(equal, movesOf(equal, { 'a/x.py': 'd/x.py', 'b/x.py': 'c/x.py' }))).moveCommits).toEqual([]);
});

test('the settings of the user do not matter', async () => {
  const made = world({ 'a.py': LONG });
  for (const [key, value] of [
    ['diff.renames', 'false'],
    ['diff.renameLimit', '0'],
    ['diff.noprefix', 'true'],
    ['diff.relative', 'true'],
  ] as const)
    made.git('config', key, value);
  expect((await run(made, movesOf(made, { 'a.py': 'n/a.py' }))).moveCommits).toEqual([]);
});

test('commit hooks are shown the whole batch, once', async () => {
  const made = world({ 'b.py': 'tiny\n' });
  const record = 'git diff --cached --name-status --no-renames >> .git/seen; git rev-parse HEAD >> .git/seen';
  made.write('.git/hooks/pre-commit', `#!/bin/sh\n${record}\n`, 0o755);
  const head = made.git('rev-parse', 'HEAD').trim();
  const outcome = await run(made, movesOf(made, { 'b.py': 'n.py' }, { 'n.py': 'quite another text\n' }));
  expect(outcome.moveCommits).toHaveLength(1);
  expect(made.read('.git/seen')).toBe(`D\tb.py\nA\tn.py\n${head}\n`);
});

test('a failed verification takes both commits back', async () => {
  const made = world({ 'b.py': 'tiny\n' });
  const batch = movesOf(made, { 'b.py': 'n.py' }, { 'n.py': 'quite another text\n' });
  const signature = made.signature();
  const outcome = await run(made, batch, { verify: { commands: ['test -e b.py'] } });
  expect(outcome).toMatchObject({ status: 'verification-failed', commits: [], moveCommits: [] });
  expect(made.signature()).toEqual(signature);
  expect(commits(made)).toEqual(['first']);
  expect(made.git('for-each-ref', 'refs/regraft')).toBe('');
});

test('undo is one commit, and can be undone', async () => {
  const made = world({ 'b.py': 'tiny\n', 'user.py': 'b\n' });
  const outcome = await run(
    made,
    movesOf(made, { 'b.py': 'n.py' }, { 'n.py': 'quite another text\n', 'user.py': 'n\n' }),
  );
  const [before, after] = ['HEAD~2^{tree}', 'HEAD^{tree}'].map((name) => made.git('rev-parse', name));
  const undone = await undoRun(await openRepository(made.top));
  expect(undone.commits).toHaveLength(1);
  expect(undone.moveCommits).toEqual([]);
  expect(commits(made)).toHaveLength(4);
  expect(made.git('rev-parse', 'HEAD^{tree}')).toBe(before);
  expect(made.git('log', '-1', '--format=%B')).toContain(`Takes back ${outcome.commits[0]}`);
  await undoRun(await openRepository(made.top), undone.id);
  expect(made.git('rev-parse', 'HEAD^{tree}')).toBe(after);
});
