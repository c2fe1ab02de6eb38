/**
 * A module's text with every name of the module or from outside replaced by what it means, and without its imports: two such
 * texts have equal code exactly where the code does the same with the same things.
 */
import type { PythonUnit } from '../codebase.js';
import { applyToText, type TextEdit } from '../edits.js';
import type { Span } from '../model.js';
import type { Outline, OutlineSymbol } from '../outline.js';
import { withoutNumber } from '../symbol-differences.js';
import { globalNames } from './global-names.js';
import type { Meanings } from './meanings.js';

/** Identifiers that stand for meanings; texts that are compared share one. */
export class Identifiers {
  private readonly known = new Map<string, string>();

  of(key: string): string {
    let name = this.known.get(key);
    if (name === undefined) {
      name = `meaning_${this.known.size}_of`;
      this.known.set(key, name);
    }
    return name;
  }
}

/** @param isLeft whether a word in a string, at an offset, stays as it is although it names something */
export function canonicalText(
  unit: PythonUnit,
  meanings: Meanings,
  identifiers: Identifiers,
  isLeft: (start: number, word: string) => boolean = () => false,
): string {
  const { facts, path, text } = unit;
  const imports = facts.imports.map(({ span }) => span);
  const isImport = ({ start, end }: Span) => imports.some((span) => span.start <= start && end <= span.end);
  const edits: TextEdit[] = imports.map((span) => ({ span, text: 'pass', reason: '' }));
  const replaced = (span: Span, key: string) => {
    if (!isImport(span)) edits.push({ span, text: identifiers.of(key), reason: '' });
  };
  for (const use of facts.uses) {
    const meant = meanings.use(unit, use);
    if (meant) replaced(meant.span, meant.key);
  }
  for (const { name, span, imported } of facts.scopes[0]?.bindings ?? [])
    if (!imported) replaced(span, meanings.own(path, name));
  for (const { role, span } of facts.strings)
    for (const { 0: word, index } of role === 'other' ? text.slice(span.start, span.end).matchAll(WORD) : []) {
      const named = isLeft(span.start + index, word) ? null : meanings.word(path, word);
      if (named !== null) replaced({ start: span.start + index, end: span.start + index + word.length }, named);
    }
  for (const { name, span } of globalNames(unit)) replaced(span, meanings.own(path, name));
  return withoutIdlePass(applyToText(path, text, withoutNested(edits)));
}

/** A dotted name or a path. */
const WORD = /\w+(?:[./\\]\w+)+/g;

/** A chain covers the binding at its start. */
function withoutNested(edits: readonly TextEdit[]): TextEdit[] {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const kept: TextEdit[] = [];
  for (const edit of sorted) {
    const last = kept.at(-1);
    if (!last || edit.span.start >= last.span.end) kept.push(edit);
  }
  return kept;
}

const PASS = /^([ \t]*)pass[ \t]*(?:#.*)?$/;

/** Drops each `pass` that has a neighbour in its block, whichever side of a change it stands on. */
function withoutIdlePass(text: string): string {
  const lines = text.split(/\r\n|\r|\n/);
  const kept: string[] = [];
  for (const [index, line] of lines.entries()) {
    const indent = PASS.exec(line)?.[1]?.length;
    if (indent === undefined) kept.push(line);
    else {
      const before = indentOf(kept.findLast(isCode));
      const after = indentOf(lines.slice(index + 1).find(isCode));
      if (before < indent && after !== indent) kept.push(line);
    }
  }
  return kept.join('\n');
}

function isCode(line: string): boolean {
  return /^\s*[^\s#]/.test(line);
}

function indentOf(line: string | undefined): number {
  return line === undefined ? -1 : (/^[ \t]*/.exec(line)?.[0].length ?? 0);
}

/** All that an outline says of the definitions of a name: equal lists, equal code. Empty when it does not define the name. */
export function shapesOf(outline: Outline, name: string): string[] {
  return definitionsOf(outline, name).map(shape);
}

/** The symbols of a name and, for a class, of its members. */
export function definitionsOf({ symbols }: Outline, identifier: string): OutlineSymbol[] {
  return symbols.filter(({ qualname, kind, binds, owner }) => {
    if (kind === 'statement' && owner === null) return binds.includes(identifier);
    return withoutNumber(qualname) === identifier || qualname.startsWith(`${identifier}.`);
  });
}

function shape({ qualname, kind, signature, defaults, decorators, bases, body, condition }: OutlineSymbol): string {
  const name = kind === 'statement' ? '' : qualname.replace(/#\d+/, '');
  return JSON.stringify([name, kind, signature, defaults, decorators, bases, body, condition]);
}
