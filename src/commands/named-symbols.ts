/** Names of modules as people write them: `pkg/a.py:load`, `pkg.a:load`, and what they shall be called. */

import type { Problem } from '../core/model.js';
import { isIdentifier } from '../core/paths.js';
import { problem, RegraftError } from '../core/problems.js';
import { bindingsOf } from '../core/scopes.js';
import type { Session } from './session.js';
import { moduleTargets } from './targets.js';

export interface NamedSymbol {
  readonly path: string;
  readonly name: string;
  /** After `=`; `null` without one. */
  readonly to: string | null;
}

/**
 * @param modules the modules that may be named
 * @throws RegraftError with every entry that means nothing
 */
export function namedSymbols(
  session: Session,
  directory: string,
  modules: readonly string[],
  entries: readonly string[],
  option: string,
): NamedSymbol[] {
  const problems: Problem[] = [];
  const found = entries.flatMap((entry) => {
    const symbol = symbolOf(session, directory, entry, option);
    const why = 'path' in symbol ? objection(session, modules, symbol) : null;
    if ('path' in symbol && why === null) return [symbol];
    problems.push('path' in symbol ? problem('usage', `--${option} ${entry}: ${why}`, {}) : symbol.problem);
    return [];
  });
  if (problems.length > 0) throw new RegraftError(problems);
  return found;
}

function symbolOf(
  session: Session,
  directory: string,
  entry: string,
  option: string,
): NamedSymbol | { problem: Problem } {
  const parsed = /^(.+):([^:=]+)(?:=(.+))?$/.exec(entry);
  if (!parsed) {
    const hint = `--${option} pkg/a.py:load${option === 'rename' ? '=load_a' : ''}`;
    return { problem: problem('usage', `--${option} takes PATH:NAME, not ${entry}`, { hint }) };
  }
  const [path = ''] = moduleTargets(session, directory, [parsed[1] as string]);
  return { path, name: parsed[2] as string, to: parsed[3] ?? null };
}

function objection({ codebase }: Session, modules: readonly string[], { path, name, to }: NamedSymbol): string | null {
  if (!modules.includes(path)) return `${path} is none of the modules that are merged`;
  const unit = codebase.unitOrNone(path);
  if (unit && bindingsOf(unit.facts, 0, name).bindings.length === 0) return `${path} defines no '${name}'`;
  if (to !== null && !isIdentifier(to)) return `'${to}' is no name`;
  return to !== null && modules.some((each) => bindsAnywhere(codebase, each, to)) ? `'${to}' is taken` : null;
}

function bindsAnywhere(codebase: Session['codebase'], path: string, name: string): boolean {
  const scopes = codebase.unitOrNone(path)?.facts.scopes ?? [];
  return scopes.some(({ bindings }) => bindings.some((binding) => binding.name === name));
}
