/** What the difference of two modules has to say against deleting one: missing names, other signatures, other code. */
import {
  type AffectedSymbol,
  affectedSymbols,
  type ComparedModule,
  type Comparison,
  missingNames,
} from '../src/core/compare.js';
import type { Linker } from '../src/core/linker.js';
import type { Problem } from '../src/core/model.js';
import { problem } from '../src/core/problems.js';

/** Nobody uses the duplicate: only what is lost with it counts. */
export function unusedContent(comparison: Comparison, keep: string, remove: string): Problem[] {
  const { changed, onlyRemove } = comparison.symbols;
  const hint = `see regraft compare ${keep} ${remove}`;
  const refusals: Problem[] = [];
  if (changed.length > 0) {
    const message = `differs from ${keep} in ${listed(changed.map((symbol) => symbol.name))}`;
    refusals.push(problem('body-differs', message, { place: remove, hint }));
  }
  if (onlyRemove.length > 0) {
    const message = `has what ${keep} lacks: ${listed(onlyRemove)}`;
    refusals.push(problem('loses-symbols', message, { place: remove, hint }));
  }
  return refusals;
}

/** The duplicate is used: every used name must exist in the keeper, with the same signature and, all it calls included, the same code. */
export function usedContent(
  linker: Linker,
  comparison: Comparison,
  kept: ComparedModule,
  removed: ComparedModule,
  used: readonly string[],
): Problem[] {
  const missing = missingNames(kept.outline, used).filter((name) => !isGiven(linker, comparison, kept.path, name));
  const affected = affectedSymbols(comparison, kept.outline, removed.outline, used).filter(
    ({ name }) => !missing.includes(name),
  );
  return [
    ...missing.map((name) => missingProblem(name, kept.path, removed)),
    ...affected.flatMap((symbol) => affectedProblems(symbol, kept.path, removed)),
    ...importTimeCode(comparison, kept.path, removed),
  ];
}

/** A name may come through a star import, or from a module `__getattr__` that both copies have alike. */
function isGiven(linker: Linker, { verdict }: Comparison, keep: string, name: string): boolean {
  const { kind } = linker.lookup(keep, name);
  return kind === 'unknown' ? verdict === 'identical' || verdict === 'equivalent' : kind !== 'missing';
}

function missingProblem(name: string, keep: string, removed: ComparedModule): Problem {
  const hint = `move '${name}' to ${keep} first, then run the command again`;
  return problem('missing-name', `'${name}' is used and ${keep} has no such name`, {
    place: placeOf(removed, name),
    hint,
  });
}

function affectedProblems(symbol: AffectedSymbol, keep: string, removed: ComparedModule): Problem[] {
  const via = symbol.via.length > 0 ? ` (through ${symbol.via.join(' -> ')})` : '';
  const isSignature = symbol.what.some((what) => what === 'signature' || what === 'default');
  const isBody = symbol.what.some((what) => what !== 'signature' && what !== 'default');
  const place = placeOf(removed, symbol.name);
  const hint = `see regraft compare ${keep} ${removed.path}`;
  const say = (code: string, part: string) =>
    problem(code, `'${symbol.name}' is used, and its ${part} differs in ${keep}${via}`, { place, hint });
  return [
    ...(isSignature ? [say('signature-differs', 'signature')] : []),
    ...(isBody ? [say('body-differs', 'code')] : []),
  ];
}

/** Statements at module level run whenever the module is imported, whatever name is taken from it. */
function importTimeCode(comparison: Comparison, keep: string, removed: ComparedModule): Problem[] {
  const statements = removed.outline.symbols
    .filter((symbol) => symbol.kind === 'statement')
    .map((symbol) => symbol.qualname);
  const lost = [...comparison.symbols.onlyRemove, ...comparison.symbols.changed.map((symbol) => symbol.name)].filter(
    (name) => statements.includes(name),
  );
  return lost.map((name) =>
    problem('body-differs', `importing it runs ${name}, which ${keep} does not`, { place: placeOf(removed, name) }),
  );
}

function placeOf(module: ComparedModule, qualname: string): { path: string; line: number; column: number } {
  const symbol = module.outline.symbols.find((candidate) => candidate.qualname === qualname);
  return { path: module.path, line: symbol?.line ?? 1, column: 1 };
}

export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
