/** The head of a function behind its name, cut where annotations begin and end. */
import type { LogicalLine } from './logical-line.js';
import { CLOSE, COLON, COMMA, EQUALS, OPEN, OPEN_SQUARE, STAR } from './punctuation.js';
import { WORD } from './words.js';

interface Segment {
  readonly start: number;
  readonly end: number;
  readonly isAnnotation: boolean;
}

/** The token behind the type parameters that begin at one, if any do. */
export function typeParametersEnd(line: LogicalLine, from: number, colon: number): number {
  if (!line.is(from, OPEN_SQUARE)) return from;
  let end = from + 1;
  while (end < colon && line.depths[end] !== 0) end++;
  return end;
}

/** From the token behind the name to the colon; `null` where no parameters stand there. */
export function parameterSegments(line: LogicalLine, from: number, colon: number): Segment[] | null {
  const segments: Segment[] = [];
  let start = typeParametersEnd(line, from, colon);
  // Their bounds are annotations.
  if (start > from) segments.push({ start: from, end: start, isAnnotation: true });
  if (!line.is(start, OPEN)) return null;
  const first = start;
  let isAnnotation = false;
  let lambdas = 0;
  for (let at = start + 1; at < colon; at++) {
    if (line.depths[at] !== 1) {
      if (line.depths[at] !== 0) continue;
      segments.push({ start, end: at, isAnnotation }, { start: at, end: colon, isAnnotation: true });
      return segments;
    }
    // Python 2 takes a tuple apart here.
    if (line.is(at, OPEN) && (at === first + 1 || line.is(at - 1, COMMA) || line.is(at - 1, STAR))) return null;
    if (line.word(at) === WORD.lambda) lambdas++;
    else if (lambdas > 0 && line.is(at, COLON)) lambdas--;
    else if (lambdas === 0 && (line.is(at, COLON) || line.is(at, EQUALS) || line.is(at, COMMA) || line.is(at, CLOSE))) {
      segments.push({ start, end: at, isAnnotation });
      start = at;
      isAnnotation = line.is(at, COLON);
    }
  }
  segments.push({ start, end: colon, isAnnotation });
  return segments;
}
