/** Saved plans. A plan file is a claim that somebody may have altered: its shape is validated, its edits are never used. */
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Baseline } from '../core/clones/baseline.js';
import type { KnownProblems } from '../core/known-problems.js';
import type { Plan } from '../core/plan.js';
import { parsePlan } from '../core/plan-schema.js';
import { problem, RegraftError } from '../core/problems.js';
import { writeNew } from './mutations.js';
import { lookAt } from './paths.js';

/** Larger files are no plans; reading them would only exhaust memory. */
const LARGEST = 64 * 1024 * 1024;

/** Writes a plan, or a baseline, beside the user's other files. @throws RegraftError `exists` when something stands there. */
export function writeSaved(directory: string, name: string, saved: Plan | Baseline | KnownProblems): void {
  try {
    writeNew(resolve(directory, name), `${JSON.stringify(saved, null, 1)}\n`, 0o644);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') throw taken(name);
    throw new RegraftError(problem('cannot-write', `cannot write ${name}: ${code}`, { hint: ANOTHER_NAME }));
  }
}

/** Said before anybody has answered a long list of questions. @throws RegraftError `exists` */
export function demandFree(directory: string, name: string): void {
  if (lookAt(resolve(directory, name))) throw taken(name);
}

const ANOTHER_NAME = 'choose another name for --save, or take the old file away first';
const taken = (name: string) => new RegraftError(problem('exists', `${name} exists already`, { hint: ANOTHER_NAME }));

/** @throws RegraftError `no-plan`, `bad-plan` */
export function readPlan(directory: string, name: string): Plan {
  const path = resolve(directory, name);
  try {
    const found = statSync(path);
    // Reading a pipe or a device may never end.
    if (!found.isFile())
      throw new RegraftError(problem('bad-plan', `${name} is no regular file`, { hint: 'save the plan again' }));
    if (found.size > LARGEST)
      throw new RegraftError(problem('bad-plan', `${name} is larger than any plan`, { hint: 'save the plan again' }));
    return parsePlan(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof RegraftError) throw error;
    const hint = 'save one first: regraft dedupe ... --save plan.json';
    throw new RegraftError(
      problem('no-plan', `cannot read ${name}: ${(error as NodeJS.ErrnoException).code}`, { hint }),
    );
  }
}
