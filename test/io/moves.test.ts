/** Creations and moves through the transaction: what lands, what is refused, what a rollback and an undo bring back. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, linkSync, lstatSync, mkdirSync, readdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { PreparedBatch } from '../../src/core/model.js';
import { undoRun } from '../../src/io/history.js';
import { openRepository } from '../../src/io/repository.js';
import { executeRun, type RunRequest } from '../../src/io/transaction.js';
import { codesOf, movesOf, type World, world } from './support.js';

async function run(made: World, batch: PreparedBatch | readonly PreparedBatch[], request: Partial<RunRequest> = {}) {
  const batches = 'id' in batch ? [batch] : batch;
  return executeRun(await openRepository(made.top), { batches, verify: { commands: [] }, ...request });
}

/** The run lands and leaves a clean status; then it is undone, and everything is as before. */
async function landsAndBack(made: World, batch: PreparedBatch | readonly PreparedBatch[], look: () => void) {
  const before = files(made);
  expect(await run(made, batch)).toMatchObject({ status: 'done' });
  expect(made.git('status', '--porcelain')).toBe('');
  look();
  expect((await undoRun(await openRepository(made.top))).status).toBe('done');
  expect(files(made)).toEqual(before);
}

/** Every path with kind, permissions and content, and git's status. */
const files = (made: World) =>
  made.signature().filter((line) => /^\d+ |^[ !?A-Z]{2} /.test(line) && !/ 0\t/.test(line));

/** The world is exactly as before, although the batch had been published. */
async function rollsBack(made: World, batch: PreparedBatch): Promise<void> {
  const signature = made.signature();
  const outcome = await run(made, batch, {
    verify: { commands: ['test -e .git/regraft/journal.json && exit 1 || true'] },
  });
  expect(outcome.status).toBe('verification-failed');
  expect(made.signature()).toEqual(signature);
}

