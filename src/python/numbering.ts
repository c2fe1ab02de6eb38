/** Identifiers as numbers, so that code can be told by its shape. */

export function mix(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

/** Numbers identifiers in the order in which they first occur; emptied in no time. */
export class Numbering {
  private readonly keys = new Int32Array(1 << 14);
  private readonly numbers = new Int32Array(1 << 14);
  private readonly stamps = new Int32Array(1 << 14);
  private stamp = 1;
  private count = 0;

  clear(): void {
    this.stamp++;
    this.count = 0;
  }

  of(key: number): number {
    const mask = this.keys.length - 1;
    // A function of more names than this is no candidate for anything: its last names share a number.
    if (this.count > mask >> 1) return this.count;
    for (let slot = mix(key, 7) & mask; ; slot = (slot + 1) & mask) {
      if (this.stamps[slot] !== this.stamp) {
        this.stamps[slot] = this.stamp;
        this.keys[slot] = key;
        this.numbers[slot] = this.count;
        return this.count++;
      }
      if (this.keys[slot] === key) return this.numbers[slot] as number;
    }
  }
}
