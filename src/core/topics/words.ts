/** Names and prose as words that can be compared: split, in lower case, plurals folded. */

/** `HTTPServer` -> HTTP, Server; scripts without case stay whole. */
const PIECES = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[\p{Lo}\p{Lm}]+/gu;

/** Words that join others; what is common besides is found by its frequency. */
const JOINING = new Set(
  'an and are as at be but by can do for from has have if in into is it its no not of on only or so than that the their them then there these they this to was we were what when where which will with you'.split(
    ' ',
  ),
);

/** A longer text is data, not a description. */
const LONGEST = 20_000;

/** The words of an identifier in their order, as they are written; no single letters. */
export function wordsOfName(name: string): string[] {
  return [...name.matchAll(PIECES)].map(([word]) => word.toLowerCase()).filter((word) => word.length > 1);
}

/** The words of a docstring in their order, those that only join others left out. */
export function wordsOfText(text: string): string[] {
  return wordsOfName(text.slice(0, LONGEST)).filter((word) => !JOINING.has(word));
}

/**
 * Equal for singular and plural, good enough to tell `queues` and `queue`, `cookies` and `cookie` alike; not always a word.
 * What ends in `ss`, `us` or `is` is no plural.
 */
export function folded(word: string): string {
  if (word.length < 4) return word;
  if (/ies?$/.test(word)) return word.replace(/ies?$/, 'y');
  if (!word.endsWith('s') || /(?:ss|us|is)$/.test(word)) return word;
  return word.slice(0, /(?:x|ss|sh|tch)es$/.test(word) ? -2 : -1);
}
