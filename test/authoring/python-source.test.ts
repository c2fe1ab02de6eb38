/** `api.py`: queries, edits by span, and helpers that keep the style of imports. */
import { describe, expect, it } from 'vitest';
import { pythonSource } from '../../src/authoring/python-source.js';
import type { PythonSource } from '../../src/authoring/types.js';
import { loadParser } from '../../src/python/parser.js';
import { draw, type Tree } from '../support/tree.js';

const { linker } = await draw({ 'a.py': '' });
const parser = await loadParser();
const py = (source: string) => pythonSource(parser, linker, source);

async function inTree(tree: Tree, path: string): Promise<PythonSource> {
  const drawn = await draw(tree);
  return pythonSource(parser, drawn.linker, { path, source: String(tree[path]) });
}

describe('queries', () => {
  const source = py('@wrap\ndef f(a, b=1):\n    return g(a)(b)\n\n\nclass C:\n    def f(self):\n        pass\n');

  it('find by type, by several types, and by what a node is', () => {
    expect(source.find('call').map(({ text }) => text)).toEqual(['g(a)(b)', 'g(a)']);
    expect(source.find(['class_definition', 'decorator']).map(({ line }) => line)).toEqual([1, 6]);
    const named = source.find('function_definition', (node) => node.child('name')?.text === 'f');
    expect(named.map(({ line, column }) => [line, column])).toEqual([
      [2, 1],
      [7, 5],
    ]);
    expect(source.find('identifier', ({ field }) => field === 'name')).toHaveLength(4);
  });

  it('go up and down', () => {
    const [, method] = source.find('function_definition');
    expect(method?.closest('class_definition')?.child('name')?.text).toBe('C');
    expect(method && source.closest(method, 'decorated_definition')).toBeNull();
    expect(method?.find('pass_statement')[0]?.parent?.type).toBe('block');
    expect(source.root.children.map(({ type }) => type)).toEqual(['decorated_definition', 'class_definition']);
    expect(source.find('call')[0]).toBe(source.find('call')[0]);
  });

  it('say where a file does not parse', () => {
    expect([py('def f(:\n').hasErrors, source.hasErrors]).toEqual([true, false]);
  });

  it('throw for types and fields that there are not', () => {
    expect(() => source.find('calls')).toThrow("the grammar of Python has no node type 'calls': did you mean 'call'?");
    expect(() => source.root.closest(['call', 'nothing_like_it'])).toThrow('--tree FILE shows');
    expect(() => source.find('expression')).toThrow("'expression' is no type of nodes but a group of them: ");
    expect(() => source.root.child('func')).toThrow("no field 'func': did you mean 'function'?");
    expect(source.find(['(', 'ERROR', 'string_content'])).toHaveLength(4);
    expect(source.root.child('body')).toBeNull();
  });

  it('are shown as a text', () => {
    expect(py('a = f(-1)\n').root.tree()).toMatchInlineSnapshot(`
      "module 1:1
        expression_statement 1:1
          assignment 1:1
            left: identifier 1:1 "a"
            right: call 1:5
              function: identifier 1:5 "f"
              arguments: argument_list 1:6
                unary_operator 1:7
                  operator: "-" 1:7
                  argument: integer 1:8 "1"
      "
    `);
  });

  it('find the node of a span', () => {
    const file = py('import os\nos.path.join(1)\n');
    const [reference] = file.references('os.path.join');
    expect(reference && file.nodeAt(reference).type).toBe('identifier');
    expect(reference && file.nodeAt(reference.whole).parent?.type).toBe('call');
    expect(file.nodeAt(file.imports()[0] as never).type).toBe('import_statement');
    expect(file.nodeAt({ start: 0, end: file.source.length }).type).toBe('module');
  });

  it('stand many levels deep', () => {
    const deep = `${'('.repeat(3000)}x${')'.repeat(3000)}\n`;
    expect(py(deep).find('identifier')[0]?.closest('module')?.line).toBe(1);
  });
});

