/**
 * Decides one pair of duplicates and, when nothing stands in the way, says what changes: users redirected to the kept
 * module, the duplicate (and its stub) deleted. A pure function of the codebase.
 */
import { type Acceptance, acceptFlag, isAccepted } from '../src/core/accept.js';
import {
  type AffectedSymbol,
  affectedSymbols,
  type ComparedModule,
  type Comparison,
  compareModules,
  missingNames,
  stateful,
} from '../src/core/compare.js';
import { edgesOf } from '../src/core/edges.js';
import type { TextEdit } from '../src/core/edits.js';
import { runsAtImport } from '../src/core/graph.js';
import type { Linker } from '../src/core/linker.js';
import type { Problem } from '../src/core/model.js';
import type { PairDecision } from '../src/core/plan.js';
import { problem } from '../src/core/problems.js';
import { findUsages, type ModuleUsage } from '../src/core/usages.js';
import { redirectReferences } from './rewrite-references.js';

export interface PairInput {
  readonly linker: Linker;
  readonly keep: string;
  readonly remove: string;
  readonly acceptances: readonly Acceptance[];
  /** Reads a module for comparison. */
  readonly compared: (path: string) => ComparedModule;
}

export interface PairOutcome {
  readonly decision: PairDecision;
  /** In UTF-16 offsets of each file's text; empty when the pair is refused. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  readonly deleted: readonly string[];
}

/** Judges one pair by the decision table of the documentation. */
export function deleteDuplicate(input: PairInput): PairOutcome {
  const { linker, keep, remove, acceptances } = input;
  const [usage] = findUsages(linker, [remove]) as [ModuleUsage];
  const [kept, removed] = [input.compared(keep), input.compared(remove)];
  const compared = compareModules(kept, removed);
  const comparison = withoutShared(linker, compared, keep, remove);
  const used = usedNames(usage, removed);
  const redirection = redirectReferences(linker, usage, keep);
  const all = [
    ...unknownRefusals(usage),
    ...mentionRefusals(usage),
    ...selfUse(usage, keep),
    ...runByName(remove),
    ...redirection.refusals,
    ...(used === null ? unusedContent(comparison, keep, remove) : usedContent(comparison, kept, removed, used)),
    ...newCycles(linker, usage, keep, remove),
  ].map((refusal) => withAcceptHint(refusal));
  const refusals = all.filter((refusal) => !isAccepted(refusal, acceptances));
  const accepted = all.filter((refusal) => isAccepted(refusal, acceptances));
  const isDeleted = refusals.length === 0;
  const decision: PairDecision = {
    keep,
    remove,
    decision: isDeleted ? 'delete' : 'refuse',
    comparison: compared,
    usage,
    refusals,
    findings: isDeleted ? findings(comparison, removed, used, remove) : [],
    accepted,
    rewritten: isDeleted ? [...redirection.edits.keys()].sort() : [],
  };
  return {
    decision,
    edits: isDeleted ? redirection.edits : new Map(),
    deleted: isDeleted ? withStub(linker, remove) : [],
  };
}

/** A name that one of the two takes from the other, or both from one place, is the same object in both: no difference. */
function withoutShared(linker: Linker, comparison: Comparison, keep: string, remove: string): Comparison {
  const isShared = (name: string) => {
    const [a, b] = [linker.lookup(keep, name), linker.lookup(remove, name)];
    return a.kind === 'object' && b.kind === 'object' && a.path === b.path && a.name === b.name;
  };
  const changed = comparison.symbols.changed.filter(({ name }) => !isShared(name));
  return { ...comparison, symbols: { ...comparison.symbols, changed } };
}

function withStub(linker: Linker, path: string): string[] {
  const stub = path.replace(/\.py$/, '.pyi');
  return stub !== path && linker.codebase.snapshot.entry(stub) ? [path, stub] : [path];
}

function withAcceptHint(refusal: Problem): Problem {
  const flag = acceptFlag(refusal);
  if (!flag) return refusal;
  const hint = refusal.hint ? `${refusal.hint}; or ${flag}` : `look at it, then ${flag}`;
  return { ...refusal, hint };
}

/** The names that code takes from the duplicate; `null` when nothing refers to it. */
function usedNames(usage: ModuleUsage, removed: ComparedModule): readonly string[] | null {
  const references = usage.usages.filter((entry) => entry.effect === 'reference' && entry.confidence !== 'possible');
  if (references.length === 0) return null;
  const names = new Set<string>();
  for (const { source } of references) {
    const used = 'reference' in source ? source.reference.used : tailName(source.mention.tail);
    for (const name of used === 'all' ? publicNames(removed) : used) names.add(name);
  }
  return [...names].sort();
}

/** `.Class.method` and `:app` use one name of the module. */
function tailName(tail: string): readonly string[] {
  const name = /^[.:](\w+)/.exec(tail)?.[1];
  return name ? [name] : [];
}

function publicNames(module: ComparedModule): string[] {
  const topLevel = module.outline.symbols.filter(
    (symbol) => symbol.kind !== 'statement' && !symbol.qualname.includes('.'),
  );
  return topLevel.filter((symbol) => symbol.kind !== 'import').map((symbol) => symbol.qualname);
}

function unknownRefusals(usage: ModuleUsage): Problem[] {
  return usage.unknowns.map((unknown) => {
    const message = `this could reach ${usage.target.path}: ${unknown.reason}`;
    return problem(unknown.code, message, { place: unknown, hint: 'make the import literal' });
  });
}

function mentionRefusals(usage: ModuleUsage): Problem[] {
  return usage.usages.flatMap((entry) => {
    if (!('mention' in entry.source) || entry.source.mention.code === null) return [];
    return [problem(entry.source.mention.code, `names ${usage.target.path}: ${entry.reason}`, { place: entry })];
  });
}

/** Test runners find modules by file name; no reference tells that this one is in use. */
function runByName(path: string): Problem[] {
  if (!/(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/.test(path)) return [];
  return [problem('test-module', 'test runners find this file by its name; its tests would vanish', { place: path })];
}

/** A keeper that rests on its duplicate cannot lose it. */
function selfUse(usage: ModuleUsage, keep: string): Problem[] {
  const own = usage.usages.find((entry) => entry.path === keep && 'reference' in entry.source);
  if (!own) return [];
  const hint = `move what ${keep} needs into it first, then run the command again`;
  return [problem('keeper-uses-duplicate', `${keep} itself uses ${usage.target.path}`, { place: own, hint })];
}

/** Nobody uses the duplicate: only what is lost with it counts. */
function unusedContent(comparison: Comparison, keep: string, remove: string): Problem[] {
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
function usedContent(
  comparison: Comparison,
  kept: ComparedModule,
  removed: ComparedModule,
  used: readonly string[],
): Problem[] {
  const missing = missingNames(kept.outline, used);
  const affected = affectedSymbols(comparison, kept.outline, removed.outline, used).filter(
    ({ name }) => !missing.includes(name),
  );
  return [
    ...missing.map((name) => missingProblem(name, kept.path, removed)),
    ...affected.flatMap((symbol) => affectedProblems(symbol, kept.path, removed)),
    ...importTimeCode(comparison, kept.path, removed),
  ];
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

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

/** Redirecting must not close an import cycle at import time that was not there. */
function newCycles(linker: Linker, usage: ModuleUsage, keep: string, remove: string): Problem[] {
  const users = usage.usages.filter(
    ({ path, source }) => path !== keep && 'reference' in source && isEarly(source.reference.when),
  );
  if (users.length === 0) return [];
  const fromKeeper = importedBy(linker, keep);
  const fromDuplicate = importedBy(linker, remove);
  const closing = users.filter((user) => fromKeeper.has(user.path) && !fromDuplicate.has(user.path));
  return [...new Map(closing.map((user) => [user.path, user])).values()].map((user) => {
    const hint = `break the cycle between ${keep} and ${user.path} first, or import it lazily`;
    return problem('new-cycle', `${keep} imports this file, which would import ${keep}`, { place: user, hint });
  });
}

function isEarly(when: string): boolean {
  return when !== 'lazy' && when !== 'typing';
}

/** Everything that runs when a module is imported, found by following edges on demand. */
function importedBy(linker: Linker, start: string): Set<string> {
  const seen = new Set<string>();
  const open = [start];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const unit = linker.codebase.unitOrNone(path);
    if (!unit) continue;
    for (const edge of edgesOf(linker, unit).edges) {
      if (!runsAtImport(edge) || seen.has(edge.importedPath)) continue;
      seen.add(edge.importedPath);
      open.push(edge.importedPath);
    }
  }
  return seen;
}

function findings(
  comparison: Comparison,
  removed: ComparedModule,
  used: readonly string[] | null,
  remove: string,
): Problem[] {
  const found: Problem[] = [];
  const info = (code: string, message: string, severity: 'info' | 'warning') =>
    found.push(problem(code, message, { severity, place: remove }));
  // A logger per module is a habit, not state that anybody shares.
  const state = used ? stateful(removed.outline).filter((name) => !name.endsWith('(logger)')) : [];
  if (state.length > 0)
    info('becomes-one', `two become one: ${listed(state)} (matters for except, isinstance and shared state)`, 'info');
  const lost = [...comparison.symbols.onlyRemove, ...comparison.symbols.changed.map((symbol) => symbol.name)];
  if (used && lost.length > 0)
    info('loses-symbols', `goes with the duplicate, unused: ${listed(lost)}; the archive keeps it`, 'warning');
  if (comparison.docstringsDiffer.length > 0)
    info('docstrings-differ', `docstrings differ: ${listed(comparison.docstringsDiffer)}`, 'info');
  return found;
}

/** References that a person took on themselves, for the check: `path:line`. */
export function acceptedPlaces(decision: PairDecision): string[] {
  return decision.accepted.map((problem_) => `${problem_.path}:${problem_.line}`);
}
