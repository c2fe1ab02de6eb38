/** Sorting of many small numbers with what belongs to them. */

/** Indices of `keys` in rising order of the keys, equal keys in the order in which they stand: a radix sort of two rounds. */
export function sortedIndices(keys: Uint32Array): Uint32Array {
  const all = new Uint32Array(keys.length);
  for (let index = 0; index < all.length; index++) all[index] = index;
  return sortedBy(
    sortedBy(all, (index) => (keys[index] as number) & 0xffff),
    (index) => (keys[index] as number) >>> 16,
  );
}

/** @param digit below 65,536 */
function sortedBy(indices: Uint32Array, digit: (index: number) => number): Uint32Array {
  const starts = new Uint32Array(65_537);
  for (let at = 0; at < indices.length; at++) {
    const next = digit(indices[at] as number) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let each = 1; each < starts.length; each++)
    starts[each] = (starts[each] as number) + (starts[each - 1] as number);
  const sorted = new Uint32Array(indices.length);
  for (let at = 0; at < indices.length; at++) {
    const index = indices[at] as number;
    const place = digit(index);
    sorted[starts[place] as number] = index;
    starts[place] = (starts[place] as number) + 1;
  }
  return sorted;
}

/** Some indices of equal keys, each time rising: those of `order` from one place up to another. */
export interface Run {
  readonly order: Uint32Array;
  readonly from: number;
  readonly to: number;
}

/** Hands out the indices of equal keys together. No object is made for each of millions of runs: the one given is used again. */
export function forEachRun(keys: Uint32Array, visit: (run: Run) => void): void {
  const order = sortedIndices(keys);
  const run = { order, from: 0, to: 0 };
  for (; run.from < order.length; run.from = run.to) {
    const key = keys[order[run.from] as number];
    for (run.to = run.from + 1; run.to < order.length && keys[order[run.to] as number] === key; ) run.to++;
    visit(run);
  }
}
