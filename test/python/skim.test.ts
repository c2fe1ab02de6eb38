/**
 * What the skim says of small texts, in a line for each thing: `LINE WHEN: import ..`, `inside` where it stands in a function or
 * a class; `binds NAME..`, `?` for conditional ones, `@STATEMENT.NAME` for imported ones; `strings LINE:VALUE..`, `-` in a
 * function or a class. The facts of the whole tree must come to the same.
 */
import { describe, expect, it } from 'vitest';
import type { Skim } from '../../src/core/skim.js';
import { condense } from '../../src/python/condense.js';
import { skim } from '../../src/python/skim/index.js';
import { skimDifferences } from '../real/view.mjs';
import { dynamicLines, ENGINES, factsOf, importLines } from './support.js';

type Case = [what: string, text: string, expected: readonly string[]];

const list = (word: string, parts: readonly string[]) => (parts.length > 0 ? [`${word} ${parts.join(' ')}`] : []);

function lines(found: Skim): string[] {
  const { imports, bindings, exports, dynamics, strings } = found;
  const bound = bindings.map(({ name, conditional, imported }) => {
    const place = imported ? `@${imported.statement}.${imported.name}` : '';
    return `${name}${conditional ? '?' : ''}${place}`;
  });
  return [
    ...importLines(found).map((line, at) => (imports[at]?.atTop ? line : line.replace(':', ' inside:'))),
    ...list('binds', bound),
    ...list('exports', exports ? [...exports.names, ...(exports.complete ? [] : ['..'])] : []),
    ...dynamicLines(found).map((line, at) => `${dynamics[at]?.line} ${line}`),
    ...list(
      'strings',
      strings.map(({ value, line, atTop }) => `${line}:${value}${atTop ? '' : '-'}`),
    ),
    ...list('words', found.words),
    ...(found.bindsByValue ? ['binds by value'] : []),
    ...(found.registersModules ? ['registers modules'] : []),
  ];
}

function says(_: string, text: string, expected: readonly string[]): void {
  for (const parser of ENGINES) {
    const facts = (of: string) => factsOf(of, parser);
    const found = skim(text, facts) as Skim;
    expect(lines(found)).toEqual(expected);
    expect(facts(text).syntaxErrors).toEqual([]);
    expect(skimDifferences(found, condense(facts(text), text))).toEqual([]);
  }
}

function asks(_: string, text: string): void {
  expect(skim(text, factsOf)).toBeNull();
}

describe('imports', () => {
  it.each<Case>([
    ['plain ones', 'import a, b.c as d, e.f\n', ['1 runtime: import a, b.c as d, e.f', 'binds a@0.0 d@0.1 e@0.2']],
    [
      'relative ones',
      'from . import a\nfrom ..b.c import d as e\nfrom ... import f\nfrom ....g import h\n',
      [
        '1 runtime: from . import a',
        '2 runtime: from ..b.c import d as e',
        '3 runtime: from ... import f',
        '4 runtime: from ....g import h',
        'binds a@0.0 e@1.0 f@2.0 h@3.0',
      ],
    ],
    [
      'names in brackets, over lines',
      'from a import (\n  b,  # first\n  c as d,\n)\n',
      ['1 runtime: from a import b, c as d', 'binds b@0.0 d@0.1'],
    ],
    ['a star', 'from a.b import *\n', ['1 runtime: from a.b import *']],
    [
      'names in two alphabets that are one',
      'import \ufb01le, \u212bb\n',
      ['1 runtime: import file, \u00c5b', 'binds file@0.0 \u00c5b@0.1'],
    ],
    [
      'continued lines',
      'import a, \\\n  b\nfrom c \\\n  import d\n',
      ['1 runtime: import a, b', '3 runtime: from c import d', 'binds a@0.0 b@0.1 d@1.0'],
    ],
    [
      'statements in one line',
      'import a; import b; x = 1;\n',
      ['1 runtime: import a', '1 runtime: import b', 'binds a@0.0 b@1.0 x'],
    ],
    [
      'line ends of all kinds',
      'import a\r\nimport b\rimport c\n',
      ['1 runtime: import a', '2 runtime: import b', '3 runtime: import c', 'binds a@0.0 b@1.0 c@2.0'],
    ],
    ['no line end at the end', 'import a', ['1 runtime: import a', 'binds a@0.0']],
    [
      'form feeds',
      '\fimport a\n\f\ndef f():\n\f    import b\n',
      ['1 runtime: import a', '4 lazy inside: import b', 'binds a@0.0 f'],
    ],
    [
      'tabs and blanks that are as wide',
      'if x:\n\timport a\n        import b\n',
      ['2 conditional: import a', '3 conditional: import b', 'binds a?@0.0 b?@1.0'],
    ],
    [
      'lazy ones',
      'lazy import a\nlazy from b import c\n',
      ['1 lazy: import a', '2 lazy: from b import c', 'binds a@0.0 c@1.0'],
    ],
    [
      'names that are soft keywords',
      'from match import case, type as lazy\nimport type.match\n',
      [
        '1 runtime: from match import case, type as lazy',
        '2 runtime: import type.match',
        'binds case@0.0 lazy@0.1 type@1.0',
      ],
    ],
    ['an import in a string is none', "x = '''\nimport a\n'''\n", ['binds x']],
    ['an import behind a comment', '# import a\nimport b  # import c\n', ['2 runtime: import b', 'binds b@0.0']],
  ])('%s', says);
});

