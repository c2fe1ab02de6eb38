/** What must hold after a transform: no name may newly mean nothing, and no alarm where Python sees none. */
import { describe, expect, test } from 'vitest';
import { checkTransformed } from '../../src/core/check/transformed.js';
import { draw, type Tree } from '../support/tree.js';

/** Problems of some files having become others, as `code path:line message`. */
async function problemsOf(before: Tree, changes: Record<string, string>): Promise<string[]> {
  const [old, now] = [await draw(before), await draw({ ...before, ...changes })];
  const problems = checkTransformed({ before: old.linker, after: now.linker, rewritten: Object.keys(changes) });
  return problems.map(
    ({ code, path, line, message }) => `${code} ${path}${line === null ? '' : `:${line}`} ${message}`,
  );
}

/** Of one file by itself. */
const ofText = (before: string, after: string) => problemsOf({ 'pkg/a.py': before }, { 'pkg/a.py': after });
const unbound = (name: string, line = 1, path = 'pkg/a.py') =>
  `check-binding ${path}:${line} '${name}' would mean nothing here`;

describe('a name that nothing gives', () => {
  test.each([
    ['in place of a built-in one', 'print(1)\n', 'foo(1)\n', unbound('foo')],
    ['whose import was forgotten', 'def f():\n    return 0\n', 'def f():\n    return log.zero(0)\n', unbound('log', 2)],
    [
      'that only a class gives',
      'class A:\n    x = 1\n    def f(self): return 1\n',
      'class A:\n    x = 1\n    def f(self): return x\n',
      unbound('x', 3),
    ],
    [
      'that another function gives',
      'def f():\n    x = 1\n\n\ndef g(): pass\n',
      'def f():\n    x = 1\n\n\ndef g(): x\n',
      unbound('x', 5),
    ],
    ['in a decorator', 'def f(): pass\n', '@cached\ndef f(): pass\n', unbound('cached')],
    ['in an annotation', 'def f(a): pass\n', 'def f(a: Path): pass\n', unbound('Path')],
    ['of Python 2', 'str(1)\n', 'unicode(1)\n', unbound('unicode')],
    ['that is deleted', 'x = 1\n', 'x = 1\ndel y\n', unbound('y', 2)],
    ['in a replacement field', 'print("a")\n', 'print(f"{a}")\n', unbound('a')],
  ])('%s is found', async (_, before, after, problem) => {
    expect(await ofText(before, after)).toEqual([problem]);
  });

  test.each([
    ['is built in', 'print(1)\n', 'repr(len(sorted([1])), __file__, __name__, __debug__)\n'],
    ['is one of the file', 'x = 1\n', 'x = 1\nprint(x)\n'],
    ['is bound later', 'def f(): pass\n\n\nx = 1\n', 'def f(): return x\n\n\nx = 1\n'],
    ['is bound under a condition', 'if a: x = 1\n', 'if a: x = 1\nprint(x)\n'],
    ['was loose before', 'foo(1)\n', 'foo(foo(2))\n'],
    ['is deleted after it was bound', 'x = 1\n', 'x = 1\ndel x\nx = 2\n'],
    [
      'is declared global and bound there',
      'def f():\n    global x\n    x = 1\n',
      'def f():\n    global x\n    x = 1\n\n\nprint(x)\n',
    ],
    ['is the class of a method', 'class A:\n    def f(self): pass\n', 'class A:\n    def f(self): return __class__\n'],
    ['is known in a class body', 'class A: pass\n', 'class A:\n    x = __qualname__ + __module__\n'],
    ['is a parameter of a type', 'def f(x): pass\n', 'def f[T](x: T) -> T: pass\n'],
    ['is captured by a pattern', 'x = 1\n', 'match x:\n    case {"a": y, **z}: print(y, z)\nx = 1\n'],
    ['is one of an exception', 'try: f\nexcept E: pass\n', 'try: f\nexcept E as e: print(e)\n'],
    ['belongs to a comprehension', 'x = [1]\n', 'x = [1]\ny = [a for b in x for a in b if (c := a)]\nprint(c)\n'],
    ['is bound by assignment in a class', 'class A: pass\n', 'class A:\n    x = [1]\n    y = [i for i in x]\n'],
    ['may come from a star import', 'from numpy import *\n', 'from numpy import *\nprint(array)\n'],
    ['may be set by value', 'globals()["x"] = 1\n', 'globals()["x"] = 1\nprint(x)\n'],
    ['may be computed', 'exec(code)\n', 'exec(code)\nprint(x)\n'],
    [
      'may be put into the module',
      'import sys\nsetattr(sys.modules[__name__], n, 1)\n',
      'import sys\nsetattr(sys.modules[__name__], n, 1)\nprint(x)\n',
    ],
    ['is built in and was imported', 'from six.moves import range\nrange(1)\n', 'range(1)\n'],
    ['is built in and a parameter elsewhere', 'def f(id): id\n', 'def f(id): id\nid(1)\n'],
    ['is a parameter of a class', 'class A: pass\n', 'class A[T](list[T]): pass\n'],
    ['is in a string', 'x: int\n', 'x: "Literal[\'some words\']"\n'],
    ['is in a text of an annotation', 'x: int\n', 'x: Annotated[int, "some words"]\nAnnotated = 1\n'],
    ['stands in a file that does not parse', 'def f(:\n', 'def f(:\nfoo\n'],
  ])('is no alarm where it %s', async (_, before, after) => {
    expect(await ofText(before, after)).toEqual([]);
  });

  test('is found where the list of a star import lacks it', async () => {
    const tree = {
      'pkg/__init__.py': '',
      'pkg/core.py': '__all__ = ["load"]\nload = fetch = None\n',
      'a.py': 'from pkg.core import *\nload(1)\n',
    };
    expect(await problemsOf(tree, { 'a.py': 'from pkg.core import *\nfetch(1)\n' })).toEqual([
      unbound('fetch', 2, 'a.py'),
    ]);
    const open = { ...tree, 'pkg/core.py': '__all__ = ["load"] + more()\nload = fetch = None\n' };
    expect(await problemsOf(open, { 'a.py': 'from pkg.core import *\nfetch(1)\n' })).toEqual([]);
    const none = { ...tree, 'pkg/core.py': 'load = fetch = None\n' };
    expect(await problemsOf(none, { 'a.py': 'from pkg.core import *\nfetch(1)\n' })).toEqual([]);
  });

  test('is no alarm where it is a module beside the package itself', async () => {
    const tree = { 'pkg/__init__.py': 'import pkg.core\n', 'pkg/core.py': '' };
    expect(await problemsOf(tree, { 'pkg/__init__.py': 'import pkg.core\nprint(core)\n' })).toEqual([]);
  });

  test('is no alarm where another file makes it a built-in one', async () => {
    const change = { 'pkg/a.py': 'hello(1)\n' };
    for (const setup of [
      'import builtins\nbuiltins.hello = print\n',
      'import builtins as b\nb.hello = 1\n',
      'import builtins\nsetattr(builtins, "hello", 1)\n',
      '__builtins__["hello"] = 1\n',
    ])
      expect(await problemsOf({ 'pkg/a.py': 'print(1)\n', 'setup.py': setup }, change)).toEqual([]);
    expect(
      await problemsOf({ 'pkg/a.py': 'print(1)\n', 'setup.py': 'import builtins\nx = "hell"\n' }, change),
    ).toHaveLength(1);
  });

  test('is no alarm in a notebook that asks IPython for names', async () => {
    const cell = (source: string) =>
      JSON.stringify({ nbformat: 4, metadata: {}, cells: [{ cell_type: 'code', metadata: {}, source }] });
    const run = (before: string, after: string) => problemsOf({ 'a.ipynb': cell(before) }, { 'a.ipynb': cell(after) });
    expect(await run('1\n', 'display(get_ipython(), _, In, Out, exit)\n')).toEqual([]);
    expect(await run('%run x.py\n1\n', '%run x.py\nfoo(1)\n')).toEqual([]);
    expect(await run('1\n', 'foo(1)\n')).toHaveLength(1);
  });
});

