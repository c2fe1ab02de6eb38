/** Two small modules and what the comparison says of them. */
import { describe, expect, it } from 'vitest';
import { pairs } from '../../src/bundled/pairs.js';
import { TRUTH } from '../../src/bundled/truth.js';
import {
  affectedSymbols,
  type ComparedModule,
  type Comparison,
  compareModules,
  missingNames,
  stateful,
} from '../../src/core/compare.js';
import { outline } from '../../src/python/outline.js';
import { ENGINES } from '../python/support.js';

const parser = ENGINES[0] as (typeof ENGINES)[number];

function moduleOf(text: string, path = 'p/x.py'): ComparedModule {
  return { path, text, hash: text, outline: outline(parser.parse(text), text) };
}

/** `verdict; ~changed (what); -only in the duplicate; +only in the kept module`. */
function summary({ verdict, symbols }: Comparison): string {
  const changed = symbols.changed.map(({ name, what }) => `~${name} (${what.join(', ')})`);
  return [verdict, ...changed, ...symbols.onlyRemove.map((n) => `-${n}`), ...symbols.onlyKeep.map((n) => `+${n}`)].join(
    '; ',
  );
}

type Case = readonly [keep: string, remove: string, expected: string];

const F = 'def f(a, b=1):\n    return g(a)\n';
const C = 'class C:\n    x = 1\n    def m(self): return 1\n';

const CASES: Readonly<Record<string, Case>> = {
  'same bytes': [F, F, 'identical'],
  'empty files': ['', '', 'identical'],
  'layout and comments': [F, 'def f(\n    a,\n    b=(1),\n):  # hm\n    return g( a )\n', 'equivalent'],
  docstrings: [F, 'def f(a, b=1):\n    "doc"\n    return g(a)\n', 'equivalent'],
  'order of functions': [`${F}def k(): pass\n`, `def k(): pass\n${F}`, 'subset'],
  'order of imports': ['import a\nimport b\n', 'import b\nimport a\n', 'subset'],
  'order of variables': ['a = 1\nb = 2\nc = 3\n', 'b = 2\nc = 3\na = 1\n', 'diverged; ~a (order)'],
  'order of statements': ['p(1)\np(2)\n', 'p(2)\np(1)\n', 'diverged; ~<statement: p(1)> (order)'],
  'order of attributes': ['class C:\n  a = 1\n  b = 2\n', 'class C:\n  b = 2\n  a = 1\n', 'diverged; ~C.a (order)'],
  'a function more': [`${F}def k(): pass\n`, F, 'subset; +k'],
  'a method less in the second class of a name': [
    `class C: pass\n${C}`,
    'class C: pass\nclass C:\n    x = 1\n',
    'subset; +C.m',
  ],
  'an index that is unpacked': ['a[*b]\n', 'a[(*b,)]\n', 'equivalent'],
  'a parameter of a type that is unpacked': ['x: a[*b]\n', 'x: a[*b,]\n', 'equivalent'],
  'a function less': [F, `${F}def k(): pass\n`, 'superset; -k'],
  'one more on each side': ['def a(): pass\n', 'def b(): pass\n', 'diverged; -b; +a'],
  'a default': [F, F.replace('1', '2'), 'diverged; ~f (default)'],
  'a default more': [F, F.replace('b=1', 'b'), 'diverged; ~f (default)'],
  'a parameter': [F, F.replace('a, b', 'b, a'), 'diverged; ~f (signature, default)'],
  'an annotation': [F, F.replace('a,', 'a: int,'), 'diverged; ~f (signature)'],
  'a return annotation': [F, F.replace('):', ') -> int:'), 'diverged; ~f (signature)'],
  async: [F, `async ${F}`, 'diverged; ~f (signature)'],
  'a body': [F, F.replace('g(a)', 'g(b)'), 'diverged; ~f (body)'],
  'a decorator': [F, `@d\n${F}`, 'diverged; ~f (decorators)'],
  'a base class': [C, C.replace('C:', 'C(B):'), 'diverged; ~C (bases)'],
  'a value': ['a = 1\n', 'a = 2\n', 'diverged; ~a (value)'],
  'a condition': ['if X:\n  def f(): pass\n', 'if Y:\n  def f(): pass\n', 'diverged; ~f (condition)'],
  'what an except catches': [
    'try:\n  import a\nexcept ImportError:\n  a = None\n',
    'try:\n  import a\nexcept Exception:\n  a = None\n',
    'diverged; ~a (condition); ~a#2 (condition)',
  ],
  'function and class': ['def f(): pass\n', 'class f: pass\n', 'diverged; ~f (kind)'],
  'an import of another thing': ['from a import b\n', 'from c import b\n', 'diverged; ~b (import)'],
  'a method more': [`${C}    def n(self): pass\n`, C, 'subset; +C.n'],
  'a method changed': [C, C.replace('return 1', 'return 2'), 'diverged; ~C.m (body)'],
  'a special method more': [`${C}    def __eq__(self, o): pass\n`, C, 'diverged; ~C (methods); +C.__eq__'],
  'a method more that overrides': [
    'class A:\n  def n(self): pass\nclass B(A):\n  def n(self): pass\n',
    'class A:\n  def n(self): pass\nclass B(A):\n  pass\n',
    'diverged; ~B (methods); +B.n',
  ],
  'a method more with an import': [`${C}    def n(self):\n        import os\n`, C, 'subset; +C.n'],
  'a wider __all__': ["__all__ = ['a', 'b']\na = 1\nb = 1\n", "__all__ = ['a']\na = 1\n", 'subset; +b'],
  'a narrower __all__': ["__all__ = ['a']\na = 1\n", "__all__ = ['a', 'b']\na = 1\n", 'diverged; ~__all__ (value)'],
  'an attribute more': ['class C:\n  a = 1\n  b = 2\n', 'class C:\n  a = 1\n', 'subset; +C.b'],
  'a member of an enum more': [
    'class C(Enum):\n  a = 1\n  b = 2\n',
    'class C(Enum):\n  a = 1\n',
    'diverged; ~C (attributes); +C.b',
  ],
  'a class more is one name': [`${F}${C}`, F, 'subset; +C'],
  'another definition of one name': [`${F}def f(): pass\n`, F, 'diverged; ~f (redefined); +f#2'],
  'a builtin that the kept module shadows': [
    'def open(): pass\ndef f(): return open()\n',
    'def f(): return open()\n',
    'diverged; ~f (names); +open',
  ],
  'a statement more that works on a shared name': [
    'def f(): pass\nf.x = 1\n',
    'def f(): pass\n',
    'diverged; ~f (statement); +<statement: f.x = 1>',
  ],
  'a program more': [
    "def f(): pass\nif __name__ == '__main__':\n  f()\n",
    'def f(): pass\n',
    "subset; +<statement: if __name__ == '__main__'>",
  ],
  'a statement in another layout': [
    'p(1, 2)\ndef f(): pass\n',
    'def k(): pass\np(1,\n  2)\ndef f(): pass\n',
    'superset; -k',
  ],
  'a star import more': ['from a import *\nx = 1\n', 'x = 1\n', 'diverged; ~<import * from a> (import)'],
  'a docstring that code reads': [
    '"a"\ndef f(): return __doc__\n',
    '"b"\ndef f(): return __doc__\n',
    'diverged; ~f (docstring)',
  ],
  'files that do not parse': ['def f(:\n', 'def f(:\n\n', 'diverged'],
};

