/**
 * One linear pass over Python's tokens, after the language reference ("Lexical analysis"): names, numbers, pieces of strings,
 * operators and ends of logical lines. Comments, blank lines and layout inside brackets leave no trace. Replacement fields of
 * f- and t-strings are read as code, however deep they nest (PEP 701, PEP 750). It knows no grammar.
 */
import {
  endOfLine,
  escapeEnd,
  isBrace,
  isDigit,
  isLineEnd,
  isNamePart,
  isNameStart,
  isOperator,
  lineEndLength,
  operatorLength,
} from './characters.js';

export const TOKEN = { end: 0, name: 1, number: 2, text: 3, operator: 4, lineEnd: 5 } as const;
export type TokenKind = (typeof TOKEN)[keyof typeof TOKEN];

const TAB = 9;
const LF = 10;
const FF = 12;
const CR = 13;
const SPACE = 32;
const BACKSLASH = 92;

/** What braces are in a string: nothing, doubled or a field, always a field (in a format specification). */
const PLAIN = 0;
const LITERAL = 1;
const FORMAT = 2;
type Braces = typeof PLAIN | typeof LITERAL | typeof FORMAT;

const HASH_START = 0x811c9dc5;
const HASH_FACTOR = 0x01000193;

/** FNV-1a, as {@link Lexer.hash} of a name. */
export function wordHash(word: string): number {
  let hash = HASH_START;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), HASH_FACTOR);
  return hash;
}

