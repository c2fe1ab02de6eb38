/** One operation on one screen: a title, the evidence, as much of the difference as there is room for. Knows no keys. */
import type { Style } from './style.js';
import { counted } from './words.js';

export interface ReviewedOperation {
  readonly title: string;
  readonly lines: readonly string[];
  /** Of the difference; none where nothing changes. */
  readonly diff: readonly string[];
}

/** A difference that shows less than this shows nothing. */
const LEAST_DIFF = 4;

/** @param rows that the screen has for it */
export function operationScreen(operation: ReviewedOperation, rows: number, style: Style): string[] {
  const { lines, diff } = operation;
  const room = rows - 1;
  const evidence = fitting(lines, Math.max(room - 1, 1), style, '');
  const left = room - height(evidence, style) - 1;
  if (diff.length === 0) return [rule(operation, style), ...evidence];
  if (left < LEAST_DIFF) {
    const hint = style.dim(`${counted(diff.length, 'line')} of difference: d shows them`);
    return [rule(operation, style), ...evidence, hint];
  }
  return [rule(operation, style), ...evidence, '', ...fitting(diff, left, style, ' of difference')];
}

/** All of it. */
export function operationText(operation: ReviewedOperation, style: Style): string {
  const { lines, diff } = operation;
  return `${[rule(operation, style), ...lines, ...(diff.length > 0 ? ['', ...diff] : [])].join('\n')}\n`;
}

function rule({ title }: ReviewedOperation, style: Style): string {
  const dash = style.unicode ? '─' : '-';
  const rest = Math.max(2, style.width - title.length - 5);
  return `${style.dim(dash.repeat(2))} ${style.bold(title)} ${style.dim(dash.repeat(rest))}`;
}

/** As many lines as there are rows for, the last one saying how many more there are. */
function fitting(lines: readonly string[], rows: number, style: Style, what: string): string[] {
  if (height(lines, style) <= rows) return [...lines];
  const more = (count: number) =>
    style.dim(`… ${counted(count, `more line${what}`, `more lines${what}`)}: d shows all`);
  const room = rows - height([more(lines.length)], style);
  let [shown, taken] = [0, 0];
  for (const line of lines) {
    taken += height([line], style);
    if (taken > room) break;
    shown++;
  }
  return [...lines.slice(0, shown), more(lines.length - shown)];
}

/** Rows that lines take on a terminal: long ones are wrapped there, and colours take no room. */
export function height(lines: readonly string[], { width }: Pick<Style, 'width'>): number {
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(visibleLength(line) / width)), 0);
}

/** Columns, a tab being up to eight. */
function visibleLength(line: string): number {
  return [...line.replace(COLOURS, '').replaceAll('\t', '        ')].length;
}

const COLOURS = /\u001b\[[\d;]*m/g;
