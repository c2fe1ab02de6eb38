/**
 * The recipes of the bundled repository do what they promise: its tests pass after each commit, every name is found at its new
 * home and under its old one, history follows, a second run finds nothing to do.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { bundledRepository } from '../../src/bundled/index.js';
import { parseRecipe } from '../../src/core/recipe.js';
import { type Sandbox, sandbox } from '../support/cli.js';
import { LONG } from '../support/long.js';
import { PYTHON_AVAILABLE, python } from './checkout.js';
import { dotted, homes, type Names, namesOf, strays } from './homes.js';

const { files, name } = bundledRepository();
const RECIPES = [...files].filter(([path]) => path.startsWith('refactoring/'));
const ALL = 'refactoring/all-phases.yaml';
const TIERS = 'refactoring/3-integration-tiers.yaml';
const GROUPS = 'refactoring/3-integration-groups.yaml';
const ONE_BY_ONE = [
  'refactoring/1-quick-wins.yaml',
  'refactoring/2-workflow-unification.yaml',
  TIERS,
  'refactoring/4-orchestration.yaml',
];
const SYSTEM = 'orchestration/unified_workflow_system.py';
/** Runs the repository's tests many times. */
const PATIENCE = 600_000;
const TESTS = 289;

const MOVES = parseRecipe(TIERS, files.get(TIERS) as string).phases.flatMap((phase) =>
  phase.kind === 'move' ? phase.moves : [],
);

let box: Sandbox;
afterEach(() => box.remove());

/** In a sample the repository's tests run once, after all commits; in full after each. */
const VERIFY = 'verify: python3 -m unittest discover -q';
const open = () => {
  const sampled = [...files].map(([path, text]) => [path, LONG ? text : text.replaceAll(VERIFY, 'verify: "true"')]);
  box = sandbox(Object.fromEntries(sampled), { name });
};
/** How many tests pass in the working tree. */
const passing = () => {
  const { status, stderr } = python(box.top, '-m', 'unittest', 'discover', '-q');
  return status === 0 ? Number(/^Ran (\d+) tests/m.exec(stderr)?.[1]) : stderr;
};
const statuses = (document: any) => document.data.phases.map((phase: any) => phase.status);
const tests = (document: any) =>
  document.data.run.verified.flatMap(({ command, ran }: any) => (command.includes('unittest') ? ran : []));
const tracked = () => box.git('ls-files').split('\n');
const tree = () => box.git('rev-parse', 'HEAD^{tree}');

async function applied(recipe: string): Promise<any> {
  const document = await box.json('run', recipe, '--apply');
  expect(document.problems.filter((problem: any) => problem.severity === 'error')).toEqual([]);
  expect(document.exitCode).toBe(0);
  expect(box.git('status', '--porcelain')).toBe('');
  return document;
}

/** A recipe that is carried out with every test green after every commit, and is a no-op the second time. */
async function green(recipe: string, commits: number): Promise<any> {
  const document = await applied(recipe);
  expect(document.data.run.commits).toHaveLength(commits);
  if (LONG) expect(tests(document)).toEqual(Array(commits).fill(TESTS));
  else expect(passing()).toBe(TESTS);
  const after = box.git('rev-parse', 'HEAD');
  const again = await applied(recipe);
  expect(new Set(statuses(again))).toEqual(new Set(['done']));
  expect(box.git('rev-parse', 'HEAD')).toBe(after);
  return document;
}

/** Git recognises each moved file, back to the first commit. */
function followed(): void {
  const first = box.git('rev-list', '--max-parents=0', 'HEAD');
  for (const { to } of MOVES) expect(box.git('log', '--follow', '--format=%H', '--', to)).toContain(first);
}

/** Each public name of each module that went elsewhere is found there, and is the same object under its old name. */
function foundAgain(before: Names, documents: readonly any[]): void {
  const { missing, checked } = strays(box.top, homes(before, documents));
  expect(missing).toEqual([]);
  expect(checked).toBeGreaterThan(200);
}

