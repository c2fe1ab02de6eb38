/** `regraft run` from the outside: phases, resuming, running twice, verification, every way of refusing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Sandbox, sandbox } from '../support/cli.js';

const FILES = {
  'pkg/__init__.py': '',
  'pkg/x.py': 'def f():\n    return 1\n\n\ndef g():\n    return 2\n',
  'pkg/x_robust.py': 'def f():\n    return 1\n',
  'pkg/user.py': 'from .x_robust import f\n\n\ndef use():\n    return f()\n',
  'pkg/other.py': 'def f():\n    return 3\n',
  'check.py': 'from pkg.x import f\nfrom pkg.user import use\n\nassert f() == use() == 1\n',
};
const DEDUPE = '  - name: duplicates\n    dedupe: {paths: [pkg], suffix: _robust}\n';
const MOVE = '  - name: tiers\n    move: {pkg/x.py: pkg/core/engine.py, pkg.user: pkg.api.user}\n';
/** Refused: both modules define `f`, each otherwise. */
const mergeOf = (module: string) =>
  `  - name: one system\n    merge: {from: [${module}, pkg/other.py], into: pkg/all.py}\n`;
const LATER = '  - name: rename\n    move: {pkg: lib}\n';
const recipe = (...phases: string[]) => ({ 'r.yaml': `phases:\n${phases.join('')}` });

let box: Sandbox;
afterEach(() => box.remove());

const open = (...phases: string[]) => {
  box = sandbox({ ...FILES, ...recipe(...phases) });
};
const commits = () => Number(box.git('rev-list', '--count', 'HEAD'));
const statuses = (document: any) => document.data.phases.map((phase: any) => phase.status);
const codes = (document: any) => document.problems.map((problem: any) => problem.code);

