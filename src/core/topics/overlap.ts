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
  const overlaps = group.map(() => new Map<number, number>());
  group.forEach(({ terms }, index) => {
    for (const [at, sums] of sumsAfter(index, terms, having)) {
      const overlap = overlapOf(sums, totals[index] as Sums, totals[at] as Sums);
      overlaps[index]?.set(at, overlap);
      overlaps[at]?.set(index, overlap);
    }
  });
  return overlaps;
}

function totalsOf(terms: Terms, skipped: ReadonlySet<string>): Sums {
  const sums = { definitions: 0, calls: 0, docstrings: 0 };
  for (const [key, { role, weight }] of terms) if (!skipped.has(key)) sums[role] += weight;
  return sums;
}

/** The modules that have a term, by rising index, with its weight in each. */
interface Having {
  readonly modules: number[];
  readonly weights: number[];
}

function indexOf(group: readonly Weighed[], skipped: ReadonlySet<string>): Map<string, Having> {
  const index = new Map<string, Having>();
  group.forEach(({ terms }, at) => {
    for (const [key, { weight, isInterface }] of terms) {
      if (isInterface || skipped.has(key)) continue;
      const having = index.get(key) ?? { modules: [], weights: [] };
      having.modules.push(at);
      having.weights.push(weight);
      index.set(key, having);
    }
  });
  return index;
}

/** What a module shares with each one after it: of each common term the smaller weight. */
function sumsAfter(own: number, terms: Terms, having: ReadonlyMap<string, Having>): Map<number, Sums> {
  const found = new Map<number, Sums>();
  for (const [key, { role, weight, isInterface }] of terms) {
    const others = isInterface ? undefined : having.get(key);
    if (!others) continue;
    const { modules, weights } = others;
    for (let i = modules.length - 1; i >= 0 && (modules[i] as number) > own; i--) {
      const at = modules[i] as number;
      let sums = found.get(at);
      if (!sums) {
        sums = { definitions: 0, calls: 0, docstrings: 0 };
        found.set(at, sums);
      }
      sums[role] += Math.min(weight, weights[i] as number);
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
