/** A new text for a file as edits of the old one: only lines that differ are touched. */
import { diffArrays } from 'diff';
import type { TextEdit } from '../core/edits.js';

/** Beyond so many differing lines a finer answer helps nobody. */
const MOST_DIFFERENT = 3000;

export function textChanges(before: string, after: string, reason: string): TextEdit[] {
  if (before === after) return [];
  const [old, now] = [linesOf(before), linesOf(after)];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const [from, to] = [old.slice(head, old.length - tail), now.slice(head, now.length - tail)];
  const start = lengthOf(old.slice(0, head));
  const parts = diffArrays(from, to, { maxEditLength: MOST_DIFFERENT });
  if (!parts) return [{ span: { start, end: start + lengthOf(from) }, text: to.join(''), reason }];
  return hunks(parts, start, reason);
}

interface Part {
  readonly value: readonly string[];
  readonly added?: boolean;
  readonly removed?: boolean;
}

function hunks(parts: readonly Part[], start: number, reason: string): TextEdit[] {
  const edits: TextEdit[] = [];
  let at = start;
  let open: { start: number; text: string } | null = null;
  const close = () => {
    if (open) edits.push({ span: { start: open.start, end: at }, text: open.text, reason });
    open = null;
  };
  for (const { value, added, removed } of parts) {
    if (!added && !removed) {
      close();
      at += lengthOf(value);
      continue;
    }
    open ??= { start: at, text: '' };
    if (added) open.text += value.join('');
    else at += lengthOf(value);
  }
  close();
  return edits;
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0);
}
