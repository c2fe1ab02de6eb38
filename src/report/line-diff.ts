/** The difference of two contents as hunks of lines. Bytes are seen as Latin-1, one unit per byte, so nothing is lost. */
import { diffArrays } from 'diff';

/** A line with its line end, if it has one; the sign says where it stands. */
export interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** Line numbers as unified diffs count them: the line before when a side is empty. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly DiffLine[];
}

/** Hunks with up to `context` equal lines around each change; empty for equal contents. */
export function hunksOf(before: Uint8Array, after: Uint8Array, context = 3): Hunk[] {
  const lines = diffArrays(linesOf(before), linesOf(after)).flatMap(({ value, added, removed }) =>
    value.map((text): DiffLine => ({ sign: added ? '+' : removed ? '-' : ' ', text })),
  );
  return windows(lines, context).map(([start, end]) => hunk(lines, start, end));
}

function linesOf(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Ranges of lines around changes; those that touch become one. */
function windows(lines: readonly DiffLine[], context: number): [number, number][] {
  const found: [number, number][] = [];
  lines.forEach(({ sign }, index) => {
    if (sign === ' ') return;
    const [start, end] = [Math.max(0, index - context), Math.min(lines.length, index + context + 1)];
    const last = found.at(-1);
    if (last && start <= last[1]) last[1] = end;
    else found.push([start, end]);
  });
  return found;
}

function hunk(all: readonly DiffLine[], start: number, end: number): Hunk {
  const lines = all.slice(start, end);
  const count = (part: readonly DiffLine[], other: DiffLine['sign']) =>
    part.filter(({ sign }) => sign !== other).length;
  const [oldLines, newLines] = [count(lines, '+'), count(lines, '-')];
  const head = all.slice(0, start);
  return {
    oldStart: count(head, '+') + (oldLines > 0 ? 1 : 0),
    oldLines,
    newStart: count(head, '-') + (newLines > 0 ? 1 : 0),
    newLines,
    lines,
  };
}
