/** How shims are known again, whatever formatters made of them, and what the linker sees in them. */
import { describe, expect, it } from 'vitest';
import type { PythonUnit } from '../../src/core/codebase.js';
import { edgesOf } from '../../src/core/edges.js';
import { findShims, type ShimSource, shimText } from '../../src/core/shims.js';
import { findUsages } from '../../src/core/usages.js';
import { draw } from '../support/tree.js';

function shim(oldName: string, newName: string, over: Partial<ShimSource> = {}): string {
  const plain = {
    isPackage: false,
    relative: true,
    others: [],
    renamed: [],
    isRun: false,
    isHidden: false,
    newline: '\n',
  };
  return shimText({ ...plain, oldName, newName, ...over });
}

const MOVED = {
  'old/__init__.py': '',
  'old/tier/__init__.py': '',
  'old/tier/path.py': 'def f():\n    return 1\n\n\n_private = 1\n',
};
const FOUND = {
  path: 'old/path.py',
  oldName: 'old.path',
  newName: 'old.tier.path',
  targetPath: 'old/tier/path.py',
  renamed: [],
};

describe('the shape of a shim', () => {
  it('ends its lines as told', () => {
    const text = shim('old.path', 'old.tier.path', { newline: '\r\n' });
    expect(text.split('\r\n').join('\n')).toBe(shim('old.path', 'old.tier.path'));
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it.each([
    ['a.b', 'a.c', false, 'from .c import *'],
    ['a.b', 'a.t.b', false, 'from .t.b import *'],
    ['a.t.b', 'a.b', false, 'from ..b import *'],
    ['a.t.b', 'a.u.v.b', false, 'from ..u.v.b import *'],
    ['a.p', 'a.t.p', true, 'from ..t.p import *'],
    ['a.p', 'a.p.core', false, 'from .p.core import *'],
    ['a.t.p', 'a.q', true, 'from ...q import *'],
    ['a.t.b', 'a.t', false, 'from ..t import *'],
  ])('%s names %s by its way from there', (oldName, newName, isPackage, expected) => {
    expect(shim(oldName, newName, { isPackage })).toContain(`    ${expected}\n`);
  });
});

describe('shims of a repository', () => {
  const relative = shim('old.path', 'old.tier.path', { others: ['_private'], isRun: true });
  const reformatted: [string, string][] = [
    ['as written', relative],
    ['in full names', shim('old.path', 'old.tier.path', { relative: false })],
    ['with other quotes', relative.replaceAll('"', "'")],
    ['with other line ends', relative.replaceAll('\n', '\r\n')],
    ['below a licence', `# Copyright\n\n${relative}`],
    ['with more blanks in the comment', relative.replace('# regraft: shim', '#  regraft:  shim')],
    [
      'with sorted imports',
      relative.replace(
        'from typing import TYPE_CHECKING\n',
        'from __future__ import annotations\n\nfrom typing import TYPE_CHECKING\n',
      ),
    ],
    [
      'with a renamed guard',
      relative
        .replace('from typing import TYPE_CHECKING', 'import typing')
        .replace('if TYPE_CHECKING', 'if typing.TYPE_CHECKING'),
    ],
  ];

  it.each(reformatted)('are found %s', async (_how, text) => {
    const { codebase } = await draw({ ...MOVED, 'old/path.py': text });
    expect(findShims(codebase)).toEqual([FOUND]);
  });

  it('are not what only looks like one', async () => {
    const { codebase } = await draw({
      ...MOVED,
      'old/a.py': relative.replace('# regraft: shim\n', ''),
      'old/b.py':
        'TEXT = """\n# regraft: shim\n"""\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .tier.path import *\n',
      'old/c.py': '# regraft: shim\nX = 1\n',
      'old/d.py': '# a regraft: shim of mine\nfrom .tier.path import *\n',
    });
    expect(findShims(codebase)).toEqual([]);
  });

  it('say where they lead, also when nothing is there any more', async () => {
    const { codebase } = await draw({
      'pkg/__init__.py': '',
      'old/__init__.py': '',
      'old/gone.py': shim('old.gone', 'pkg.gone', { relative: false }),
      'old/pkg/__init__.py': shim('old.pkg', 'pkg', { relative: false, isPackage: true }),
    });
    expect(findShims(codebase)).toEqual([
      { path: 'old/gone.py', oldName: 'old.gone', newName: 'pkg.gone', targetPath: null, renamed: [] },
      { path: 'old/pkg/__init__.py', oldName: 'old.pkg', newName: 'pkg', targetPath: 'pkg/__init__.py', renamed: [] },
    ]);
  });
});

describe('what the linker sees', () => {
  it('is the module behind the shim, for public, private and missing names', async () => {
    const { linker } = await draw({
      ...MOVED,
      'old/path.py': shim('old.path', 'old.tier.path', { others: ['_private'] }),
    });
    const object = (name: string) => ({ kind: 'object', path: 'old/tier/path.py', name });
    expect(linker.lookup('old/path.py', 'f')).toEqual(object('f'));
    expect(linker.lookup('old/path.py', '_private')).toEqual(object('_private'));
    expect(linker.lookup('old/path.py', 'nothing').kind).toBe('unknown');
  });

  it('is an import at run time, and no computed one', async () => {
    for (const isPackage of [false, true]) {
      const path = isPackage ? 'old/path/__init__.py' : 'old/path.py';
      const over = { isPackage, isRun: true, isHidden: true };
      const { codebase, linker } = await draw({
        ...MOVED,
        'names.py': 'NAMES = ["tier"]\n',
        [path]: shim('old.path', 'old.tier.path', over),
      });
      const { edges, unresolved } = edgesOf(linker, codebase.unit(path) as PythonUnit);
      expect(unresolved).toEqual([]);
      expect(edges).toContainEqual(
        expect.objectContaining({ importedPath: 'old/tier/path.py', form: 'from', when: 'runtime' }),
      );
      expect(codebase.unitOrNone(path)?.facts.syntaxErrors).toEqual([]);
      const [usage] = findUsages(linker, ['old/tier/__init__.py']);
      expect(usage?.unknowns).toEqual([]);
    }
  });
});
