/** Commands that misbehave, tests that move, and verification in a working tree of its own. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { recover } from '../../src/io/recover.js';
import { openRepository } from '../../src/io/repository.js';
import { executeRun, type RunRequest } from '../../src/io/transaction.js';
import { LONG } from '../support/long.js';
import { batchOf, codesOf, movesOf, temporaryDirectory, World, world } from './support.js';

const files = { 'a.py': 'import b_robust\n', 'b_robust.py': 'x = 1\n', 'b.py': 'x = 1\n' };
const change = { 'a.py': 'import b\n', 'b_robust.py': null };

async function run(made: World, verify: RunRequest['verify'], request: Partial<RunRequest> = {}) {
  return executeRun(await openRepository(made.top), { batches: [batchOf(made, change)], verify, ...request });
}

const isAlive = (pid: string) => existsSync(`/proc/${pid}`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
const onLinux = test.skipIf(process.platform !== 'linux');

describe('a command that misbehaves', () => {
  /** Only once the batch stands there. */
  const then = (script: string) => `grep -q robust a.py || { ${script}; }`;

  async function rolledBack(made: World, script: string, timeout: number) {
    const signature = made.signature();
    const outcome = await run(made, { commands: [then(script)], timeout });
    expect(outcome).toMatchObject({ status: 'verification-failed', commits: [] });
    expect(made.signature()).toEqual(signature);
    return outcome;
  }

  onLinux(
    'a daemon that has left its group is named, after a success and after a failure',
    async () => {
      const made = world(files);
      const pidFile = join(temporaryDirectory(), 'pid');
      const daemon = `rm -f ${pidFile}; setsid sh -c 'echo $$ > ${pidFile}; exec sleep 300' > /dev/null 2>&1 < /dev/null & while ! test -s ${pidFile}; do sleep 0.1; done; sleep 0.2`;
      const failed = await rolledBack(made, `${daemon}; exit 1`, 20_000);
      const sleeper = expect.stringMatching(/^\d+ sleep 300$/);
      // The second run tells a flaky failure from a true one.
      expect(failed.survivors).toEqual([sleeper, sleeper]);
      const landed = await run(world(files), { commands: [then(daemon)] });
      expect(landed).toMatchObject({ status: 'done', survivors: [sleeper] });
      for (const survivor of [...failed.survivors, ...landed.survivors]) process.kill(Number.parseInt(survivor, 10));
    },
    60_000,
  );

  onLinux(
    'what ignores TERM in its group is gone when the run ends, without a pipe to tell of it',
    async () => {
      const pidFile = join(temporaryDirectory(), 'pid');
      const stubborn = `sh -c 'trap "" TERM; echo $$ > ${pidFile}; while :; do sleep 1; done' > /dev/null 2>&1 & while ! test -s ${pidFile}; do sleep 0.1; done`;
      const outcome = await run(world(files), { commands: [then(stubborn)] });
      expect(outcome).toMatchObject({ status: 'done', survivors: [] });
      await vi.waitUntil(() => !isAlive(readFileSync(pidFile, 'utf8').trim()));
    },
    60_000,
  );

  test('a hanging one ends in time and says so', async () => {
    const failed = await rolledBack(world(files), 'exec sleep 300', 700);
    expect(failed.failed?.evidence?.reason).toBe('it did not end within 0.7 s and was ended with all it had started');
  }, 30_000);

  test('one that waits for input gets none', async () => {
    await rolledBack(world(files), 'read line', 20_000);
  }, 30_000);

  test('a flood of output is cut at both ends', async () => {
    const bytes = LONG ? 1_000_000_000 : 20_000_000;
    const flood = `echo first; head -c ${bytes} /dev/zero | tr '\\0' x; echo; echo last; exit 1`;
    const failed = await rolledBack(world(files), flood, 300_000);
    const log = readFileSync(failed.failed?.evidence?.log as string, 'utf8');
    expect(log.length).toBeLessThan(1_200_000);
    expect([log.includes('first\n'), log.endsWith('last\n'), /\d+ bytes left out/.test(log)]).toEqual([
      true,
      true,
      true,
    ]);
  }, 300_000);
});