describe('circumstances', () => {
  it.each<Case>([
    [
      'for type checkers, and for others',
      'if TYPE_CHECKING:\n  import a\nelif x:\n  import b\nelse:\n  import c\n',
      ['2 typing: import a', '4 conditional: import b', '6 runtime: import c', 'binds a?@0.0 b?@1.0 c@2.0'],
    ],
    [
      'negated',
      'if not typing.TYPE_CHECKING:\n  import a\nelse:\n  import b\n',
      ['2 runtime: import a', '4 typing: import b', 'binds a@0.0 b?@1.0'],
    ],
    [
      'any other test',
      'if x and TYPE_CHECKING:\n  import a\nelse:\n  import b\n',
      ['2 conditional: import a', '4 conditional: import b', 'binds a?@0.0 b?@1.0'],
    ],
    [
      'guarded by a handler that comes later',
      'try:\n  import a\nexcept ImportError:\n  import b\nelse:\n  import c\nfinally:\n  import d\n',
      [
        '2 guarded: import a',
        '4 guarded: import b',
        '6 guarded: import c',
        '8 runtime: import d',
        'binds a?@0.0 b?@1.0 c?@2.0 d@3.0',
      ],
    ],
    [
      'a handler that does not swallow it',
      'try:\n  import a\nexcept KeyError:\n  import b\n',
      ['2 runtime: import a', '4 conditional: import b', 'binds a@0.0 b?@1.0'],
    ],
    [
      'a bare handler, and one of a group',
      'try: import a\nexcept: import b\ntry: import c\nexcept* (A, Exception) as e: import d\n',
      [
        '1 guarded: import a',
        '2 guarded: import b',
        '3 guarded: import c',
        '4 guarded: import d',
        'binds a?@0.0 b?@1.0 c?@2.0 e? d?@3.0',
      ],
    ],
    [
      'suppressed',
      'with suppress(ImportError):\n  import a\nwith open(x) as f, contextlib.suppress(ModuleNotFoundError):\n  import b\nwith suppress(KeyError):\n  import c\n',
      ['2 guarded: import a', '4 guarded: import b', '6 runtime: import c', 'binds a?@0.0 f b?@1.0 c@2.0'],
    ],
    [
      'in functions',
      'def f():\n  import a\n  if TYPE_CHECKING:\n    import b\n  try:\n    import c\n  except ImportError: pass\n',
      ['2 lazy inside: import a', '4 typing inside: import b', '6 lazy inside: import c', 'binds f'],
    ],
    [
      'a function for type checkers',
      'if TYPE_CHECKING:\n  def f():\n    import a\n',
      ['3 typing inside: import a', 'binds f?'],
    ],
    [
      'loops',
      'for i in x:\n  import a\nelse:\n  import b\nwhile x: import c\n',
      ['2 conditional: import a', '4 conditional: import b', '5 conditional: import c', 'binds i a?@0.0 b?@1.0 c?@2.0'],
    ],
    [
      'cases within a function',
      'def f(x):\n  match x:\n    case [a, *b] if c: import d\n    case {"k": v, **r}:\n      import e\n',
      ['3 lazy inside: import d', '5 lazy inside: import e', 'binds f'],
    ],
    [
      'classes',
      'class A(B, metaclass=C):\n  import a\n  def m(self): import b\n',
      ['2 runtime inside: import a', '3 lazy inside: import b', 'binds A'],
    ],
    [
      'asynchronous statements',
      'async def f():\n  async with a as b:\n    import c\n  async for d in e: import g\n',
      ['3 lazy inside: import c', '4 lazy inside: import g', 'binds f'],
    ],
  ])('%s', says);
});

