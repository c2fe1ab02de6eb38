/** Simple statements: imports, assignments, declarations, `__all__`; everything else is only scanned. */
import { TOKEN } from '../lexer.js';
import { exportedNames, isExportChange } from './export-lists.js';
import type { Expressions, Surroundings } from './expressions.js';
import { importAt } from './import-lines.js';
import type { LogicalLine } from './logical-line.js';
import { COLON, COMMA, DOT, EQUALS, OPEN, OPEN_SQUARE, SEMICOLON } from './punctuation.js';
import type { Record } from './record.js';
import { boundTokens } from './targets.js';
import { isKeyword, WORD } from './words.js';

export class SimpleStatements {
  constructor(
    private readonly line: LogicalLine,
    private readonly record: Record,
    private readonly expressions: Expressions,
  ) {}

  /** All statements from a token to the end of the line. */
  read(from: number, around: Surroundings, mayBeDocumentation: boolean): void {
    const { line } = this;
    for (let at = from; at < line.count; ) {
      const border = line.find(SEMICOLON, at);
      const end = border === -1 ? line.count : border;
      if (end === at) this.record.isUnsure = true;
      else if (!(mayBeDocumentation && at === from && this.isText(at, end))) this.one(at, end, around);
      at = end + 1;
    }
  }

  private isText(from: number, to: number): boolean {
    for (let at = from; at < to; at++) if (this.line.kinds[at] !== TOKEN.text) return false;
    return true;
  }

  private one(from: number, to: number, around: Surroundings): void {
    const { line, record } = this;
    const word = line.word(from);
    const next = line.word(from + 1);
    const isLazy = word === WORD.lazy && (next === WORD.import || next === WORD.from);
    if (isLazy || word === WORD.import || word === WORD.from) this.import(isLazy ? from + 1 : from, to, around, isLazy);
    else if (word === WORD.global) this.global(from + 1, to, around);
    else if (word === WORD.raise && line.find(COMMA, from, to) >= 0) record.isUnsure = true;
    else if (word === WORD.type && line.isName(from + 1) && !isKeyword(next)) this.typeAlias(from, to, around);
    else if (isKeyword(word)) this.expressions.scan(from + 1, to, around);
    else this.expression(from, to, around);
  }

  private import(from: number, to: number, { scope, circumstances }: Surroundings, isLazy: boolean): void {
    const parts = importAt(this.line, from, to);
    if (parts) this.record.import(parts, scope, circumstances, isLazy);
    else this.record.isUnsure = true;
  }

  private global(from: number, to: number, { scope }: Surroundings): void {
    for (let at = from; at < to; at++) if (this.line.isName(at)) scope.globals.add(this.line.nameAt(at));
  }

  private typeAlias(from: number, to: number, around: Surroundings): void {
    const { line, record } = this;
    if (!line.is(from + 2, EQUALS) && !line.is(from + 2, OPEN_SQUARE)) record.isUnsure = true;
    record.bind(line.nameAt(from + 1), around.scope, around.circumstances);
    this.expressions.scan(from + 2, to, around, false);
  }

  private expression(from: number, to: number, around: Surroundings): void {
    const { line, record } = this;
    if (around.scope.kind === 'module' && isExportChange(line, from, to)) return this.exports(from, to, around);
    const colon = line.find(COLON, from, to);
    if (colon >= 0) return this.annotated(from, colon, to, around);
    if (around.scope.kind === 'module' || around.scope.globals.size > 0) {
      let start = from;
      for (let equals = line.find(EQUALS, start, to); equals >= 0; equals = line.find(EQUALS, start, to)) {
        this.bind(start, equals, around, false);
        start = equals + 1;
      }
      if (start === from && line.isName(from) && this.isAugmented(from + 1, to))
        record.bind(line.nameAt(from), around.scope, around.circumstances);
    }
    this.expressions.scan(from, to, around);
  }

  private annotated(from: number, colon: number, to: number, around: Surroundings): void {
    const { line } = this;
    if (colon + 1 >= to || colon === from) this.record.isUnsure = true;
    const equals = line.find(EQUALS, colon + 1, to);
    // `(x): int` declares nothing, `x: int` does.
    if (equals >= 0 || !line.is(from, OPEN)) this.bind(from, colon, around, equals < 0);
    this.expressions.scan(from, colon, around);
    this.expressions.scan(colon + 1, equals < 0 ? to : equals, around, false);
    if (equals >= 0) this.expressions.scan(equals + 1, to, around);
  }

  private bind(from: number, to: number, { scope, circumstances }: Surroundings, conditional: boolean): void {
    for (const at of boundTokens(this.line, from, to))
      this.record.bind(this.line.nameAt(at), scope, circumstances, conditional);
  }

  /** `+=` and its like. */
  private isAugmented(at: number, to: number): boolean {
    const { line } = this;
    if (at >= to || line.kinds[at] !== TOKEN.operator) return false;
    return /^[^=!<>:]=$|^(?:\/\/|\*\*|<<|>>)=$/.test(line.sliceOf(at, at));
  }

  private exports(from: number, to: number, around: Surroundings): void {
    const { line, record } = this;
    const added = exportedNames(line, from, to);
    if (added === null) record.isUnsure = true;
    else record.export(added);
    const isCall = line.is(from + 1, DOT);
    if (!isCall) record.bind('__all__', around.scope, around.circumstances);
    this.expressions.scan(from, to, around, false);
  }
}
