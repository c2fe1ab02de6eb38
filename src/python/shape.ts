/** Code with its identifiers set aside: what a copy with other names still has in common with its original. */
import { FIXED_WORDS } from './fixed-words.js';
import { digest } from './normalise.js';

export interface Shaped {
  /** Digest of the normal form, each identifier replaced by the number of its first occurrence. */
  readonly shape: string;
  /** The identifiers in the order of their first occurrence. */
  readonly identifiers: readonly string[];
  /** Words of the normal form. */
  readonly weight: number;
}

const IDENTIFIER = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

/** @param words a normal form */
export function shapeOf(words: readonly string[]): Shaped {
  const numbers = new Map<string, number>();
  const blinded = words.map((word) => {
    if (FIXED_WORDS.has(word) || !IDENTIFIER.test(word)) return word;
    const number = numbers.get(word) ?? numbers.size;
    numbers.set(word, number);
    return `#${number}`;
  });
  return { shape: digest(blinded), identifiers: [...numbers.keys()], weight: words.length };
}
