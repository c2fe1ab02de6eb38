/** Imports by value, strings in their places, and `__all__`, from both engines. */
import { describe, expect, test } from 'vitest';
import { dynamicLines, ENGINES, factsOf, stringLines } from './support.js';

type Case = readonly [situation: string, source: string, ...expected: string[]];

const IMPORT = 'from importlib import import_module\n';

const BY_VALUE: readonly Case[] = [
  ['literal', `import importlib\nimportlib.import_module("a.b")`, 'import_module a.b'],
  ['bare function', `${IMPORT}import_module("a.b")`, 'import_module a.b'],
  ['function under an alias', 'from importlib import import_module as im\nim("a.b")', 'import_module a.b'],
  ['module under an alias', 'import importlib as il\nil.import_module(name="a")', 'import_module a'],
  ['relative with a package', `${IMPORT}import_module(".x", package="p.q")`, 'import_module .x <- p.q'],
  ['relative with __package__', `${IMPORT}import_module(".x", __package__)`, 'import_module .x <- own'],
  ['relative with __name__', `${IMPORT}import_module("." + n, package=__name__)`, 'import_module .* <- own'],
  ['through a constant', `${IMPORT}A = "a.b"\nimport_module(A)`, 'import_module a.b'],
  ['through a constant that changes', `${IMPORT}A = "a.b"\nA = g()\nimport_module(A)`, 'import_module open'],
  ['join of a list', `${IMPORT}import_module("".join(["a", x, "b"]))`, 'import_module a*b'],
  ['join with dots', `${IMPORT}import_module(".".join(("a", x)))`, 'import_module a.*'],
  ['join of what is computed', `${IMPORT}import_module(".".join(xs))`, 'import_module open'],
  [
    'name of the function, bound twice',
    `${IMPORT}def f(x):\n  n = "a." + x\n  import_module(n)\n  n = "b.c"\n  import_module(n)`,
    'import_module a.* (lazy)',
    'import_module b.c (lazy)',
    'import_module a.* (lazy)',
    'import_module b.c (lazy)',
  ],
  [
    'name of the function that a loop binds as well',
    `${IMPORT}def f(xs):\n  n = "a"\n  for n in xs: import_module(n)`,
    'import_module open (lazy)',
  ],
  [
    'name of the function that grows',
    `${IMPORT}def f(x):\n  n = "a."\n  n += x\n  import_module(n)`,
    'import_module open (lazy)',
  ],
  ['parameter', `${IMPORT}def f(n="a"):\n  import_module(n)`, 'import_module open (lazy)'],
  ['subscript of another thing called modules', 'modules = {}\nmodules[x] = 1'],
  ['modules taken from sys', 'from sys import modules\nmodules["a"].b', 'sys.modules a'],
  ['concatenation', `${IMPORT}import_module("a." + "b")`, 'import_module a.b'],
  ['adjacent literals', `${IMPORT}import_module("a." "b")`, 'import_module a.b'],
  ['f-string prefix', `${IMPORT}import_module(f"a.{x}")`, 'import_module a.*'],
  ['f-string prefix and suffix', `${IMPORT}import_module(f"a.{x()}.b")`, 'import_module a.*.b'],
  ['percent', `${IMPORT}import_module("a.%s" % x)`, 'import_module a.*'],
  ['format', `${IMPORT}import_module("a.{}.{}".format(x, y))`, 'import_module a.*'],
  ['unknown', `${IMPORT}import_module(x)`, 'import_module open'],
  [
    'list of names',
    `${IMPORT}for n in ["a", "b"]:\n  import_module(f"p.{n}")`,
    'import_module {p.a | p.b} (conditional)',
  ],
  [
    'constant list of names',
    `${IMPORT}L = ("a", "b")\nx = [import_module("p." + n) for n in L]`,
    'import_module {p.a | p.b}',
  ],
  [
    'list that grows',
    `${IMPORT}L = ["a"]\nL.append(x)\nfor n in L: import_module(n)`,
    'import_module open (conditional)',
  ],
  [
    'values of a dictionary',
    `${IMPORT}for k, n in {"x": "a", "y": "b"}.items(): import_module(n)`,
    'import_module {a | b} (conditional)',
  ],
  ['__import__', '__import__("a.b")', '__import__ a.b'],
  ['in a function', 'def f():\n  __import__("a")', '__import__ a (lazy)'],
  ['guarded', 'try:\n  __import__("a")\nexcept ImportError: pass', '__import__ a (guarded)'],
  ['runpy', 'import runpy\nrunpy.run_module("a.b", run_name="x")', 'runpy a.b'],
  ['resolve_name', 'import pkgutil\npkgutil.resolve_name("a.b:c")', 'resolve_name a.b:c'],
  ['find_spec', 'import importlib.util\nimportlib.util.find_spec("a")', 'find_spec a'],
  ['exec of an import', 'exec("import a")', 'exec import a'],
  ['exec of something else', 'exec("x = 1")'],
  ['exec of a computed text', 'exec(f"import {x}")', 'exec import *'],
  ['sys.modules', 'import sys\nsys.modules["a.b"].c = 1', 'sys.modules a.b'],
  ['own entry of sys.modules', 'import sys\nsys.modules[__name__]'],
  ['computed entry of sys.modules that is written', 'import sys\nsys.modules[f"a.{x}"] = y'],
  ['entry of sys.modules that is written', 'import sys\nsys.modules["a.b"] = y', 'sys.modules a.b'],
  ['sys.modules.get', 'import sys\nsys.modules.get("a")', 'sys.modules a'],
  ['iter_modules', 'import pkgutil\nfor m in pkgutil.iter_modules(__path__): pass', 'scan open'],
  [
    'directory listed by another function',
    `${IMPORT}import os\ndef f(n):\n  import_module(n)\ndef g():\n  os.listdir("p")`,
    'import_module open (lazy)',
  ],
  [
    'directory listed by another function, import relative to the own package',
    `${IMPORT}import os\ndef f(n):\n  import_module(n, __package__)\ndef g():\n  os.listdir("p")`,
    'scan open <- own (lazy)',
  ],
  ['directory scan', `${IMPORT}import os\nfor n in os.listdir("p"):\n  import_module(n)`, 'scan open (conditional)'],
  ['PEP 562', 'def __getattr__(name):\n  return 1', 'module-getattr open (lazy)'],
  ['a method of that name', 'class C:\n  def __getattr__(self, name): pass'],
  ['a variable called like the function', 'importlib.other("a")'],
];

