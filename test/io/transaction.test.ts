import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { openRepository } from '../../src/io/repository.js';
import { executeRun, type RunRequest } from '../../src/io/transaction.js';
import { batchOf, codesOf, temporaryDirectory, World, world } from './support.js';

const files = { 'a.py': 'import b_robust\n', 'b.py': 'x = 1\n', 'pkg/b_robust.py': 'x = 1\n', 'other.py': 'o\n' };
const change = { 'a.py': 'import b\n', 'pkg/b_robust.py': null, 'new/deep/c.py': 'c\n' };

async function run(made: World, request: Partial<RunRequest> = {}) {
  const repository = await openRepository(made.top);
  return executeRun(repository, { batches: [batchOf(made, change)], verify: { commands: [] }, ...request });
}

const verified = (...commands: string[]) => ({ verify: { commands } });

function clean(made: World): void {
  const state = join(made.top, '.git/regraft');
  expect(existsSync(join(state, 'lock'))).toBe(false);
  expect(existsSync(join(state, 'journal.json'))).toBe(false);
  expect(existsSync(join(made.top, '.git/index.lock'))).toBe(false);
  const names = readdirSync(made.top, { recursive: true }).map(String);
  expect(names.filter((name) => name.includes('.regraft-'))).toEqual([]);
}

