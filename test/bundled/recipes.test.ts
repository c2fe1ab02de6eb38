/** The recipes of the bundled repository do what they promise: its tests pass after each commit, history follows, old names work as asked. */
import { afterEach, describe, expect, it } from 'vitest';
import { bundledRepository } from '../../src/bundled/index.js';
import { TRUTH } from '../../src/bundled/truth.js';
import { parseRecipe } from '../../src/core/recipe.js';
import { type Sandbox, sandbox } from '../support/cli.js';
import { LONG } from '../support/long.js';
import { PYTHON_AVAILABLE, python } from './checkout.js';

const { files, name } = bundledRepository();
const RECIPES = [...files].filter(([path]) => path.startsWith('refactoring/'));
const TIERS = 'refactoring/3-integration-tiers.yaml';
/** Runs the repository's tests many times. */
const PATIENCE = 600_000;

const MOVES = parseRecipe(TIERS, files.get(TIERS) as string).phases.flatMap((phase) =>
  phase.kind === 'move' ? phase.moves : [],
);

let box: Sandbox;
afterEach(() => box.remove());

const statuses = (document: any) => document.data.phases.map((phase: any) => phase.status);
const tests = (document: any) => document.data.run.verified.map((verified: any) => verified.ran);
const dotted = (path: string) => path.replace(/\.py$/, '').replaceAll('/', '.');

async function applied(recipe: string): Promise<any> {
  const document = await box.json('run', recipe, '--apply');
  expect(document.problems.filter((problem: any) => problem.severity === 'error')).toEqual([]);
  expect(document.exitCode).toBe(0);
  expect(box.git('status', '--porcelain')).toBe('');
  return document;
}

/** What the truth deletes, or would when accepted, goes in a commit each. */
async function quickWins(): Promise<void> {
  const recipe = 'refactoring/1-quick-wins.yaml';
  const document = await applied(recipe);
  const going = TRUTH.filter(({ decision, deletedWhenAccepted }) => decision === 'delete' || deletedWhenAccepted);
  const gone = TRUTH.filter(({ remove }) => !box.git('ls-files').split('\n').includes(remove));
  expect(gone).toEqual(going);
  expect(document.data.run.commits).toHaveLength(5);
  expect(tests(document)).toEqual([289, 289, 289, 289, 289]);
  expect(statuses(await applied(recipe))).toEqual(['done', 'done']);
}

/** Git recognises each moved file, back to the first commit. */
function followed(): void {
  const first = box.git('rev-list', '--max-parents=0', 'HEAD');
  for (const { to } of MOVES) expect(box.git('log', '--follow', '--format=%H', '--', to)).toContain(first);
}

describe('the recipes', () => {
  it('are one for each phase of the plan, and can be read', () => {
    box = sandbox({});
    expect(RECIPES.map(([path]) => path)).toEqual([
      'refactoring/1-quick-wins.yaml',
      'refactoring/2-workflow-unification.yaml',
      'refactoring/3-integration-groups.yaml',
      'refactoring/3-integration-tiers.yaml',
      'refactoring/4-orchestration.yaml',
    ]);
    const kinds = RECIPES.map(([path, text]) => parseRecipe(path, text).phases.map(({ kind }) => kind));
    expect(kinds).toEqual([
      ['dedupe', 'dedupe'],
      ['merge'],
      ['merge', 'merge', 'merge'],
      ['move', 'move', 'move'],
      ['move', 'move'],
    ]);
  });

  it('that merge modules with names in common are refused, and nothing is written', async () => {
    box = sandbox(Object.fromEntries(files), { name });
    const document = await box.json('run', 'refactoring/2-workflow-unification.yaml', '--apply');
    expect(document).toMatchObject({ exitCode: 3, problems: [{ code: 'name-conflict' }, { code: 'name-conflict' }] });
    expect(box.git('rev-list', '--count', 'HEAD')).toBe('1');
  });
});