describe('bindings', () => {
  it.each<Case>([
    [
      'assignments',
      'a = b = 1\nc, (d, *e), [f] = x\ng: int = 1\nh: int\n(i): int\nj += 1\n',
      ['binds a b c d e f g h? j'],
    ],
    ['what binds nothing', 'a.b = c[d] = 1\nf(x)[y] = 1\n(e, g)[0] = 1\nx == y\nf(k=1)\n', []],
    [
      'functions and classes',
      '@d(x)\ndef f(a, /, b: int = 1, *c, d=lambda e: e, **g) -> h: i = 1\nclass A[T: int](B): j = 1\nasync def k[**P](): pass\n',
      ['binds f A k'],
    ],
    [
      'aliases',
      'with a as b, (c as (d, e)): pass\nwith (f as g, h as j.k,): pass\ntry: pass\nexcept A as l: pass\n',
      ['binds b d e g l?'],
    ],
    [
      'loop targets',
      'for a, (b, c.d) in x: pass\nfor e, in y: f = 1\nfor *g, h in *i, j: pass\n',
      ['binds a b e f? g h'],
    ],
    [
      'walruses',
      'if (a := 1): pass\n[b := c for d in e if (f := d)]\ndef f(g=(h := 1)): (i := 2)\n',
      ['binds a b f f h'],
    ],
    [
      'global names',
      'def f():\n  global a, b\n  a = 1\n  c = 1\n  import b\n  def b(): pass\n',
      ['5 lazy inside: import b', 'binds f a? b?@0.0 b?'],
    ],
    ['names of nested functions', 'def f():\n  def g():\n    global a\n    for a in x: pass\n', ['binds f a?']],
    ['type statements', 'type A = int\ntype B[T] = list[T]\ntype = 1\ntype(x).y = 1\n', ['binds A B type']],
    [
      'soft keywords as names',
      'match = case = lazy = 1\nmatch[x] = 1\nmatch(x)\nprint(match, *case)\nlazy.a = 1\nmatch * x\ncase -1\n',
      ['binds match case lazy'],
    ],
    ['constants are no targets', 'a: None = None\nb = c[None] = True\n', ['binds a b']],
    [
      'conditional ones',
      'if x: a = 1\nelse: a = 2\na = 3\ntry: b = 1\nexcept ImportError: b = 2\nwith x: c = 1\n',
      ['binds a? a? a b? b? c'],
    ],
    [
      'a handler that binds what it guards',
      'try:\n  from a import e\nexcept ImportError as e:\n  pass\n',
      ['2 guarded: from a import e', 'binds e?@0.0 e?'],
    ],
    [
      'names imported, with their place',
      'import a.b, c.d as e\nfrom f import g, h as i\n',
      ['1 runtime: import a.b, c.d as e', '2 runtime: from f import g, h as i', 'binds a@0.0 e@0.1 g@1.0 i@1.1'],
    ],
  ])('%s', says);
});

describe('exports', () => {
  it.each<Case>([
    ['a list', "__all__ = ['a', 'b',]\n", ['binds __all__', 'exports a b']],
    ['a tuple without brackets', "__all__ = 'a', 'b'\n", ['binds __all__', 'exports a b']],
    ['an annotated one', "__all__: list[str] = ['a']\n", ['binds __all__', 'exports a']],
    ['sums', "__all__ = ['a'] + ['b']\n__all__ += ('c',)\n", ['binds __all__ __all__', 'exports a b c']],
    ['sums with names', "__all__ = ['a'] + names\n__all__ += more\n", ['binds __all__ __all__', 'exports a ..']],
    ['methods', "__all__ = []\n__all__.extend(['a', 'b'])\n__all__.append('c')\n", ['binds __all__', 'exports a b c']],
    ['the same in a class or a function', "class A: __all__ = ['a']\ndef f(): __all__ = ['b']\n", ['binds A f']],
    ['names that look like modules', "__all__ = ['a.b']\n", ['binds __all__', 'exports a.b']],
    ['without mention', 'a = 1\n', ['binds a']],
    ['a comparison', "assert __all__ == ['a']\n", []],
    ['within a condition', "if x:\n  __all__ = ['a']\n", ['binds __all__?', 'exports a']],
  ])('%s', says);
});