describe('a preview', () => {
  it('plans each phase on the result of the one before, and writes nothing', async () => {
    open(DEDUPE, MOVE, LATER);
    const document = await box.json('run', 'r.yaml');
    expect(document).toMatchObject({ ok: true, exitCode: 0, command: 'run' });
    expect(document.data.phases).toMatchObject([
      {
        name: 'duplicates',
        kind: 'dedupe',
        status: 'planned',
        batches: ['p1-b1'],
        pairs: [{ remove: 'pkg/x_robust.py' }],
      },
      { name: 'tiers', kind: 'move', status: 'planned', batches: ['p2-b1'] },
      { name: 'rename', kind: 'move', status: 'planned', batches: ['p3-b1'] },
    ]);
    expect(document.data.plan.batches.map((batch: any) => batch.id)).toEqual(['p1-b1', 'p2-b1', 'p3-b1']);
    expect(document.data.phases[2].moved).toContainEqual({ from: 'pkg/core/engine.py', to: 'lib/core/engine.py' });
    expect(document.data.run).toBeUndefined();
    expect(commits()).toBe(1);
    expect(box.git('status', '--porcelain')).toBe('');
  });

  it('shows phases, the tree before and after, and the next command', async () => {
    open(DEDUPE, MOVE, mergeOf('pkg/core/engine.py'), LATER);
    const { stdout, exitCode } = await box.regraft('run', 'r.yaml', '--verify', 'python3 check.py');
    expect(exitCode).toBe(3);
    expect(stdout).toMatchInlineSnapshot(`
      "✓ 1. duplicates (dedupe)  planned
        ✓ pkg/x.py ← pkg/x_robust.py  subset
        1 commit: 1 to rewrite, 1 to delete; 19 lines of Python become 17

      ✓ 2. tiers (move)  planned
        pkg/user.py → pkg/api/user.py
        pkg/x.py → pkg/core/engine.py
        + pkg/api/__init__.py  new
        + pkg/core/__init__.py  new
        1 commit: 2 to move, 2 to create, 2 to rewrite

      ✗ 3. one system (merge)  refused
        pkg/core/engine.py → pkg/all.py  2 names as they are
        pkg/other.py → pkg/all.py  0 names as they are
          ~ f as f_other
        error[name-conflict]: 'f' is also defined in pkg/core/engine.py:1, with other code
          --> pkg/other.py:1:5
          hint: --rename pkg/other.py:f gives this one another name, --keep pkg/other.py:f lets it stand for both
                --conflicts rename does so with all

        4. rename (move)  not reached

      before                               after
      ├── pkg/                             ├── pkg/
      │   ├── user.py  → pkg/api/user.py   │   ├── api/
      │   ├── x.py  → pkg/core/engine.py   │   │   ├── __init__.py  + new
      │   ├── x_robust.py  - gone          │   │   └── user.py  ← pkg/user.py
      │   └── (2 more)                     │   ├── core/
      └── (1 more)                         │   │   ├── __init__.py  + new
                                           │   │   └── engine.py  ← pkg/x.py
                                           │   └── (2 more)
                                           └── (1 more)

      Plan: 2 of 4 phases, 2 commits; 1 refused; 1 not planned.
      19 lines of Python become 17.
      To do what comes before the refused phase:
        regraft run r.yaml --verify 'python3 check.py' --apply
      To keep all of them, each under a name of its own, in the merge of phase 'one system' of r.yaml:
        conflicts: rename
      "
    `);
  });

  it('is a patch of all phases at once, which makes what applying makes', async () => {
    open(DEDUPE, MOVE);
    const { stdout } = await box.regraft('run', 'r.yaml', '--format', 'patch');
    box.write({ 'p.patch': stdout });
    box.git('apply', '--index', 'p.patch');
    const patched = box.git('write-tree');
    box.git('reset', '-q', '--hard');
    expect((await box.regraft('run', 'r.yaml', '--apply')).exitCode).toBe(0);
    expect(box.git('rev-parse', 'HEAD^{tree}')).toBe(patched);
  });

  it('is Markdown in which names of phases are inert', async () => {
    open(DEDUPE, '  - name: "<b> @everybody | `x`"\n    move: {pkg/x.py: pkg/y.py}\n');
    const { stdout } = await box.regraft('run', 'r.yaml', '--format', 'markdown');
    expect(stdout).not.toMatch(/<b>|@e|`x`/);
    expect(stdout).toContain('| 2 | &#60;b&#62; &#64;&#8203;everybody');
    expect(stdout).toContain('<code>pkg/x.py</code> to <code>pkg/y.py</code>');
  });

  it('reads the recipe from where the user stands; its paths start at the top', async () => {
    open(DEDUPE);
    const document = await box.json('run', '../r.yaml', '-C', 'pkg');
    expect(document.data.phases).toMatchObject([{ status: 'planned', pairs: [{ remove: 'pkg/x_robust.py' }] }]);
  });

  it('exits 2 with --check while something is pending', async () => {
    open(DEDUPE);
    expect((await box.regraft('run', 'r.yaml', '--check')).exitCode).toBe(2);
    expect((await box.regraft('run', 'r.yaml', '--apply')).exitCode).toBe(0);
    expect((await box.regraft('run', 'r.yaml', '--check')).exitCode).toBe(0);
  });

  it('wins over --apply with -n', async () => {
    open(DEDUPE);
    expect((await box.regraft('run', 'r.yaml', '--apply', '-n')).exitCode).toBe(0);
    expect(commits()).toBe(1);
  });
});

