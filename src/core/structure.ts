/** What two modules have in common whatever its order and whatever its names, by weight. */
import type { Outline, OutlineSymbol } from './outline.js';
import type { RenamedSymbol } from './renames.js';
import { BELOW_ONE } from './similarity.js';
import type { Matched } from './symbol-differences.js';

export interface Structure {
  /** Twice the weight of the symbols that both have over the weight of all, 0 to 1. Imports do not count. */
  readonly structure: number;
  /** That weight over the weight of the smaller one. */
  readonly contained: number;
}

export function sharedStructure(
  keep: Outline,
  remove: Outline,
  matched: Matched,
  renamed: readonly RenamedSymbol[],
): Structure {
  const [a, b] = [counted(keep), counted(remove)];
  const names = new Map(renamed.filter(({ same }) => same).map((each) => [each.keep, each.remove]));
  const others = new Map(b.map((symbol) => [symbol.qualname, symbol]));
  for (const pair of matched.pairs)
    if (!names.has(pair.keep.qualname)) names.set(pair.keep.qualname, pair.remove.qualname);
  const common = a.filter((symbol) => {
    const other = others.get(names.get(symbol.qualname) ?? '');
    return other !== undefined && other.shape === symbol.shape;
  });
  const [weight, sizes] = [weightOf(common), [weightOf(a), weightOf(b)] as const];
  const total = Math.max(1, sizes[0] + sizes[1]);
  return {
    structure: Math.min((2 * weight) / total, BELOW_ONE),
    contained: Math.min(1, weight / Math.max(1, Math.min(...sizes))),
  };
}

/** A class stands in its members. */
function counted({ symbols }: Outline): OutlineSymbol[] {
  return symbols.filter(({ kind }) => kind !== 'import' && kind !== 'class');
}

function weightOf(symbols: readonly OutlineSymbol[]): number {
  return symbols.reduce((sum, { weight }) => sum + weight, 0);
}
