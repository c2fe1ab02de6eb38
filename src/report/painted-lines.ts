/** The lines of a file with their keywords, strings, numbers and comments marked, for a difference to be painted from. */
import type { Highlighter, TokenClass } from '../core/highlighting.js';

export interface Piece {
  readonly text: string;
  readonly class: TokenClass | null;
}

/** By line number, from 0; line ends are left out. */
export function piecesByLine(path: string, text: string, highlight: Highlighter): Piece[][] {
  const spans = highlight(path, text);
  const lines: Piece[][] = [];
  let at = 0;
  let next = 0;
  for (const line of text.split('\n')) {
    const end = at + line.replace(/\r$/, '').length;
    while (next < spans.length && (spans[next]?.end as number) <= at) next++;
    lines.push(piecesOf(text, at, end, spans.slice(next, firstAfter(spans, next, end))));
    at += line.length + 1;
  }
  return lines;
}

type Spans = ReturnType<Highlighter>;

function firstAfter(spans: Spans, from: number, end: number): number {
  let at = from;
  while (at < spans.length && (spans[at]?.start as number) < end) at++;
  return at;
}

function piecesOf(text: string, from: number, to: number, spans: Spans): Piece[] {
  const pieces: Piece[] = [];
  let at = from;
  const add = (end: number, own: TokenClass | null) => {
    if (end > at) pieces.push({ text: text.slice(at, end), class: own });
    at = Math.max(at, end);
  };
  for (const span of spans) {
    add(Math.max(span.start, from), null);
    add(Math.min(span.end, to), span.class);
  }
  add(to, null);
  return pieces;
}
