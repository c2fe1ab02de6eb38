/** A new file beside the user's own. Never over anything that stands there. */
import { resolve } from 'node:path';
import { EXIT, problem, RegraftError } from '../core/problems.js';
import { writeNew } from './mutations.js';
import { lookAt } from './paths.js';

/** @throws RegraftError `exists`, `cannot-write` */
export function writeBeside(directory: string, name: string, text: string): void {
  try {
    writeNew(resolve(directory, name), text, 0o644);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') throw taken(name);
    throw new RegraftError(
      problem('cannot-write', `cannot write ${name}: ${code}`, {
        hint: 'see to permissions and space, then run it again',
      }),
    );
  }
}

/** @throws RegraftError `exists`: what {@link writeBeside} would say, without writing. */
export function demandFree(directory: string, name: string): void {
  if (lookAt(resolve(directory, name)) !== null) throw taken(name);
}

function taken(name: string): RegraftError {
  const hint = `take it away or rename it first, then run it again: mv ${name} old-${name}`;
  return new RegraftError(problem('exists', `${name} exists already`, { place: name, hint }), EXIT.refused);
}
