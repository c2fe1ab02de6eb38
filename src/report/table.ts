/** Columns for a terminal: aligned, and shortened where the line would be too long. East Asian widths are not counted. */
import { truncated } from './words.js';

export interface TableOptions {
  /** Columns of the terminal. */
  readonly width: number;
  /** Per column; left where nothing is said. Columns aligned to the right are never shortened. */
  readonly align?: readonly ('left' | 'right')[];
  readonly indent?: string;
  /** Applied to a cell after it was padded, so that escape sequences do not count as width. */
  readonly paint?: (cell: string, row: number, column: number) => string;
}

const GAP = 2;
/** A shortened column keeps at least this much. */
const LEAST = 8;

/** Rows of inert cells as lines without trailing blanks. */
export function table(rows: readonly (readonly string[])[], options: TableOptions): string[] {
  const { align = [], indent = '', paint = (cell) => cell } = options;
  const widths = fitted(rows, align, options.width - indent.length);
  return rows.map((cells, row) => {
    const last = cells.findLastIndex((cell) => cell !== '');
    const line = cells.slice(0, last + 1).map((cell, column) => {
      const width = widths[column] as number;
      const short = truncated(cell, width);
      const blank = ' '.repeat(width - [...short].length);
      const painted = paint(short, row, column);
      if (align[column] === 'right') return `${blank}${painted}`;
      return column === last ? painted : `${painted}${blank}`;
    });
    return line.length > 0 ? `${indent}${line.join(' '.repeat(GAP))}` : '';
  });
}

/** Widths of the columns; the widest that may shrink gives way until the line fits. */
function fitted(
  rows: readonly (readonly string[])[],
  align: readonly ('left' | 'right')[],
  available: number,
): number[] {
  const columns = Math.max(0, ...rows.map((cells) => cells.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...rows.map((cells) => [...(cells[column] ?? '')].length)),
  );
  const total = () => widths.reduce((sum, width) => sum + width, 0) + GAP * (columns - 1);
  while (total() > available) {
    const shrinkable = widths.map((width, column) => (align[column] === 'right' || width <= LEAST ? 0 : width));
    const widest = shrinkable.indexOf(Math.max(...shrinkable));
    if ((shrinkable[widest] ?? 0) === 0) break;
    widths[widest] = Math.max(LEAST, (widths[widest] as number) - Math.max(1, total() - available > 40 ? 20 : 1));
  }
  return widths;
}
