/**
 * Whether a logical line could be Python 3, as far as neighbouring tokens show: two operands in a row, an operator without
 * its right side, numbers of Python 2. It accepts every valid line; what it rejects is read with the grammar.
 */
import { TOKEN } from '../lexer.js';
import type { LogicalLine } from './logical-line.js';
import { isConstant, isKeyword, WORD } from './words.js';

const code = (character: string): number => character.charCodeAt(0);
const [OPEN_BRACE, CLOSE_BRACE, DOT] = [code('{'), code('}'), code('.')];

/** Table of ASCII: 1 opens an operand, 2 ends one, 4 demands one on its right, 8 may stand before one as a sign. */
const ROLE = new Uint8Array(128);
for (const each of '([{') ROLE[code(each)] = 1;
for (const each of ')]}') ROLE[code(each)] = 2;
for (const each of '%@&|^<>=') ROLE[code(each)] = 4;
for (const each of '+-') ROLE[code(each)] = 4 | 8;
ROLE[code('~')] = 8;

const MAY_BEGIN_STATEMENT = new Set([...'([{+-~@*.'].map(code));
/** What may follow the equals sign of `f'{x=}'`. */
const ENDS_FIELD = new Set([...'}!:'].map(code));
const SOFT = new Set([WORD.match, WORD.case, WORD.type, WORD.lazy]);
const BEFORE_OPERAND = new Set([WORD.not, WORD.lambda, WORD.await, WORD.yield]);

export function isSoundLine(line: LogicalLine): boolean {
  if (line.kinds[0] === TOKEN.operator && !MAY_BEGIN_STATEMENT.has(line.codes[0] as number)) return false;
  for (let at = 0; at < line.count; at++) if (!fits(line, at)) return false;
  return true;
}

/** Whether a token may stand behind the one before it, and an operator before the end of the line. */
function fits(line: LogicalLine, at: number): boolean {
  const kind = line.kinds[at] as number;
  if (kind === TOKEN.operator) return at + 1 < line.count || !demandsOperand(line, at);
  if (kind === TOKEN.number && isOldNumber(line, at)) return false;
  if (at === 0 || (kind === TOKEN.name && isKeyword(line.codes[at] as number))) return endsWell(line, at);
  return mayPrecedeOperand(line, at) && endsWell(line, at);
}

/** A keyword that joins two operands, right behind an operator that wants one. */
function endsWell(line: LogicalLine, at: number): boolean {
  if (at === 0 || line.kinds[at] !== TOKEN.name) return true;
  const word = line.codes[at] as number;
  return !isKeyword(word) || BEFORE_OPERAND.has(word) || !demandsOperand(line, at - 1);
}

function mayPrecedeOperand(line: LogicalLine, at: number): boolean {
  const before = at - 1;
  const kind = line.kinds[before];
  const isText = line.kinds[at] === TOKEN.text;
  if (kind === TOKEN.text) return isText || line.text.charCodeAt((line.ends[before] as number) - 1) === OPEN_BRACE;
  if (kind === TOKEN.number) return false;
  if (kind === TOKEN.name) {
    const word = line.codes[before] as number;
    return isKeyword(word) ? !isConstant(word) : SOFT.has(word) && beginsStatement(line, before);
  }
  if ((ROLE[line.codes[before] as number] ?? 0) !== 2) return true;
  // The literal text of an f-string goes on right behind a replacement field.
  return isText && line.codes[before] === CLOSE_BRACE && line.ends[before] === line.starts[at];
}

function beginsStatement(line: LogicalLine, at: number): boolean {
  return at === 0 || line.is(at - 1, code(';')) || line.is(at - 1, code(':'));
}

/** `%`, `==`, `and` and the like; not `*` and `/`, which also stand alone among parameters. */
function demandsOperand(line: LogicalLine, at: number): boolean {
  if (line.kinds[at] !== TOKEN.operator) return false;
  const first = line.codes[at] as number;
  if (((ROLE[first] ?? 0) & 4) === 0 || line.text.startsWith('->', line.starts[at])) return false;
  return at + 1 >= line.count || !beginsOperand(line, at + 1, first);
}

function beginsOperand(line: LogicalLine, at: number, operator: number): boolean {
  if (line.kinds[at] !== TOKEN.operator) return true;
  const first = line.codes[at] as number;
  if (((ROLE[first] ?? 0) & (1 | 8)) !== 0 || first === DOT) return true;
  return operator === code('=') && (first === code('*') || ENDS_FIELD.has(first));
}

/** `0777` and `10L` of Python 2. */
function isOldNumber(line: LogicalLine, at: number): boolean {
  return /^0[\d_]*[1-9][\d_]*$/.test(line.sliceOf(at, at));
}
