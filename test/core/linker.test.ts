import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/core/linker.js';
import { draw, type Tree } from '../support/tree.js';

const show = (value: Value): string => {
  if (value.kind === 'module') return `module ${value.found.path}`;
  if (value.kind === 'object') return `${value.path} ${value.name}`;
  return value.kind === 'external' ? `external ${value.dotted}` : value.kind;
};

/** What a name of a module means: all alternatives, the decisive one first. */
async function check(tree: Tree, question: string, expected: readonly string[]) {
  const { linker } = await draw(tree);
  const [path, name] = question.split(' ') as [string, string];
  const found = linker.codebase.layout.tree;
  const holder = found.packageAt(path.replace(/\/__init__\.py$/, ''));
  const module = path.endsWith('__init__.py') ? holder : ({ kind: 'module', path } as const);
  expect(linker.memberAlternatives(module, name).map(show)).toEqual(expected);
  expect(show(linker.member(module, name))).toBe(expected[0]);
}

describe('a name of a module', () => {
  it('defined there', () => check({ 'a.py': 'def f(): pass\n' }, 'a.py f', ['a.py f']));
  it('not there', () => check({ 'a.py': '' }, 'a.py f', ['missing']));
  it('through re-exports', () =>
    check({ 'a.py': 'from b import g as f\n', 'b.py': 'from c import h as g\n', 'c.py': 'h = 1\n' }, 'a.py f', [
      'c.py h',
    ]));
  it('through stars', () =>
    check({ 'a.py': 'from b import *\n', 'b.py': 'from c import *\n', 'c.py': 'f = 1\n' }, 'a.py f', ['c.py f']));
  it('a star brings no private name', () =>
    check({ 'a.py': 'from b import *\n', 'b.py': '_f = 1\n' }, 'a.py _f', ['missing']));
  it('unless __all__ lists it', () =>
    check({ 'a.py': 'from b import *\n', 'b.py': '__all__ = ["_f"]\n_f = 1\ng = 1\n' }, 'a.py _f', ['b.py _f']));
  it('and then nothing else', () =>
    check({ 'a.py': 'from b import *\n', 'b.py': '__all__ = ["_f"]\n_f = 1\ng = 1\n' }, 'a.py g', ['missing']));
  it('__all__ put together', () =>
    check({ 'a.py': 'from b import *\n', 'b.py': '__all__ = ["f"]\n__all__ += ["g"]\nf = g = h = 1\n' }, 'a.py g', [
      'b.py g',
    ]));
  it('a star from outside may bring anything', () => check({ 'a.py': 'from numpy import *\n' }, 'a.py f', ['unknown']));
  it('cyclic stars', () =>
    check({ 'a.py': 'from b import *\n', 'b.py': 'from a import *\nf = 1\n' }, 'a.py f', ['b.py f']));
  it('cyclic re-exports of nothing', () =>
    check({ 'a.py': 'from b import f\n', 'b.py': 'from a import f\n' }, 'a.py f', ['missing']));
  it('__getattr__', () => check({ 'a.py': 'def __getattr__(n): ...\n' }, 'a.py f', ['unknown']));
  it('global in a function', () => check({ 'a.py': 'def g():\n  global f\n  f = 1\n' }, 'a.py f', ['a.py f']));
  it('the last certain binding decides', () =>
    check({ 'a.py': 'from b import f\ndef f(): pass\n', 'b.py': 'f = 1\n' }, 'a.py f', ['a.py f']));
  it('branches are alternatives', () =>
    check(
      {
        'a.py': 'try:\n  from b import f\nexcept ImportError:\n  from c import f\n',
        'b.py': 'f = 1\n',
        'c.py': 'f = 1\n',
      },
      'a.py f',
      ['b.py f', 'c.py f'],
    ));
  it('a branch that leads nowhere leaves the other', () =>
    check(
      {
        'p/__init__.py': '',
        'p/a.py': 'try:\n  from .gone import f\nexcept ImportError:\n  from .c import f\n',
        'p/c.py': 'f = 1\n',
      },
      'p/a.py f',
      ['p/c.py f'],
    ));
  it('an installed module with a fallback', () =>
    check({ 'a.py': 'try:\n  import ujson as j\nexcept ImportError:\n  import b as j\n', 'b.py': '' }, 'a.py j', [
      'external ujson',
      'module b.py',
    ]));
});

describe('a name of a package', () => {
  it('a submodule', () => check({ 'p/__init__.py': '', 'p/m.py': '' }, 'p/__init__.py m', ['module p/m.py']));
  it('its own binding wins', () =>
    check({ 'p/__init__.py': 'm = 1\n', 'p/m.py': '' }, 'p/__init__.py m', ['p/__init__.py m']));
  it('a re-export of the same name wins', () =>
    check({ 'p/__init__.py': 'from .m import m\n', 'p/m.py': 'def m(): pass\n' }, 'p/__init__.py m', ['p/m.py m']));
  it('a submodule where __getattr__ could answer', () =>
    check({ 'p/__init__.py': 'def __getattr__(n): ...\n', 'p/m.py': '' }, 'p/__init__.py m', ['module p/m.py']));
  it('a module of its own under another name', () =>
    check({ 'p/__init__.py': 'from . import m as n\n', 'p/m.py': '' }, 'p/__init__.py n', ['module p/m.py']));
  it('of a namespace', () => check({ 'p/m.py': '' }, 'p/__init__.py m', ['module p/m.py']));
});
