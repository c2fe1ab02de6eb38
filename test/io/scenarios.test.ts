/** Runs in repositories of every kind: what lands lands, what is in the way is named, and everything else stays as it was. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { undoRun } from '../../src/io/history.js';
import { openRepository } from '../../src/io/repository.js';
import { executeRun } from '../../src/io/transaction.js';
import { batchOf, codesOf, temporaryDirectory, World, world } from './support.js';

const FILES = { 'a.py': 'import b_robust\n', 'b_robust.py': 'x = 1\n', 'b.py': 'x = 1\n', 'other/o.py': 'o\n' };
const CHANGE = { 'a.py': 'import b\n', 'b_robust.py': null, 'new/c.py': 'c\n' };
const SILENT = { verify: { commands: [] } };

const run = async (made: World, changes: Parameters<typeof batchOf>[1] = CHANGE) =>
  executeRun(await openRepository(made.top), { batches: [batchOf(made, changes)], ...SILENT });

/** Lines of `git status`, which must be the same before, after the run, and after its undo. */
const status = (made: World) => made.git('status', '--porcelain', '--ignored', '-uall');

function cloneOf(made: World, ...options: string[]): World {
  const top = join(temporaryDirectory(), 'clone');
  made.git('config', 'uploadpack.allowFilter', 'true');
  made.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  execFileSync('git', ['clone', '-q', ...options, pathToFileURL(made.top).href, top], { stdio: 'pipe' });
  return new World(top);
}

describe('a run lands, and its undo brings everything back', () => {
  const cases: [string, () => World][] = [
    ['in a shallow clone', () => cloneOf(secondCommit(world(FILES)), '--depth', '1')],
    ['in a partial clone, offline', () => offline(cloneOf(secondCommit(world(FILES)), '--filter=blob:none'))],
    ['with a split index', () => indexed('--split-index')],
    ['with an untracked cache', () => indexed('--untracked-cache')],
    ['with an index of version 4', () => indexed('--index-version', '4')],
    [
      'beside a file that is meant to be added',
      () => arranged((w) => w.write('later.py', 'l\n').git('add', '-N', 'later.py')),
    ],
    [
      'beside a file that is assumed unchanged',
      () =>
        arranged((w) => (w.git('update-index', '--assume-unchanged', 'other/o.py'), w.write('other/o.py', 'mine\n'))),
    ],
    [
      'beside a directory that is not checked out',
      () => arranged((w) => (w.git('sparse-checkout', 'set', '--no-cone', '/*', '!/other/'), w)),
    ],
    ['beside a dirty submodule', () => arranged(withSubmodule)],
    ['beside a link that leads to itself', () => arranged((w) => symlinkSync('loop', join(w.top, 'loop')))],
    ['beside a pipe that nobody writes to', () => arranged((w) => execFileSync('mkfifo', [join(w.top, 'pipe.py')]))],
    [
      'beside a name that is no UTF-8',
      () =>
        arranged((w) =>
          writeFileSync(Buffer.concat([Buffer.from(`${w.top}/`), Buffer.from([0xff, 0x2e, 0x70, 0x79])]), 'x'),
        ),
    ],
    ['with packed references', () => arranged((w) => w.git('pack-refs', '--all'))],
    ['with a stash', () => arranged((w) => (w.write('other/o.py', 'stashed\n').git('stash', '-q'), w))],
  ];
  test.each(cases)('%s', async (_, make) => {
    const made = make();
    const [before, tree, signature] = [status(made), made.git('rev-parse', 'HEAD^{tree}'), made.signature()];
    expect((await run(made)).status).toBe('done');
    expect([status(made), made.read('a.py'), existsSync(join(made.top, 'b_robust.py'))]).toEqual([
      before,
      'import b\n',
      false,
    ]);
    expect((await undoRun(await openRepository(made.top))).status).toBe('done');
    expect([status(made), made.git('rev-parse', 'HEAD^{tree}')]).toEqual([before, tree]);
    const withoutHistory = (lines: readonly string[]) =>
      lines.filter((line) => !/^[0-9a-f]{40}( commit\t|\n)/.test(line));
    expect(withoutHistory(made.signature())).toEqual(withoutHistory(signature));
  });

  const secondCommit = (made: World) => {
    made.write('b.py', 'x = 0\n').commit('second');
    made.write('b.py', 'x = 1\n').commit('third');
    return made;
  };
  function arranged(arrange: (made: World) => unknown): World {
    const made = world(FILES);
    arrange(made);
    return made;
  }
  const indexed = (...options: string[]) => arranged((made) => made.git('update-index', ...options));
  /** What is missing can be fetched from nowhere. */
  function offline(made: World): World {
    made.git('remote', 'set-url', 'origin', 'file:///nowhere/at/all');
    return made;
  }
  function withSubmodule(made: World): void {
    const inner = world({ 's.py': 's\n' });
    made.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', inner.top, 'sub');
    made.commit('submodule');
    made.write('sub/s.py', 'mine\n');
  }
});

