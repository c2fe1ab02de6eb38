/** Shims to be retired as people read them: which go, which stay and because of whom, counts, the next command. */
import type { Problem } from '../core/model.js';
import type { Plan, RunSummary } from '../core/plan.js';
import type { Shim } from '../core/shims.js';
import { planPart } from './envelope.js';
import { inert } from './inert.js';
import { code, markdownTable, problemItem, prose } from './markdown.js';
import { problemLines } from './problems-text.js';
import { landedLines, rolledBack, verifiedLines } from './run-text.js';
import { mark, type Style } from './style.js';
import { grouped, wrapped } from './words.js';

export interface RetireReport {
  readonly plan: Plan;
  readonly result: {
    readonly decisions: readonly {
      readonly shim: Shim;
      readonly decision: 'delete' | 'refuse';
      readonly refusals: readonly Problem[];
      readonly accepted: readonly Problem[];
    }[];
    readonly rewritten: readonly string[];
  };
  /** The command as it was given, without `--apply`. */
  readonly command: string;
}

/** `data` of `retire`, without the run. */
export function retireData({ plan, result }: RetireReport) {
  return {
    plan: planPart(plan),
    shims: result.decisions.map(({ shim, decision, refusals, accepted }) => ({
      path: shim.path,
      oldName: shim.oldName,
      newName: shim.newName,
      target: shim.targetPath,
      decision,
      codes: [...new Set(refusals.map((refusal) => refusal.code))],
      accepted: [...new Set(accepted.map((each) => each.code))],
    })),
    rewritten: result.rewritten,
  };
}

const MOST_PLACES = 6;
const NOTHING = 'no shims here: nothing to do';

export function retireText(report: RetireReport, style: Style): string {
  const { decisions, rewritten } = report.result;
  if (decisions.length === 0) return `${NOTHING}\n`;
  const blocks = [
    ...decisions.map((decision) => shimLines(decision, style)),
    rewritten.map((path) => `${style.yellow('~')} ${inert(path)}${style.dim('  redirected')}`),
    [...wrapped(counts(report, false), style.width, '  ', '').map(style.bold), ...nextLines(report, style)],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** One shim with what becomes of it. */
export function shimLines(
  { shim, decision, refusals, accepted }: RetireReport['result']['decisions'][number],
  style: Style,
): string[] {
  const arrow = style.unicode ? '→' : '->';
  const isGoing = decision === 'delete';
  const verdict = isGoing ? 'nothing in this repository uses it' : 'still needed';
  const shown = refusals.slice(0, MOST_PLACES).flatMap((refusal) => problemLines(refusal, style, '    '));
  const more = refusals.length - MOST_PLACES;
  return [
    `${mark(isGoing ? 'tick' : 'cross', style)} ${style.bold(inert(shim.path))}  ${inert(shim.oldName)} ${arrow} ${inert(shim.newName)}  ${style.dim(verdict)}`,
    ...shown,
    ...(more > 0 ? [style.dim(`    … and ${more} more (--format json lists all)`)] : []),
    ...(isGoing ? accepted : []).map((each) =>
      style.dim(`    accepted: ${inert(each.code)} ${inert(each.path ?? '')}:${each.line ?? 1}`),
    ),
  ];
}

function counts({ result }: RetireReport, applied: boolean): string {
  const going = result.decisions.filter(({ decision }) => decision === 'delete').length;
  const parts = [
    `${grouped(going)} ${applied ? 'deleted' : 'to delete'}`,
    `${grouped(result.rewritten.length)} ${applied ? 'rewritten' : 'to rewrite'}`,
    `${grouped(result.decisions.length - going)} refused`,
  ];
  return `${applied ? 'Done' : 'Plan'}: ${parts.join(', ')}.`;
}

/** What to run next: carry it out, or first send the users elsewhere. */
function nextSteps({ plan, result, command }: RetireReport): { what: string; command: string }[] {
  const isSaved = command.startsWith('regraft apply ');
  const isUsed = result.decisions.some(({ refusals }) => refusals.some((refusal) => refusal.code === 'still-used'));
  const canRedirect = isUsed && !isSaved && !command.includes(' --redirect');
  return [
    ...(plan.batches.length > 0 ? [{ what: 'To do it', command: isSaved ? command : `${command} --apply` }] : []),
    ...(canRedirect ? [{ what: 'To send users to the new names first', command: `${command} --redirect` }] : []),
  ];
}

function nextLines(report: RetireReport, style: Style): string[] {
  return nextSteps(report).flatMap(({ what, command }) => [`${what}:`, `  ${style.cyan(inert(command))}`]);
}

export function retireRunText(
  report: RetireReport,
  { run, problems }: { readonly run: RunSummary; readonly problems: readonly Problem[] },
  style: Style,
): string {
  const refused = report.result.decisions.filter(({ decision }) => decision === 'refuse');
  const lines = [
    ...landedLines(report.plan, run, style),
    ...refused.map(({ shim }) => `${mark('cross', style)} still needed ${inert(shim.path)}`),
    '',
    ...verifiedLines(run, style),
  ].join('\n');
  if (run.status !== 'done') return `${lines}\n${rolledBack(run, problems, style)}`;
  return `${lines}\n${style.bold(counts(report, true))}\nTo take it back:\n  ${style.cyan('regraft undo')}\n`;
}

/** For a pull request. Text from the repository becomes inert. */
export function retireMarkdown(report: RetireReport): string {
  const { decisions, rewritten } = report.result;
  if (decisions.length === 0) return 'No shims here: nothing to do.\n';
  const rows = decisions.map(({ shim, decision }) => [
    decision === 'delete' ? '✓' : '✗',
    code(shim.path),
    code(shim.oldName),
    code(shim.newName),
    decision === 'delete' ? 'would be deleted' : 'still needed',
  ]);
  const refusals = decisions.flatMap((decision) => decision.refusals.map((refusal) => problemItem('refused', refusal)));
  const blocks = [
    '## Shims',
    `**${counts(report, false)}**`,
    markdownTable(['', 'Shim', 'Old name', 'New name', 'Outcome'], rows, ['left', 'left', 'left', 'left', 'left']),
    rewritten.length > 0 ? `### Files redirected\n\n${rewritten.map((path) => `- ${code(path)}`).join('\n')}` : '',
    refusals.length > 0 ? `### Why the others stay\n\n${refusals.join('\n')}` : '',
    nextSteps(report)
      .map(({ what, command }) => `${prose(what)}: ${code(command)}`)
      .join('<br>\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