describe('imports by value', () => {
  for (const [situation, source, ...expected] of BY_VALUE) {
    test(situation, () => {
      for (const parser of ENGINES) expect(dynamicLines(factsOf(source, parser)), parser.engine).toEqual(expected);
    });
  }
});

const STRINGS: readonly Case[] = [
  ['docstrings', '"""a"""\ndef f():\n  "b"\nclass C:\n  # x\n  r"c"', 'docstring: a', 'docstring: b', 'docstring: c'],
  ['a later string is none', 'x\n"""a"""', 'other: a'],
  ['argument', 'mock.patch("a.b", new="c")', 'other mock.patch[0]: a.b', 'other mock.patch[new]: c'],
  ['decorator', '@patch("a.b")\ndef f(): pass', 'other patch[0]: a.b'],
  ['second position', 'monkeypatch.setattr(x, "a")', 'other monkeypatch.setattr[1]: a'],
  ['inside a list argument', 'f(["a", ("b",)])', 'other f[0]: a', 'other f[0]: b'],
  ['inside another call', 'f(g("a"))', 'other g[0]: a'],
  ['annotation', 'x: "a.B" = "c"', 'annotation: a.B', 'other: c'],
  ['replacement fields', 'x = f"a{b}c" "d"', 'other: f a{b}c', 'other: d'],
  ['prefixes and triple quotes', `b'a' + R"""b""" + u'c'`, 'other: a', 'other: b', 'other: c'],
  ['exports', '__all__ = ["a"]', 'export: a'],
  ['subscript', 'INSTALLED["a"]', 'other INSTALLED[subscript]: a'],
];

describe('strings', () => {
  for (const [situation, source, ...expected] of STRINGS) {
    test(situation, () => {
      for (const parser of ENGINES) {
        const lines = stringLines(source, factsOf(source, parser));
        expect([...lines].sort(), parser.engine).toEqual([...expected].sort());
      }
    });
  }
});

describe('__all__', () => {
  test.each([
    ['list', '__all__ = ["a", "b"]', 'a b'],
    ['tuple', '__all__ = "a", "b"', 'a b'],
    ['annotated', '__all__: list[str] = ["a"]', 'a'],
    ['sum', '__all__ = ["a"] + ("b",)', 'a b'],
    ['grown', '__all__ = ["a"]\n__all__ += ["b"]\n__all__.extend(["c"])\n__all__.append("d")', 'a b c d'],
    ['with comments', '__all__ = [\n  "a",  # one\n  # two\n  "b",\n]', 'a b'],
    ['from another module', '__all__ = ["a"] + other.__all__', 'a ...'],
    ['starred', '__all__ = ["a", *b]', 'a ...'],
    ['computed', '__all__ = [n for n in dir()]', ' ...'],
    ['shrunk', '__all__ = ["a"]\n__all__.remove("a")', 'a ...'],
    ['none', 'x = ["a"]', 'null'],
    ['local variable of that name', 'def f():\n  __all__ = ["a"]', 'null'],
  ])('%s', (_, source, expected) => {
    for (const parser of ENGINES) {
      const { exports } = factsOf(source, parser);
      const names = exports?.names.map(({ name }) => name).join(' ');
      expect(exports ? `${names}${exports.complete ? '' : ' ...'}` : 'null', parser.engine).toBe(expected);
    }
  });
});
