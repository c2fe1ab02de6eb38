/** Import statements in every form that Python allows, from both engines. */
import { describe, expect, test } from 'vitest';
import { decodePython } from '../../src/core/text.js';
import { ENGINES, factsOf, importLines } from './support.js';

function check(source: string, expected: readonly string[]): void {
  for (const parser of ENGINES) expect(importLines(factsOf(source, parser)), parser.engine).toEqual(expected);
}

type Case = readonly [situation: string, source: string, ...expected: string[]];

const FORMS: readonly Case[] = [
  ['plain, dotted, aliased', 'import a.b.c, d as e, f.g as h', '1 runtime: import a.b.c, d as e, f.g as h'],
  ['from, aliased', 'from a.b import c as d, e', '1 runtime: from a.b import c as d, e'],
  ['star', 'from a.b import *', '1 runtime: from a.b import *'],
  ['future', 'from __future__ import annotations', '1 runtime: from __future__ import annotations'],
  ['relative, one level', 'from . import a', '1 runtime: from . import a'],
  ['relative, dotted', 'from .core.util import x', '1 runtime: from .core.util import x'],
  ['relative, several levels', 'from ....a import b', '1 runtime: from ....a import b'],
  ['relative, blanks between the dots', 'from . .. a import b', '1 runtime: from ...a import b'],
  ['relative star', 'from .. import *', '1 runtime: from .. import *'],
  [
    'parenthesised with comments',
    'from a import (  # one\n  b,  # two\n  c as d,\n)',
    '1 runtime: from a import b, c as d',
  ],
  ['backslashes', 'from a \\\n  import b, \\\n  c', '1 runtime: from a import b, c'],
  ['backslash inside a relative list', 'from . import (\\\n  a,\\\n  b)', '1 runtime: from . import a, b'],
  ['backslash within a dotted name', 'import a.\\\nb', '1 runtime: import a.b'],
  ['blanks within a dotted name', 'import a . b', '1 runtime: import a.b'],
  ['after semicolons', 'x = 1; import a; from b import c; y', '1 runtime: import a', '1 runtime: from b import c'],
  [
    'on the line of a compound statement',
    'if x: import a; import b',
    '1 conditional: import a',
    '1 conditional: import b',
  ],
  ['no final newline after a comment', 'import a # last', '1 runtime: import a'],
  ['names equal in normal form NFKC', 'from ｗｉｄｔｈ import µ', '1 runtime: from width import μ'],
  [
    'soft keywords as names',
    'from match import type, case as match',
    '1 runtime: from match import type, case as match',
  ],
  ['in a docstring or a comment: none', '"""import a"""\n# import b\ns = "from c import d"'],
];

const CIRCUMSTANCES: readonly Case[] = [
  ['function', 'def f():\n  import a', '2 lazy: import a'],
  ['async function in a class', 'class C:\n  async def f(self):\n    from . import a', '3 lazy: from . import a'],
  ['class body', 'class C:\n  import a', '2 runtime: import a'],
  ['TYPE_CHECKING', 'if TYPE_CHECKING:\n  import a\nelse:\n  import b', '2 typing: import a', '4 runtime: import b'],
  ['typing.TYPE_CHECKING', 'if typing.TYPE_CHECKING:\n  import a', '2 typing: import a'],
  [
    'not TYPE_CHECKING',
    'if not TYPE_CHECKING:\n  import a\nelse:\n  import b',
    '2 runtime: import a',
    '4 typing: import b',
  ],
  ['TYPE_CHECKING in a function', 'def f():\n  if TYPE_CHECKING:\n    import a', '3 typing: import a'],
  [
    'try ImportError, all its parts',
    'try:\n  import a\nexcept ImportError:\n  import b\nelse:\n  import c\nfinally:\n  import d',
    '2 guarded: import a',
    '4 guarded: import b',
    '6 guarded: import c',
    '8 runtime: import d',
  ],
  [
    'try ModuleNotFoundError among others',
    'try:\n  import a\nexcept (OSError, ModuleNotFoundError): pass',
    '2 guarded: import a',
  ],
  ['try Exception', 'try:\n  import a\nexcept Exception as e: pass', '2 guarded: import a'],
  ['bare except', 'try:\n  import a\nexcept: pass', '2 guarded: import a'],
  [
    'try with another error',
    'try:\n  import a\nexcept KeyError:\n  import b',
    '2 runtime: import a',
    '4 conditional: import b',
  ],
  ['exception group', 'try:\n  import a\nexcept* ImportError:\n  pass', '2 guarded: import a'],
  ['with suppress', 'with contextlib.suppress(ImportError):\n  import a', '2 guarded: import a'],
  ['guarded in a function is lazy', 'def f():\n  try:\n    import a\n  except ImportError: pass', '3 lazy: import a'],
  ['function inside a try', 'try:\n  def f():\n    import a\nexcept ImportError: pass', '3 lazy: import a'],
  [
    'version condition',
    'if sys.version_info >= (3, 11):\n  import a\nelif x:\n  import b\nelse:\n  import c',
    '2 conditional: import a',
    '4 conditional: import b',
    '6 conditional: import c',
  ],
  ['if False', 'if False:\n  import a', '2 conditional: import a'],
  [
    'loops',
    'for x in y:\n  import a\nelse:\n  import b\nwhile z: import c',
    '2 conditional: import a',
    '4 conditional: import b',
    '5 conditional: import c',
  ],
  [
    'match',
    'match x:\n  case 1:\n    import a\n  case _: import b',
    '3 conditional: import a',
    '4 conditional: import b',
  ],
  ['with', 'with x as y:\n  import a', '2 runtime: import a'],
];

