/** `regraft move` as people type it. */
import { afterEach, describe, expect, it } from 'vitest';
import { type Sandbox, sandbox } from '../support/cli.js';

const FILES = {
  'shop/__init__.py': '',
  'shop/tax.py': 'def rate():\n    return 7\n',
  'shop/cart.py': 'from .tax import rate\n\n\ndef total():\n    return rate() * 2\n',
  'app.py': 'import shop.tax\nfrom shop import cart, tax\n\nprint(shop.tax.rate(), tax.rate(), cart.total())\n',
  Makefile: 'run:\n\tpython -m shop.tax\n',
};

let box: Sandbox;
afterEach(() => box.remove());

/** The last line of what a preview prints about places. */
async function movesOf(box: Sandbox, ...args: string[]): Promise<string[]> {
  const { data } = await box.json('move', ...args);
  return data.moved.map(({ from, to }: { from: string; to: string }) => `${from} -> ${to}`);
}

describe('destinations', () => {
  it('are directories, new paths or dotted names', async () => {
    box = sandbox(FILES);
    expect(await movesOf(box, 'shop/tax.py', 'shop/money/')).toEqual(['shop/tax.py -> shop/money/tax.py']);
    expect(await movesOf(box, 'shop/tax.py', 'shop/rates.py')).toEqual(['shop/tax.py -> shop/rates.py']);
    expect(await movesOf(box, 'shop/tax.py', 'shop/rates')).toEqual(['shop/tax.py -> shop/rates.py']);
    expect(await movesOf(box, 'shop.tax', 'shop.money.rates')).toEqual(['shop/tax.py -> shop/money/rates.py']);
    expect(await movesOf(box, 'shop/tax.py', 'shop/cart.py', 'shop/all/')).toEqual([
      'shop/cart.py -> shop/all/cart.py',
      'shop/tax.py -> shop/all/tax.py',
    ]);
    expect(await movesOf(box, 'shop', 'store')).toContain('shop/__init__.py -> store/__init__.py');
  });

  it('come from a map, in YAML or JSON', async () => {
    box = sandbox(FILES);
    box.write({ '../map.yaml': '# tiers\nshop/tax.py: shop/money/rates.py\nshop.cart: shop.money.basket\n' });
    box.write({ '../map.json': '{"shop/tax.py": "shop/money/rates.py", "shop.cart": "shop.money.basket"}' });
    const both = ['shop/cart.py -> shop/money/basket.py', 'shop/tax.py -> shop/money/rates.py'];
    expect(await movesOf(box, '--map', '../map.yaml')).toEqual(both);
    expect(await movesOf(box, '--map', '../map.json')).toEqual(both);
  });

  it('are refused when nothing can be there, each by its code, and nothing is written', async () => {
    box = sandbox({ ...FILES, 'shop/old.py': 'x = 1\n' });
    const codes = async (...args: string[]) => {
      const { exitCode, problems } = await box.json('move', ...args, '--apply');
      return [exitCode, ...problems.map(({ code }: { code: string }) => code)];
    };
    expect(await codes('shop/tax.py', 'shop/old.py')).toEqual([3, 'destination-exists']);
    expect(await codes('shop/tax.py', '../elsewhere.py')).toEqual([3, 'outside-repository']);
    expect(await codes('shop/gone.py', 'shop/x.py')).toEqual([3, 'no-such-source']);
    expect(await codes('shop/tax.py', 'shop/tax-rates.py')).toEqual([3, 'not-an-identifier']);
    expect(await codes('shop/tax.py', 'json.py')).toEqual([3, 'shadows-module']);
    expect(await codes('shop/tax.py')).toEqual([1, 'usage']);
    expect(box.git('status', '--porcelain')).toBe('');
    expect(box.git('rev-list', '--count', 'HEAD')).toBe('1');
  });

  it('that imports cannot bear come with the nearest place that would do', async () => {
    box = sandbox({
      'p/__init__.py': '',
      'p/x/__init__.py': '',
      'p/x/a.py': 'def f():\n    return 1\n',
      'p/b/__init__.py': 'from ..user import h\n',
      'p/user.py': 'from .x.a import f\n\n\ndef h():\n    return f()\n',
    });
    const { exitCode, problems } = await box.json('move', 'p/x/a.py', 'p/b/deep/');
    expect([exitCode, problems[0]?.code]).toEqual([3, 'import-order']);
    expect(problems[0].hint).toContain('the statements that lead there');
    expect(problems[0].hint).toContain('p/a.py would do');
    expect((await box.json('move', 'p/x/a.py', 'p/a.py')).exitCode).toBe(0);
  });
});

