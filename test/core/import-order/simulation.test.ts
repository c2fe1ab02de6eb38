/** Each small tree is imported module by module, by the simulation and by real Python; the two must agree. */
import { describe, expect, test } from 'vitest';
import { Simulation } from '../../../src/core/import-order/simulation.js';
import { draw, type Tree } from '../../support/tree.js';
import { realVerdicts } from './python.js';

/** Situation, tree, and the modules that cannot be imported, with the exception. */
type Case = readonly [situation: string, tree: Tree, failing: Readonly<Record<string, string>>];

const REPLACING = `import sys, types
class Lazy(types.ModuleType):
    def __getattr__(self, name): return name
def replace(*parts):
    name = '.'.join(parts)
    made = Lazy(name)
    made.__dict__.update(sys.modules[name].__dict__)
    sys.modules[name] = made
`;

const IMPORTS: readonly Case[] = [
  [
    'a module that a function replaces may have anything',
    {
      'p/__init__.py': 'from . import lazy\nlazy.replace(__name__)\n',
      'p/lazy.py': REPLACING,
      'p/a.py': 'from p import anything\n',
    },
    {},
  ],
  [
    'a directory without __init__ in a package: the package runs first',
    {
      'p/__init__.py': 'from .a import f\n',
      'p/a.py': 'from .s.b import g\ndef f(): pass\n',
      'p/s/b.py': 'from .. import f\ndef g(): pass\n',
      'p/s/c.py': 'from ..a import f\n',
    },
    { p: 'ImportError', 'p.a': 'ImportError', 'p.s.b': 'ImportError', 'p.s.c': 'ImportError' },
  ],
  [
    'a cycle through a directory without __init__ that the package enters in the right order',
    {
      'p/__init__.py': 'from .a import f\n',
      'p/a.py': 'def f(): pass\nfrom .s.b import g\n',
      'p/s/b.py': 'from p.a import f\ndef g(): pass\n',
    },
    {},
  ],
  ['nothing wrong', { 'p/__init__.py': 'from .a import f\n', 'p/a.py': 'def f(): pass\n' }, {}],
  [
    'a cycle of from-imports fails from either side',
    { 'a.py': 'from b import g\ndef f(): pass\n', 'b.py': 'from a import f\ndef g(): pass\n' },
    { a: 'ImportError', b: 'ImportError' },
  ],
  [
    'a cycle that binds first works',
    { 'a.py': 'def f(): pass\nfrom b import g\n', 'b.py': 'from a import f\ndef g(): pass\n' },
    { b: 'ImportError' },
  ],
  ['a cycle of plain imports works', { 'a.py': 'import b\n', 'b.py': 'import a\n' }, {}],
  [
    'the package runs before its module, which it imports',
    { 'p/__init__.py': 'from .a import f\nx = 1\n', 'p/a.py': 'from . import x\ndef f(): pass\n' },
    { p: 'ImportError', 'p.a': 'ImportError' },
  ],
  [
    'a submodule that is being imported is found by sys.modules although not yet bound',
    { 'p/__init__.py': '', 'p/a.py': 'from p import b\n', 'p/b.py': 'from p import a\n' },
    {},
  ],
  [
    'import as falls back to sys.modules',
    { 'p/__init__.py': '', 'p/a.py': 'import p.b as b\n', 'p/b.py': 'import p.a as a\n' },
    {},
  ],
  [
    'a submodule is bound on its package only after it has loaded',
    { 'p/__init__.py': 'import p.a\n', 'p/a.py': 'import p.b\n', 'p/b.py': 'import p.a\nx = p.a\n' },
    { p: 'AttributeError', 'p.a': 'AttributeError', 'p.b': 'AttributeError' },
  ],
  [
    'an attribute chain reads a submodule that nobody has loaded',
    { 'p/__init__.py': '', 'p/a.py': '', 'p/b.py': 'import p\np.a\n', 'p/c.py': 'import p.a\np.a\n' },
    { 'p.b': 'AttributeError' },
  ],
  [
    'a name that the package binds hides the submodule',
    { 'p/__init__.py': 'a = 1\n', 'p/a.py': '1 / x\n', 'q.py': 'from p import a\n' },
    { 'p.a': 'NameError' },
  ],
  ['no such name', { 'p/__init__.py': '', 'p/b.py': 'from p import gone\n' }, { 'p.b': 'ImportError' }],
  ['no such module', { 'p/__init__.py': '', 'p/b.py': 'from .gone import x\n' }, { 'p.b': 'ModuleNotFoundError' }],
  [
    'relative import of a sibling package',
    { 'p/__init__.py': '', 'p/a/__init__.py': 'from ..b.c import x\n', 'p/b/__init__.py': '', 'p/b/c.py': 'x = 1\n' },
    {},
  ],
  [
    'namespace packages',
    { 'n/a.py': 'import n.b\nn.b.x\n', 'n/b.py': 'x = 1\n', 'm.py': 'from n import b\nimport n.a\nn.b.y\n' },
    { m: 'AttributeError' },
  ],
];

