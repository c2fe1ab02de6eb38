/** Where a statement stands among the lines of its block. */
import type { Span } from '../../src/core/model.js';
import { lineEnd, lineStart } from '../relocation/lines.js';

/** The lines of a statement that shares them with nothing but a comment; `null` otherwise. */
export function ownLines(text: string, { start, end }: Span): Span | null {
  const lines = { start: lineStart(text, start), end: lineEnd(text, end) };
  const isAlone =
    /^[ \t\f]*$/.test(text.slice(lines.start, start)) &&
    /^[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)?$/.test(text.slice(end, lines.end));
  return isAlone ? lines : null;
}

/**
 * Whether a block would be left without a statement: before it stands what opens the block, after it the block has ended.
 * @param idle comments, and statements that go as well
 */
export function isAloneInBlock(text: string, idle: readonly Span[], { start, end }: Span): boolean {
  const own = indentAt(text, start);
  if (own === 0) return false;
  const before = previousLine(text, idle, start);
  const after = nextLine(text, idle, end);
  return (before === null || indentAt(text, before) < own) && (after === null || indentAt(text, after) < own);
}

function indentAt(text: string, at: number): number {
  return /^[ \t\f]*/.exec(text.slice(lineStart(text, at)))?.[0].length ?? 0;
}

/** The start of the last line before that holds code. */
function previousLine(text: string, idle: readonly Span[], at: number): number | null {
  for (let start = lineStart(text, at); start > 0; ) {
    start = lineStart(text, start - 1);
    if (isCode(text, idle, start)) return start;
  }
  return null;
}

function nextLine(text: string, idle: readonly Span[], at: number): number | null {
  for (let start = lineEnd(text, at); start < text.length; start = lineEnd(text, start))
    if (isCode(text, idle, start)) return start;
  return null;
}

function isCode(text: string, idle: readonly Span[], line: number): boolean {
  const first = line + (/^[ \t\f]*/.exec(text.slice(line))?.[0].length ?? 0);
  return (
    !/^(?:[\r\n]|$)/.test(text.slice(first, first + 1)) && !idle.some(({ start, end }) => start <= first && first < end)
  );
}
