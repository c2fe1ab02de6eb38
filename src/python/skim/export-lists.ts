/** `__all__` where it is written out; any other way to change it is left to the grammar. */
import { plainContentOf } from './literals.js';
import type { LogicalLine } from './logical-line.js';
import { CLOSE, CLOSE_SQUARE, COLON, COMMA, DOT, EQUALS, OPEN, OPEN_SQUARE, PLUS } from './punctuation.js';
import { isKeyword, WORD } from './words.js';

const OPENS = new Set([OPEN, OPEN_SQUARE]);
const LAYOUT = new Set([OPEN, CLOSE, OPEN_SQUARE, CLOSE_SQUARE, COMMA, PLUS]);

/** Whether a simple statement at the module's top assigns to `__all__` or calls one of its methods. */
export function isExportChange(line: LogicalLine, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (line.word(at) !== WORD.__all__ || line.is(at - 1, DOT)) continue;
    if (line.is(at + 1, DOT) || line.is(at + 1, EQUALS) || isAddition(line, at + 1)) return true;
    if (at === from && line.is(at + 1, COLON)) return true;
  }
  return false;
}

function isAddition(line: LogicalLine, at: number): boolean {
  return at < line.count && line.codes[at] === PLUS && line.sliceOf(at, at) === '+=';
}

export interface ExportedNames {
  readonly names: readonly string[];
  /** Nothing else is added. */
  readonly complete: boolean;
}

/** The names that such a statement adds, in order; `null` where it is neither a list nor a sum of lists and names. */
export function exportedNames(line: LogicalLine, from: number, to: number): ExportedNames | null {
  if (line.word(from) !== WORD.__all__) return null;
  if (line.is(from + 1, DOT)) {
    const isKnown = line.isName(from + 2) && /^(?:extend|append)$/.test(line.nameAt(from + 2));
    return isKnown && line.is(from + 3, OPEN) && line.is(to - 1, CLOSE) ? literals(line, from + 4, to - 1) : null;
  }
  if (!line.is(from + 1, COLON)) return literals(line, from + 2, to);
  const equals = line.find(EQUALS, from + 2, to);
  return equals < 0 ? null : literals(line, equals + 1, to);
}

function literals(line: LogicalLine, from: number, to: number): ExportedNames | null {
  const names: string[] = [];
  let complete = true;
  let mayBegin = true;
  for (let at = from; at < to; at++) {
    const isText = line.isText(at);
    if (isOperand(line, at)) {
      complete = false;
      continue;
    }
    if (!isText && !(line.kinds[at] !== undefined && !line.isName(at) && LAYOUT.has(line.codes[at] as number)))
      return null;
    const begins = isText || OPENS.has(line.codes[at] as number);
    // Two literals in a row are one string; a bracket behind one is a call or a subscript.
    if (begins && !mayBegin) return null;
    mayBegin = !isText && !line.is(at, CLOSE_SQUARE) && !line.is(at, CLOSE);
    if (!isText) continue;
    const name = plainContentOf(line.text, line.starts[at] as number, line.ends[at] as number);
    if (name === null || name === '') return null;
    names.push(name);
  }
  return { names, complete };
}

/** A name that stands by itself: it is not called, and nothing is taken from it. */
function isOperand(line: LogicalLine, at: number): boolean {
  if (!line.isName(at) || isKeyword(line.word(at))) return false;
  const stands = [at - 1, at + 1].every(
    (beside) => !line.isName(beside) && !line.isText(beside) && !line.is(beside, DOT),
  );
  return stands && !OPENS.has(line.codes[at + 1] as number);
}
