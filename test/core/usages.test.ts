import { describe, expect, it } from 'vitest';
import { findUsages } from '../../src/core/usages.js';
import { draw, type RepositoryNames, type Tree } from '../support/tree.js';

const PACKAGE: Tree = { 'pkg/__init__.py': '', 'pkg/x.py': 'f = 1\n', 'pkg/x_robust.py': 'f = 1\nclass C: pass\n' };
const TARGET = 'pkg/x_robust.py';

/**
 * The evidence for the target, a line each: `PATH:LINE CLASS` with `?` for likely and `??` for possible, the code where it
 * blocks, the names used in brackets; unknowns as `PATH:LINE unknown CODE`; the verdict last.
 */
async function check(tree: Tree, expected: readonly string[], target = TARGET, repository: RepositoryNames = {}) {
  const { linker } = await draw({ ...PACKAGE, ...tree }, repository);
  const [usage] = findUsages(linker, [target]);
  const lines = (usage?.usages ?? []).map((entry) => {
    const mark = { certain: '', likely: '?', possible: '??' }[entry.confidence];
    const source =
      'reference' in entry.source ? [used(entry.source.reference.used)] : [entry.source.mention.code ?? ''];
    const stale = entry.effect === 'mention' && entry.confidence !== 'possible' ? ' mention' : '';
    return [`${entry.path}:${entry.line}`, `${entry.class}${mark}${stale}`, ...source].filter(Boolean).join(' ');
  });
  const unknowns = (usage?.unknowns ?? []).map(({ path, line, code }) => `${path}:${line} unknown ${code}`);
  expect([...lines, ...unknowns, usage?.verdict]).toEqual(expected);
}

function used(names: readonly string[] | 'all'): string {
  return names === 'all' ? '[*]' : names.length > 0 ? `[${names.join(',')}]` : '';
}

/** The same for one user file. */
const user = (text: string, expected: readonly string[], path = 'run.py') => check({ [path]: text }, expected);

describe('nothing', () => {
  it('is unused', () => check({}, ['unused']));
  it('its own text and its stub do not use it', () =>
    check({ 'pkg/x_robust.py': '"""pkg.x_robust"""\nimport pkg.x_robust\n', 'pkg/x_robust.pyi': '# pkg.x_robust\n' }, [
      'unused',
    ]));
});

