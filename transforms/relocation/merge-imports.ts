/**
 * Puts names into a `from` statement that imports from the same module already, rather than beside it: at their place
 * where the list is sorted, else at its end, in the layout that the list has.
 */
import type { ImportedName, ImportStatement } from '../../src/core/facts.js';
import type { Span } from '../../src/core/model.js';
import { endOf } from '../import-lists.js';
import { lineEnd, lineStart, newlineOf } from './lines.js';
import type { UnitWork } from './work.js';

/** A statement that stays as it is and imports from `module` (as written), in the same block of imports; or none. */
export function neighbour(
  work: UnitWork,
  statement: ImportStatement,
  isCandidate: (other: ImportStatement) => boolean,
): ImportStatement | undefined {
  const isAlike = (other: ImportStatement) =>
    other !== statement && other.kind === 'from' && other.scope === statement.scope && other.when === statement.when;
  if (work.isNotebook || !isAlone(work.text, statement.span) || isOnePerLine(work)) return undefined;
  return work.unit.facts.imports.find(
    (other) =>
      isAlike(other) &&
      isAlone(work.text, other.span) &&
      onlyImportsBetween(work, statement, other) &&
      isCandidate(other),
  );
}

/** The file keeps names of one module in statements of their own that follow each other. */
function isOnePerLine({ unit, text }: UnitWork): boolean {
  return unit.facts.imports.some((statement, index, all) => {
    const next = all[index + 1];
    if (statement.kind !== 'from' || next?.kind !== 'from' || !touch(text, statement.span, next.span)) return false;
    const isAlike = statement.level === next.level && statement.module === next.module;
    return isAlike && statement.names.length === 1 && next.names.length === 1;
  });
}

/** Like {@link neighbour}, and with nothing between the two, so that joining them moves no import past another. */
export function adjacent(
  work: UnitWork,
  statement: ImportStatement,
  isCandidate: (other: ImportStatement) => boolean,
): ImportStatement | undefined {
  return neighbour(work, statement, (other) => isCandidate(other) && touch(work.text, statement.span, other.span));
}

function touch(text: string, a: Span, b: Span): boolean {
  return lineEnd(text, a.end) === lineStart(text, b.start) || lineEnd(text, b.end) === lineStart(text, a.start);
}

/** The statement has its lines for itself, and begins at the margin of its block. */
function isAlone(text: string, { start, end }: Span): boolean {
  const before = text.slice(lineStart(text, start), start);
  return /^[ \t\f]*$/.test(before) && /^[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)?$/.test(text.slice(end, lineEnd(text, end)));
}

function onlyImportsBetween(work: UnitWork, a: ImportStatement, b: ImportStatement): boolean {
  const indent = ({ span }: ImportStatement) => work.text.slice(lineStart(work.text, span.start), span.start);
  if (indent(a) !== indent(b)) return false;
  const [first, second] = a.span.start < b.span.start ? [a, b] : [b, a];
  const { imports, comments } = work.unit.facts;
  let rest = '';
  let at = first.span.end;
  const skipped = [...imports.map(({ span }) => span), ...comments].sort((x, y) => x.start - y.start);
  for (const span of skipped) {
    if (span.start < at || span.end > second.span.start) continue;
    rest += work.text.slice(at, span.start);
    at = span.end;
  }
  rest += work.text.slice(at, second.span.start);
  return /^\s*$/.test(rest);
}

/** A text, and edits of it. */
export type EditedText = Pick<UnitWork, 'text' | 'edit'>;

/** Extends a list by names written as `name` or `name as alias`. */
export function extendList(work: EditedText, statement: ImportStatement, texts: readonly string[]): void {
  for (const text of texts) {
    const index = placeIn(statement.names, text);
    if (isStacked(work.text, statement)) insertLine(work, statement, index, text);
    else insertInline(work, statement, index, text);
  }
}

/** Every name has a line for itself. */
export function isStacked(text: string, { names }: ImportStatement): boolean {
  const lines = new Set(names.map(({ nameSpan }) => lineStart(text, nameSpan.start)));
  const [first] = names;
  const isFirstAlone =
    first && /^[ \t\f]*$/.test(text.slice(lineStart(text, first.nameSpan.start), first.nameSpan.start));
  return lines.size === names.length && isFirstAlone === true;
}

/** Constants, then classes, then the rest, as import sorters order a list by default. */
function byType(word: string): string {
  const type =
    word.length > 1 && word === word.toUpperCase() && /\p{Lu}/u.test(word) ? 'A' : /^\p{Lu}/u.test(word) ? 'B' : 'C';
  return type + word.toLowerCase();
}

function placeIn(names: readonly ImportedName[], text: string): number {
  const name = text.split(' ')[0] as string;
  for (const key of [byType, (word: string) => word.toLowerCase(), (word: string) => word]) {
    const keys = names.map((each) => key(each.name));
    if (keys.some((each, index) => index > 0 && (keys[index - 1] as string) > each)) continue;
    const index = keys.findIndex((each) => each > key(name));
    return index === -1 ? names.length : index;
  }
  return names.length;
}

function insertInline(work: EditedText, { names }: ImportStatement, index: number, text: string): void {
  const next = names[index];
  const at = next ? next.nameSpan.start : endOf(names.at(-1) as ImportedName);
  work.edit({ start: at, end: at }, next ? `${text}, ` : `, ${text}`, 'joins an import of its new place');
}

function insertLine(work: EditedText, { names }: ImportStatement, index: number, text: string): void {
  const reason = 'joins an import of its new place';
  const source = work.text;
  const model = (names[index] ?? names.at(-1)) as ImportedName;
  const start = lineStart(source, model.nameSpan.start);
  const line = source.slice(start, model.nameSpan.start) + text;
  const newline = newlineOf(source, start);
  if (names[index]) return work.edit({ start, end: start }, `${line},${newline}`, reason);
  const hasComma = /^\s*,/.test(source.slice(endOf(model)));
  const end = lineEnd(source, endOf(model));
  if (!hasComma) work.edit({ start: endOf(model), end: endOf(model) }, ',', reason);
  work.edit({ start: end, end }, `${line}${hasComma ? ',' : ''}${newline}`, reason);
}

/** Takes a statement out, its lines included. */
export function removeStatement(work: UnitWork, { span }: ImportStatement): void {
  const { text } = work;
  work.edit(
    { start: lineStart(text, span.start), end: lineEnd(text, span.end) },
    '',
    'joins an import of its new place',
  );
}
