/** Every problem code with what it means. A test holds the table against the codes that the sources report. */
import { DUPLICATES } from './duplicates.js';
import { FILES } from './files.js';
import { CHECK, IMPORTING } from './importing.js';
import { INPUT } from './input.js';
import { MERGING } from './merging.js';
import type { Explanation, ExplanationGroup } from './model.js';
import { MOVING } from './moving.js';
import { PLACES } from './places.js';
import { REPOSITORY, RUNS } from './repository.js';
import { RULES, TRANSFORMS } from './rules.js';

export type { Explanation, ExplanationGroup } from './model.js';

/** In the order that lists show them. */
export const EXPLANATIONS: readonly ExplanationGroup[] = [
  DUPLICATES,
  PLACES,
  MOVING,
  MERGING,
  IMPORTING,
  CHECK,
  RULES,
  TRANSFORMS,
  FILES,
  REPOSITORY,
  RUNS,
  INPUT,
];

export const explainedCodes = (): string[] => EXPLANATIONS.flatMap(({ codes }) => Object.keys(codes));

export function explanationOf(code: string): { group: ExplanationGroup; explanation: Explanation } | null {
  const group = EXPLANATIONS.find(({ codes }) => Object.hasOwn(codes, code));
  const explanation = group?.codes[code];
  return group && explanation ? { group, explanation } : null;
}
