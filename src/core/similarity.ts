/**
 * How alike two lists of lines are: twice the weight they have in common, in the same order, over their whole weight.
 *
 * Work is bounded. Lines that the other side lacks are dropped first (they cannot be common), then lines unique on both
 * sides anchor the rest, and what lies between anchors is compared exactly while the budget lasts. Beyond it the figure is a
 * lower bound: it never says more alike than is so.
 */

/** A text, or a hash of one. */
type Line = string | number;

/** Cells of exact comparison that one pair may cost: about a tenth of a second. */
const BUDGET = 20_000_000;

/** 0 (nothing in common) to 1. Equal lists give exactly 1, also when both are empty; others less than 1. */
export function similarity<T extends Line>(
  a: readonly T[],
  b: readonly T[],
  weigh: (line: T) => number = () => 1,
): number {
  const total = weightOf(a, weigh) + weightOf(b, weigh);
  if (a.length === b.length && a.every((line, i) => line === b[i])) return 1;
  return total === 0 ? 0 : Math.min((2 * commonWeight(a, b, weigh)) / total, BELOW_ONE);
}

/** What differs at all is never shown as the same. */
export const BELOW_ONE = 1 - 1e-6;

/** Words of a normalised line. */
export function wordsOf(line: string): number {
  let count = 1;
  for (let at = line.indexOf('\n'); at >= 0; at = line.indexOf('\n', at + 1)) count++;
  return count;
}

function weightOf<T extends Line>(lines: readonly T[], weigh: (line: T) => number): number {
  return lines.reduce((sum, line) => sum + weigh(line), 0);
}

/** Lines as numbers, with the weight of each number. */
interface Numbered {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly weights: readonly number[];
}

/** A stretch of both lists: `a[aFrom..aTo)` against `b[bFrom..bTo)`. */
interface Gap {
  readonly aFrom: number;
  readonly aTo: number;
  readonly bFrom: number;
  readonly bTo: number;
}

function commonWeight<T extends Line>(a: readonly T[], b: readonly T[], weigh: (line: T) => number): number {
  const lines = numbered(a, b, weigh);
  let common = 0;
  let budget = BUDGET;
  const whole = { aFrom: 0, aTo: lines.a.length, bFrom: 0, bTo: lines.b.length };
  for (const gap of gapsBetweenAnchors(lines, whole)) {
    const { rest, weight } = trimmed(lines, gap);
    common += weight;
    const cells = (rest.aTo - rest.aFrom) * (rest.bTo - rest.bFrom);
    if (cells === 0 || cells > budget) continue;
    budget -= cells;
    common += longestCommon(lines, rest);
  }
  return common;
}

/** Numbers equal lines alike and drops those that only one side has. */
function numbered<T extends Line>(a: readonly T[], b: readonly T[], weigh: (line: T) => number): Numbered {
  const [inA, inB] = [new Set(a), new Set(b)];
  const numbers = new Map<T, number>();
  const weights: number[] = [];
  const number = (line: T): number => {
    let known = numbers.get(line);
    if (known === undefined) {
      known = weights.push(weigh(line)) - 1;
      numbers.set(line, known);
    }
    return known;
  };
  return {
    a: a.filter((line) => inB.has(line)).map(number),
    b: b.filter((line) => inA.has(line)).map(number),
    weights,
  };
}

/** Cuts a stretch at lines that occur once on each side and stand in the same order; each gap begins with its anchor. */
function gapsBetweenAnchors(lines: Numbered, whole: Gap): Gap[] {
  const anchors = increasing(uniquePairs(lines));
  const starts = [{ a: whole.aFrom, b: whole.bFrom }, ...anchors];
  return starts.map((start, i) => {
    const next = starts[i + 1] ?? { a: whole.aTo, b: whole.bTo };
    return { aFrom: start.a, aTo: next.a, bFrom: start.b, bTo: next.b };
  });
}

interface Anchor {
  readonly a: number;
  readonly b: number;
}

function uniquePairs({ a, b }: Numbered): Anchor[] {
  const [placesA, placesB] = [uniquePlaces(a), uniquePlaces(b)];
  const pairs: Anchor[] = [];
  a.forEach((line, i) => {
    const place = placesB.get(line);
    if (placesA.get(line) === i && place !== undefined && place >= 0) pairs.push({ a: i, b: place });
  });
  return pairs;
}

/** Where each line stands; -1 for a line that occurs more than once. */
function uniquePlaces(lines: readonly number[]): Map<number, number> {
  const places = new Map<number, number>();
  lines.forEach((line, i) => {
    places.set(line, places.has(line) ? -1 : i);
  });
  return places;
}

/** The longest run of anchors (given in order of `a`) that rises in `b` too. */
function increasing(anchors: readonly Anchor[]): Anchor[] {
  return longestIncreasing(anchors.map((anchor) => anchor.b)).map((index) => anchors[index] as Anchor);
}

/** Indices of a longest strictly rising subsequence, in O(n log n). */
export function longestIncreasing(values: readonly number[]): number[] {
  const tails: number[] = [];
  const previous: number[] = [];
  values.forEach((value, i) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] as number] as number) < value) low = middle + 1;
      else high = middle;
    }
    previous[i] = low > 0 ? (tails[low - 1] as number) : -1;
    tails[low] = i;
  });
  const found: number[] = [];
  for (let i = tails.at(-1) ?? -1; i >= 0; i = previous[i] as number) found.push(i);
  return found.reverse();
}

/** Takes equal lines off both ends. */
function trimmed({ a, b, weights }: Numbered, gap: Gap): { rest: Gap; weight: number } {
  let { aFrom, aTo, bFrom, bTo } = gap;
  let weight = 0;
  while (aFrom < aTo && bFrom < bTo && a[aFrom] === b[bFrom]) {
    weight += weights[a[aFrom] as number] as number;
    aFrom++;
    bFrom++;
  }
  while (aFrom < aTo && bFrom < bTo && a[aTo - 1] === b[bTo - 1]) {
    weight += weights[a[aTo - 1] as number] as number;
    aTo--;
    bTo--;
  }
  return { rest: { aFrom, aTo, bFrom, bTo }, weight };
}

/** Weight of the heaviest common subsequence, in two rows of memory. */
function longestCommon({ a, b, weights }: Numbered, gap: Gap): number {
  const width = gap.bTo - gap.bFrom;
  let above = new Float64Array(width + 1);
  let row = new Float64Array(width + 1);
  for (let i = gap.aFrom; i < gap.aTo; i++) {
    const line = a[i] as number;
    for (let j = 1; j <= width; j++) {
      const equal = line === b[gap.bFrom + j - 1] ? (above[j - 1] as number) + (weights[line] as number) : 0;
      row[j] = Math.max(equal, above[j] as number, row[j - 1] as number);
    }
    [above, row] = [row, above];
  }
  return above[width] as number;
}
