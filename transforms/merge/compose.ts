/**
 * Puts the modules' code into one file: edits of the first module that add what the others bring. Each module's code stays
 * together and in its order; docstrings of the others become comments above it.
 */
import { applyToText, type TextEdit } from '../../src/core/edits.js';
import type { ImportedName } from '../../src/core/facts.js';
import type { Linker } from '../../src/core/linker.js';
import type { Span } from '../../src/core/model.js';
import { newlineOf } from '../relocation/lines.js';
import { listEdit } from './exports.js';
import { Header, isForeign, type Piece } from './header.js';
import type { MergedNames, Source } from './model.js';
import { type Sections, type Segment, sectionsOf } from './segments.js';

export interface Composition {
  readonly linker: Linker;
  /** In the order in which their code shall stand; `first` is one of them. */
  readonly order: readonly Source[];
  readonly first: Source;
  readonly names: MergedNames;
  /** Imports that are taken out. */
  readonly inside: ReadonlySet<ImportedName | null>;
  /** Edits of the sources as they are, by path. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  /** Statements that another module's copy makes superfluous, by path. */
  readonly dropped: ReadonlyMap<string, readonly Span[]>;
  /** What `__all__` of the first module gets; `null` without any list. */
  readonly exported: readonly string[] | null;
  /** `from __future__ import`, what the first module lacks of it. */
  readonly future: readonly string[];
  /** Imports of the others go up to those of the first; else they stay above their own code. */
  readonly hoist: boolean;
}

/** All edits of the first module. */
export function composed(composition: Composition): TextEdit[] {
  return new Composing(composition).edits();
}

const REASON = 'joins from another module';

interface Part {
  readonly source: Source;
  readonly sections: Sections;
  readonly piece: Piece;
}

class Composing {
  private readonly out: TextEdit[];
  private readonly text: string;
  private readonly newline: string;
  private readonly sections: Sections;
  private readonly header: Header;
  /** Imports that go behind those of the first module. */
  private imports = '';

  constructor(private readonly asked: Composition) {
    const { first, edits } = asked;
    this.out = [...(edits.get(first.path) ?? [])];
    this.text = first.unit.text;
    this.newline = newlineOf(this.text);
    this.sections = sectionsOf(first);
    const work = {
      text: this.text,
      edit: (span: Span, text: string, reason: string) => void this.out.push({ span, text, reason }),
    };
    this.header = new Header(asked.linker, asked.names, asked.inside, first, this.sections.imports, work);
  }

  edits(): TextEdit[] {
    const { order, first } = this.asked;
    const parts = order.filter((source) => source !== first).map((source) => this.part(source));
    if (this.asked.hoist) this.hoist(parts);
    const chunks = new Map(parts.map((part) => [part.source.path, this.chunk(part)]));
    const at = order.indexOf(first);
    const texts = (list: readonly Source[]) => list.flatMap(({ path }) => chunks.get(path) || []);
    this.drop();
    this.begin(texts(order.slice(0, at)));
    this.end(texts(order.slice(at + 1)), parts);
    return this.out;
  }

  private part(source: Source): Part {
    const edits = this.asked.edits.get(source.path) ?? [];
    const piece: Piece = (span, more = []) => {
      const cut = more.map((each) => ({ span: each, text: '', reason: REASON }));
      const own = [...edits, ...cut].filter((edit) => span.start <= edit.span.start && edit.span.end <= span.end);
      const shifted = own.map((edit) => ({
        ...edit,
        span: { start: edit.span.start - span.start, end: edit.span.end - span.start },
      }));
      const text = applyToText(source.path, source.unit.text.slice(span.start, span.end), shifted);
      return text.replace(/\r\n|\r|\n/g, this.newline);
    };
    return { source, sections: sectionsOf(source), piece };
  }