describe('a run that lands, and its way back', () => {
  const cases: [string, Record<string, string>, (made: World) => PreparedBatch, Record<string, string | null>][] = [
    [
      'a file into a new directory',
      { 'a.py': 'A\n' },
      (made) => movesOf(made, { 'a.py': 'new/deep/a.py' }),
      { 'a.py': null, 'new/deep/a.py': 'A\n' },
    ],
    [
      'two files change places',
      { 'a.py': 'A\n', 'b.py': 'B\n' },
      (made) => movesOf(made, { 'a.py': 'b.py', 'b.py': 'a.py' }),
      { 'a.py': 'B\n', 'b.py': 'A\n' },
    ],
    [
      'three files follow one another',
      { 'a.py': 'A\n', 'b.py': 'B\n', 'c.py': 'C\n' },
      (made) => movesOf(made, { 'a.py': 'b.py', 'b.py': 'c.py', 'c.py': 'd.py' }),
      { 'a.py': null, 'b.py': 'A\n', 'c.py': 'B\n', 'd.py': 'C\n' },
    ],
    [
      'a new file takes the old path',
      { 'a.py': 'A\n' },
      (made) => ({ ...movesOf(made, { 'a.py': 'q/a.py' }, { 'a.py': 'from q.a import *\n' }) }),
      { 'a.py': 'from q.a import *\n', 'q/a.py': 'A\n' },
    ],
    [
      'a module becomes a package of its name',
      { 'a.py': 'A\n' },
      (made) => movesOf(made, { 'a.py': 'a/__init__.py' }),
      { 'a.py': null, 'a/__init__.py': 'A\n' },
    ],
    [
      'a name changes only in case',
      { 'Foo.py': 'A\n' },
      (made) => movesOf(made, { 'Foo.py': 'foo.py' }),
      { 'Foo.py': null, 'foo.py': 'A\n' },
    ],
    [
      'a directory changes only in case',
      { 'Pkg/a.py': 'A\n', 'Pkg/sub/b.py': 'B\n' },
      (made) => movesOf(made, { 'Pkg/a.py': 'pkg/a.py', 'Pkg/sub/b.py': 'pkg/sub/b.py' }),
      { Pkg: null, 'pkg/a.py': 'A\n', 'pkg/sub/b.py': 'B\n' },
    ],
    [
      'a package leaves empty directories',
      { 'p/q/__init__.py': '', 'p/q/r/m.py': 'M\n', 'p/q/data.txt': 'D\n' },
      (made) =>
        movesOf(made, { 'p/q/__init__.py': 'z/__init__.py', 'p/q/r/m.py': 'z/r/m.py', 'p/q/data.txt': 'z/data.txt' }),
      { p: null, 'z/__init__.py': '', 'z/r/m.py': 'M\n', 'z/data.txt': 'D\n' },
    ],
  ];
  test.each(cases)('%s', async (_name, tree, plan, wanted) => {
    const made = world({ ...tree, 'other.py': 'o\n' });
    await rollsBack(made, plan(made));
    await landsAndBack(made, plan(made), () => {
      for (const [path, content] of Object.entries(wanted)) {
        expect(existsSync(join(made.top, path)) ? made.read(path) : null, path).toBe(content);
      }
    });
  });

  test('batches build on one another: what one makes the next moves', async () => {
    const made = world({ 'd/a.py': 'A\n' });
    const blob = made.git('rev-parse', 'HEAD:d/a.py').trim();
    const [before, after] = [
      { blob, mode: '100644' as const },
      { mode: '100644' as const, content: Buffer.from('A\n') },
    ];
    const batch = (id: string, from: string, to: string): PreparedBatch => ({
      id,
      title: id,
      message: id,
      moves: [{ from, to }],
      transitions: [
        { path: from, before, after: null },
        { path: to, before: null, after },
      ],
    });
    await landsAndBack(made, [batch('one', 'd/a.py', 'e/a.py'), batch('two', 'e/a.py', 'E/a.py')], () => {
      expect(made.read('E/a.py')).toBe('A\n');
      expect(['d', 'e'].filter((path) => existsSync(join(made.top, path)))).toEqual([]);
    });
  });

  test('permissions go along, there and back', async () => {
    const made = world({ 'run.sh': '#!/bin/sh\n', 'secret.py': 's\n' });
    chmodSync(join(made.top, 'run.sh'), 0o750);
    made.commit('executable');
    chmodSync(join(made.top, 'secret.py'), 0o600);
    const plain = movesOf(made, { 'run.sh': 'bin/run.sh', 'secret.py': 'bin/secret.py' });
    const transitions = plain.transitions.map((each) =>
      each.path === 'bin/run.sh' && each.after ? { ...each, after: { ...each.after, mode: '100755' as const } } : each,
    );
    await landsAndBack(made, { ...plain, transitions }, () => {
      expect(lstatSync(join(made.top, 'bin/run.sh')).mode & 0o777).toBe(0o750);
      expect(lstatSync(join(made.top, 'bin/secret.py')).mode & 0o777).toBe(0o600);
      expect(made.git('ls-tree', 'HEAD', 'bin/')).toMatch(/^100755 .*run\.sh\n100644 .*secret\.py\n$/);
    });
  });

  test('CRLF working copies stay CRLF where they go, also when they change places with others', async () => {
    const made = world({ 'a.py': 'A\n', 'b.py': 'B\n', 'c.py': 'C\n' });
    made.git('config', 'core.autocrlf', 'true');
    made.write('a.py', 'A\r\n').write('c.py', 'C\r\n').git('add', 'a.py', 'c.py');
    const batch = movesOf(made, { 'a.py': 'b.py', 'b.py': 'a.py', 'c.py': 'new/c.py' });
    await rollsBack(made, batch);
    await landsAndBack(made, batch, () => {
      expect(['a.py', 'b.py', 'new/c.py'].map((path) => made.read(path))).toEqual(['B\n', 'A\r\n', 'C\r\n']);
      expect(made.git('cat-file', 'blob', 'HEAD:new/c.py')).toBe('C\n');
    });
  });
});

