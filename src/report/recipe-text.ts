/** A recipe as people read it: per phase what it would do and what stands in its way, the tree before and after, the next command. */
import type { Problem } from '../core/model.js';
import { pairLines } from './dossier.js';
import { hitsText } from './hits-text.js';
import { inert } from './inert.js';
import { mergedLines } from './merge-text.js';
import { placeLines } from './move-text.js';
import { problemLines, problemsText } from './problems-text.js';
import {
  nextSteps,
  type PhaseReport,
  type PhaseRun,
  phaseCounts,
  type RecipeReport,
  recipeCounts,
  recipeLines,
} from './recipe-report.js';
import { landedLines, rolledBack, verifiedLines } from './run-text.js';
import { mark, type Style } from './style.js';
import { transformedLines } from './transform.js';
import { drawTreeChange } from './tree.js';
import { counted, listed, onOneOrTwo, wrapped } from './words.js';

const MOST_REFUSALS = 20;
const MOST_NAMES = 6;
const INDENT = '  ';

export function recipeText(report: RecipeReport, style: Style): string {
  const { phases, plan, tree } = report;
  const blocks = [
    ...phases.map((phase, index) => phaseLines(phase, index, style)),
    plan.batches.length > 0 ? drawTreeChange(tree, style) : [],
    [...totalLines(report, style), ...nextLines(report, style)],
  ];
  return joined(blocks);
}

function totalLines(report: RecipeReport, style: Style): string[] {
  const counts = report.plan.batches.length > 0 ? [recipeCounts(report), recipeLines(report)] : [recipeCounts(report)];
  return counts.flatMap((line) => wrapped(line, style.width, '  ', '').map(style.bold));
}

/** What came of a run: per phase what landed and what verified it. */
export function recipeRunText(
  report: RecipeReport,
  runs: readonly PhaseRun[],
  problems: readonly Problem[],
  style: Style,
): string {
  const blocks = report.phases.map((phase, index) => {
    const own = runs.find((each) => each.phase === index);
    return own ? ranLines(phase, own, index, style) : phaseLines(unstarted(phase), index, style);
  });
  return `${joined(blocks)}\n${endingOf(report, runs, problems, style)}`;
}

