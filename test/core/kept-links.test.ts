/** Links that were found before: whatever changes, the graph with them is the graph without them, and what holds is not found again. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { buildGraph } from '../../src/core/graph.js';
import { type KeptLinks, LinkedFiles, surroundingsOf } from '../../src/core/kept-links.js';
import { decodeLinks, encodeLinks } from '../../src/io/link-records.js';
import { draw, type Tree } from '../support/tree.js';

async function linksIn(tree: Tree): Promise<KeptLinks> {
  const { linker } = await draw(tree);
  const linked = new LinkedFiles(linker);
  buildGraph(linker, undefined, linked);
  return decodeLinks(encodeLinks(linked.files));
}

/** The files whose links are found again when one tree becomes another; the graph must be that of the second alone. */
async function foundAgain(before: Tree, after: Tree): Promise<string[]> {
  const kept = await linksIn(before);
  const { linker, codebase } = await draw(after);
  const linked = new LinkedFiles(linker, kept);
  const again = codebase
    .pythonFiles()
    .map(({ path }) => path)
    .filter((path) => !linked.holds(path));
  expect(buildGraph(linker, undefined, linked)).toEqual(buildGraph((await draw(after)).linker));
  return again;
}

const TREE: Tree = {
  'pkg/__init__.py': 'from .a import f\n',
  'pkg/a.py': 'from .b import f\n',
  'pkg/b.py': 'def f(): pass\n',
  'pkg/far.py': 'from pkg import f\n',
  'pkg/other.py': 'import json\n',
  'pkg/stars.py': 'from .b import *\n',
  'pkg/user.py': 'from .stars import f\n',
};

describe('after a change', () => {
  test.each<[string, Tree, string[]]>([
    ['of nothing', {}, []],
    ['of a module that nobody asks', { 'pkg/other.py': 'import os\n' }, ['pkg/other.py']],
    [
      'of a module behind re-exports, all that asked through them',
      { 'pkg/b.py': 'def g(): pass\n' },
      ['pkg/__init__.py', 'pkg/a.py', 'pkg/b.py', 'pkg/far.py', 'pkg/user.py'],
    ],
    [
      'of what lies between, those that went through it',
      { 'pkg/a.py': 'from .c import f\n' },
      ['pkg/__init__.py', 'pkg/a.py', 'pkg/far.py'],
    ],
    [
      'of a file that cannot be read',
      { 'pkg/b.py': { unreadable: 'EACCES' } },
      ['pkg/__init__.py', 'pkg/a.py', 'pkg/b.py', 'pkg/far.py', 'pkg/user.py'],
    ],
  ])('%s', async (_, change, again) => {
    expect((await foundAgain(TREE, { ...TREE, ...change })).sort()).toEqual([...again].sort());
  });

  it('of what could not be read and still cannot: it is found again', async () => {
    const tree = { ...TREE, 'pkg/b.py': { unreadable: 'EACCES' } };
    expect(await foundAgain(tree, tree)).toContain('pkg/a.py');
  });
});

describe('the surroundings', () => {
  const of = async (tree: Tree, names = {}) => surroundingsOf((await draw(tree, names)).codebase);
  test.each<[string, Tree, object]>([
    ['a file more', { ...TREE, 'pkg/c.py': '' }, {}],
    ['another file of no Python', { ...TREE, 'pkg/c.so': '' }, {}],
    ['another name of the directory', TREE, { directoryName: 'pkg2' }],
    ['another remote', TREE, { otherNames: ['project'] }],
  ])('are others with %s', async (_, tree, names) => {
    expect(await of(tree, names)).not.toBe(await of(TREE));
  });

  it('are others with another root', async () => {
    const at = (root: string): Tree => ({
      ...TREE,
      'pyproject.toml': `[tool.setuptools]\npackage-dir = {"" = "${root}"}\n`,
    });
    expect(await of(at('pkg'))).not.toBe(await of(at('lib')));
  });

  it('are the same whatever modules say', async () => {
    expect(await of({ ...TREE, 'pkg/a.py': 'import os\n' })).toBe(await of(TREE));
  });
});

const NAMES = ['a', 'b', 'c', 'd'];
const STATEMENTS = fc.oneof(
  fc
    .tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES))
    .map(([from, name]) => `from .${from} import ${name}\n`),
  fc.constantFrom(...NAMES).map((name) => `from .${name} import *\n`),
  fc.constantFrom(...NAMES).map((name) => `from . import ${name}\n`),
  fc.constantFrom(...NAMES).map((name) => `import pkg.${name}\n`),
  fc.constantFrom(...NAMES).map((name) => `def ${name}(): pass\n`),
  fc
    .constantFrom(...NAMES)
    .map((name) => `try:\n    from .${name} import x as ${name}\nexcept ImportError:\n    pass\n`),
  fc.constant("__all__ = ['a', 'b']\n"),
  fc.constant('def __getattr__(name): pass\n'),
  fc.constant("import sys\nsys.modules['pkg.a.b'] = sys\n"),
);
const MODULE = fc.array(STATEMENTS, { maxLength: 3 }).map((lines) => lines.join(''));
const PACKAGE = fc
  .tuple(MODULE, MODULE, MODULE, MODULE, MODULE)
  .map(
    (texts): Tree =>
      Object.fromEntries(['__init__', ...NAMES].map((name, index) => [`pkg/${name}.py`, texts[index] as string])),
  );

it('any package, one module changed', async () => {
  await fc.assert(
    fc.asyncProperty(PACKAGE, fc.constantFrom('__init__', ...NAMES), MODULE, async (before, name, text) => {
      await foundAgain(before, { ...before, [`pkg/${name}.py`]: text });
    }),
    { numRuns: 300 },
  );
});
