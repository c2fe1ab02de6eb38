/** A file's code as hashes for finding copies, from its tokens alone: no tree, so thousands of files take a moment. */
import type { CodePrint, FunctionPrint } from '../core/clones/model.js';
import { FIXED_WORDS } from './fixed-words.js';
import { Lexer, TOKEN, wordHash } from './lexer.js';
import { mix, Numbering } from './numbering.js';

/** Pure; `null` where the text is no Python that can be cut into tokens. */
export function codePrint(text: string): CodePrint | null {
  return new Printing(text).print();
}

const hashes = (words: string): ReadonlySet<number> => new Set(words.split(' ').map(wordHash));

/** Hashes of {@link FIXED_WORDS}. */
const FIXED: ReadonlySet<number> = new Set([...FIXED_WORDS].map(wordHash));
const [DEF, CLASS, ASYNC, LAMBDA, IMPORT, FROM] = 'def class async lambda import from'.split(' ').map(wordHash) as [
  number,
  number,
  number,
  number,
  number,
  number,
];
/** Statements whose head ends with a colon, so that `if x: return` is two lines wherever it is broken. */
const COMPOUND = hashes('if elif else for while try except finally with def class async');
const [COLON, SEMICOLON, OPEN, CLOSE, COMMA, AT] = ':;(),@'.split('').map(wordHash) as [
  number,
  number,
  number,
  number,
  number,
  number,
];

/** The lines of a text that may import, without the others. */
export function importLines(text: string, { importLines: at }: CodePrint): string {
  let lines = '';
  for (let index = 0; index < at.length; index += 2) lines += `${text.slice(at[index], at[index + 1])}\n`;
  return lines;
}

/** Two hashes as one number of 53 bits. */
function joined(a: number, b: number): number {
  return (a >>> 0) * 0x200000 + (b & 0x1fffff);
}

/** Names of the function, and of the line, that is being read. */
const ofFunction = new Numbering();
const ofLine = new Numbering();

/** A class or a function whose end is not yet reached. */
interface OpenBlock {
  readonly column: number;
  /** Of what is inside; -1 while nothing was read. */
  body: number;
  readonly isFunction: boolean;
  readonly isDirect: boolean;
  readonly start: number;
  readonly line: number;
  readonly from: number;
  readonly name: number;
}

class Printing {
  private readonly lexer: Lexer;
  private readonly hashes: number[] = [];
  private readonly shapes: number[] = [];
  private readonly sizes: number[] = [];
  private readonly places: number[] = [];
  private readonly functions: FunctionPrint[] = [];
  private readonly blocks: OpenBlock[] = [];
  private readonly importLines: number[] = [];
  private tokens = 0;
  private allTokens = 0;
  private lastLine = 0;
  private isInFunction = false;
  // Of the line that is being read.
  private hash = 0;
  private lineShape = 0;
  private size = 0;
  private texts = 0;
  private last: number = TOKEN.end;
  private place = 0;
  private lineStart = 0;
  private start = 0;
  private end = 0;
  private isDecorated = false;
  private first = 0;
  private lambdas = 0;
  private mayImport = false;
  // Of the function that is being read.
  private code = 0;
  private code2 = 0;
  private shape = 0;
  private shape2 = 0;
  private functionTokens = 0;

  constructor(text: string) {
    this.lexer = new Lexer(text);
  }

  print(): CodePrint | null {
    const { lexer } = this;
    let isFresh = true;
    for (let kind = lexer.next(); kind !== TOKEN.end; kind = lexer.next()) {
      if (kind === TOKEN.lineEnd) {
        this.endLine();
        isFresh = true;
        continue;
      }
      if (isFresh) this.beginLine(lexer.column);
      isFresh = false;
      this.token(kind);
      if (!lexer.isSound) return null;
    }
    // An open bracket shows at the end only.
    if (!lexer.isSound) return null;
    this.close(0);
    return {
      hashes: Uint32Array.from(this.hashes),
      shapes: Uint32Array.from(this.shapes),
      sizes: Uint16Array.from(this.sizes),
      places: Uint32Array.from(this.places),
      functions: this.functions,
      importLines: Uint32Array.from(this.importLines),
      tokens: this.tokens,
      allTokens: this.allTokens,
    };
  }

