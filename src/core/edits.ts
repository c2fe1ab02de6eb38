/** The edit engine: replacements in a text, turned into byte edits of a file and applied without disturbing anything else. */

import type { Edit, Span } from './model.js';
import { problem, RegraftError } from './problems.js';
import { byteOffset, type Encoding, encode, type SourceText } from './text.js';

/** A replacement in a decoded text; the span is in UTF-16 units of that text. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
  readonly reason: string;
}

/** Sorts edits and drops exact repetitions. @throws RegraftError (`overlapping-edits`) when two edits touch the same units. */
export function ordered(path: string, edits: readonly TextEdit[]): TextEdit[] {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const kept: TextEdit[] = [];
  for (const edit of sorted) {
    const last = kept.at(-1);
    if (last && same(last, edit)) continue;
    if (last && edit.span.start < last.span.end) throw overlap(path, last, edit);
    kept.push(edit);
  }
  return kept;
}

function same(a: TextEdit, b: TextEdit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.text === b.text;
}

function overlap(path: string, a: TextEdit, b: TextEdit): RegraftError {
  const message = `two edits of ${path} overlap: "${a.reason}" and "${b.reason}"`;
  return new RegraftError(
    problem('overlapping-edits', message, { place: path, hint: 'please report this: it is a defect of regraft' }),
  );
}

/** The text after the edits. */
export function applyToText(path: string, text: string, edits: readonly TextEdit[]): string {
  let out = '';
  let at = 0;
  for (const edit of ordered(path, edits)) {
    out += text.slice(at, edit.span.start) + edit.text;
    at = edit.span.end;
  }
  return out + text.slice(at);
}

/** Byte edits for a plan. */
export function toByteEdits(path: string, source: SourceText, edits: readonly TextEdit[]): Edit[] {
  return ordered(path, edits).map(({ span, text, reason }) => ({
    start: byteOffset(source, span.start),
    end: byteOffset(source, span.end),
    text,
    reason,
  }));
}

/** The bytes after the edits: everything outside them is copied. */
export function applyToBytes(bytes: Uint8Array, edits: readonly Edit[], encoding: Encoding): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const edit of edits) {
    parts.push(bytes.subarray(at, edit.start), encode(edit.text, encoding));
    at = edit.end;
  }
  parts.push(bytes.subarray(at));
  return Buffer.concat(parts);
}