describe('edits', () => {
  it('are put together in any order, and keep every other byte', () => {
    const text = '# é 😀\r\nx = f(1)\r\ny = f(2)  \t\r\n';
    const source = py(text);
    const [first, second] = source.find('integer');
    source.replace(second as never, '22');
    source.insertBefore(first as never, 'a, ');
    source.insertAfter(first as never, ', b');
    source.insertAfter(first as never, ', c');
    expect(source.toSource()).toBe('# é 😀\r\nx = f(a, 1, b, c)\r\ny = f(22)  \t\r\n');
    expect(source.source).toBe(text);
  });

  it('that overlap are an error, never dropped', () => {
    const outer = py('f(g(1))\n');
    const [call, inner] = outer.find('call');
    outer.replace(call as never, 'h()');
    outer.replace(inner as never, 'k()');
    expect(() => outer.toSource()).toThrow(
      'two edits overlap: "f(g(1))" of line 1 replaced by "h()", and "g(1)" of line 1 replaced by "k()"',
    );
    const twice = py('x\n');
    twice.replace({ start: 0, end: 1 }, 'y');
    twice.replace({ start: 0, end: 1 }, 'z');
    expect(() => twice.toSource()).toThrow('overlap');
  });

  it('beyond the text are an error', () => {
    expect(() => py('x\n').remove({ start: 1, end: 9 })).toThrow('no such span');
    expect(() => py('x\n').remove({ start: 1.5, end: 2 })).toThrow('no such span');
  });

  it('that say what is there already are none', () => {
    const source = py('x = 1\n');
    source.replace({ start: 0, end: 1 }, 'x');
    expect(source.toSource()).toBe('x = 1\n');
  });

  it.each([
    ['with its line and comment', 'a = 1\nb = 2  # two\nc = 3\n', 'a = 1\nc = 3\n'],
    ['beside another', 'a = 1; b = 2; c = 3\n', 'a = 1; c = 3\n'],
    ['at the end of a line', 'a = 1; b = 2\nc = 3\n', 'a = 1\nc = 3\n'],
    ['alone in a block', 'if x:\n    b = 2  # two\nc = 3\n', 'if x:\n    pass  # two\nc = 3\n'],
    ['behind a colon', 'if x: b = 2\n', 'if x: pass\n'],
    ['over several lines', 'b = (\n    2\n)\nc = 3\n', 'c = 3\n'],
    ['without a final line end', 'a = 1\nb = 2', 'a = 1\n'],
    ['with Windows line ends', 'a = 1\r\nb = 2\r\nc = 3\r\n', 'a = 1\r\nc = 3\r\n'],
  ])('a statement goes %s', (_, before, after) => {
    const source = py(before);
    const [name] = source.find('identifier', ({ text }) => text === 'b');
    source.removeStatement(name?.closest('expression_statement') as never);
    expect(source.toSource()).toBe(after);
  });

  it('leave a block that has something in it', () => {
    const source = py('def f():\n    import a\n    import b\n');
    source.removeImport({ module: 'a' });
    source.removeImport({ module: 'b' });
    expect(source.toSource()).toBe('def f():\n    pass\n');
  });

  it('removeStatement takes statements only', () => {
    const source = py('f(1)\n');
    expect(() => source.removeStatement(source.find('integer')[0] as never)).toThrow('no statement');
  });
});

