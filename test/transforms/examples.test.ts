/** The built-in transforms, with the kit that users test theirs with. */
import { describe, expect, it } from 'vitest';
import { defineInlineTest, runTransform, type TestFiles, use } from '../../src/testing.js';

use({ it });

const SHOP: TestFiles = {
  'shop/__init__.py': '',
  'shop/prices.py': 'def total(items):\n    return sum(items)\n',
  'shop/deep/__init__.py': '',
};

/** A tree with one more file before and after. */
function inShop(
  name: string,
  options: Record<string, string>,
  path: string,
  before: string,
  after: string | null,
  title: string,
) {
  defineInlineTest(
    name,
    options,
    { ...SHOP, [path]: before },
    after === null ? null : { ...SHOP, [path]: after },
    title,
  );
}

describe('relative-imports', () => {
  const name = 'relative-imports';
  const user = 'shop/cart.py';
  inShop(name, {}, user, 'from shop.prices import total\n', 'from .prices import total\n', 'gives dots to a module');
  inShop(name, {}, user, 'from shop import prices\n', 'from . import prices\n', 'gives a dot to a package');
  inShop(
    name,
    {},
    'shop/deep/x.py',
    'from shop.prices import total\n',
    'from ..prices import total\n',
    'gives two dots',
  );
  inShop(
    name,
    { levels: '1' },
    'shop/deep/x.py',
    'from shop.prices import total\n',
    null,
    'leaves more dots than asked for',
  );
  inShop(
    name,
    {},
    user,
    'import shop.prices\nimport os\nfrom os import path\n',
    null,
    'leaves what has no relative form',
  );
  inShop(
    name,
    {},
    user,
    'from shop.prices import total\nif __name__ == "__main__":\n    total([])\n',
    null,
    'leaves programs',
  );
  inShop(name, {}, 'run.py', 'from shop.prices import total\n', null, 'leaves files outside of packages');
  inShop(
    name,
    {},
    user,
    'def f():\n    from shop.prices import (  # why\n        total,\n    )\n',
    'def f():\n    from .prices import (  # why\n        total,\n    )\n',
    'keeps brackets and comments',
  );
});

describe('absolute-imports', () => {
  const name = 'absolute-imports';
  const user = 'shop/cart.py';
  inShop(name, {}, user, 'from .prices import total\n', 'from shop.prices import total\n', 'names a module');
  inShop(name, {}, user, 'from . import prices as p\n', 'from shop import prices as p\n', 'names a package');
  inShop(
    name,
    {},
    'shop/deep/x.py',
    'from ..prices import total\n',
    'from shop.prices import total\n',
    'counts the dots',
  );
  inShop(
    name,
    {},
    'shop/deep/__init__.py',
    'from .. import prices\n',
    'from shop import prices\n',
    'counts from a package',
  );
  inShop(name, {}, user, 'from.prices import total\n', 'from shop.prices import total\n', 'needs a blank');
  inShop(name, {}, user, 'import os\nfrom shop.prices import total\n', null, 'leaves full names');
});

