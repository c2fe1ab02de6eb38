/** The end of a review: what was answered, and what the plan that is left says of itself that the first one did not. */
import type { Problem } from '../core/model.js';
import type { Plan } from '../core/plan.js';
import type { ReviewAnswer } from '../core/reviewing.js';
import { problemLines } from './problems-text.js';
import type { Style } from './style.js';
import { counted, grouped } from './words.js';

export interface ReviewEnd {
  readonly answers: readonly ReviewAnswer[];
  /** Computed anew from what is left; `null` when nothing is. */
  readonly plan: Plan | null;
  /** The plan that was reviewed. */
  readonly before: Plan;
}

export function endLines({ answers, plan, before }: ReviewEnd, style: Style): string[] {
  const counts = countsLine(answers);
  if (plan === null) return [counts, style.bold('Nothing is left of the plan.')];
  const files = new Set(plan.batches.flatMap(({ changes }) => changes.map(({ path }) => path)));
  const commits = counted(plan.batches.length, 'commit');
  return [
    counts,
    style.bold(`Computed again: ${commits}, ${counted(files.size, 'file')}; ${grouped(plan.refusals.length)} refused.`),
    ...plan.refusals.flatMap((each) => problemLines(each, style)),
    ...newFindings(plan.findings, before.findings, style),
  ];
}

function countsLine(answers: readonly ReviewAnswer[]): string {
  const count = (answer: ReviewAnswer) => answers.filter((each) => each === answer).length;
  const apart = count('apart');
  const own = apart > 0 ? `, ${grouped(apart)} of them in a commit of its own` : '';
  return `${grouped(count('accept') + apart)} to be done${own}; ${grouped(count('reject'))} left out.`;
}

/** What is new in full; of the rest how much there is. */
function newFindings(now: readonly Problem[], before: readonly Problem[], style: Style): string[] {
  const known = new Set(before.map(keyOf));
  const anew = now.filter((each) => !known.has(keyOf(each)));
  const old = now.length - anew.length;
  return [
    ...anew.flatMap((each) => problemLines(each, style)),
    ...(old > 0 ? [style.dim(`${counted(old, 'finding')} as before the review`)] : []),
  ];
}

const keyOf = ({ code, path, line, message }: Problem) => JSON.stringify([code, path, line, message]);
