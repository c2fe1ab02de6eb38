/** Sets of small numbers that do not change: a bit for each. What many of them have in common takes little room and time. */

const NO_WORDS = new Uint32Array(0);

export class Bits implements Iterable<number> {
  static readonly NONE = new Bits(NO_WORDS);

  private constructor(private readonly words: Uint32Array) {}

  static of(numbers: readonly number[]): Bits {
    if (numbers.length === 0) return Bits.NONE;
    const words = new Uint32Array((Math.max(...numbers) >>> 5) + 1);
    for (const number of numbers) words[number >>> 5] = (words[number >>> 5] as number) | (1 << (number & 31));
    return new Bits(words);
  }

  has(number: number): boolean {
    return number >= 0 && (((this.words[number >>> 5] ?? 0) >>> (number & 31)) & 1) === 1;
  }

  or(other: Bits): Bits {
    const [longer, shorter] =
      this.words.length < other.words.length ? [other.words, this.words] : [this.words, other.words];
    if (shorter.length === 0) return this.words === longer ? this : other;
    const words = longer.slice();
    for (let at = 0; at < shorter.length; at++) words[at] = (words[at] as number) | (shorter[at] as number);
    return new Bits(words);
  }

  without(other: Bits): Bits {
    const words = this.words.slice();
    const common = Math.min(words.length, other.words.length);
    for (let at = 0; at < common; at++) words[at] = (words[at] as number) & ~(other.words[at] as number);
    return new Bits(words);
  }

  meets(other: Bits): boolean {
    const common = Math.min(this.words.length, other.words.length);
    for (let at = 0; at < common; at++)
      if (((this.words[at] as number) & (other.words[at] as number)) !== 0) return true;
    return false;
  }

  *[Symbol.iterator](): Iterator<number> {
    for (let at = 0; at < this.words.length; at++)
      for (let word = this.words[at] as number; word !== 0; word &= word - 1)
        yield at * 32 + 31 - Math.clz32(word & -word);
  }
}