describe('what is left of an old directory', () => {
  const tree = { 'p/__init__.py': '', 'p/m.py': 'M\n', '.gitignore': '*.pyc\n', 'other.py': 'o\n' };
  const moves = { 'p/__init__.py': 'q/__init__.py', 'p/m.py': 'q/m.py' };
  const compiled = (made: World, ...paths: string[]) => {
    for (const path of paths) made.write(path, 'compiled');
    return made;
  };

  test('goes with its compiled files, those of modules that went long ago too', async () => {
    const made = compiled(world(tree), 'p/__pycache__/m.cpython-311.pyc', 'p/__pycache__/gone.cpython-39.opt-1.pyc');
    await rollsBack(made, movesOf(made, moves));
    expect((await run(made, movesOf(made, moves))).status).toBe('done');
    expect(existsSync(join(made.top, 'p'))).toBe(false);
  });

  test('a compiled file that Python would run without its source goes, too', async () => {
    const made = compiled(world(tree), 'p/m.pyc');
    expect((await run(made, movesOf(made, moves))).status).toBe('done');
    expect(existsSync(join(made.top, 'p'))).toBe(false);
    expect(() => execFileSync('python3', ['-c', 'import p.m'], { cwd: made.top, stdio: 'pipe' })).toThrow();
  });

  test.each([
    ['a file that git ignores', 'p/notes.log'],
    ['a cache of something else', 'p/__pycache__/kernel.nbi'],
    ['a file deep below', 'p/deep/er/x.txt'],
  ])('stays for %s, and compiled files of other modules stay with it', async (_name, path) => {
    const made = compiled(world(tree), 'p/__pycache__/m.cpython-311.pyc', 'p/__pycache__/gone.cpython-311.pyc', path);
    expect((await run(made, movesOf(made, moves))).status).toBe('done');
    expect(made.read(path)).toBe('compiled');
    expect(readdirSync(join(made.top, 'p/__pycache__'))).toContain('gone.cpython-311.pyc');
    expect(readdirSync(join(made.top, 'p/__pycache__'))).not.toContain('m.cpython-311.pyc');
  });

  test('a module that leaves a shim keeps its compiled form; Python sees that it is out of date', async () => {
    const made = compiled(world(tree), 'p/__pycache__/m.cpython-311.pyc');
    await run(made, movesOf(made, { 'p/m.py': 'q.py' }, { 'p/m.py': 'from q import *\n' }));
    expect(existsSync(join(made.top, 'p/__pycache__/m.cpython-311.pyc'))).toBe(true);
  });
});

