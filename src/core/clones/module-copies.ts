/** Which modules are copies by their contents: candidates of the index, compared symbol by symbol, in groups. */
import type { Comparison } from '../comparison.js';
import type { Candidate } from './candidates.js';
import { completeLinkage, components, type Link } from './linkage.js';
import type { CodePrint } from './model.js';

/** What must be alike, of code by weight. Calibrated on copies planted in real packages and on what was found there besides. */
const ALIKE = 0.6;

/** Where one is wholly part of the other it may be much smaller. */
const CONTAINED = 0.85;

/** Smaller modules are stubs: two of them are alike by chance. */
export const LEAST_TOKENS = 60;
export const LEAST_LINES = 8;

/** More members are compared with their neighbours only. */
const MOST_COMPARED = 60;

export function isLargeEnough({ tokens, hashes }: CodePrint): boolean {
  return tokens >= LEAST_TOKENS && hashes.length >= LEAST_LINES;
}

export function isCopy({ structure, contained }: Comparison): boolean {
  return structure >= ALIKE || contained >= CONTAINED;
}

/** The same bytes are a copy also where there is little but imports. */
function identical(prints: readonly CodePrint[], contentOf: (number: number) => string): Link[] {
  const first = new Map<string, number>();
  return prints.flatMap(({ allTokens }, b) => {
    const a = first.get(contentOf(b)) ?? b;
    first.set(contentOf(b), a);
    return a < b && allTokens >= LEAST_TOKENS ? [{ a, b, similarity: 1 }] : [];
  });
}

/**
 * Groups of modules, by number, that are all copies of each other.
 * @param contentOf names the bytes of a module
 * @param compare two modules; `null` where they cannot be compared
 */
export function moduleCopies(
  prints: readonly CodePrint[],
  candidates: readonly Candidate[],
  contentOf: (number: number) => string,
  compare: (a: number, b: number) => Comparison | null,
): number[][] {
  const isOpen = ({ a, b }: Pick<Candidate, 'a' | 'b'>) =>
    isLargeEnough(prints[a] as CodePrint) && isLargeEnough(prints[b] as CodePrint);
  const linked = (a: number, b: number): Link[] => {
    const comparison = compare(a, b);
    return comparison && isCopy(comparison) ? [{ a, b, similarity: comparison.structure }] : [];
  };
  const same = identical(prints, contentOf);
  const isSame = new Set(same.map(({ a, b }) => `${a} ${b}`));
  const isOther = ({ a, b }: Candidate) => !isSame.has(`${a} ${b}`) && isOpen({ a, b });
  const found = [...same, ...candidates.filter(isOther).flatMap(({ a, b }) => linked(a, b))];
  const known = new Set(found.map(({ a, b }) => `${a} ${b}`));
  // The index joins only neighbours of a large family, so its other pairs are compared now.
  const others = components(found)
    .filter(({ length }) => length > 2 && length <= MOST_COMPARED)
    .flatMap((group) => group.flatMap((a, index) => group.slice(index + 1).map((b) => ({ a, b }))))
    .filter(({ a, b }) => !known.has(`${a} ${b}`));
  return completeLinkage([...found, ...others.flatMap(({ a, b }) => linked(a, b))]);
}
