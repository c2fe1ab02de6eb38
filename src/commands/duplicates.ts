/** `regraft duplicates` and `compare`: what is a copy of what, measured on content. */
import { type Comparison, compareModules } from '../core/compare.js';
import type { Family } from '../core/families.js';
import type { Problem } from '../core/model.js';
import { EXIT } from '../core/problems.js';
import { type ComparedPair, comparisonText, duplicatesText } from '../report/duplicates.js';
import { comparisonData, familiesData } from '../report/duplicates-data.js';
import { problemsText } from '../report/problems-text.js';
import type { Environment, Outcome } from './command.js';
import { recommendKeepers } from './keepers.js';
import { findPairs } from './pairs.js';
import { openSession, type Session } from './session.js';
import { moduleTargets } from './targets.js';

export async function duplicates(
  environment: Environment,
  options: { readonly paths: readonly string[]; readonly suffixes: readonly string[] },
): Promise<Outcome> {
  const session = await openSession(environment);
  const { rows, families, skipped } = measuredPairs(session, environment.directory, options);
  const data = { pairs: rows.map((row) => comparisonData(row, row.comparison)), families: familiesData(families) };
  const warnings = skipped.length > 0 ? `\n${problemsText(skipped, environment.style)}` : '';
  const output = `${duplicatesText(rows, families, environment.style)}${warnings}`;
  return { exitCode: EXIT.done, data, problems: skipped, output };
}

export interface MeasuredPairs {
  readonly rows: readonly ComparedPair[];
  /** With the keeper that the evidence recommends. */
  readonly families: readonly Family[];
  /** Pairs that cannot be read. */
  readonly skipped: readonly Problem[];
}

/** Pairs by name, compared. */
export function measuredPairs(
  session: Session,
  directory: string,
  options: { readonly paths: readonly string[]; readonly suffixes: readonly string[] },
): MeasuredPairs {
  const { pairs, families, unreadable } = findPairs(session, directory, options);
  const compared = (path: string) => session.tools.compared(session.codebase, session.linker, path);
  const rows = pairs.map((pair) => ({
    ...pair,
    comparison: compareModules(compared(pair.keep), compared(pair.remove)),
  }));
  const skipped = unreadable.map((found): Problem => ({ ...found, severity: 'warning' }));
  return { rows, families: recommendKeepers(session, families), skipped };
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