  /** What comes from outside goes behind the first module's imports of that kind, the rest behind all of them. */
  private hoist(parts: readonly Part[]): void {
    const { linker, first } = this.asked;
    const own = this.sections.imports.findLast((segment) => isForeign(linker, first, segment));
    const foreign = (part: Part, segment: Segment) => own !== undefined && isForeign(linker, part.source, segment);
    const before = parts.map((part) => this.importsOf(part, (segment) => foreign(part, segment))).join('');
    this.imports = parts.map((part) => this.importsOf(part, (segment) => !foreign(part, segment))).join('');
    if (own && before !== '') this.insert(own.span.end, this.lead(own.span.end) + before);
  }

  private importsOf({ source, sections, piece }: Part, isWanted: (segment: Segment) => boolean): string {
    const texts = sections.imports.filter(isWanted).map((segment) => this.header.add(source, segment, piece));
    return texts.map((text) => this.ended(text.replace(/^(?:[ \t\f]*(?:\r\n|\r|\n))+/, ''))).join('');
  }

  /** Ends with a line end unless it is empty. */
  private ended(text: string): string {
    return text === '' || /[\r\n]$/.test(text) ? text : text + this.newline;
  }

  /** The code of one module, its imports left out where they stand above. */
  private chunk(part: Part): string {
    const { source, sections, piece } = part;
    const gone = new Set(this.asked.dropped.get(source.path)?.map(({ start }) => start));
    const isGone = ({ statements }: Segment) => statements.some(({ span }) => gone.has(span.start));
    const imports = this.asked.hoist ? '' : this.importsOf(part, () => true);
    const kept = sections.body.filter((segment) => !isGone(segment) && !this.isList(source, segment));
    const body = kept.map(({ span }) => piece(span)).join('') + piece(sections.tail);
    const lead = /^(?:[ \t\f]*(?:\r\n|\r|\n))*/.exec(body)?.[0] ?? '';
    const head = imports.trim() === '' ? '' : imports.trimEnd() + this.newline + (lead || this.newline);
    const code = (head + body.slice(lead.length)).trimEnd();
    if (code === '') return '';
    return [this.remark(part), code].filter(Boolean).join(this.newline) + this.newline;
  }

  /** `__all__` of the others is united with that of the first. */
  private isList({ unit }: Source, { statements }: Segment): boolean {
    return statements.some(({ span }) => /^__all__\b/.test(unit.text.slice(span.start, span.end)));
  }

  /** What a module says above its code: its comments and its docstring. */
  private remark({ source, sections }: Part): string {
    const { text } = source.unit;
    const head = text.slice(sections.head.start, sections.docstring?.start ?? sections.head.end);
    const first = this.text.slice(this.sections.head.start, this.sections.head.end);
    const comments = lines(head).filter(
      (line) => /^\s*#/.test(line) && !/^#!|^#.*coding[:=]/.test(line) && !first.includes(line),
    );
    const docstring = sections.docstring ? plainText(text.slice(sections.docstring.start, sections.docstring.end)) : [];
    const spoken = docstring.map((line) => (line === '' ? '#' : `# ${line}`));
    return [...comments.map((line) => line.trimEnd()), ...spoken].join(this.newline);
  }

  /** In the first module itself. */
  private drop(): void {
    const { first } = this.asked;
    const gone = new Set(this.asked.dropped.get(first.path)?.map(({ start }) => start));
    for (const { span, statements } of this.sections.body)
      if (statements.some((each) => gone.has(each.span.start))) this.replace(span);
  }

  private replace(span: Span): void {
    for (let index = this.out.length - 1; index >= 0; index--) {
      const edit = this.out[index] as TextEdit;
      if (span.start <= edit.span.start && edit.span.end <= span.end) this.out.splice(index, 1);
    }
    this.out.push({ span, text: '', reason: 'another copy stays' });
  }

