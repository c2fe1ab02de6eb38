/** The contract of the command line: exit codes, one JSON document, hints, nothing written without --apply. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Sandbox, sandbox } from '../support/cli.js';

const PAIR = {
  'pkg/__init__.py': '',
  'pkg/x.py': 'def f():\n    return 1\n\n\ndef g():\n    return 2\n',
  'pkg/x_robust.py': 'def f():\n    return 1\n',
  'pkg/user.py': 'from .x_robust import f\n\n\ndef use():\n    return f()\n',
};

let box: Sandbox;
afterEach(() => box.remove());

function codes(document: { problems: { code: string }[] }): string[] {
  return document.problems.map((problem) => problem.code);
}

describe('bad input', () => {
  it('says that a directory is no git repository', async () => {
    box = sandbox({ 'a.py': '' }, { git: false });
    const document = await box.json('dedupe');
    expect(document).toMatchObject({ schema: 1, ok: false, command: 'dedupe', exitCode: 1 });
    expect(codes(document)).toEqual(['not-a-repository']);
  });

  it('says that there are no commits yet', async () => {
    box = sandbox({ 'a.py': '' }, { git: false });
    box.git('init', '-q');
    expect(codes(await box.json('dedupe'))).toEqual(['no-commits']);
  });

  it('suggests near names for an unknown target', async () => {
    box = sandbox(PAIR);
    const document = await box.json('usages', 'pkg.x_robus');
    expect(codes(document)).toEqual(['unknown-target']);
    expect(document.problems[0].hint).toContain('pkg/x_robust.py');
  });

  it('names every unknown path at once', async () => {
    box = sandbox(PAIR);
    expect(codes(await box.json('dedupe', 'nowhere', 'neither'))).toEqual(['unknown-path', 'unknown-path']);
  });

  it('refuses paths outside the repository', async () => {
    box = sandbox(PAIR);
    expect(codes(await box.json('dedupe', '../elsewhere'))).toEqual(['outside-repository']);
    expect(codes(await box.json('usages', '../elsewhere/m.py'))).toEqual(['outside-repository']);
  });

  it('says that a duplicate has no keeper', async () => {
    box = sandbox({ 'pkg/alone_robust.py': 'A = 1\n' });
    expect(codes(await box.json('dedupe', 'pkg/alone_robust.py'))).toEqual(['no-keeper']);
  });

  it('says that a stated keeper does not exist', async () => {
    box = sandbox(PAIR);
    expect(codes(await box.json('dedupe', '--pair', 'pkg/x_robust.py=pkg/gone.py'))).toEqual(['unknown-target']);
  });

  it("refuses two modules that are each other's keeper", async () => {
    box = sandbox(PAIR);
    const document = await box.json(
      'dedupe',
      '--pair',
      'pkg/x_robust.py=pkg/x.py',
      '--pair',
      'pkg/x.py=pkg/x_robust.py',
    );
    expect(new Set(codes(document))).toEqual(new Set(['mutual-keepers']));
  });

  it('suggests the flag that was meant, and exits 1', async () => {
    box = sandbox(PAIR);
    const ran = await box.regraft('dedupe', '--sufix', '_robust');
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toContain('did you mean --suffix?');
  });

  it('prints one JSON document for a usage error too', async () => {
    box = sandbox(PAIR);
    const ran = await box.regraft('dedupe', '--nonsense', '--format', 'json');
    expect(JSON.parse(ran.stdout)).toMatchObject({ ok: false, exitCode: 1, problems: [{ code: 'usage' }] });
  });

  it('refuses a dirty file in the plan, and writes nothing', async () => {
    box = sandbox(PAIR);
    box.write({ 'pkg/user.py': `${PAIR['pkg/user.py']}# edited\n` });
    const before = box.git('status', '--porcelain');
    const document = await box.json('dedupe', '--apply');
    expect(document.exitCode).toBe(3);
    expect(codes(document)).toEqual(['dirty']);
    expect(box.git('status', '--porcelain')).toBe(before);
    const preview = await box.json('dedupe');
    expect(preview).toMatchObject({ exitCode: 3, problems: [{ code: 'dirty', path: 'pkg/user.py' }] });
    expect(preview.data.plan.batches).toHaveLength(1);
  });

  it('demands the place of an unknown that is to be accepted', async () => {
    box = sandbox(PAIR);
    expect(codes(await box.json('dedupe', '--accept', 'dynamic-import'))).toEqual(['acceptance-needs-place']);
    expect(codes(await box.json('dedupe', '--accept', 'nothing-such'))).toEqual(['unknown-acceptance']);
  });
});

describe('dedupe', () => {
  it('previews without writing', async () => {
    box = sandbox(PAIR);
    const document = await box.json('dedupe', 'pkg', '--suffix', '_robust');
    expect(document).toMatchObject({ ok: true, exitCode: 0 });
    expect(document.data.plan.batches).toHaveLength(1);
    expect(document.data.run).toBeUndefined();
    expect(box.git('status', '--porcelain')).toBe('');
    expect(box.git('rev-list', '--count', 'HEAD')).toBe('1');
  });

  it('exits 2 with --check when something is pending, 0 when nothing is', async () => {
    box = sandbox(PAIR);
    expect((await box.regraft('dedupe', '--check')).exitCode).toBe(2);
    expect((await box.regraft('dedupe', '--apply')).exitCode).toBe(0);
    expect((await box.regraft('dedupe', '--check')).exitCode).toBe(0);
  });

  it('lets --dry-run win over --apply', async () => {
    box = sandbox(PAIR);
    expect((await box.regraft('dedupe', '--apply', '-n')).exitCode).toBe(0);
    expect(box.git('rev-list', '--count', 'HEAD')).toBe('1');
  });

  it('applies as a commit, is idempotent, and undo brings the tree hash back', async () => {
    box = sandbox(PAIR);
    const before = box.git('rev-parse', 'HEAD^{tree}');
    const document = await box.json('dedupe', '--apply');
    expect(document.data.run.commits).toEqual([box.git('rev-parse', 'HEAD')]);
    expect(box.git('show', 'HEAD:pkg/user.py')).toContain('from .x import f');
    expect(box.git('ls-files')).not.toContain('x_robust');
    expect(box.git('status', '--porcelain')).toBe('');
    expect((await box.json('dedupe', '--apply')).data).toMatchObject({ plan: { batches: [] } });
    expect((await box.json('history')).data.runs).toHaveLength(1);
    expect((await box.regraft('undo')).exitCode).toBe(0);
    expect(box.git('rev-parse', 'HEAD^{tree}')).toBe(before);
  });

  it('lists the run, and restores a deleted file', async () => {
    box = sandbox(PAIR);
    const { id } = (await box.json('dedupe', '--apply')).data.run;
    expect((await box.json('history')).data.runs.map((run: { id: string }) => run.id)).toEqual([id]);
    expect((await box.regraft('restore', 'pkg/x_robust.py')).exitCode).toBe(0);
    expect(`${box.git('show', 'HEAD:pkg/x_robust.py')}\n`).toBe(PAIR['pkg/x_robust.py']);
  });

  it('rolls a batch back when a verification command newly fails, with exit 4', async () => {
    box = sandbox(PAIR);
    const before = box.git('rev-parse', 'HEAD');
    const document = await box.json('dedupe', '--apply', '--verify', 'test -e pkg/x_robust.py');
    expect(document.exitCode).toBe(4);
    expect(codes(document)).toContain('verification-failed');
    expect(box.git('rev-parse', 'HEAD')).toBe(before);
    expect(box.git('status', '--porcelain')).toBe('');
  });

  it('does the pairs that are safe and exits 3 when one was refused', async () => {
    box = sandbox({ ...PAIR, 'pkg/y.py': 'A = 1\n', 'pkg/y_robust.py': 'A = 2\n' });
    const document = await box.json('dedupe', '--suffix', '_robust', '--apply');
    expect(document.exitCode).toBe(3);
    expect(codes(document)).toEqual(['body-differs']);
    expect(box.git('ls-files').split('\n')).toEqual([
      'pkg/__init__.py',
      'pkg/user.py',
      'pkg/x.py',
      'pkg/y.py',
      'pkg/y_robust.py',
    ]);
  });

  it('records what was accepted in the commit', async () => {
    box = sandbox({ 'pkg/y.py': 'A = 1\n', 'pkg/y_robust.py': 'A = 2\n' });
    expect((await box.regraft('dedupe', '--suffix', '_robust', '--accept', 'body-differs', '--apply')).exitCode).toBe(
      0,
    );
    expect(box.git('log', '-1', '--format=%B')).toContain('body-differs');
  });

  it('gives a patch that git takes', async () => {
    box = sandbox(PAIR);
    const { stdout } = await box.regraft('dedupe', '--format', 'patch');
    box.write({ '../change.patch': stdout });
    box.git('apply', '--check', '../change.patch');
    box.git('apply', '../change.patch');
    expect(
      box
        .git('status', '--porcelain')
        .split('\n')
        .map((line) => line.trim()),
    ).toEqual(['M pkg/user.py', 'D pkg/x_robust.py']);
  });
});

describe('saved plans', () => {
  it('are carried out as they were reviewed', async () => {
    box = sandbox(PAIR);
    expect((await box.regraft('dedupe', '--save', '../plan.json')).exitCode).toBe(0);
    expect((await box.regraft('apply', '../plan.json')).exitCode).toBe(0);
    expect(box.git('ls-files')).not.toContain('x_robust');
  });

  it('are refused when HEAD has moved', async () => {
    box = sandbox(PAIR);
    await box.regraft('dedupe', '--save', '../plan.json');
    box.git('commit', '-q', '--allow-empty', '-m', 'meanwhile');
    const document = await box.json('apply', '../plan.json');
    expect(document.exitCode).toBe(3);
    expect(codes(document)).toEqual(['stale-plan']);
  });

  it('are refused when somebody altered them', async () => {
    box = sandbox(PAIR);
    const plan = (await box.json('dedupe', '--save', '../plan.json')).data.plan;
    expect(plan.id).toMatch(/^[0-9a-f]{16}$/);
    const saved = JSON.parse(readFileSync(join(box.top, '../plan.json'), 'utf8'));
    saved.batches[0].changes[0].edits[0].text = 'os; import evil';
    box.write({ '../plan.json': JSON.stringify(saved) });
    expect(codes(await box.json('apply', '../plan.json'))).toEqual(['stale-plan']);
    box.write({ '../plan.json': '{"schema":1}' });
    expect(codes(await box.json('apply', '../plan.json'))).toEqual(['bad-plan']);
  });

  it('do not overwrite a file', async () => {
    box = sandbox(PAIR);
    expect(codes(await box.json('dedupe', '--save', 'pkg/x.py'))).toEqual(['exists']);
  });
});