describe('import statements', () => {
  it('from module', () => user('from pkg.x_robust import f, C as D\n', ['run.py:1 from [f,C]', 'used']));
  it('parenthesised, over lines, with comments', () =>
    user('from pkg.x_robust import (  # x\n    f,\n    C,  # y\n)\n', ['run.py:1 from [f,C]', 'used']));
  it('backslash and semicolon', () =>
    user('import os; from pkg \\\n  .x_robust import f\n', ['run.py:1 from [f]', 'used']));
  it('from package, and uses of the name', () =>
    user('from pkg import x_robust\nx_robust.f()\n', ['run.py:1 from', 'run.py:2 name [f]', 'used']));
  it('with an alias', () =>
    user('from pkg import x_robust as xr\nxr.C.g\n', ['run.py:1 from', 'run.py:2 name [C]', 'used']));
  it('a whole chain', () =>
    user('import pkg.x_robust\npkg.x_robust.f\n', ['run.py:1 import', 'run.py:2 attribute [f]', 'used']));
  it('as', () => user('import pkg.x_robust as xr\nprint(xr)\n', ['run.py:1 import', 'run.py:2 name [*]', 'used']));
  it('several in one statement', () => user('import os, pkg.x_robust, sys\n', ['run.py:1 import', 'used']));
  it('star', () => user('from pkg.x_robust import *\n', ['run.py:1 star [C,f]', 'used']));
  it('relative', () => user('from .x_robust import f\n', ['pkg/y.py:1 from [f]', 'used'], 'pkg/y.py'));
  it('relative, in __init__', () =>
    user('from .x_robust import f\n', ['pkg/__init__.py:1 from [f]', 'used'], 'pkg/__init__.py'));
  it('relative, two levels', () =>
    check({ 'pkg/sub/__init__.py': '', 'pkg/sub/y.py': 'from ..x_robust import f\nfrom .. import x_robust\n' }, [
      'pkg/sub/y.py:1 from [f]',
      'pkg/sub/y.py:2 from',
      'used',
    ]));
  it('in a function, in a class body', () =>
    user('def g():\n  from pkg.x_robust import f\nclass A:\n  from pkg import x_robust\n', [
      'run.py:2 from [f]',
      'run.py:4 from [*]',
      'used',
    ]));
  it('under TYPE_CHECKING and in its else', () =>
    user(
      'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  from pkg.x_robust import f\nelse:\n  from pkg.x_robust import C\n',
      ['run.py:3 from [f]', 'run.py:5 from [C]', 'used'],
    ));
  it('both branches of a guarded import', () =>
    user('try:\n  from pkg.x_robust import f\nexcept ImportError:\n  from pkg.x import f\n', [
      'run.py:2 from [f]',
      'used',
    ]));
  it('under platform tests, match and if False', () =>
    user(
      'import sys\nif sys.platform == "x":\n  import pkg.x_robust\nmatch sys:\n  case 1:\n    import pkg.x_robust\nif False:\n  import pkg.x_robust\n',
      ['run.py:3 import', 'run.py:6 import', 'run.py:8 import', 'used'],
    ));
  it('lazy import', () =>
    user('lazy import pkg.x_robust\nlazy from pkg.x_robust import f\n', [
      'run.py:1 import',
      'run.py:2 from [f]',
      'used',
    ]));
  it('in a stub', () => user('from pkg.x_robust import f\n', ['types.pyi:1 from [f]', 'used'], 'types.pyi'));
  it('another module of this name', () =>
    check(
      {
        'other/__init__.py': '',
        'other/x_robust.py': '',
        'run.py': 'from other.x_robust import f\nimport other.x_robust\nother.x_robust.f\n',
      },
      ['unused'],
    ));
});

describe('names', () => {
  it('string annotation', () =>
    user('from pkg import x_robust\ndef g(a: "x_robust.C"): pass\n', ['run.py:1 from', 'run.py:2 name [C]', 'used']));
  it('f-string, decorator', () =>
    user('from pkg import x_robust\nf"{x_robust.f}"\n@x_robust.C\ndef g(): pass\n', [
      'run.py:1 from',
      'run.py:2 name [f]',
      'run.py:3 name [C]',
      'used',
    ]));
  it('global and del', () =>
    user('def g():\n  global x_robust\n  from pkg import x_robust\nx_robust.f\ndel x_robust\n', [
      'run.py:3 from',
      'run.py:4 name [f]',
      'run.py:5 name',
      'used',
    ]));
  it('a parameter of this name is another thing', () => user('def g(x_robust):\n  return x_robust.f\n', ['unused']));
  it('a comprehension variable is another thing', () =>
    user('from pkg import x_robust\n[x_robust for x_robust in ()]\n', ['run.py:1 from', 'used']));
  it('a walrus in a comprehension binds outside', () =>
    user('from pkg import x_robust\ndef g(a):\n  [y for _ in a if (x_robust := _)]\n  return x_robust\n', [
      'run.py:1 from',
      'used',
    ]));
  it('a class does not show its names to its methods', () =>
    user('from pkg import x_robust\nclass A:\n  x_robust = 1\n  def g(self): return x_robust.f\n', [
      'run.py:1 from',
      'run.py:4 name [f]',
      'used',
    ]));
  it('a class shows its names to the outermost iterable of a comprehension only', () =>
    user('from pkg import x_robust\nclass A:\n  x_robust = ()\n  b = [x_robust.f for _ in x_robust]\n', [
      'run.py:1 from',
      'run.py:4 name [f]',
      'used',
    ]));
});

