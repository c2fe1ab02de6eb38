/**
 * Which symbols of two modules answer to each other, and in what they differ. Besides each symbol's own code this looks at
 * what changes a symbol from outside: another definition of its name, another order, a special method beside it.
 */
import type { ComparedModule, Difference } from './comparison.js';
import type { ImportTarget, Outline, OutlineSymbol } from './outline.js';
import { longestIncreasing } from './similarity.js';

export interface SymbolPair {
  readonly keep: OutlineSymbol;
  readonly remove: OutlineSymbol;
}

export interface Matched {
  /** In the order of the module to keep. */
  readonly pairs: readonly SymbolPair[];
  readonly onlyKeep: readonly OutlineSymbol[];
  readonly onlyRemove: readonly OutlineSymbol[];
}

type Found = Map<string, Set<Difference>>;

/** Pairs symbols by name, statements by their code. Members of a class that only one side has are left out. */
export function matchSymbols(keep: Outline, remove: Outline): Matched {
  const [inKeep, inRemove] = [keyed(keep.symbols), keyed(remove.symbols)];
  const pairs = [...inKeep].flatMap(([key, symbol]): SymbolPair[] => {
    const other = inRemove.get(key);
    return other ? [{ keep: symbol, remove: other }] : [];
  });
  const classes = new Set(pairs.filter((pair) => isClass(pair)).map((pair) => withoutNumber(pair.keep.qualname)));
  const alone = (mine: Map<string, OutlineSymbol>, other: Map<string, OutlineSymbol>) =>
    [...mine].filter(([key, symbol]) => !other.has(key) && (symbol.owner === null || classes.has(symbol.owner)));
  return {
    pairs,
    onlyKeep: alone(inKeep, inRemove).map(([, symbol]) => symbol),
    onlyRemove: alone(inRemove, inKeep).map(([, symbol]) => symbol),
  };
}

const isClass = ({ keep, remove }: SymbolPair): boolean => keep.kind === 'class' && remove.kind === 'class';

function keyed(symbols: readonly OutlineSymbol[]): Map<string, OutlineSymbol> {
  const keys = new Map<string, OutlineSymbol>();
  const counts = new Map<string, number>();
  for (const symbol of symbols) {
    if (symbol.kind !== 'statement') {
      keys.set(symbol.qualname, symbol);
      continue;
    }
    const code = JSON.stringify([symbol.owner, symbol.condition, symbol.body]);
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    keys.set(`${code} ${count}`, symbol);
  }
  return keys;
}

/** All differences by the name of the symbol in the module to keep. */
export function differencesOf(keep: ComparedModule, remove: ComparedModule, matched: Matched): Found {
  const found: Found = new Map();
  const add = (name: string, ...what: Difference[]) => {
    for (const each of what) found.set(name, (found.get(name) ?? new Set()).add(each));
  };
  const docstrings = keep.outline.docstring !== remove.outline.docstring;
  const [bound, boundBefore] = [boundNames(keep.outline), boundNames(remove.outline)];
  for (const pair of matched.pairs) {
    const { freeNames } = pair.remove;
    const own = isWiderExport(pair, keep.outline, remove.outline) ? [] : ownDifferences(pair);
    add(pair.keep.qualname, ...own, ...importDifference(pair, keep, remove));
    if (docstrings && freeNames.includes('__doc__')) add(pair.keep.qualname, 'docstring');
    if (freeNames.some((name) => bound.has(name) && !boundBefore.has(name))) add(pair.keep.qualname, 'names');
  }
  for (const name of redefined(keep.outline, remove.outline)) add(name, 'redefined');
  for (const name of reordered(matched)) add(name, 'order');
  for (const [name, what] of fromKeepersOwn(keep.outline, matched, boundBefore)) add(name, what);
  return found;
}

/** A kept module that has more may also export more. */
function isWiderExport(pair: SymbolPair, keep: Outline, remove: Outline): boolean {
  if (pair.keep.qualname !== '__all__' || !keep.exports || !remove.exports) return false;
  const exported = new Set(keep.exports);
  return remove.exports.every((name) => exported.has(name));
}

function ownDifferences({ keep, remove }: SymbolPair): Difference[] {
  if (keep.kind !== remove.kind) return ['kind'];
  const found: Difference[] = [];
  if (keep.signature !== remove.signature) found.push('signature');
  if (keep.defaults !== remove.defaults) found.push('default');
  if (keep.decorators !== remove.decorators) found.push('decorators');
  if (keep.bases !== remove.bases) found.push('bases');
  if (keep.kind !== 'import' && keep.body !== remove.body) found.push(keep.kind === 'variable' ? 'value' : 'body');
  const isOther = found.some((what) => what === 'signature' || what === 'body' || what === 'value');
  if (isOther && keep.shape === remove.shape) found.push('identifiers');
  if (keep.condition !== remove.condition) found.push('condition');
  return found;
}

/** Imports of one text may reach two modules, and imports of two texts one. */
function importDifference({ keep, remove }: SymbolPair, a: ComparedModule, b: ComparedModule): Difference[] {
  if (keep.kind !== remove.kind || (keep.kind !== 'import' && keep.body !== remove.body)) return [];
  const [own, others] = [targetsOf(keep), targetsOf(remove)];
  const isSame =
    keep.binds.join() === remove.binds.join() &&
    own.length === others.length &&
    own.every((target, index) => reachSame(a, target, b, others[index] as ImportTarget));
  return isSame ? [] : ['import'];
}

