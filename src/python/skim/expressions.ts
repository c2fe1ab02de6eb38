/** What the expressions of a line contribute: strings that name modules, imports by value, names bound by `:=`. */
import { couldNameModule } from '../../core/skim.js';
import { TOKEN } from '../lexer.js';
import type { Circumstances } from './circumstances.js';
import type { DynamicCalls } from './dynamic-calls.js';
import { contentOf } from './literals.js';
import type { LogicalLine } from './logical-line.js';
import { COLON } from './punctuation.js';
import type { Record, Scope } from './record.js';
import { isImporting, WORD } from './words.js';

export interface Surroundings {
  readonly scope: Scope;
  readonly circumstances: Circumstances;
}

export class Expressions {
  constructor(
    private readonly line: LogicalLine,
    private readonly record: Record,
    private readonly calls: DynamicCalls,
  ) {}

  /**
   * Scans tokens, from `from` to before `to`.
   * @param namesModules false where strings are annotations, documentation or names of an export list
   */
  scan(from: number, to: number, around: Surroundings, namesModules = true): void {
    const { line } = this;
    for (let at = from; at < to; at++) {
      const kind = line.kinds[at];
      if (kind === TOKEN.text) {
        if (namesModules) this.string(at, around.scope);
      } else if (kind === TOKEN.name) {
        if (line.codes[at] !== 0) this.name(at, around);
      } else if (kind === TOKEN.operator && line.hasWalrus && line.codes[at] === COLON) this.walrus(at, around);
    }
  }

  private string(at: number, scope: Scope): void {
    const { line } = this;
    const value = contentOf(line.text, line.starts[at] as number, line.ends[at] as number);
    if (value !== null && couldNameModule(value))
      this.record.strings.push({ value, line: line.lineOf(at), atTop: scope.kind === 'module' });
  }

  private name(at: number, { circumstances }: Surroundings): void {
    const { line, record } = this;
    const word = line.codes[at] as number;
    if (word === WORD.modules || isImporting(word)) {
      // A lambda runs later than what is around it.
      if (line.hasLambda) record.isUnsure = true;
      this.calls.see(line, at, circumstances);
    }
  }

  private walrus(at: number, { scope, circumstances }: Surroundings): void {
    const { line, record } = this;
    if ((line.ends[at] as number) - (line.starts[at] as number) !== 2 || !line.isName(at - 1)) return;
    if (line.hasLambda) record.isUnsure = true;
    record.bind(line.nameAt(at - 1), scope, circumstances);
  }
}
