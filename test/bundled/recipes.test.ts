/** The recipes of the bundled repository do what they promise: its tests pass after each commit, history follows, old names work as asked. */
import { afterEach, describe, expect, it } from 'vitest';
import { bundledRepository } from '../../src/bundled/index.js';
import { TRUTH } from '../../src/bundled/truth.js';
import { parseRecipe } from '../../src/core/recipe.js';
import { type Sandbox, sandbox } from '../support/cli.js';
import { PYTHON_AVAILABLE, python } from './checkout.js';

const { files, name } = bundledRepository();
const RECIPES = [...files].filter(([path]) => path.startsWith('refactoring/'));
const TIERS = 'refactoring/3-integration-tiers.yaml';
/** Runs the repository's tests many times. */
const LONG = 600_000;

const MOVES = parseRecipe(TIERS, files.get(TIERS) as string).phases.flatMap((phase) =>
  phase.kind === 'move' ? phase.moves : [],
);

let box: Sandbox;
afterEach(() => box.remove());

const statuses = (document: any) => document.data.phases.map((phase: any) => phase.status);
const tests = (document: any) => document.data.run.verified.map((verified: any) => verified.ran);
const dotted = (path: string) => path.replace(/\.py$/, '').replaceAll('/', '.');

function applied(recipe: string): any {
  const document = box.json('run', recipe, '--apply');
  expect(document.problems.filter((problem: any) => problem.severity === 'error')).toEqual([]);
  expect(document.exitCode).toBe(0);
  expect(box.git('status', '--porcelain')).toBe('');
  return document;
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

  it('that merge are refused, and nothing is written', () => {
    box = sandbox(Object.fromEntries(files), { name });
    const document = box.json('run', 'refactoring/2-workflow-unification.yaml', '--apply');
    expect(document).toMatchObject({ exitCode: 3, problems: [{ code: 'not-supported', line: 6 }] });
    expect(box.git('rev-list', '--count', 'HEAD')).toBe('1');
  });
});

describe.skipIf(!PYTHON_AVAILABLE)('carried out (needs python3)', () => {
  it(
    'quick wins delete what the truth deletes or would when accepted, tests green each time, and are a no-op again',
    () => {
      box = sandbox(Object.fromEntries(files), { name });
      const document = applied('refactoring/1-quick-wins.yaml');
      const going = TRUTH.filter(({ decision, deletedWhenAccepted }) => decision === 'delete' || deletedWhenAccepted);
      const gone = TRUTH.filter(({ remove }) => !box.git('ls-files').split('\n').includes(remove));
      expect(gone).toEqual(going);
      expect(document.data.run.commits).toHaveLength(5);
      expect(tests(document)).toEqual([289, 289, 289, 289, 289]);
      expect(statuses(applied('refactoring/1-quick-wins.yaml'))).toEqual(['done', 'done']);
    },
    LONG,
  );

  it(
    'tiers without shims: tests green after each commit, old names gone, history followed, a no-op again',
    () => {
      box = sandbox(Object.fromEntries(files), { name });
      box.write({ [TIERS]: (files.get(TIERS) as string).replaceAll('    shims: true\n', '') });
      box.git('commit', '-qam', 'no shims');
      const document = applied(TIERS);
      expect(tests(document)).toEqual([289, 289, 289]);
      for (const { from, to } of MOVES) {
        expect(python(box.top, '-c', `import ${dotted(to)}`)).toMatchObject({ status: 0 });
        expect(python(box.top, '-c', `import ${dotted(from)}`).stderr).toContain('ModuleNotFoundError');
      }
      followed();
      const after = box.git('rev-parse', 'HEAD');
      expect(statuses(applied(TIERS))).toEqual(['done', 'done', 'done']);
      expect(box.git('rev-parse', 'HEAD')).toBe(after);
    },
    LONG,
  );
});
