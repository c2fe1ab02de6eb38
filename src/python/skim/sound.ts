/**
 * Whether a logical line could be Python 3, as far as a pass over its tokens shows that knows which brackets are open and
 * what may follow the token before. It accepts every valid line but oddities; what it rejects is read with the grammar.
 */
import { AFTER, END, STATEMENTS } from './followers.js';
import type { LogicalLine } from './logical-line.js';
import { AT, CLOSE_BRACE, codeOf, SEMICOLON } from './punctuation.js';
import { CLASS, classOf } from './token-classes.js';
import { WORD } from './words.js';

const { name, value, text, round, square, brace, star, slash, binary, dot, comma, close } = CLASS;
const { colon, semicolon, equals, augmented, arrow, bang, not, lambda, as, from, in: in_ } = CLASS;

const COMPOUND = new Set(
  'if elif else for while try except finally with def class async'.split(' ').map((w) => WORD[w]),
);
const SOFT = new Set([WORD.match, WORD.case, WORD.type, WORD.lazy]);
const TAKES_ALIAS = new Set([WORD.with, WORD.except, WORD.case]);

const [ROUND, SQUARE, BRACE, NO_BRACKET] = [...'([{'].map(codeOf).concat(0) as [number, number, number, number];
const CLOSED_BY = new Map([...')]}'].map((character, at) => [codeOf(character), [ROUND, SQUARE, BRACE][at]]));
/** The parameters of a lambda and a replacement field stand on the stack among the brackets; a group is no call. */
const [LAMBDA, FIELD, GROUP] = [1, 2, 3];

export function isSoundLine(line: LogicalLine): boolean {
  return new Line(line).isSound();
}

class Line {
  private readonly brackets: number[] = [];
  /** Classes that may come next; none after an error. */
  private next: number = AFTER.nothing;
  private isBeginning = true;
  /** The word that the statement begins with. */
  private head = 0;
  private hasColon = false;

  constructor(private readonly line: LogicalLine) {}

  isSound(): boolean {
    const { line } = this;
    for (let at = 0; at < line.count; at++) {
      if (this.isBeginning) {
        at = this.begin(at);
        if (at >= line.count) break;
      }
      const kind = classOf(line, at);
      if ((kind & this.next) === 0) return false;
      this.next = this.after(kind, at);
    }
    return (this.next & END) !== 0 && this.brackets.length === 0;
  }

  /** Goes over the words that only a statement begins with. */
  private begin(at: number): number {
    const { line } = this;
    this.isBeginning = false;
    const word = line.word(at);
    this.head = word;
    if (isImport(line, at)) return this.import(at);
    if (at === 0 && word === WORD.async) {
      const isSound = [WORD.def, WORD.for, WORD.with].includes(line.word(1));
      return isSound ? this.begin(1) : this.asking(0, at);
    }
    if (at === 0 && line.is(0, AT)) return this.asking(AFTER.operator, 1);
    if (SOFT.has(word)) return this.asking(AFTER.softKeyword, at + 1);
    const after = STATEMENTS.get(word);
    if (after === undefined) return at;
    const mayStand = at === 0 || !COMPOUND.has(word) || line.word(at - 1) === WORD.async;
    return this.asking(mayStand ? after : 0, at + 1);
  }

  /** Imports are read, and judged, by themselves. */
  private import(at: number): number {
    const end = this.line.find(SEMICOLON, at);
    return this.asking(AFTER.end, end < 0 ? this.line.count : end);
  }

  private asking(next: number, at: number): number {
    this.next = next;
    return at;
  }

  private get top(): number {
    return this.brackets.at(-1) ?? NO_BRACKET;
  }

  private open(bracket: number, next: number): number {
    this.brackets.push(bracket);
    return next;
  }

  /** Of a compound statement, before its colon. */
  private get isHeader(): boolean {
    return COMPOUND.has(this.head) && !this.hasColon;
  }

  /** Whether the token before ends an operand. */
  private get isBehindOperand(): boolean {
    return (this.next & binary) !== 0;
  }

  private after(kind: number, at: number): number {
    switch (kind) {
      case name:
        return AFTER.name;
      case value:
        return AFTER.value;
      case text:
        return this.afterText(at);
      case round:
        return this.isBehindOperand ? this.open(ROUND, AFTER.call) : this.open(GROUP, AFTER.group);
      case square:
        return this.open(SQUARE, this.afterSquare());
      case brace:
        return this.open(BRACE, AFTER.brace);
      case lambda:
        return this.open(LAMBDA, AFTER.lambda);
      case close:
        return this.afterClose(at);
      case colon:
        return this.afterColon(at);
      case equals:
        return this.afterEquals(at);
      case comma:
        return AFTER.comma;
      case dot:
        return AFTER.attribute;
      default:
        return this.isBehindOperand ? this.afterOperator(kind, at) : this.afterPrefix(kind, at);
    }
  }