  private begin(chunks: readonly string[]): void {
    const { imports } = this;
    const { future, exported, first } = this.asked;
    const { head, docstring, imports: own } = this.sections;
    if (future.length > 0)
      this.insert(
        head.end,
        `${this.lead(head.end)}${docstring ? this.newline : ''}from __future__ import ${future.join(', ')}${this.newline}`,
      );
    const at = own.at(-1)?.span.end ?? head.end;
    const parts = [imports];
    if (exported !== null && exported.length > 0) {
      const edit = first.unit.facts.exports ? listEdit(first, exported) : null;
      if (edit) this.out.push({ ...edit, reason: REASON });
      else parts.push(this.list(exported, this.isEmptyUntil(at) && imports === '' ? '' : this.newline));
    }
    const before = this.textUntil(at) + this.lead(at);
    for (const chunk of chunks) parts.push(this.gapAfter(before + parts.join('')) + chunk);
    const isHeadOfCode = own.length === 0 && parts.join('') !== '' && this.sections.body.length > 0;
    if (chunks.length > 0 || isHeadOfCode) parts.push(this.gapBefore(at));
    const text = parts.join('');
    if (text === '') return;
    const isFirst = own.length === 0 && imports !== '' && head.end > 0;
    this.insert(at, (isFirst ? this.newline : '') + this.lead(at) + text);
  }

  private list(names: readonly string[], lead: string): string {
    const { newline } = this;
    return `${lead}__all__ = [${newline}${names.map((name) => `    "${name}",${newline}`).join('')}]${newline}`;
  }

  /** Nothing is left of the text before once its edits are applied. */
  private isEmptyUntil(at: number): boolean {
    return this.textUntil(at).trim() === '';
  }

  private textUntil(at: number): string {
    const own = this.out.filter(({ span }) => span.end <= at);
    return applyToText('', this.text.slice(0, at), own);
  }

  /** What is missing of two blank lines after some text; nothing at the beginning. */
  private gapAfter(before: string): string {
    if (before.trim() === '') return '';
    const ends = /(?:[ \t]*(?:\r\n|\r|\n))*$/.exec(before.slice(-200))?.[0].match(/\r\n|\r|\n/g)?.length ?? 0;
    return this.newline.repeat(Math.max(0, 3 - ends));
  }

  /** What is missing of two blank lines before the text that follows. */
  private gapBefore(at: number): string {
    const blank = /^(?:[ \t]*(?:\r\n|\r|\n))*/.exec(this.text.slice(at))?.[0].match(/\r\n|\r|\n/g)?.length ?? 0;
    return this.newline.repeat(Math.max(0, 2 - blank));
  }

  /** A line end where the text before has none. */
  private lead(at: number): string {
    return at > 0 && !/[\r\n]$/.test(this.text.slice(0, at)) ? this.newline : '';
  }

  private insert(at: number, text: string): void {
    this.out.push({ span: { start: at, end: at }, text, reason: REASON });
  }

  private end(chunks: readonly string[], parts: readonly Part[]): void {
    const main = parts.find(({ sections }) => sections.main);
    const at = this.sections.main?.span.start ?? this.text.length;
    const texts = [...chunks];
    if (main?.sections.main) texts.push(this.ended(main.piece(main.sections.main.span).trim()));
    let text = this.lead(at);
    const before = this.textUntil(at);
    for (const each of texts) text += this.gapAfter(before + text) + each;
    if (texts.length > 0) this.insert(at, text);
  }
}

function lines(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

/** The lines of a docstring as it reads, without quotes and indentation. */
function plainText(literal: string): string[] {
  const inner = literal.replace(/^\(?\s*[a-zA-Z]*("""|'''|"|')/, '').replace(/("""|'''|"|')\s*\)?$/, '');
  const all = lines(inner).map((line, index) => (index === 0 ? line.trim() : line.trimEnd()));
  const indents = all
    .slice(1)
    .filter(Boolean)
    .map((line) => /^\s*/.exec(line)?.[0].length ?? 0);
  const indent = Math.min(...indents, 80);
  const text = all.map((line, index) => (index === 0 ? line : line.slice(indent)));
  while (text.at(-1) === '') text.pop();
  while (text[0] === '') text.shift();
  return text;
}
