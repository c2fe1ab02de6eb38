/**
 * What names mean once several modules are one: keys that are equal exactly where two names, in whatever file, stand for the
 * same thing afterwards. Definitions and places of the repository as it is are given their names of afterwards.
 */
import { meaningsOf } from '../check/word-meanings.js';
import type { PythonUnit } from '../codebase.js';
import type { ImportStatement, NameUse } from '../facts.js';
import type { Linker, Value } from '../linker.js';
import type { Span } from '../model.js';
import { bindingsOf } from '../scopes.js';

/** What a use, or the first names of a chain of attributes, means. */
export interface Meant {
  readonly key: string;
  /** The name, and the attributes that lead from a module to what is meant. */
  readonly span: Span;
}

export class Meanings {
  /**
   * @param place where a file stands afterwards
   * @param named what a name that a file binds at module level is called afterwards
   */
  constructor(
    readonly linker: Linker,
    private readonly place: (path: string) => string,
    private readonly named: (path: string, name: string) => string,
  ) {}

  /** What a name means that a file binds at module level. */
  own(path: string, name: string): string {
    return `object ${this.place(path)} ${this.named(path, name)}`;
  }

  /** What a module-level name of a file means; a name that nothing binds is the interpreter's. */
  of(path: string, name: string): string {
    return this.key(this.linker.lookup(path, name), name);
  }

  /** All that a module-level name may mean, where branches bind it to different things, in their order. */
  alternatives(path: string, name: string): string {
    return this.linker
      .alternatives(path, name)
      .map((value) => this.key(value, name))
      .join('\n');
  }

  /** `null` for a name of a function, a class body or a comprehension. */
  use(unit: PythonUnit, use: NameUse): Meant | null {
    const start = this.startOf(unit, use);
    if (start === null) return null;
    const { value, used } = this.followed(
      start,
      use.attributes.map(({ name }) => name),
    );
    const last = use.attributes[used - 1] ?? use;
    return { key: this.key(value, use.name), span: { start: use.span.start, end: last.span.end } };
  }

  /** What a dotted name or a path in a string of a file names; `null` for nothing in the repository. */
  word(path: string, word: string): string | null {
    const [meaning] = meaningsOf(this.linker.codebase.layout, path, word);
    if (!meaning) return null;
    const [name = '', ...others] = meaning.rest.split('.');
    return `word ${this.place(meaning.path)} ${[this.named(meaning.path, name), ...others].join('.')}`;
  }

  private startOf(unit: PythonUnit, use: NameUse): Value | null {
    const { scope, bindings } = bindingsOf(unit.facts, use.scope, use.name);
    if (scope <= 0) return this.linker.lookup(unit.path, use.name);
    const imported = bindings.find((binding) => binding.imported)?.imported;
    if (!imported) return null;
    return this.linker.imported(unit.path, unit.facts.imports[imported.statement] as ImportStatement, imported.name);
  }

  /** Along the attributes as far as something is known that stands somewhere. */
  private followed(start: Value, attributes: readonly string[]): { value: Value; used: number } {
    const whole = this.linker.follow(start, attributes);
    if (whole.value.kind !== 'missing' && whole.value.kind !== 'unknown') return whole;
    return whole.used > 1 ? this.followed(start, attributes.slice(0, whole.used - 1)) : { value: start, used: 0 };
  }

  /** @param name as it is written: what the module does not bind is the interpreter's, or comes in by value */
  key(value: Value, name: string): string {
    if (value.kind === 'object') return this.own(value.path, value.name);
    if (value.kind === 'module') return `module ${this.place(value.found.path)}`;
    if (value.kind === 'external') return `external ${value.dotted}`;
    return `free ${name}`;
  }
}