function joined(blocks: readonly (readonly string[])[]): string {
  const texts = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${texts.join('\n\n')}\n`;
}

/** A phase that a failure before it kept from being begun. */
function unstarted(phase: PhaseReport): PhaseReport {
  return phase.status === 'planned' ? { ...phase, status: 'not-planned' } : phase;
}

const WORDS: Readonly<Record<PhaseReport['status'], string>> = {
  planned: 'planned',
  done: 'done already',
  refused: 'refused',
  'not-planned': 'not reached',
};

function titleLine({ name, kind, status }: PhaseReport, index: number, style: Style, word = WORDS[status]): string {
  const sign = status === 'refused' ? mark('cross', style) : status === 'not-planned' ? ' ' : mark('tick', style);
  const paint = status === 'refused' ? style.red : status === 'not-planned' ? style.dim : style.green;
  return `${sign} ${style.bold(`${index + 1}. ${inert(name)}`)}${style.dim(` (${kind})`)}  ${paint(word)}`;
}

function phaseLines(phase: PhaseReport, index: number, style: Style): string[] {
  const narrower = { ...style, width: style.width - INDENT.length };
  return [titleLine(phase, index, style), ...indented(bodyLines(phase, narrower))];
}

function bodyLines(phase: PhaseReport, style: Style): string[] {
  const { status, done } = phase;
  if (status === 'not-planned') return [];
  const before = done.length > 0 ? [style.dim(`carried out before: ${listed(done.map(inert), MOST_NAMES)}`)] : [];
  if (status === 'done') return before;
  const counts = status === 'planned' ? [phaseCounts(phase)] : [];
  return [
    ...before,
    ...pairsLines(phase, style),
    ...movesLines(phase, style),
    ...(phase.transformed ? transformedLines(phase.transformed, style) : []),
    ...problemsLines(phase, style),
    ...counts,
  ];
}

/** A pair that goes is one line; one that stays has its evidence. */
function pairsLines({ decisions }: PhaseReport, style: Style): string[] {
  const arrow = style.unicode ? '←' : '<-';
  return decisions.flatMap((decision) => {
    if (decision.decision === 'refuse') return pairLines(decision, false, style);
    const { keep, remove, comparison, accepted } = decision;
    const note = accepted.length > 0 ? `, ${counted(accepted.length, 'refusal')} accepted` : '';
    const [kept, removed, words] = [inert(keep), inert(remove), `${comparison.verdict}${note}`];
    const length = [...`${kept}${removed}${words}`].length + 7;
    const head = `${mark('tick', style)} ${kept}`;
    return onOneOrTwo(head, `${arrow} ${removed}  ${style.dim(words)}`, length, INDENT, style.width);
  });
}

function movesLines({ moved, merged, status }: PhaseReport, style: Style): string[] {
  if (!moved) return [];
  // Of many phases, what stays as it is would bury what does not.
  const hits = hitsText(moved.hits, style, false).trimEnd();
  const places = merged
    ? [...mergedLines(merged, style), ...placeLines({ result: { ...moved, moved: [] } }, style)]
    : placeLines({ result: moved }, style);
  return [...places, ...(hits && status === 'planned' ? hits.split('\n') : [])];
}

/** The refusals of pairs stand with the pairs. */
function problemsLines({ refusals, findings, decisions }: PhaseReport, style: Style): string[] {
  const shown = new Set(decisions.flatMap((decision) => [...decision.refusals, ...decision.findings]));
  const own = [...findings, ...refusals].filter((problem) => !shown.has(problem));
  const rest = own.length - MOST_REFUSALS;
  return [
    ...own.slice(0, MOST_REFUSALS).flatMap((problem) => problemLines(problem, style)),
    ...(rest > 0 ? [style.dim(`… and ${rest} more (--format json lists all)`)] : []),
  ];
}

function ranLines(phase: PhaseReport, { run }: PhaseRun, index: number, style: Style): string[] {
  const isDone = run.status === 'done';
  const narrower = { ...style, width: style.width - INDENT.length };
  const word = isDone ? 'done' : 'rolled back';
  const shown: PhaseReport = { ...phase, status: isDone ? 'planned' : 'refused' };
  const counts = isDone ? [phaseCounts(phase, true)] : [];
  return [
    titleLine(shown, index, style, word),
    ...indented([
      ...landedLines(phase, run, narrower),
      ...(isDone && phase.merged ? mergedLines(phase.merged, narrower) : []),
      ...verifiedLines(run, narrower),
      ...counts,
    ]),
  ];
}

function endingOf(report: RecipeReport, runs: readonly PhaseRun[], problems: readonly Problem[], style: Style): string {
  const last = runs.at(-1)?.run;
  if (last && last.status !== 'done') return rolledBack(last, problems, style);
  if (problems.length > 0) return `${problemsText(problems, style)}\nThe phase was not begun; those before it stay.\n`;
  const rerun = report.phases.some(({ status }) => status === 'refused')
    ? `After the refused phase is mended, to do the rest:\n  ${style.cyan(inert(`${report.command} --apply`))}\n`
    : '';
  const undo = runs.length > 1 ? 'To take the last phase back (and again for the one before it)' : 'To take it back';
  const isWhole = runs.length === report.phases.filter(({ status }) => status === 'planned').length;
  const lines = isWhole ? `${style.bold(recipeLines(report, true))}\n` : '';
  return `${lines}${rerun}${undo}:\n  ${style.cyan('regraft undo')}\n`;
}

function nextLines(report: RecipeReport, style: Style): string[] {
  return nextSteps(report).flatMap(({ what, command }) => [`${inert(what)}:`, `  ${style.cyan(inert(command))}`]);
}

const indented = (lines: readonly string[]): string[] => lines.map((line) => (line === '' ? '' : INDENT + line));
