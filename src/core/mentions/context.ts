/** What surrounds an occurrence, computed once per file and bounded per occurrence, for the rules to look at. */
import { lineIndex, lineStarts } from '../text.js';
import { javascriptComments } from './javascript.js';
import type { MentionFile, Occurrence } from './model.js';
import { outline } from './outline.js';
import { type ScriptContext, scriptViews } from './script-context.js';

/** How far a rule may look to each side on the line. Bounds the work on files of one enormous line. */
const REACH = 200;

export interface Context extends Occurrence {
  readonly file: MentionFile;
  /** From 0. */
  readonly lineNumber: number;
  readonly column: number;
  /** The line up to the occurrence and after its span, at most 200 units each. */
  readonly before: string;
  readonly after: string;
  /** The heading of a configuration file's line. */
  readonly heading: string;
  /** In a comment of a configuration, build or JavaScript file. */
  readonly comment: boolean;
  /** The name, with its tail, is a whole value: a quoted string, a list item, the right side of a key. */
  readonly whole: boolean;
  /** The file changes the working directory somewhere, so relative paths may start elsewhere. */
  readonly wanders: boolean;
  readonly excerpt: string;
  /** What a parse says; `null` where the file is no script, or could not be parsed. */
  readonly script: ScriptContext | null;
}

const WANDERS = /(?:^|[;&|\s])(?:cd|pushd|chdir|Set-Location)\s|working[-_]dir|^[ \t]*WORKDIR\b|\s-C\s/im;

/** Returns a function that gives the context of each occurrence; ask in text order. */
export function contexts(file: MentionFile): (occurrence: Occurrence) => Context {
  const starts = lineStarts(file.text);
  const headings = file.kind === 'config' || file.kind === 'build' ? outline(file.path, file.text) : [];
  const facts = file.kind === 'script-js' ? (file.script?.() ?? null) : null;
  const viewOf = facts && scriptViews(file, facts);
  const inComment = facts ? () => false : commentTest(file, starts);
  let wanders: boolean | undefined;
  return (found) => {
    const view = viewOf?.(found);
    const occurrence = view?.occurrence ?? found;
    const { start, end } = occurrence.span;
    const lineNumber = lineIndex(starts, start);
    const lineStart = starts[lineNumber] as number;
    const lineEnd = starts[lineNumber + 1] ?? file.text.length;
    const before = file.text.slice(Math.max(lineStart, start - REACH), start);
    const after = file.text.slice(end, Math.min(lineEnd, end + REACH)).replace(/[\r\n]+$/, '');
    wanders ??= WANDERS.test(file.text);
    // Spelled out: a spread of this object is many times slower, and reports name a module thousands of times.
    return {
      target: occurrence.target,
      form: occurrence.form,
      span: occurrence.span,
      tail: occurrence.tail,
      exact: occurrence.exact,
      elsewhere: occurrence.elsewhere,
      file,
      lineNumber,
      column: start - lineStart + 1,
      before,
      after,
      heading: headings[lineNumber] ?? '',
      comment: view?.script.isComment ?? inComment(start, lineNumber),
      whole: view
        ? isWholeText(view.script, occurrence)
        : !isHeader(file.path, before) && isWhole(before, after.slice(occurrence.tail.length)),
      wanders,
      excerpt: excerptOf(file.text, lineStart, lineEnd, start),
      script: view?.script ?? null,
    };
  };
}

const OPENS = /(?:^\s*|[=:,[(]\s*|^\s*(?:-\s+)+)$/;
const CLOSES = /^\s*(?:[,\])#;].*)?$/;

/** A quoted string or an unquoted scalar that holds nothing else; keys do not count as values. */
function isWhole(before: string, after: string): boolean {
  const quote = before.at(-1);
  if (quote === '"' || quote === "'" || quote === '`') return after[0] === quote && !/^.\s*:/.test(after);
  return OPENS.test(before) && CLOSES.test(after) && !(/^\s*$/.test(before) && after.startsWith(':'));
}

function isWholeText({ text, part }: ScriptContext, { span, tail }: Occurrence): boolean {
  return text?.parts.length === 1 && part?.span.start === span.start && part.span.end === span.end + tail.length;
}

/** A section's name is no value; elsewhere brackets on a line of their own are a list. */
function isHeader(path: string, before: string): boolean {
  return /^\s*\[+$/.test(before) && /\.(?:toml|ini|cfg|conf)$/i.test(path);
}

function excerptOf(text: string, lineStart: number, lineEnd: number, at: number): string {
  if (lineEnd - lineStart <= REACH) return text.slice(lineStart, lineEnd).trim();
  const from = Math.max(lineStart, Math.min(at - REACH / 4, lineEnd - REACH));
  const line =
    from > lineStart
      ? text.slice(from, from + REACH)
      : text
          .slice(lineStart)
          .slice(0, 2 * REACH)
          .trimStart();
  return (line.split(/[\r\n]/, 1)[0] as string).slice(0, REACH).trim();
}

function commentTest(file: MentionFile, starts: readonly number[]): (offset: number, line: number) => boolean {
  if (file.kind === 'script-js') return javascriptCommentTest(file.text);
  if ((file.kind !== 'config' && file.kind !== 'build') || file.path.endsWith('.json')) return () => false;
  let last = -1;
  let comment = Number.POSITIVE_INFINITY;
  return (offset, line) => {
    const lineStart = starts[line] as number;
    if (line !== last) comment = lineStart + hashComment(file, file.text.slice(lineStart, starts[line + 1]));
    last = line;
    return offset >= comment;
  };
}

function javascriptCommentTest(text: string): (offset: number) => boolean {
  const comments = javascriptComments(text);
  let next = 0;
  return (offset) => {
    while (next < comments.length && (comments[next]?.end ?? 0) <= offset) next++;
    return (comments[next]?.start ?? Number.POSITIVE_INFINITY) <= offset;
  };
}

/** Offset in a line where its comment starts: `#` at the start or after a blank and outside quotes; `;`, `REM`, `::` by file. */
function hashComment(file: MentionFile, line: string): number {
  const ini = /\.(?:ini|cfg|conf)$/i.test(file.path) && /^\s*;/.test(line);
  const batch = /\.(?:bat|cmd)$/i.test(file.path) && /^\s*(?:@?rem\s|::)/i.test(line);
  if (ini || batch) return 0;
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const c = line[i] as string;
    if (quote) {
      if (c === '\\') i++;
      else if (c === quote) quote = '';
    } else if (c === '"' || (c === "'" && !/\w/.test(line[i - 1] ?? ''))) quote = c;
    else if (c === '#' && (i === 0 || /\s/.test(line[i - 1] as string))) return i;
  }
  return Number.POSITIVE_INFINITY;
}