describe('tests that move along', () => {
  const tree = { 'tests/__init__.py': '', 'tests/test_a.py': 'A = 1\n', 'new/__init__.py': '' };
  const verify = (id: (place: string) => string) => {
    const said = (place: string) => `echo '${id(place)}'; echo "Ran 3 tests in 0.1s"; exit 1`;
    return { commands: [`if test -e tests/test_a.py; then ${said('tests')}; else ${said('new')}; fi`] };
  };
  const attempt = async (id: (place: string) => string) => {
    const made = world(tree);
    const batches = [movesOf(made, { 'tests/test_a.py': 'new/test_a.py' })];
    return run(made, verify(id), { batches });
  };

  test('a unittest that failed before may fail under its new name', async () => {
    expect((await attempt((place) => `FAIL: test_x (${place}.test_a.T.test_x)`)).status).toBe('done');
  });

  test('another failure in the moved file is new', async () => {
    const outcome = await attempt((place) => `FAIL: test_${place} (${place}.test_a.T.test_${place})`);
    expect(outcome.failed?.evidence?.newFailures).toEqual(['test_new (new.test_a.T.test_new)']);
  });
});

describe('a working tree of its own', () => {
  const trees = () => readdirSync(tmpdir()).filter((name) => name.startsWith('regraft-tree-'));
  const isolated = (...commands: string[]) => ({ commands, isolate: true });

  test('the commands run there, on the batch, and nothing of it is left', async () => {
    const [made, before] = [world(files), trees()];
    const outcome = await run(
      made,
      isolated(`test "$PWD" != ${made.top} && { test -e b_robust.py || ! grep robust a.py; }`),
    );
    expect(outcome).toMatchObject({ status: 'done', commits: [expect.any(String)] });
    expect(made.git('worktree', 'list').trim().split('\n')).toHaveLength(1);
    expect(trees()).toEqual(before);
    expect(made.git('status', '--porcelain')).toBe('');
  });

  test('the files of the user stand as they were while it runs', async () => {
    const made = world(files);
    const outcome = await run(made, isolated(`test -e ${made.top}/b_robust.py`));
    expect(outcome.status).toBe('done');
  });

  test('what is not committed is not there, and a failure rolls nothing back because nothing was written', async () => {
    const made = world(files);
    made.write('local.txt', 'mine');
    const signature = made.signature();
    const outcome = await run(made, isolated('! test -e local.txt && test -e b_robust.py'));
    expect(outcome.status).toBe('verification-failed');
    expect(made.signature()).toEqual(signature);
  });

  test('refused when Python would import the package from elsewhere', async () => {
    const made = world({ 'src/pkg/__init__.py': '', 'src/pkg/m.py': 'x\n', 'tests/test_m.py': '' });
    const signature = made.signature();
    vi.stubEnv('PYTHONPATH', join(made.top, 'src'));
    try {
      const batches = [batchOf(made, { 'src/pkg/m.py': 'y\n' })];
      expect(await codesOf(run(made, isolated('python3 -c 1'), { batches }))).toEqual(['imported-elsewhere']);
    } finally {
      vi.unstubAllEnvs();
    }
    expect(made.signature()).toEqual(signature);
  });

  test('hooks and filters of the repository do not run on the checkout; one left by a killed run is taken away', async () => {
    const made = world({ ...files, '.gitattributes': '*.txt filter=evil\n', 't.txt': 't\n' });
    const canary = join(temporaryDirectory(), 'canary');
    made.write('.git/hooks/post-checkout', `#!/bin/sh\ntouch ${canary}\n`, 0o755);
    made.git('config', 'filter.evil.smudge', `touch ${canary}; cat`);
    const command = `cp ${made.top}/.git/regraft/verification-tree ${made.top}/.git/kept; test -e t.txt`;
    expect((await run(made, isolated(command))).status).toBe('done');
    expect(existsSync(canary)).toBe(false);
    made.git('worktree', 'add', '-q', '--lock', made.read('.git/kept'), 'HEAD~');
    made.write('.git/regraft/verification-tree', made.read('.git/kept'));
    await recover(await openRepository(made.top));
    expect(existsSync(dirname(made.read('.git/kept')))).toBe(false);
    expect(made.git('worktree', 'list').trim().split('\n')).toHaveLength(1);
  });

  test('working trees of the user stay on record, also while they are away', async () => {
    const [made, room] = [world(files), temporaryDirectory()];
    made.git('worktree', 'add', '-q', join(room, 'side'));
    renameSync(join(room, 'side'), join(room, 'away'));
    expect((await run(made, isolated('true'))).status).toBe('done');
    renameSync(join(room, 'away'), join(room, 'side'));
    expect(new World(join(room, 'side')).git('status', '--porcelain')).toBe('');
  });

  test('a record that names another directory takes nothing away', async () => {
    const [made, room] = [world(files), temporaryDirectory()];
    for (const name of ['regraft-tree-abcdef/repo', 'mine']) {
      mkdirSync(join(room, name), { recursive: true });
      made.write('.git/regraft/verification-tree', join(room, name));
      await recover(await openRepository(made.top));
      expect([name, existsSync(join(room, name))]).toEqual([name, true]);
    }
  });
});