describe('compareModules', () => {
  it.each(Object.entries(CASES))('%s', (_, [keep, remove, expected]) => {
    expect(summary(compareModules(moduleOf(keep), moduleOf(remove)))).toBe(expected);
  });

  it('tells docstrings and comments from code', () => {
    const keep = moduleOf('"m"\nclass C:\n  "c"\n  def m(self):\n    "d"\n');
    const remove = moduleOf('"n"\nclass C:\n  "c"\n  def m(self):\n    "e"  # e\n');
    expect(compareModules(keep, remove)).toMatchObject({
      verdict: 'equivalent',
      similarity: 1,
      docstringsDiffer: ['<module>', 'C.m'],
      commentsDiffer: true,
      reason: 'the same code; only layout, comments and docstrings differ',
    });
  });

  it('takes the same text for different where it reaches another module', () => {
    const resolving = (path: string, target: string): ComparedModule => ({
      ...moduleOf('from .a import b\ndef f():\n  from .c import d\n', path),
      resolveImport: ({ module }) => `${target}/${module}`,
    });
    const changed = compareModules(resolving('p/x.py', 'p'), resolving('q/x.py', 'q'));
    expect(summary(changed)).toBe('diverged; ~b (import); ~f (import)');
    expect(summary(compareModules(resolving('p/x.py', 'p'), resolving('p/y.py', 'p')))).toBe('identical');
  });

  it('takes two spellings of one import for equal', () => {
    const resolve = { resolveImport: () => 'p/a.py b' };
    const [keep, remove] = [moduleOf('from .a import b\n'), moduleOf('from p.a import b\n')];
    expect(summary(compareModules({ ...keep, ...resolve }, { ...remove, ...resolve }))).toBe('subset');
  });

  it('never says 1 of code that differs', () => {
    const body = Array.from({ length: 2000 }, (_, i) => `x${i} = ${i}`).join('\n');
    const { similarity } = compareModules(moduleOf(`${body}\ny = 1\n`), moduleOf(`${body}\ny = 2\n`));
    expect(similarity).toBeLessThan(1);
    expect(similarity).toBeGreaterThan(0.99);
  });

  it('finds the written truth of the bundled pairs', () => {
    pairs().forEach((pair, i) => {
      const truth = TRUTH[i] as (typeof TRUTH)[number];
      const { verdict, lines, symbols } = compareModules(moduleOf(pair.keep), moduleOf(pair.remove));
      expect({ verdict, lines }).toEqual({ verdict: truth.verdict, lines: truth.lines });
      expect(symbols.changed.map((symbol) => symbol.name).sort()).toEqual([...truth.changed].sort());
      expect([...symbols.onlyKeep].sort()).toEqual([...truth.onlyKeep].sort());
      expect([...symbols.onlyRemove].sort()).toEqual([...truth.onlyRemove].sort());
    });
  });
});