describe('a run that lands', () => {
  test('commits exactly the batch and leaves a clean status', async () => {
    const made = world(files);
    const outcome = await run(made);
    expect(outcome).toMatchObject({ status: 'done', commits: [made.git('rev-parse', 'HEAD').trim()] });
    expect(made.read('a.py')).toBe('import b\n');
    expect(existsSync(join(made.top, 'pkg'))).toBe(false);
    expect(made.git('show', '--no-renames', '--name-status', '--format=%B').trim()).toBe(
      `Change files (b1)\n\nRegraft-Run: ${outcome.id}\n\n\nM\ta.py\nA\tnew/deep/c.py\nD\tpkg/b_robust.py`,
    );
    expect(made.git('status', '--porcelain')).toBe('');
    expect(made.git('diff-files')).toBe('');
    expect(made.git('fsck', '--strict')).toBe('');
    clean(made);
  });

  test('makes one commit per batch, pins both ends and logs them', async () => {
    const made = world(files);
    const first = made.git('rev-parse', 'HEAD').trim();
    const one = batchOf(made, { 'a.py': 'import b\n' }, 'one');
    const outcome = await run(made, { batches: [one, batchOf(made, { 'b.py': null }, 'two')] });
    expect(outcome.commits).toHaveLength(2);
    expect(made.git('rev-parse', `refs/regraft/${outcome.id}/before`).trim()).toBe(first);
    expect(made.git('rev-parse', `refs/regraft/${outcome.id}/after`).trim()).toBe(outcome.commits[1]);
    const log = JSON.parse(made.read(`.git/regraft/log/${outcome.id}.json`));
    expect(log.commits.map((c: { batch: string }) => c.batch)).toEqual(['one', 'two']);
  });

  test('leaves staged, unstaged, untracked and ignored work of other files alone', async () => {
    const made = world({ ...files, '.gitignore': '*.log\n', 'staged.py': 's', 'both.py': 'b' });
    made.write('staged.py', 'staged').write('both.py', 'staged').git('add', 'staged.py', 'both.py');
    made.write('both.py', 'unstaged').write('other.py', 'edited').write('u.py', 'u').write('x.log', 'l');
    made.write('added.py', 'added').git('add', 'added.py');
    const before = made.git('status', '--porcelain', '--ignored');
    const staged = made.git('diff', '--cached');
    expect((await run(made)).status).toBe('done');
    expect(made.git('status', '--porcelain', '--ignored')).toBe(before);
    expect(made.git('diff', '--cached')).toBe(staged);
  });

  test('works on a detached head', async () => {
    const made = world(files);
    made.git('checkout', '-q', '--detach');
    const main = made.git('rev-parse', 'main');
    const outcome = await run(made);
    expect(made.git('rev-parse', 'HEAD').trim()).toBe(outcome.commits[0]);
    expect(made.git('rev-parse', 'main')).toBe(main);
    expect(made.git('status', '--porcelain')).toBe('');
  });

  test('works in a linked worktree', async () => {
    const made = world(files);
    const linked = new World(join(temporaryDirectory(), 'linked'));
    made.git('worktree', 'add', '-q', '-b', 'side', linked.top);
    const before = made.signature().filter((line) => !line.includes('refs/heads/side'));
    expect((await run(linked)).status).toBe('done');
    expect(linked.git('status', '--porcelain')).toBe('');
    expect(made.signature().filter((line) => !line.includes('refs/heads/side'))).toEqual(before);
    expect(readdirSync(join(made.top, '.git/regraft/log'))).toHaveLength(1);
  });

  test('keeps modes and permissions', async () => {
    const made = world(files);
    chmodSync(join(made.top, 'a.py'), 0o750);
    made.commit('executable');
    await run(made);
    expect(lstatSync(join(made.top, 'a.py')).mode & 0o777).toBe(0o750);
    expect(made.git('ls-tree', 'HEAD', 'a.py')).toMatch(/^100755/);
  });

  test('publishes CRLF into a CRLF working copy and commits LF', async () => {
    const made = world(files);
    made.write('a.py', 'import b_robust\r\n').git('config', 'core.autocrlf', 'true');
    expect((await run(made)).status).toBe('done');
    expect(made.read('a.py')).toBe('import b\r\n');
    expect(made.git('cat-file', 'blob', 'HEAD:a.py')).toBe('import b\n');
    expect(made.git('status', '--porcelain')).toBe('');
  });

  test('takes the compiled forms of removed modules along, and nothing else', async () => {
    const made = world({ ...files, '.gitignore': '*.pyc\n' });
    made.write('pkg/__pycache__/b_robust.cpython-311.pyc', 'stale');
    made.write('__pycache__/a.cpython-311.pyc', 'live');
    await run(made);
    expect(existsSync(join(made.top, 'pkg'))).toBe(false);
    expect(made.read('__pycache__/a.cpython-311.pyc')).toBe('live');
  });

  test('takes any name', async () => {
    const names = [
      'line\nbreak.py',
      '-n.py',
      '"q".py',
      ':(top)x.py',
      '\u{1f600}.py',
      'a\u202eb.py',
      'tab\t.py',
      '*.py',
    ];
    const made = world(Object.fromEntries([...names, 'b.py'].map((name) => [name, `${name}\n`])));
    const edits = Object.fromEntries(names.map((name, i) => [name, i % 2 ? 'edited\n' : null]));
    const outcome = await run(made, { batches: [batchOf(made, { ...edits, 'new\n.py': 'n' })] });
    expect(outcome.status).toBe('done');
    expect(made.git('status', '--porcelain')).toBe('');
    expect(made.read('b.py')).toBe('b.py\n');
  });

  test('works in a SHA-256 repository', async () => {
    const made = new World(temporaryDirectory());
    made.git('init', '-q', '--object-format=sha256');
    for (const [path, content] of Object.entries(files)) made.write(path, content);
    made.commit();
    expect((await run(made)).status).toBe('done');
    expect(made.git('status', '--porcelain')).toBe('');
    expect(made.git('rev-parse', 'HEAD').trim()).toHaveLength(64);
  });

  test('stores contents of any size and bytes', async () => {
    const made = world(files);
    const content = Buffer.alloc(300_000, Buffer.from([0, 255, 13, 10, 7]));
    const batch = batchOf(made, change);
    const transitions = [{ path: 'big.bin', before: null, after: { mode: '100755' as const, content } }];
    await run(made, { batches: [{ ...batch, transitions }] });
    expect(made.git('hash-object', '--no-filters', 'big.bin')).toBe(made.git('rev-parse', 'HEAD:big.bin'));
    expect(made.git('ls-tree', 'HEAD', 'big.bin')).toMatch(/^100755/);
  });

  test('makes hostile messages and trailers inert', async () => {
    const made = world(files);
    const batch = { ...batchOf(made, change), message: 'Title \u001b[31m\u202e\r\nbody\0' };
    await run(made, { batches: [batch], trailers: { 'Accept: x\ny': 'one\nRegraft-Run: forged' } });
    const body = made.git('log', '-1', '--format=%B');
    expect(body).not.toMatch(/[\u001b\u202e\r]/);
    expect(body.match(/^Regraft-Run: /gm)).toHaveLength(1);
    expect(body).toContain('Accept--x-y: one Regraft-Run: forged');
  });

  test('runs none of the hooks, filters and monitors that git would, but the commit hooks on purpose', async () => {
    const made = world(files);
    const canary = join(temporaryDirectory(), 'canary');
    for (const hook of ['post-index-change', 'reference-transaction', 'post-commit', 'post-checkout', 'pre-commit']) {
      made.write(`.git/hooks/${hook}`, `#!/bin/sh\necho ${hook} >> ${canary}\n`, 0o755);
    }
    made.write('.git/evil.sh', `#!/bin/sh\necho evil >> ${canary}\ncat\n`, 0o755);
    const script = join(made.top, '.git/evil.sh');
    for (const key of ['core.fsmonitor', 'filter.x.clean', 'filter.x.smudge', 'core.editor', 'gpg.program']) {
      made.git('config', key, script);
    }
    made.git('config', 'commit.gpgSign', 'true');
    made.write('.git/info/attributes', '*.txt filter=x\n');
    rmSync(canary, { force: true });
    expect((await run(made, { verify: { commands: [], hooks: false } })).status).toBe('done');
    expect(existsSync(canary)).toBe(false);
  });
});

