/** Duplicates and comparisons in the shape of the JSON contract. */
import type { Comparison } from '../core/compare.js';
import type { Family } from '../core/families.js';

/** One row of `data.pairs`. */
export function comparisonData(pair: { readonly keep: string; readonly remove: string }, comparison: Comparison) {
  const { lines, similarity, structure, verdict, symbols, reason } = comparison;
  return { keep: pair.keep, remove: pair.remove, lines, similarity, structure, verdict, symbols, reason };
}

/** `data.families`. */
export function familiesData(families: readonly Family[]) {
  return families.map(({ found, keep, members, reasons }) => ({ found, keep, members, reasons }));
}