describe('addImport', () => {
  const added = (before: string, ...requests: Parameters<PythonSource['addImport']>[0][]) => {
    const source = py(before);
    for (const request of requests) source.addImport(request);
    return source.toSource();
  };
  const os = { module: 'os' };

  it.each([
    ['an empty file', '', 'import os\n'],
    ['a file without imports', 'x = 1\n', 'import os\n\nx = 1\n'],
    ['a docstring', '"""Doc."""\nx = 1\n', '"""Doc."""\n\nimport os\n\nx = 1\n'],
    ['a docstring and a blank line', '"""Doc."""\n\nx = 1\n', '"""Doc."""\n\nimport os\n\nx = 1\n'],
    ['a docstring alone, no line end', '"""Doc."""', '"""Doc."""\n\nimport os\n'],
    [
      'a program',
      '#!/usr/bin/env python\n# -*- coding: utf-8 -*-\nx = 1\n',
      '#!/usr/bin/env python\n# -*- coding: utf-8 -*-\nimport os\n\nx = 1\n',
    ],
    ['a licence', '# (c) me\n# all\n\nx = 1\n', '# (c) me\n# all\n\nimport os\n\nx = 1\n'],
    [
      '__future__',
      'from __future__ import annotations\n\nx = 1\n',
      'from __future__ import annotations\n\nimport os\n\nx = 1\n',
    ],
    [
      '__future__ and more',
      'from __future__ import annotations\n\nimport sys\n',
      'from __future__ import annotations\n\nimport os\nimport sys\n',
    ],
    [
      'sorted ones',
      'import abc\nimport sys\n\nimport requests\n',
      'import abc\nimport os\nimport sys\n\nimport requests\n',
    ],
    ['only installed ones', 'import requests\n', 'import os\n\nimport requests\n'],
    ['a comment at the end', 'import abc  # one\nx = 1\n', 'import abc  # one\nimport os\nx = 1\n'],
    ['two on a line', 'import abc; x = (\n  1)\ny = 2\n', 'import abc; x = (\n  1)\nimport os\ny = 2\n'],
    ['Windows line ends', '"""Doc."""\r\nx = 1\r\n', '"""Doc."""\r\n\r\nimport os\r\n\r\nx = 1\r\n'],
    [
      'a guard below',
      'import abc\ntry:\n    import yaml\nexcept ImportError:\n    yaml = None\n',
      'import abc\nimport os\ntry:\n    import yaml\nexcept ImportError:\n    yaml = None\n',
    ],
    ['one in a function', 'def f():\n    import os\n', 'import os\n\n\ndef f():\n    import os\n'],
    ['a decorated class', '# one\n@a\nclass A: pass\n', 'import os\n\n\n# one\n@a\nclass A: pass\n'],
    [
      'a docstring and a function',
      '"""Doc."""\nasync def f(): pass\n',
      '"""Doc."""\n\nimport os\n\n\nasync def f(): pass\n',
    ],
  ])('finds its place: %s', (_, before, after) => {
    expect(added(before, os)).toBe(after);
  });

  it.each([
    ['a new name', 'from a import x\n', ['y'], 'from a import x, y\n'],
    ['its sorted place', 'from a import b, d\n', ['c'], 'from a import b, c, d\n'],
    ['the end of what is not sorted', 'from a import d, b\n', ['c'], 'from a import d, b, c\n'],
    [
      'constants, classes, the rest',
      'from a import TYPE, Any, x\n',
      ['cast', 'IO', 'Zed', 'MAX'],
      'from a import IO, MAX, TYPE, Any, Zed, cast, x\n',
    ],
    ['a new list', 'from a import b\nfrom c import d\n', ['C', 'b', 'DD'], 'from a import DD, C, b\nfrom c import d\n'],
    ['letters alone', 'from a import Any, cast, TYPE\n', ['IO'], 'from a import Any, cast, IO, TYPE\n'],
    ['capitals first', 'from a import Any, TYPE, cast\n', ['IO'], 'from a import Any, IO, TYPE, cast\n'],
    ['the first place', 'from a import b\n', ['a'], 'from a import a, b\n'],
    [
      'a line of its own',
      'from a import (\n    b,  # why\n    d,\n)\n',
      ['c', 'e'],
      'from a import (\n    b,  # why\n    c,\n    d,\n    e,\n)\n',
    ],
    ['brackets on one line', 'from a import (b, d)\n', ['c'], 'from a import (b, c, d)\n'],
    ['what is there already', 'from a import b as c, d\n', ['d'], 'from a import b as c, d\n'],
    [
      'a typing import does not count',
      'if TYPE_CHECKING:\n    from a import b\n',
      ['b'],
      'from a import b\n\nif TYPE_CHECKING:\n    from a import b\n',
    ],
  ])('merges: %s', (_, before, names, after) => {
    expect(added(before, { module: 'a', names })).toBe(after);
  });

  it('adds several at once, sorted and in groups', () => {
    expect(
      added(
        'x = 1\n',
        { module: '.b', names: ['q'] },
        os,
        { module: 'a', names: [{ name: 'z', alias: 'y' }] },
        { module: 'a', names: ['c'] },
        { module: 'json', alias: 'j' },
      ),
    ).toBe('import json as j\nimport os\n\nfrom a import c, z as y\n\nfrom .b import q\n\nx = 1\n');
  });

  it('says whether anything was to do, and once is enough', () => {
    const source = py('import os\nfrom a import b\n');
    expect(source.addImport(os)).toBe(false);
    expect(source.addImport({ module: 'os', alias: 'o' })).toBe(true);
    expect(source.addImport({ module: 'os', alias: 'o' })).toBe(false);
    expect(source.addImport({ module: 'a', names: ['b', 'c'] })).toBe(true);
    expect(source.addImport({ module: 'a', names: ['b', 'c'] })).toBe(false);
    const first = source.toSource();
    expect(first).toBe('import os\nimport os as o\nfrom a import b, c\n');
    expect(source.toSource()).toBe(first);
  });

  it.each([
    { module: '' },
    { module: 'a-b' },
    { module: '.x' },
    { module: 'a', names: ['b c'] },
    { module: 'a', names: ['*'] },
  ])('refuses %j', (request) => {
    expect(() => py('').addImport(request)).toThrow();
  });
});

