/**
 * How far the modules of a group do the same job: what each two share of what they define, call and say, by weight. An index
 * from terms to modules finds the pairs: those that share nothing cost nothing.
 */
import { ROLES, type Role } from './vocabulary.js';
import type { Term, Weighed } from './weights.js';

/** By role and words. */
export type Terms = ReadonlyMap<string, Term>;

type Sums = Record<Role, number>;

/** What modules define is worth as much as what they call and what their docstrings say together. */
const WORTH: Readonly<Record<Role, number>> = { definitions: 0.5, calls: 0.25, docstrings: 0.25 };

/** For each module of a group, by the index of the other: 0 to 1, and nothing for others that share nothing. */
export function overlapsIn(group: readonly Weighed[], skipped: ReadonlySet<string>): Map<number, number>[] {
  const totals = group.map(({ terms }) => totalsOf(terms, skipped));
  const having = indexOf(group, skipped);
  return group.map((own, index) => {
    const overlaps = new Map<number, number>();
    for (const [at, sums] of sumsBy(own, index, group, having))
      overlaps.set(at, overlapOf(sums, totals[index] as Sums, totals[at] as Sums));
    return overlaps;
  });
}

function totalsOf(terms: Terms, skipped: ReadonlySet<string>): Sums {
  const sums = { definitions: 0, calls: 0, docstrings: 0 };
  for (const [key, { role, weight }] of terms) if (!skipped.has(key)) sums[role] += weight;
  return sums;
}

function indexOf(group: readonly Weighed[], skipped: ReadonlySet<string>): Map<string, number[]> {
  const having = new Map<string, number[]>();
  group.forEach(({ terms }, index) => {
    for (const [key, { isInterface }] of terms) {
      if (isInterface || skipped.has(key)) continue;
      const known = having.get(key);
      if (known) known.push(index);
      else having.set(key, [index]);
    }
  });
  return having;
}

/** What a module shares with each other one: of each common term the smaller weight. */
function sumsBy(
  { terms }: Weighed,
  index: number,
  group: readonly Weighed[],
  having: ReadonlyMap<string, readonly number[]>,
): Map<number, Sums> {
  const found = new Map<number, Sums>();
  for (const [key, { role, weight, isInterface }] of terms) {
    if (isInterface) continue;
    for (const at of having.get(key) ?? []) {
      const theirs = group[at]?.terms.get(key);
      if (at === index || !theirs) continue;
      const sums = found.get(at) ?? { definitions: 0, calls: 0, docstrings: 0 };
      sums[role] += Math.min(weight, theirs.weight);
      found.set(at, sums);
    }
  }
  return found;
}

/** The mean over what both have any of. Against the geometric mean of both sizes: a large module does not contain every small one. */
function overlapOf(shared: Sums, a: Sums, b: Sums): number {
  let sum = 0;
  let worth = 0;
  for (const role of ROLES) {
    if (a[role] === 0 || b[role] === 0) continue;
    worth += WORTH[role];
    sum += (WORTH[role] * shared[role]) / Math.sqrt(a[role] * b[role]);
  }
  return worth === 0 ? 0 : Math.min(1, sum / worth);
}

/** The heaviest first; no word beside a name that it is part of. */
export function sharedTerms(terms: Terms, others: Terms, skipped: ReadonlySet<string>): Term[] {
  const shared = [...terms].flatMap(([key, term]): Term[] => {
    const theirs = others.get(key);
    if (!theirs || term.isInterface || theirs.isInterface || skipped.has(key)) return [];
    return [{ ...term, weight: Math.min(term.weight, theirs.weight) }];
  });
  const parts = new Set(
    shared.flatMap(({ role, words }) => (words.includes(' ') ? words.split(' ').map((word) => `${role} ${word}`) : [])),
  );
  return shared
    .filter(({ role, words }) => !parts.has(`${role} ${words}`))
    .sort((a, b) => b.weight - a.weight || (a.words < b.words ? -1 : 1));
}
