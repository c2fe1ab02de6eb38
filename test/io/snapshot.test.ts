import { existsSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRepository } from '../../src/io/repository.js';
import { takeSnapshot } from '../../src/io/snapshot.js';
import { temporaryDirectory, World, world } from './support.js';

const snapshotOf = async (made: World) => takeSnapshot(await openRepository(made.top));
const textOf = (content: unknown) => (content instanceof Uint8Array ? Buffer.from(content).toString('utf8') : content);

test('a repository is opened from a subdirectory', async () => {
  const made = world({ 'pkg/a.py': '' });
  const repository = await openRepository(join(made.top, 'pkg'));
  expect(repository).toMatchObject({ top: made.top, branch: 'refs/heads/main', gitDir: join(made.top, '.git') });
  expect(repository.head).toBe(made.git('rev-parse', 'HEAD').trim());
});

test('a detached head has no branch', async () => {
  const made = world();
  made.git('checkout', '-q', '--detach');
  expect((await openRepository(made.top)).branch).toBeNull();
});

test('a linked worktree has its own git directory and the shared one', async () => {
  const made = world();
  const linked = join(temporaryDirectory(), 'linked');
  made.git('worktree', 'add', '-q', '-b', 'side', linked);
  const repository = await openRepository(linked);
  expect(repository).toMatchObject({ top: linked, branch: 'refs/heads/side', commonDir: join(made.top, '.git') });
  expect(repository.gitDir).toContain('worktrees');
});

const refusal = (directory: string) =>
  openRepository(directory).then(
    () => 'opened',
    (error) => error.problems?.[0]?.code ?? String(error),
  );

test('what is no working tree with a commit is refused by code', async () => {
  const empty = temporaryDirectory();
  expect(await refusal(empty)).toBe('not-a-repository');
  expect(await refusal(join(empty, 'nowhere'))).toBe('not-a-repository');
  const unborn = new World(temporaryDirectory());
  unborn.git('init', '-q');
  expect(await refusal(unborn.top)).toBe('no-commits');
  const bare = new World(temporaryDirectory());
  bare.git('init', '-q', '--bare');
  expect(await refusal(bare.top)).toBe('bare-repository');
});

test('a core.worktree that points elsewhere is not followed', async () => {
  const made = world();
  made.git('config', 'core.worktree', temporaryDirectory());
  expect(await refusal(made.top)).toBe('not-a-repository');
});

test('tracked and untracked files are listed with the bytes on disk, ignored and deleted ones are not', async () => {
  const made = world({ '.gitignore': '*.log\n', 'a.py': 'a\n', 'b.py': 'b\n', 'gone.py': 'x' });
  made.write('a.py', 'edited\n').write('new.py', 'n', 0o755).write('x.log', '');
  rmSync(join(made.top, 'gone.py'));
  const snapshot = await snapshotOf(made);
  expect(snapshot.files.map((f) => [f.path, f.mode, f.tracked])).toEqual([
    ['.gitignore', '100644', true],
    ['a.py', '100644', true],
    ['b.py', '100644', true],
    ['new.py', '100755', false],
  ]);
  expect(textOf(snapshot.read('a.py'))).toBe('edited\n');
  expect(snapshot.entry('b.py')?.blob).toBe(made.git('rev-parse', 'HEAD:b.py').trim());
  expect(snapshot.entry('a.py')?.blob).toBe(made.git('hash-object', 'a.py').trim());
  expect(snapshot.read('x.log')).toEqual({ unreadable: 'no such file' });
});

test('a snapshot keeps what it has read', async () => {
  const made = world();
  const snapshot = await snapshotOf(made);
  snapshot.read('b.py');
  made.write('b.py', 'later\n');
  expect(textOf(snapshot.read('b.py'))).toBe('x = 1\n');
});

test('a working copy with CRLF reads as its blob', async () => {
  const made = world({ 'a.py': 'x = 1\ny = 2\n', 'mixed.py': 'x\ny\n' });
  made.write('a.py', 'x = 1\r\ny = 2\r\n').write('mixed.py', 'x\r\ny\n');
  const snapshot = await snapshotOf(made);
  expect(textOf(snapshot.read('a.py'))).toBe('x = 1\ny = 2\n');
  expect(snapshot.entry('a.py')?.blob).toBe(made.git('rev-parse', 'HEAD:a.py').trim());
  expect(textOf(snapshot.read('mixed.py'))).toBe('x\r\ny\n');
});

