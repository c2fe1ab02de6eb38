/** Groups of functions with their names, and whether the names in their code mean the same in all of them. */
import { type Agreement, agreementOf } from '../core/clones/bindings.js';
import type { FunctionPlace } from '../core/clones/candidates.js';
import type { FunctionGroup } from '../core/clones/function-copies.js';
import type { CodePrint, FunctionPrint } from '../core/clones/model.js';
import { type PlacedFunction, plainAgreement, type TopNames } from '../core/clones/plain-agreement.js';
import type { OutlineSymbol } from '../core/outline.js';
import { BELOW_ONE } from '../core/similarity.js';
import { topNames } from '../python/top-names.js';
import type { FunctionCopies, FunctionCopy } from '../report/function-copies.js';
import type { Session } from './session.js';

/** A file that was read, with its print. */
export interface Printed {
  readonly path: string;
  readonly print: CodePrint;
}

/** Of a larger group so many tell whether a name means another object; that all agree is not said of it: all would have to be parsed. */
const MOST_ASKED = 100;

const NAME = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;

export class FunctionNaming {
  private readonly tops = new Map<string, TopNames | null>();
  /** The function that was looked at last: many are the same text. */
  private last: { readonly text: string; readonly symbol: OutlineSymbol | undefined } | undefined;

  constructor(
    private readonly session: Session,
    private readonly files: readonly Printed[],
  ) {}

  /** @param isShown whether anybody sees what its names mean */
  named({ kind, similarity, members: places }: FunctionGroup, isShown: boolean): FunctionCopies {
    const members = places.map((place) => this.member(place));
    if (!isShown || kind !== 'identical') return { kind, similarity, members, boundOtherwise: null };
    const agreement = this.agreement(places.slice(0, MOST_ASKED), members.slice(0, MOST_ASKED));
    // The index knows neither brackets nor kinds of strings.
    if (agreement?.isSameCode === false) return { kind: 'near', similarity: BELOW_ONE, members, boundOtherwise: null };
    const otherwise = agreement?.otherwise ?? null;
    const isSaid = members.length <= MOST_ASKED || otherwise?.length !== 0;
    return { kind, similarity, members, boundOtherwise: isSaid ? otherwise : null };
  }

  private member(place: FunctionPlace): FunctionCopy {
    const { path, print, text } = this.at(place);
    const name = print.names.map((at) => nameAt(text, at)).join('.');
    return { path, name, line: print.line, endLine: print.endLine };
  }

  private at({ file, index }: FunctionPlace): { path: string; print: FunctionPrint; text: string } {
    const { path, print } = this.files[file] as Printed;
    const source = this.session.codebase.text(path);
    return { path, print: print.functions[index] as FunctionPrint, text: 'text' in source ? source.text : '' };
  }

  private agreement(places: readonly FunctionPlace[], members: readonly FunctionCopy[]): Agreement | null {
    const { linker, codebase, tools } = this.session;
    const placed = places.flatMap((place) => this.placed(place) ?? []);
    const plain = placed.length === places.length ? plainAgreement(linker, placed) : null;
    return plain ?? agreementOf(linker, (path) => tools.compared(codebase, linker, path).outline, members);
  }

  private placed(place: FunctionPlace): PlacedFunction | null {
    const { path, print, text } = this.at(place);
    const symbol = print.isDirect ? this.alone(text, print) : undefined;
    const owner = print.names.length > 1 ? String(print.names.slice(0, -1)) : null;
    return symbol ? { path, owner, symbol, top: () => this.topOf(place, path, text) } : null;
  }

  /** The function without the rest of its file. */
  private alone(text: string, { names, start, end }: FunctionPrint): OutlineSymbol | undefined {
    const lines = text.slice(text.lastIndexOf('\n', start - 1) + 1, end);
    const whole = names.length > 1 ? `class C:\n${lines}` : lines;
    if (this.last?.text !== whole) {
      const { symbols, parses } = this.session.tools.outline(whole);
      const isFunction = ({ kind }: OutlineSymbol) => kind === 'function' || kind === 'method';
      this.last = { text: whole, symbol: parses ? symbols.find(isFunction) : undefined };
    }
    return this.last.symbol;
  }

  private topOf({ file }: FunctionPlace, path: string, text: string): TopNames | null {
    const known = this.tops.get(path);
    if (known !== undefined) return known;
    const top = topNames(text, (this.files[file] as Printed).print.functions);
    this.tops.set(path, top);
    return top;
  }
}

function nameAt(text: string, at: number): string {
  NAME.lastIndex = at;
  return NAME.exec(text)?.[0] ?? '';
}
