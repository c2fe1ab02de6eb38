/** `regraft init`: the recipe that it drafts can be carried out as it is. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { bundledRepository } from '../../src/bundled/index.js';
import { parseRecipe } from '../../src/core/recipe.js';
import { type Sandbox, sandbox } from '../support/cli.js';
import { LONG } from '../support/long.js';

let box: Sandbox;
afterEach(() => box.remove());

const CODE = 'def area(a, b):\n    """The area."""\n    return a * b\n';
const NAMES = ['users', 'login', 'orders', 'basket', 'prices', 'stock'];

const SHOP: Readonly<Record<string, string>> = {
  'shop/__init__.py': '',
  'shop/area.py': CODE,
  'shop/area_old.py': CODE,
  'shop/price.py': 'def price(): return 1\n',
  'shop/price_robust.py': 'def price(): return 2\n',
  'shop/sales_report.py': 'TITLE = "sales"\n',
  'shop/stock_report.py': 'TITLE = "stock"\n',
  ...Object.fromEntries(NAMES.map((name) => [`shop/${name}.py`, `NAME = "${name}"\n`])),
  'tests/test_shop.py': 'import pytest\nfrom shop.area_old import area\nfrom shop.price_robust import price\n',
};

const recipeIn = (top: string) => readFileSync(join(top, 'regraft.yaml'), 'utf8');

/** The merges that stand as comments, with the signs taken away. */
const mergesIn = (text: string) =>
  [...text.matchAll(/^ {2}# - name: "one module.*\n(?: {2}# .*\n)*/gm)].map(([block]) =>
    block.replace(/^ {2}# /gm, '  '),
  );

describe('init', () => {
  it('prints what it would write, and writes nothing', async () => {
    box = sandbox(SHOP);
    const { exitCode, stdout, stderr } = await box.regraft('init');
    expect([exitCode, stderr, existsSync(join(box.top, 'regraft.yaml'))]).toEqual([0, '', false]);
    expect(stdout).toMatchInlineSnapshot(`
      "# A recipe for regraft, drafted by regraft init. Change it as you like; nothing reads it but regraft run.
      #   regraft run regraft.yaml          shows what would be done; nothing is written
      #   regraft run regraft.yaml --apply  does it, in commits that regraft undo takes back
      # Each phase was planned without a refusal when this was drafted. What was not, stands as a comment with the codes of
      # what speaks against it: regraft explain CODE.
      #
      # Looked at: 14 files, 14 modules; imports start from the top.

      # 1 test file; tests/test_shop.py imports pytest. It runs before the first and after every commit; init has not run it.
      verify: python3 -m pytest -q

      phases:
        # --- Copies by name
        # Their users get the same code from the module of the same name without its marker.
        - name: "copies by name"
          dedupe:
            paths:
              - shop/area_old.py
        # Not among them, since each needs a decision:
        #   shop/price_robust.py: body-differs

        # --- Copies by content: none; regraft duplicates shows functions that are.

        # --- Tiers
        # Their names share a word. A proposal: change it, or take it out. Old names keep working.
        - name: "tiers: shop/report"
          move:
            shop/sales_report.py: shop/report/sales.py
            shop/stock_report.py: shop/report/stock.py
          shims: true

        # --- Modules that do the same job, or part of it: none found; regraft inventory shows how it was measured.

        # --- Shims: none yet. What phases with shims leave is taken away later: regraft retire.

      # Nothing is written. To write this to regraft.yaml: regraft init --apply
      "
    `);
    expect((await box.json('init', '--apply', '-n')).data.written).toBe(false);
  });

  it('writes a recipe whose preview has no refusal, and which can be carried out', async () => {
    box = sandbox(SHOP);
    const { data, exitCode } = await box.json('init', '--apply');
    expect([exitCode, data.written, data.recipe]).toEqual([0, true, recipeIn(box.top)]);
    expect(data.found.tests).toMatchObject({ runner: 'pytest', command: 'python3 -m pytest -q' });
    box.write({ 'regraft.yaml': recipeIn(box.top).replace(/^verify:.*$/m, 'verify: "true"') });
    expect((await box.regraft('run', 'regraft.yaml')).exitCode).toBe(0);
    expect((await box.regraft('run', 'regraft.yaml', '--apply')).exitCode).toBe(0);
    expect(existsSync(join(box.top, 'shop/area_old.py'))).toBe(false);
    expect(existsSync(join(box.top, 'shop/report/sales.py'))).toBe(true);
  });

  it('never writes over a recipe that is there', async () => {
    box = sandbox({ ...SHOP, 'regraft.yaml': 'mine\n' });
    const { exitCode, problems } = await box.json('init', '--apply');
    expect([exitCode, problems[0].code, recipeIn(box.top)]).toEqual([3, 'exists', 'mine\n']);
  });

  it('writes to the top of the repository, wherever one stands', async () => {
    box = sandbox(SHOP);
    expect((await box.regraft('-C', 'shop', 'init', '--apply')).exitCode).toBe(0);
    expect(existsSync(join(box.top, 'regraft.yaml'))).toBe(true);
  });

  it('writes a recipe that can be run where there is nothing to do', async () => {
    box = sandbox({ 'a.py': 'x = 1\n', 'b_robust.py': 'x = 2\n', 'b.py': 'x = 1\n' });
    await box.regraft('init', '--apply');
    expect(recipeIn(box.top)).toContain('# verify: python3 -m pytest -q');
    const { exitCode, stdout } = await box.regraft('run', 'regraft.yaml');
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('nothing')]);
  });

  it('keeps hostile names inside of the texts that they stand in', async () => {
    const name = 'x: {a}\n  - name: "evil"\u202e.py';
    box = sandbox({ [name]: CODE, 'pkg/area.py': CODE, 'pkg/area_old.py': CODE, "it's/test_a.py": '' });
    const { data } = await box.json('init', '--apply');
    expect(() => parseRecipe('regraft.yaml', data.recipe)).not.toThrow();
    expect(recipeIn(box.top)).not.toMatch(/\u202e/);
    expect((await box.regraft('run', 'regraft.yaml')).exitCode).toBe(0);
  });

  it('drafts the plan of the bundled repository', async () => {
    const { name, files } = bundledRepository();
    box = sandbox(Object.fromEntries(files), { name });
    await box.regraft('init', '--apply');
    const text = recipeIn(box.top);
    const { phases } = parseRecipe(
      'regraft.yaml',
      `phases:
${mergesIn(text).join('')}`,
    );
    expect(phases[0]).toMatchObject({ kind: 'merge', conflicts: 'rename', shims: true });
    expect(text).toContain('#   integration/realtime_performance_monitoring_robust.py: missing-name');
    if (LONG) expect((await box.regraft('run', 'regraft.yaml')).exitCode).toBe(0);
  });
});