describe('removeImport', () => {
  const removed = (before: string, module: string, names?: string[]) => {
    const source = py(before);
    const count = source.removeImport(names ? { module, names } : { module });
    return [count, source.toSource()];
  };

  it.each([
    ['a statement', 'import os\nimport sys  # s\nx = 1\n', 'sys', undefined, 1, 'import os\nx = 1\n'],
    ['one of several modules', 'import os, sys, abc\n', 'sys', undefined, 1, 'import os, abc\n'],
    ['the last module', 'import os, sys\n', 'sys', undefined, 1, 'import os\n'],
    ['a name', 'from a import b, c, d\n', 'a', ['c'], 1, 'from a import b, d\n'],
    ['neighbours', 'from a import b, c, d, e\n', 'a', ['c', 'd'], 2, 'from a import b, e\n'],
    ['the first', 'from a import b as x, c\n', 'a', ['b'], 1, 'from a import c\n'],
    ['all names', 'from a import b, c\nx = 1\n', 'a', ['b', 'c'], 2, 'x = 1\n'],
    ['all without names', 'from a import b\nfrom a import *\nimport a\n', 'a', undefined, 3, ''],
    [
      'lines with their comments',
      'from a import (\n    b,  # b\n    c,  # c\n    d,  # d\n)\n',
      'a',
      ['b', 'd'],
      2,
      'from a import (\n    c,  # c\n)\n',
    ],
    [
      'a last line without a comma',
      'from a import (\n    b,\n    c\n)\n',
      'a',
      ['c'],
      1,
      'from a import (\n    b\n)\n',
    ],
    ['dots as written', 'from . import b\nfrom .. import b\n', '..', ['b'], 1, 'from . import b\n'],
    ['the only one of a block', 'def f():\n    from a import b\n', 'a', ['b'], 1, 'def f():\n    pass\n'],
    ['behind a backslash', 'from a import b, \\\n    c\n', 'a', ['c'], 1, 'from a import b\n'],
    ['nothing', 'import os\n', 'sys', undefined, 0, 'import os\n'],
  ])('%s', (_, before, module, names, count, after) => {
    expect(removed(before, module, names)).toEqual([count, after]);
  });

  it('and adding go together', () => {
    const source = py('from a import b, c\n');
    source.removeImport({ module: 'a', names: ['c'] });
    source.addImport({ module: 'a', names: ['d'] });
    expect(source.toSource()).toBe('from a import b, d\n');
    const other = py('from a import b\n');
    other.removeImport({ module: 'a', names: ['b'] });
    other.addImport({ module: 'a', names: ['d'] });
    expect(other.toSource()).toBe('from a import d\n');
  });
});

