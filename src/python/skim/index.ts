/**
 * The skim of a file: one linear pass over its tokens, logical line by logical line, blocks by indentation, no tree. It finds
 * what {@link Skim} holds, or says that it is not sure; then the grammar is asked.
 */
import { couldCompleteName, type Skim } from '../../core/skim.js';
import { bindsNames, isUnfinished, skimmedDynamics } from '../condense.js';
import type { ImportsByValue } from '../facts.js';
import { FLAG } from '../walk.js';
import { Blocks } from './blocks.js';
import { AT_TOP, inside } from './circumstances.js';
import { DynamicCalls } from './dynamic-calls.js';
import { excerptOf } from './excerpt.js';
import { Expressions, type Surroundings } from './expressions.js';
import { Headers } from './headers.js';
import { contentOf } from './literals.js';
import { LogicalLine } from './logical-line.js';
import { markLine } from './marks.js';
import { AT, COLON } from './punctuation.js';
import { Record } from './record.js';
import { SimpleStatements } from './simple-statements.js';
import { isSoundLine } from './sound.js';
import { WORD } from './words.js';

/**
 * The skim of a text; `null` where it has something that tokens alone do not tell, or is no Python 3.
 * @param ofExcerpt what the grammar makes of an excerpt, to tell what computed names of modules may be
 */
export function skim(text: string, ofExcerpt: (text: string) => ImportsByValue): Skim | null {
  const reading = new Reading(text);
  if (!reading.isWhole()) return null;
  const { record } = reading;
  if (record.hasComputedNames) {
    const excerpt = ofExcerpt(excerptOf(text));
    if (excerpt.syntaxErrors.length > 0) return null;
    return wholeSkim({ ...record.finish(), dynamics: skimmedDynamics(excerpt) }, text);
  }
  return wholeSkim(record.finish(), text);
}

/** With what follows from the imports by value. */
function wholeSkim(found: Skim, text: string): Skim {
  const words = found.dynamics.some(isUnfinished) ? wordsIn(text) : [];
  return { ...found, words, bindsByValue: found.bindsByValue || found.dynamics.some(bindsNames) };
}

/** All string literals of a text that could complete a computed name, each once. */
function wordsIn(text: string): string[] {
  const words = new Set<string>();
  const line = new LogicalLine(text);
  while (line.read())
    for (let at = 0; at < line.count; at++) {
      const value = line.isText(at) ? contentOf(text, line.starts[at] as number, line.ends[at] as number) : null;
      if (value !== null && couldCompleteName(value)) words.add(value);
    }
  return [...words];
}

class Reading {
  readonly record = new Record();
  private readonly line: LogicalLine;
  private readonly blocks = new Blocks({
    scope: { kind: 'module', outer: null, globals: new Set() },
    circumstances: AT_TOP,
  });
  private readonly calls = new DynamicCalls();
  private readonly expressions: Expressions;
  private readonly statements: SimpleStatements;
  private readonly headers: Headers;
  /** The line before was a decorator. */
  private isDecorated = false;

  constructor(text: string) {
    this.line = new LogicalLine(text);
    this.expressions = new Expressions(this.line, this.record, this.calls);
    this.statements = new SimpleStatements(this.line, this.record, this.expressions);
    this.headers = new Headers(this.line, this.record, this.expressions, this.blocks);
  }

  isWhole(): boolean {
    const { line, record, blocks } = this;
    while (!record.isUnsure && line.read()) {
      if (!isSoundLine(line) || !blocks.enter(line.column)) return false;
      markLine(line, record);
      this.statement();
    }
    if (!line.isSound || !blocks.isClosed || this.isDecorated) return false;
    this.calls.finish(record);
    return !record.isUnsure;
  }

  private statement(): void {
    const { line, blocks, record } = this;
    const { here } = blocks;
    const mayBeDocumentation = here.mayBeDocumented;
    here.mayBeDocumented = false;
    const isAsync = line.word(0) === WORD.async;
    const from = isAsync ? 1 : 0;
    this.decoration(line.word(from));
    if (here.cases) return this.case(here);
    const rule = this.headers.ruleFor(line.word(from));
    if (rule) return this.compound(rule, from, here);
    if (isAsync) record.isUnsure = true;
    else if (line.word(0) === WORD.match && line.is(line.count - 1, COLON)) this.match(here);
    else {
      here.last = null;
      this.statements.read(0, here, mayBeDocumentation);
    }
  }

  private decoration(word: number): void {
    const { line, record } = this;
    const isDecorator = line.is(0, AT);
    if (this.isDecorated && !isDecorator && word !== WORD.def && word !== WORD.class) record.isUnsure = true;
    this.isDecorated = isDecorator;
  }

  private compound(
    rule: NonNullable<ReturnType<Headers['ruleFor']>>,
    from: number,
    { scope, circumstances }: Surroundings,
  ) {
    const colon = this.line.find(COLON, from);
    const body = colon < 0 ? null : rule(from, colon, { scope, circumstances });
    if (!body) this.record.isUnsure = true;
    else this.body(colon, { ...body, cases: false, documented: body.documented ?? false });
  }

  /** What stands behind the colon, or deeper in the next lines. */
  private body(colon: number, opening: Parameters<Blocks['open']>[0]): void {
    if (colon + 1 === this.line.count) this.blocks.open(opening);
    else this.statements.read(colon + 1, opening, opening.documented);
  }

  private match(around: Surroundings): void {
    const { line, blocks } = this;
    blocks.here.last = null;
    this.expressions.scan(1, line.count - 1, around);
    blocks.open({ scope: around.scope, circumstances: around.circumstances, cases: true, documented: false });
  }

  /** Names in patterns may be captured; where that is seen from outside, the grammar is asked. */
  private case(around: Surroundings): void {
    const { line, record } = this;
    const { scope } = around;
    const colon = line.find(COLON, 0);
    if (line.word(0) !== WORD.case || colon < 0 || scope.kind === 'module' || scope.globals.size > 0) {
      record.isUnsure = true;
      return;
    }
    const circumstances = inside(around.circumstances, FLAG.conditional);
    this.expressions.scan(1, colon, { scope, circumstances });
    this.body(colon, { scope, circumstances, cases: false, documented: false });
  }
}