describe('strings', () => {
  it.each<Case>([
    [
      'dotted names and paths',
      `x = ['a.b', "c.d:e", 'a/b.py', './c.py', 'a', 'a b', '']\n`,
      ['binds x', 'strings 1:a.b 1:c.d:e 1:a/b.py 1:./c.py'],
    ],
    [
      'prefixes',
      "x = r'a.b', R'a.c', u'a.d', b'a.e', Rb'a.f', bR'a.g', f'a.h', fr'a.i', t'a.j', rt'a.k'\n",
      ['binds x', 'strings 1:a.b 1:a.c 1:a.d 1:a.e 1:a.f 1:a.g 1:a.h 1:a.i 1:a.j 1:a.k'],
    ],
    ['documentation', "'a.b'\ndef f():\n  'a.c'\nclass A:\n  '''a.d'''\n'a.e'\n", ['binds f A', 'strings 6:a.e']],
    ['documentation in one line', "def f(): 'a.b'\nclass A: 'a.c'; 'a.d'\n", ['binds f A', 'strings 2:a.d-']],
    [
      'annotations',
      "def f(a: 'a.b', b: list['a.c'] = 'a.d') -> 'a.e': pass\nx: 'a.f' = 'a.g'\nself.y: 'a.h'\n",
      ['binds f x', 'strings 1:a.d 2:a.g'],
    ],
    [
      'type parameters',
      "def f[T: 'a.b'](): pass\nclass A[T: 'a.c'](B['a.d']): pass\ntype X = 'a.e'\n",
      ['binds f A X', 'strings 2:a.d'],
    ],
    ['strings that are one', "x = 'a.b' 'c.d'\ny = ('a.b'\n  f'{z}.c')\n", ['binds x y', 'strings 1:a.b 1:c.d 2:a.b']],
    ['fields', `x = f'a.b{c}d.e' f'{f("g.h")!r:>{w}}' f'{a=}'\n`, ['binds x', 'strings 1:g.h']],
    ['nested fields', `x = f'{f"{f"{a}"}b.c"}' t'{x:{y:{z}}}'\n`, ['binds x']],
    [
      'in functions, lambdas and comprehensions',
      "def f(a='a.b'): return 'a.c'\nx = lambda: 'a.d'\ny = ['a.e' for z in 'a.f']\nclass A(B, c='a.g'): d = 'a.h'\n",
      ['binds f x y A', 'strings 1:a.b 1:a.c- 2:a.d 3:a.e 3:a.f 4:a.g 4:a.h-'],
    ],
    ['decorators', "@a('a.b')\ndef f(): pass\n", ['binds f', 'strings 1:a.b']],
    [
      'over lines',
      "x = '''a.b'''\ny = '''a.\nb'''\nz = 'a.\\\nb'\nw = 'c.d'\n",
      ['binds x y z w', 'strings 1:a.b 6:c.d'],
    ],
    ['escapes', "x = 'a\\.b', r'a\\.b', 'a.b\\x41', 'a.\\N{DIGIT ONE}'\n", ['binds x']],
    [
      'subscripts, keys and calls',
      "x['a.b'] = {'a.c': 'a.d'}\nf(a='a.e')\ndel y['a.f']\n",
      ['strings 1:a.b 1:a.c 1:a.d 2:a.e 3:a.f'],
    ],
  ])('%s', says);
});

