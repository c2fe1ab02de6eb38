/**
 * The Python of a Jupyter notebook (nbformat 4): each code cell's source, with every offset mapped back into the raw
 * JSON text, so that an edit touches only the characters of a string and the rest of the file stays byte for byte.
 */
import { blankMagics } from './magics.js';
import type { Span } from './model.js';

export interface NotebookCell {
  /** Python source; IPython magics are comments of the same length. */
  readonly source: string;
  /**
   * Offset in the raw JSON text of a UTF-16 offset in `source` (0 to its length). What is written there stands inside a
   * JSON string and must be escaped for it. Between two lines of a list the offset is the start of the second.
   */
  toFile(offset: number): number;
  /** The raw text of a span of `source`; its end is that of its last unit, also where a line of a list ends there. */
  spanToFile(span: Span): Span;
}

export type NotebookCells = { readonly cells: readonly NotebookCell[] } | { readonly unreadable: string };

/** Reads the code cells of a notebook in order. Notebooks of other languages have no Python cells. */
export function notebookCells(text: string): NotebookCells {
  let notebook: unknown;
  try {
    notebook = JSON.parse(text);
  } catch {
    return { unreadable: 'not valid JSON' };
  }
  const cells = property(notebook, 'cells');
  if (!Array.isArray(cells)) return { unreadable: 'not a notebook of format 4: it has no list of cells' };
  if (!isPython(notebook)) return { cells: [] };
  const strings = sourceStrings(text);
  const read: NotebookCell[] = [];
  for (const [index, cell] of cells.entries()) {
    if (property(cell, 'cell_type') !== 'code') continue;
    if (!isSource(property(cell, 'source'))) return { unreadable: `cell ${index + 1} has no readable source` };
    read.push(cellOf(text, strings.get(index) ?? []));
  }
  return { cells: read };
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function isPython(notebook: unknown): boolean {
  const metadata = property(notebook, 'metadata');
  const language =
    property(property(metadata, 'language_info'), 'name') ?? property(property(metadata, 'kernelspec'), 'language');
  return typeof language !== 'string' || /^i?python/i.test(language);
}

function isSource(source: unknown): boolean {
  return typeof source === 'string' || (Array.isArray(source) && source.every((line) => typeof line === 'string'));
}

/** Builds the source of one cell from its strings' opening quotes. */
function cellOf(text: string, quotes: readonly number[]): NotebookCell {
  const units: string[] = [];
  const map: number[] = [];
  let end = 0;
  for (const quote of quotes) end = decode(text, quote, units, map);
  map.push(end);
  const toFile = (offset: number) => map[offset] ?? end;
  const spanToFile = (span: Span) => {
    const last = toFile(span.end - 1);
    return {
      start: toFile(span.start),
      end: span.end > span.start ? last + unitWidth(text, last) : toFile(span.start),
    };
  };
  return { source: blankMagics(units.join('')), toFile, spanToFile };
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** How many characters of a JSON string stand for the unit that starts at an offset. */
function unitWidth(text: string, at: number): number {
  if (text[at] !== '\\') return 1;
  return text[at + 1] === 'u' ? 6 : 2;
}

/** Appends a string's units and where each starts; returns the offset of the closing quote. */
function decode(text: string, quote: number, units: string[], map: number[]): number {
  let i = quote + 1;
  for (let c = text[i] as string; c !== '"'; c = text[i] as string) {
    map.push(i);
    const escaped = c === '\\' ? (text[i + 1] as string) : '';
    if (escaped === 'u') units.push(String.fromCharCode(Number.parseInt(text.slice(i + 2, i + 6), 16)));
    else units.push(escaped ? (ESCAPES[escaped] ?? escaped) : c);
    i += unitWidth(text, i);
  }
  return i;
}

interface Frame {
  readonly object: boolean;
  key: string;
  index: number;
  expectsKey: boolean;
}

/**
 * Opening quotes of the strings at `cells[i].source` and `cells[i].source[j]`, by cell. The text is known to be valid
 * JSON, so tokens are only told apart. Of a repeated key the last wins, as in `JSON.parse`.
 */
function sourceStrings(text: string): Map<number, number[]> {
  const found = new Map<number, number[]>();
  const frames: Frame[] = [];
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    const frame = frames.at(-1);
    if (c === '{' || c === '[') frames.push({ object: c === '{', key: '', index: 0, expectsKey: c === '{' });
    else if (c === '}' || c === ']') frames.pop();
    else if (c === ',' && frame) {
      frame.index++;
      frame.expectsKey = frame.object;
    } else if (c === '"') {
      const end = stringEnd(text, i);
      if (frame?.expectsKey) {
        frame.key = JSON.parse(text.slice(i, end + 1)) as string;
        frame.expectsKey = false;
        forget(found, frames);
      } else remember(found, frames, i);
      i = end;
    }
  }
  return found;
}

/** The closing quote of a string: the next one that an even number of backslashes precedes. */
function stringEnd(text: string, quote: number): number {
  for (let end = text.indexOf('"', quote + 1); ; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return end;
  }
}

function forget(found: Map<number, number[]>, frames: readonly Frame[]): void {
  const [top, list, cell] = frames;
  if (top?.key !== 'cells' || !top.object) return;
  if (frames.length === 1) found.clear();
  if (frames.length === 3 && list && !list.object && cell?.key === 'source') found.delete(list.index);
}

function remember(found: Map<number, number[]>, frames: readonly Frame[], quote: number): void {
  const [top, list, cell, lines] = frames;
  const inSource = top?.object && top.key === 'cells' && list && !list.object && cell?.object && cell.key === 'source';
  if (!inSource || frames.length > 4 || lines?.object) return;
  const quotes = found.get(list.index);
  if (quotes) quotes.push(quote);
  else found.set(list.index, [quote]);
}
