/** Headers of compound statements: what they bind, and under which circumstances their blocks run. */
import { isSuppressing, isSwallowingImportError, typeCheckingTest } from '../circumstance-rules.js';
import { FLAG } from '../walk.js';
import type { Blocks, Compound } from './blocks.js';
import { AT_TOP, inFunction, inside } from './circumstances.js';
import type { Expressions, Surroundings } from './expressions.js';
import type { LogicalLine } from './logical-line.js';
import { parameterSegments, typeParametersEnd } from './parameters.js';
import { CLOSE, COMMA, STAR } from './punctuation.js';
import type { Record, Scope } from './record.js';
import { boundTokens } from './targets.js';
import { WORD } from './words.js';

/** The block of a header, and whether it is a scope that may begin with documentation. */
interface Body extends Surroundings {
  readonly cases?: true;
  readonly documented?: true;
}

type Rule = (from: number, colon: number, around: Surroundings) => Body | null;

export class Headers {
  private readonly rules: ReadonlyMap<number, Rule>;

  constructor(
    private readonly line: LogicalLine,
    private readonly record: Record,
    private readonly expressions: Expressions,
    private readonly blocks: Blocks,
  ) {
    const rules: Record_ = {
      if: this.if,
      elif: this.elif,
      else: this.else,
      for: this.for,
      while: this.while,
      try: this.try,
      except: this.except,
      finally: this.finally,
      with: this.with,
      def: this.def,
      class: this.class,
    };
    this.rules = new Map(Object.entries(rules).map(([name, rule]) => [WORD[name] as number, rule.bind(this)]));
  }

  /** The rule for a line that begins with a word; `undefined` for simple statements. */
  ruleFor(word: number): Rule | undefined {
    return this.rules.get(word);
  }

  private set last(compound: Compound | null) {
    this.blocks.here.last = compound;
  }

  private if(from: number, colon: number, around: Surroundings): Body {
    const { consequence, alternative } = this.branches(from, colon, around);
    this.last = { kind: 'if', alternative };
    return { ...around, circumstances: consequence };
  }

  /** `if TYPE_CHECKING` is for type checkers and its `else` for run time; any other test makes both branches conditional. */
  private branches(from: number, colon: number, around: Surroundings) {
    const base = around.circumstances;
    const test = colon > from + 1 ? typeCheckingTest(this.line.sliceOf(from + 1, colon - 1)) : null;
    const conditional = inside(base, FLAG.conditional);
    this.expressions.scan(from + 1, colon, around);
    if (test === 'positive') return { consequence: inside(base, FLAG.typing), alternative: base };
    if (test === 'negative') return { consequence: base, alternative: inside(base, FLAG.typing) };
    return { consequence: conditional, alternative: conditional };
  }

  private elif(from: number, colon: number, around: Surroundings): Body | null {
    const { last } = this.blocks.here;
    if (last?.kind !== 'if') return null;
    const { consequence } = this.branches(from, colon, { ...around, circumstances: last.alternative });
    return { ...around, circumstances: consequence };
  }

  private else(from: number, colon: number, around: Surroundings): Body | null {
    const { last } = this.blocks.here;
    if (!last || colon !== from + 1) return null;
    return { ...around, circumstances: last.kind === 'if' ? last.alternative : last.body };
  }

  private for(from: number, colon: number, around: Surroundings): Body | null {
    const { line } = this;
    let middle = from + 1;
    while (middle < colon && !(line.word(middle) === WORD.in && line.depths[middle] === 0)) middle++;
    if (middle === colon) return null;
    this.bind(from + 1, middle, around);
    this.expressions.scan(from + 1, colon, around);
    return this.loop(around);
  }

  private while(from: number, colon: number, around: Surroundings): Body {
    this.expressions.scan(from + 1, colon, around);
    return this.loop(around);
  }

  private loop(around: Surroundings): Body {
    const body = inside(around.circumstances, FLAG.conditional);
    this.last = { kind: 'loop', body };
    return { ...around, circumstances: body };
  }

  private try(from: number, colon: number, around: Surroundings): Body | null {
    if (colon !== from + 1) return null;
    const guard = { guarded: false };
    const body = inside(around.circumstances, 0, guard);
    this.last = { kind: 'try', guard, body, base: around.circumstances };
    return { ...around, circumstances: body };
  }

