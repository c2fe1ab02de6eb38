import type { Facts } from '../../src/core/facts.js';

export function importRows(facts: Facts, withNameLines?: boolean): string[];
export function knowsNameLines(rows: readonly string[]): boolean;
export function scopeRows(facts: Facts, lineOf: (offset: number) => number): string[];
export function loadRows(facts: Facts): string[];
export function difference(
  expected: readonly string[],
  found: readonly string[],
): { missing: string[]; invented: string[] };
