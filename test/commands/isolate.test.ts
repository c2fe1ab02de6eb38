/** `--on-failure`: a failing batch is taken apart, what breaks the verification stays as it was, and the rest lands. */
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { LeftOut } from '../../src/core/plan.js';
import { type Sandbox, sandbox } from '../support/cli.js';
import { LONG } from '../support/long.js';

let box: Sandbox;
afterEach(() => box.remove());

const numbers = Array.from({ length: 40 }, (_, index) => index);

/** Copies that nothing in the repository uses. */
function copies(count: number): Record<string, string> {
  const both = numbers.slice(0, count).flatMap((n) => {
    const text = `def f${n}():\n    return ${n}\n`;
    return [
      [`pkg/m${n}.py`, text],
      [`pkg/m${n}_robust.py`, text],
    ];
  });
  return Object.fromEntries([['pkg/__init__.py', ''], ...both]);
}

/** Tests outside the repository that nothing in it tells of: each wants its module by a name from outside. */
function outsideTests(wanted: readonly string[]): string {
  const tests = numbers.map((n) => `    def test_${n}(self): want(${n})`).join('\n');
  const program = [
    'import sys, unittest, pathlib',
    `WANTED = ${JSON.stringify(wanted)}`,
    'def want(n):',
    '    for name in WANTED:',
    "        if name.startswith(f'm{n}_') or name.startswith(f'm{n}.'):",
    "            assert list(pathlib.Path('.').rglob(name)), name",
    'class T(unittest.TestCase):',
    tests,
    'unittest.main()',
  ].join('\n');
  box.write({ '../checks.py': `${program}\n` });
  return `python3 ${join(dirname(box.top), 'checks.py')}`;
}

const culpritsOf = (document: { data: { run: { culprits: { operation: string }[] } } }) =>
  document.data.run.culprits.map(({ operation }) => operation);

const nameOf = (id: string) => id.split(' ')[0];