describe('a run that may not start leaves the world as it is', () => {
  const cases: [string, string, (made: World) => void][] = [
    ['unstaged change in a planned file', 'dirty', (w) => w.write('a.py', 'mine\n')],
    ['staged change in a planned file', 'dirty', (w) => w.write('a.py', 'mine\n').git('add', 'a.py')],
    [
      'staged change that the working tree has taken back',
      'dirty',
      (w) => (w.write('a.py', 'm').git('add', 'a.py'), w.write('a.py', 'import b_robust\n')),
    ],
    ['mode change', 'dirty', (w) => chmodSync(join(w.top, 'a.py'), 0o755)],
    ['planned file missing', 'dirty', (w) => rmSync(join(w.top, 'a.py'))],
    ['planned file no longer in the index', 'untracked', (w) => w.git('rm', '-q', '--cached', 'a.py')],
    ['untracked file where one would be created', 'exists', (w) => w.write('new/deep/c.py', 'mine')],
    [
      'ignored file where one would be created',
      'exists',
      (w) => w.write('.git/info/exclude', 'new\n').write('new/deep/c.py', 'm'),
    ],
    ['file where a directory would be created', 'not-a-directory', (w) => w.write('new', 'mine')],
    [
      'name that differs only in case from one to be created',
      'case-twin',
      (w) => w.write('NEW/deep/c.py', 'm').commit(),
    ],
    [
      'symbolic link in place of the file',
      'symlink',
      (w) => (renameSync(join(w.top, 'a.py'), join(w.top, 'real.py')), symlinkSync('real.py', join(w.top, 'a.py'))),
    ],
    [
      'symbolic link in place of a parent',
      'symlink',
      (w) => (renameSync(join(w.top, 'pkg'), join(w.top, 'real')), symlinkSync('real', join(w.top, 'pkg'))),
    ],
    ['hard link', 'hard-link', (w) => linkSync(join(w.top, 'a.py'), join(w.top, 'second.py'))],
    ['read-only file', 'read-only', (w) => chmodSync(join(w.top, 'a.py'), 0o444)],
    ['filter attribute', 'filtered', (w) => w.write('.git/info/attributes', '*.py filter=lfs\n')],
    ['ident attribute', 'filtered', (w) => w.write('.git/info/attributes', 'a.py ident\n')],
    ['skip-worktree', 'skip-worktree', (w) => w.git('update-index', '--skip-worktree', 'a.py')],
    [
      'a repository of its own in between',
      'submodule',
      (w) => (mkdirSync(join(w.top, 'pkg/.git')), writeFileSync(join(w.top, 'pkg/.git/HEAD'), '')),
    ],
    ['index.lock present', 'index-locked', (w) => w.write('.git/index.lock', '')],
    ['merge in progress', 'operation-in-progress', (w) => w.write('.git/MERGE_HEAD', w.git('rev-parse', 'HEAD'))],
    ['rebase in progress', 'operation-in-progress', (w) => mkdirSync(join(w.top, '.git/rebase-merge'))],
    ['bisect in progress', 'operation-in-progress', (w) => w.write('.git/BISECT_LOG', '')],
    ['plan made for another commit', 'stale', (w) => w.write('a.py', 'newer\n').commit()],
  ];
  test.each(cases)('%s', async (_name, code, arrange) => {
    const made = world(files);
    const batch = batchOf(made, change);
    arrange(made);
    const signature = made.signature();
    expect(await codesOf(run(made, { batches: [batch] }))).toContain(code);
    expect(made.signature()).toEqual(signature);
    expect(existsSync(join(made.top, '.git/regraft/lock'))).toBe(false);
  });

  test.each([
    '../x.py',
    '/tmp/x.py',
    '.git/hooks/pre-commit',
    'a/.GIT/x',
    'a//b.py',
    './a.py',
    'pkg/.git /x',
    'a\0b',
    '',
  ])('path %j', async (path) => {
    const made = world(files);
    const signature = made.signature();
    const transition = { path, before: null, after: { mode: '100644' as const, content: Buffer.from('x') } };
    const batch = { id: 'b', title: 't', message: 'm', transitions: [transition] };
    expect(await codesOf(run(made, { batches: [batch] }))).toEqual(['outside']);
    expect(made.signature()).toEqual(signature);
  });

  test('all problems come at once, each with a hint', async () => {
    const made = world(files);
    const batch = batchOf(made, change);
    made.write('a.py', 'mine\n').write('new/deep/c.py', 'mine').write('.git/MERGE_HEAD', '');
    const problems = await run(made, { batches: [batch] }).catch((error) => error.problems);
    expect(problems.map((p: { code: string }) => p.code).sort()).toEqual(['dirty', 'exists', 'operation-in-progress']);
    expect(problems.every((p: { hint: string | null }) => p.hint)).toBe(true);
  });

  test('no identity', async () => {
    const made = world(files);
    const batch = batchOf(made, change);
    made.git('config', 'user.useConfigOnly', 'true');
    for (const name of ['AUTHOR', 'COMMITTER'])
      for (const part of ['NAME', 'EMAIL']) vi.stubEnv(`GIT_${name}_${part}`, undefined);
    const codes = await codesOf(run(made, { batches: [batch] }));
    vi.unstubAllEnvs();
    expect(codes).toEqual(['no-identity']);
  });

  test('a live run holds the lock, a dead one does not', async () => {
    const made = world(files);
    const slow = run(made, verified('sleep 1'));
    await vi.waitUntil(() => existsSync(join(made.top, '.git/regraft/lock')));
    expect(await codesOf(run(made))).toEqual(['locked']);
    expect((await slow).status).toBe('done');
    const stale = { pid: process.pid, host: (await import('node:os')).hostname(), started: '1' };
    made.write('.git/regraft/lock', JSON.stringify(stale));
    expect((await run(made, { batches: [batchOf(made, { 'b.py': null })] })).status).toBe('done');
  });
});