const STARS: readonly Case[] = [
  [
    'a star binds what is there now',
    { 'a.py': 'from b import *\nf()\n', 'b.py': 'import a\ndef f(): pass\n' },
    { b: 'NameError' },
  ],
  ['a star gives public names', { 'a.py': 'from b import *\n_f\n', 'b.py': 'def _f(): pass\n' }, { a: 'NameError' }],
  [
    '__all__ loads submodules',
    { 'p/__init__.py': '__all__ = ["a"]\n', 'p/a.py': '', 'q.py': 'from p import *\na\n' },
    {},
  ],
  [
    '__all__ names what is not there',
    { 'p.py': '__all__ = ["gone"]\n', 'q.py': 'from p import *\n' },
    { q: 'AttributeError' },
  ],
];

const GUARDS: readonly Case[] = [
  [
    'a caught failure',
    { 'a.py': 'try:\n    from b import gone\nexcept ImportError:\n    gone = None\ngone\n', 'b.py': '' },
    {},
  ],
  [
    'the wrong except',
    { 'a.py': 'try:\n    from b import gone\nexcept KeyError:\n    gone = None\n', 'b.py': '' },
    { a: 'ImportError' },
  ],
  [
    'AttributeError is no ImportError',
    { 'a.py': 'import b\ntry:\n    b.gone\nexcept ImportError:\n    pass\n', 'b.py': '' },
    { a: 'AttributeError' },
  ],
  [
    'suppress',
    { 'a.py': 'from contextlib import suppress\nwith suppress(ImportError):\n    from b import gone\n', 'b.py': '' },
    {},
  ],
  [
    'a module that failed is imported again',
    { 'a.py': 'try:\n    import b\nexcept NameError:\n    pass\nimport b\n', 'b.py': 'x\nx = 1\n' },
    { a: 'NameError', b: 'NameError' },
  ],
  [
    'an except that raises',
    {
      'a.py': 'try:\n    import b\nexcept ImportError as e:\n    raise RuntimeError from e\n',
      'b.py': 'import c\nfrom c import x\n',
      'c.py': '',
    },
    { a: 'RuntimeError', b: 'ImportError' },
  ],
  [
    'typing only',
    { 'a.py': 'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from b import gone\n', 'b.py': '' },
    {},
  ],
  [
    'typing only, by attribute',
    {
      'a.py': 'import typing\nif typing.TYPE_CHECKING:\n    from b import gone\nelse:\n    from b import x\n',
      'b.py': 'x = 1\n',
    },
    {},
  ],
  ['main only', { 'a.py': 'if __name__ == "__main__":\n    from b import gone\n', 'b.py': '' }, {}],
  ['a flag that decides', { 'a.py': 'FLAG = False\nif FLAG:\n    from b import gone\n', 'b.py': '' }, {}],
  [
    'module raises',
    { 'a.py': 'import b\n', 'b.py': 'raise ImportError("no")\n' },
    { a: 'ImportError', b: 'ImportError' },
  ],
];