describe('redirectImport', () => {
  const tree = { 'p/__init__.py': '', 'p/a.py': '', 'p/b.py': '', 'p/q/__init__.py': '' };
  it.each([
    ['from p.a import x, y\n', 'from p.b import x, y\n'],
    ['from p.a.sub import x\n', 'from p.b.sub import x\n'],
    ['from p.ab import x\n', 'from p.ab import x\n'],
    ['from .a import x\n', 'from .b import x\n'],
    ['from . import a\n', 'from . import b as a\n'],
    ['from . import a as b\n', 'from . import b\n'],
    ['from p import (\n    a,  # a\n    c,\n)\n', 'from p import (\n    c,\n)\nfrom p import b as a\n'],
    ['import p.a\nprint(p.a.x, p.a, p.c)\n', 'import p.b\nprint(p.b.x, p.b, p.c)\n'],
    ['import p.a as a, os\na.x\n', 'import p.b as a, os\na.x\n'],
    ['import p.a\n\n\ndef f(p):\n    return p.a\n', 'import p.b\n\n\ndef f(p):\n    return p.a\n'],
    ['def f(): from p import a, c\n', 'def f(): from p import c; from p import b as a\n'],
    ['from p.a import *\n', 'from p.b import *\n'],
  ])('%j', async (before, after) => {
    const source = await inTree({ ...tree, 'p/user.py': before }, 'p/user.py');
    const count = source.redirectImport('p.a', 'p.b');
    expect([count, source.toSource()]).toEqual([before === after ? 0 : 1, after]);
  });

  it('keeps dots only where they lead there', async () => {
    const source = await inTree({ ...tree, 'p/q/user.py': 'from ..a import x\n' }, 'p/q/user.py');
    source.redirectImport('p.a', 'other.b');
    expect(source.toSource()).toBe('from other.b import x\n');
    const near = await inTree({ ...tree, 'p/q/user.py': 'from ..a import x\n' }, 'p/q/user.py');
    near.redirectImport('p.a', 'p.q.b');
    expect(near.toSource()).toBe('from .b import x\n');
  });

  it('to a module at the top', async () => {
    const source = await inTree({ ...tree, 'p/user.py': 'from p import a\nimport p.a\n' }, 'p/user.py');
    source.redirectImport('p.a', 'b');
    expect(source.toSource()).toBe('import b as a\nimport b\n');
  });

  it('of some names', () => {
    const source = py('from p.a import x, y as z, w\n\n\ndef f():\n    from p.a import y\n');
    expect(source.redirectImport('p.a', 'p.b', { names: ['y'] })).toBe(2);
    expect(source.toSource()).toBe(
      'from p.a import x, w\nfrom p.b import y as z\n\n\ndef f():\n    from p.b import y\n',
    );
  });
});

