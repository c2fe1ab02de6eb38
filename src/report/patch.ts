/** Changes as a unified diff: to the byte for `git apply`, or coloured and inert for people. */
import type { Highlighter, TokenClass } from '../core/highlighting.js';
import { inert } from './inert.js';
import { type Hunk, hunksOf } from './line-diff.js';
import { type Piece, piecesByLine } from './painted-lines.js';
import type { Style } from './style.js';

/** One file before and after; `null` where it does not exist. */
export interface FileChange {
  readonly path: string;
  /** Where the file stood before, if elsewhere; `before` is its content there. */
  readonly from?: string;
  /** As git writes it: `100644`, `100755`, `120000`. */
  readonly mode: string;
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
}

export type LineKind = 'head' | 'hunk' | ' ' | '-' | '+' | 'note';

interface PatchLine {
  readonly kind: LineKind;
  /** One unit per byte, with the line end. */
  readonly bytes: string;
  /** Where it stands in its file, from 0: after the change where it is added, else before. */
  readonly line?: number;
}

/** A patch that `git apply` takes: any bytes, line ends and names. Empty when nothing changes. */
export function patchText(files: readonly FileChange[]): Uint8Array {
  const text = files.flatMap(fileLines).map((line) => line.bytes);
  return Buffer.from(text.join(''), 'latin1');
}

/** The same diff line by line for those who paint it themselves; not yet inert. */
export function diffLines(file: FileChange): { readonly kind: LineKind; readonly text: string }[] {
  return fileLines(file).map(({ kind, bytes }) => ({ kind, text: decoded(bytes) }));
}

type Paint = (text: string) => string;

/**
 * The same diff for a terminal. Tabs stay; everything else that is not plain text is spelled out.
 * @param highlight what is coloured within lines, besides what is added and removed
 */
export function diffText(files: readonly FileChange[], style: Style, highlight: Highlighter = () => []): string {
  const paint: Readonly<Record<LineKind, Paint>> = {
    head: style.bold,
    hunk: style.dim,
    ' ': (text) => text,
    '-': style.red,
    '+': style.green,
    note: style.dim,
  };
  const lines = files.flatMap((file) => {
    const [before, after] = [piecesOfFile(file, 'before', highlight), piecesOfFile(file, 'after', highlight)];
    return fileLines(file).map(({ kind, bytes, line }) => {
      const pieces = line === undefined ? undefined : (kind === '+' ? after : before)[line];
      return `${paint[kind](pieces ? `${kind}${painted(pieces, kind === ' ', style)}` : readable(bytes))}\n`;
    });
  });
  return lines.join('');
}

function piecesOfFile(file: FileChange, side: 'before' | 'after', highlight: Highlighter): Piece[][] {
  const bytes = file[side];
  const path = side === 'before' ? (file.from ?? file.path) : file.path;
  return bytes === null ? [] : piecesByLine(path, Buffer.from(bytes).toString('utf8'), highlight);
}

/** Within what is added or removed only the weight differs: its colour says which it is, also of a line that is all string. */
function painted(pieces: readonly Piece[], isContext: boolean, style: Style): string {
  const plain: Paint = (text) => text;
  const paint: Readonly<Record<TokenClass, Paint>> = {
    keyword: style.bold,
    comment: style.dim,
    string: isContext ? style.yellow : plain,
    number: isContext ? style.cyan : plain,
  };
  return pieces.map(({ text, class: own }) => (own ? paint[own](spelled(text)) : spelled(text))).join('');
}

const readable = (bytes: string): string => spelled(decoded(bytes));

function spelled(text: string): string {
  return text.split('\t').map(inert).join('\t');
}

function decoded(bytes: string): string {
  return Buffer.from(bytes.replace(/\r?\n$/, ''), 'latin1').toString('utf8');
}

function fileLines(file: FileChange): PatchLine[] {
  const { before, after } = file;
  if (before === null && after === null) return [];
  const hunks = hunksOf(before ?? new Uint8Array(), after ?? new Uint8Array());
  if (before !== null && after !== null && hunks.length === 0 && file.from === undefined) return [];
  return [...headLines(file, hunks), ...hunks.flatMap(hunkLines)];
}

function headLines(file: FileChange, hunks: readonly Hunk[]): PatchLine[] {
  const { path, from = path, mode, before, after } = file;
  const [old, now] = [gitName(`a/${from}`), gitName(`b/${path}`)];
  const lines = [`diff --git ${old} ${now}`];
  if (file.from !== undefined) {
    lines.push(
      `similarity index ${similarity(file, hunks)}%`,
      `rename from ${gitName(from)}`,
      `rename to ${gitName(path)}`,
    );
  }
  if (before === null) lines.push(`new file mode ${mode}`);
  if (after === null) lines.push(`deleted file mode ${mode}`);
  if (hunks.length > 0) {
    lines.push(`--- ${before === null ? '/dev/null' : ended(old)}`, `+++ ${after === null ? '/dev/null' : ended(now)}`);
  }
  return lines.map((line) => ({ kind: 'head', bytes: `${line}\n` }));
}

/** How much of the larger file is the other one's, in lines counted by their bytes; 100 only for equal contents. */
function similarity({ before, after }: FileChange, hunks: readonly Hunk[]): number {
  if (hunks.length === 0) return 100;
  const removed = hunks.flatMap(({ lines }) => lines).filter(({ sign }) => sign === '-');
  const [old, now] = [before?.length ?? 0, after?.length ?? 0];
  const kept = old - removed.reduce((sum, { text }) => sum + text.length, 0);
  return Math.floor((100 * kept) / Math.max(old, now));
}

/** git ends names that hold blanks with a tab, so that no reader takes the rest for a date. */
function ended(name: string): string {
  return name.includes(' ') ? `${name}\t` : name;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

/** A path as git prints it with `core.quotePath`: in C quotes as soon as a byte is not plain ASCII. */
function gitName(path: string): string {
  const bytes = Buffer.from(path, 'utf8').toString('latin1');
  const escaped = bytes.replace(/[^ !#-[\]-~]/g, (byte) => ESCAPES[byte] ?? octal(byte));
  return escaped === bytes ? bytes : `"${escaped}"`;
}

function octal(byte: string): string {
  return `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`;
}

function hunkLines(hunk: Hunk): PatchLine[] {
  const { oldStart, oldLines, newStart, newLines } = hunk;
  const head = `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@\n`;
  // A side without lines names the line before it.
  let before = oldLines === 0 ? oldStart : oldStart - 1;
  let after = newLines === 0 ? newStart : newStart - 1;
  const lines = hunk.lines.flatMap(({ sign, text }): PatchLine[] => {
    const line = sign === '+' ? after : before;
    if (sign !== '+') before++;
    if (sign !== '-') after++;
    return text.endsWith('\n')
      ? [{ kind: sign, bytes: `${sign}${text}`, line }]
      : [
          { kind: sign, bytes: `${sign}${text}\n`, line },
          { kind: 'note', bytes: '\\ No newline at end of file\n' },
        ];
  });
  return [{ kind: 'hunk', bytes: head }, ...lines];
}

function range(start: number, lines: number): string {
  return lines === 1 ? `${start}` : `${start},${lines}`;
}
