/**
 * Groups in which everything is alike: complete linkage, so that a chain of small steps never joins what has nothing in common.
 * The most alike come first; of equals the lower numbers. Same input, same groups.
 */

/** Two things, by number, and how alike they are. */
export interface Link {
  readonly a: number;
  readonly b: number;
  readonly similarity: number;
}

/** Groups of at least two, their numbers rising; a pair without a link is not alike. */
export function completeLinkage(links: readonly Link[]): number[][] {
  const isLinked = new Set(links.map(({ a, b }) => keyOf(a, b)));
  const groupOf = new Map<number, number[]>();
  const groupFor = (number: number): number[] => {
    const known = groupOf.get(number) ?? [number];
    groupOf.set(number, known);
    return known;
  };
  const sorted = [...links].sort((x, y) => y.similarity - x.similarity || x.a - y.a || x.b - y.b);
  for (const { a, b } of sorted) {
    const [first, second] = [groupFor(a), groupFor(b)];
    if (first === second || !first.every((one) => second.every((other) => isLinked.has(keyOf(one, other))))) continue;
    first.push(...second);
    for (const number of second) groupOf.set(number, first);
  }
  const groups = [...new Set(groupOf.values())].filter((group) => group.length > 1);
  return groups.map((group) => group.sort((x, y) => x - y)).sort((x, y) => (x[0] as number) - (y[0] as number));
}

/** Numbers that links lead to each other, directly or not. */
export function components(links: readonly Pick<Link, 'a' | 'b'>[]): number[][] {
  const parents = new Map<number, number>();
  const top = (number: number): number => {
    let here = number;
    for (let up = parents.get(here); up !== undefined && up !== here; up = parents.get(here)) here = up;
    return here;
  };
  for (const { a, b } of links) {
    const [first, second] = [top(a), top(b)];
    parents.set(Math.max(first, second), Math.min(first, second));
    parents.set(Math.min(first, second), Math.min(first, second));
    for (const number of [a, b]) parents.set(number, Math.min(first, second));
  }
  const groups = new Map<number, number[]>();
  for (const number of [...parents.keys()].sort((x, y) => x - y))
    groups.set(top(number), [...(groups.get(top(number)) ?? []), number]);
  return [...groups.values()];
}

function keyOf(a: number, b: number): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
