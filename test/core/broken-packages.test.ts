/** Which directories import what is not there, and how badly. */
import { expect, it } from 'vitest';
import { brokenPackages } from '../../src/core/broken-packages.js';
import { buildGraph } from '../../src/core/graph.js';
import { draw, type Tree } from '../support/tree.js';

/** One line per package: counts, then the places. */
async function check(tree: Tree, expected: readonly string[], wanted = (_: string) => true) {
  const { linker } = await draw(tree);
  const graph = buildGraph(linker, wanted);
  const paths = graph.modules.map(({ path }) => path);
  expect(
    brokenPackages(paths, graph.unresolved).map(
      ({ path, affected, modules, failing, imports, guarded, places }) =>
        `${path}: ${affected}/${modules} failing ${failing} imports ${imports} guarded ${guarded}; ` +
        places.map((place) => `${place.path.slice(path.length + 1)}:${place.line} ${place.name}`).join(' '),
    ),
  ).toEqual(expected);
}

const PACKAGE = { 'pkg/__init__.py': '', 'pkg/a.py': 'X = 1\n', 'other/__init__.py': '' };

it('is nothing where all resolves', () => check({ ...PACKAGE, 'pkg/b.py': 'from .a import X\nimport os\n' }, []));

it('counts modules, imports, and those that are swallowed', () =>
  check(
    {
      ...PACKAGE,
      'pkg/b.py': 'from .gone import (\n    A,\n    B,\n)\nfrom .a import Y\n',
      'pkg/c.py': 'try:\n    from .gone import A\nexcept ImportError:\n    A = None\n',
      'pkg/d.py': 'def f():\n    from .gone import A\n',
      'other/e.py': 'import pkg.gone\n',
    },
    [
      'pkg: 3/5 failing 1 imports 4 guarded 1; b.py:2 .gone b.py:5 .a.Y c.py:2 .gone d.py:2 .gone',
      'other: 1/2 failing 1 imports 1 guarded 0; e.py:1 pkg.gone',
    ],
  ));

it('counts a directory without __init__ and the top alike', () =>
  check({ ...PACKAGE, 'scripts/x.py': 'import pkg.gone\n' }, [
    'scripts: 1/1 failing 1 imports 1 guarded 0; x.py:1 pkg.gone',
  ]));
