/** The bracket that is open at the end of a text, and what stands before it; `null` outside of all. */
export function bracketAround(before: string): { opener: string | null; head: string } {
  let depth = 0;
  for (let index = before.length - 1; index >= 0; index--) {
    const letter = before[index] as string;
    if (')]}'.includes(letter)) depth++;
    else if ('([{'.includes(letter) && depth-- === 0) return { opener: letter, head: before.slice(0, index) };
  }
  return { opener: null, head: before };
}
