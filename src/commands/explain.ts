/** `regraft explain`: what a problem code means, and what to do. Needs no repository. */
import { acceptFlag } from '../core/accept.js';
import { nearest } from '../core/nearest.js';
import { EXIT, problem, RegraftError } from '../core/problems.js';
import { type Explained, explainData, explainText, explanationsData, explanationsText } from '../report/explain.js';
import { explainedCodes, explanationOf } from '../report/explanations/index.js';
import type { Environment, Outcome } from './command.js';

export async function explain(
  environment: Environment,
  options: { readonly code: string | undefined },
): Promise<Outcome> {
  const { style } = environment;
  if (options.code === undefined)
    return { exitCode: EXIT.done, data: explanationsData(), problems: [], output: explanationsText(style) };
  const explained = explainedBy(options.code);
  return { exitCode: EXIT.done, data: explainData(explained), problems: [], output: explainText(explained, style) };
}

/** As it is printed, with or without what stands around it: `error[dirty]`. */
function explainedBy(written: string): Explained {
  const code = /\[([a-z-]+)\]/.exec(written)?.[1] ?? written.trim().toLowerCase();
  const found = explanationOf(code);
  if (found)
    return {
      code,
      ...found,
      accepted: acceptFlag(problem(code, '', { place: PLACE }))?.replace(/:1$/, ':LINE') ?? null,
    };
  const near = nearest(code, explainedCodes());
  const hint = near ? `did you mean ${near}?` : 'regraft explain lists all codes';
  throw new RegraftError(problem('unknown-code', `there is no problem code '${written}'`, { hint }));
}

const PLACE = { path: 'PATH', line: 1, column: 1 };
