import type { Facts } from '../../src/core/facts.js';
import type { Skim } from '../../src/core/skim.js';

export function importRows(facts: Facts, withNameLines?: boolean): string[];
export function knowsNameLines(rows: readonly string[]): boolean;
export function scopeRows(facts: Facts, lineOf: (offset: number) => number): string[];
export function loadRows(facts: Facts): string[];
export function moduleRow(skim: Skim): string;
export function skimDifferences(one: Skim, other: Skim): { field: string; texts: string[] }[];
export function difference(
  expected: readonly string[],
  found: readonly string[],
): { missing: string[]; invented: string[] };
