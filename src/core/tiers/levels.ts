/**
 * Levels from who imports whom: what imports nothing is at the bottom, everything else above all that it imports. Where
 * some import each other there is no such order; the one is taken that the fewest imports speak against (Eades, Lin and
 * Smyth 1993), inside each strongly connected component by itself.
 */
import { stronglyConnected } from '../components.js';

/** From importer to imported, with how many imports stand for it. */
export interface Weighted {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

type Weights = ReadonlyMap<number, ReadonlyMap<number, number>>;

/** The level of each of `members`, from 0; edges among them only. Equal input gives equal levels. */
export function levelsOf(members: readonly number[], edges: readonly Weighted[]): Map<number, number> {
  const successors = successorsOf(edges);
  const next = (node: string) => [...(successors.get(Number(node))?.keys() ?? [])].map(String);
  // What a component leads to comes before it: read in this order, every forward edge leads to what has its level.
  const components = stronglyConnected(members.map(String), next);
  const levels = new Map<number, number>();
  for (const component of components) {
    const order = component.length > 1 ? importersFirst(component.map(Number).sort(byNumber), successors) : component;
    for (const node of order.map(Number).reverse()) {
      const below = [...(successors.get(node)?.keys() ?? [])].flatMap((to) => levels.get(to) ?? []);
      levels.set(node, Math.max(-1, ...below) + 1);
    }
  }
  return levels;
}

const byNumber = (a: number, b: number) => a - b;

function successorsOf(edges: readonly Weighted[]): Map<number, Map<number, number>> {
  const found = new Map<number, Map<number, number>>();
  for (const { from, to, weight } of edges) {
    if (from === to) continue;
    const own = found.get(from) ?? new Map<number, number>();
    own.set(to, (own.get(to) ?? 0) + weight);
    found.set(from, own);
  }
  return found;
}

/** Members of one component: what only imports goes first, what is only imported last, between them what imports most. */
function importersFirst(members: readonly number[], weights: Weights): number[] {
  const [out, into] = [new Map(members.map((node) => [node, 0])), new Map(members.map((node) => [node, 0]))];
  const predecessors = new Map<number, Map<number, number>>(members.map((node) => [node, new Map()]));
  for (const from of members) {
    for (const [to, weight] of weights.get(from) ?? []) {
      if (!out.has(to)) continue;
      out.set(from, (out.get(from) as number) + weight);
      into.set(to, (into.get(to) as number) + weight);
      predecessors.get(to)?.set(from, weight);
    }
  }
  const left = new Set(members);
  const [first, last]: [number[], number[]] = [[], []];
  while (left.size > 0) {
    const node = chosen(left, out, into);
    (out.get(node) === 0 ? last : first).push(node);
    left.delete(node);
    for (const [to, weight] of weights.get(node) ?? [])
      if (left.has(to)) into.set(to, (into.get(to) as number) - weight);
    for (const [from, weight] of predecessors.get(node) ?? [])
      if (left.has(from)) out.set(from, (out.get(from) as number) - weight);
  }
  return [...first, ...last.reverse()];
}

function chosen(left: ReadonlySet<number>, out: ReadonlyMap<number, number>, into: ReadonlyMap<number, number>) {
  let best = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (const node of left) {
    if (out.get(node) === 0 || into.get(node) === 0) return node;
    const gain = (out.get(node) as number) - (into.get(node) as number);
    if (gain > most) [best, most] = [node, gain];
  }
  return best;
}