function targetsOf({ imported, innerImports }: OutlineSymbol): readonly ImportTarget[] {
  return imported ? [imported, ...innerImports] : innerImports;
}

/** One name of one module is the same whatever it is, so nobody has to find that out. */
function reachSame(a: ComparedModule, own: ImportTarget, b: ComparedModule, other: ImportTarget): boolean {
  const source = own.name === other.name ? a.importSource?.(own) : undefined;
  if (source && source === b.importSource?.(other)) return true;
  return JSON.stringify(targetIn(a, own)) === JSON.stringify(targetIn(b, other));
}

function targetIn(module: ComparedModule, target: ImportTarget): unknown {
  return module.resolveImport ? module.resolveImport(target) : target;
}

/** Names of the module level. */
function boundNames(outline: Outline): Set<string> {
  return new Set(outline.symbols.filter((symbol) => symbol.owner === null).flatMap((symbol) => symbol.binds));
}

/** Names that both bind, one of them more often. */
function redefined(keep: Outline, remove: Outline): string[] {
  const [a, b] = [definitionCounts(keep), definitionCounts(remove)];
  return [...a].filter(([name, count]) => b.has(name) && b.get(name) !== count).map(([name]) => name);
}

function definitionCounts(outline: Outline): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { qualname, kind } of outline.symbols) {
    if (kind === 'statement') continue;
    const name = withoutNumber(qualname);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** `f` for `f#2`. */
export function withoutNumber(qualname: string): string {
  return qualname.replace(/#\d+$/, '');
}

/** Variables and statements, of the module or of one class, that stand in another order. */
function reordered({ pairs }: Matched): string[] {
  const byOwner = new Map<string | null, SymbolPair[]>();
  for (const pair of pairs) {
    if (pair.keep.kind !== 'variable' && pair.keep.kind !== 'statement') continue;
    byOwner.set(pair.keep.owner, [...(byOwner.get(pair.keep.owner) ?? []), pair]);
  }
  return [...byOwner.values()].flatMap((sequence) => {
    // Targets of one statement share its place, so their position in it decides.
    const kept = new Set(
      longestIncreasing(sequence.map((pair, i) => pair.remove.span.start + i / sequence.length / 2)),
    );
    return sequence.filter((_, i) => !kept.has(i)).map((pair) => pair.keep.qualname);
  });
}

/** What the kept module has more, where that changes what both have. */
function fromKeepersOwn(
  keep: Outline,
  { pairs, onlyKeep }: Matched,
  boundBefore: ReadonlySet<string>,
): [string, Difference][] {
  const classes = new Map(pairs.filter(isClass).map((pair) => [withoutNumber(pair.keep.qualname), pair.keep]));
  return onlyKeep.flatMap((symbol): [string, Difference][] => {
    const owner = symbol.owner === null ? undefined : classes.get(symbol.owner);
    if (owner && symbol.kind === 'method') {
      return isSpecial(symbol) || overrides(keep, owner, symbol) ? [[owner.qualname, 'methods']] : [];
    }
    if (owner) return isSpecial(symbol) || isObserved(owner) ? [[owner.qualname, 'attributes']] : [];
    if (symbol.imported?.name === '*') return [[symbol.qualname, 'import']];
    return symbol.kind === 'statement' ? workedOn(keep, symbol, boundBefore) : [];
  });
}

function isSpecial(symbol: OutlineSymbol): boolean {
  return /^__\w+__$/.test(ownName(symbol));
}

function ownName(symbol: OutlineSymbol): string {
  return withoutNumber(symbol.qualname.slice((symbol.owner?.length ?? -1) + 1));
}

/** Enums, dataclasses, models: attributes are data to a base class or a decorator. */
function isObserved(owner: OutlineSymbol): boolean {
  return owner.decorators !== null || owner.baseNames.some((name) => name !== 'object');
}

/** True when a base class in the same module has a method of this name. */
function overrides(keep: Outline, owner: OutlineSymbol, method: OutlineSymbol): boolean {
  const byName = new Map(keep.symbols.map((symbol) => [symbol.qualname, symbol]));
  const seen = new Set<string>();
  const open = [...owner.baseNames];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    if (byName.has(`${name}.${ownName(method)}`)) return true;
    open.push(...(byName.get(name)?.baseNames ?? []));
  }
  return false;
}

/** Shared definitions and variables that a statement of the kept module mentions; a program under `__name__` does not count. */
function workedOn(keep: Outline, statement: OutlineSymbol, shared: ReadonlySet<string>): [string, Difference][] {
  if (statement.qualname.startsWith('<statement: if __name__')) return [];
  const names = new Set([...statement.freeNames, ...statement.binds].filter((name) => shared.has(name)));
  const own = keep.symbols.filter((symbol) => symbol.kind !== 'import' && symbol.kind !== 'statement');
  return own.filter((symbol) => names.has(symbol.qualname)).map((symbol) => [symbol.qualname, 'statement']);
}
