/** What may bind the names of a module, by its tokens: never less than what does. */
import { describe, expect, it } from 'vitest';
import type { CodePrint } from '../../src/core/clones/model.js';
import { codePrint } from '../../src/python/code-print.js';
import { extractFacts } from '../../src/python/facts.js';
import { topNames } from '../../src/python/top-names.js';
import { ENGINES } from './support.js';

const topOf = (text: string) => topNames(text, (codePrint(text) as CodePrint).functions);

/** `name` for what something unknown may bind, `name=module.name` for what imports alone bind. */
function bound(text: string): string[] {
  return [...(topOf(text)?.bound ?? [])]
    .map(([name, imports]) =>
      [
        name,
        ...(imports?.map(({ level, module, name: from }) => `${'.'.repeat(level)}${module}:${from ?? ''}`) ?? []),
      ].join('='),
    )
    .sort();
}

describe('names of a module', () => {
  it.each<[what: string, text: string, expected: string[]]>([
    ['an import', 'import os\n', ['os=os:']],
    ['an import of a submodule', 'import os.path\n', ['os=os:']],
    ['one under another name', 'import os.path as p\n', ['p=os.path:']],
    ['from a module', 'from a.b import (c, d as e,)\n', ['c=a.b:c', 'e=a.b:d']],
    ['from here', 'from . import a\nfrom ..b import c\n', ['a=.:a', 'c=..b:c']],
    ['twice the same', 'import os\nimport os.path\n', ['os=os:=os:']],
    ['under a condition', 'try:\n    import a\nexcept ImportError:\n    a = None\n', ['ImportError', 'a']],
    ['two statements in a line', 'import a; b = 1\n', ['a', 'b']],
    ['an assignment', 'import a\na, b = 1, 2\n', ['a', 'b']],
    ['a use', 'import a\na.b = a(1)\na[0] = 2\nf(a, b=a)\n', ['a=a:']],
    ['a test', 'import a\nif a is None or not a: b = 1\n', ['a=a:', 'b']],
    ['a definition', 'import a\ndef a(): pass\nclass b(c): d = 1\n', ['a', 'b']],
    ['a loop', 'for a, b in c(): pass\n', ['a', 'b']],
    ['what a function says is global', 'import a\ndef f():\n    global a, b\n', ['a', 'b', 'f']],
    ['a walrus in a head', 'import a\ndef f(x=(a := 1)): pass\n', ['a', 'f']],
    ['names of a function', 'import a\ndef f(a):\n    b = a\n', ['a=a:', 'f']],
    ['a pattern', 'match x():\n    case A(b=c): pass\n', ['A', 'b', 'c', 'case', 'match']],
    ['a decorator', 'import a\n@a.b(a)\ndef f(): pass\n', ['a=a:', 'f']],
  ])('%s', (_, text, expected) => expect(bound(text)).toEqual(expect.arrayContaining(expected)));

  it.each([
    ['from a import *\n', true],
    ['try:\n    from a import *\nfinally:\n    pass\n', true],
    ['print(*a)\n', false],
  ])('%j', (text, expected) => expect(topOf(text)?.hasStar).toBe(expected));

  it('of classes are apart', () => {
    const { bound: ofModule, inClasses } = topOf('class A:\n    b = 1\n    import c\n    def d(self): pass\n') ?? {};
    expect([...(ofModule?.keys() ?? [])]).toEqual(['A']);
    expect([...(inClasses ?? [])].sort()).toEqual(['b', 'c', 'd']);
  });

  it.each(ENGINES)('leave out none that the facts of $engine have', ({ parse }) => {
    const text = [
      'import a.b, c as d',
      'with e() as (f, g): pass',
      'try: h = 1',
      'except I as j: k: int = 2',
      'while (l := m()): n += 1',
      'async def o(): pass',
      'class p: pass',
      'for [q, *r] in s: pass',
      'def t():',
      '    global u',
      '    u = 1',
      'del v',
      'type W = int',
      'match x:',
      '    case {"y": z, **aa} | [bb, *cc]: pass',
      'if dd: import ee',
      'else: from ff import gg as hh',
      '',
    ].join('\n');
    const names = extractFacts(text, parse(text)).scopes[0]?.bindings.map(({ name }) => name) ?? [];
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !topOf(text)?.bound.has(name))).toEqual([]);
  });
});