  private token(kind: number): void {
    const { lexer } = this;
    const { hash } = lexer;
    if (kind === TOKEN.operator) {
      if (hash === OPEN || hash === CLOSE || hash === COMMA) return;
      if (lexer.depth === 0 && hash === SEMICOLON) return this.endLine();
    }
    if (this.size === 0) {
      this.place = lexer.line + 1;
      this.first = hash;
      this.lineStart = lexer.start;
      if (!this.isDecorated) this.start = lexer.start;
      this.isDecorated = hash === AT && kind === TOKEN.operator;
      this.lambdas = 0;
    }
    // Strings that follow each other are one.
    const isJoined = kind === TOKEN.text && this.last === TOKEN.text;
    this.last = kind;
    if (!isJoined) this.size++;
    if (kind === TOKEN.text && !isJoined) this.texts++;
    const isName = kind === TOKEN.name;
    if (isName && (hash === DEF || hash === CLASS) && (this.size === 1 || this.first === ASYNC)) return this.open(hash);
    if (isName && hash === LAMBDA && lexer.depth === 0) this.lambdas++;
    this.hash = mix(this.hash, hash);
    // Wherever in its line it stands: `match x: case y: import z` is one line here.
    if (isName && hash === IMPORT) this.mayImport = true;
    const isIdentifier = isName && !FIXED.has(hash);
    this.lineShape = mix(this.lineShape, isIdentifier ? ofLine.of(hash) : hash);
    if (this.isInFunction && !this.isLeftOut()) this.inFunction(hash, isIdentifier);
    if (hash === COLON && !isName && lexer.depth === 0) this.colon();
  }

  /** Imports, and what may turn out to be a docstring. */
  private isLeftOut(): boolean {
    return this.first === IMPORT || this.first === FROM || this.size === this.texts;
  }

  private inFunction(hash: number, isIdentifier: boolean): void {
    this.functionTokens++;
    this.code = mix(this.code, hash);
    this.code2 = Math.imul(this.code2 + hash, 0x85ebca6b) ^ (hash >>> 7);
    const word = isIdentifier ? ofFunction.of(hash) : hash;
    this.shape = mix(this.shape, word);
    this.shape2 = Math.imul(this.shape2 + word, 0x85ebca6b) ^ (word >>> 7);
  }

  private colon(): void {
    if (this.lambdas > 0) this.lambdas--;
    else if (COMPOUND.has(this.first)) this.endLine();
  }

  /** Reads the name behind `def` or `class`. */
  private open(keyword: number): void {
    const { lexer } = this;
    const { column } = lexer;
    lexer.next();
    const isFunction = keyword === DEF;
    this.hash = mix(mix(this.hash, keyword), lexer.hash);
    this.lineShape = mix(mix(this.lineShape, keyword), ofLine.of(lexer.hash));
    this.size++;
    if (this.isInFunction) {
      this.inFunction(keyword, false);
      this.inFunction(lexer.hash, true);
      return;
    }
    const { place: line, start } = this;
    const around = this.blocks.at(-1);
    const isDirect = around ? around.isDirect && column === around.body : column === 0;
    const from = this.hashes.length;
    this.blocks.push({ column, body: -1, isFunction, isDirect, start, line, from, name: lexer.start });
    if (!isFunction) return;
    this.isInFunction = true;
    this.code = this.code2 = this.shape = this.shape2 = this.functionTokens = 0;
    ofFunction.clear();
    ofFunction.of(lexer.hash);
  }

  private endLine(): void {
    const { size } = this;
    this.lastLine = Math.max(this.lastLine, this.lexer.line + 1);
    this.end = this.lexer.end;
    if (size !== this.texts) this.allTokens += size;
    if (!this.isLeftOut()) {
      this.hashes.push(this.hash);
      this.shapes.push(this.lineShape);
      this.sizes.push(Math.min(size, 0xffff));
      this.places.push(this.place);
      this.tokens += size;
    }
    this.hash = this.lineShape = this.size = this.texts = this.first = 0;
    if (this.mayImport) this.importLines.push(this.lineStart, this.end);
    this.mayImport = false;
    this.last = TOKEN.end;
    ofLine.clear();
  }

  private beginLine(column: number): void {
    this.close(column);
    const block = this.blocks.at(-1);
    if (block && block.body < 0) block.body = column;
  }

  /** Ends the blocks that a line of this indentation no longer belongs to. */
  private close(column: number): void {
    for (let block = this.blocks.at(-1); block && column <= block.column; block = this.blocks.at(-1)) {
      this.blocks.pop();
      if (!block.isFunction) continue;
      this.isInFunction = false;
      this.functions.push({
        names: [...this.blocks, block].map(({ name }) => name),
        start: block.start,
        end: this.end,
        isDirect: block.isDirect,
        from: block.from,
        to: this.hashes.length,
        line: block.line,
        endLine: this.lastLine,
        tokens: this.functionTokens,
        code: joined(this.code, this.code2),
        shape: joined(this.shape, this.shape2),
      });
    }
  }
}
