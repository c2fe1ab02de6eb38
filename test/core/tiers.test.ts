/** Levels by import direction, imports against them, and the tree of packages that a picture starts from. */
import { describe, expect, it } from 'vitest';
import { cyclesOf } from '../../src/core/graph.js';
import { levelsOf } from '../../src/core/tiers/levels.js';
import { groupedTree, packageTree } from '../../src/core/tiers/package-tree.js';
import { type Tiers, tiersOf } from '../../src/core/tiers/tiers.js';
import { graph, nameOf } from '../report/support.js';

const tiers = (drawing: string): Tiers => {
  const built = graph(drawing);
  return tiersOf(built, cyclesOf(built), nameOf);
};
const levels = ({ nodes }: Tiers) => Object.fromEntries(nodes.map(({ name, level }) => [name, level]));
const against = ({ violations }: Tiers) => violations.map(({ from, to }) => `${from} -> ${to}`);

describe('levels', () => {
  it('stand above all that is imported', () => {
    const found = tiers('app -> pkg.a\npkg.a -> lib.x\napp -> lib.x\nlib.x -> base');
    expect(levels(found)).toMatchObject({ base: 0, lib: 1, pkg: 2, app: 3 });
    expect(against(found)).toEqual([]);
  });

  it('of packages that import each other are those that the fewest imports speak against', () => {
    const found = tiers('ui.a -> core.x\nui.b -> core.x\nui.c -> core.y\ncore.y -> ui.a');
    expect(levels(found)).toMatchObject({ core: 0, ui: 1 });
    expect(against(found)).toEqual(['core -> ui']);
    expect(found.violations[0]?.arrow).toMatchObject({ line: 4, early: true, against: true });
  });

  it('are not made by imports that run later, which may go against them', () => {
    const found = tiers('ui.a -> core.x\ncore.x -> ui.a lazy');
    expect(against(found)).toEqual([]);
    expect(found.arrows.filter((arrow) => arrow.against)).toMatchObject([{ early: false }]);
  });

  it('are those of each package by itself', () => {
    const found = tiers('pkg.a -> pkg.b\npkg.b -> pkg.sub.x\npkg.sub.y -> pkg.sub.x');
    expect(levels(found)).toMatchObject({ 'pkg.sub': 0, 'pkg.b': 1, 'pkg.a': 2, 'pkg.sub.x': 0, 'pkg.sub.y': 1 });
  });

  it('mark the imports of a cycle of modules', () => {
    const found = tiers('a -> b\nb -> c\nc -> a\nd -> a');
    expect(found.arrows.filter(({ inCycle }) => inCycle)).toHaveLength(3);
    expect(found.violations).toHaveLength(1);
  });

  it('are equal for equal input, whatever its order', () => {
    const edges = [
      { from: 0, to: 1, weight: 1 },
      { from: 1, to: 2, weight: 1 },
      { from: 2, to: 0, weight: 1 },
      { from: 3, to: 0, weight: 5 },
    ];
    const sorted = (found: Map<number, number>) => [...found].sort(([a], [b]) => a - b);
    expect(sorted(levelsOf([3, 2, 1, 0], [...edges].reverse()))).toEqual(sorted(levelsOf([0, 1, 2, 3], edges)));
  });

  it('take no recursion: a chain of thousands', () => {
    const edges = Array.from({ length: 20_000 }, (_, from) => ({ from, to: from + 1, weight: 1 }));
    const members = Array.from({ length: 20_001 }, (_, node) => node);
    expect(levelsOf(members, edges).get(0)).toBe(20_000);
  });
});

describe('the tree of packages', () => {
  const modules = (...names: string[]) => names.map((name) => ({ name, path: `${name.replaceAll('.', '/')}.py` }));

  it('joins what holds only one package', () => {
    const nodes = packageTree(modules('a.b.c.x', 'a.b.c.y'));
    expect(nodes.map(({ label, name, parent }) => [label, name, parent])).toEqual([
      ['a.b.c', 'a.b.c', -1],
      ['x', 'a.b.c.x', 0],
      ['y', 'a.b.c.y', 0],
    ]);
  });

  it('puts the __init__ of a package into it', () => {
    const nodes = packageTree([
      { name: 'pkg', path: 'src/pkg/__init__.py' },
      { name: 'pkg.x', path: 'src/pkg/x.py' },
    ]);
    expect(nodes.map(({ label, parent }) => [label, parent])).toEqual([
      ['pkg', -1],
      ['__init__', 0],
      ['x', 0],
    ]);
  });

  it('puts files without a name into their directories', () => {
    const nodes = packageTree([{ name: 'tools/run-it.py', path: 'tools/run-it.py' }]);
    expect(nodes.map(({ label, name }) => [label, name])).toEqual([
      ['tools', 'tools'],
      ['run-it.py', 'tools/run-it.py'],
    ]);
  });

  it('puts the loose modules of a wide package together, many of them in parts', () => {
    const loose = Array.from({ length: 500 }, (_, index) => `m${String(index).padStart(3, '0')}`);
    const grouped = groupedTree(packageTree(modules(...loose, 'pkg.x')));
    const groups = grouped.filter(({ isGroup }) => isGroup);
    expect(groups.map(({ label }) => label)).toEqual(['m000 … m166', 'm167 … m333', 'm334 … m499']);
    expect(grouped.filter(({ parent }) => parent === -1)).toHaveLength(4);
    expect(grouped.filter(({ path }) => path !== null)).toHaveLength(501);
  });

  it('puts what another directory holds together at a wide top', () => {
    const tests = Array.from({ length: 80 }, (_, index) => ({ name: `t${index}.x`, path: `tests/t${index}/x.py` }));
    const grouped = groupedTree(packageTree([...tests, { name: 'pkg.x', path: 'pkg/x.py' }]));
    expect(grouped.filter(({ parent }) => parent === -1).map(({ label }) => label)).toEqual(['pkg', 'tests/']);
  });
});
