/**
 * What may arrive in a computed import. Each case draws a repository whose file `m.py` calls `import_module` once; listed
 * are the literals that may be its name, or part of it.
 */
import { describe, expect, test } from 'vitest';
import { valueFlowOf } from '../../src/core/value-flow/index.js';
import { draw, type Tree } from '../support/tree.js';

type Case = readonly [situation: string, source: string, arriving: string];

const SINK = 'from importlib import import_module\n';

/** The literals in the order of their text, or `unknown`. */
async function arriving(tree: Tree): Promise<string> {
  const { codebase, linker } = await draw(tree);
  const found = codebase
    .pythonFiles()
    .flatMap(({ path }) => (codebase.unitOrNone(path)?.facts.dynamics ?? []).map((dynamic) => ({ path, dynamic })))
    .filter(({ dynamic }) => dynamic.form === 'import_module');
  expect(found).toHaveLength(1);
  const [{ path, dynamic }] = found as [(typeof found)[0]];
  const there = valueFlowOf(linker).reaching(path, dynamic.span.start);
  return there === null ? 'unknown' : [...new Set(there.literals.map(({ value }) => value))].sort().join(' ');
}

const WITHIN: readonly Case[] = [
  ['a variable', 'n = g(x)\nn = "a"\nb = "b"\nimport_module(n)', 'a'],
  ['one of two', 'n = "a" if x else "b"\nimport_module(n or "c")', 'a b c'],
  ['the test of a choice', 'import_module("a" if x == "b" else y)', 'a'],
  ['parts of a sum', 'p = "a."\nimport_module(p + x + "b")', 'a. b'],
  ['parts of an f-string', 'p = "a"\nimport_module(f"{p}.b")', '.b a'],
  ['a format and its fields', 'import_module("{}.{}".format("a", x))', 'a {}.{}'],
  ['a parameter', 'def f(n): import_module(n)\nf("a")\ng("b")', 'a'],
  ['a parameter by keyword', 'def f(m, n): import_module(n)\nf("b", n="a")', 'a'],
  ['a default', 'def f(n="a"): import_module(n)', 'a'],
  ['the rest of the arguments', 'def f(m, *ns):\n  for n in ns: import_module(n)\nf("b", "a")', 'a'],
  ['arguments from a list', 'def f(n): import_module(n)\nxs = ["a"]\nf(*xs)', 'a'],
  ['keywords that are collected', 'def f(m, **o): import_module(o["k"])\nf(m="b", k="a")', 'a'],
  ['what a function gives back', 'def f(): return "a"\nimport_module(f())', 'a'],
  ['an argument that a function gives back', 'def f(x): return x\nf("b")\nimport_module(f("a"))', 'a'],
  ['an argument that it does not give back', 'def f(x): return "a"\nimport_module(f("b"))', 'a'],
  ['functions that call each other', 'def f(x): return g(x)\ndef g(x): return f(x) or x\nimport_module(f("a"))', 'a'],
  ['a generator', 'def f(): yield "a"\nfor n in f(): import_module(n)', 'a'],
  ['elements of a list', 'xs = ["a", "b"]\n[import_module(n) for n in xs]', 'a b'],
  ['a list that grows', 'xs = []\nxs.append("a")\nfor n in xs: import_module(n)', 'a'],
  ['a list that grows under another name', 'xs = []\nys = xs\nys.append("a")\nimport_module(xs[0])', 'a'],
  ['a list that a function adds to', 'xs = []\ndef f(l, n): l.append(n)\nf(xs, "a")\nimport_module(xs[0])', 'a'],
  ['a dictionary', 'd = {}\nd["k"] = "a"\nimport_module(d["l"])', 'a k'],
  ['a key that is only asked for', 'd = {"a": "b"}\nimport_module(d.get("c", "d"))', 'a b d'],
  ['a method that only looks', 'n = "a"\nimport_module(n.split("b")[0])', 'a'],
  ['an attribute', 'class A:\n  def __init__(self, n): self.n = n\n  def f(self): import_module(self.n)\nA("a")', 'a'],
  ['an attribute of another class', 'class A:\n  def f(self): import_module(self.n)\nclass B:\n  n = "b"', ''],
  ['an attribute of a base', 'class B:\n  n = "a"\nclass A(B):\n  def f(self): import_module(self.n)', 'a'],
  [
    'an attribute of a class beside it',
    'class B: 0\nclass A(B):\n  def f(self): import_module(self.n)\nclass C(B):\n  n = "c"',
    '',
  ],
  [
    'an attribute of a class that another shares with it',
    'class A:\n  def f(self): import_module(self.n)\nclass C:\n  n = "c"\nclass D(A, C): 0',
    'c',
  ],
  [
    'a module with things in it',
    'import types\nclass A(types.ModuleType):\n  n = {}\n  def f(self): import_module(self.n)\nA("a")',
    '',
  ],
  ['what a class says of its module', 'class A:\n  n = "a"\nx = A("b")\nimport_module(x.__module__)', ''],
  ['that, or something else', 'x = A("b")\nimport_module(getattr(x, "__module__", "c"))', 'c'],
  ['the name of a module that is there', 'import sys\nimport_module(sys.modules["a"])', 'a'],
  ['an attribute that a caller sets', 'class A:\n  def f(self): import_module(self.n)\nx.n = "a"', 'a'],
  ['a field of a data class', '@d\nclass A:\n  n: str\n  def f(self): import_module(self.n)\nA("a")\nA(n="b")', 'a b'],
  ['a method of an object', 'class A:\n  def f(self, n): import_module(n)\nA().f("a")\nx.f("b")\ng("c")', 'a b'],
  [
    'a method of the same name elsewhere',
    'class A:\n  def f(self, n): import_module(n)\nclass B:\n  def f(self, n): 0\nB().f("b")',
    '',
  ],
  ['a class method', 'class A:\n  @classmethod\n  def f(cls, n): import_module(n)\nA.f("a")', 'a'],
  ['a static method', 'class A:\n  @staticmethod\n  def f(n): import_module(n)\nA.f("a")', 'a'],
  ['a property', 'class A:\n  @property\n  def n(self): return "a"\n  def f(self): import_module(self.n)', 'a'],
  [
    'a method of a dictionary',
    'class A:\n  def items(self): return "b"\nfor k, n in {"k": "a"}.items(): import_module(n)',
    'a k',
  ],
  ['a function that is handed on', 'def f(n): import_module(n)\ndef g(h): h("a")\ng(f)', 'a'],
  ['a function from a table', 'def f(n): import_module(n)\nT = {"k": f}\nT["k"]("a")', 'a'],
  ['a function given to what is outside', 'import o\ndef f(n): import_module(n)\no.run(f, "a")', 'a'],
  ['a decorated function', 'import o\n@o.deco\ndef f(n): import_module(n)\nf("a")', 'a'],
  ['a wrapper', 'def d(f):\n  def w(*a): return f(*a)\n  return w\n@d\ndef f(n): import_module(n)\nf("a")', 'a'],
  ['a result from outside', 'import o\nimport_module(o.f("a"))', 'a'],
  ['what an object from outside was given', 'import o\np = o.P()\np.add("a")\nimport_module(p.get().n)', 'a'],
  ['a name by getattr', 'class A:\n  n = "a"\n  m = "b"\nimport_module(getattr(x, "n"))', 'a'],
  [
    'a name that begins as given',
    'class A:\n  n_1 = "a"\n  m = "b"\n  def f(self): import_module(getattr(self, f"n_{x}"))',
    'a',
  ],
  [
    'calls in a chain',
    'import o\nimport_module(o.a().b("a").c().d().e().f().g().h().i().j().k().l().m().n().p())',
    'a',
  ],
  ['a logger', 'import logging\nn = x\nlogging.getLogger("b").info("c", n)\nimport_module(n)', ''],
];