describe('a preview', () => {
  it('names the moves, the files, the counts and the next command, and writes nothing', async () => {
    box = sandbox(FILES);
    const { stdout, stderr, exitCode } = await box.regraft('move', 'shop/tax.py', 'shop/money/rates.py');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('shop/tax.py → shop/money/rates.py');
    expect(stdout).toContain('+ shop/money/__init__.py  new');
    expect(stdout).toContain('Plan: 1 to move, 1 to create, 3 to rewrite.');
    expect(stdout).toContain('regraft move shop/tax.py shop/money/rates.py --apply');
    expect(box.git('status', '--porcelain')).toBe('');
  });

  it('is a patch that git takes, and that leaves what --apply leaves', async () => {
    box = sandbox(FILES);
    const { stdout } = await box.regraft('move', 'shop/tax.py', 'shop/money/rates.py', '--format', 'patch');
    box.write({ '../move.patch': stdout });
    box.git('apply', '--index', '../move.patch');
    const patched = box.git('write-tree');
    box.git('reset', '-q', '--hard');
    expect((await box.regraft('move', 'shop/tax.py', 'shop/money/rates.py', '--apply')).exitCode).toBe(0);
    expect(box.git('rev-parse', 'HEAD^{tree}')).toBe(patched);
  });

  it('exits 2 with --check while something is to do', async () => {
    box = sandbox(FILES);
    expect((await box.regraft('move', 'shop/tax.py', 'shop/rates.py', '--check')).exitCode).toBe(2);
  });

  it('no longer asks about a place that was accepted', async () => {
    box = sandbox({ ...FILES, 'settings.yaml': 'plugins:\n  - name: tax\n    kind: shop/tax\n' });
    const move = ['move', 'shop/tax.py', 'shop/rates.py'];
    const asked = (await box.json(...move)).data.hits.filter((hit: any) => hit.decision === 'review');
    expect(asked.length).toBeGreaterThan(0);
    const accept = asked.flatMap((hit: any) => ['--accept', `${hit.code}:${hit.path}:${hit.line}`]);
    const { exitCode, data } = await box.json(...move, ...accept);
    expect(exitCode).toBe(0);
    const again = data.hits.filter((hit: any) =>
      asked.some((each: any) => each.line === hit.line && each.path === hit.path),
    );
    expect(again.map((hit: any) => [hit.decision, hit.reason.slice(0, 19)])).toEqual(
      asked.map(() => ['leave', 'Accepted as it is. ']),
    );
  });

  it('asks nobody off a terminal', async () => {
    box = sandbox(FILES);
    const { exitCode, problems } = await box.json('move', 'shop/tax.py', 'shop/rates.py', '--review');
    expect([exitCode, problems[0].code]).toEqual([1, 'usage']);
  });
});