describe('imports, strings and names', () => {
  it('are told with what they are in full', async () => {
    const text = 'from .a import x as y\nfrom ..... import z\ndef f():\n    import os.path\n';
    const source = await inTree({ 'p/__init__.py': '', 'p/a.py': '', 'p/u.py': text }, 'p/u.py');
    expect(
      source.imports().map(({ module, absolute, when, isTopLevel }) => [module, absolute, when, isTopLevel]),
    ).toEqual([
      ['.a', 'p.a', 'runtime', true],
      ['.....', null, 'runtime', true],
      ['os.path', 'os.path', 'lazy', false],
    ]);
    expect([source.binds('y'), source.binds('x')]).toEqual([true, false]);
  });

  it('hand out strings piece by piece', () => {
    const found = py('"""doc"""\npatch("a" "b")\n').strings();
    expect(found.map(({ value, role, callee }) => [value, role, callee])).toEqual([
      ['doc', 'docstring', null],
      ['a', 'other', 'patch'],
      ['b', 'other', 'patch'],
    ]);
  });
});

describe('references', () => {
  /** `line kind text`, with the name that the file has for it. */
  const told = (source: PythonSource, dotted: string) =>
    source.references(dotted).map(({ kind, text, line, alias, whole }) => {
      const all = source.text(whole);
      return `${line} ${kind} ${all}${all === text ? '' : ` at ${text}`}${alias === null ? '' : ` (${alias})`}`;
    });

  const outside: [string, string, string, string[]][] = [
    ['a module', 'import logging\nlogging.info(1)\n', 'logging', ['1 import logging', '2 use logging']],
    ['an attribute', 'import logging\nlogging.info(1)\n', 'logging.info', ['2 attribute logging.info at info']],
    ['a name', 'from logging import info\ninfo(1)\n', 'logging.info', ['1 import info', '2 use info']],
    ['another name', 'from logging import info as i\ni(1)\n', 'logging.info', ['1 import info (i)', '2 use i (i)']],
    [
      'a module under another name',
      'import os.path as p\np.join(p)\n',
      'os.path',
      ['1 import os.path (p)', '2 use p (p)', '2 use p (p)'],
    ],
    ['what such a module holds', 'import os.path as p\np.join(1)\n', 'os.path.join', ['2 attribute p.join at join']],
    ['a chain', 'import os.path\nos.path.join(1).x\n', 'os.path.join', ['2 attribute os.path.join at join']],
    ['a part of a chain', 'import os\nos.path.join(1)\n', 'os.path', ['2 attribute os.path at path']],
    [
      'two statements of one name',
      'import os\nimport os.path\nos.path\n',
      'os.path',
      ['2 import os.path', '3 attribute os.path at path'],
    ],
    ['a parameter', 'import logging\ndef f(logging): logging.info(1)\n', 'logging.info', []],
    ['a local name', 'from m import f\ndef g():\n    f = 1\n    return f\nf()\n', 'm.f', ['1 import f', '5 use f']],
    ['a lazy import', 'def f():\n    import m\n    m.g()\nm.g()\n', 'm.g', ['3 attribute m.g at g']],
    ['two meanings', 'try: from m import f\nexcept ImportError: from n import f\nf()\n', 'm.f', ['1 import f (f)']],
    ['an annotation', 'from m import A\nx: "A" = 1\n', 'm.A', ['1 import A', '2 use A']],
    ['a name that is bound again', 'from m import f\nf = g(f)\nf()\n', 'm.f', ['1 import f (f)']],
    [
      'a class attribute',
      'from m import f\nclass A:\n    f = 1\n    def g(self): f\n',
      'm.f',
      ['1 import f', '4 use f'],
    ],
    ['a relative one', 'from .m import f\nf()\n', 'm.f', []],
    ['a built-in', 'print(1)\ndef f(print): print(1)\n', 'builtins.print', ['1 use print']],
    [
      'a built-in by its module',
      'import builtins\nbuiltins.print(1)\n',
      'builtins.print',
      ['2 attribute builtins.print at print'],
    ],
    ['a longer name', 'import loggings\nloggings.info(1)\n', 'logging', []],
  ];

  it.each(outside)('to what is outside find %s, in a text by itself', (_, text, dotted, expected) => {
    expect(told(py(text), dotted)).toEqual(expected);
  });

  it.each(outside)('to what is outside find %s, in a file', async (_, text, dotted, expected) => {
    expect(told(await inTree({ 'p/u.py': text }, 'p/u.py'), dotted)).toEqual(expected);
  });

  it.each([
    ['through another module', 'from .a import info\ninfo(1)\n', 'logging.info', ['1 import info', '2 use info']],
    [
      'through a module of a module',
      'from . import a\na.logging.info(1)\n',
      'logging.info',
      ['2 attribute a.logging.info at info'],
    ],
    [
      'to a module of the repository',
      'from . import a as b\nimport p.a\np.a.f(b)\n',
      'p.a',
      ['1 import a (b)', '2 import p.a', '3 attribute p.a at a', '3 use b (b)'],
    ],
    ['under another name', 'from .a import f as g\ng()\n', 'p.a.f', ['1 import f (g)', '2 use g (g)']],
    ['by a star', 'from .a import *\nf()\n', 'p.a.f', ['2 use f']],
    ['to what is not there', 'from .a import gone\ngone()\n', 'p.a.gone', []],
    ['to what shadows a built-in', 'from .b import *\nprint(1)\n', 'builtins.print', []],
  ])('%s', async (_, text, dotted, expected) => {
    const tree = {
      'p/__init__.py': '',
      'p/a.py': 'import logging\nfrom logging import info\ndef f(): pass\n',
      'p/b.py': 'print = 1\n',
    };
    expect(told(await inTree({ ...tree, 'p/u.py': text }, 'p/u.py'), dotted)).toEqual(expected);
  });
});