describe.skipIf(!PYTHON_AVAILABLE)('carried out (needs python3)', () => {
  it.runIf(LONG)(
    'tiers without shims: tests green after each commit, old names gone, history followed, a no-op again',
    async () => {
      box = sandbox(Object.fromEntries(files), { name });
      box.write({ [TIERS]: (files.get(TIERS) as string).replaceAll('    shims: true\n', '') });
      box.git('commit', '-qam', 'no shims');
      const document = await applied(TIERS);
      expect(tests(document)).toEqual([289, 289, 289]);
      for (const { from, to } of MOVES) {
        expect(python(box.top, '-c', `import ${dotted(to)}`)).toMatchObject({ status: 0 });
        expect(python(box.top, '-c', `import ${dotted(from)}`).stderr).toContain('ModuleNotFoundError');
      }
      followed();
      const after = box.git('rev-parse', 'HEAD');
      expect(statuses(await applied(TIERS))).toEqual(['done', 'done', 'done']);
      expect(box.git('rev-parse', 'HEAD')).toBe(after);
    },
    PATIENCE,
  );

  it(
    'quick wins, then tiers with shims: tests green each time, old names are the same objects and warn once; no-ops again',
    async () => {
      box = sandbox(Object.fromEntries(files), { name });
      await quickWins();
      const document = await applied(TIERS);
      expect(tests(document)).toEqual([289, 289, 289]);
      expect(document.data.phases.flatMap((phase: any) => phase.shims).sort()).toEqual(
        MOVES.map(({ from }) => from).sort(),
      );
      for (const { from, to } of MOVES) {
        const told = python(box.top, '-W', 'always', '-c', sameModule(dotted(from), dotted(to)));
        expect(told).toMatchObject({ status: 0, stdout: 'same\n' });
        expect(told.stderr.match(/DeprecationWarning/g)).toHaveLength(1);
        expect(told.stderr).toContain('<string>:2: DeprecationWarning');
      }
      followed();
      expect(statuses(await applied(TIERS))).toEqual(['done', 'done', 'done']);
      box.git('clone', '-q', '.', '../clone');
      expect(statuses(await box.json('run', TIERS, '-C', '../clone'))).toEqual(['done', 'done', 'done']);
    },
    PATIENCE,
  );

  it.runIf(LONG)(
    'orchestration with shims: tests green after each commit, a no-op again',
    async () => {
      box = sandbox(Object.fromEntries(files), { name });
      const recipe = 'refactoring/4-orchestration.yaml';
      expect(tests(await applied(recipe))).toEqual([289, 289]);
      expect(statuses(await applied(recipe))).toEqual(['done', 'done']);
    },
    PATIENCE,
  );

  it.runIf(LONG)(
    'orchestration without its tests noticing: the module left out would be found half imported',
    async () => {
      box = sandbox(Object.fromEntries(files), { name });
      const write = (accept: string) =>
        box.write({
          'r.yaml': `phases:\n  - name: m\n    move: {integration/workflow_execution_engine.py: workflows/execution.py}\n    shims: true\n    accept: [${accept}]\n`,
        });
      write('');
      const refused = await box.json('run', 'r.yaml');
      const [first] = refused.problems.filter((problem: any) => problem.severity === 'error');
      expect(first).toMatchObject({ code: 'import-order', path: 'integration/__init__.py', line: 26 });
      write('"import-order:integration/__init__.py:26"');
      expect((await box.json('run', 'r.yaml', '--apply')).exitCode).toBe(0);
      expect(python(box.top, '-c', 'import workflows.execution').stderr).toContain('partially initialized module');
    },
  );
});

/** Imports twice through the old name: the second time there is nothing to warn of. */
function sameModule(old: string, now: string): string {
  return [
    'import importlib, sys',
    `import ${old}`,
    `import ${old} as again`,
    `import ${now} as new`,
    `assert sys.modules["${old}"] is new and again is new`,
    'print("same")',
  ].join('\n');
}
