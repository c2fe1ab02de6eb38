/** Sorting of many small numbers with what belongs to them. */

/** Indices of `keys` in rising order of the keys, equal keys in the order in which they stand: a radix sort of two rounds. */
export function sortedIndices(keys: Uint32Array): Uint32Array {
  const all = Uint32Array.from(keys, (_, index) => index);
  return sortedBy(
    sortedBy(all, (index) => (keys[index] as number) & 0xffff),
    (index) => (keys[index] as number) >>> 16,
  );
}

/** @param digit below 65,536 */
function sortedBy(indices: Uint32Array, digit: (index: number) => number): Uint32Array {
  const starts = new Uint32Array(65_537);
  for (const index of indices) {
    const next = digit(index) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let each = 1; each < starts.length; each++)
    starts[each] = (starts[each] as number) + (starts[each - 1] as number);
  const sorted = new Uint32Array(indices.length);
  for (const index of indices) {
    const place = digit(index);
    sorted[starts[place] as number] = index;
    starts[place] = (starts[place] as number) + 1;
  }
  return sorted;
}

/** Hands out the indices of equal keys together, each time rising. */
export function forEachRun(keys: Uint32Array, visit: (indices: Uint32Array) => void): void {
  const order = sortedIndices(keys);
  for (let from = 0, to = 0; from < order.length; from = to) {
    const key = keys[order[from] as number];
    for (to = from + 1; to < order.length && keys[order[to] as number] === key; ) to++;
    visit(order.subarray(from, to));
  }
}