describe('rename', () => {
  const tree = { 'p/__init__.py': '', 'p/a.py': 'def f(): pass\n' };
  it.each([
    ['imports and uses', 'from .a import f, h\nf(f)\n', 'from .a import g, h\ng(g)\n', 3],
    ['attributes', 'from . import a\na.f\na.h\n', 'from . import a\na.g\na.h\n', 1],
    ['not what has another name', 'from .a import f as x\nx()\n', 'from .a import g as x\nx()\n', 1],
    ['nor what says its name', 'from .a import f as f\nf()\n', 'from .a import g as f\nf()\n', 1],
    ['nor what would meet', 'from .a import f\ng = f\n', 'from .a import g as f\ng = f\n', 1],
    ['nor what is called so already', 'from .b import g\ng()\n', 'from .b import g\ng()\n', 0],
    ['nor what is another thing', 'from .a import f\ndef h(f): f\n', 'from .a import g\ndef h(f): f\n', 1],
    [
      'nor what is given twice',
      'try: from .a import f\nexcept ImportError: f = 1\nf\n',
      'try: from .a import g as f\nexcept ImportError: f = 1\nf\n',
      1,
    ],
  ])('changes %s', async (_, before, after, count) => {
    const source = await inTree({ ...tree, 'p/u.py': before }, 'p/u.py');
    expect([source.rename('p.a.f', 'g'), source.toSource()]).toEqual([count, after]);
  });

  it('changes the definition, unless the name is taken', async () => {
    const source = await inTree(tree, 'p/a.py');
    expect([source.rename('p.a.f', 'g'), source.toSource()]).toEqual([1, 'def g(): pass\n']);
    const taken = await inTree({ ...tree, 'p/a.py': 'g = 1\ndef f(): pass\n' }, 'p/a.py');
    expect(() => taken.rename('p.a.f', 'g')).toThrow("line 2: the file has a name 'g' already");
    expect(() => taken.rename('p.a.f', 'g-h')).toThrow("'g-h' is no name");
  });

  it('changes what is outside of the repository', () => {
    const source = py('from datetime import datetime\nimport logging\nlogging.warn(datetime)\n');
    expect([source.rename('logging.warn', 'warning'), source.toSource()]).toEqual([
      1,
      'from datetime import datetime\nimport logging\nlogging.warning(datetime)\n',
    ]);
  });
});
