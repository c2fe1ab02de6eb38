/** Which modules are copies by their contents: candidates of the index, compared symbol by symbol, in groups. */
import type { Shared } from '../compare.js';
import type { Candidate } from './candidates.js';
import { completeLinkage, components, type Link } from './linkage.js';
import type { CodePrint } from './model.js';

/** What must be alike, of code by weight. Calibrated on copies planted in real packages and on what was found there besides. */
const ALIKE = 0.6;

/** Where one is wholly part of the other it may be much smaller. */
const CONTAINED = 0.85;

/** Smaller modules are stubs: two of them are alike by chance. */
const LEAST_TOKENS = 60;
const LEAST_LINES = 8;

/** Of more members not each is compared with each. */
const MOST_COMPARED = 120;

/** Two that lack at most a fifth of what a third one has lack at most two fifths of each other: enough to be alike. */
const VERY_ALIKE = 0.8;

export function isLargeEnough({ tokens, hashes }: CodePrint): boolean {
  return tokens >= LEAST_TOKENS && hashes.length >= LEAST_LINES;
}

export function isCopy({ structure, contained }: Shared): boolean {
  return structure >= ALIKE || contained >= CONTAINED;
}

/** Modules of the same bytes, by number; the first of them stands for all. Those that nobody else equals are alone. */
function byContent(count: number, contentOf: (number: number) => string): number[][] {
  const groups = new Map<string, number[]>();
  for (let number = 0; number < count; number++) {
    const content = contentOf(number);
    const known = groups.get(content);
    if (known) known.push(number);
    else groups.set(content, [number]);
  }
  return [...groups.values()];
}

/** Candidates, each by the first module of its bytes: what has to be compared. */
export interface OpenPairs {
  readonly pairs: readonly (readonly [number, number])[];
  /** Modules of the same bytes, by each of them. */
  readonly equal: ReadonlyMap<number, readonly number[]>;
}

/** @param contentOf names the bytes of a module */
export function openPairs(
  prints: readonly CodePrint[],
  candidates: readonly Candidate[],
  contentOf: (number: number) => string,
): OpenPairs {
  const equal = new Map(byContent(prints.length, contentOf).flatMap((all) => all.map((number) => [number, all])));
  const standFor = (number: number) => (equal.get(number) as number[])[0] as number;
  const pairs = distinct(candidates.map(({ a, b }) => [standFor(a), standFor(b)])).filter((pair) =>
    pair.every((number) => isLargeEnough(prints[number] as CodePrint)),
  );
  return { pairs, equal };
}

/**
 * Groups of modules, by number, that are all copies of each other.
 * @param compare two modules; `null` where they cannot be compared
 */
export function moduleCopies(
  prints: readonly CodePrint[],
  { pairs, equal }: OpenPairs,
  compare: (a: number, b: number) => Shared | null,
): number[][] {
  const found = linked(pairs, compare);
  // The index joins only neighbours of a large family, so its other pairs are compared now.
  const joined = components(found);
  const large = joined.filter(({ length }) => length > MOST_COMPARED).flatMap((group) => ledGroups(group, compare));
  const led = new Set(large.flat());
  const others = joined
    .filter(({ length }) => length > 2 && length <= MOST_COMPARED)
    .flatMap((group) => group.flatMap((a, index) => group.slice(index + 1).map((b): [number, number] => [a, b])));
  const known = new Set(pairs.map(String));
  const more = linked(
    others.filter((pair) => !known.has(String(pair))),
    compare,
  );
  const groups = [...large, ...completeLinkage([...found, ...more].filter(({ a, b }) => !led.has(a) && !led.has(b)))];
  groups.push(...apart([...found, ...more], groups));
  const grouped = new Set(groups.flat());
  // The same bytes are a copy also where there is little but imports.
  const alone = [...new Set(equal.values())].filter(
    ([first]) => !grouped.has(first as number) && (prints[first as number] as CodePrint).allTokens >= LEAST_TOKENS,
  );
  return [...groups.map((group) => group.flatMap((number) => equal.get(number) as number[])), ...alone]
    .filter(({ length }) => length > 1)
    .map((group) => [...group].sort((x, y) => x - y))
    .sort((x, y) => (x[0] as number) - (y[0] as number));
}

/**
 * Families among too many modules to compare each with each: all that are so like one of them that they cannot be unlike each
 * other. What is like none of the first leaders is left to its neighbours.
 */
function ledGroups(group: readonly number[], compare: (a: number, b: number) => Shared | null): number[][] {
  const groups: number[][] = [];
  let open = group;
  for (let leaders = 0; leaders < MOST_COMPARED && open.length > 0; leaders++) {
    const [leader, ...others] = open as [number, ...number[]];
    const alike = new Set(others.filter((each) => (compare(leader, each)?.structure ?? 0) >= VERY_ALIKE));
    if (alike.size > 0) groups.push([leader, ...alike]);
    open = others.filter((each) => !alike.has(each));
  }
  return groups;
}

/** Pairs whose groups are not the same although one is the nearest that the other has: a copy of one member of a large family. */
function apart(links: readonly Link[], groups: readonly (readonly number[])[]): number[][] {
  const groupOf = new Map(groups.flatMap((group) => group.map((number) => [number, group] as const)));
  const nearest = new Map<number, Link>();
  for (const link of links)
    for (const number of [link.a, link.b])
      if (link.similarity > (nearest.get(number)?.similarity ?? VERY_ALIKE)) nearest.set(number, link);
  const pairs = [...nearest.values()].filter(({ a, b }) => !groupOf.has(a) || groupOf.get(a) !== groupOf.get(b));
  return distinct(pairs.map(({ a, b }) => [a, b])).map((pair) => [...pair]);
}

/** Each pair of two once, the lower number first. */
function distinct(pairs: readonly (readonly [number, number])[]): [number, number][] {
  const unique = new Map<string, [number, number]>();
  for (const [a, b] of pairs) {
    const pair: [number, number] = a < b ? [a, b] : [b, a];
    if (a !== b) unique.set(String(pair), pair);
  }
  return [...unique.values()];
}

function linked(
  pairs: readonly (readonly [number, number])[],
  compare: (a: number, b: number) => Shared | null,
): Link[] {
  return pairs.flatMap(([a, b]): Link[] => {
    const comparison = compare(a, b);
    return comparison && isCopy(comparison) ? [{ a, b, similarity: comparison.structure }] : [];
  });
}