describe('guarded-imports', () => {
  const name = 'guarded-imports';
  const user = 'shop/cart.py';
  const guarded = (body: string, fallback = 'total = None') =>
    `try:\n    ${body}\nexcept ImportError:\n    ${fallback}\nX = 1\n`;
  const plain = 'from shop.prices import total\nX = 1\n';
  inShop(name, {}, user, guarded('from shop.prices import total'), plain, 'takes a dead fallback away');
  inShop(name, {}, user, guarded('from .prices import total'), 'from .prices import total\nX = 1\n', 'reads dots');
  inShop(
    name,
    {},
    user,
    'def f():\n    try:\n        from shop.prices import (\n            total,\n        )\n        HAVE = True\n    except (ImportError, ModuleNotFoundError):\n        HAVE = False\n    return HAVE\n',
    'def f():\n    from shop.prices import (\n        total,\n    )\n    HAVE = True\n    return HAVE\n',
    'keeps flags, brackets and indentation',
  );
  inShop(name, {}, user, guarded('from shop.gone import total'), null, 'leaves what is not there');
  inShop(name, {}, user, guarded('from shop.prices import other'), null, 'leaves a name that is not there');
  inShop(name, {}, user, guarded('import numpy', 'numpy = None'), null, 'leaves what must be installed');
  inShop(
    name,
    {},
    user,
    guarded('from shop.prices import total', 'OTHER = 1'),
    null,
    'leaves a fallback that gives more',
  );
  inShop(
    name,
    {},
    user,
    guarded('from shop.prices import total').replace('ImportError', 'ValueError'),
    null,
    'leaves other errors',
  );
  inShop(
    name,
    {},
    user,
    guarded('from shop.prices import total')
      .replace('X = 1', '')
      .replace(/except/, 'except OSError:\n    pass\nexcept'),
    null,
    'leaves two clauses',
  );

  it('leaves a module that needs something installed, or imports back', async () => {
    const user = guarded('from shop.a import f', 'f = None');
    const needs = await runTransform(name, {
      ...SHOP,
      'shop/a.py': 'import numpy\ndef f(): pass\n',
      'shop/u.py': user,
    });
    expect(needs.files['shop/u.py']).toBe(user);
    const back = await runTransform(name, {
      ...SHOP,
      'shop/a.py': 'import shop.u\ndef f(): pass\n',
      'shop/u.py': user,
    });
    expect(back.files['shop/u.py']).toBe(user);
  });
});

describe('rename-symbol', () => {
  const options = { from: 'shop.prices.total', to: 'price' };
  const before = {
    'shop/__init__.py': "from .prices import total\n\n__all__ = ['total']\n",
    'shop/prices.py':
      'TAX = 1\n\n\ndef total(items):\n    return total(items[1:]) if items else 0\n\n\ndef other(total):\n    return total\n',
    'a.py':
      'import shop.prices\nfrom shop import total\nfrom shop.prices import total as t, TAX\n\nprint(total, shop.prices.total, t)\n',
    'b.py': 'from shop.prices import total\n\nprice = 1\nprint(total([price]))\n',
    'c.py': 'from shop import *\n\ntotal([])\n',
    'd.py': 'try:\n    from shop.prices import total\nexcept ImportError:\n    total = None\nprint(total)\n',
    'test_a.py': 'from unittest import mock\n\nmock.patch("shop.prices.total")\nmock.patch("shop.prices.totals")\n',
    'e.py': 'total = 1\nprint(total)\n',
  };
  const after = {
    'shop/__init__.py': "from .prices import price\n\n__all__ = ['price']\n",
    'shop/prices.py':
      'TAX = 1\n\n\ndef price(items):\n    return price(items[1:]) if items else 0\n\n\ndef other(total):\n    return total\n',
    'a.py':
      'import shop.prices\nfrom shop import price\nfrom shop.prices import price as t, TAX\n\nprint(price, shop.prices.price, t)\n',
    'b.py': 'from shop.prices import price as total\n\nprice = 1\nprint(total([price]))\n',
    'c.py': 'from shop import *\n\nprice([])\n',
    'd.py': 'try:\n    from shop.prices import price as total\nexcept ImportError:\n    total = None\nprint(total)\n',
    'test_a.py': 'from unittest import mock\n\nmock.patch("shop.prices.price")\nmock.patch("shop.prices.totals")\n',
    'e.py': 'total = 1\nprint(total)\n',
  };
  defineInlineTest(
    'rename-symbol',
    options,
    before,
    after,
    'follows imports, attributes, re-exports, stars and strings',
  );

  defineInlineTest(
    'rename-symbol',
    { from: 'm.count', to: 'seen' },
    { 'm.py': 'count = 0\n\n\ndef more():\n    global count\n    count += 1\n    return count\n' },
    { 'm.py': 'seen = 0\n\n\ndef more():\n    global seen\n    seen += 1\n    return seen\n' },
    'follows global',
  );

  it('is refused where the module has the name already, or not all users are looked at', async () => {
    const taken = await runTransform(
      'rename-symbol',
      { 'm.py': 'def f(): pass\ndef g(): pass\n' },
      { from: 'm.f', to: 'g' },
    );
    expect(taken.refusals).toMatchObject([{ code: 'transform-failed', path: 'm.py' }]);
    const user = { 'm.py': 'def f(): pass\n', 'u.py': 'from m import f\n' };
    const some = await runTransform('rename-symbol', user, { from: 'm.f', to: 'g' }, { paths: ['m.py'] });
    expect(some.refusals).toMatchObject([{ code: 'check-unresolved', path: 'u.py', line: 1 }]);
    expect(some.files['m.py']).toBe(user['m.py']);
    const asked = {
      'm.py': 'def f(): pass\n',
      'u.py': 'import m\nm.f()\n',
      't.py': 'import mock\nmock.patch("m.f")\n',
    };
    const attribute = await runTransform('rename-symbol', asked, { from: 'm.f', to: 'g' }, { paths: ['m.py'] });
    expect(attribute.refusals.map(({ code, path, line }) => `${code} ${path}:${line}`)).toEqual([
      'string-reference t.py:2',
      'check-binding u.py:2',
    ]);
  });
});