describe('through other files', () => {
  it('a package alias', () => user('import pkg as p\np.x_robust.f()\n', ['run.py:2 attribute [f]', 'used']));
  it('a submodule as attribute, without an import of its own', () =>
    user('import pkg\npkg.x_robust.f()\n', ['run.py:2 attribute [f]', 'used']));
  it("a name bound by another module's import", () =>
    check(
      { 'a.py': 'import pkg.x_robust as xr\n', 'b.py': 'from a import xr\nxr.f()\n', 'c.py': 'import a\na.xr.C()\n' },
      ['a.py:1 import', 'b.py:1 from', 'b.py:2 name [f]', 'c.py:2 attribute [C]', 'used'],
    ));
  it('an alias of an alias', () =>
    check(
      {
        'a.py': 'from pkg import x_robust as one\n',
        'b.py': 'from a import one as two\n',
        'c.py': 'from b import two\ntwo.f\n',
      },
      ['a.py:1 from', 'b.py:1 from', 'c.py:1 from', 'c.py:2 name [f]', 'used'],
    ));
  it('an __init__ that binds the same name wins', () =>
    check({ 'pkg/__init__.py': 'from .x import f as x_robust\n', 'run.py': 'from pkg import x_robust\nx_robust.g\n' }, [
      'unused',
    ]));
  it('but an import of the submodule sets the attribute again', () =>
    check({ 'pkg/__init__.py': 'x_robust = None\n', 'run.py': 'import pkg.x_robust\npkg.x_robust.f\n' }, [
      'run.py:1 import',
      'run.py:2 attribute [f]',
      'used',
    ]));
  it('a fallback: both modules are used by those who take the name', () =>
    check(
      {
        'a.py': 'try:\n  from pkg import x as impl\nexcept ImportError:\n  from pkg import x_robust as impl\n',
        'b.py': 'from a import impl\nimpl.C\n',
      },
      ['a.py:4 from', 'b.py:1 from', 'b.py:2 name [C]', 'used'],
    ));
  it('cyclic re-exports', () =>
    check({ 'a.py': 'from b import *\nfrom pkg import x_robust\n', 'b.py': 'from a import *\nx_robust.f\n' }, [
      'a.py:2 from',
      'b.py:2 name [f]',
      'used',
    ]));
  it('a star import of a re-export', () =>
    check(
      {
        'pkg/__init__.py': 'from . import x_robust\n__all__ = ["x_robust"]\n',
        'run.py': 'from pkg import *\nx_robust.f\n',
      },
      ['pkg/__init__.py:1 from', 'pkg/__init__.py:2 string??', 'run.py:2 name [f]', 'used'],
    ));
});

