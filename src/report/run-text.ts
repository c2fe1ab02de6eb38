/** What a run did: each pair with its commit or its refusal, what verified it, what was rolled back, the next command. */

import type { Problem } from '../core/model.js';
import type { LeftOut, PairDecision, Plan, RunSummary } from '../core/plan.js';
import { inert } from './inert.js';
import { nextCommands, planCounts } from './plan-summary.js';
import { placeOf, problemsText } from './problems-text.js';
import { mark, type Style } from './style.js';
import { counted, wrapped } from './words.js';

export interface RunReport {
  readonly decisions: readonly PairDecision[];
  readonly plan: Plan;
  readonly run: RunSummary;
  /** Why a batch did not land. */
  readonly problems: readonly Problem[];
  readonly command: string;
}

export function runText(report: RunReport, style: Style): string {
  const { plan, run, decisions } = report;
  const lines = [
    ...landedLines(plan, run, style),
    ...decisions.filter(({ decision }) => decision === 'refuse').flatMap((decision) => refusedLines(decision, style)),
    '',
    ...verifiedLines(run, style),
  ];
  return `${lines.join('\n')}\n${endingOf(report, style)}`;
}

function refusedLines({ remove, refusals }: PairDecision, style: Style): string[] {
  const reasons = refusals.map((refusal) => `    ${inert(refusal.code)}  ${placeOf(refusal) ?? ''}`);
  return [`${mark('cross', style)} refused     ${inert(remove)}`, ...reasons];
}

/** What landed, what did not, what verified it: for every kind of plan. */
export function landedLines(plan: Pick<Plan, 'batches'>, run: RunSummary, style: Style): string[] {
  const cross = mark('cross', style);
  return [
    ...run.commits.flatMap((commit, index) =>
      titled(`${mark('tick', style)} ${style.dim(commit.slice(0, 10))}`, run.titles[index] ?? '', style),
    ),
    ...(run.culprits === null
      ? plan.batches.slice(run.commits.length).flatMap((batch) => titled(`${cross} not done  `, batch.title, style))
      : run.culprits.flatMap((culprit) => leftOutLines(culprit, style))),
  ];
}

/** What stands before a title, twelve columns of it, and the title, as many lines as it takes. */
function titled(head: string, title: string, style: Style): string[] {
  const [first = '', ...rest] = wrapped(inert(title), style.width - BEFORE_TITLE, '');
  return [`${head}  ${first}`, ...rest.map((line) => `${' '.repeat(BEFORE_TITLE)}${line}`)];
}

const BEFORE_TITLE = 14;

/** Few enough to read; the log has them all. */
const MOST_FAILURES = 3;

function leftOutLines({ operation, command, reason, newFailures, log }: LeftOut, style: Style): string[] {
  const more = newFailures.length - MOST_FAILURES;
  return [
    `${mark('cross', style)} left out    ${inert(operation)}`,
    `    ${inert(command)}: ${inert(reason)}`,
    ...newFailures.slice(0, MOST_FAILURES).map((id) => `      ${inert(id)}`),
    ...(more > 0 ? [`      … and ${more} more`] : []),
    ...(log === null ? [] : [style.dim(`    ${inert(log)}`)]),
  ];
}

/** Per command: how often it ran and held, and how many tests it knows; and what it has left. */
export function verifiedLines(run: RunSummary, style: Style): string[] {
  const byCommand = new Map<string, RunSummary['verified'][number][]>();
  for (const verified of run.verified)
    byCommand.set(verified.command, [...(byCommand.get(verified.command) ?? []), verified]);
  const held = [...byCommand].map(([command, times]) => {
    const ran = times.at(-1)?.ran;
    const tests = typeof ran === 'number' ? `, ${counted(ran, 'test')} each` : '';
    return `verified after each commit: ${inert(command)} (${counted(times.length, 'run')}${tests}, nothing newly failing)`;
  });
  const left = run.leftovers.map((path) => `left behind by the verification: ${inert(path)}`);
  const running = run.survivors.map((process) => `still running after it: ${inert(process)}`);
  return [...held, ...left, ...running].flatMap((line) => wrapped(line, style.width, '  ', ''));
}

function endingOf(report: RunReport, style: Style): string {
  const { run, problems } = report;
  if (run.status === 'done') {
    const summary = { ...report, applied: true };
    const next = nextCommands(summary).map(({ what, command }) => `${inert(what)}:\n  ${style.cyan(inert(command))}`);
    return `${style.bold(planCounts(summary))}\n${next.map((line) => `${line}\n`).join('')}`;
  }
  return rolledBack(run, problems, style);
}

/** Why a batch did not land, and what stays. */
export function rolledBack(run: RunSummary, problems: readonly Problem[], style: Style): string {
  if (run.culprits !== null) return takenApart(run, problems, style);
  const kept =
    run.commits.length > 0
      ? `${counted(run.commits.length, 'commit')} before it stay; to take them back: regraft undo ${run.id}\n`
      : '';
  return `${problemsText(problems, style)}\nNothing of the batch is left: files, index and branch are as before it. ${kept}\n`;
}

/** What breaks the verification stands with the commits already. */
function takenApart(run: RunSummary, problems: readonly Problem[], style: Style): string {
  const culprits = run.culprits ?? [];
  const others = problems.filter(({ code }) => code !== 'verification-failed');
  const found = `${counted(culprits.length, 'operation')} broke the verification and ${culprits.length === 1 ? 'was' : 'were'} left out; found in ${counted(run.verifications, 'verification run')}.`;
  const kept =
    run.commits.length > 0 ? `To take back what has landed:\n  ${style.cyan(`regraft undo ${run.id}`)}\n` : '';
  return `${others.length > 0 ? `${problemsText(others, style)}\n` : ''}${style.bold(found)}\n${kept}`;
}