  private afterSquare(): number {
    // `case []` is a pattern, `case[1:2]` a subscript.
    if (this.next === AFTER.softKeyword) return AFTER.subscript | AFTER.square;
    return this.isBehindOperand ? AFTER.subscript : AFTER.square;
  }

  private afterPrefix(kind: number, at: number): number {
    if (kind === star) return AFTER.star;
    if (kind === slash) return AFTER.slash;
    if (kind === CLASS.yield) return AFTER.optional;
    if (kind === CLASS.for) return this.afterFor(at);
    return this.afterDelimiter(kind, at);
  }

  private afterOperator(kind: number, at: number): number {
    if (kind === not) return AFTER.not;
    if (kind === CLASS.for) return this.afterFor(at);
    return this.afterDelimiter(kind, at);
  }

  private afterDelimiter(kind: number, at: number): number {
    const { top, head, line } = this;
    if (kind === semicolon) return top === NO_BRACKET && !this.isHeader ? this.anew() : 0;
    if (kind === augmented) return top === NO_BRACKET && this.isBehindTarget(at) ? AFTER.equals : 0;
    if (kind === arrow) return top === NO_BRACKET && head === WORD.def ? AFTER.operator : 0;
    if (kind === bang) return top === FIELD ? AFTER.attribute : 0;
    if (kind === as) return TAKES_ALIAS.has(head) ? AFTER.operator : 0;
    if (kind === from) return head === WORD.raise || line.word(at - 1) === WORD.yield ? AFTER.operator : 0;
    return kind === in_ ? AFTER.list : AFTER.operator;
  }

  /** A loop within an expression. */
  private afterFor(at: number): number {
    if (this.line.word(at) === WORD.async) return AFTER.async;
    return this.top === NO_BRACKET ? 0 : AFTER.list;
  }

  private anew(): number {
    this.isBeginning = true;
    return AFTER.nothing;
  }

  /** A whole literal, or a piece of one up to a replacement field or to the end of a format specification. */
  private afterText(at: number): number {
    const last = this.line.text.charCodeAt((this.line.ends[at] as number) - 1);
    if (last === BRACE) return this.open(FIELD, AFTER.field);
    if (last !== CLOSE_BRACE) return AFTER.text;
    return this.brackets.pop() === FIELD ? AFTER.fieldEnd : 0;
  }

  private afterClose(at: number): number {
    const closing = this.line.codes[at] as number;
    const opening = this.brackets.pop();
    if (opening === FIELD) return closing === CLOSE_BRACE ? AFTER.fieldEnd : 0;
    return (opening === GROUP ? ROUND : opening) === CLOSED_BY.get(closing) ? AFTER.name : 0;
  }

  private afterColon(at: number): number {
    switch (this.top) {
      case NO_BRACKET:
        if (!this.isHeader && !SOFT.has(this.head) && !this.isBehindTarget(at)) return 0;
        this.hasColon = true;
        return this.anew();
      case LAMBDA:
        this.brackets.pop();
        return AFTER.operator;
      case ROUND: {
        const isParameter = this.head === WORD.def && this.brackets.length === 1 && this.isBehindOperand;
        return isParameter ? AFTER.list : 0;
      }
      case SQUARE:
        return AFTER.slice;
      case BRACE:
        return this.isBehindOperand ? AFTER.operator : 0;
      default:
        return AFTER.fieldEnd;
    }
  }

  private afterEquals(at: number): number {
    const { top } = this;
    if (top === FIELD) return AFTER.fieldEquals;
    if (top !== NO_BRACKET) return top !== BRACE && top !== GROUP && this.isBehindOperand ? AFTER.operator : 0;
    return this.isBehindTarget(at) ? AFTER.equals : 0;
  }

  /** Nothing is assigned to numbers, strings and constants; an annotation may end with one. */
  private isBehindTarget(at: number): boolean {
    return this.hasColon || (classOf(this.line, at - 1) & (value | text)) === 0;
  }
}

function isImport(line: LogicalLine, at: number): boolean {
  const word = line.word(line.word(at) === WORD.lazy ? at + 1 : at);
  return word === WORD.import || word === WORD.from;
}