describe('roots', () => {
  it("the repository's own name", () =>
    check(
      {
        'run.py': 'from TestMaster.pkg.x_robust import f\nimport TestMaster.pkg.x_robust\nTestMaster.pkg.x_robust.C\n',
      },
      ['run.py:1 from [f]', 'run.py:2 import', 'run.py:3 attribute [C]', 'used'],
      TARGET,
      { directoryName: 'TestMaster' },
    ));
  it("the repository's own name, with an __init__ at the top", () =>
    check(
      { '__init__.py': '', 'run.py': 'import TestMaster.pkg.x_robust\nTestMaster.pkg.x_robust.C\n' },
      ['run.py:1 import', 'run.py:2 attribute [C]', 'used'],
      TARGET,
      { directoryName: 'TestMaster' },
    ));
  it('a renamed checkout', () =>
    user('from TestMaster.pkg.x_robust import f\n', ['run.py:1 unknown guessed-import', 'unknown']));
  it('a renamed checkout, by chain and by list', () =>
    user('import TestMaster.pkg\nfrom TestMaster.pkg import x_robust\nTestMaster.pkg.x_robust.f\n', [
      'run.py:2 unknown guessed-import',
      'run.py:3 unknown guessed-import',
      'unknown',
    ]));
  it('a path put on sys.path', () =>
    user(
      'import sys\nsys.path.insert(0, "pkg")\nimport x_robust\nx_robust.f()\n',
      ['tools/run.py:3 unknown guessed-import', 'unknown'],
      'tools/run.py',
    ));
  it('a sibling of a script', () =>
    check(
      { 'scripts/a.py': 'import x_robust\nx_robust.f()\n', 'scripts/x_robust.py': 'f = 1\n' },
      ['scripts/a.py:1 import', 'scripts/a.py:2 name [f]', 'used'],
      'scripts/x_robust.py',
    ));
  it('one of several script directories', () =>
    check(
      { 'tools/a/u.py': '', 'tools/b/u.py': '', 'main.py': 'import u\n' },
      ['main.py:1 unknown guessed-import', 'unknown'],
      'tools/b/u.py',
    ));
  it('a namespace in two roots', () =>
    check(
      { 'ns/a.py': '', 'src/ns/b.py': '', 'run.py': 'from ns import b\nimport ns.b\nns.b.f\n' },
      ['run.py:1 from', 'run.py:2 import', 'run.py:3 attribute [f]', 'used'],
      'src/ns/b.py',
    ));
});