describe('a name that a module of the repository lacks', () => {
  const tree = {
    'pkg/__init__.py': '',
    'pkg/core.py': 'load = 1\n',
    'a.py': 'from pkg import core\nimport pkg.core\ncore.load\n',
  };
  const adding = (line: string, more: Tree = {}) =>
    problemsOf({ ...tree, ...more }, { 'a.py': `${tree['a.py']}${line}\n` });

  test('is found', async () => {
    const none = (chain: string) => [
      `check-binding a.py:4 '${chain}' would mean nothing here: the module has no 'fetch'`,
    ];
    expect(await adding('core.fetch(1)')).toEqual(none('core.fetch'));
    expect(await adding('pkg.core.fetch.x')).toEqual(none('pkg.core.fetch.x'));
  });

  test.each([
    ['it has it', 'core.load.x', {}],
    ['every module has it', 'core.__annotations__', {}],
    ['it is set here', 'core.fetch = 1', {}],
    ['it is set elsewhere', 'core.fetch', { 'b.py': 'from pkg import core as c\nc.fetch = 1\n' }],
    ['it is set by its name', 'core.fetch', { 'b.py': 'setattr(x, "fetch", 1)\n' }],
    ['modules are made', 'core.fetch', { 'b.py': 'import sys\nsys.modules["x"] = y\n' }],
    ['it may be computed', 'core.fetch', { 'pkg/core.py': 'def __getattr__(name): pass\nload = 1\n' }],
    ['it comes from elsewhere', 'core.fetch', { 'pkg/core.py': 'from numpy import *\nload = 1\n' }],
    ['the name is another one here', 'def f(core): core.fetch', {}],
  ])('is no alarm where %s', async (_, line, more) => {
    expect(await adding(line, more as Tree)).toEqual([]);
  });
});