describe('within a file', () => {
  test.each(WITHIN)('%s', async (_, source, expected) => {
    expect(await arriving({ 'm.py': SINK + source })).toBe(expected);
  });
});

describe('between files', () => {
  test('a function that another file imports', async () => {
    const tree = { 'm.py': `${SINK}def f(n): import_module(n)`, 'k.py': 'from m import f as g\ng("a")' };
    expect(await arriving(tree)).toBe('a');
  });

  test('a function of a module', async () => {
    const tree = { 'm.py': `${SINK}def f(n): import_module(n)`, 'k.py': 'import m\nm.f("a")\nm.g("b")' };
    expect(await arriving(tree)).toBe('a');
  });

  test('a variable of a module, through a package', async () => {
    const tree = {
      'p/__init__.py': 'from .names import NAMES',
      'p/names.py': 'NAMES = ["a"]',
      'm.py': `${SINK}import p\nfor n in p.NAMES: import_module(n)`,
    };
    expect(await arriving(tree)).toBe('a');
  });

  test('a file that does not parse says nothing of itself', async () => {
    const { linker } = await draw({ 'm.py': `${SINK}import_module(n)`, 'k.py': 'def (' });
    expect(valueFlowOf(linker).knows('k.py')).toBe(false);
    expect(valueFlowOf(linker).reaching('k.py', 0)).toBeNull();
  });
});
