/** Finds the comments of JavaScript and TypeScript text, well enough to tell prose from code. */
import type { Span } from '../model.js';

/** A slash after one of these (or at the start) begins a regular expression, not a division. */
const BEFORE_PATTERN = /(?:[(,=:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|void|delete|throw|new))$/;

/** Comment spans in text order; one pass. A string or pattern that its line does not close ends with the line. */
export function javascriptComments(text: string): Span[] {
  const comments: Span[] = [];
  let i = 0;
  while (i < text.length) {
    const c = text[i] as string;
    const next = text[i + 1];
    if (c === '/' && (next === '/' || next === '*')) {
      const end = commentEnd(text, i, next);
      comments.push({ start: i, end });
      i = end;
    } else if (c === '"' || c === "'" || c === '`') i = quotedEnd(text, i + 1, c);
    else if (c === '/' && beginsPattern(text, i)) i = quotedEnd(text, i + 1, '/');
    else i++;
  }
  return comments;
}

function commentEnd(text: string, start: number, kind: string): number {
  const end = kind === '*' ? text.indexOf('*/', start + 2) : text.indexOf('\n', start);
  if (end < 0) return text.length;
  return kind === '*' ? end + 2 : end;
}

function quotedEnd(text: string, from: number, quote: string): number {
  for (let i = from; i < text.length; i++) {
    const c = text[i];
    if (c === '\\') i++;
    else if (c === quote || (c === '\n' && quote !== '`')) return i + 1;
  }
  return text.length;
}

function beginsPattern(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 40), at).trimEnd();
  return before === '' || BEFORE_PATTERN.test(before);
}