/** `name: what via a > b`. */
function affected(keep: string, remove: string, used: string): string[] {
  const [a, b] = [moduleOf(keep), moduleOf(remove)];
  const found = affectedSymbols(compareModules(a, b), a.outline, b.outline, used.split(' '));
  return found.map(
    ({ name, via, what }) => `${name}: ${what.join(', ')}${via.length > 0 ? ` via ${via.join(' > ')}` : ''}`,
  );
}

describe('affectedSymbols', () => {
  const CHAIN = 'def f(): return g()\ndef g(): return h()\ndef h(): return 1\ndef k(): return 2\n';
  it.each([
    ['itself', CHAIN, CHAIN.replace('1', '3'), 'h', ['h: body']],
    ['through calls', CHAIN, CHAIN.replace('1', '3'), 'f k', ['f: body via g > h']],
    ['a missing helper', 'def f(): return g()\n', 'def f(): return g()\ndef g(): pass\n', 'f', ['f: missing via g']],
    ['a member of a used class', C, C.replace('return 1', 'return 2'), 'C', ['C: body via C.m']],
    [
      'an instance of a changed class',
      `${C}c = C()\n`,
      `${C.replace('return 1', 'return 2')}c = C()\n`,
      'c',
      ['c: body via C > C.m'],
    ],
    [
      'a base class',
      `${C}class D(C): pass\n`,
      `${C.replace('x = 1', 'x = 2')}class D(C): pass\n`,
      'D',
      ['D: value via C > C.x'],
    ],
    ['recursion ends', 'def f(): return f()\n', 'def f(): return f()\n', 'f', []],
    [
      'each way of differing once',
      'A = 1\ndef f(x=A): return 1\n',
      'A = 2\ndef f(x=A): return 2\n',
      'f',
      ['f: body', 'f: value via A'],
    ],
    ['a local of the same name', 'h = 1\ndef f(h): return h\n', 'h = 2\ndef f(h): return h\n', 'f', []],
  ])('%s', (_, keep, remove, used, expected) => expect(affected(keep, remove, used)).toEqual(expected));
});

describe('missingNames', () => {
  it.each([
    ['def f(): pass\n', 'f g', ['g']],
    ['import a.b\nfrom c import d as e\n', 'a b d e', ['b', 'd']],
    ['for i in x: j = i\n', 'i j __doc__', []],
    ['class C:\n  def m(self): pass\n', 'C m', ['m']],
    ['from a import *\n', 'x', ['x']],
    ['if X:\n  y = 1\n', 'y', []],
  ])('%j lacks of %j', (keep, used, expected) => {
    expect(missingNames(moduleOf(keep).outline, used.split(' '))).toEqual(expected);
  });
});

describe('stateful', () => {
  it.each([
    ['class A(Exception): pass\nclass B(A): pass\nclass C: pass\n', ['A (exception class)', 'B (exception class)']],
    ['lock = threading.Lock()\nlog = logging.getLogger(__name__)\n', ['lock (lock)', 'log (logger)']],
    ['_cache = {}\nitems = []\nfull = [1]\n', ['_cache (cache)', 'items (container)']],
    ['class A: pass\na = A()\nb = make()\nc = re.compile("x")\nP = namedtuple("P", "x")\n', ['a (singleton)']],
  ])('%j', (source, expected) => expect(stateful(moduleOf(source).outline)).toEqual(expected));
});
