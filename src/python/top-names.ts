/**
 * What may bind the names of a module, from its tokens alone. It errs on one side: a name that it leaves out is bound by
 * nothing but a star import, and one that it calls imported by these imports only; of others it says nothing.
 */
import type { FunctionPrint } from '../core/clones/model.js';
import type { TopImport, TopNames } from '../core/clones/plain-agreement.js';
import { TOKEN } from './lexer.js';
import { KEYWORDS, type Token, tokensOf } from './tokens.js';

/**
 * `null` where the text cannot be cut into tokens.
 * @param functions of the text, as its print has them
 */
export function topNames(text: string, functions: readonly FunctionPrint[]): TopNames | null {
  const tokens = tokensOf(withoutBodies(text, functions));
  return tokens && new Reading(tokens).names();
}

/** Few functions bind what is outside of them; of the others the names do. */
function withoutBodies(text: string, functions: readonly FunctionPrint[]): string {
  let rest = '';
  let from = 0;
  for (const { names, start, end } of functions) {
    if (BINDS_OUTSIDE.test(text.slice(start, end))) continue;
    const name = /^[\p{ID_Continue}]*/u.exec(text.slice(names.at(-1), end))?.[0];
    rest += `${text.slice(from, start)}def ${name}(): pass\n`;
    from = end;
  }
  return rest + text.slice(from);
}

const BINDS_OUTSIDE = /\bglobal\b|:=/;

/** A class or a function. */
interface Block {
  readonly column: number;
  readonly isClass: boolean;
}

/** Statements whose head, up to its colon, only uses names. */
const TESTS = new Set(['if', 'elif', 'while', 'assert', 'raise', '@']);

class Reading {
  private readonly bound = new Map<string, TopImport[] | null>();
  private readonly inClasses = new Set<string>();
  private readonly blocks: Block[] = [];
  private hasStar = false;
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  names(): TopNames {
    const { tokens } = this;
    while (this.at < tokens.length) {
      const { column } = tokens[this.at] as Token;
      while ((this.blocks.at(-1)?.column ?? -1) >= column) this.blocks.pop();
      this.line(this.endOfLine());
    }
    return { bound: this.bound, inClasses: this.inClasses, hasStar: this.hasStar };
  }

  private endOfLine(): number {
    let end = this.at + 1;
    while (end < this.tokens.length && !(this.tokens[end] as Token).isFirst) end++;
    return end;
  }

  private word(at: number): string {
    return this.tokens[at]?.word ?? '';
  }

  private line(end: number): void {
    const from = this.at;
    this.at = end;
    this.declared(from, end);
    const block = this.blocks.at(-1);
    if (block && !block.isClass) return;
    const first = this.word(from) === 'async' ? from + 1 : from;
    const word = this.word(first);
    if (word === 'def' || word === 'class') {
      this.bind(this.word(first + 1));
      this.blocks.push({ column: (this.tokens[from] as Token).column, isClass: word === 'class' });
      if (word === 'class') this.targets(this.endOfTest(first, end), end);
    } else if (word === 'import' || word === 'from') this.imports(from, end);
    else this.targets(TESTS.has(word) ? this.endOfTest(from, end) : from, end);
  }

  /** What is bound from wherever it stands. */
  private declared(from: number, end: number): void {
    for (let at = from; at < end; at++) {
      if (this.word(at + 1) === ':=') this.bound.set(this.word(at), null);
      if (this.word(at) === 'global') for (let name = at + 1; name < end; name++) this.bound.set(this.word(name), null);
    }
  }

  private bind(name: string, imported?: TopImport): void {
    if (this.blocks.at(-1)?.isClass) this.inClasses.add(name);
    else {
      const known = this.bound.get(name);
      this.bound.set(name, imported && known !== null ? [...(known ?? []), imported] : null);
    }
  }

  private endOfTest(from: number, end: number): number {
    for (let at = from; at < end; at++)
      if (this.tokens[at]?.inside === null && /^[:;]$/.test(this.word(at))) return at + 1;
    return end;
  }

  /** Names that are not certainly only used; imports behind a colon or a semicolon among them. */
  private targets(from: number, end: number): void {
    const words = this.tokens.slice(from, end).map(({ word }) => word);
    const isImport = words.includes('import');
    const isPattern = words[0] === 'case';
    if (isImport && words.includes('*')) this.hasStar = true;
    for (const [index, word] of words.entries()) {
      const { kind, inside } = this.tokens[from + index] as Token;
      if (kind !== TOKEN.name || KEYWORDS.has(word) || words[index - 1] === '.') continue;
      const isUsed = inside === 'call' || inside === 'field' || /^[.([]$/.test(words[index + 1] ?? '');
      if (!isUsed || isImport || isPattern) this.bind(word);
    }
  }

  /** A statement of the plainest kind; of any other, its names are bound by who knows what. */
  private imports(from: number, end: number): void {
    const text = this.tokens.slice(from, end).map(({ word }) => word);
    const isPlain = this.blocks.length === 0 && (this.tokens[from] as Token).column === 0 && !text.includes(';');
    const found = isPlain ? importsIn(text.join(' ')) : null;
    if (!found) return this.targets(from, end);
    for (const { binds, ...imported } of found)
      if (binds === '*') this.hasStar = true;
      else this.bind(binds, imported);
  }
}

interface BindingImport extends TopImport {
  /** `*` where nobody knows what. */
  readonly binds: string;
}

/** @param text tokens with blanks between them */
function importsIn(text: string): BindingImport[] | null {
  const [, dots = '', module = '', names] = /^from ([. ]*)((?:\w+ (?:\. )?)*?)import (.+)$/.exec(text) ?? [];
  const parts = (names ?? text.replace(/^import /, '')).replace(/^\( | \)$/g, '').split(/ ?, ?/);
  const found = parts.flatMap((part): BindingImport[] => {
    const [, name, alias] = /^([\w.]+|\*)(?: as (\w+))?$/.exec(part.replaceAll(' . ', '.')) ?? [];
    if (name === undefined) return [];
    const top = name.split('.')[0] as string;
    if (names === undefined) return [{ level: 0, module: alias ? name : top, name: null, binds: alias ?? top }];
    const level = dots.replaceAll(' ', '').length;
    return [{ level, module: module.replaceAll(' ', ''), name, binds: alias ?? name }];
  });
  return found.length === parts.filter((part) => part !== '').length ? found : null;
}