const NAMES: readonly Case[] = [
  [
    'decorator from a half-loaded module',
    { 'a.py': 'import b\ndef deco(f): return f\n', 'b.py': 'import a\n@a.deco\ndef g(): pass\n' },
    { a: 'AttributeError' },
  ],
  [
    'base class',
    { 'a.py': 'import b\nclass A: pass\n', 'b.py': 'import a\nclass B(a.A): pass\n' },
    { a: 'AttributeError' },
  ],
  ['default value', { 'a.py': 'import b\nx = 1\n', 'b.py': 'import a\ndef f(x=a.x): pass\n' }, { a: 'AttributeError' }],
  ['annotation', { 'a.py': 'import b\nx = 1\n', 'b.py': 'import a\ndef f(x: a.x): pass\n' }, { a: 'AttributeError' }],
  [
    'postponed annotation',
    {
      'a.py': 'import b\nx = 1\n',
      'b.py': 'from __future__ import annotations\nimport a\ndef f(x: a.x): pass\ny: a.x\n',
    },
    {},
  ],
  ['class body', { 'a.py': 'import b\nx = 1\n', 'b.py': 'import a\nclass C:\n    y = a.x\n' }, { a: 'AttributeError' }],
  [
    'comprehension',
    { 'a.py': 'import b\nx = 1\n', 'b.py': 'import a\ny = [a.x for _ in (1, 2)]\n' },
    { a: 'AttributeError' },
  ],
  ['function bodies wait', { 'a.py': 'import b\nx = 1\n', 'b.py': 'import a\ndef f(): return a.x\n' }, {}],
  [
    'a called function does not wait',
    { 'a.py': 'import b\nx = 1\n', 'b.py': 'import a\ndef f(): return a.x\nf()\n' },
    { a: 'AttributeError' },
  ],
  [
    'a function called before what it reads is bound',
    { 'a.py': 'def f(): return x\nf()\nx = 1\n' },
    { a: 'NameError' },
  ],
  [
    'a function of another module imports when called',
    { 'a.py': 'from b import f\nf()\nx = 1\n', 'b.py': 'def f():\n    from a import x\n' },
    { a: 'ImportError' },
  ],
  [
    'a decorator factory',
    {
      'a.py': 'from b import deco\n@deco(1)\ndef g(): pass\nx = 1\n',
      'b.py': 'def deco(n):\n    def wrap(f):\n        from a import x\n        return f\n    return wrap\n',
    },
    { a: 'ImportError' },
  ],
  [
    'a constructor',
    { 'a.py': 'import b\nb.C()\nx = 1\n', 'b.py': 'class C:\n    def __init__(self):\n        from a import x\n' },
    { a: 'ImportError' },
  ],
  [
    'a generator does not run',
    { 'a.py': 'import b\nb.f()\nx = 1\n', 'b.py': 'def f():\n    from a import x\n    yield x\n' },
    {},
  ],
  [
    'a metaclass',
    {
      'a.py': 'import b\nclass A(metaclass=b.M): pass\nx = 1\n',
      'b.py': 'class M(type):\n    def __init__(self, *a):\n        from a import x\n',
    },
    { a: 'ImportError' },
  ],
  [
    '__init_subclass__',
    {
      'a.py': 'import b\nclass A(b.B): pass\nx = 1\n',
      'b.py': 'class B:\n    def __init_subclass__(cls):\n        from a import x\n',
    },
    { a: 'ImportError' },
  ],
  [
    'getattr and hasattr',
    {
      'a.py': 'import b\nx = 1\n',
      'b.py': 'import a\nif hasattr(a, "x"): pass\ngetattr(a, "x", 2)\ngetattr(a, "x")\n',
    },
    { a: 'AttributeError' },
  ],
  [
    'module __getattr__',
    { 'p/__init__.py': 'def __getattr__(name): return 1\n', 'q.py': 'from p import x\nimport p\np.y\n' },
    {},
  ],
  [
    'import_module',
    { 'a.py': 'from importlib import import_module\nimport_module("b")\nx = 1\n', 'b.py': 'from a import x\n' },
    { a: 'ImportError' },
  ],
  ['del', { 'a.py': 'x = 1\ndel x\ny = 1\n', 'b.py': 'from a import y\nfrom a import x\n' }, { b: 'ImportError' }],
  [
    'an attribute set from elsewhere',
    { 'a.py': '', 'b.py': 'import a\na.x = 1\na.x\n', 'c.py': 'import b\nfrom a import x\n' },
    {},
  ],
];