describe('applying', () => {
  it('makes a run per phase, verified after each commit by all that was asked for', async () => {
    box = sandbox({
      ...FILES,
      'r.yaml': `verify: python3 check.py\nphases:\n${DEDUPE}${MOVE}    verify: ["true"]\n`,
    });
    const document = await box.json('run', 'r.yaml', '--apply', '--verify', 'python3 -c ""');
    expect(document.exitCode).toBe(0);
    expect(document.data.runs).toMatchObject([
      { phase: 'duplicates', status: 'done' },
      { phase: 'tiers', status: 'done' },
    ]);
    expect(document.data.runs[0].verified.map((each: any) => each.command)).toEqual([
      'python3 check.py',
      'python3 -c ""',
    ]);
    expect(document.data.runs[1].verified.map((each: any) => each.command)).toEqual([
      'python3 check.py',
      'true',
      'python3 -c ""',
    ]);
    expect(document.data.run.commits).toHaveLength(2);
    expect(box.git('status', '--porcelain')).toBe('');
    expect(box.git('show', 'HEAD:check.py')).toContain('from pkg.core.engine import f');
  });

  it('takes what verified the phase before for the state that the next one begins with', async () => {
    const log = (phase: string) => `    verify: "echo ${phase} >> ../log"\n`;
    box = sandbox({
      ...FILES,
      'r.yaml': `verify: "echo all >> ../log"\nphases:\n${DEDUPE}${MOVE}${log('moves')}${LATER}${log('renames')}`,
    });
    expect((await box.regraft('run', 'r.yaml', '--apply')).exitCode).toBe(0);
    const runs = readFileSync(join(box.top, '../log'), 'utf8').split('\n');
    // Before and after the first phase, then once for each; a command that is new has its own before and after.
    expect(runs.filter((line) => line === 'all')).toHaveLength(4);
    expect(runs.filter((line) => line === 'moves')).toHaveLength(2);
    expect(runs.filter((line) => line === 'renames')).toHaveLength(2);
  });

  it('never touches the recipe, although it names what moves', async () => {
    open(DEDUPE, MOVE);
    expect((await box.regraft('run', 'r.yaml', '--apply')).exitCode).toBe(0);
    expect(box.git('diff', '--name-only', 'HEAD~2')).not.toContain('r.yaml');
  });

  it('is a no-op the second time, also in a clone that has no log', async () => {
    open(DEDUPE, MOVE, LATER);
    expect((await box.regraft('run', 'r.yaml', '--apply')).exitCode).toBe(0);
    const after = box.git('rev-parse', 'HEAD');
    box.git('clone', '-q', '.', 'clone');
    for (const place of [[], ['-C', 'clone']]) {
      const again = await box.json('run', 'r.yaml', '--apply', ...place);
      expect(again).toMatchObject({ ok: true, exitCode: 0 });
      expect(statuses(again)).toEqual(['done', 'done', 'done']);
    }
    expect(box.git('rev-parse', 'HEAD')).toBe(after);
  });

  it('stops before a refused phase, keeps what is done, and goes on there once it is mended', async () => {
    open(DEDUPE, mergeOf('pkg/x.py'), MOVE);
    const first = await box.json('run', 'r.yaml', '--apply');
    expect(first).toMatchObject({
      ok: false,
      exitCode: 3,
      problems: [{ code: 'name-conflict', path: 'pkg/other.py', line: 1 }],
    });
    expect(statuses(first)).toEqual(['planned', 'refused', 'not-planned']);
    expect(first.data.run.commits).toHaveLength(1);
    expect(commits()).toBe(2);
    box.write(recipe(DEDUPE, MOVE));
    const second = await box.json('run', 'r.yaml', '--apply');
    expect(second.exitCode).toBe(0);
    expect(statuses(second)).toEqual(['done', 'planned']);
    expect(second.data.runs).toMatchObject([{ phase: 'tiers' }]);
  });

  it('refuses a whole phase for one refused pair, and says what would accept it', async () => {
    open(DEDUPE, MOVE);
    box.write({ 'pkg/y.py': 'A = 1\n', 'pkg/y_robust.py': 'A = 2\n' });
    box.git('add', '-A');
    box.git('commit', '-qm', 'more');
    const document = await box.json('run', 'r.yaml', '--apply');
    expect(document.exitCode).toBe(3);
    expect(statuses(document)).toEqual(['refused', 'not-planned']);
    expect(document.data.plan.batches).toEqual([]);
    expect(commits()).toBe(2);
    expect((await box.regraft('run', 'r.yaml')).stdout).toContain('accept: ["body-differs:pkg/y_robust.py"]');
    box.write(recipe(`${DEDUPE}    accept: ["body-differs:pkg/y_robust.py"]\n`, MOVE));
    expect(statuses(await box.json('run', 'r.yaml'))).toEqual(['planned', 'planned']);
  });

  it('rolls a phase back that fails its verification, and keeps those before', async () => {
    open(DEDUPE, `${MOVE}    verify: "test -e pkg/x.py"\n`, LATER);
    const document = await box.json('run', 'r.yaml', '--apply');
    expect(document).toMatchObject({ exitCode: 4, problems: [{ code: 'verification-failed' }] });
    expect(document.data.runs.map((run: any) => run.status)).toEqual(['done', 'verification-failed']);
    expect(commits()).toBe(2);
    expect(box.git('status', '--porcelain')).toBe('');
    const { stdout } = await box.regraft('run', 'r.yaml', '--apply');
    expect(stdout).toContain('✓ 1. duplicates (dedupe)  done already');
    expect(stdout).toContain('✗ 2. tiers (move)  rolled back');
    expect(stdout).toContain('  3. rename (move)  not reached');
  });

  it('rolls back what is in flight when interrupted, and keeps the phases before', async () => {
    open(DEDUPE, `${MOVE}    verify: "test -e pkg/x.py || { kill -INT $PPID; sleep 5; }"\n`, LATER);
    const document = JSON.parse(box.started('run', 'r.yaml', '--apply', '--format', 'json').stdout);
    expect(document.exitCode).toBe(130);
    expect(document.data.runs.map((run: any) => run.status)).toEqual(['done', 'interrupted']);
    expect(commits()).toBe(2);
    expect(box.git('status', '--porcelain')).toBe('');
    expect(statuses(await box.json('run', 'r.yaml'))).toEqual(['done', 'planned', 'planned']);
  });

  it('reports earlier phases when a later one cannot even be begun', async () => {
    open(DEDUPE, `${MOVE}    verify: "false"\n`);
    const document = await box.json('run', 'r.yaml', '--apply');
    expect(document).toMatchObject({ exitCode: 3, problems: [{ code: 'baseline-red' }] });
    expect(document.data.runs).toMatchObject([{ phase: 'duplicates', status: 'done' }]);
    expect(commits()).toBe(2);
  });

  it('refuses at once when a file of any phase is dirty', async () => {
    open(DEDUPE, MOVE);
    box.write({ 'check.py': `${FILES['check.py']}# edited\n` });
    const document = await box.json('run', 'r.yaml', '--apply');
    expect(document).toMatchObject({ exitCode: 3, problems: [{ code: 'dirty', path: 'check.py' }] });
    expect(commits()).toBe(1);
    expect(codes(await box.json('run', 'r.yaml'))).toEqual(['dirty']);
  });

  it('is taken back phase by phase, and can be done again', async () => {
    open(DEDUPE, MOVE);
    const tree = box.git('rev-parse', 'HEAD^{tree}');
    expect((await box.regraft('run', 'r.yaml', '--apply')).exitCode).toBe(0);
    expect((await box.regraft('undo')).exitCode).toBe(0);
    expect(statuses(await box.json('run', 'r.yaml'))).toEqual(['done', 'planned']);
    expect((await box.regraft('undo')).exitCode).toBe(0);
    expect(box.git('rev-parse', 'HEAD^{tree}')).toBe(tree);
    expect(statuses(await box.json('run', 'r.yaml'))).toEqual(['planned', 'planned']);
  });
});

