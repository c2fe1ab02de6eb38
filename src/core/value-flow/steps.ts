/** Steps of a search, which are counted: beyond some number an answer is not worth them. */

/** Thrown when a question would need more steps than an answer is worth. */
export class TooFar extends Error {}

/** Steps for one question. */
const MOST_STEPS = 150_000;

export class Steps {
  private count = 0;

  constructor(private readonly isLimited: boolean) {}

  get taken(): number {
    return this.count;
  }

  /** A new question. */
  begin(): void {
    this.count = 0;
  }

  take(): void {
    if (this.takeOrEnd(0)) throw new TooFar();
  }

  /** Takes one more step. True where those were too many, or the `least` that are needed in all would be. */
  takeOrEnd(least: number): boolean {
    return Math.max(++this.count, least) > MOST_STEPS && this.isLimited;
  }
}
