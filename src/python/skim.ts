/** The import statements of a file from its tokens alone, without a tree: quick, and for counting, not for edits. */
import type { SkimmedImport } from '../core/dependents.js';
import { Lexer, TOKEN } from './lexer.js';

/** In source order; `null` where the text cannot be cut into tokens. */
export function skimImports(text: string): SkimmedImport[] | null {
  return new Skimming(text).imports();
}

class Skimming {
  private readonly lexer: Lexer;
  private readonly found: SkimmedImport[] = [];

  constructor(private readonly text: string) {
    this.lexer = new Lexer(text);
  }

  imports(): SkimmedImport[] | null {
    const { lexer } = this;
    let isFirst = true;
    for (let kind = lexer.next(); kind !== TOKEN.end; kind = lexer.next()) {
      if (!lexer.isSound) return null;
      const word = kind === TOKEN.name && isFirst ? this.word() : '';
      if (word === 'import') this.plainImport();
      else if (word === 'from') this.fromImport();
      // `if x: import a` and `a; import b` begin a statement as well.
      isFirst = this.isBorder();
    }
    return lexer.isSound ? this.found : null;
  }

  private word(): string {
    return this.text.slice(this.lexer.start, this.lexer.end);
  }

  private isBorder(): boolean {
    const { kind, depth } = this.lexer;
    if (kind === TOKEN.lineEnd) return true;
    return kind === TOKEN.operator && depth === 0 && /^[:;]$/.test(this.word());
  }

  /** `import a.b as c, d` */
  private plainImport(): void {
    do {
      this.lexer.next();
      this.found.push({ level: 0, module: this.dottedName(), names: [] });
      this.alias();
    } while (this.is(','));
  }

  /** `from ..a.b import (c as d, e)` */
  private fromImport(): void {
    const { lexer } = this;
    lexer.next();
    let level = 0;
    for (; lexer.kind === TOKEN.operator && /^\.+$/.test(this.word()); lexer.next()) level += lexer.end - lexer.start;
    const module = lexer.kind === TOKEN.name && this.word() !== 'import' ? this.dottedName() : '';
    if (!this.is('import')) return;
    const names: string[] = [];
    do {
      lexer.next();
      if (this.is('(')) lexer.next();
      if (lexer.kind === TOKEN.name || this.is('*')) names.push(this.word());
      if (lexer.kind === TOKEN.name || this.is('*')) lexer.next();
      this.alias();
    } while (this.is(','));
    this.found.push({ level, module, names });
  }

  private dottedName(): string {
    const { lexer } = this;
    let name = '';
    while (lexer.kind === TOKEN.name && !/^(?:as|import)$/.test(this.word())) {
      name += this.word();
      if (lexer.next() !== TOKEN.operator || !this.is('.')) break;
      name += '.';
      lexer.next();
    }
    return name;
  }

  private alias(): void {
    if (!this.is('as')) return;
    this.lexer.next();
    this.lexer.next();
  }

  private is(word: string): boolean {
    return this.lexer.kind !== TOKEN.lineEnd && this.word() === word;
  }
}
