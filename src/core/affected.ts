/** Which used names of a duplicate mean something else in the kept module: themselves, or through what they call. */
import type { Comparison, Difference } from './comparison.js';
import type { Outline, OutlineSymbol } from './outline.js';
import { withoutNumber } from './symbol-differences.js';

/** A used name that would not be the same after a switch to the kept module. */
export interface AffectedSymbol {
  readonly name: string;
  /** From the name to what differs, the name itself left out: `['_helper']`. Empty when it differs itself. */
  readonly via: readonly string[];
  readonly what: readonly (Difference | 'missing')[];
}

type Differing = ReadonlyMap<string, readonly (Difference | 'missing')[]>;

/**
 * Used names that differ, or reach over module-level names a symbol that differs or that the kept module lacks. A class
 * stands for all its members. For each name one entry per way of differing, with the shortest chain.
 */
export function affectedSymbols(
  comparison: Comparison,
  keepOutline: Outline,
  removeOutline: Outline,
  used: readonly string[],
): AffectedSymbol[] {
  const differing: Differing = new Map<string, readonly (Difference | 'missing')[]>([
    ...comparison.symbols.changed.map(({ name, what }) => [name, what] as const),
    ...comparison.symbols.onlyRemove.map((name) => [name, ['missing']] as const),
  ]);
  const graph = new SymbolGraph(removeOutline, keepOutline);
  return used.flatMap((name) => affectedBy(graph, differing, name));
}

function affectedBy(graph: SymbolGraph, differing: Differing, name: string): AffectedSymbol[] {
  const chains = new Map<string, readonly string[]>(graph.start(name).map((qualname) => [qualname, []]));
  const found = new Map<string, AffectedSymbol>();
  for (const [qualname, via] of chains) {
    const what = differing.get(qualname);
    if (what && !found.has(what.join())) found.set(what.join(), { name, via, what });
    for (const next of graph.next(qualname)) {
      if (!chains.has(next)) chains.set(next, [...via, next]);
    }
  }
  return [...found.values()];
}

/** What each symbol reaches: the module-level names in its code, and a class its members. */
class SymbolGraph {
  private readonly byName = new Map<string, string[]>();
  private readonly reached = new Map<string, string[]>();

  constructor(...outlines: readonly Outline[]) {
    for (const { symbols } of outlines) {
      for (const symbol of symbols) for (const name of namesOf(symbol)) add(this.byName, name, symbol.qualname);
    }
    for (const { symbols } of outlines) for (const symbol of symbols) this.connect(symbol);
  }

  start(name: string): readonly string[] {
    return this.byName.get(name) ?? [];
  }

  next(qualname: string): readonly string[] {
    return this.reached.get(qualname) ?? [];
  }

  private connect(symbol: OutlineSymbol): void {
    if (symbol.owner !== null) add(this.reached, symbol.owner, symbol.qualname);
    for (const name of symbol.freeNames) {
      for (const target of this.byName.get(name) ?? []) add(this.reached, symbol.qualname, target);
    }
  }
}

/** Names by which other code of the module can mean this symbol. */
function namesOf(symbol: OutlineSymbol): readonly string[] {
  if (symbol.owner !== null) return [withoutNumber(symbol.qualname)];
  return symbol.binds;
}

function add(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (!list) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}

/** Every module has these. */
const MODULE_ATTRIBUTES = /^__(name|doc|file|path|package|loader|spec|dict|builtins|annotations)__$/;

/** Used names that the kept module does not bind at its top level. A star import is no proof that it does. */
export function missingNames(keepOutline: Outline, used: readonly string[]): string[] {
  const bound = new Set(
    keepOutline.symbols.filter((symbol) => symbol.owner === null).flatMap((symbol) => symbol.binds),
  );
  return used.filter((name) => {
    const root = withoutNumber(name).split('.')[0] as string;
    return !bound.has(root) && !MODULE_ATTRIBUTES.test(root);
  });
}