describe('a name that only type checkers see', () => {
  const typing = 'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from m import A\n';
  const missing = "check-binding pkg/a.py:4 'A' would be there for type checkers only";
  test.each([
    ['that is called', 'from m import A\nA()\n', `${typing}A()\n`, [missing]],
    ['that is new', typing, `${typing}A()\n`, [missing]],
    ['in an annotation', 'from m import A\ndef f(a: A): pass\n', `${typing}def f(a: A): pass\n`, []],
    ['in a quoted annotation', 'from m import A\ndef f(a: "A"): pass\n', `${typing}def f(a: "A"): pass\n`, []],
    ['that was so before', `${typing}A()\n`, `${typing}A(A())\n`, []],
    ['with another meaning at run time', 'from m import A\nA()\n', `${typing}else:\n    A = None\nA()\n`, []],
    ['among other code for them', typing, `${typing}    B = A\n`, []],
  ])('%s', async (_, before, after, problems) => {
    expect(await ofText(before, after)).toEqual(problems);
  });
});

test('a stub may use them anywhere: nothing of it runs', async () => {
  const [before, after] = ['from m import A\n', 'if TYPE_CHECKING:\n    from m import A\n'].map(
    (head) => `${head}class B(A): ...\n`,
  );
  const typing = 'from typing import TYPE_CHECKING\n';
  expect(await problemsOf({ 'a.pyi': typing + before }, { 'a.pyi': typing + after })).toEqual([]);
});

describe('a handler that can no longer be reached', () => {
  const before = 'try:\n    from typing import Dict\nexcept ImportError:\n    Dict = dict\n';
  const after = 'try:\n    pass\nexcept ImportError:\n    Dict = dict\n';
  test.each([
    [
      'binds what is used',
      `${before}X = Dict\n`,
      `${after}X = Dict\n`,
      ["check-binding pkg/a.py:5 'Dict' would be bound by a handler only that is never reached"],
    ],
    ['binds what is bound elsewhere as well', `${before}X = Dict\n`, `${after}Dict = 1\nX = Dict\n`, []],
    ['was so before', `${after}X = Dict\n`, `${after}X = Dict\nY = 1\n`, []],
    ['may be reached still', `${before}X = Dict\n`, `${after.replace('pass', 'int()')}X = Dict\n`, []],
    [
      'is behind a constant',
      `${before}X = Dict\n`,
      `${after.replace('pass', 'x = 1')}X = Dict\n`,
      ["check-binding pkg/a.py:5 'Dict' would be bound by a handler only that is never reached"],
    ],
  ])('%s', async (_, old, now, problems) => {
    expect(await ofText(old, now)).toEqual(problems);
  });

  test('binds what others import', async () => {
    const tree = {
      'pkg/__init__.py': '',
      'pkg/a.py': before,
      'pkg/b.py': 'from .a import Dict\n',
      'pkg/c.py': 'from . import a\na.Dict\n',
    };
    expect(await problemsOf(tree, { 'pkg/a.py': after })).toEqual([
      "check-unresolved pkg/b.py:1 '.a.Dict' would not resolve: pkg/a.py would bind it in a handler only that is never reached",
      "check-binding pkg/c.py:2 'a.Dict' would no longer be there",
    ]);
  });
});

