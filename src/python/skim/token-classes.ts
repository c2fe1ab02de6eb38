/** Tokens by the part that they can play in an expression, as bits of one number. */
import { TOKEN } from '../lexer.js';
import type { LogicalLine } from './logical-line.js';
import { isConstant, isKeyword, WORD } from './words.js';

const NAMES = [
  ...[
    'name',
    'value',
    'text',
    'round',
    'square',
    'brace',
    'close',
    'sign',
    'tilde',
    'star',
    'power',
    'slash',
    'binary',
  ],
  ...['dot', 'comma', 'colon', 'semicolon', 'equals', 'augmented', 'arrow', 'walrus', 'bang', 'not', 'lambda', 'await'],
  ...['yield', 'ifElse', 'as', 'from', 'for', 'in'],
] as const;

type ClassName = (typeof NAMES)[number];

/** A token of no class begins a statement, or is none of Python. */
export const CLASS = Object.fromEntries(NAMES.map((name, bit) => [name, 1 << bit])) as Readonly<
  Record<ClassName, number>
>;

const WORDS: Partial<Record<ClassName, string>> = {
  value: 'False None True',
  binary: 'and or is',
  not: 'not',
  lambda: 'lambda',
  await: 'await',
  yield: 'yield',
  ifElse: 'if else',
  as: 'as',
  from: 'from',
  for: 'for async',
  in: 'in',
};

const OPERATORS: Partial<Record<ClassName, string>> = {
  value: '...',
  round: '(',
  square: '[',
  brace: '{',
  close: ') ] }',
  sign: '+ -',
  tilde: '~',
  star: '*',
  power: '**',
  slash: '/',
  binary: '% @ & | ^ < > // << >> <= >= == !=',
  augmented: '+= -= *= /= %= @= &= |= ^= //= **= <<= >>=',
  dot: '.',
  comma: ',',
  colon: ':',
  semicolon: ';',
  equals: '=',
  arrow: '->',
  walrus: ':=',
  bang: '!',
};

const BY_WORD = new Int32Array(256);
const BY_CHARACTER = new Int32Array(128);
const BY_SPELLING = new Map<string, number>();

for (const name of NAMES) {
  for (const word of WORDS[name]?.split(' ') ?? []) BY_WORD[WORD[word] as number] = CLASS[name];
  for (const spelling of OPERATORS[name]?.split(' ') ?? []) {
    if (spelling.length === 1) BY_CHARACTER[spelling.charCodeAt(0)] = CLASS[name];
    else BY_SPELLING.set(spelling, CLASS[name]);
  }
}

export function classOf(line: LogicalLine, at: number): number {
  const kind = line.kinds[at];
  const code = line.codes[at] as number;
  if (kind === TOKEN.name) return isConstant(code) || isKeyword(code) ? (BY_WORD[code] as number) : CLASS.name;
  if (kind === TOKEN.text) return CLASS.text;
  if (kind === TOKEN.number) return isOldNumber(line, at) ? 0 : CLASS.value;
  const isOne = (line.ends[at] as number) - (line.starts[at] as number) === 1;
  return (isOne ? BY_CHARACTER[code] : BY_SPELLING.get(line.sliceOf(at, at))) ?? 0;
}

/** `0777` of Python 2. */
function isOldNumber(line: LogicalLine, at: number): boolean {
  return /^0[\d_]*[1-9][\d_]*$/.test(line.sliceOf(at, at));
}