describe('by value', () => {
  it('import_module', () =>
    user('import importlib\nimportlib.import_module("pkg.x_robust")\n', ['run.py:2 dynamic [*]', 'used']));
  it('does not hide another string on its line', () =>
    user('import importlib\na = importlib.import_module("pkg.x_robust"), "pkg/x_robust.py"\n', [
      'run.py:2 dynamic [*]',
      'run.py:2 string? path-reference',
      'used',
    ]));
  it('aliased, through a constant, concatenated', () =>
    user('from importlib import import_module as im\nN = "pkg."\nim(N + "x_robust")\n', [
      'run.py:3 dynamic [*]',
      'used',
    ]));
  it('relative with package', () =>
    user(
      'from importlib import import_module\nimport_module(".x_robust", package="pkg")\nimport_module(".x_robust", __package__)\n',
      ['pkg/y.py:2 dynamic [*]', 'pkg/y.py:3 dynamic [*]', 'used'],
      'pkg/y.py',
    ));
  it('__import__, runpy, resolve_name, find_spec, sys.modules', () =>
    user(
      'import runpy, pkgutil, sys, importlib.util\n__import__("pkg.x_robust")\nrunpy.run_module("pkg.x_robust")\npkgutil.resolve_name("pkg.x_robust:f")\nimportlib.util.find_spec("pkg.x_robust")\nsys.modules["pkg.x_robust"]\n',
      [
        'run.py:2 dynamic [*]',
        'run.py:3 dynamic [*]',
        'run.py:4 dynamic [*]',
        'run.py:5 dynamic [*]',
        'run.py:6 dynamic [*]',
        'used',
      ],
    ));
  it('a list of names and an f-string', () =>
    user('from importlib import import_module\nfor n in ["x", "x_robust"]:\n  import_module(f"pkg.{n}")\n', [
      'run.py:2 string??',
      'run.py:3 unknown dynamic-import',
      'unknown',
    ]));
  it('a list without the name', () =>
    user('from importlib import import_module\nfor n in ["x", "y"]:\n  import_module(f"pkg.{n}")\n', ['unused']));
  it('a prefix taints the package', () =>
    user('from importlib import import_module\ndef g(n): return import_module(f"pkg.{n}")\n', [
      'run.py:2 unknown dynamic-import',
      'unknown',
    ]));
  it('another prefix does not', () =>
    user('from importlib import import_module\ndef g(n): return import_module(f"pk.{n}")\n', ['unused']));
  it('a suffix taints', () =>
    user('from importlib import import_module\ndef g(n): return import_module(n + "_robust")\n', [
      'run.py:2 unknown dynamic-import',
      'unknown',
    ]));
  it('a suffix of components is the end of a module, and its beginning a package', async () => {
    const text = 'from importlib import import_module\ndef g(n): return import_module("%s.base" % n)\n';
    await user(text, ['unused']);
    const tree = { 'run.py': text, 'pkg/__init__.py': '', 'pkg/base.py': '' };
    await check(tree, ['run.py:2 string??', 'run.py:2 unknown dynamic-import', 'unknown'], 'pkg/base.py');
    await check(tree, ['run.py:2 unknown dynamic-import', 'unknown'], 'pkg/__init__.py');
  });
  it('what is resolved by name may have attributes behind it', () =>
    user('import pkgutil\ndef g(n): return pkgutil.resolve_name(n + ".setup")\n', [
      'run.py:2 unknown dynamic-import',
      'unknown',
    ]));
  it('an open import counts when a string spells the name', () =>
    check(
      {
        'run.py': 'from importlib import import_module\ndef g(n): return import_module(n)\n',
        'names.json': '["pkg.x_robust"]',
      },
      ['names.json:1 data? data-reference', 'run.py:2 unknown dynamic-import', 'used'],
    ));
  it('an open import counts when its file spells a part', () =>
    user('from importlib import import_module\ndef g(n, s="_robust"): return import_module(n + s)\n', [
      'run.py:2 unknown dynamic-import',
      'unknown',
    ]));
  it('an open import alone does not count', () =>
    user('from importlib import import_module\ndef g(n): return import_module(n)\n', ['unused']));
  it('a scan of the own package', () =>
    user(
      'import pkgutil, importlib\nfor m in pkgutil.iter_modules(__path__): importlib.import_module(m.name)\n',
      ['pkg/__init__.py:2 unknown dynamic-import', 'pkg/__init__.py:2 unknown dynamic-import', 'unknown'],
      'pkg/__init__.py',
    ));
  it('a glob over the directory from elsewhere', () =>
    user(
      'import glob, importlib\nfor p in glob.glob("pkg/*.py"): importlib.import_module(p)\n',
      ['tools/run.py:2 unknown dynamic-import', 'unknown'],
      'tools/run.py',
    ));
  it('a scan of another directory', () =>
    user(
      'import glob, importlib\nfor p in glob.glob("plugins/*.py"): importlib.import_module(p)\n',
      ['unused'],
      'tools/run.py',
    ));
  it('a scan in a file that names the directory in a sentence', () =>
    user(
      'import os, importlib\ndef g(d):\n  for p in os.listdir(d): importlib.import_module(p)\np("see the pkg for more")\n',
      ['unused'],
      'tools/run.py',
    ));
  it('a scan in a file that names the directory in a path', () =>
    user(
      'import os, importlib\ndef g(d):\n  for p in os.listdir(d): importlib.import_module(p)\ng("../pkg")\n',
      ['tools/run.py:3 unknown dynamic-import', 'unknown'],
      'tools/run.py',
    ));
  it('a lazy map of PEP 562', () =>
    user(
      'from importlib import import_module\n_MAP = {"f": "x_robust"}\ndef __getattr__(n): return getattr(import_module(f".{_MAP[n]}", __name__), n)\n',
      ['pkg/__init__.py:2 string??', 'pkg/__init__.py:3 unknown dynamic-import', 'unknown'],
      'pkg/__init__.py',
    ));
  it('exec of an import', () =>
    user('exec("import pkg.x_robust")\nexec("from pkg import x_robust")\n', [
      'run.py:1 string? string-reference',
      'run.py:2 string? string-reference',
      'used',
    ]));
  it('a sentence in a string is no import statement', () =>
    user('p("cannot import x_robust today")\np("cannot import x_robust")\n', [
      'run.py:1 string??',
      'run.py:2 string? string-reference',
      'used',
    ]));
  it('a statement in a string that imports another module of that name', () =>
    check({ 'run.py': 'p("from q import x_robust")\n', 'q/__init__.py': '', 'q/x_robust.py': '' }, [
      'run.py:1 string??',
      'unused',
    ]));
  it('getattr on the package', () =>
    user('import pkg\ngetattr(pkg, "x_robust").f\n', ['run.py:2 string? string-reference', 'used']));
  it('getattr on something else', () =>
    user('import os\ngetattr(os, "x_robust")\ngetattr(self, "x_robust")\n', [
      'run.py:2 string??',
      'run.py:3 string??',
      'unused',
    ]));
  it('globals and a module dictionary', () =>
    user('import pkg\nglobals()["x_robust"]\npkg.__dict__["x_robust"]\nvars(pkg)["x_robust"]\n', [
      'run.py:2 string? string-reference',
      'run.py:3 string? string-reference',
      'run.py:4 string? string-reference',
      'used',
    ]));
});

