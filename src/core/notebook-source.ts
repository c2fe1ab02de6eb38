/** A notebook's code cells as one Python text: they share one namespace, so they are read as one module. */
import { notebookCells } from './notebook.js';

export interface NotebookSource {
  readonly text: string;
  /** Offset in the joined text -> offset in the notebook file. */
  toFile(offset: number): number;
}

export function notebookSource(file: string): NotebookSource | { readonly unreadable: string } {
  const parsed = notebookCells(file);
  if ('unreadable' in parsed) return parsed;
  const starts: number[] = [];
  let text = '';
  for (const cell of parsed.cells) {
    starts.push(text.length);
    text += `${cell.source}\n`;
  }
  return {
    text,
    toFile(offset) {
      const index = Math.max(
        0,
        starts.findLastIndex((start) => start <= offset),
      );
      return parsed.cells[index]?.toFile(offset - (starts[index] ?? 0)) ?? 0;
    },
  };
}