describe('a move', () => {
  it('is one commit, works, and is taken back to the same tree', async () => {
    box = sandbox(FILES);
    const start = box.git('rev-parse', 'HEAD^{tree}');
    const ran = await box.json(
      'move',
      'shop/tax.py',
      'shop/money/rates.py',
      '--apply',
      '--verify',
      'python3 -B app.py',
    );
    expect(ran).toMatchObject({ ok: true, exitCode: 0, data: { run: { status: 'done' } } });
    expect(box.git('ls-files').split('\n')).toEqual([
      'Makefile',
      'app.py',
      'shop/__init__.py',
      'shop/cart.py',
      'shop/money/__init__.py',
      'shop/money/rates.py',
    ]);
    expect(box.git('show', 'HEAD:Makefile')).toContain('python -m shop.money.rates');
    expect(box.git('status', '--porcelain')).toBe('');
    expect((await box.regraft('undo')).exitCode).toBe(0);
    expect(box.git('rev-parse', 'HEAD^{tree}')).toBe(start);
  });

  it('is taken back later with a warning where a younger import would lead nowhere', async () => {
    box = sandbox(FILES);
    await box.regraft('move', 'shop/tax.py', 'shop/money/rates.py', '--apply');
    box.write({ 'later.py': 'import os\nfrom shop.money.rates import rate\n' });
    box.git('add', '-A');
    box.git('commit', '-q', '-m', 'later');
    const warned = { problems: [{ code: 'import-lost', severity: 'warning', path: 'later.py', line: 2 }], exitCode: 0 };
    const preview = await box.json('undo', '-n');
    expect(preview).toMatchObject(warned);
    expect(preview.data.would.files).toContainEqual({
      path: 'shop/money/rates.py',
      becomes: 'deleted',
      keepsLaterChanges: false,
    });
    expect((await box.regraft('undo', '-n')).stdout).toContain('--> later.py:2');
    expect(await box.json('undo')).toMatchObject(warned);
    expect(box.git('ls-files')).toContain('shop/tax.py');
  });

  it('is saved, reviewed and carried out later; after another commit it is stale', async () => {
    box = sandbox(FILES);
    await box.regraft('move', 'shop/tax.py', 'shop/rates.py', '--save', '../plan.json');
    expect((await box.regraft('apply', '../plan.json')).exitCode).toBe(0);
    expect(box.git('ls-files')).toContain('shop/rates.py');
    expect((await box.json('apply', '../plan.json')).problems[0].code).toBe('stale-plan');
  });

  it('follows a map in the repository, which stays as it is', async () => {
    const map = 'shop/tax.py: shop/money/tax.py\n';
    box = sandbox({ ...FILES, 'map.yaml': map });
    const { data } = await box.json('move', '--map', 'map.yaml', '--save', 'plan.json');
    expect(data.hits.map(({ path }: { path: string }) => path)).not.toContain('map.yaml');
    expect((await box.regraft('apply', 'plan.json')).exitCode).toBe(0);
    expect(box.git('show', 'HEAD:map.yaml')).toBe(map.trim());
  });

  it('takes back the packages that it created, and others when asked', async () => {
    box = sandbox({ ...FILES, 'old/__init__.py': '', 'old/one.py': 'ONE = 1\n' });
    const start = box.git('rev-parse', 'HEAD^{tree}');
    await box.regraft('move', 'old/one.py', 'fresh/one.py', '--apply');
    expect(box.git('ls-files', 'old', 'fresh').split('\n')).toEqual([
      'fresh/__init__.py',
      'fresh/one.py',
      'old/__init__.py',
    ]);
    await box.regraft('move', 'fresh/one.py', 'old/one.py', '--apply');
    expect(box.git('rev-parse', 'HEAD^{tree}')).toBe(start);
    await box.regraft('move', 'old/one.py', 'fresh/one.py', '--apply', '--prune');
    expect(box.git('ls-files', 'old')).toBe('');
  });

  it('rolls back when verification newly fails', async () => {
    box = sandbox(FILES);
    const head = box.git('rev-parse', 'HEAD');
    const { exitCode } = await box.regraft(
      'move',
      'shop/tax.py',
      'shop/rates.py',
      '--apply',
      '--verify',
      'test -f shop/tax.py',
    );
    expect(exitCode).toBe(4);
    expect(box.git('rev-parse', 'HEAD')).toBe(head);
    expect(box.git('status', '--porcelain')).toBe('');
  });

  it('does not touch a file that somebody is editing', async () => {
    box = sandbox(FILES);
    box.write({ 'app.py': `${FILES['app.py']}# mine\n` });
    const { exitCode, problems } = await box.json('move', 'shop/tax.py', 'shop/rates.py', '--apply');
    expect(exitCode).toBe(3);
    expect(problems.map(({ path }: { path: string }) => path)).toContain('app.py');
  });
});

describe('batches', () => {
  it('are commits of so many moves each, and undone together', async () => {
    box = sandbox(FILES);
    const start = box.git('rev-parse', 'HEAD^{tree}');
    box.write({ '../map.yaml': 'shop/tax.py: shop/money/tax.py\nshop/cart.py: shop/money/cart.py\n' });
    const args = ['move', '--map', '../map.yaml', '--batch-size', '1', '--apply', '--verify', 'python3 -B app.py'];
    expect((await box.json(...args)).data.run.commits).toHaveLength(2);
    expect(box.git('show', 'HEAD:app.py')).toContain('from shop.money import cart, tax');
    await box.regraft('undo');
    expect(box.git('rev-parse', 'HEAD^{tree}')).toBe(start);
  });
});
