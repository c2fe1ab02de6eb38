/**
 * Packages as tiers: a level for each among those around it, by the direction of the imports that run at import time, and
 * the imports that go against it. Levels come from the imports themselves, so an import that goes against them is one
 * that would have to be turned round before the packages are layers.
 */
import type { When } from '../facts.js';
import { type Cycle, type ImportGraph, runsAtImport } from '../graph.js';
import { levelsOf, type Weighted } from './levels.js';
import { childrenOf, groupedTree, type NamedModule, packageTree, type TreeNode } from './package-tree.js';

export interface TierNode extends TreeNode {
  /** Among those of the same parent; 0 imports none of them. */
  readonly level: number;
}

/** All imports from one module to another. */
export interface TierArrow {
  /** Indices of nodes. */
  readonly from: number;
  readonly to: number;
  /** Of the first that runs earliest. */
  readonly line: number;
  readonly when: When;
  readonly count: number;
  /** Some of them run when the importer is imported. */
  readonly early: boolean;
  /** Leads to a package (or a module beside it) that is not below the importer's. */
  readonly against: boolean;
  /** Part of a cycle of modules at import time. */
  readonly inCycle: boolean;
}

/** An import that goes against the levels, of the two that lie beside each other. */
export interface Violation {
  readonly arrow: TierArrow;
  readonly from: string;
  readonly to: string;
}

export interface Tiers {
  readonly nodes: readonly TierNode[];
  readonly arrows: readonly TierArrow[];
  /** Those at import time, from packages and modules to what lies beside them. */
  readonly violations: readonly Violation[];
}

/** @param nameOf names modules outside of the chosen part, which are imported by it */
export function tiersOf(graph: ImportGraph, cycles: readonly Cycle[], nameOf: (path: string) => string): Tiers {
  const real = packageTree(modulesOf(graph, nameOf));
  const plain = plainArrows(graph, cycles, real);
  const levels = nestedLevels(real, plain);
  const sides = siblings(real);
  const violations: Violation[] = [];
  const found = plain.map((arrow) => {
    const [from, to] = sides(arrow.from, arrow.to);
    const against = (levels[from] as number) <= (levels[to] as number);
    const judged = { ...arrow, against };
    if (against && arrow.early)
      violations.push({ arrow: judged, from: real[from]?.name ?? '', to: real[to]?.name ?? '' });
    return judged;
  });
  return drawn(real, found, violations);
}

/** In the tree as it is drawn, groups included, everything has other numbers. */
function drawn(real: readonly TreeNode[], judged: readonly TierArrow[], violations: readonly Violation[]): Tiers {
  const tree = groupedTree(real);
  const place = new Map(tree.flatMap(({ path }, index) => (path === null ? [] : [[path, index] as const])));
  const at = (index: number) => place.get(real[index]?.path as string) as number;
  const moved = new Map(judged.map((arrow) => [arrow, { ...arrow, from: at(arrow.from), to: at(arrow.to) }]));
  const arrows = [...moved.values()];
  const levels = nestedLevels(tree, arrows);
  return {
    nodes: tree.map((node, index) => ({ ...node, level: levels[index] as number })),
    arrows,
    violations: violations.map((each) => ({ ...each, arrow: moved.get(each.arrow) as TierArrow })),
  };
}

function modulesOf(graph: ImportGraph, nameOf: (path: string) => string): NamedModule[] {
  const known = new Map(graph.modules.map(({ path, name }) => [path, name]));
  for (const { importedPath } of graph.imports)
    if (!known.has(importedPath)) known.set(importedPath, nameOf(importedPath));
  return [...known].map(([path, name]) => ({ path, name }));
}

const EARLIEST: readonly When[] = ['runtime', 'conditional', 'guarded', 'lazy', 'typing'];

/** Implicit imports of parent packages follow from the others and would hide them. */
function plainArrows(graph: ImportGraph, cycles: readonly Cycle[], nodes: readonly TreeNode[]): TierArrow[] {
  const index = new Map(nodes.flatMap(({ path }, at) => (path === null ? [] : [[path, at] as const])));
  const cycleOf = new Map(
    cycles.flatMap(({ kind, paths }, at) => (kind === 'import-time' ? paths.map((path) => [path, at] as const) : [])),
  );
  const found = new Map<number, TierArrow>();
  for (const edge of graph.imports) {
    const [from, to] = [index.get(edge.path), index.get(edge.importedPath)];
    if (from === undefined || to === undefined || from === to || edge.form === 'implicit') continue;
    const key = from * nodes.length + to;
    const known = found.get(key);
    const early = runsAtImport(edge);
    const isFirst = !known || EARLIEST.indexOf(edge.when) < EARLIEST.indexOf(known.when);
    const cycle = cycleOf.get(edge.path);
    found.set(key, {
      from,
      to,
      line: isFirst ? edge.line : known.line,
      when: isFirst ? edge.when : known.when,
      count: (known?.count ?? 0) + 1,
      early: early || known?.early === true,
      against: false,
      inCycle: (early && cycle !== undefined && cycle === cycleOf.get(edge.importedPath)) || known?.inCycle === true,
    });
  }
  return [...found.values()];
}

/** Two modules -> what of them lies side by side: the outermost that they do not share. */
function siblings(nodes: readonly TreeNode[]): (a: number, b: number) => [number, number] {
  const parentOf = (node: number) => nodes[node]?.parent ?? -1;
  const depths: number[] = [];
  for (const { parent } of nodes) depths.push(parent < 0 ? 0 : (depths[parent] as number) + 1);
  const depthOf = (node: number) => depths[node] as number;
  return (a, b) => {
    let [from, to] = [a, b];
    while (depthOf(from) > depthOf(to)) from = parentOf(from);
    while (depthOf(to) > depthOf(from)) to = parentOf(to);
    while (parentOf(from) !== parentOf(to)) [from, to] = [parentOf(from), parentOf(to)];
    return [from, to];
  };
}

/** The level of each node among its siblings. */
function nestedLevels(nodes: readonly TreeNode[], arrows: readonly TierArrow[]): number[] {
  const sides = siblings(nodes);
  const edges = new Map<number, Weighted[]>();
  for (const { from: a, to: b, early, count } of arrows) {
    if (!early) continue;
    const [from, to] = sides(a, b);
    const parent = nodes[from]?.parent as number;
    const own = edges.get(parent);
    if (own) own.push({ from, to, weight: count });
    else edges.set(parent, [{ from, to, weight: count }]);
  }
  const levels = new Array<number>(nodes.length).fill(0);
  for (const [parent, children] of childrenOf(nodes))
    for (const [node, level] of levelsOf(children, edges.get(parent) ?? [])) levels[node] = level;
  return levels;
}
