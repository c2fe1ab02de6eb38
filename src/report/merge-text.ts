/** A planned merge as people read it: what goes where, which names meet, what is rewritten, counts, the next command. */
import type { Problem } from '../core/model.js';
import type { RunSummary } from '../core/plan.js';
import { hitsText } from './hits-text.js';
import { inert } from './inert.js';
import { type MergeReport, mergeCounts, namesOf } from './merge-report.js';
import { nextMoves } from './move-report.js';
import { fileLines } from './move-text.js';
import { problemLines } from './problems-text.js';
import { landedLines, rolledBack, verifiedLines } from './run-text.js';
import type { Style } from './style.js';
import { counted, listed, wrapped } from './words.js';

const MOST_NAMES = 12;

export function mergeText(report: MergeReport, style: Style): string {
  const { plan, result } = report;
  const blocks = [
    moduleLines(report, style),
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
function moduleLines(report: MergeReport, style: Style): string[] {
  const arrow = style.unicode ? '→' : '->';
  return report.from.flatMap((path) => {
    const [same, renamed] = [namesOf(report, 'same', path), namesOf(report, 'renamed', path)];
    const kept = namesOf(report, 'kept', path).length;
    return [
      `${inert(path)} ${arrow} ${style.bold(inert(report.into))}${style.dim(`  ${counted(kept, 'name')} as they are`)}`,
      ...(same.length > 0
        ? wrapped(`one copy is enough of ${listed(same, MOST_NAMES)}`, style.width, '    ', '  = ')
        : []),
      ...(renamed.length > 0
        ? wrapped(listed(renamed, MOST_NAMES), style.width, '    ', `  ${style.yellow('~')} `)
        : []),
    ];
  });
}

/** What came of a run. */
export function mergeRunText(
  report: MergeReport,
  { run, problems }: { readonly run: RunSummary; readonly problems: readonly Problem[] },
  style: Style,
): string {
  const lines = [...landedLines(report.plan, run, style), '', ...verifiedLines(run)].join('\n');
  if (run.status !== 'done') return `${lines}\n${rolledBack(run, problems, style)}`;
  return `${lines}\n${style.bold(mergeCounts(report, true))}\nTo take it back:\n  ${style.cyan('regraft undo')}\n`;
}