const NUMBER =
  /0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?(?:\d[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d[\d_]*)?[jJ]?/y;

/** Where the reader stands inside an f-string. */
interface Template {
  readonly quote: number;
  readonly triple: boolean;
  readonly raw: boolean;
  /** Brackets that were open when the current field began; -1 in literal text. */
  field: number;
  /** Fields around the format specification that is being read. */
  specs: number[];
}

/** Reads a text token by token; all offsets are UTF-16 units. */
export class Lexer {
  kind: TokenKind = TOKEN.end;
  /** Of the token. */
  start = 0;
  end = 0;
  /** FNV-1a of the token's characters: of a string, of its content as written. */
  hash = 0;
  /** Indentation of the logical line that the token stands in; a tab goes on to the next multiple of eight. */
  column = 0;
  /** Physical lines before the token's start, and before its end. */
  line = 0;
  private lines = 0;
  /** Brackets open after the token. */
  depth = 0;
  /** False once something was met that is no Python 3; what follows is a guess. */
  isSound = true;
  private at = 0;
  private isFresh = true;
  private readonly templates: Template[] = [];

  constructor(private readonly text: string) {}

  /** The next token. After the last one there is a line end, if code stands before it, and then `end` for ever. */
  next(): TokenKind {
    const { templates } = this;
    const template = templates.length > 0 ? templates[templates.length - 1] : undefined;
    if (template && template.field < 0) return this.literal(template, this.at);
    this.skip();
    const { text, at } = this;
    this.start = at;
    this.line = this.lines;
    if (at >= text.length) return this.finish();
    const code = text.charCodeAt(at);
    if (this.isFresh) this.isFresh = false;
    if (isNameStart(code)) return this.nameOrString();
    if (code === 34 || code === 39) return this.string(at, at);
    if ((code >= 48 && code <= 57) || (code === 46 && isDigit(text.charCodeAt(at + 1)))) return this.number();
    return code === LF || code === CR ? this.lineEnd() : this.operator(code, template);
  }

  private done(kind: TokenKind, end: number, hash: number): TokenKind {
    this.at = end;
    this.end = end;
    this.hash = hash;
    this.kind = kind;
    return kind;
  }

  private finish(): TokenKind {
    if (this.depth > 0 || this.templates.at(-1)) this.isSound = false;
    if (this.isFresh) return this.done(TOKEN.end, this.at, 0);
    this.isFresh = true;
    return this.done(TOKEN.lineEnd, this.at, 0);
  }

  /** Blanks, comments, continued lines; line ends where they mean nothing. */
  private skip(): void {
    const { text } = this;
    let { at } = this;
    let column = 0;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === SPACE) column++;
      else if (code === TAB) column = (column | 7) + 1;
      else if (code === FF) column = 0;
      else if (code === 35) at = endOfLine(text, at) - 1;
      else if (code === BACKSLASH && isLineEnd(text.charCodeAt(at + 1))) {
        at += lineEndLength(text, at + 1);
        this.lines++;
      } else if (isLineEnd(code) && (this.isFresh || this.depth > 0)) {
        at += lineEndLength(text, at) - 1;
        this.lines++;
        column = 0;
      } else break;
    }
    if (this.isFresh) this.column = column;
    this.at = at;
  }

  private lineEnd(): TokenKind {
    this.isFresh = true;
    const { at } = this;
    this.lines++;
    this.done(TOKEN.lineEnd, at + lineEndLength(this.text, at), 0);
    return this.kind;
  }

  private nameOrString(): TokenKind {
    const { text, start } = this;
    let at = start;
    let hash = HASH_START;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (!isNamePart(code)) break;
      hash = Math.imul(hash ^ code, HASH_FACTOR);
    }
    const next = text.charCodeAt(at);
    if ((next === 34 || next === 39) && at - start <= 2 && /^(?:[rbuft]|[bft]r|r[bft])$/i.test(text.slice(start, at)))
      return this.string(start, at);
    return this.done(TOKEN.name, at, hash);
  }

  private number(): TokenKind {
    const { text, start } = this;
    NUMBER.lastIndex = start;
    NUMBER.test(text);
    const end = Math.max(NUMBER.lastIndex, start + 1);
    let hash = HASH_START;
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      // Upper and lower case are one, and underscores nothing.
      if (code !== 95) hash = Math.imul(hash ^ (code | 32), HASH_FACTOR);
    }
    return this.done(TOKEN.number, end, hash);
  }

  private operator(code: number, template: Template | undefined): TokenKind {
    const { text, start } = this;
    if (template && this.depth === template.field && (code === 125 || code === 58))
      return this.fieldEnd(template, code);
    if (code === 40 || code === 91 || code === 123) this.depth++;
    else if (code === 41 || code === 93 || code === 125) {
      if (this.depth > 0) this.depth--;
      else this.isSound = false;
    }
    const end = start + operatorLength(text, start);
    let hash = HASH_START;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), HASH_FACTOR);
    if (!isOperator(code)) this.isSound = false;
    return this.done(TOKEN.operator, end, hash);
  }

  /** @param quoteAt where the quotes begin, behind the prefix */
  private string(start: number, quoteAt: number): TokenKind {
    const { text } = this;
    const quote = text.charCodeAt(quoteAt);
    const triple = text.charCodeAt(quoteAt + 1) === quote && text.charCodeAt(quoteAt + 2) === quote;
    const from = quoteAt + (triple ? 3 : 1);
    const prefix = text.slice(start, quoteAt);
    if (/[ft]/i.test(prefix)) {
      this.templates.push({ quote, triple, raw: /r/i.test(prefix), field: -1, specs: [] });
      this.at = from;
      return this.literal(this.templates.at(-1) as Template, start);
    }
    const { end, hash, isClosed } = this.content(from, quote, triple, PLAIN);
    if (!isClosed) this.isSound = false;
    return this.done(TOKEN.text, isClosed ? end + (triple ? 3 : 1) : end, hash);
  }

  /** From `from` to the closing quotes, or in a template to the next field. */
  private content(from: number, quote: number, triple: boolean, braces: Braces) {
    const { text } = this;
    let hash = HASH_START;
    let at = from;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === quote && (!triple || (text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote)))
        return { end: at, hash, isClosed: true };
      if (braces !== PLAIN && isBrace(code)) {
        if (braces === FORMAT || text.charCodeAt(at + 1) !== code) return { end: at, hash, isClosed: false };
        at++;
      } else if (code === BACKSLASH && braces !== PLAIN && isBrace(text.charCodeAt(at + 1))) {
        // No escape: the field behind it is one.
      } else if (code === BACKSLASH) {
        hash = Math.imul(hash ^ code, HASH_FACTOR);
        at = braces !== PLAIN && !this.templates.at(-1)?.raw ? escapeEnd(text, at) : at + 1;
        if (isLineEnd(text.charCodeAt(at))) {
          this.lines++;
          at += lineEndLength(text, at) - 1;
        }
      } else if (isLineEnd(code)) {
        if (!triple) break;
        this.lines++;
        at += lineEndLength(text, at) - 1;
      }
      hash = Math.imul(hash ^ text.charCodeAt(at), HASH_FACTOR);
    }
    return { end: Math.min(at, text.length), hash, isClosed: false };
  }

  /** Literal text of a template, up to a field or to its end. Empty text is a token too: it marks the template. */
  private literal(template: Template, start: number): TokenKind {
    const { text } = this;
    this.start = start;
    this.line = this.lines;
    const { quote, triple, specs } = template;
    const { end, hash, isClosed } = this.content(this.at, quote, triple, specs.length === 0 ? LITERAL : FORMAT);
    if (isClosed && specs.length === 0) {
      this.templates.pop();
      return this.done(TOKEN.text, end + (template.triple ? 3 : 1), hash);
    }
    return isBrace(text.charCodeAt(end)) ? this.border(template, end, hash) : this.broken(end, hash);
  }

  private broken(end: number, hash: number): TokenKind {
    this.isSound = false;
    this.templates.length = 0;
    return this.done(TOKEN.text, end, hash);
  }

  /** A field begins, or the format specification of one ends. */
  private border(template: Template, at: number, hash: number): TokenKind {
    if (this.text.charCodeAt(at) === 123) {
      this.depth++;
      template.field = this.depth;
    } else {
      const outer = template.specs.pop();
      if (outer === undefined) return this.broken(at + 1, hash);
      this.depth = outer - 1;
      template.field = -1;
    }
    return this.done(TOKEN.text, at + 1, hash);
  }

  /** `}` ends a field, `:` begins its format specification. */
  private fieldEnd(template: Template, code: number): TokenKind {
    if (code === 58) template.specs.push(this.depth);
    else this.depth--;
    template.field = -1;
    return this.done(TOKEN.operator, this.start + 1, Math.imul(HASH_START ^ code, HASH_FACTOR));
  }
}