describe('the recipes', () => {
  it('are one for each phase of the plan, and one for all of them', () => {
    box = sandbox({});
    const kinds = RECIPES.map(([path, text]) => [path, parseRecipe(path, text).phases.map(({ kind }) => kind)]);
    expect(Object.fromEntries(kinds)).toEqual({
      'refactoring/1-quick-wins.yaml': ['dedupe', 'dedupe', 'merge', 'merge', 'merge'],
      'refactoring/2-workflow-unification.yaml': ['move', 'merge'],
      [GROUPS]: ['merge', 'merge', 'merge'],
      [TIERS]: ['move', 'move', 'move'],
      'refactoring/4-orchestration.yaml': ['move', 'move'],
      [ALL]: ONE_BY_ONE.flatMap((path) => Object.fromEntries(kinds)[path]),
    });
  });
});

describe.skipIf(!PYTHON_AVAILABLE)('carried out (needs python3)', () => {
  it(
    'all phases: tests green after each commit, one workflow system, the tiers, no copies, every name found again',
    async () => {
      open();
      const before = namesOf(box.top);
      const document = await green(ALL, 15);
      const paths = tracked();
      expect(paths.filter((path) => path.includes('_robust'))).toEqual([]);
      expect(paths).toEqual(expect.arrayContaining([SYSTEM, ...MOVES.map(({ to }) => to)]));
      const [system] = document.data.phases.flatMap(({ merged }: any) => (merged?.into === SYSTEM ? merged : []));
      expect(system.from).toHaveLength(3);
      expect(document.data.lines).toEqual({ before: 30009, after: linesOf(paths), shims: 654 });
      foundAgain(before, [document]);
    },
    PATIENCE,
  );

  it.runIf(LONG)(
    'phase by phase: each recipe by itself, to the same end; history followed, old names warn once; undone, all is as it was',
    async () => {
      open();
      const start = tree();
      const before = namesOf(box.top);
      const documents: any[] = [];
      for (const [index, recipe] of ONE_BY_ONE.entries())
        documents.push(await green(recipe, [8, 2, 3, 2][index] as number));
      expect(statuses(await box.json('run', ALL))).toEqual(Array(12).fill('done'));
      for (const { from, to } of MOVES) {
        const told = python(box.top, '-W', 'always', '-c', sameModule(dotted(from), dotted(to)));
        expect(told).toMatchObject({ status: 0, stdout: 'same\n' });
        expect(told.stderr.match(/DeprecationWarning/g)).toHaveLength(1);
        expect(told.stderr).toContain('<string>:2: DeprecationWarning');
      }
      followed();
      box.git('clone', '-q', '.', '../clone');
      expect(statuses(await box.json('run', ALL, '-C', '../clone'))).toEqual(Array(12).fill('done'));
      documents.push(await green(GROUPS, 3));
      foundAgain(before, documents);
      for (const { id } of documents.flatMap(({ data }) => data.runs).reverse())
        expect((await box.regraft('undo', id)).exitCode).toBe(0);
      expect(tree()).toBe(start);
    },
    PATIENCE,
  );

  it.runIf(LONG)(
    'workflows and orchestration, each in a repository as it is: tests green, a no-op again',
    async () => {
      open();
      await green('refactoring/4-orchestration.yaml', 2);
      box.remove();
      open();
      await green('refactoring/2-workflow-unification.yaml', 2);
    },
    PATIENCE,
  );

  it.runIf(LONG)(
    'tiers without shims: tests green after each commit, old names gone, history followed, a no-op again',
    async () => {
      open();
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

  it.runIf(LONG)(
    'orchestration without its tests noticing: the module left out would be found half imported',
    async () => {
      open();
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

/** Lines of Python, counted here by other means. */
function linesOf(paths: readonly string[]): number {
  const texts = paths.filter((path) => path.endsWith('.py')).map((path) => box.git('show', `HEAD:${path}`));
  return texts.filter((text) => text !== '').reduce((sum, text) => sum + text.split('\n').length, 0);
}