describe('imports by value', () => {
  it.each<Case>([
    [
      'names written out',
      "importlib.import_module('a.b')\n__import__('c')\nimport_module('.d', __name__)\nimport_module('.e', package='f')\n",
      [
        '1 import_module a.b',
        '2 __import__ c',
        '3 import_module .d <- own',
        '4 import_module .e <- f',
        'strings 1:a.b',
      ],
    ],
    [
      'aliases of modules',
      "import importlib as i, importlib.util\ni.import_module('a')\nimportlib.util.find_spec('b')\nfrom runpy import run_module\nrun_module('c')\n",
      [
        '1 runtime: import importlib as i, importlib.util',
        '4 runtime: from runpy import run_module',
        'binds i@0.0 importlib@0.1 run_module@1.0',
        '2 import_module a',
        '3 find_spec b',
        '5 runpy c',
      ],
    ],
    [
      'the table of modules',
      "import sys\nsys.modules['a']\nsys.modules.get('b', None)\nsys.modules[__name__]\nsys.modules[x] = y\nx.modules['c']\n",
      [
        '1 runtime: import sys',
        'binds sys@0.0',
        '2 sys.modules a',
        '3 sys.modules b',
        'binds by value',
        'registers modules',
      ],
    ],
    [
      'the table by its name',
      "from sys import modules\nmodules['a']\n",
      ['1 runtime: from sys import modules', 'binds modules@0.0', '2 sys.modules a'],
    ],
    [
      'a method of that name',
      "class A:\n  def import_module(self, x): pass\nself.import_module('a')\nf(x).import_module('b')\n",
      ['binds A', '3 import_module a', '4 import_module b'],
    ],
    [
      'in their order',
      "def __getattr__(name): return __import__('a')\nsys.modules['b']\nimport_module('c')\n",
      [
        'binds __getattr__',
        '1 module-getattr open (lazy)',
        '1 __import__ a (lazy)',
        '2 sys.modules b',
        '3 import_module c',
        'words a b c',
        'binds by value',
        'registers modules',
      ],
    ],
    [
      'the first of two __getattr__',
      'if x:\n  def __getattr__(n): pass\nelse:\n  def __getattr__(n): pass\nclass A:\n  def __getattr__(self, n): pass\n',
      ['binds __getattr__? __getattr__? A', '2 module-getattr open (lazy)', 'binds by value'],
    ],
    [
      'a computed name',
      "def f(x):\n  return import_module('a.' + x)\ny = 'b'\n",
      ['binds f y', '2 import_module a.* (lazy)', 'words b'],
    ],
    [
      'constants',
      "PACKAGE = 'a.b'\ndef f():\n  return import_module(PACKAGE)\n",
      ['binds PACKAGE f', '3 import_module a.b (lazy)', 'strings 1:a.b'],
    ],
    [
      'a list written out',
      "for x in ['a', 'b']:\n  import_module('p.' + x)\n",
      ['binds x', '2 import_module {p.a | p.b} (conditional)'],
    ],
    [
      'a local variable',
      "def f():\n  x = 'a'\n  return import_module(x)\ndef g():\n  y = 'b'\n",
      ['binds f g', '3 import_module a (lazy)'],
    ],
    [
      'a list that another function changes',
      "L = ['a', 'b']\ndef f():\n  for x in L:\n    import_module(x)\ndef g():\n  L.append(y)\n",
      ['binds L f g', '4 import_module open (lazy)', 'words a b'],
    ],
    [
      'a list of a name that another function binds as well',
      "def f():\n  l = ['a', 'b']\n  for x in l:\n    import_module(x)\ndef g():\n  l = 'c'\n",
      ['binds f g', '4 import_module open (lazy)', 'words a b c'],
    ],
    [
      'a directory listed',
      "import os\ndef f():\n  for x in os.listdir('.'):\n    import_module(x)\n",
      ['1 runtime: import os', 'binds os@0.0 f', '4 scan open (lazy)'],
    ],
    ['code', "exec('import a')\nexec('x = 1')\nexec(code)\n", ['1 exec import a', '3 exec open', 'binds by value']],
    [
      'among methods',
      "class A:\n  x = 'a.b'\n  def m(self):\n    'doc'\n    return import_module(self.x)\n  def n(self):\n    return 'c'\n",
      ['binds A', '5 import_module open (lazy)', 'strings 2:a.b-', 'words a.b doc c'],
    ],
    [
      'in circumstances',
      "try:\n  import_module('a')\nexcept ImportError: pass\ndef f():\n  import_module('b')\nif x: __import__('c')\n",
      ['binds f', '2 import_module a (guarded)', '5 import_module b (lazy)', '6 __import__ c (conditional)'],
    ],
  ])('%s', says);
});

