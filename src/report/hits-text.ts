/** Places in text that name what moves, as people read them: grouped by what becomes of them, each with its reason. */
import type { TextualHit } from '../core/plan.js';
import { inert } from './inert.js';
import type { Style } from './style.js';
import { table } from './table.js';
import { counted, grouped, groupedBy, wrapped } from './words.js';

type Decision = TextualHit['decision'];

/** In the order of what a person must look at. */
const GROUPS: readonly { decision: Decision; sign: string; title: string; most: number }[] = [
  { decision: 'review', sign: '?', title: 'a person must say', most: 40 },
  { decision: 'rewrite', sign: '~', title: 'would be rewritten', most: 20 },
  { decision: 'leave', sign: '-', title: 'left as written', most: 8 },
];

/**
 * A line of counts, then a table per decision; empty where nothing was found.
 * @param withLeft whether what is left as written has its table
 */
export function hitsText(hits: readonly TextualHit[], style: Style, withLeft = true): string {
  if (hits.length === 0) return '';
  const blocks = GROUPS.filter(({ decision }) => withLeft || decision !== 'leave').map(
    ({ decision, sign, title, most }) => {
      const own = hits.filter((hit) => hit.decision === decision);
      return own.length > 0 ? groupLines(ranked(own), { sign, title, most }, style) : [];
    },
  );
  return `${[...wrapped(countsLine(hits), style.width, '  ', ''), ...blocks.flat()].join('\n')}\n`;
}

function countsLine(hits: readonly TextualHit[]): string {
  const count = (decision: Decision) => grouped(hits.filter((hit) => hit.decision === decision).length);
  const places = counted(hits.length, 'place');
  return `${places} in strings, settings and documents: ${count('rewrite')} to rewrite, ${count('review')} to review, ${count('leave')} to leave`;
}

/** What has the form of a module's name or path says more than bare words; otherwise by place. */
function ranked(hits: readonly TextualHit[]): TextualHit[] {
  const weight = (hit: TextualHit) => (hit.replacement === null ? 1 : 0);
  return [...hits].sort((a, b) => weight(a) - weight(b));
}

function groupLines(
  hits: readonly TextualHit[],
  { sign, title, most }: { sign: string; title: string; most: number },
  style: Style,
): string[] {
  const colour = { '?': style.yellow, '~': style.green, '-': style.dim }[sign] ?? style.dim;
  const byReason = groupedBy(hits.slice(0, most), ({ reason }) => reason);
  const rest = hits.length - most;
  return [
    `  ${colour(sign)} ${title} (${grouped(hits.length)})`,
    ...[...byReason].flatMap(([reason, own]) => reasonLines(reason, own, colour, style)),
    ...(rest > 0 ? [style.dim(`    … and ${grouped(rest)} more (--format json lists all)`)] : []),
  ];
}

/** Said once for all places that have it. */
function reasonLines(
  reason: string,
  hits: readonly TextualHit[],
  colour: (text: string) => string,
  style: Style,
): string[] {
  const rows = hits.map((hit) => [inert(`${hit.path}:${hit.line}`), changeOf(hit, style)]);
  const paint = (cell: string, _row: number, column: number) => (column === 1 ? colour(cell) : cell);
  return [
    ...wrapped(inert(reason), style.width, '    ').map(style.dim),
    ...table(rows, { width: style.width, indent: '      ', paint }),
  ];
}

function changeOf({ written, replacement, decision }: TextualHit, { unicode }: Style): string {
  if (decision === 'leave') return inert(written);
  const arrow = unicode ? '→' : '->';
  return inert(`${written} ${arrow} ${replacement ?? '?'}`);
}
