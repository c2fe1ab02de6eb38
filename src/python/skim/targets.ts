/** The names that an assignment target binds, from its tokens: no attributes, no subscripts. */
import { TOKEN } from '../lexer.js';
import type { LogicalLine } from './logical-line.js';
import { CLOSE, CLOSE_BRACE, CLOSE_SQUARE, DOT, OPEN, OPEN_BRACE, OPEN_SQUARE } from './punctuation.js';
import { isConstant, isKeyword } from './words.js';

/** Numbers of the tokens, from `from` to before `to`, that are names bound by a target. */
export function boundTokens(line: LogicalLine, from: number, to: number): number[] {
  const bound: number[] = [];
  /** How many names were bound when each open bracket was met; -1 for brackets that are no part of a target. */
  const brackets: number[] = [];
  for (let at = from; at < to; at++) {
    if (line.is(at, OPEN) || line.is(at, OPEN_SQUARE) || line.is(at, OPEN_BRACE)) {
      brackets.push(isTrailer(line, at, from) || brackets.at(-1) === -1 ? -1 : bound.length);
    } else if (line.is(at, CLOSE) || line.is(at, CLOSE_SQUARE) || line.is(at, CLOSE_BRACE)) {
      const before = brackets.pop() ?? -1;
      // `(a, b)[0] = c` binds nothing.
      if (before >= 0 && at + 1 < to && isTrailer(line, at + 1, from)) bound.length = before;
    } else if (brackets.at(-1) !== -1 && isBoundName(line, at, from, to)) bound.push(at);
  }
  return bound;
}

function isBoundName(line: LogicalLine, at: number, from: number, to: number): boolean {
  if (!line.isName(at) || isConstant(line.word(at)) || isKeyword(line.word(at))) return false;
  if (at > from && line.is(at - 1, DOT)) return false;
  return at + 1 >= to || !isTrailer(line, at + 1, from);
}

/** An attribute, a call or a subscript of what stands before. */
function isTrailer(line: LogicalLine, at: number, from: number): boolean {
  if (line.is(at, DOT)) return true;
  if (at === from || !(line.is(at, OPEN) || line.is(at, OPEN_SQUARE))) return false;
  const kind = line.kinds[at - 1];
  if (kind === TOKEN.name) return !isKeyword(line.word(at - 1));
  return kind === TOKEN.text || line.is(at - 1, CLOSE) || line.is(at - 1, CLOSE_SQUARE);
}
