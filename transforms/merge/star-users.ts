/** Star imports of the modules by others: the merged module would give them more than they got, so they list what that was. */
import type { Linker } from '../../src/core/linker.js';
import { indentOf, lineStart, newlineOf } from '../relocation/lines.js';
import type { UnitWork } from '../relocation/work.js';
import { insideImports, type MergedNames, ownNames, type Source } from './model.js';

/** Longer lines are wrapped by most formatters. */
const LINE = 88;

export class StarUsers {
  /** What each module gives, by the names of afterwards; `null` where that cannot be told. */
  private readonly given: ReadonlyMap<string, readonly string[] | null>;
  private readonly all: ReadonlySet<string>;

  /** @param listed the names in `__all__` of the merged module; `null` where it has none */
  constructor(linker: Linker, sources: readonly Source[], names: MergedNames, listed: readonly string[] | null) {
    const isSource = (path: string) => sources.some((source) => source.path === path);
    this.given = new Map(
      sources.map(({ path }) => {
        const own = linker.starNames(path);
        return [path, own && [...own].map((name) => names.of(path, name)).sort()];
      }),
    );
    const bound = sources.flatMap(({ path, unit }) =>
      ownNames(unit, insideImports(linker, unit, isSource)).map((name) => names.of(path, name)),
    );
    const starred = [...this.given.values()].flatMap((own) => own ?? []);
    this.all = new Set(listed ?? [...bound, ...starred].filter((name) => !name.startsWith('_')));
  }

  /** Rewrites the star imports of one file. */
  list(work: UnitWork): void {
    const { unit, shared } = work;
    for (const { kind, level, module, span } of unit.facts.imports) {
      const path = kind === 'star' ? shared.before.module(unit.path, level, module).found?.path : undefined;
      const given = path === undefined ? undefined : this.given.get(path);
      if (given === undefined) continue;
      if (given === null) work.refuse(span, 'what this star import gives cannot be told', 'star-import');
      else if (given.length > 0 && [...this.all].some((name) => !given.includes(name)))
        work.edit({ start: span.end - 1, end: span.end }, this.written(work, span, given), 'names what the star gave');
    }
  }

  private written({ text }: UnitWork, span: { start: number; end: number }, names: readonly string[]): string {
    const line = names.join(', ');
    if (span.end - lineStart(text, span.start) + line.length <= LINE) return line;
    const [newline, indent] = [newlineOf(text, span.start), indentOf(text, span.start)];
    return ['(', ...names.map((name) => `${indent}    ${name},`), `${indent})`].join(newline);
  }
}