describe('dedupe', () => {
  it('finds the three that break something, lands the others, and says what each breaks', async () => {
    // Three of forty in `npm run test:long`: 19 runs of the command, two of them for the first failure.
    const [count, bad] = LONG ? [40, [3, 19, 36]] : [10, [3, 6, 9]];
    box = sandbox(copies(count));
    const verify = outsideTests(bad.map((n) => `m${n}_robust.py`));
    const run = await box.json('dedupe', '--batch-size', String(count), '--verify', verify, '--apply');
    expect(run).toMatchObject({ exitCode: 4, data: { run: { status: 'verification-failed' } } });
    const broken = run.data.run.culprits.map((each: LeftOut) => [each.operation, each.newFailures.map(nameOf)]);
    expect(Object.fromEntries(broken)).toEqual(
      Object.fromEntries(bad.map((n) => [`pkg/m${n}_robust.py`, [`test_${n}`]])),
    );
    expect(run.data.run.verifications).toBeLessThanOrEqual(LONG ? 20 : 12);
    const left = box.git('ls-files', '*_robust.py').split('\n').sort();
    expect(left).toEqual(bad.map((n) => `pkg/m${n}_robust.py`).sort());
    expect(box.git('status', '--porcelain')).toBe('');
    expect(box.git('for-each-ref', '--format=%(refname)', 'refs/regraft').split('\n')).toHaveLength(2);
    const undone = await box.json('undo');
    expect([undone.exitCode, box.git('ls-files', '*_robust.py').split('\n').length]).toEqual([0, count]);
  });

  it('shows what was left out, with the tests and the log', async () => {
    box = sandbox(copies(4));
    const verify = outsideTests(['m2_robust.py']);
    const { exitCode, stdout } = await box.regraft('dedupe', '--batch-size', '4', '--verify', verify, '--apply');
    expect(exitCode).toBe(4);
    expect(stdout).toMatch(/left out {4}pkg\/m2_robust\.py\n.*1 new failure\(s\)\n {6}test_2 \(/);
    expect(stdout).toMatch(/1 operation broke the verification and was left out; found in \d+ verification runs\./);
    expect(stdout).toContain('regraft undo 2');
  });

  it('stops at the first failing batch when told so', async () => {
    box = sandbox(copies(4));
    const verify = outsideTests(['m1_robust.py']);
    const run = await box.json('dedupe', '--on-failure', 'stop', '--verify', verify, '--apply');
    expect(run).toMatchObject({ exitCode: 4, data: { run: { culprits: null, commits: [expect.any(String)] } } });
    expect(box.git('ls-files', '*_robust.py').split('\n')).toHaveLength(3);
  });

  it('leaves out as well what cannot go without it, and says why', async () => {
    const user = 'from pkg import m1_robust\n\ndef f():\n    return m1_robust.f1()\n';
    box = sandbox({
      ...copies(2),
      'pkg/user.py': 'from pkg import m1\n\ndef f():\n    return m1.f1()\n',
      'pkg/user_robust.py': user,
    });
    const verify = outsideTests(['m1_robust.py']);
    const pairs = ['m0', 'm1', 'user'].flatMap((name) => ['--pair', `pkg/${name}_robust.py=pkg/${name}.py`]);
    const run = await box.json('dedupe', ...pairs, '--batch-size', '9', '--verify', verify, '--apply');
    expect(culpritsOf(run)).toEqual(['pkg/m1_robust.py']);
    expect(box.git('ls-files', '*_robust.py')).toBe('pkg/m1_robust.py\npkg/user_robust.py');
    expect(run.problems.map(({ path }: { path: string }) => path)).toContain('pkg/user_robust.py');
  });
});

describe('move', () => {
  const TREE = { 'a/__init__.py': '', 'a/m1.py': '', 'a/m2.py': '', 'a/m3.py': '', 'b/__init__.py': '' };
  const MAP = 'a/m1.py: b/m1.py\na/m2.py: a/m3.py\na/m3.py: a/m2.py\n';

  it('is all or nothing', async () => {
    box = sandbox({ ...TREE, 'map.yaml': MAP });
    const verify = 'test -e a/m1.py';
    const run = await box.json('move', '--map', 'map.yaml', '--verify', verify, '--apply');
    expect(run).toMatchObject({ exitCode: 4, data: { run: { culprits: null, commits: [] } } });
  });

  it('can be taken apart, and moves that depend on one another stay together', async () => {
    box = sandbox({ ...TREE, 'map.yaml': MAP });
    const run = await box.json(
      ...['move', '--map', 'map.yaml', '--verify', 'test -e a/m1.py', '--on-failure', 'isolate', '--apply'],
    );
    expect(culpritsOf(run)).toEqual(['a/m1.py']);
    expect(box.git('log', '--format=%s')).toContain('Move');
    expect(box.git('ls-files', 'a', 'b')).toBe('a/__init__.py\na/m1.py\na/m2.py\na/m3.py\nb/__init__.py');
  });
});

it.runIf(LONG)('a saved plan is taken apart as its command would be', async () => {
  box = sandbox(copies(4));
  const verify = outsideTests(['m2_robust.py']);
  await box.regraft('dedupe', '--batch-size', '4', '--save', 'plan.json');
  const run = await box.json('apply', 'plan.json', '--verify', verify);
  expect(culpritsOf(run)).toEqual(['pkg/m2_robust.py']);
});

it.runIf(LONG)('a phase of a recipe stops, or is taken apart when told so; the next is not begun', async () => {
  const recipe = [
    'phases:',
    '  - name: copies',
    '    batch-size: 4',
    '    dedupe: { paths: [pkg], suffix: _robust }',
    '  - name: names',
    '    move: { pkg/m0.py: pkg/n0.py }',
  ].join('\n');
  box = sandbox({ ...copies(4), 'recipe.yaml': recipe });
  const verify = outsideTests(['m2_robust.py']);
  const stopped = await box.json('run', 'recipe.yaml', '--verify', verify, '--apply');
  expect(stopped.data.runs).toMatchObject([{ status: 'verification-failed', commits: [], culprits: null }]);
  const apart = await box.json('run', 'recipe.yaml', '--verify', verify, '--on-failure', 'isolate', '--apply');
  expect(apart.data.runs).toMatchObject([
    { status: 'verification-failed', culprits: [{ operation: 'pkg/m2_robust.py' }] },
  ]);
  expect(box.git('ls-files', '*_robust.py', 'pkg/n0.py')).toBe('pkg/m2_robust.py');
});
