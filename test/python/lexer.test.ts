/** Tokens of small texts, as `kind text` in a line each; ends of lines as `;`. */
import { describe, expect, it } from 'vitest';
import type { CodePrint } from '../../src/core/clones/model.js';
import { codePrint, importLines } from '../../src/python/code-print.js';
import { Lexer, TOKEN } from '../../src/python/lexer.js';
import { importsIn } from '../../src/python/skim/imports-in.js';

function tokens(text: string): string {
  const lexer = new Lexer(text);
  const found: string[] = [];
  while (lexer.next() !== TOKEN.end)
    found.push(lexer.kind === TOKEN.lineEnd ? ';' : text.slice(lexer.start, lexer.end));
  return `${lexer.isSound ? '' : 'unsure: '}${found.join(' ')}`;
}

describe('tokens', () => {
  it.each<[what: string, text: string, expected: string]>([
    ['nothing', '', ''],
    ['blank lines and comments', '\n  # a\n\n', ''],
    ['no final newline', 'a = 1', 'a = 1 ;'],
    ['line ends of all kinds', 'a\r\nb\rc\n', 'a ; b ; c ;'],
    ['a line in brackets', 'f(a,\n  b)  # c\n', 'f ( a , b ) ;'],
    ['a continued line', 'a = \\\n  1\n', 'a = 1 ;'],
    ['operators', 'a**=b//c->d:=e!=f...\n', 'a **= b // c -> d := e != f ... ;'],
    ['numbers', '0xE-5 + 1e-5 + 1_0.5j + .5 + 1.e3\n', '0xE - 5 + 1e-5 + 1_0.5j + .5 + 1.e3 ;'],
    ['an attribute of a number', '1.5e3.real\n', '1.5e3 . real ;'],
    ['strings', "'a' \"b\" r'\\'' b'c' u'd' Rb'e'\n", "'a' \"b\" r'\\'' b'c' u'd' Rb'e' ;"],
    ['a string over lines', "a = '''b\n'c'\n'''\nd\n", "a = '''b\n'c'\n''' ; d ;"],
    ['a continued string', "'a\\\nb'\n", "'a\\\nb' ;"],
    ['letters beyond ASCII', 'gr\u00f6\u00dfe = \u87d2\n', 'gr\u00f6\u00dfe = \u87d2 ;'],
    ['a string that does not end', "a = 'b\n", "unsure: a = 'b ;"],
    ['a bracket that does not close', 'f(a\n', 'unsure: f ( a ;'],
    ['a bracket too many', 'a)\n', 'unsure: a ) ;'],
    ['characters of no token', 'a $ b\n', 'unsure: a $ b ;'],
  ])('%s', (_, text, expected) => expect(tokens(text)).toBe(expected));

  it.each<[what: string, text: string, expected: string]>([
    ['text only', "f'a'\n", "f'a' ;"],
    ['doubled braces', "f'{{a}}'\n", "f'{{a}}' ;"],
    ['a field', "f'a{b}c'\n", "f'a{ b } c' ;"],
    ['a call in a field', "f'{b(c, d)}'\n", "f'{ b ( c , d ) } ' ;"],
    ['a format', "f'{b:>10}'\n", "f'{ b : >10} ' ;"],
    ['a field in a format', "f'{b:{c}.{d}}' + e\n", "f'{ b : { c } .{ d } } ' + e ;"],
    ['a conversion', "f'{b!r}'\n", "f'{ b ! r } ' ;"],
    ['a dictionary in a field', "f'{ {1: 2}[1] }'\n", "f'{ { 1 : 2 } [ 1 ] } ' ;"],
    ['a lambda in brackets', "f'{(lambda x: x)(1)}'\n", "f'{ ( lambda x : x ) ( 1 ) } ' ;"],
    ['quotes of the same kind inside', "f'{a['b']}'\n", "f'{ a [ 'b' ] } ' ;"],
    ['an f-string in an f-string', 'f\'{f"{a}"}\'\n', 'f\'{ f"{ a } " } \' ;'],
    ['a backslash before a field of a raw one', "rf'\\{a}'\n", "rf'\\{ a } ' ;"],
    ['the name of a character', "f'\\N{DIGIT ONE}{a}'\n", "f'\\N{DIGIT ONE}{ a } ' ;"],
    ['a t-string', "t'{a}'\n", "t'{ a } ' ;"],
    ['one over lines', "f'''{\na\n}\n'''\nb\n", "f'''{ a } \n''' ; b ;"],
    ['one that does not end', "f'{a\n", "unsure: f'{ a ;"],
    ['the name of a character that does not end', `# "\nf"\\N{a\n`, 'unsure: f"\\N{ a ;'],
  ])('of an f-string: %s', (_, text, expected) => expect(tokens(text)).toBe(expected));

  it('are the same whatever the quotes, the case and the underscores', () => {
    const hash = (text: string) => {
      const lexer = new Lexer(text);
      lexer.next();
      return lexer.hash;
    };
    expect(hash("'a'")).toBe(hash('"""a"""'));
    expect(hash('0XAB')).toBe(hash('0xa_b'));
    expect(hash('a')).not.toBe(hash('b'));
  });

  it.each(["a = '\\", "a = '''\\", "f'\\", "f'{a:\\", 'a = \\', "f'''\\\r\n"])(
    'never reach beyond the text: %j',
    (text) => {
      const lexer = new Lexer(text);
      while (lexer.next() !== TOKEN.end) expect(lexer.end).toBeLessThanOrEqual(text.length);
      expect(lexer.end).toBe(text.length);
    },
  );

  it('know their lines and the indentation of theirs', () => {
    const lexer = new Lexer('if a:\n\tb = """\n\n"""; c\n        d\n');
    const rows: string[] = [];
    while (lexer.next() !== TOKEN.end) if (lexer.kind === TOKEN.name) rows.push(`${lexer.line + 1}:${lexer.column}`);
    expect(rows).toEqual(['1:0', '1:0', '2:8', '4:8', '5:8']);
  });
});

describe('import statements, skimmed', () => {
  const skimmed = (text: string) =>
    (importsIn(text) ?? []).map(
      ({ level, module, names }) => `${'.'.repeat(level)}${module}${names.length > 0 ? ` ${names.join()}` : ''}`,
    );
  it.each<[text: string, expected: string[]]>([
    ['import a.b as c, d\n', ['a.b', 'd']],
    ['from a import b as c, d\n', ['a b,d']],
    ['from . import a\n', ['. a']],
    ['from ...a.b import (\n  c,  # d\n  e,\n)\n', ['...a.b c,e']],
    ['from .import a\n', ['. a']],
    ['from a import *\n', ['a *']],
    ['if x: import a\nelse: from b import c\n', ['a', 'b c']],
    ['x = 1; import a; import b\n', ['a', 'b']],
    ['import a \\\n  , b\n', ['a', 'b']],
    ['"import a"\n# import b\nx = {import_: 1}\n', []],
    ['raise X from a\nyield from b\n', []],
    ['match x:\n    case y: import a\n', ['a']],
    ['def f(): import a; from .b import c\n\n\nd()\n', ['a', '.b c']],
  ])('of %j', (text, expected) => {
    expect(skimmed(text)).toEqual(expected);
    // The lines that a print tells of hold them all.
    expect(skimmed(importLines(text, codePrint(text) as CodePrint))).toEqual(expected);
  });

  it.each(["import a\nb = 'c\n", 'import a\nb(\n', "import a\nf'{b"])(
    'are unknown where the text is no Python: %j',
    (text) => {
      expect(importsIn(text)).toBeNull();
      expect(codePrint(text)).toBeNull();
    },
  );
});