describe('left over', () => {
  it('an attribute of an unknown object is listed', () =>
    user('def g(o): return o.x_robust.f, h().x_robust\n', ['run.py:1 attribute??', 'run.py:1 attribute??', 'unused']));
  it('an attribute of the instance is another thing', () =>
    user('class A:\n  def g(self): self.x_robust = 1; return self.x_robust\n', ['unused']));
  it('a name that a star import from outside may bring', () =>
    user('from numpy import *\nx_robust.f\n', ['run.py:2 name??', 'unused']));
  it('keywords, dictionary keys and definitions are other things', () =>
    user('def x_robust(): pass\ng(x_robust=1)\n{"x_robust": 1}\n', ['run.py:3 string??', 'unused']));
});

describe('strings and other files', () => {
  it('mock.patch', () => user('@mock.patch("pkg.x_robust.f")\ndef g(): pass\n', ['run.py:1 string', 'used']));
  it('module:attribute, -m, path', () =>
    user(
      'A = "pkg.x_robust:f"\nB = ["python", "-m", "pkg.x_robust"]\nC = "pkg/x_robust.py"\nD = r"pkg\\x_robust.py"\n',
      [
        'run.py:1 string',
        'run.py:2 string',
        'run.py:3 string? path-reference',
        'run.py:4 string? path-reference',
        'used',
      ],
    ));
  it('a logger, prose, a comment', () =>
    user('"""About x_robust."""\nlogging.getLogger("pkg.x_robust")\n# see x_robust\n', [
      'run.py:1 comment??',
      'run.py:2 string??',
      'run.py:3 comment??',
      'unused',
    ]));
  it('a doctest', () =>
    user('def g():\n  """\n  >>> from pkg.x_robust import f\n  """\n', ['run.py:3 comment', 'used']));
  it('entry point, Makefile, CI, Dockerfile', () =>
    check(
      {
        'pyproject.toml': '[project.scripts]\na = "pkg.x_robust:f"\n',
        Makefile: 'a:\n\tpython -m pkg.x_robust\n\tpython pkg/x_robust.py\n',
        'b.sh': 'python -c "from pkg import x_robust"\n',
        '.github/workflows/a.yml': 'run: python -m pkg.x_robust\n',
        Dockerfile: 'CMD ["python", "-m", "pkg.x_robust"]\n',
      },
      [
        '.github/workflows/a.yml:1 build',
        'Dockerfile:1 build',
        'Makefile:2 build',
        'Makefile:3 build',
        'b.sh:1 build? build-reference',
        'pyproject.toml:2 config',
        'used',
      ],
    ));
  it('documents only mention', () =>
    check({ 'README.md': 'see pkg/x_robust.py and integration\\x_robust.py\n' }, [
      'README.md:1 docs??',
      'README.md:1 docs??',
      'unused',
    ]));
  it('a notebook', () =>
    check(
      {
        'a.ipynb': JSON.stringify({
          cells: [
            { cell_type: 'code', source: ['import os\n', 'from pkg.x_robust import f\n'] },
            { cell_type: 'markdown', source: 'x_robust' },
          ],
          metadata: {},
          nbformat: 4,
        }),
      },
      ['a.ipynb:1 from [f]', 'a.ipynb:1 notebook??', 'used'],
    ));
  it('text in Latin-1 is searched', () =>
    check({ 'deploy.sh': Buffer.from('# caf\xe9\npython -m pkg.x_robust\n', 'latin1') }, [
      'deploy.sh:2 build',
      'used',
    ]));
});

