/** `regraft usages TARGET..`: all evidence for or against a module. */
import { EXIT } from '../core/problems.js';
import { findUsages } from '../core/usages.js';
import { usagesData } from '../report/envelope.js';
import { usagesText } from '../report/usages-text.js';
import type { Environment, Outcome } from './command.js';
import { openSession } from './session.js';
import { moduleTargets } from './targets.js';

export async function usages(
  environment: Environment,
  options: { readonly targets: readonly string[] },
): Promise<Outcome> {
  const session = await openSession(environment);
  const found = findUsages(session.linker, moduleTargets(session, environment.directory, options.targets));
  return { exitCode: EXIT.done, data: usagesData(found), problems: [], output: usagesText(found, environment.style) };
}