describe('what was carried out before', () => {
  const twice = async (files: Record<string, string>, text: string) => {
    box = sandbox({ ...files, 'r.yaml': `phases:\n${text}` });
    const first = await box.json('run', 'r.yaml', '--apply');
    expect(first.problems).toEqual([]);
    expect(first.data.run.status).toBe('done');
    const second = await box.json('run', 'r.yaml', '--apply');
    expect(second).toMatchObject({ exitCode: 0, problems: [] });
    expect(second.data.phases.every((phase: any) => phase.status === 'done')).toBe(true);
  };
  const TWO = { 'p/__init__.py': '', 'p/a.py': 'A = 1\n', 'p/b.py': 'B = 2\n' };

  it.each([
    ['a module into a directory', TWO, '  - {name: m, move: {p/a.py: p/core/}}\n'],
    ['a package by its dotted name', TWO, '  - {name: m, move: {p: q.p}}\n'],
    ['a chain in one map', TWO, '  - {name: m, move: {p/a.py: p/b.py, p/b.py: p/c.py}}\n'],
    ['a circle in one map', TWO, '  - {name: m, move: {p/a.py: p/b.py, p/b.py: p/a.py}}\n'],
    [
      'a module moved on by a later phase',
      TWO,
      '  - {name: m, move: {p/a.py: p/c.py}}\n  - {name: n, move: {p/c.py: r.py}}\n',
    ],
    [
      'duplicates of a directory moved on by a later phase',
      { ...TWO, 'p/a_old.py': 'A = 1\n' },
      '  - {name: d, dedupe: {paths: p, suffix: _old}}\n  - {name: n, move: {p: q}}\n',
    ],
    [
      'a duplicate named by its keeper',
      { ...TWO, 'p/a_old.py': 'A = 1\n' },
      '  - {name: d, dedupe: {paths: p/a.py, suffix: _old}}\n',
    ],
    [
      'a pair named outright',
      { ...TWO, 'p/other.py': 'A = 1\n' },
      '  - {name: d, dedupe: {pairs: {p/other.py: p/a.py}}}\n',
    ],
  ])('%s is left alone the second time', async (_, files, text) => await twice(files, text));

  it.each([
    ['a source that never was', '  - {name: m, move: {p/typo.py: p/b.py}}\n', 'no-such-source'],
    [
      'a source that an earlier phase moved',
      '  - {name: m, move: {p/a.py: p/c.py}}\n  - {name: n, move: {p/a.py: p/d.py}}\n',
      'no-such-source',
    ],
    ['a directory that never was', '  - {name: d, dedupe: {paths: pp}}\n', 'unknown-path'],
    ['a pair that never was', '  - {name: d, dedupe: {pairs: {p/z.py: p/a.py}}}\n', 'unknown-target'],
    ['a destination that is taken', '  - {name: m, move: {p/a.py: p/b.py}}\n', 'destination-exists'],
    [
      'two destinations',
      '  - {name: m, move: [{from: p/a.py, to: p/c.py}, {from: p/a.py, to: p/d.py}]}\n',
      'overlapping-moves',
    ],
    ['a place outside the repository', '  - {name: m, move: {p/a.py: ../a.py}}\n', 'outside-repository'],
  ])('%s is refused, not taken for done', async (_, text, code) => {
    box = sandbox({ ...TWO, 'r.yaml': `phases:\n${text}` });
    const document = await box.json('run', 'r.yaml', '--apply');
    expect(document.exitCode).toBe(3);
    expect(codes(document)).toContain(code);
  });

  it('does what is left of a map', async () => {
    box = sandbox({ ...TWO, 'r.yaml': 'phases:\n  - {name: m, move: {p/a.py: p/c.py}}\n' });
    expect((await box.regraft('run', 'r.yaml', '--apply')).exitCode).toBe(0);
    box.write({ 'r.yaml': 'phases:\n  - {name: m, move: {p/a.py: p/c.py, p/b.py: p/d.py}}\n' });
    const document = await box.json('run', 'r.yaml', '--apply');
    expect(document.data.phases).toMatchObject([{ done: ['p/a.py'], moved: [{ from: 'p/b.py', to: 'p/d.py' }] }]);
  });
});