describe('marks', () => {
  it.each<Case>([
    ['names by value', "globals()['a'] = 1\n", ['binds by value']],
    ['names of a module as attributes', 'vars(x)\nm.__dict__\n', ['binds by value']],
    ['its own entry', "setattr(sys.modules[__name__], 'a', 1)\n", ['binds by value', 'registers modules']],
    ['modules registered', "sys.modules['a'] = x\n", ['1 sys.modules a', 'registers modules']],
    [
      'finders',
      'import sys\nsys.meta_path.append(x)\n',
      ['1 runtime: import sys', 'binds sys@0.0', 'registers modules'],
    ],
    ['nothing of the kind', 'globals\nvars\nx.modules\n', []],
    ['enumerations', "A._convert_('B', x)\n", ['binds by value']],
  ])('%s', says);
});

describe('what only the grammar tells', () => {
  it.each<[what: string, text: string]>([
    ['exports: sums with others', "__all__ = ['a'] + b.__all__\n"],
    ['exports: methods that take away', "__all__ = ['a']\n__all__.remove('a')\n"],
    ['exports: names computed', '__all__ = [x for x in dir()]\n'],
    ['exports: strings that would be one', "__all__ = ['a' 'b']\n"],
    ['exports: of two names', "__all__ = names = ['a']\nb = __all__ = ['c']\n"],
    ['imports by value: aliases of functions', "from importlib import import_module as load\nload('a')\n"],
    ['imports by value: within a lambda', "f = lambda: import_module('a')\n"],
    ['cases at the top', 'match x:\n  case a: pass\n'],
    ['cases with global names', 'def f():\n  global a\n  match x:\n    case a: pass\n'],
  ])('%s', asks);
});

describe('what is no Python 3', () => {
  it.each<[what: string, text: string]>([
    ['tuples as parameters', 'def f((a, b)): pass\n'],
    ['print without brackets', "print 'a'\n"],
    ['an old handler', 'try: pass\nexcept A, e: pass\n'],
    ['an old exception', "raise A, 'b'\n"],
    ['backticks', 'x = `a`\n'],
    ['old numbers', 'x = 0777\n'],
    ['old long numbers', 'x = 10L\n'],
    ['an indented first line', '  import a\n'],
    ['a line that stands nowhere', 'if x:\n    a\n  b\n'],
    ['no body', 'if x:\nimport a\n'],
    ['no body at the end', 'def f():\n'],
    ['a body too many', 'x = 1\n  y = 2\n'],
    ['else without a statement', 'else: pass\n'],
    ['except behind else', 'if x: pass\nexcept A: pass\n'],
    ['a decorator of nothing', '@a\nimport b\n'],
    ['brackets of two kinds', 'x = (a]\n'],
    ['a bracket that stays open', 'import a\nx = (\n'],
    ['a string that stays open', "import a\nx = 'a\n"],
    ['a field that stays open', "x = f'{a'\n"],
    ['two names', 'a b\n'],
    ['an operator without its right side', 'x = a +\n'],
    ['two operators', 'x = a * / b\n'],
    ['no module', 'import\n'],
    ['a comma at the end', 'import a,\n'],
    ['a keyword as a module', 'from yield import a\n'],
    ['no name', 'from a import\n'],
    ['an empty bracket', 'from a import ()\n'],
    ['an assignment to a number', '1 = x\n'],
    ['an assignment to None', 'None = x\n'],
    ['a keyword as an attribute', 'a.class = 1\n'],
    ['two statements in a row', 'if x: for y in z: pass\n'],
    ['an alias outside with', 'x = (a as b)\n'],
    ['a colon in brackets', 'f(a: b)\n'],
    ['a star in brackets', 'x = (*)\n'],
    ['an empty subscript', 'x[]\n'],
    ['two semicolons', 'a;;b\n'],
    ['an exclamation mark', 'x = a ! b\n'],
    ['a NUL', 'x = 1\u0000\n'],
  ])('%s', asks);
});