const LAZY_KEYWORD: readonly Case[] = [
  ['lazy import', 'lazy import a.b as c\nimport d', '1 lazy: import a.b as c', '2 runtime: import d'],
  ['lazy from', 'lazy from .a import b', '1 lazy: from .a import b'],
  ['lazy after another statement', 'import x\nlazy import a\n', '1 runtime: import x', '2 lazy: import a'],
  ['a variable of that name', 'lazy = 1\nimport a', '2 runtime: import a'],
];

const LAYOUT: readonly Case[] = [
  [
    'CRLF',
    'import a\r\nfrom b import (\r\n  c,\r\n  d)\r\nimport e\r\n',
    '1 runtime: import a',
    '2 runtime: from b import c, d',
    '5 runtime: import e',
  ],
  ['lone CR', 'import a\rimport b\r', '1 runtime: import a', '2 runtime: import b'],
  [
    'tabs',
    'def f():\n\tif x:\n\t\timport a\n\timport b\nimport c',
    '3 lazy: import a',
    '4 lazy: import b',
    '5 runtime: import c',
  ],
  [
    'form feed',
    'import a\n\f\nimport b\n\fimport c\n',
    '1 runtime: import a',
    '3 runtime: import b',
    '4 runtime: import c',
  ],
  ['beyond the BMP before', 's = "😀😀"; import a', '1 runtime: import a'],
  ['empty file', ''],
  ['only a comment', '# nothing'],
];

describe('import statements', () => {
  for (const [area, cases] of Object.entries({ FORMS, CIRCUMSTANCES, LAZY_KEYWORD, LAYOUT })) {
    describe(area.toLowerCase().replace('_', ' '), () => {
      for (const [situation, source, ...expected] of cases) {
        test(situation, () => {
          check(source, expected);
          expect(factsOf(source).syntaxErrors).toEqual([]);
        });
      }
    });
  }
});

describe('spans', () => {
  test.each([
    ['from  .a.b  import c as d, e', '.a.b', 'c', 'd', 'e'],
    ['"😀"; from a import (b  # 😀\n , c)', 'a', 'b', 'c'],
    ['import a.b as c', '', 'a.b', 'c'],
    ['from . import a', '.', 'a'],
  ])('%s', (source, ...expected) => {
    const [statement] = factsOf(source).imports;
    const spans = statement?.names.flatMap(({ nameSpan, aliasSpan }) =>
      aliasSpan ? [nameSpan, aliasSpan] : [nameSpan],
    );
    const texts = [statement?.moduleSpan, ...(spans ?? [])].map((span) => source.slice(span?.start, span?.end));
    expect(texts).toEqual(expected);
  });

  test('a statement spans its own text, without what follows on the line', () => {
    const source = 'x; from a import (b,\n c)  # why\n';
    const [statement] = factsOf(source).imports;
    expect(source.slice(statement?.span.start, statement?.span.end)).toBe('from a import (b,\n c)');
  });
});

describe('encodings', () => {
  const bytes = (...parts: (string | number)[]) =>
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))));
  test.each([
    ['UTF-8 with BOM', bytes(0xef, 0xbb, 0xbf, 'import a\n')],
    ['latin-1 by cookie', bytes('# -*- coding: latin-1 -*-\nx = "', 0xe9, '"; import a\n')],
    [
      'cookie on the second line',
      bytes('#!/usr/bin/python\n# vim: set fileencoding=iso-8859-1 :\nx = "', 0xe9, '"; import a'),
    ],
  ])('%s', (_, content) => {
    const source = decodePython(content);
    expect('text' in source && importLines(factsOf(source.text)).map((line) => line.replace(/^\d+ /, ''))).toEqual([
      'runtime: import a',
    ]);
  });

  test.each([
    ['unknown cookie', bytes('# coding: koi8-r\n')],
    ['not UTF-8 without a cookie', bytes('x = "', 0xe9, '"\n')],
    ['NUL', bytes('import a\n', 0)],
    ['UTF-16', bytes(0xff, 0xfe, 'i', 0)],
  ])('%s cannot be decoded, and says so', (_, content) => {
    expect(decodePython(content)).toHaveProperty('undecodable');
  });
});

describe('what does not parse is said to', () => {
  test.each([
    ['a missing bracket', 'import a\nx = (1,\nimport b\n'],
    ['a stray keyword', 'import a\ndef class:\n'],
    ['a conflict mark', 'import a\n<<<<<<< HEAD\nimport b\n=======\n'],
  ])('%s', (_, source) => {
    for (const parser of ENGINES) {
      const facts = factsOf(source, parser);
      expect(facts.syntaxErrors.length).toBeGreaterThan(0);
      expect(importLines(facts)).toContain('1 runtime: import a');
    }
  });

  test('Python 2 statements keep their imports', () => {
    check('print "x"\nimport a\nexec "y"\nprint >>f, 1\n', ['2 runtime: import a']);
  });
});

test('an expression of 50,000 terms', () => {
  const source = `import a\nx = ${Array(50_000).fill('y').join(' + ')}\nimport b\n`;
  check(source, ['1 runtime: import a', '3 runtime: import b']);
});
