/** Names bound per scope and names used, as CPython sees them, from both engines. */
import { describe, expect, test } from 'vitest';
import { ENGINES, factsOf, scopeLines, useList } from './support.js';

function check(source: string, scopes: readonly string[], uses?: string): void {
  for (const parser of ENGINES) {
    const facts = factsOf(source, parser);
    expect(facts.syntaxErrors).toEqual([]);
    expect(scopeLines(source, facts), parser.engine).toEqual(scopes);
    if (uses !== undefined) expect(useList(facts).join(' '), parser.engine).toBe(uses);
  }
}

type Case = readonly [situation: string, source: string, scopes: readonly string[], uses?: string];

const BOUND: readonly Case[] = [
  ['import binds the first part', 'import a.b', ['module 1: a/import']],
  ['import with an alias binds the alias', 'import a.b as c', ['module 1: c/import']],
  ['star binds nothing that can be named', 'from a import *', ['module 1: ']],
  ['targets', 'a = b.c = d[e] = 1', ['module 1: a'], '=b.c d e'],
  ['nested targets', '(a, [b, *c]), d.e = f', ['module 1: a, b, c'], '=d.e f'],
  ['augmented assignment reads too', 'a += b', ['module 1: a'], '=a b'],
  ['annotation without a value may never bind', 'a: B', ['module 1: a?'], 'B'],
  ['annotation of a parenthesised name binds nothing', '(a): B', ['module 1: '], 'B'],
  ['global', 'def f():\n  global a\n  import a\n  b = 1', ['module 1: f/function, a/import?', 'function 1: b']],
  [
    'nonlocal',
    'def f():\n  a = 1\n  def g():\n    nonlocal a\n    a = 2',
    ['module 1: f/function', 'function 1: a, g/function', 'function 3: '],
  ],
  [
    'deleting reads nothing and binds nothing',
    'import a\ndel a, (b, [c]), d.e',
    ['module 1: a/import'],
    '-a -b -c -d.e',
  ],
  [
    'parameters',
    'def f(a, b: T = d, /, *c, e=g, **h) -> R: pass',
    ['module 1: f/function', 'function 1: a/parameter, b/parameter, c/parameter, e/parameter, h/parameter'],
    'T d g R',
  ],
  ['lambda', 'f = lambda a, b=c: a + d', ['module 1: f', 'lambda 1: a/parameter, b/parameter'], 'c a d'],
  ['class body', 'class C(B, m=M):\n  x = y', ['module 1: C/class', 'class 1: x'], 'B M y'],
  ['decorators belong outside', '@a.b(c)\ndef f(): pass', ['module 1: f/function', 'function 2: '], 'a.b c'],
  ['for', 'for a, b in c: d = 1', ['module 1: a/loop, b/loop, d?'], 'c'],
  ['with in parentheses', 'with (a as b): pass', ['module 1: b/with'], 'a'],
  ['with', 'with a as b, c as (d, e): pass', ['module 1: b/with, d/with, e/with'], 'a c'],
  ['except', 'try: pass\nexcept E as e: f = e', ['module 1: e/except?, f?'], 'E e'],
  ['comprehension', '[a for a in b if c for d in a]', ['module 1: ', 'comprehension 1: a/loop, d/loop'], 'a b c a'],
  [
    'walrus leaves its comprehension',
    'def f():\n  return [y for x in z if (y := x)]',
    ['module 1: f/function', 'function 1: y', 'comprehension 2: x/loop'],
    'y z x',
  ],
  ['walrus at the top', '[(y := x) for x in z]', ['module 1: y', 'comprehension 1: x/loop']],
  [
    'match',
    'match a:\n  case B.C: pass\n  case D(e, f=g): pass\n  case [h, *i]: pass\n  case {"k": j, **l}: pass\n  case (1 | 2) as m: pass\n  case n: pass\n  case _: pass',
    ['module 1: e/pattern?, g/pattern?, h/pattern?, i/pattern?, j/pattern?, l/pattern?, m/pattern?, n/pattern?'],
    'a B.C D',
  ],
  [
    'type parameters',
    'def f[T: B](a: T): pass\nclass C[U, *V, **W](D): pass',
    [
      'module 1: f/function, C/class',
      'function 1: T/type-parameter, a/parameter',
      'class 2: U/type-parameter, V/type-parameter, W/type-parameter',
    ],
    'B T D',
  ],
  ['type alias', 'type A = B.c', ['module 1: A'], 'B.c'],
  ['names equal in normal form NFKC', 'ｗｉｄｔｈ = 1\nprint(width)', ['module 1: width'], 'print width'],
];

describe('names bound', () => {
  for (const [situation, source, scopes, uses] of BOUND) test(situation, () => check(source, scopes, uses));
});

describe('names used', () => {
  test.each([
    ['attribute chains', 'a.b.c(d.e)[f].g', 'a.b.c d.e f'],
    ['chains broken over lines', '(a\n .b\n .c)', 'a.b.c'],
    ['a keyword is no name', 'f(a=b)', 'f b'],
    ['f-string', 'f"{a.b!r:>{c}} {{d}} {e:=10}"', 'a.b c e'],
    ['string annotation', 'def f(x: "a.B | None", y: List["C"]) -> "D[E]": pass', "'a.B' 'None' List 'C' 'D' 'E'"],
    ['string in Literal inside a string annotation', 'x: "Literal[\'a\']"', "'Literal'"],
    ['call of the built-in type, which looks like an alias', 'type(a).b = c', 'type a c'],
    ['print as a name', 'print(a, file=b)', 'print a b'],
    ['print as an operand', 'print >> a', 'print a'],
    ['await, yield, starred', 'async def f():\n  await a.b\n  yield c\n  g(*d, **e)', 'a.b c g d e'],
    ['conditional expression and lambda default', 'a if b else (lambda c=d: c)', 'a b d c'],
    ['slices', 'a[b:c:d, ...]', 'a b c d'],
  ])('%s', (_, source, expected) => {
    for (const parser of ENGINES) expect(useList(factsOf(source, parser)).join(' '), parser.engine).toBe(expected);
  });
});