test('links inside read as their target, others say why not', async () => {
  const made = world({ 'pkg/a.py': 'a' });
  const outside = temporaryDirectory();
  writeFileSync(join(outside, 'secret.py'), 'secret');
  symlinkSync('pkg/a.py', join(made.top, 'in.py'));
  symlinkSync(join(outside, 'secret.py'), join(made.top, 'out.py'));
  symlinkSync('nowhere', join(made.top, 'broken.py'));
  symlinkSync('pkg', join(made.top, 'directory'));
  symlinkSync('.git/config', join(made.top, 'config.py'));
  made.git('add', 'in.py');
  const snapshot = await snapshotOf(made);
  expect(snapshot.entry('in.py')?.mode).toBe('120000');
  expect(textOf(snapshot.read('in.py'))).toBe('a');
  for (const path of ['out.py', 'broken.py', 'directory', 'config.py']) {
    expect(snapshot.read(path)).toEqual({ unreadable: expect.stringContaining('symbolic link') });
  }
});

test('a tracked file behind a directory that became a link is not read', async () => {
  const made = world({ 'pkg/a.py': 'a' });
  const outside = temporaryDirectory();
  writeFileSync(join(outside, 'a.py'), 'secret');
  rmSync(join(made.top, 'pkg'), { recursive: true });
  symlinkSync(outside, join(made.top, 'pkg'));
  expect((await snapshotOf(made)).read('pkg/a.py')).toEqual({ unreadable: 'behind the symbolic link pkg' });
});

test('what cannot be read is listed and says why', async () => {
  const made = world({ 'a.py': '', 'sparse.py': 's' });
  made.git('update-index', '--skip-worktree', 'sparse.py');
  rmSync(join(made.top, 'sparse.py'));
  writeFileSync(join(made.top, 'huge.py'), '');
  truncateSync(join(made.top, 'huge.py'), 65 * 1024 * 1024);
  writeFileSync(Buffer.concat([Buffer.from(`${made.top}/`), Buffer.from([0x6e, 0xff, 0x2e, 0x70, 0x79])]), 'x');
  mkdirSync(join(made.top, 'sub'));
  const sub = new World(join(made.top, 'sub'));
  sub.git('init', '-q');
  sub.write('s.py', '').commit();
  made.git('update-index', '--add', '--cacheinfo', `160000,${sub.git('rev-parse', 'HEAD').trim()},sub`);
  const snapshot = await snapshotOf(made);
  expect(
    Object.fromEntries(
      snapshot.files.map((f) => [f.path, (snapshot.read(f.path) as { unreadable?: string }).unreadable]),
    ),
  ).toEqual({
    'a.py': undefined,
    'huge.py': 'larger than 64 MiB',
    'n\\xff.py': 'its name is not valid UTF-8',
    'sparse.py': 'not checked out (sparse checkout)',
    sub: 'submodule',
  });
});

test('hostile names come through as they are', async () => {
  const names = [
    'line\nbreak.py',
    '-n.py',
    '"quoted".py',
    ':(top)x.py',
    '\u{1f600}.py',
    'a\u202eb.py',
    'back\\slash.py',
  ];
  const made = world(Object.fromEntries(names.map((name) => [name, name])));
  const snapshot = await snapshotOf(made);
  expect(snapshot.files.map((f) => f.path).sort()).toEqual([...names].sort());
  for (const name of names) expect(textOf(snapshot.read(name))).toBe(name);
});

test('the repository knows its other names', async () => {
  const made = world();
  made.git('remote', 'add', 'origin', 'git@example.invalid:team/TestMaster.git');
  made.git('remote', 'add', 'other', 'https://example.invalid/x/Fork/');
  expect((await snapshotOf(made)).otherNames).toEqual(['Fork', 'TestMaster']);
});

test('opening and reading run nothing that the repository chose and write nothing', async () => {
  const made = world({
    '.gitattributes': '*.py filter=evil\n*.txt filter=core.fsmonitor=x\n',
    'a.py': 'a',
    'b.txt': 'b',
  });
  const canary = join(temporaryDirectory(), 'canary');
  const script = join(temporaryDirectory(), 'evil.sh');
  writeFileSync(script, `#!/bin/sh\necho "$0" >> ${canary}\ncat\n`, { mode: 0o755 });
  for (const name of ['evil', 'core.fsmonitor=x', 'alias']) {
    for (const slot of ['clean', 'smudge', 'process']) made.git('config', `filter.${name}.${slot}`, script);
    made.git('config', `filter.${name}.required`, 'true');
  }
  for (const key of ['core.fsmonitor', 'core.pager', 'core.editor', 'diff.external', 'core.sshCommand']) {
    made.git('config', key, script);
  }
  made.write('.git/hooks/post-index-change', `#!/bin/sh\necho hook >> ${canary}\n`, 0o755);
  rmSync(canary, { force: true });
  // Of the same length: git has to look at what it holds.
  made.write('a.py', 'c');
  const snapshot = await snapshotOf(made);
  for (const file of snapshot.files) snapshot.read(file.path);
  expect(existsSync(canary)).toBe(false);
  // Plain git does run them, and then fails on what this filter answers.
  expect(() => made.git('status', '--short')).toThrow();
  expect(existsSync(canary), 'a plain git status does run them').toBe(true);
});
