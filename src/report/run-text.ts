/** What a run did: each pair with its commit or its refusal, what verified it, what was rolled back, the next command. */

import type { Problem } from '../core/model.js';
import type { PairDecision, Plan, RunSummary } from '../core/plan.js';
import { inert } from './inert.js';
import { nextCommands, planCounts } from './plan-summary.js';
import { placeOf, problemsText } from './problems-text.js';
import { mark, type Style } from './style.js';
import { counted } from './words.js';

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
    ...verifiedLines(run),
  ];
  return `${lines.join('\n')}\n${endingOf(report, style)}`;
}

function refusedLines({ remove, refusals }: PairDecision, style: Style): string[] {
  const reasons = refusals.map((refusal) => `    ${inert(refusal.code)}  ${placeOf(refusal) ?? ''}`);
  return [`${mark('cross', style)} refused     ${inert(remove)}`, ...reasons];
}

/** What landed, what did not, what verified it: for every kind of plan. */
export function landedLines(plan: Pick<Plan, 'batches'>, run: RunSummary, style: Style): string[] {
  const landed = plan.batches.slice(0, run.commits.length);
  return [
    ...landed.map(
      (batch, index) =>
        `${mark('tick', style)} ${style.dim((run.commits[index] ?? '').slice(0, 10))}  ${inert(batch.title)}`,
    ),
    ...plan.batches
      .slice(run.commits.length)
      .map((batch) => `${mark('cross', style)} not done    ${inert(batch.title)}`),
  ];
}

/** Per command: how often it ran and held, and how many tests it knows. */
export function verifiedLines(run: RunSummary): string[] {
  const byCommand = new Map<string, RunSummary['verified'][number][]>();
  for (const verified of run.verified)
    byCommand.set(verified.command, [...(byCommand.get(verified.command) ?? []), verified]);
  return [...byCommand].map(([command, times]) => {
    const ran = times.at(-1)?.ran;
    const tests = typeof ran === 'number' ? `, ${counted(ran, 'test')} each` : '';
    return `verified after each commit: ${inert(command)} (${counted(times.length, 'run')}${tests}, nothing newly failing)`;
  });
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
  const kept =
    run.commits.length > 0
      ? `${counted(run.commits.length, 'commit')} before it stay; to take them back: regraft undo ${run.id}\n`
      : '';
  return `${problemsText(problems, style)}\nThe batch was rolled back: files, index and branch are as before it. ${kept}\n`;
}
