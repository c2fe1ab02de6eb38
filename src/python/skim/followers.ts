/** Which classes of tokens may follow what, in a logical line of Python 3. */
import { CLASS } from './token-classes.js';
import { WORD } from './words.js';

const { name, value, text, round, square, brace, close, sign, tilde, star, power, slash, binary, dot, comma } = CLASS;
const { colon, semicolon, equals, augmented, arrow, walrus, bang, not, lambda, ifElse, as, from, in: in_ } = CLASS;
/** The line may end. */
export const END = 1 << 31;

const OPERAND = name | value | text | round | square | brace | sign | tilde | not | lambda | CLASS.await;
const STARRED = OPERAND | star;
const OPERATORS = sign | star | power | slash | binary | dot | ifElse | as | from | CLASS.for | in_ | not;
const DELIMITERS = close | comma | colon | semicolon | equals | augmented | arrow | walrus | bang;
const OPERAND_BEFORE = OPERATORS | DELIMITERS | round | square | END;

/** What may follow, by what stands before. */
export const AFTER = {
  nothing: STARRED | CLASS.yield | END,
  name: OPERAND_BEFORE,
  value: OPERAND_BEFORE,
  text: OPERAND_BEFORE | text,
  /** `match`, `case`, `type` and `lazy` where a statement begins. */
  softKeyword: OPERAND_BEFORE | STARRED,
  operator: OPERAND,
  equals: STARRED | CLASS.yield,
  list: STARRED,
  group: STARRED | CLASS.yield | close,
  call: STARRED | power | close,
  square: STARRED | close,
  subscript: STARRED | power | colon,
  brace: STARRED | power | close,
  field: STARRED | CLASS.yield,
  fieldEnd: text,
  fieldEquals: close | bang | colon,
  comma: STARRED | power | slash | close | colon | equals | in_ | bang | semicolon | END,
  slice: STARRED | close | comma | colon,
  star: OPERAND | comma,
  slash: comma | close | colon,
  lambda: name | star | power | colon,
  not: in_,
  attribute: name,
  async: CLASS.for,
  optional: STARRED | from | close | semicolon | END,
  except: STARRED | colon,
  colon,
  end: semicolon | END,
} as const;

/** What words that begin a statement ask for. */
export const STATEMENTS = new Map<number, number>();
for (const [words, after] of [
  ['if elif while with assert del', AFTER.operator],
  ['for', AFTER.list],
  ['return raise', AFTER.optional],
  ['pass break continue', AFTER.end],
  ['def class global nonlocal', AFTER.attribute],
  ['else try finally', AFTER.colon],
  ['except', AFTER.except],
] as const)
  for (const word of words.split(' ')) STATEMENTS.set(WORD[word] as number, after);