describe('shims', () => {
  it('come and go', async () => {
    const user = { 'user.py': 'from shop.sums import total\n\nprint(total([]), "shop.sums.total")\n' };
    const left = await runTransform('add-shim', { ...SHOP, 'user.py': '' }, { old: 'shop.sums', new: 'shop.prices' });
    expect(left.refusals).toEqual([]);
    expect(left.files['shop/sums.py']).toContain('# regraft: shim');
    const again = await runTransform('add-shim', left.files, { old: 'shop.sums', new: 'shop.prices' });
    expect(again).toMatchObject({ refusals: [], files: left.files });
    const gone = await runTransform('retire-shims', { ...left.files, ...user });
    expect(gone.refusals).toEqual([]);
    expect(gone.files).toEqual({
      ...SHOP,
      'user.py': 'from shop.prices import total\n\nprint(total([]), "shop.prices.total")\n',
    });
  });

  it('stay where something else is there, or something uses them', async () => {
    const there = await runTransform(
      'add-shim',
      { ...SHOP, 'shop/sums.py': 'X = 1\n' },
      { old: 'shop.sums', new: 'shop.prices' },
    );
    expect(there.refusals).toMatchObject([{ code: 'destination-exists', path: 'shop/sums.py' }]);
    const { files } = await runTransform('add-shim', SHOP, { old: 'shop.sums', new: 'shop.prices' });
    const config = { 'pyproject.toml': '[project]\nname = "x"\n[project.scripts]\nrun = "shop.sums:total"\n' };
    const used = await runTransform('retire-shims', { ...files, ...config });
    expect(used.refusals).toMatchObject([{ path: 'pyproject.toml', line: 4 }]);
    expect(used.files['shop/sums.py']).toBe(files['shop/sums.py']);
  });
});

describe('string-references', () => {
  const options = { from: 'shop.sums', to: 'shop.prices' };
  defineInlineTest(
    'string-references',
    options,
    '"""shop.sums"""\nA = "shop.sums"\nB = r\'shop.sums.total\'\nC = f"shop.sums:{A}"\nD = "shop.sumsx", "my.shop.sums"\n# shop.sums\n',
    '"""shop.sums"""\nA = "shop.prices"\nB = r\'shop.prices.total\'\nC = f"shop.prices:{A}"\nD = "shop.sumsx", "my.shop.sums"\n# shop.sums\n',
    'rewrites names in strings, not in prose',
  );
});

describe('the test kit', () => {
  const files = { 'a.py': 'x = 1\n', 'b.py': 'x = 2\n' };

  it('names the line of a test whose own function throws', async () => {
    const { refusals } = await runTransform(({ path }) => {
      if (path === 'a.py') throw new Error('no');
      return null;
    }, files);
    expect(refusals.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^transform failed with Error: no \(examples\.test\.ts:\d+:\d+\)$/),
    ]);
  });

  it('takes the address of a file, and leaves files out', async () => {
    const address = new URL('../../transforms/examples/relative-imports.ts', import.meta.url);
    const shop = { 'p/__init__.py': '', 'p/a.py': '', 'p/b.py': 'from p import a\n' };
    expect((await runTransform(address, shop)).files).toEqual({ ...shop, 'p/b.py': 'from . import a\n' });
    const { files: after } = await runTransform(() => 'y = 1\n', files, {}, { exclude: ['b.*'] });
    expect(after).toEqual({ 'a.py': 'y = 1\n', 'b.py': 'x = 2\n' });
  });
});
