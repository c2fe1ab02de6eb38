import { execFileSync, spawn } from 'node:child_process';
import { existsSync, linkSync, rmSync, utimesSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { listRuns } from '../../src/io/history.js';
import { readJournal } from '../../src/io/records.js';
import { recover, wayOut } from '../../src/io/recover.js';
import { openRepository } from '../../src/io/repository.js';
import { executeRun } from '../../src/io/transaction.js';
import { historyText } from '../../src/report/history-text.js';
import { plainStyle } from '../../src/report/style.js';
import { batchOf, codesOf, movesOf, temporaryDirectory, World, world } from './support.js';

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

/** A copy of a repository in the middle of a run that creates, moves, rewrites and deletes; and its signature before. */
async function copiedMidway() {
  const made = world({
    'a.py': 'tiny\n',
    'old/b.py': 'b\n',
    'user.py': 'u\n',
    'gone.py': 'g\n',
    'x.py': 'x\n',
    'y.py': 'y\n',
  });
  const signature = made.signature();
  const batch = movesOf(
    made,
    { 'a.py': 'new/deep/a.py', 'old/b.py': 'new/b.py', 'x.py': 'y.py', 'y.py': 'x.py' },
    { 'a.py': 'shim\n', 'new/deep/a.py': 'quite another text\n', 'user.py': 'v\n', 'gone.py': null, 'n.py': 'n\n' },
  );
  const copy = new World(join(temporaryDirectory(), 'copy'));
  const steal = `test -e n.py && cp -a . ${copy.top} || true`;
  const outcome = await executeRun(await open(made), { batches: [batch], verify: { commands: [steal] } });
  expect(outcome).toMatchObject({ status: 'done', moveCommits: [expect.any(String)] });
  rmSync(join(copy.top, '.git/regraft/lock'));
  return { made, copy, signature };
}

test('a run of moves that died midway is rolled back, directories included', async () => {
  const { copy, signature } = await copiedMidway();
  expect(existsSync(join(copy.top, 'old'))).toBe(false);
  expect(await recover(await open(copy))).toMatchObject({ action: 'rolled-back', kept: [] });
  expect(copy.signature()).toEqual(signature);
});

test('a run of moves that died after its commit is finished, both commits and the log that undo needs', async () => {
  const { made, copy } = await copiedMidway();
  copy.git('update-ref', 'refs/heads/main', JSON.parse(copy.read('.git/regraft/journal.json')).new);
  expect(await recover(await open(copy))).toMatchObject({ action: 'finished' });
  expect(copy.signature()).toEqual(made.signature());
  expect(copy.git('rev-list', '--count', 'HEAD').trim()).toBe('3');
  const [logged] = listRuns(await open(copy));
  expect(logged?.commits[0]?.moveCommit).toBe(copy.git('rev-parse', 'HEAD~1').trim());
  const text = historyText(listRuns(await open(copy)), plainStyle(80));
  expect(text).toContain(`    ${logged?.commits[0]?.moveCommit?.slice(0, 12)}  batch b1: files only\n`);
  expect(text.match(/batch b1/g)).toHaveLength(2);
});

test('the way out without this tool leads back, whatever the run did', async () => {
  const { copy, signature } = await copiedMidway();
  const repository = await open(copy);
  const journal = readJournal(repository) as NonNullable<ReturnType<typeof readJournal>>;
  execFileSync('sh', ['-c', wayOut(repository, journal)], { cwd: copy.top, stdio: 'pipe' });
  // Plain commands leave the empty directories of new files behind.
  const filesOf = (lines: readonly string[]) => lines.filter((line) => !/^4\d+ .*\/$/.test(line));
  expect(filesOf(copy.signature())).toEqual(filesOf(signature));
  expect(existsSync(join(copy.top, '.git/regraft/journal.json'))).toBe(false);
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

/** A record of a git process that is gone, and the locks that it would have held. */
function deadTransaction(made: World, run: string): void {
  const git = { pid: 2 ** 22 + 1, host: hostname(), started: null };
  const record = { schema: 1, run, git, references: ['refs/heads/main', 'HEAD'] };
  made.write('.git/regraft/references.json', JSON.stringify(record));
}

const locks = (made: World) =>
  ['HEAD.lock', 'refs/heads/main.lock', 'packed-refs.lock'].filter((name) => existsSync(join(made.top, '.git', name)));

/** Each waits for seconds for what does not come, all at once. */
const LOCKS_OF_OTHERS = {
  'a foreign index lock makes it wait, then keep the journal': async () => {
    const { made, journal } = await halfDone();
    made.git('update-ref', 'refs/heads/main', journal.new);
    made.write('.git/index.lock', '');
    expect(await codesOf(recover(await open(made)))).toEqual(['index-locked']);
    expect(existsSync(join(made.top, '.git/regraft/journal.json'))).toBe(true);
    expect(existsSync(join(made.top, '.git/index.lock'))).toBe(true);
  },

  'a lock that is older than the process of ours is somebody else’s': async () => {
    const { made, journal } = await halfDone();
    made.write('.git/refs/heads/main.lock', '');
    utimesSync(join(made.top, '.git/refs/heads/main.lock'), 1, 1);
    deadTransaction(made, journal.run.id);
    expect(await codesOf(recover(await open(made)))).toEqual(['branch-locked']);
    expect(locks(made)).toEqual(['refs/heads/main.lock']);
  },

  'while a git process works in the repository, no lock is taken away': async () => {
    const { made, journal } = await halfDone();
    deadTransaction(made, journal.run.id);
    made.write('.git/refs/heads/main.lock', '');
    const busy = spawn('git', ['cat-file', '--batch'], { cwd: made.top, stdio: ['pipe', 'ignore', 'ignore'] });
    try {
      expect(await codesOf(recover(await open(made)))).toEqual(['branch-locked']);
      expect(locks(made)).toEqual(['refs/heads/main.lock']);
    } finally {
      busy.kill();
    }
  },

  'a branch lock left behind is named, and nothing is changed': async () => {
    const { made } = await halfDone();
    made.write('.git/refs/heads/main.lock', '');
    expect(await codesOf(recover(await open(made)))).toEqual(['branch-locked']);
    expect(existsSync(join(made.top, '.git/regraft/journal.json'))).toBe(true);
  },
};

test('locks of others are waited for, and then left alone', async () => {
  await Promise.all(Object.values(LOCKS_OF_OTHERS).map((check) => check()));
}, 60_000);

test('locks of a git process of ours that was killed are taken away', async () => {
  const { made, signature, journal } = await halfDone();
  deadTransaction(made, journal.run.id);
  made.write('.git/refs/heads/main.lock', '').write('.git/HEAD.lock', '').write('.git/packed-refs.lock', '');
  expect(await recover(await open(made))).toMatchObject({ action: 'rolled-back' });
  expect([locks(made), made.signature()]).toEqual([[], signature]);
});

test('pins of a run that died before its journal go; those of what has landed stay', async () => {
  const made = world();
  const { id, commits } = await executeRun(await open(made), {
    batches: [batchOf(made, { 'a.py': 'import c\n' })],
    verify: { commands: [] },
  });
  const [lost, tip] = ['20260101-000000-aaaaaa', made.git('rev-parse', 'HEAD').trim()];
  for (const end of ['before', 'after']) made.git('update-ref', `refs/regraft/${lost}/${end}`, tip);
  deadTransaction(made, lost);
  await recover(await open(made));
  made.git('update-ref', `refs/regraft/${id}/after`, `${tip}~`);
  deadTransaction(made, id);
  await recover(await open(made));
  const pins = made.git('for-each-ref', '--format=%(refname) %(objectname)', 'refs/regraft').trim().split('\n');
  expect(pins).toEqual([
    `refs/regraft/${id}/after ${commits[0]}`,
    expect.stringContaining(`refs/regraft/${id}/before `),
  ]);
});

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