describe('what the simulation says is what Python does', () => {
  for (const [area, cases] of Object.entries({ IMPORTS, STARS, GUARDS, NAMES })) {
    describe(area.toLowerCase(), () => {
      test.each(cases)('%s', async (_, tree, failing) => {
        const { linker, codebase } = await draw(tree);
        const outcomes = new Simulation(linker).outcomes(Object.keys(tree));
        const simulated = [...outcomes].map(([path, { fatal }]) => [
          codebase.layout.nameOf(path),
          fatal?.exception ?? '',
        ]);
        const real = realVerdicts(
          tree,
          simulated.map(([name]) => name as string),
        );
        expect(Object.fromEntries(Object.entries(real).filter(([, verdict]) => verdict !== ''))).toEqual(failing);
        expect(Object.fromEntries(simulated)).toEqual(real);
      });
    });
  }
});

test('what a module runs does not depend on what was imported before it', async () => {
  const tree = {
    'p/__init__.py': '',
    'p/a.py': 'import p.io\nfrom p import utils\n',
    'p/b.py': 'import p.a\nimport p.m\n',
    'p/c.py': 'import p.m\n',
    'p/io.py': '',
    'p/m.py': 'import p.utils\n',
    'p/utils.py': 'from p import io\n',
  };
  const { linker } = await draw(tree);
  const ran = (outcomes: ReturnType<Simulation['outcomes']>) => [...(outcomes.get('p/c.py')?.ran ?? [])].sort();
  const alone = ran(new Simulation(linker).outcomes(['p/c.py']));
  expect(alone).toContain('p/io.py');
  expect(ran(new Simulation(linker).outcomes(['p/a.py', 'p/b.py', 'p/c.py']))).toEqual(alone);
});

test('what is restored without running is there for those who look, and nothing else is', async () => {
  const tree = {
    'p/__init__.py': '',
    // A circle, entered by each of its members in turn.
    'p/a.py': 'import p.b\nimport p.low\nclass A: pass\n',
    'p/b.py': 'import p.c\ndef b(): pass\n',
    'p/c.py': 'import p.a\n',
    'p/low.py': 'import os\nx = 1\nos.environ = {}\n',
    'p/never.py': '',
    // Above it: submodules as attributes, by name, in a star; one that nobody imported.
    'q/__init__.py': '',
    'q/attribute.py': 'import p.c\np.low.x\np.a.A\np.b.b()\n',
    'q/byname.py': "import p.b\ngetattr(p, 'low')\nif not hasattr(p, 'a'):\n    import nowhere.at_all\n",
    'q/lacking.py': 'import p.a\np.never\n',
    'q/other.py': 'import p.b\nimport q.attribute\n',
    'q/star.py': 'from p import *\nimport p.c\nfrom p import *\nlow.x\n',
  };
  const { linker } = await draw(tree);
  const said = (outcomes: ReturnType<Simulation['outcomes']>, path: string) => {
    const { fatal, ran, failures, effects } = outcomes.get(path) as NonNullable<ReturnType<typeof outcomes.get>>;
    return { fatal, ran: [...ran].sort(), failures, effects };
  };
  const paths = Object.keys(tree);
  const alone = paths.map((path) => said(new Simulation(linker).outcomes([path]), path));
  for (const order of [paths, [...paths].reverse()]) {
    const together = new Simulation(linker).outcomes(order);
    expect(paths.map((path) => said(together, path))).toEqual(alone);
  }
  expect(alone.flatMap(({ fatal }, index) => (fatal ? paths[index] : []))).toEqual(['q/lacking.py']);
});
