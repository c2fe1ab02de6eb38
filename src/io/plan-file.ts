/** Saved plans. A plan file is a claim that somebody may have altered: its shape is validated, its edits are never used. */
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Baseline } from '../core/clones/baseline.js';
import type { KnownProblems } from '../core/known-problems.js';
import type { Plan } from '../core/plan.js';
import { parsePlan } from '../core/plan-schema.js';
import { problem, RegraftError } from '../core/problems.js';
import { writeNew } from './mutations.js';

/** Larger files are no plans; reading them would only exhaust memory. */
const LARGEST = 64 * 1024 * 1024;

/** Writes a plan, or a baseline, beside the user's other files. @throws RegraftError `exists` when something stands there. */
export function writeSaved(directory: string, name: string, saved: Plan | Baseline | KnownProblems): void {
  try {
    writeNew(resolve(directory, name), `${JSON.stringify(saved, null, 1)}\n`, 0o644);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const message = code === 'EEXIST' ? `${name} exists already` : `cannot write ${name}: ${code}`;
    throw new RegraftError(
      problem(code === 'EEXIST' ? 'exists' : 'cannot-write', message, {
        hint: 'choose another name for --save, or take the old file away first',
      }),
    );
  }
}

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