describe('refused, nothing written', () => {
  const tree = { 'a.py': 'A\n', 'b.py': 'B\n', 'pkg/c.py': 'C\n', 'Dir/x.py': 'x\n' };
  const cases: [string, string, Record<string, string>, (made: World) => unknown][] = [
    ['the destination is there, untracked', 'exists', { 'a.py': 'n.py' }, (w) => w.write('n.py', 'mine')],
    [
      'the destination is there, ignored',
      'exists',
      { 'a.py': 'n.py' },
      (w) => w.write('.git/info/exclude', 'n.py').write('n.py', 'mine'),
    ],
    ['the destination is an empty directory', 'exists', { 'a.py': 'n' }, (w) => mkdirSync(join(w.top, 'n'))],
    ['the destination is a tracked directory', 'exists', { 'a.py': 'pkg' }, () => undefined],
    [
      'the destination is a directory that only the commit knows',
      'exists',
      { 'a.py': 'pkg' },
      (w) => renameSync(join(w.top, 'pkg'), join(w.top, '.git/away')),
    ],
    ['the destination is below a file', 'not-a-directory', { 'a.py': 'b.py/a.py' }, () => undefined],
    [
      'the destination is below a file that only the commit knows',
      'not-a-directory',
      { 'a.py': 'b.py/a.py' },
      (w) => w.git('rm', '-q', 'b.py'),
    ],
    ['the destination is below the file itself', 'not-a-directory', { 'a.py': 'a.py/x' }, () => undefined],
    [
      'the destination is below another destination',
      'not-a-directory',
      { 'a.py': 'n', 'b.py': 'n/b.py' },
      () => undefined,
    ],
    ['behind a symbolic link', 'symlink', { 'a.py': 'link/a.py' }, (w) => symlinkSync('pkg', join(w.top, 'link'))],
    [
      'in a submodule',
      'submodule',
      { 'a.py': 'sub/a.py' },
      (w) => w.git('clone', '-q', '--local', w.top, join(w.top, 'sub')),
    ],
    [
      'in a submodule that is not checked out',
      'submodule',
      { 'a.py': 'sub/a.py' },
      (w) => w.git('update-index', '--add', '--cacheinfo', `160000,${w.git('rev-parse', 'HEAD').trim()},sub`),
    ],
    ['in the git directory', 'outside', { 'a.py': '.git/a.py' }, () => undefined],
    [
      'into a directory that is read-only',
      'read-only',
      { 'a.py': 'pkg/new/a.py' },
      (w) => chmodSync(join(w.top, 'pkg'), 0o555),
    ],
    ['a name that differs only in case', 'case-twin', { 'a.py': 'B.py' }, () => undefined],
    [
      'a name that differs only in case from an untracked file',
      'case-twin',
      { 'a.py': 'N.py' },
      (w) => w.write('n.py', ''),
    ],
    ['a directory that differs only in case', 'case-twin', { 'a.py': 'dir/a.py' }, () => undefined],
    ['two destinations that differ only in case', 'case-twin', { 'a.py': 'n/x.py', 'b.py': 'N/y.py' }, () => undefined],
    [
      'two destinations that differ only in form',
      'case-twin',
      { 'a.py': '\u00e9.py', 'b.py': 'e\u0301.py' },
      () => undefined,
    ],
    [
      'a change of case where both names are one file',
      'case-twin',
      { 'b.py': 'B.py' },
      (w) => linkSync(join(w.top, 'b.py'), join(w.top, 'B.py')),
    ],
    [
      'a destination that git would filter',
      'filtered',
      { 'a.py': 'n.bin' },
      (w) => w.write('.git/info/attributes', '*.bin filter=lfs\n'),
    ],
    ['the source is dirty', 'dirty', { 'a.py': 'n.py' }, (w) => w.write('a.py', 'mine')],
    ['the source is staged', 'dirty', { 'a.py': 'n.py' }, (w) => w.write('a.py', 'mine').git('add', 'a.py')],
    [
      'the source is not tracked any more',
      'untracked',
      { 'a.py': 'n.py' },
      (w) => w.git('rm', '-q', '--cached', 'a.py'),
    ],
  ];
  test.each(cases)('%s', async (_name, code, moves, arrange) => {
    const made = world(tree);
    const batch = movesOf(made, moves);
    arrange(made);
    const signature = made.signature();
    onTestFinished(() => {
      if (existsSync(join(made.top, 'pkg'))) chmodSync(join(made.top, 'pkg'), 0o755);
    });
    expect(await codesOf(run(made, batch))).toContain(code);
    expect(made.signature()).toEqual(signature);
  });

  test('a change of case where both names are one file says so, and how to do it', async () => {
    const made = world(tree);
    const batch = movesOf(made, { 'b.py': 'B.py' });
    linkSync(join(made.top, 'b.py'), join(made.top, 'B.py'));
    const problems: { code: string; message: string; hint: string }[] = await run(made, batch).catch((e) => e.problems);
    const [twin] = problems.filter(({ code, message }) => code === 'case-twin' && message.startsWith('B.py'));
    expect(twin?.message).toContain('same file as b.py');
    expect(twin?.hint).toContain('second run');
  });

  test('everything at once', async () => {
    const made = world(tree);
    const batch = movesOf(made, { 'a.py': 'n.py', 'b.py': 'dir/b.py', 'pkg/c.py': 'link/c.py' });
    made.write('n.py', 'mine').write('a.py', 'mine');
    symlinkSync('pkg', join(made.top, 'link'));
    expect(await codesOf(run(made, batch))).toEqual(['dirty', 'exists', 'case-twin', 'symlink']);
  });

  test('where both spellings stand already, a third file may join either', async () => {
    const made = world({ 'a.py': 'A\n', 'Dir/x.py': 'x\n', 'dir/y.py': 'y\n' });
    expect((await run(made, movesOf(made, { 'a.py': 'dir/a.py' }))).status).toBe('done');
  });
});
