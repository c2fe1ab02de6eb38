/** One logical line of Python as tokens in flat arrays, which are used again for the next line. */
import { Lexer, TOKEN, type TokenKind } from '../lexer.js';
import { COLON } from './punctuation.js';
import { WORD, wordAt } from './words.js';

const LAMBDA = WORD.lambda as number;
const FIRST_MARK = WORD.modules as number;

/** All offsets are UTF-16 units; tokens are numbered from 0 in each line. */
export class LogicalLine {
  /** Tokens in the line, its end not counted. */
  count = 0;
  /** Indentation, a tab going on to the next multiple of eight. */
  column = 0;
  kinds = new Uint8Array(256);
  starts = new Int32Array(256);
  ends = new Int32Array(256);
  /** Brackets open before the token. */
  depths = new Int32Array(256);
  /** Physical lines before the token's start. */
  lines = new Int32Array(256);
  /** Numbers of {@link WORD}; for operators the first character's code. */
  codes = new Uint8Array(256);
  hasWalrus = false;
  hasLambda = false;
  /** One of the last words of {@link WORD} stands in the line. */
  hasMarks = false;
  private readonly lexer: Lexer;

  constructor(readonly text: string) {
    this.lexer = new Lexer(text);
  }

  get isSound(): boolean {
    return this.lexer.isSound;
  }

  /** Reads the next line; false at the end of the text. */
  read(): boolean {
    const { lexer } = this;
    this.count = 0;
    this.hasWalrus = false;
    this.hasLambda = false;
    this.hasMarks = false;
    for (;;) {
      const depth = lexer.depth;
      const kind = lexer.next();
      if (kind === TOKEN.end) return this.count > 0;
      if (!lexer.isSound) return false;
      if (kind === TOKEN.lineEnd) return true;
      if (this.count === 0) this.column = lexer.column;
      this.add(kind, depth);
    }
  }

  private add(kind: TokenKind, depth: number): void {
    const { lexer, count } = this;
    if (count === this.kinds.length) this.grow();
    this.kinds[count] = kind;
    this.starts[count] = lexer.start;
    this.ends[count] = lexer.end;
    this.depths[count] = depth;
    this.lines[count] = lexer.line;
    this.codes[count] = this.code(kind);
    this.count = count + 1;
  }

  private code(kind: TokenKind): number {
    const { lexer, text } = this;
    if (kind === TOKEN.name) {
      const word = wordAt(text, lexer.start, lexer.end, lexer.hash);
      if (word === LAMBDA) this.hasLambda = true;
      else if (word >= FIRST_MARK) this.hasMarks = true;
      return word;
    }
    if (kind !== TOKEN.operator) return 0;
    const code = text.charCodeAt(lexer.start);
    if (code === COLON && lexer.end === lexer.start + 2) this.hasWalrus = true;
    return code;
  }

  private grow(): void {
    const length = this.kinds.length * 4;
    const grown = <T extends Uint8Array | Int32Array>(array: T, larger: T): T => {
      larger.set(array);
      return larger;
    };
    this.kinds = grown(this.kinds, new Uint8Array(length));
    this.codes = grown(this.codes, new Uint8Array(length));
    this.starts = grown(this.starts, new Int32Array(length));
    this.ends = grown(this.ends, new Int32Array(length));
    this.depths = grown(this.depths, new Int32Array(length));
    this.lines = grown(this.lines, new Int32Array(length));
  }

  /** The word at a token, 0 where it is no name or none of {@link WORD}. */
  word(index: number): number {
    return this.kinds[index] === TOKEN.name && index < this.count ? (this.codes[index] as number) : 0;
  }

  isName(index: number): boolean {
    return index < this.count && this.kinds[index] === TOKEN.name;
  }

  isText(index: number): boolean {
    return index < this.count && this.kinds[index] === TOKEN.text;
  }

  /** Whether an operator of one character stands there. */
  is(index: number, code: number): boolean {
    return (
      index >= 0 &&
      index < this.count &&
      this.kinds[index] === TOKEN.operator &&
      this.codes[index] === code &&
      (this.ends[index] as number) - (this.starts[index] as number) === 1
    );
  }

  /** A name in normal form NFKC, as Python compares them. */
  nameAt(index: number): string {
    const name = this.sliceOf(index, index);
    return ASCII.test(name) ? name : name.normalize('NFKC');
  }

  /** The text from one token to another, both included. */
  sliceOf(first: number, last: number): string {
    return this.text.slice(this.starts[first], this.ends[last]);
  }

  /** Line of a token, from 1. */
  lineOf(index: number): number {
    return (this.lines[index] as number) + 1;
  }

  /** The first token from `from` on, before `to`, that is this operator outside brackets and lambdas; -1 without. */
  find(code: number, from: number, to = this.count): number {
    let lambdas = 0;
    const depth = 0;
    for (let at = from; at < to; at++) {
      if (this.depths[at] !== depth) continue;
      if (this.word(at) === LAMBDA) lambdas++;
      else if (lambdas > 0 && this.is(at, COLON)) lambdas--;
      else if (lambdas === 0 && this.is(at, code)) return at;
    }
    return -1;
  }
}

const ASCII = /^[\0-\x7f]*$/;
