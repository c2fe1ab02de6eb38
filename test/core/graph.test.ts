import { describe, expect, it } from 'vitest';
import { buildGraph, cyclesOf, type ImportGraph, reachableAtImport, shortestPath } from '../../src/core/graph.js';
import { draw, type RepositoryNames, type Tree } from '../support/tree.js';

async function graphOf(tree: Tree, repository: RepositoryNames = {}): Promise<ImportGraph> {
  return buildGraph((await draw(tree, repository)).linker);
}

/** Edges of one file as `LINE PATH FORM`, with the circumstances unless they are `runtime`; unresolved ones as `LINE !NAME`. */
async function check(tree: Tree, path: string, expected: readonly string[], repository: RepositoryNames = {}) {
  const graph = await graphOf(tree, repository);
  const edges = graph.imports
    .filter((edge) => edge.path === path)
    .map(
      ({ line, importedPath, form, when }) => `${line} ${importedPath} ${form}${when === 'runtime' ? '' : ` ${when}`}`,
    );
  const missing = graph.unresolved.filter((entry) => entry.path === path).map(({ line, name }) => `${line} !${name}`);
  expect([...edges, ...missing]).toEqual(expected);
}

const PACKAGE: Tree = {
  'pkg/__init__.py': '',
  'pkg/a.py': 'f = 1\n',
  'pkg/sub/__init__.py': '',
  'pkg/sub/b.py': 'g = 1\n',
};
const user = (text: string, expected: readonly string[], path = 'run.py') =>
  check({ ...PACKAGE, [path]: text }, path, expected);

describe('edges', () => {
  it('import runs the packages on the way', () =>
    user('import pkg.sub.b\n', [
      '1 pkg/__init__.py implicit',
      '1 pkg/sub/__init__.py implicit',
      '1 pkg/sub/b.py import',
    ]));
  it('from module', () => user('from pkg.a import f\n', ['1 pkg/__init__.py implicit', '1 pkg/a.py from']));
  it('from package: a submodule', () => user('from pkg import a\n', ['1 pkg/__init__.py implicit', '1 pkg/a.py from']));
  it('from package: a name of its own', () =>
    check({ ...PACKAGE, 'pkg/__init__.py': 'a = 1\n', 'run.py': 'from pkg import a\n' }, 'run.py', [
      '1 pkg/__init__.py from',
    ]));
  it('each name on its own line', () =>
    user('from pkg import (\n  a,\n  sub,\n)\n', [
      '2 pkg/__init__.py implicit',
      '2 pkg/a.py from',
      '3 pkg/__init__.py implicit',
      '3 pkg/sub/__init__.py from',
    ]));
  it('star, and the submodules that __all__ names', () =>
    check({ ...PACKAGE, 'pkg/__init__.py': '__all__ = ["a"]\n', 'run.py': 'from pkg import *\n' }, 'run.py', [
      '1 pkg/__init__.py star',
      '1 pkg/a.py star',
    ]));
  it('relative, of every level', () =>
    user(
      'from . import b\nfrom ..a import f\nfrom .. import a\n',
      [
        '1 pkg/sub/__init__.py implicit',
        '1 pkg/sub/b.py from',
        '2 pkg/__init__.py implicit',
        '2 pkg/a.py from',
        '3 pkg/__init__.py implicit',
        '3 pkg/a.py from',
      ],
      'pkg/sub/c.py',
    ));
  it('relative, dotted', () =>
    user(
      'from .sub.b import g\n',
      ['1 pkg/__init__.py implicit', '1 pkg/sub/__init__.py implicit', '1 pkg/sub/b.py from'],
      'pkg/c.py',
    ));
  it('circumstances', () =>
    user(
      'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  import pkg\ntry:\n  import pkg\nexcept ImportError: pass\ndef h():\n  import pkg\nif h:\n  import pkg\n',
      [
        '3 pkg/__init__.py import typing',
        '5 pkg/__init__.py import guarded',
        '8 pkg/__init__.py import lazy',
        '10 pkg/__init__.py import conditional',
      ],
    ));
  it('by value, exactly and from a list', () =>
    user('from importlib import import_module as im\nim("pkg.a")\nfor n in ["a"]: im(f"pkg.{n}")\n', [
      '2 pkg/__init__.py implicit',
      '2 pkg/a.py dynamic',
      '2 pkg/a.py string',
      '3 pkg/__init__.py implicit conditional',
      '3 pkg/a.py dynamic conditional',
    ]));
  it('strings and paths', () =>
    user('A = "pkg.a:f"\nB = "pkg/sub/b.py"\ndef h(): return "pkg.a.f"\n', [
      '1 pkg/a.py string',
      '2 pkg/sub/b.py path',
      '3 pkg/a.py string lazy',
    ]));
  it("the repository's own name", () =>
    check(
      { ...PACKAGE, 'run.py': 'from Top.pkg.a import f\nimport Top.pkg.gone\n' },
      'run.py',
      ['1 pkg/__init__.py implicit', '1 pkg/a.py from', '2 pkg/__init__.py implicit', '2 !Top.pkg.gone'],
      { directoryName: 'Top' },
    ));
  it('of a stub lead to modules, and the stub is no module', async () => {
    const graph = await graphOf({ ...PACKAGE, 'pkg/a.pyi': 'from .sub.b import g\n' });
    expect(graph.imports.filter(({ path }) => path === 'pkg/a.pyi')).toHaveLength(3);
    expect(graph.modules.map(({ path }) => path)).not.toContain('pkg/a.pyi');
  });
});