describe('a run is refused and leaves the world as it is', () => {
  const twin = ['caf\u00e9.py', 'cafe\u0301.py'] as const;
  const cases: [string, string, Parameters<typeof batchOf>[1], (made: World) => unknown][] = [
    [
      'while a cherry-pick is in progress',
      'operation-in-progress',
      CHANGE,
      (w) => w.write('.git/CHERRY_PICK_HEAD', w.git('rev-parse', 'HEAD')),
    ],
    [
      'while a revert is in progress',
      'operation-in-progress',
      CHANGE,
      (w) => w.write('.git/REVERT_HEAD', w.git('rev-parse', 'HEAD')),
    ],
    ['while patches are applied', 'operation-in-progress', CHANGE, (w) => mkdirSync(join(w.top, '.git/rebase-apply'))],
    [
      'where its new file is meant to be added',
      'exists',
      CHANGE,
      (w) => w.write('new/c.py', 'mine\n').git('add', '-N', 'new/c.py'),
    ],
    [
      'where its file is not checked out',
      'skip-worktree',
      { 'other/o.py': null },
      (w) => w.git('sparse-checkout', 'set', '--no-cone', '/*', '!/other/'),
    ],
    [
      'where its file is assumed unchanged and is not',
      'dirty',
      { 'other/o.py': null },
      (w) => (w.git('update-index', '--assume-unchanged', 'other/o.py'), w.write('other/o.py', 'mine\n')),
    ],
    [
      'where a name is another one in another normal form',
      'case-twin',
      { [twin[1]]: 'x\n' },
      (w) => w.write(twin[0], 'y\n').commit(),
    ],
    [
      'where a directory stands in the place of a new file',
      'exists',
      { new: 'x\n' },
      (w) => w.write('new/mine.py', 'mine\n'),
    ],
    [
      'where a directory has taken the place of its file',
      'dirty',
      { 'a.py': null },
      (w) => (rmSync(join(w.top, 'a.py')), w.write('a.py/inner.py', 'mine\n')),
    ],
    [
      'where its parent is a link that leads to itself',
      'symlink',
      { 'loop/c.py': 'c\n' },
      (w) => symlinkSync('loop', join(w.top, 'loop')),
    ],
    [
      'where its new file lies in a submodule',
      'submodule',
      { 'sub/c.py': 'c\n' },
      (w) => w.git('update-index', '--add', '--cacheinfo', `160000,${w.git('rev-parse', 'HEAD').trim()},sub`),
    ],
    [
      'where its file is stored elsewhere',
      'filtered',
      CHANGE,
      (w) => w.write('.gitattributes', '*.py filter=lfs diff=lfs merge=lfs -text\n').commit(),
    ],
    [
      'where its file has another encoding in the working tree',
      'filtered',
      CHANGE,
      (w) => w.write('.gitattributes', '*.py working-tree-encoding=UTF-16\n'),
    ],
  ];
  test.each(cases)('%s', async (_, code, changes, arrange) => {
    const made = world(FILES);
    arrange(made);
    const batch = batchOf(made, changes);
    const signature = made.signature();
    const request = { batches: [batch], ...SILENT };
    expect(await codesOf(executeRun(await openRepository(made.top), request))).toContain(code);
    expect(made.signature()).toEqual(signature);
  });
});

test.each(['.git/regraft', '.git/regraft/log'])('records are not written through a link: %s', async (path) => {
  const [made, room] = [world(FILES), temporaryDirectory()];
  mkdirSync(dirname(join(made.top, path)), { recursive: true });
  symlinkSync(room, join(made.top, path));
  const signature = made.signature();
  expect(await codesOf(run(made))).toContain('not-a-directory');
  expect([readdirSync(room), made.signature()]).toEqual([[], signature]);
});
