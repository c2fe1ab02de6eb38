/** A planned merge as people read it: what goes where, which names meet, what is rewritten, counts, the next command. */
import type { Problem } from '../core/model.js';
import type { RunSummary } from '../core/plan.js';
import { hitsText } from './hits-text.js';
import { inert } from './inert.js';
import { type MergeReport, mergeCounts, type NamesReport, namesOf } from './merge-report.js';
import { nextMoves } from './move-report.js';
import { fileLines } from './move-text.js';
import { problemLines } from './problems-text.js';
import { landedLines, rolledBack, verifiedLines } from './run-text.js';
import type { Style } from './style.js';
import { counted, listed, onOneOrTwo, wrapped } from './words.js';

const MOST_NAMES = 12;

export function mergeText(report: MergeReport, style: Style): string {
  const { plan, result } = report;
  const blocks = [
    mergedLines({ from: report.from, into: report.into, symbols: result.symbols, keep: [] }, style),
    [...result.created, ...result.shims].map(
      (path) =>
        `${style.green('+')} ${inert(path)}${style.dim(result.shims.includes(path) ? '  shim, keeps the old name working' : '  new')}`,
    ),
    fileLines(report, style),
    result.hits.length > 0 ? hitsText(result.hits, style).trimEnd().split('\n') : [],
    [...plan.findings, ...result.accepted].flatMap((finding) => problemLines(finding, style)),
    plan.refusals.flatMap((refusal) => problemLines(refusal, style)),
    [
      ...wrapped(mergeCounts(report, false), style.width, '  ', '').map(style.bold),
      ...nextMoves(report).flatMap(({ what, command }) => [`${what}:`, `  ${style.cyan(inert(command))}`]),
    ],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** Each module, and what of it does not simply go along. */
export function mergedLines(
  merged: NamesReport & { readonly into: string; readonly keep: readonly { readonly name: string }[] },
  style: Style,
): string[] {
  const arrow = style.unicode ? '→' : '->';
  const isAsked = (name: string) => merged.keep.some((each) => each.name === name);
  return merged.from.flatMap((path) => {
    const same = namesOf(merged, 'same', path);
    const named = (sign: string, what: string, names: readonly string[]) =>
      names.length > 0
        ? wrapped(`${what}${listed(names.map(inert), MOST_NAMES)}`, style.width, '    ', `  ${sign} `)
        : [];
    const [own, into] = [inert(path), inert(merged.into)];
    const count = `  ${counted(namesOf(merged, 'kept', path).length, 'name')} as they are`;
    const length = [...`${own} ${arrow} ${into}`].length;
    const room = length + count.length <= style.width ? style.dim(count) : '';
    return [
      ...(path === merged.into
        ? [`${own}${room}`]
        : onOneOrTwo(own, `${arrow} ${style.bold(into)}${room}`, length, '  ', style.width)),
      ...named(
        '=',
        'one copy is enough of ',
        same.filter((name) => !isAsked(name)),
      ),
      ...named('!', 'another one stays, as asked, of ', same.filter(isAsked)),
      ...named(style.yellow('~'), '', namesOf(merged, 'renamed', path)),
    ];
  });
}

/** What came of a run. */
export function mergeRunText(
  report: MergeReport,
  { run, problems }: { readonly run: RunSummary; readonly problems: readonly Problem[] },
  style: Style,
): string {
  const lines = [...landedLines(report.plan, run, style), '', ...verifiedLines(run, style)].join('\n');
  if (run.status !== 'done') return `${lines}\n${rolledBack(run, problems, style)}`;
  return `${lines}\n${style.bold(mergeCounts(report, true))}\nTo take it back:\n  ${style.cyan('regraft undo')}\n`;
}
