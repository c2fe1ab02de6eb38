/** Which files an answer rests on: what was asked for while it was worked out. */

export interface Watched<T> {
  readonly value: T;
  /** Paths, each once; `undefined` where nobody watched. */
  readonly restsOn: readonly string[] | undefined;
}

const NOTHING: readonly string[] = [];

export class Watch {
  private asked: Set<string> | null = null;

  note(path: string): void {
    this.asked?.add(path);
  }

  /** Works something out; who watches around it learns the same. */
  around<T>(work: () => T): { readonly value: T; readonly restsOn: readonly string[] } {
    const outer = this.asked;
    const asked = new Set<string>();
    this.asked = asked;
    try {
      const value = work();
      return { value, restsOn: asked.size === 0 ? NOTHING : [...asked] };
    } finally {
      this.asked = outer;
      if (outer) for (const path of asked) outer.add(path);
    }
  }

  /** Like {@link around} while somebody watches; else nothing is noted. */
  within<T>(work: () => T): Watched<T> {
    return this.asked ? this.around(work) : { value: work(), restsOn: undefined };
  }

  /** An answer that is known already may be given: nobody watches, or it is known what it rests on. */
  mayReuse({ restsOn }: Watched<unknown>): boolean {
    if (!this.asked) return true;
    if (!restsOn) return false;
    for (const path of restsOn) this.asked.add(path);
    return true;
  }
}
