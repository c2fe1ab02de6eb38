/** `regraft explain`. */
import { afterEach, expect, it } from 'vitest';
import { type Sandbox, sandbox } from '../support/cli.js';

let box: Sandbox;
afterEach(() => box.remove());

it('explains one code, outside of any repository too', async () => {
  box = sandbox({}, { git: false });
  const { exitCode, stdout } = await box.regraft('explain', 'dynamic-import');
  expect(exitCode).toBe(0);
  expect(stdout).toMatchInlineSnapshot(`
    "dynamic-import  Places that refer to a module, or could

    What it means
      A module is imported by a name that the program computes, and that name could be the one that goes
      or moves.

    Why
      The import would fail when it runs, and nothing before that would tell.

    What to do
      - Write the import out where that is possible.
      - When moving: leave the old name working with --shim.
      - Where you know that the name never arrives there: accept this one place.
      - To accept it: --accept dynamic-import:PATH:LINE

    Example
      importlib.import_module(f"pkg.{name}")   # and some string in the repository is "x_robust"
    "
  `);
});

it('takes a code as it is printed', async () => {
  box = sandbox({}, { git: false });
  const { data } = await box.json('explain', 'error[body-differs]');
  expect([data.code, data.group, data.accept]).toEqual(['body-differs', 'duplicates', '--accept body-differs:PATH']);
  expect((await box.json('explain', 'missing-name')).data.accept).toBe(null);
});

it('lists all codes in groups', async () => {
  box = sandbox({}, { git: false });
  const { stdout } = await box.regraft('explain');
  expect(stdout).toMatch(/^Deleting duplicates\n {2}body-differs {2,}Code differs/);
  const { data } = await box.json('explain');
  expect(data.groups.map(({ name }: { name: string }) => name)).toEqual([
    'duplicates',
    'places',
    'moving',
    'merging',
    'importing',
    'check',
    'rules',
    'transforms',
    'files',
    'repository',
    'runs',
    'input',
  ]);
});

it('suggests the nearest code', async () => {
  box = sandbox({}, { git: false });
  const { exitCode, stderr } = await box.regraft('explain', 'import-oder');
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining('did you mean import-order?')]);
  const { problems } = await box.json('explain', 'nonsense');
  expect(problems[0]).toMatchObject({ code: 'unknown-code', hint: 'regraft explain lists all codes' });
});

it('is named once after refusals', async () => {
  box = sandbox({
    'x.py': 'def f(): return 1\n',
    'x_robust.py': 'def f(): return 2\n',
    'y.py': 'from x_robust import f\nf()\n',
  });
  const { exitCode, stdout, stderr } = await box.regraft('dedupe', 'x_robust.py');
  expect([exitCode, stdout.includes('body-differs')]).toEqual([3, true]);
  expect(stderr).toBe('regraft explain body-differs: what that means, and what to do\n');
  const { problems } = await box.json('dedupe', 'x_robust.py');
  expect(problems.length).toBeGreaterThan(0);
});