describe('unresolved', () => {
  it('a module, a name', () =>
    user('import pkg.gone\nfrom pkg.a import gone\nfrom .pkg import a\n', [
      '1 pkg/__init__.py implicit',
      '2 pkg/__init__.py implicit',
      '2 pkg/a.py from',
      '3 pkg/__init__.py implicit',
      '3 pkg/a.py from',
      '1 !pkg.gone',
      '2 !pkg.a.gone',
    ]));
  it('installed packages are none', () => user('import numpy.linalg\nfrom yaml import load\n', []));
  it('names that a module makes by value are none', () =>
    check(
      {
        'm.py': 'globals().update(x=1)\n',
        'l.py': 'def __getattr__(n): ...\n',
        's.py': 'from numpy import *\n',
        'run.py': 'from m import x\nfrom l import y\nfrom s import z\n',
      },
      'run.py',
      ['1 m.py from', '2 l.py from', '3 s.py from'],
    ));
  it('submodules that a module registers are none', () =>
    check(
      { 'six.py': 'import sys\nsys.modules["six.moves"] = 1\n', 'run.py': 'from six.moves import x\n' },
      'run.py',
      [],
    ));
  it('what every module has is none', () =>
    user('from pkg.a import __doc__, __name__\n', ['1 pkg/__init__.py implicit', '1 pkg/a.py from']));
  it('an extension module is none', () =>
    check({ ...PACKAGE, 'pkg/_fast.c': '', 'run.py': 'from pkg import _fast\nfrom pkg._fast import f\n' }, 'run.py', [
      '1 pkg/__init__.py from',
      '2 pkg/__init__.py implicit',
    ]));
  it('a fallback for a missing branch is none', () =>
    check(
      { 'a.py': 'try:\n  from gone_c import f\nexcept ImportError:\n  f = None\n', 'run.py': 'from a import f\n' },
      'run.py',
      ['1 a.py from'],
    ));
});

it('names what it could not read', async () => {
  const graph = await graphOf({
    'a.py': 'def (:\n',
    'b.py': '# coding: koi8-r\n',
    'c.py': 'import importlib\nimportlib.import_module(x)\n',
  });
  expect(graph.unknowns.map(({ path, line }) => [path, line])).toEqual([
    ['a.py', 1],
    ['b.py', null],
    ['c.py', 2],
  ]);
});

describe('derived', () => {
  it('a cycle at import time, and one that only lazy imports close', async () => {
    const graph = await graphOf({
      'a.py': 'import b\n',
      'b.py': 'import a\n',
      'c.py': 'import d\n',
      'd.py': 'def f():\n  import c\n',
    });
    expect(cyclesOf(graph)).toEqual([
      { paths: ['a.py', 'b.py'], kind: 'import-time' },
      { paths: ['c.py', 'd.py'], kind: 'deferred' },
    ]);
  });
  it('strings and packages on the way close no cycle', async () => {
    const graph = await graphOf({
      'p/__init__.py': 'from p import a\n',
      'p/a.py': 'from p.b import f\n',
      'p/b.py': 'f = "p.a"\n',
    });
    expect(cyclesOf(graph)).toEqual([]);
  });
  it('importing a module runs its packages and what they import', async () => {
    const graph = await graphOf({
      'p/__init__.py': 'import q\n',
      'p/s/__init__.py': '',
      'p/s/m.py': 'def f():\n  import lazy\n',
      'q.py': 'import r\n',
      'r.py': '',
      'lazy.py': '',
    });
    expect([...reachableAtImport(graph, 'p/s/m.py')].sort()).toEqual([
      'p/__init__.py',
      'p/s/__init__.py',
      'p/s/m.py',
      'q.py',
      'r.py',
    ]);
  });
  it('the shortest chain', async () => {
    const graph = await graphOf({
      'a.py': 'import b\nimport c\n',
      'b.py': 'import c\n',
      'c.py': 'import d\n',
      'd.py': '',
    });
    expect(shortestPath(graph, ['a.py'], 'd.py').map(({ path, line }) => `${path}:${line}`)).toEqual([
      'a.py:2',
      'c.py:1',
    ]);
    expect(shortestPath(graph, ['d.py'], 'a.py')).toEqual([]);
  });
  it('only wanted files', async () => {
    const { linker } = await draw({ 'a.py': 'import b\n', 'b.py': 'import a\n' });
    expect(buildGraph(linker, (path) => path === 'a.py').imports).toHaveLength(1);
  });
});
