/** Outlines in a short notation: one line for each symbol. */
import { describe, expect, it } from 'vitest';
import type { OutlineSymbol } from '../../src/core/outline.js';
import { outline } from '../../src/python/outline.js';
import { ENGINES } from './support.js';

const parser = ENGINES[0] as (typeof ENGINES)[number];

function symbols(source: string): readonly OutlineSymbol[] {
  return outline(parser.parse(source), source).symbols;
}

/** `kind qualname`, `?` when it stands under a condition, then its free names. */
function lines(source: string): string[] {
  return symbols(source).map(({ kind, qualname, condition, freeNames }) => {
    const free = freeNames.length > 0 ? ` <- ${freeNames.join(' ')}` : '';
    return `${kind} ${qualname}${condition === null ? '' : '?'}${free}`;
  });
}

const SYMBOLS: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  functions: [
    'def f(a, b=A):\n  c = a\n  def g(): return c + h()\n  return [i for i in g()]\nasync def k(): await f()',
    ['function f <- A h', 'function k <- f'],
  ],
  'global names': ['def f():\n  global G\n  G = 1', ['function f <- G']],
  'string annotations': ["def f(a: 'T') -> 'U': pass", ['function f <- T U']],
  'decorators and defaults belong to the function': ['@d(x)\ndef f(a=y): pass', ['function f <- d x y']],
  classes: [
    'class A(B, metaclass=M):\n  X = 1\n  Y = X\n  def m(self): return X\n  class I:\n    def n(self): pass',
    ['class A <- B M X', 'variable A.X', 'variable A.Y <- A.X', 'method A.m <- X', 'class A.I', 'method A.I.n'],
  ],
  'methods take no names from the class body': [
    'class A:\n  v = 1\n  def m(self): return v',
    ['class A <- v', 'variable A.v', 'method A.m <- v'],
  ],
  properties: [
    'class A:\n  @property\n  def p(self): pass\n  @p.setter\n  def p(self, v): pass',
    ['class A <- property', 'method A.p <- property', 'method A.p#2 <- A.p'],
  ],
  'targets of an assignment': [
    'a, (b, *c) = d = e\nx: int = 1\ntype T = int',
    [
      'variable a <- e',
      'variable b <- e',
      'variable c <- e',
      'variable d <- e',
      'variable x <- int',
      'variable T <- int',
    ],
  ],
  imports: [
    'import os, a.b, c.d as e\nfrom . import (x as y,\n z)\nfrom ..p import *\nimport os',
    ['import os', 'import a.b', 'import e', 'import y', 'import z', 'import <import * from ..p>'],
  ],
  statements: [
    "register(f,\n  1)  # why\nx[0] = y\nn += 1\nfor i in z:\n  k = i\nif __name__ == '__main__':\n  main()\n'doc'\npass",
    [
      'statement <statement: register(f, 1)> <- f register',
      'statement <statement: x[0] = y> <- x y',
      'statement <statement: n += 1> <- n',
      'statement <statement: for i in z> <- i z',
      "statement <statement: if __name__ == '__main__'> <- __name__ main",
    ],
  ],
  'definitions under a condition': [
    'try:\n  import a\nexcept ImportError:\n  a = None\n  log()\nif X:\n  def f(): pass\nelse:\n  def f(): return 1',
    [
      'import a? <- ImportError',
      'variable a#2? <- ImportError',
      'statement <statement: log()>? <- ImportError log',
      'function f? <- X',
      'function f#2? <- X',
    ],
  ],
  'conditions without definitions': ['if X:\n  run()', ['statement <statement: if X> <- X run']],
};

describe('outline', () => {
  it.each(Object.entries(SYMBOLS))('%s', (_, [source, expected]) => expect(lines(source)).toEqual(expected));

  it('says where a symbol stands, decorators included', () => {
    const [, f] = symbols('a = 1\n@d\ndef f():\n  pass\n');
    expect(f).toMatchObject({ line: 2, endLine: 4, lines: 3, span: { start: 6 } });
  });

  it('says what imports ask for, also inside functions', () => {
    const [x, f] = symbols('from ..a import b as x\ndef f():\n  import c.d\n  from .e import *');
    expect(x?.imported).toEqual({ level: 2, module: 'a', name: 'b' });
    expect(f?.innerImports).toEqual([
      { level: 0, module: 'c.d', name: null },
      { level: 1, module: 'e', name: '*' },
    ]);
  });

  it('names what loops bind', () => expect(symbols('for i in z:\n  k = i')[0]?.binds).toEqual(['i', 'k']));

  it('tells a file with errors', () => {
    expect(outline(parser.parse('def f(:'), 'def f(:').parses).toBe(false);
    expect(outline(parser.parse('x'), 'x').parses).toBe(true);
  });
});