describe('bad input', () => {
  it.each([
    ['a file that is not there', 'gone.yaml', 'no-recipe'],
    ['a directory', 'pkg', 'no-recipe'],
    ['a recipe of the wrong shape', 'wrong.yaml', 'bad-recipe'],
    ['no YAML at all', 'broken.yaml', 'bad-yaml'],
    ['an acceptance that means nothing', 'accept.yaml', 'unknown-acceptance'],
  ])('%s', async (_, name, code) => {
    box = sandbox({
      ...FILES,
      'wrong.yaml': 'phases: 3\n',
      'broken.yaml': 'a: [\n',
      'accept.yaml': 'phases:\n  - {name: d, dedupe: {}, accept: nonsense}\n',
    });
    const document = await box.json('run', name);
    expect(document.exitCode).toBe(1);
    expect(codes(document)).toContain(code);
    expect(document.problems[0].path).toBe(name);
  });
});

it('--map reads YAML and says where it is wrong', async () => {
  box = sandbox({ ...FILES, 'm.yaml': 'pkg/x.py: pkg/y.py # renamed\n', 'bad.yaml': 'pkg/x.py: [1]\n' });
  expect((await box.json('move', '--map', 'm.yaml')).data.moved).toEqual([{ from: 'pkg/x.py', to: 'pkg/y.py' }]);
  expect(await box.json('move', '--map', 'bad.yaml')).toMatchObject({
    exitCode: 1,
    problems: [{ code: 'bad-map', path: 'bad.yaml', line: 1, column: 11 }],
  });
});
