/** A module's text cut into stretches of whole lines, each with the statements in it and the comments before them. */
import type { Span } from '../../src/core/model.js';
import type { TopStatement } from '../../src/core/outline.js';
import { lineEnd } from '../relocation/lines.js';
import type { Source } from './model.js';

export interface Segment {
  /** Comments and blank lines before the statements belong to it. */
  readonly span: Span;
  readonly statements: readonly TopStatement[];
}

export interface Sections {
  /** Comments above everything, and the docstring. */
  readonly head: Span;
  readonly docstring: Span | null;
  /** What a module begins with: imports, and branches that only import. */
  readonly imports: readonly Segment[];
  readonly body: readonly Segment[];
  /** `if __name__ == "__main__"` where it ends the module. */
  readonly main: Segment | null;
  /** Comments at the very end. */
  readonly tail: Span;
}

export function sectionsOf(source: Source): Sections {
  const { text } = source.unit;
  const segments = segmentsOf(source);
  const docstring = segments[0]?.statements[0]?.kind === 'docstring' ? segments.shift() : undefined;
  const headEnd = docstring?.span.end ?? headOf(text, segments[0]);
  const [first] = segments;
  if (first) segments[0] = { ...first, span: { start: headEnd, end: first.span.end } };
  let count = segments.findIndex(({ statements }) => !statements.every(isImport));
  if (count === -1) count = segments.length;
  const rest = segments.slice(count);
  const last = rest.at(-1);
  const main = last?.statements.length === 1 && last.statements[0]?.kind === 'main' ? last : null;
  return {
    head: { start: 0, end: headEnd },
    docstring: docstring?.statements[0]?.span ?? null,
    imports: segments.slice(0, count),
    body: main ? rest.slice(0, -1) : rest,
    main,
    tail: { start: (segments.at(-1) ?? { span: { end: headEnd } }).span.end, end: text.length },
  };
}

function isImport({ kind }: TopStatement): boolean {
  return kind === 'import' || kind === 'imports';
}

/** Statements that share a line belong together. */
function segmentsOf({ unit, outline }: Source): Segment[] {
  const segments: { span: Span; statements: TopStatement[] }[] = [];
  for (const statement of outline.statements) {
    const last = segments.at(-1);
    const end = withIndentedComments(unit.text, lineEnd(unit.text, statement.span.end));
    if (last && statement.span.start < last.span.end) {
      last.statements.push(statement);
      last.span = { start: last.span.start, end: Math.max(end, last.span.end) };
    } else segments.push({ span: { start: last?.span.end ?? 0, end }, statements: [statement] });
  }
  return segments;
}

/** An indented comment after a definition is its last line. */
function withIndentedComments(text: string, end: number): number {
  const more = /(?:[ \t]+#[^\r\n]*(?:\r\n|\r|\n|$))+/y;
  more.lastIndex = end;
  return end + (more.exec(text)?.[0].length ?? 0);
}

/** Of a module without a docstring, comments that a blank line divides from the first statement. */
function headOf(text: string, first: Segment | undefined): number {
  if (!first) return 0;
  const leading = text.slice(0, first.statements[0]?.span.start ?? 0);
  const special = /^(?:#!.*(?:\r\n|\r|\n))?(?:#.*coding[:=].*(?:\r\n|\r|\n))?/.exec(leading)?.[0].length ?? 0;
  const blank = /^(?:[ \t]*#.*(?:\r\n|\r|\n))+(?=[ \t]*(?:\r\n|\r|\n))/.exec(leading)?.[0].length ?? 0;
  return Math.max(special, blank);
}