describe('files that cannot be read', () => {
  const import_ = 'from pkg.x_robust import f\n';
  it('syntax error', () => user(`${import_}def (:\n`, ['run.py:1 from [f]', 'run.py:2 unknown syntax-error', 'used']));
  it('Python 2', () => user(`print "a"\nexec "import pkg.x_robust"\n`, ['run.py:2 string? string-reference', 'used']));
  it('a syntax error in a file that does not spell the name', () => user('def (:\n', ['unused']));
  it('unknown encoding', () => user(`# coding: koi8-r\n${import_}`, ['run.py:1 unknown unreadable-file', 'unknown']));
  it('Latin-1 with a cookie', () =>
    check({ 'run.py': Buffer.from(`# coding: latin-1\n# \xe9\n${import_}`, 'latin1') }, ['run.py:3 from [f]', 'used']));
  it('Latin-1 without a cookie', () =>
    check({ 'run.py': Buffer.from(`# \xe9\n${import_}`, 'latin1') }, ['run.py:1 unknown unreadable-file', 'unknown']));
  it('UTF-16', () =>
    check({ 'run.py': Buffer.from(`\ufeff${import_}`, 'utf16le') }, ['run.py:1 unknown unreadable-file', 'unknown']));
  it('UTF-16 text that is not Python', () =>
    check({ 'a.reg': Buffer.from('\ufeffpkg/x_robust.py', 'utf16le') }, [
      'a.reg:1 unknown binary-reference',
      'unknown',
    ]));
  it('NUL', () => user(`${import_}\0`, ['run.py:1 unknown unreadable-file', 'unknown']));
  it('NUL without the name', () => user('\0', ['unused']));
  it('BOM', () => user(`\ufeff${import_}`, ['run.py:1 from [f]', 'used']));
  it('symbolic link out, submodule', () =>
    check(
      { link: { unreadable: 'symbolic link that leads out of the repository' }, sub: { unreadable: 'submodule' } },
      ['link:1 unknown unreadable-file', 'sub:1 unknown unreadable-file', 'unknown'],
    ));
  it('a binary file that holds the dotted name', () =>
    check({ 'a.pkl': Buffer.from('\x80cpkg.x_robust\nC\n', 'latin1') }, [
      'a.pkl:1 unknown binary-reference',
      'unknown',
    ]));
  it('a broken notebook', () =>
    check({ 'a.ipynb': '{"cells": [ pkg.x_robust' }, ['a.ipynb:1 unknown unreadable-file', 'unknown']));
});

describe('packages', () => {
  it('an import of a sibling is none of the module', () =>
    user('from pkg.x import f\nimport pkg.x\n', ['unused'], 'other.py'));
  it('run when something below them is imported', () =>
    check({ 'run.py': 'from pkg.x import f\n' }, ['run.py:1 implicit', 'used'], 'pkg/__init__.py'));
});

it('several targets are found in one pass', async () => {
  const { linker } = await draw({ ...PACKAGE, 'run.py': 'from pkg import x, x_robust\n' });
  const found = findUsages(linker, ['pkg/x.py', 'pkg/x_robust.py']);
  expect(found.map(({ target, usages }) => [target.path, usages.map(({ column }) => column)])).toEqual([
    ['pkg/x.py', [17]],
    ['pkg/x_robust.py', [20]],
  ]);
});
