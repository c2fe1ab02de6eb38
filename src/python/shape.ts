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
const ASCII = /^[A-Za-z_]\w*$/;

function isIdentifier(word: string): boolean {
  return !FIXED_WORDS.has(word) && (ASCII.test(word) || IDENTIFIER.test(word));
}

/** @param words a normal form */
export function shapeOf(words: readonly string[]): Shaped {
  const numbers = new Map<string, string>();
  const blinded = words.map((word) => {
    const known = numbers.get(word);
    if (known !== undefined) return known;
    if (!isIdentifier(word)) return word;
    const name = `#${numbers.size}`;
    numbers.set(word, name);
    return name;
  });
  return { shape: digest(blinded), identifiers: [...numbers.keys()], weight: words.length };
}
