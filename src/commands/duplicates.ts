/** `regraft duplicates` and `compare`: what is a copy of what, measured on content. */
import { type Comparison, compareModules } from '../core/compare.js';
import type { Problem } from '../core/model.js';
import { EXIT } from '../core/problems.js';
import { comparisonText, duplicatesText } from '../report/duplicates.js';
import { comparisonData, familiesData } from '../report/duplicates-data.js';
import { problemsText } from '../report/problems-text.js';
import type { Environment, Outcome } from './command.js';
import { recommendKeepers } from './keepers.js';
import { findPairs } from './pairs.js';
import { openSession } from './session.js';
import { moduleTargets } from './targets.js';

export async function duplicates(
  environment: Environment,
  options: { readonly paths: readonly string[]; readonly suffixes: readonly string[] },
): Promise<Outcome> {
  const session = await openSession(environment);
  const { pairs, families, unreadable } = findPairs(session, environment.directory, options);
  const compared = (path: string) => session.tools.compared(session.codebase, session.linker, path);
  const rows = pairs.map((pair) => ({
    ...pair,
    comparison: compareModules(compared(pair.keep), compared(pair.remove)),
  }));
  const recommended = recommendKeepers(session, families);
  const data = { pairs: rows.map((row) => comparisonData(row, row.comparison)), families: familiesData(recommended) };
  const skipped = unreadable.map((found): Problem => ({ ...found, severity: 'warning' }));
  const warnings = skipped.length > 0 ? `\n${problemsText(skipped, environment.style)}` : '';
  const output = `${duplicatesText(rows, recommended, environment.style)}${warnings}`;
  return { exitCode: EXIT.done, data, problems: skipped, output };
}

export async function compare(
  environment: Environment,
  options: { readonly keep: string; readonly remove: string },
): Promise<Outcome> {
  const session = await openSession(environment);
  const [keep] = moduleTargets(session, environment.directory, [options.keep]) as [string];
  const [remove] = moduleTargets(session, environment.directory, [options.remove]) as [string];
  const compared = (path: string) => session.tools.compared(session.codebase, session.linker, path);
  const comparison: Comparison = compareModules(compared(keep), compared(remove));
  const output = comparisonText({ keep, remove, comparison }, environment.style);
  return { exitCode: EXIT.done, data: comparisonData({ keep, remove }, comparison), problems: [], output };
}