describe('verification', () => {
  const rolledBack = async (made: World, request: Partial<RunRequest>) => {
    const signature = made.signature();
    const outcome = await run(made, request);
    expect(made.signature()).toEqual(signature);
    expect(made.git('for-each-ref', 'refs/regraft')).toBe('');
    clean(made);
    return outcome;
  };

  test('a command that fails on the batch rolls it back', async () => {
    const outcome = await rolledBack(world(files), verified('echo seen; grep -q robust a.py'));
    expect(outcome).toMatchObject({ status: 'verification-failed', commits: [] });
    expect(outcome.failed).toMatchObject({ batch: 'b1', evidence: { exitCode: 1, output: 'seen\n' }, kept: [] });
  });

  test('a rolled back batch takes compiled left-overs and permissions back too', async () => {
    const made = world({ ...files, '.gitignore': '*.pyc\n' });
    made.write('pkg/__pycache__/b_robust.cpython-311.pyc', 'stale', 0o600);
    chmodSync(join(made.top, 'pkg'), 0o775);
    await rolledBack(made, verified('test -d pkg'));
  });

  test('a rolled back CRLF working copy has CRLF again', async () => {
    const made = world(files);
    made.write('a.py', 'import b_robust\r\n');
    await rolledBack(made, verified('grep -q robust a.py'));
  });

  test('earlier batches stay', async () => {
    const made = world(files);
    const batches = [batchOf(made, { 'b.py': 'x = 2\n' }, 'good'), batchOf(made, change, 'bad')];
    const outcome = await run(made, { batches, ...verified('grep -q robust a.py') });
    expect(outcome).toMatchObject({ status: 'verification-failed', failed: { batch: 'bad' } });
    expect(outcome.commits).toEqual([made.git('rev-parse', 'HEAD').trim()]);
    expect(made.git('rev-parse', `refs/regraft/${outcome.id}/after`).trim()).toBe(outcome.commits[0]);
    expect(made.git('status', '--porcelain')).toBe('');
  });

  test('the end of the run before is the baseline, unless somebody has committed since', async () => {
    for (const [between, expected] of [
      [false, 3],
      [true, 4],
    ] as const) {
      const made = world(files);
      const log = verified('echo ran >> .git/ran');
      const first = await run(made, { ...log, batches: [batchOf(made, { 'a.py': 'import b\n' })] });
      if (between) made.git('commit', '-q', '--allow-empty', '-m', 'between');
      const second = { ...log, batches: [batchOf(made, { 'b.py': null })], known: first.standing };
      expect((await run(made, second)).status).toBe('done');
      expect(made.read('.git/ran')).toBe('ran\n'.repeat(expected));
    }
  });

  test('a batch that did not hold leaves no baseline behind', async () => {
    const made = world(files);
    const log = verified('echo ran >> .git/ran; test -e a.py');
    const failed = await run(made, { ...log, batches: [batchOf(made, { 'a.py': null })] });
    expect(failed.status).toBe('verification-failed');
    expect([...failed.standing.runs.values()].map(({ result }) => result.exitCode)).toEqual([0]);
  });

  test('a red baseline that cannot be read is refused', async () => {
    const made = world(files);
    const signature = made.signature();
    expect(await codesOf(run(made, verified('echo no; exit 7')))).toEqual(['baseline-red']);
    expect(made.signature()).toEqual(signature);
  });

  const unittest = (ran: string, failing: string) =>
    `echo 'FAIL: test_old (t.T.test_old)'; ${failing}; echo 'Ran ${ran} tests in 0.1s'; exit 1`;

  test('only new failures count', async () => {
    expect((await run(world(files), verified(unittest('5', ':')))).status).toBe('done');
    const appears = "grep -q robust a.py || echo 'ERROR: test_new (t.T.test_new)'";
    const outcome = await rolledBack(world(files), verified(unittest('5', appears)));
    expect(outcome.failed?.evidence?.newFailures).toEqual(['test_new (t.T.test_new)']);
  });

  test('a vanished test is a failure', async () => {
    const command = 'grep -q robust a.py && n=5 || n=4; echo "Ran $n tests in 0.1s"; echo OK';
    const outcome = await rolledBack(world(files), verified(command));
    expect(outcome.failed?.evidence?.reason).toBe('5 tests ran before, only 4 now');
  });

  test('a flaky test is told apart', async () => {
    const made = world(files);
    const flag = join(temporaryDirectory(), 'flag');
    const flaky = `grep -q robust a.py || test -e ${flag} || { touch ${flag}; echo 'FAIL: f (t.T.f)'; r=1; }; echo 'Ran 1 test in 0s'; exit $r`;
    const outcome = await run(made, verified(flaky));
    expect(outcome).toMatchObject({ status: 'done', verified: [{ flaky: ['f (t.T.f)'], ran: 1 }] });
  });

  test('a command that hangs, forks and ignores TERM is ended with its whole group', async () => {
    const made = world(files);
    const file = join(temporaryDirectory(), 'pid');
    const hang = `grep -q robust a.py || { sh -c 'trap "" TERM; echo $$ > ${file}; while :; do sleep 1; done' & wait; }`;
    const outcome = await rolledBack(made, { verify: { commands: [hang], timeout: 500 } });
    expect(outcome.failed?.evidence?.reason).toContain('it did not end within 0.5 s');
    const pid = Number((await import('node:fs')).readFileSync(file, 'utf8'));
    await vi.waitUntil(() => !existsSync(`/proc/${pid}`), { timeout: 10_000 });
  }, 30_000);

  test('a command reads no input, and its flood of output is cut', async () => {
    const outcome = await run(world(files), verified('cat; head -c 5000000 /dev/zero | tr "\\0" x'));
    expect(outcome.status).toBe('done');
    const log = outcome.verified[0]?.log as string;
    expect(lstatSync(log).size).toBeLessThan(1_200_000);
  });

  test('what it leaves behind stays and is reported', async () => {
    const made = world(files);
    const outcome = await run(made, verified('grep -q robust a.py || echo r > report.xml'));
    expect(outcome).toMatchObject({ status: 'done', leftovers: ['report.xml'] });
    expect(made.read('report.xml')).toBe('r\n');
  });

  test('one that edits our file stops the run; the bytes stay and are named', async () => {
    const made = world(files);
    const outcome = await run(made, verified('grep -q robust a.py || echo formatted >> a.py'));
    expect(outcome).toMatchObject({ status: 'stopped', commits: [], failed: { kept: ['a.py'] } });
    expect(outcome.failed?.problems[0]).toMatchObject({ code: 'edited-meanwhile', path: 'a.py' });
    expect(made.read('a.py')).toBe('import b\nformatted\n');
    expect(made.git('status', '--porcelain')).toBe(' M a.py\n');
    clean(made);
  });

  test("the user's edit meanwhile wins", async () => {
    const made = world(files);
    const outcome = await run(
      made,
      verified(
        "grep -q robust a.py || echo 'user was here' > pkg.tmp && mkdir -p pkg && test -e pkg/b_robust.py || mv pkg.tmp pkg/b_robust.py",
      ),
    );
    expect(outcome).toMatchObject({ status: 'stopped', failed: { kept: ['pkg/b_robust.py'] } });
    expect(made.read('pkg/b_robust.py')).toBe('user was here\n');
    expect(made.read('a.py')).toBe('import b_robust\n');
  });

  test('a commit that arrives meanwhile stays, the batch does not', async () => {
    const made = world(files);
    const arrives =
      'grep -q robust a.py || { echo x > other.py; git add other.py; git commit -q -m arrived other.py; }';
    const outcome = await run(made, verified(arrives));
    expect(outcome).toMatchObject({ status: 'stopped', commits: [], failed: { problems: [{ code: 'branch-moved' }] } });
    expect(made.git('log', '--format=%s')).toBe('arrived\nfirst\n');
    expect(made.git('status', '--porcelain')).toBe('');
    clean(made);
  });

  test('interrupting it rolls back', async () => {
    const made = world(files);
    const controller = new AbortController();
    const outcome = await rolledBack(made, {
      ...verified('grep -q robust a.py || sleep 60'),
      signal: controller.signal,
      onProgress: ({ step }) => void (step === 'verify' && setTimeout(() => controller.abort(), 300)),
    });
    expect(outcome).toMatchObject({ status: 'interrupted', commits: [], failed: { batch: 'b1' } });
  });

  test("the repository's commit hooks see the batch and may refuse it", async () => {
    const made = world(files);
    made.write('.git/hooks/pre-commit', '#!/bin/sh\ngit diff --cached --name-only\nexit 1\n', 0o755);
    const outcome = await rolledBack(made, {});
    expect(outcome.failed?.evidence?.output).toBe('a.py\nnew/deep/c.py\npkg/b_robust.py\n');
    rmSync(join(made.top, '.git/hooks/pre-commit'));
    made.write('.git/hooks/commit-msg', '#!/bin/sh\ngrep -q Regraft-Run "$1"\n', 0o755);
    expect((await run(made)).status).toBe('done');
  });
});
