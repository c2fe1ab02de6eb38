/** Where the copies stand that another module's definition makes superfluous. */
import type { Codebase } from '../../src/core/codebase.js';
import type { Problem, Span } from '../../src/core/model.js';
import type { OutlineSymbol } from '../../src/core/outline.js';
import { problem } from '../../src/core/problems.js';
import { withoutNumber } from '../../src/core/symbol-differences.js';
import { importBranchOf } from './import-branches.js';
import type { Source } from './model.js';

/** A definition of which another module's copy is enough. */
export interface Copy {
  readonly path: string;
  readonly name: string;
  /** The module whose definition stays. */
  readonly kept: string;
}

export interface Dropped {
  /** Whole statements, by the path of their module. */
  readonly spans: ReadonlyMap<string, readonly Span[]>;
  readonly refusals: readonly Problem[];
}

export function droppedSpans(codebase: Codebase, sources: readonly Source[], copies: readonly Copy[]): Dropped {
  const spans = new Map<string, Span[]>();
  const refusals: Problem[] = [];
  for (const copy of copies) {
    const source = sources.find(({ path }) => path === copy.path) as Source;
    // A branch that another module begins with as well is written once.
    if (importBranchOf(source, copy.name) !== null) continue;
    const own = definingOf(source, copy.name);
    if (own.every((each) => isWhole(source, each)))
      spans.set(copy.path, [...(spans.get(copy.path) ?? []), ...own.map(({ span }) => span)]);
    else refusals.push(inseparable(codebase, source, copy, own[0]?.span.start ?? 0));
  }
  return { spans, refusals };
}

/** Whether what defines a name can go and leave everything else as it is. */
export function isSeparable(source: Source, name: string): boolean {
  return definingOf(source, name).every((each) => isWhole(source, each));
}

function definingOf({ outline }: Source, name: string): OutlineSymbol[] {
  return outline.symbols.filter(
    ({ owner, qualname, binds }) => owner === null && (withoutNumber(qualname) === name || binds.includes(name)),
  );
}

function isWhole(source: Source, { span, binds }: OutlineSymbol): boolean {
  const tops = source.outline.statements.map((each) => each.span);
  return binds.length === 1 && isStatement(source, tops, span);
}

/** A statement of the module's body that has its lines for itself. */
function isStatement({ unit: { text } }: Source, tops: readonly Span[], span: Span): boolean {
  const isTop = tops.some(({ start, end }) => start === span.start && end === span.end);
  const shares = tops.some(
    (other) =>
      other.start !== span.start &&
      !/[\r\n]/.test(text.slice(Math.min(other.end, span.end), Math.max(other.start, span.start))),
  );
  return isTop && !shares;
}

function inseparable(codebase: Codebase, { path, unit }: Source, { name, kept }: Copy, start: number): Problem {
  const message = `'${name}' is also defined in ${kept}, and its statement here does more than define it`;
  return problem('name-conflict', message, {
    place: { path, ...codebase.place(path, unit.toFile(start)) },
    hint: `--rename ${path}:${name} keeps both`,
  });
}
