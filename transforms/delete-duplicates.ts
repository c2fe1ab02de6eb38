/**
 * Decides one pair of duplicates and, when nothing stands in the way, says what changes: users redirected to the kept
 * module, the duplicate (and its stub) deleted. A pure function of the codebase.
 */
import { type Acceptance, acceptFlag, isAccepted } from '../src/core/accept.js';
import { type ComparedModule, type Comparison, compareModules, stateful } from '../src/core/compare.js';
import type { TextEdit } from '../src/core/edits.js';
import type { Linker } from '../src/core/linker.js';
import type { Problem } from '../src/core/model.js';
import type { PairDecision } from '../src/core/plan.js';
import { problem } from '../src/core/problems.js';
import { findUsages, type ModuleUsage } from '../src/core/usages.js';
import { listed, unusedContent, usedContent } from './content-refusals.js';
import { redirectReferences } from './rewrite-references.js';
import { usageRefusals, usedNames } from './usage-refusals.js';

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
    ...usageRefusals(linker, usage, keep),
    ...redirection.refusals,
    ...(used === null ? unusedContent(comparison, keep, remove) : usedContent(linker, comparison, kept, removed, used)),
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
