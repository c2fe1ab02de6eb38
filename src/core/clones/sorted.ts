/** Sorting of many small numbers with what belongs to them. */

/** Indices of `keys`, or some of them, in rising order of the keys, equal keys as they stand: a radix sort of two rounds. */
export function sortedIndices(keys: Uint32Array, indices: Uint32Array = everyIndex(keys)): Uint32Array {
  return sortedBy(keys, 16, sortedBy(keys, 0, indices));
}

function everyIndex(keys: Uint32Array): Uint32Array {
  const all = new Uint32Array(keys.length);
  for (let index = 0; index < all.length; index++) all[index] = index;
  return all;
}

/** By 16 bits of each key. */
function sortedBy(keys: Uint32Array, shift: number, indices: Uint32Array): Uint32Array {
  const starts = new Uint32Array(65_537);
  for (let at = 0; at < indices.length; at++) {
    const next = (((keys[indices[at] as number] as number) >>> shift) & 0xffff) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let each = 1; each < starts.length; each++)
    starts[each] = (starts[each] as number) + (starts[each - 1] as number);
  const sorted = new Uint32Array(indices.length);
  for (let at = 0; at < indices.length; at++) {
    const index = indices[at] as number;
    const place = ((keys[index] as number) >>> shift) & 0xffff;
    sorted[starts[place] as number] = index;
    starts[place] = (starts[place] as number) + 1;
  }
  return sorted;
}

/** Places of a table in which keys are counted; two keys may share one. */
const PLACES = 1 << 22;

function placeOf(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> 10;
}

/** Indices of keys that may be there more than once; the others are handed out. Most are others, and need no sorting. */
function repeated(keys: Uint32Array, alone: (index: number) => void): Uint32Array {
  const counts = new Uint8Array(PLACES);
  for (let index = 0; index < keys.length; index++) {
    const place = placeOf(keys[index] as number);
    if (counts[place] !== 2) counts[place] = (counts[place] as number) + 1;
  }
  const found = new Uint32Array(keys.length);
  let count = 0;
  for (let index = 0; index < keys.length; index++) {
    if (counts[placeOf(keys[index] as number)] === 2) found[count++] = index;
    else alone(index);
  }
  return found.subarray(0, count);
}

/** Some indices of equal keys, each time rising: those of `order` from one place up to another. */
export interface Run {
  readonly order: Uint32Array;
  readonly from: number;
  readonly to: number;
}

/**
 * Hands out the indices of equal keys together. No object is made for each of millions of runs: the one given is used again.
 * @param alone gets most of the indices whose keys nothing equals; the rest are runs of one
 */
export function forEachRun(keys: Uint32Array, visit: (run: Run) => void, alone: (index: number) => void): void {
  const order = sortedIndices(keys, repeated(keys, alone));
  const run = { order, from: 0, to: 0 };
  for (; run.from < order.length; run.from = run.to) {
    const key = keys[order[run.from] as number];
    for (run.to = run.from + 1; run.to < order.length && keys[order[run.to] as number] === key; ) run.to++;
    visit(run);
  }
}
