/** A planned relocation as people read it: what goes where, what is rewritten, what is doubtful, counts, the next command. */
import type { Problem } from '../core/model.js';
import type { RunSummary } from '../core/plan.js';
import { hitsText } from './hits-text.js';
import { inert } from './inert.js';
import { type MoveReport, moveCounts, movedLines, nextMoves, rewrittenPlaces } from './move-report.js';
import { problemLines } from './problems-text.js';
import { landedLines, rolledBack, verifiedLines } from './run-text.js';
import type { Style } from './style.js';
import { counted, wrapped } from './words.js';

const MOST_FILES = 40;
const MOST_REFUSALS = 20;

export function moveText(report: MoveReport, style: Style): string {
  const { plan, result } = report;
  if (result.moved.length === 0 && plan.refusals.length === 0)
    return 'everything stands there already: nothing to do\n';
  const blocks = [
    placeLines(report, style),
    fileLines(report, style),
    result.hits.length > 0 ? hitsText(result.hits, style).trimEnd().split('\n') : [],
    [...plan.findings, ...result.accepted].flatMap((finding) => problemLines(finding, style)),
    refusalLines(report, style),
    [...wrapped(moveCounts(report, false), style.width, '  ', '').map(style.bold), ...nextLines(report, style)],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** What came of a run. */
export function moveRunText(
  report: MoveReport,
  { run, problems }: { readonly run: RunSummary; readonly problems: readonly Problem[] },
  style: Style,
): string {
  const lines = [...landedLines(report.plan, run, style), '', ...verifiedLines(run, style)].join('\n');
  if (run.status !== 'done') return `${lines}\n${rolledBack(run, problems, style)}`;
  const next = [...blameLines(run, style), 'To take it back:', `  ${style.cyan('regraft undo')}`];
  return `${lines}\n${style.bold(moveCounts(report, true))}\n${next.map((line) => `${line}\n`).join('')}`;
}

/** No line of these commits tells who thought of it: those of bare moves, and those that only rewrite names. */
function blameLines({ moveCommits, commits }: RunSummary, style: Style): string[] {
  if (moveCommits.length === 0) return [];
  const all = [...moveCommits, ...commits].join(' ');
  return [
    'To let git blame pass over the bare moves and the rewritten names:',
    `  ${style.cyan(`printf '%s\\n' ${all} >> .git-blame-ignore-revs`)}`,
  ];
}

/** What goes where, and which files are new. */
export function placeLines(report: Pick<MoveReport, 'result'>, style: Style): string[] {
  const arrow = style.unicode ? '→' : '->';
  return [
    ...movedLines(report).map(({ from, to, files }) => {
      const note = files > 1 ? style.dim(`  (${counted(files, 'file')})`) : '';
      return `${inert(from)} ${arrow} ${style.bold(inert(to))}${note}`;
    }),
    ...newLines(report, style),
  ];
}

/** Files that come to be: packages and shims. */
export function newLines({ result: { created, shims } }: Pick<MoveReport, 'result'>, style: Style): string[] {
  return [
    ...created.map((path) => `${style.green('+')} ${inert(path)}${style.dim('  new')}`),
    ...shims.map((path) => `${style.green('+')} ${inert(path)}${style.dim('  shim, keeps the old name working')}`),
  ];
}

export function fileLines(report: Pick<MoveReport, 'plan'>, style: Style): string[] {
  const files = rewrittenPlaces(report);
  if (files.length === 0) return [];
  const places = files.reduce((sum, file) => sum + file.places, 0);
  const shown = files.slice(0, MOST_FILES).map(({ path, places: own }) => {
    return `  ${style.yellow('~')} ${inert(path)}${style.dim(`  ${counted(own, 'place')}`)}`;
  });
  const more =
    files.length > MOST_FILES ? [style.dim(`  … and ${files.length - MOST_FILES} more (--format json lists all)`)] : [];
  return [`${counted(places, 'place')} would be rewritten in ${counted(files.length, 'file')}`, ...shown, ...more];
}

function refusalLines({ plan }: MoveReport, style: Style): string[] {
  const lines = plan.refusals.slice(0, MOST_REFUSALS).flatMap((refusal) => problemLines(refusal, style));
  const rest = plan.refusals.length - MOST_REFUSALS;
  return rest > 0 ? [...lines, style.dim(`… and ${rest} more (--format json lists all)`)] : lines;
}

function nextLines(report: MoveReport, style: Style): string[] {
  return nextMoves(report).flatMap(({ what, command }) => [`${what}:`, `  ${style.cyan(inert(command))}`]);
}