  private except(from: number, colon: number, around: Surroundings): Body | null {
    const { line } = this;
    const { last } = this.blocks.here;
    // `except A, B` is a name and its alias in Python 2, two types since Python 3.14.
    if (last?.kind !== 'try' || line.find(COMMA, from, colon) >= 0) return null;
    const start = line.is(from + 1, STAR) ? from + 2 : from + 1;
    last.guard.guarded ||= start >= colon || isSwallowingImportError(line.sliceOf(start, colon - 1));
    const handler = { ...around, circumstances: inside(last.body, FLAG.conditional) };
    this.expressions.scan(start, colon, handler);
    this.aliases(start, colon, handler);
    return handler;
  }

  private finally(from: number, colon: number, around: Surroundings): Body | null {
    const { last } = this.blocks.here;
    if (last?.kind !== 'try' || colon !== from + 1) return null;
    return { ...around, circumstances: last.base };
  }

  /** `with suppress(ImportError)` guards like `try`. */
  private with(from: number, colon: number, around: Surroundings): Body | null {
    if (colon === from + 1) return null;
    const isGuarded = isSuppressing(this.line.sliceOf(from + 1, colon - 1));
    this.expressions.scan(from + 1, colon, around);
    this.aliases(from + 1, colon, around);
    this.last = null;
    return { ...around, circumstances: inside(around.circumstances, isGuarded ? FLAG.guarded : 0) };
  }

  private def(from: number, colon: number, around: Surroundings): Body | null {
    const { line, record } = this;
    const { scope, circumstances } = around;
    if (!line.isName(from + 1)) return null;
    if (line.word(from + 1) === WORD.__getattr__) this.getattr(from + 1, scope);
    record.bind(line.nameAt(from + 1), scope, circumstances);
    const segments = parameterSegments(line, from + 2, colon);
    if (!segments) return null;
    for (const { start, end, isAnnotation } of segments) this.expressions.scan(start, end, around, !isAnnotation);
    this.last = null;
    return { scope: inner('function', scope), circumstances: inFunction(circumstances), documented: true };
  }

  /** PEP 562: a module's own answers for names that nothing else binds. */
  private getattr(at: number, scope: Scope): void {
    const { line, record } = this;
    if (scope.kind !== 'module' && !scope.globals.has('__getattr__')) return;
    if (record.dynamics.some(({ form }) => form === 'module-getattr')) return;
    const about = { form: 'module-getattr', name: { kind: 'open' }, anchor: null } as const;
    record.dynamics.push({ ...about, line: line.lineOf(at), circumstances: inFunction(AT_TOP) });
  }

  private class(from: number, colon: number, around: Surroundings): Body | null {
    const { line, record } = this;
    if (!line.isName(from + 1)) return null;
    record.bind(line.nameAt(from + 1), around.scope, around.circumstances);
    const bases = typeParametersEnd(line, from + 2, colon);
    this.expressions.scan(from + 2, bases, around, false);
    this.expressions.scan(bases, colon, around);
    this.last = null;
    return { scope: inner('class', around.scope), circumstances: around.circumstances, documented: true };
  }

  /** Targets behind `as`, up to the comma or bracket that ends them. */
  private aliases(from: number, colon: number, around: Surroundings): void {
    const { line } = this;
    for (let at = from; at < colon; at++) {
      if (line.word(at) !== WORD.as) continue;
      const depth = line.depths[at] as number;
      let end = at + 1;
      while (end < colon && !((line.depths[end] as number) <= depth && (line.is(end, COMMA) || line.is(end, CLOSE))))
        end++;
      this.bind(at + 1, end, around);
      at = end;
    }
  }

  private bind(from: number, to: number, { scope, circumstances }: Surroundings): void {
    for (const at of boundTokens(this.line, from, to)) this.record.bind(this.line.nameAt(at), scope, circumstances);
  }
}

interface Record_ {
  readonly [name: string]: Rule;
}

function inner(kind: Scope['kind'], outer: Scope): Scope {
  return { kind, outer, globals: new Set() };
}
