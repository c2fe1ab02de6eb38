/** Which names a stretch of code takes from around itself: used there and bound by no scope inside it. */
import type { Facts, NameUse, Scope } from '../core/facts.js';
import type { Span } from '../core/model.js';

interface Free {
  readonly offset: number;
  readonly name: string;
  /** The scope that binds the name; -1 when none does. */
  readonly scope: number;
}

export class FreeNames {
  private readonly names: readonly Set<string>[];
  private readonly uses: readonly Free[];

  /** @param classNames qualnames of class bodies by the offset where the class statement starts. */
  constructor(
    private readonly facts: Pick<Facts, 'scopes' | 'uses'>,
    private readonly classNames: ReadonlyMap<number, string>,
  ) {
    this.names = facts.scopes.map((scope) => new Set(scope.bindings.map((binding) => binding.name)));
    const uses = facts.uses.map((use) => this.located(use));
    const written = facts.scopes.flatMap((scope) =>
      scope.globals.map((name) => ({ offset: scope.span.start, name, scope: 0 })),
    );
    this.uses = [...uses, ...written].sort((a, b) => a.offset - b.offset);
  }

  /** Free names of spans, sorted. */
  within(spans: readonly Span[]): string[] {
    const found = new Set<string>();
    for (const span of spans) {
      for (let i = this.firstFrom(span.start); (this.uses[i]?.offset ?? span.end) < span.end; i++) {
        const use = this.uses[i] as Free;
        const owner = use.scope < 0 ? undefined : (this.facts.scopes[use.scope] as Scope);
        if (use.scope <= 0 || !owner) found.add(use.name);
        else if (owner.span.start < span.start || owner.span.end > span.end) found.add(this.qualified(owner, use.name));
      }
    }
    return [...found].sort();
  }

  private qualified(owner: Scope, name: string): string {
    const className = owner.kind === 'class' ? this.classNames.get(owner.span.start) : undefined;
    return className ? `${className}.${name}` : name;
  }

  private located(use: NameUse): Free {
    return { offset: use.span.start, name: use.name, scope: this.scopeOf(use.scope, use.name) };
  }

  /** The scope that a name used in `start` belongs to; class bodies are seen only by themselves. */
  private scopeOf(start: number, name: string): number {
    let first = true;
    for (let here = start; here !== -1; ) {
      const scope = this.facts.scopes[here] as Scope;
      if (scope.globals.includes(name)) return 0;
      if ((first || scope.kind !== 'class') && this.names[here]?.has(name)) return here;
      first = first && scope.kind === 'comprehension';
      here = scope.parent;
    }
    return -1;
  }

  private firstFrom(offset: number): number {
    let low = 0;
    let high = this.uses.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.uses[middle] as Free).offset < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
