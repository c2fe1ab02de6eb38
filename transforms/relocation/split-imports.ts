/**
 * Takes names out of a `from` statement and imports them from elsewhere, right after it: on a line of their own, behind a
 * semicolon where the statement shares its line, or in a neighbouring statement that imports from there already.
 */
import type { ImportedName, ImportStatement } from '../../src/core/facts.js';
import type { Span } from '../../src/core/model.js';
import { endOf } from '../import-lists.js';
import type { WrittenName } from '../module-names.js';
import { indentOf, lineEnd, lineStart, newlineOf } from './lines.js';
import { extendList, neighbour } from './merge-imports.js';
import { written } from './names-after.js';
import type { UnitWork } from './work.js';

/** A name that leaves its statement. */
export interface NewName {
  readonly own: ImportedName;
  /** The module to import it from; `null` for a module at the top, which is imported by itself. */
  readonly holder: WrittenName | null;
  /** `name` or `name as alias`. */
  readonly text: string;
}

const REASON = 'imported from its new place';

/** @param imports whether a statement, which stays as it is, imports from a module */
export function splitStatement(
  work: UnitWork,
  statement: ImportStatement,
  leaving: readonly NewName[],
  imports: (other: ImportStatement, module: string) => boolean,
): void {
  const gone = leaving.map(({ own }) => own);
  for (const span of removals(work.text, statement, gone)) work.edit(span, '', REASON);
  const modules = [...new Set(leaving.map(({ holder }) => (holder ? written(holder) : null)))];
  const statements = modules.flatMap((module) => {
    const names = leaving.filter(({ holder }) => (holder ? written(holder) : null) === module);
    if (module === null) return [`import ${names.map(({ text }) => text).join(', ')}`];
    const other = names.some(({ own }) => commentOf(work.text, own))
      ? undefined
      : neighbour(work, statement, (each) => imports(each, module));
    if (!other) return [importOf(work.text, statement, module, names)];
    extendList(
      work,
      other,
      names.map(({ text }) => text),
    );
    return [];
  });
  if (statements.length > 0) insertAfter(work, statement, statements);
}

/** What goes out of the list: whole lines where a name has its line for itself, else the name with one comma. */
export function removals(text: string, { names }: ImportStatement, leaving: readonly ImportedName[]): Span[] {
  const gone = new Set(leaving);
  const spans: Span[] = [];
  let kept: ImportedName | undefined;
  for (const [index, name] of names.entries()) {
    if (!gone.has(name)) {
      kept = name;
      continue;
    }
    const line = ownLine(text, name);
    if (line) spans.push(line);
    else spans.push(inlineSpan(text, names, index, kept, gone));
  }
  return merged(spans);
}

/** The lines of a name that stands alone on them, its comment and line end included. */
function ownLine(text: string, name: ImportedName): Span | null {
  const start = lineStart(text, name.nameSpan.start);
  const end = lineEnd(text, endOf(name));
  if (/\\(?:\r\n|\r|\n)$/.test(text.slice(Math.max(0, start - 3), start))) return null;
  const [before, after] = [text.slice(start, name.nameSpan.start), text.slice(endOf(name), end)];
  return /^[ \t\f]*$/.test(before) && /^[ \t]*,?[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)$/.test(after)
    ? { start, end }
    : null;
}

function inlineSpan(
  text: string,
  names: readonly ImportedName[],
  index: number,
  kept: ImportedName | undefined,
  gone: ReadonlySet<ImportedName>,
): Span {
  const name = names[index] as ImportedName;
  const next = names[index + 1];
  const isLast = !names.slice(index + 1).some((other) => !gone.has(other));
  const sameLineAsNext = next && !/[\r\n]/.test(text.slice(endOf(name), next.nameSpan.start));
  const sameLineAsKept = kept && !/[\r\n]/.test(text.slice(endOf(kept), name.nameSpan.start));
  if (kept && (isLast || (!sameLineAsNext && sameLineAsKept))) return { start: endOf(kept), end: endOf(name) };
  if (!next) return { start: name.nameSpan.start, end: endOf(name) };
  const between = text.slice(endOf(name), next.nameSpan.start);
  // A comment between two names stays with the first line's bracket.
  if (between.includes('#'))
    return { start: name.nameSpan.start, end: endOf(name) + (/^\s*,/.exec(between)?.[0].length ?? 0) };
  return { start: name.nameSpan.start, end: next.nameSpan.start };
}

function merged(spans: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = found.at(-1);
    if (last && span.start <= last.end)
      found[found.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else found.push(span);
  }
  return found;
}

/** The comment of a name that stands alone on its line. */
function commentOf(text: string, own: ImportedName): string {
  const line = ownLine(text, own);
  return line ? (/#[^\r\n]*/.exec(text.slice(endOf(own), line.end))?.[0] ?? '').trimEnd() : '';
}

/** The new statement; comments of names that stood alone on a line go along. */
function importOf(text: string, statement: ImportStatement, module: string, names: readonly NewName[]): string {
  const comments = names.map(({ own }) => commentOf(text, own));
  if (names.length > 1 && comments.some(Boolean)) {
    const [newline, indent] = [newlineOf(text), indentOf(text, statement.span.start)];
    const lines = names.map((name, i) => `${indent}    ${name.text},${comments[i] ? `  ${comments[i]}` : ''}`);
    return [`from ${module} import (`, ...lines, `${indent})`].join(newline);
  }
  const comment = comments.find(Boolean) ?? directiveOf(text, statement);
  return `from ${module} import ${names.map((name) => name.text).join(', ')}${comment ? `  ${comment}` : ''}`;
}

/** A comment that speaks to a tool about the statement holds for its second half as well. */
function directiveOf(text: string, { span }: ImportStatement): string | null {
  const rest = text.slice(span.end, lineEnd(text, span.end)).trim();
  return /^#\s*(?:noqa|type:\s*ignore|pylint:|pyright:|isort:|fmt:|pragma:)/.test(rest) ? rest : null;
}

function insertAfter(work: UnitWork, { span }: ImportStatement, statements: readonly string[]): void {
  const { text } = work;
  const end = lineEnd(text, span.end);
  const isAlone =
    /^[ \t\f]*$/.test(text.slice(lineStart(text, span.start), span.start)) &&
    /^[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)?$/.test(text.slice(span.end, end));
  if (!isAlone || work.isNotebook) {
    // A comment would swallow what follows on the line.
    const plain = statements.map((statement) => statement.replace(/\s+#[^\r\n]*$/, ''));
    return work.edit({ start: span.end, end: span.end }, plain.map((statement) => `; ${statement}`).join(''), REASON);
  }
  const [newline, indent] = [newlineOf(text, span.start), indentOf(text, span.start)];
  const hasEnd = /[\r\n]$/.test(text.slice(span.end, end));
  const lines = statements.map((statement) => (hasEnd ? indent + statement + newline : newline + indent + statement));
  work.edit({ start: end, end }, lines.join(''), REASON);
}
