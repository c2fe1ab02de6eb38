/** Somebody else is at work in the moments between looking and writing: their bytes win, and nothing is half done. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { recover } from '../../src/io/recover.js';
import { openRepository } from '../../src/io/repository.js';
import { executeRun } from '../../src/io/transaction.js';
import { batchOf, codesOf, temporaryDirectory, type World, world } from './support.js';

/** What happens right before the first change for which it returns true. */
const meanwhile = vi.hoisted(() => ({
  act: null as ((name: string, args: readonly unknown[]) => boolean) | null,
}));

vi.mock('../../src/io/mutations.js', async (original) => {
  const real = await original<Record<string, (...args: unknown[]) => unknown>>();
  const watched =
    (name: string) =>
    (...args: unknown[]) => {
      if (meanwhile.act?.(name, args)) meanwhile.act = null;
      return real[name]?.(...args);
    };
  return Object.fromEntries(Object.keys(real).map((name) => [name, watched(name)]));
});

afterEach(() => {
  meanwhile.act = null;
});

const FILES = { 'a.py': 'import b_robust\n', 'pkg/b_robust.py': 'x\n', 'z.py': 'z\n' };
const CHANGE = { 'a.py': 'import b\n', 'pkg/b_robust.py': null, 'new/c.py': 'c\n', 'z.py': 'zz\n' };

/** Runs, with something happening at the first change that `when` takes. */
async function runWith(made: World, when: (name: string, args: readonly string[]) => boolean, what: () => void) {
  meanwhile.act = (name, args) => {
    const isNow = when(name, args.map(String));
    if (isNow) what();
    return isNow;
  };
  const outcome = await executeRun(await openRepository(made.top), {
    batches: [batchOf(made, CHANGE)],
    verify: { commands: [], hooks: false },
  });
  expect(meanwhile.act, 'it has happened').toBeNull();
  expect(existsSync(join(made.top, '.git/regraft/journal.json'))).toBe(false);
  return outcome;
}

const publishes = (name: string) => (_name: string, args: readonly string[]) =>
  _name === 'writeNew' && (args[0] ?? '').includes(`${name}/.regraft-`);

test('a file that is edited before its turn is left as it is, and the others are put back', async () => {
  const made = world(FILES);
  const outcome = await runWith(made, publishes('new'), () => made.write('z.py', 'mine\n'));
  expect(outcome).toMatchObject({ status: 'stopped', commits: [], failed: { kept: ['z.py'] } });
  expect([made.read('z.py'), made.read('a.py'), made.read('pkg/b_robust.py')]).toEqual([
    'mine\n',
    FILES['a.py'],
    'x\n',
  ]);
  expect(existsSync(join(made.top, 'new'))).toBe(false);
});

test('a file that is edited while ours is written aside is left as it is', async () => {
  const made = world(FILES);
  const isAside = (name: string, args: readonly string[]) =>
    name === 'writeNew' && /\/\.regraft-[^/]*$/.test(args[0] ?? '') && !(args[0] ?? '').includes('/new/');
  const outcome = await runWith(made, isAside, () => made.write('a.py', 'mine\n').write('z.py', 'mine too\n'));
  expect(outcome).toMatchObject({ status: 'stopped', commits: [] });
  expect([made.read('a.py'), made.read('z.py')]).toEqual(['mine\n', 'mine too\n']);
});

test('what appears in the place of a new file at the last moment is not replaced', async () => {
  const made = world(FILES);
  const isLink = (name: string, args: readonly string[]) =>
    (name === 'link' || name === 'rename') && (args[1] ?? '').endsWith('/new/c.py');
  const outcome = await runWith(made, isLink, () => made.write('new/c.py', 'mine\n'));
  expect(outcome).toMatchObject({ status: 'stopped', commits: [] });
  expect([made.read('new/c.py'), made.read('a.py')]).toEqual(['mine\n', FILES['a.py']]);
});

test('a directory that becomes a link at the last moment is not written through', async () => {
  const made = world(FILES);
  const outside = temporaryDirectory();
  writeFileSync(join(outside, 'b_robust.py'), 'x\n');
  const outcome = await runWith(made, publishes('new'), () => {
    renameSync(join(made.top, 'pkg'), join(made.top, 'was'));
    symlinkSync(outside, join(made.top, 'pkg'));
  });
  expect(outcome).toMatchObject({ status: 'stopped', commits: [] });
  expect(readFileSync(join(outside, 'b_robust.py'), 'utf8')).toBe('x\n');
});

test('a commit that arrives between the last look and the move of the branch stays', async () => {
  const made = world(FILES);
  const arrive = () => made.git('commit', '-q', '--allow-empty', '-m', 'arrived');
  const isCommitPoint = (name: string, args: readonly string[]) =>
    name === 'moveReferences' && args.some((arg) => arg.includes('refs/heads/main'));
  const outcome = await runWith(made, isCommitPoint, arrive);
  expect(outcome).toMatchObject({ status: 'stopped', commits: [], failed: { problems: [{ code: 'branch-moved' }] } });
  expect(made.git('log', '--format=%s')).toBe('arrived\nfirst\n');
  expect(made.git('status', '--porcelain')).toBe('');
});

test('a branch that is switched meanwhile is not followed, and the one that was planned for stays', async () => {
  const made = world(FILES);
  const isPublished = (name: string, args: readonly string[]) =>
    name === 'remove' && (args[0] ?? '').endsWith('b_robust.py');
  const run = runWith(made, isPublished, () => made.git('symbolic-ref', 'HEAD', 'refs/heads/other'));
  expect(await codesOf(run)).toEqual(['cannot-recover', 'unsettled']);
  expect(made.git('log', '--format=%s', 'main')).toBe('first\n');
  made.git('symbolic-ref', 'HEAD', 'refs/heads/main');
  await recover(await openRepository(made.top));
  expect([made.read('a.py'), made.git('status', '--porcelain')]).toEqual([FILES['a.py'], '']);
});

test('what somebody stages while the index is written anew stays staged', async () => {
  const made = world(FILES);
  const isTaking = (name: string, args: readonly string[]) => name === 'link' && (args[1] ?? '').endsWith('index.lock');
  const outcome = await runWith(made, isTaking, () => {
    made.write('staged.py', 'staged\n');
    execFileSync('git', ['add', 'staged.py'], { cwd: made.top });
  });
  expect(outcome.status).toBe('done');
  expect(made.git('status', '--porcelain')).toBe('A  staged.py\n');
});

test('an index entry of a planned file that somebody stages after the commit is theirs', async () => {
  const made = world(FILES);
  const isAside = (name: string, args: readonly string[]) =>
    name === 'writeNew' && (args[0] ?? '').endsWith('index.aside');
  const outcome = await runWith(made, isAside, () => {
    mkdirSync(join(made.top, 'other'), { recursive: true });
    const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], {
      cwd: made.top,
      input: 'theirs\n',
      encoding: 'utf8',
    }).trim();
    execFileSync('git', ['update-index', '--cacheinfo', `100644,${blob},a.py`], { cwd: made.top });
  });
  expect(outcome.status).toBe('done');
  expect(made.git('show', ':a.py')).toBe('theirs\n');
});