describe('a name that a module gives to others', () => {
  const lost = (path: string, names: string) =>
    `export-lost ${path} ${names} would no longer be there for users outside of the repository`;
  test.each([
    ['of a package', 'pkg/__init__.py', 'from .core import load\n', '', ["'load'"]],
    ['that is defined', 'pkg/core.py', 'def load(): pass\ndef _own(): pass\n', 'def _own(): pass\n', ["'load'"]],
    ['several', 'pkg/core.py', 'a = b = 1\n', '', ["'a' and 'b'"]],
    ["as an import that is nobody else's affair", 'pkg/core.py', 'import os\nfrom typing import Dict\n', '', []],
    ['of another package', 'pkg/__init__.py', 'from typing import Dict\nimport os\n', '', []],
    ['that is listed', 'pkg/core.py', 'from typing import Dict\n__all__ = ["Dict"]\n', '', ["'Dict'"]],
    ['that is said to be given', 'pkg/core.py', 'from typing import Dict as Dict\n', '', ["'Dict'"]],
    ['of a private module', 'pkg/_core.py', 'def load(): pass\n', '', []],
    ['of a test', 'pkg/tests/test_core.py', 'def test_load(): pass\n', '', []],
    ['of a program', 'tools/x-y.py', 'def load(): pass\n', '', []],
    [
      'for type checkers',
      'pkg/core.py',
      'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from typing import Dict as Dict\n',
      '',
      [],
    ],
    ['through __getattr__', 'pkg/__init__.py', 'from .core import load\n', 'def __getattr__(name): pass\n', []],
    ['by another name that is there', 'pkg/core.py', 'def load(): pass\n', 'fetch = load = 1\n', []],
    [
      'when the list says that it is none',
      'pkg/core.py',
      '__all__ = ["a"]\na = 1\ndef load(): pass\n',
      '__all__ = ["a"]\na = 1\n',
      [],
    ],
  ])('%s', async (_, path, before, after, names) => {
    const tree = { 'pkg/__init__.py': '', 'pkg/core.py': 'def load(): pass\n', [path]: before };
    expect(await problemsOf(tree, { [path]: after })).toEqual(names.map((each) => lost(path, each)));
  });

  test('and lists all the same is an error', async () => {
    const tree = {
      'pkg/__init__.py': 'from .core import load\n__all__ = ["load", "core"]\n',
      'pkg/core.py': 'load = 1\n',
    };
    expect(await problemsOf(tree, { 'pkg/__init__.py': '__all__ = ["load", "core"]\n' })).toEqual([
      "check-binding pkg/__init__.py:1 '__all__' lists 'load', which would not be there",
    ]);
    expect(await problemsOf(tree, { 'pkg/__init__.py': 'from .core import *\n__all__ = ["load", "core"]\n' })).toEqual(
      [],
    );
  });

  test('is a warning, the rest are refusals', async () => {
    const [old, now] = [await draw({ 'pkg/__init__.py': 'a = 1\n' }), await draw({ 'pkg/__init__.py': '' })];
    const found = checkTransformed({ before: old.linker, after: now.linker, rewritten: ['pkg/__init__.py'] });
    expect(found).toMatchObject([{ code: 'export-lost', severity: 'warning', path: 'pkg/__init__.py' }]);
  });
});

describe('an import that leads nowhere', () => {
  test('names the file that was changed', async () => {
    const tree = { 'pkg/__init__.py': '', 'pkg/a.py': 'from typing import Tup\n', 'pkg/b.py': 'from .a import Tup\n' };
    const [old, now] = [await draw(tree), await draw({ ...tree, 'pkg/a.py': '' })];
    const found = checkTransformed({ before: old.linker, after: now.linker, rewritten: ['pkg/a.py'] });
    expect(found).toMatchObject([
      {
        code: 'check-unresolved',
        path: 'pkg/b.py',
        line: 1,
        message: "'.a.Tup' would not resolve: the transformed pkg/a.py does not bind this name",
        hint: 'let the transform keep it, or leave the file out: --exclude pkg/a.py',
      },
    ]);
  });
});
