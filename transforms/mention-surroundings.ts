/** Where a mention stands: the text that was searched (a notebook's cells are one text), and what is around it there. */
import type { Codebase, PythonUnit } from '../src/core/codebase.js';
import type { StringLiteral } from '../src/core/facts.js';
import type { FileKind } from '../src/core/file-kinds.js';
import { type Context, contexts } from '../src/core/mentions/context.js';
import type { MentionFile, Occurrence } from '../src/core/mentions/model.js';
import { findOccurrences } from '../src/core/mentions/occurrences.js';
import type { Mention, MentionTarget } from '../src/core/mentions.js';
import type { Span } from '../src/core/model.js';

export interface Source {
  readonly path: string;
  readonly kind: FileKind;
  readonly text: string;
  /** For mentions found as Python. */
  readonly unit: PythonUnit | null;
  /** The text is the cells of a notebook: offsets in the file are others. */
  readonly isNotebook: boolean;
  /** See {@link MentionFile}. */
  readonly script?: MentionFile['script'];
}

/** `code`: neither string nor comment. `text`: the file is no Python. */
export type Site = 'code' | 'string' | 'docstring' | 'comment' | 'text';

export interface Surrounding extends Context {
  readonly mention: Mention;
  readonly source: Source;
  readonly site: Site;
  /** The literal that holds it. */
  readonly literal: StringLiteral | null;
}

/** Looks at the surroundings of mentions; what is computed per file is kept while mentions of that file are asked for. */
export class Surroundings {
  private readonly sources = new Map<string, SourceView>();

  constructor(private readonly codebase: Codebase) {}

  of(mention: Mention, target: MentionTarget): Surrounding {
    const view = this.view(mention);
    const span = { start: view.offset(mention.span.start), end: view.offset(mention.span.end) };
    const context = view.context(occurrenceAt(this.codebase, view.source, mention, target, span));
    const { unit } = view.source;
    const literal = unit ? literalAt(unit, span) : null;
    const whole = literal
      ? literal.span.start === span.start && literal.span.end === span.end + context.tail.length
      : context.whole;
    return { ...context, mention, source: view.source, site: siteOf(unit, literal, context, span), literal, whole };
  }

  private view(mention: Mention): SourceView {
    const isPython = mention.class === 'string' || mention.class === 'comment';
    const key = `${mention.path}\0${isPython}`;
    let view = this.sources.get(key);
    if (!view) {
      this.sources.clear();
      view = new SourceView(sourceOf(this.codebase, mention.path, isPython));
      this.sources.set(key, view);
    }
    return view;
  }
}

function sourceOf(codebase: Codebase, path: string, isPython: boolean): Source {
  const unit = (isPython ? codebase.unitOrNone(path) : undefined) ?? null;
  const kind = codebase.kind(path);
  if (unit) return { path, kind: 'python', text: unit.text, unit, isNotebook: kind === 'notebook' };
  const source = codebase.text(path);
  const text = 'undecodable' in source ? '' : source.text;
  return { path, kind, text, unit, isNotebook: false, script: codebase.script(path) };
}

class SourceView {
  private contextOf: ((occurrence: Occurrence) => Context) | null = null;
  private last = 0;

  constructor(readonly source: Source) {}

  /** Contexts are asked for in text order; going back starts again. */
  context(occurrence: Occurrence): Context {
    if (!this.contextOf || occurrence.span.start < this.last) this.contextOf = contexts(this.source);
    this.last = occurrence.span.start;
    return this.contextOf(occurrence);
  }

  /** The offset in the searched text of one in the file. */
  offset(inFile: number): number {
    const { unit, text, isNotebook } = this.source;
    if (!unit || !isNotebook) return inFile;
    let [low, high] = [0, text.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (unit.toFile(middle) < inFile) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A path or a dotted name is not longer than this. */
const REACH = 400;

function occurrenceAt(
  codebase: Codebase,
  source: Source,
  mention: Mention,
  target: MentionTarget,
  span: Span,
): Occurrence {
  const from = Math.max(0, span.start - REACH);
  const around = source.text.slice(from, span.end + REACH);
  const isFile = (path: string) => codebase.snapshot.entry(path) !== undefined;
  const found = findOccurrences({ path: source.path, text: around }, [target], isFile).find(
    (occurrence) => from + occurrence.span.end === span.end || from + occurrence.span.start === span.start,
  );
  return {
    target,
    form: mention.form,
    span,
    tail: found?.tail ?? mention.tail,
    exact: found?.exact ?? false,
    elsewhere: found?.elsewhere ?? false,
  };
}

function literalAt(unit: PythonUnit, span: Span): StringLiteral | null {
  const around = unit.facts.strings.filter(
    (literal) => literal.span.start <= span.start && span.end <= literal.span.end,
  );
  return around.reduce<StringLiteral | null>(
    (inner, literal) => (inner && inner.span.start > literal.span.start ? inner : literal),
    null,
  );
}

function siteOf(unit: PythonUnit | null, literal: StringLiteral | null, context: Context, span: Span): Site {
  if (!unit) return context.comment ? 'comment' : 'text';
  if (literal) return literal.role === 'docstring' ? 'docstring' : 'string';
  return unit.facts.comments.some(({ start, end }) => start <= span.start && span.end <= end) ? 'comment' : 'code';
}
