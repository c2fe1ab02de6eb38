/** What the problems of a plan come to: refusals, what a person accepted of them, and what is only to be known. */
import { type Acceptance, acceptFlag, isAccepted } from '../../src/core/accept.js';
import type { TextEdit } from '../../src/core/edits.js';
import type { Problem } from '../../src/core/model.js';

export interface Judged {
  readonly refusals: readonly Problem[];
  readonly accepted: readonly Problem[];
  readonly findings: readonly Problem[];
}

export function judged(all: readonly Problem[], acceptances: readonly Acceptance[]): Judged {
  const isTaken = (each: Problem) => isAccepted(each, acceptances);
  const errors = unique(all.filter(({ severity }) => severity === 'error'));
  return {
    refusals: errors.filter((each) => !isTaken(each)).map(withAcceptHint),
    accepted: errors.filter(isTaken),
    findings: unique(all.filter(({ severity }) => severity !== 'error')),
  };
}

function unique(problems: readonly Problem[]): Problem[] {
  return [
    ...new Map(problems.map((each) => [`${each.code}\0${each.path}\0${each.line}\0${each.message}`, each])).values(),
  ];
}

function withAcceptHint(refusal: Problem): Problem {
  const flag = acceptFlag(refusal);
  if (!flag) return refusal;
  return { ...refusal, hint: refusal.hint ? `${refusal.hint}; or ${flag}` : `look at it, then ${flag}` };
}

/** Edits of several origins, by path. */
export function together(
  ...maps: readonly ReadonlyMap<string, readonly TextEdit[]>[]
): Map<string, readonly TextEdit[]> {
  const all = new Map<string, readonly TextEdit[]>();
  for (const map of maps) for (const [path, edits] of map) all.set(path, [...(all.get(path) ?? []), ...edits]);
  return all;
}

/** The lines of a commit message that say what a person took on. */
export function acceptedLines(accepted: readonly Problem[]): string[] {
  if (accepted.length === 0) return [];
  return [
    '',
    'Accepted by name:',
    ...accepted.map((each) => `- ${each.code} ${each.path}:${each.line ?? 1}: ${each.message}`),
  ];
}
