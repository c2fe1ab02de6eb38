/**
 * Functions that are one function by themselves and by the imports above them: the same code, and names that nothing else binds.
 * Most are; only for others their files have to be parsed.
 */
import { MODULE_ATTRIBUTES } from '../import-order/known-names.js';
import type { Linker } from '../linker.js';
import type { OutlineSymbol } from '../outline.js';
import { type Agreement, hasCodeOf, LOOKS_AT_CLASS, LOOKS_AT_MODULE, PRIVATE } from './bindings.js';

/** `import module`, or `from module import name`. */
export interface TopImport {
  readonly level: number;
  readonly module: string;
  readonly name: string | null;
}

/** What may bind the names of a module. */
export interface TopNames {
  /** Imports at the module's own level, each under no condition; `null` where something else may bind the name. */
  readonly bound: ReadonlyMap<string, readonly TopImport[] | null>;
  /** What class bodies may bind. */
  readonly inClasses: ReadonlySet<string>;
  readonly hasStar: boolean;
}

export interface PlacedFunction {
  readonly path: string;
  /** The class that it stands in, by its place in the file; `null` outside. */
  readonly owner: string | null;
  /** The function as it is without the rest of its file: names that the class binds look like those of the module. */
  readonly symbol: OutlineSymbol;
  /** `null` where its module cannot be told from tokens. */
  readonly top: () => TopNames | null;
}

/** `null` where that takes a closer look at whole files. */
export function plainAgreement(linker: Linker, functions: readonly PlacedFunction[]): Agreement | null {
  const [first, ...others] = functions;
  if (!first) return null;
  const isSameCode = others.every(({ symbol }) => hasCodeOf(symbol, first.symbol));
  if (!isSameCode) return { isSameCode, otherwise: [] };
  return others.every((other) => meansSame(linker, first, other)) ? { isSameCode, otherwise: [] } : null;
}

function meansSame(linker: Linker, a: PlacedFunction, b: PlacedFunction): boolean {
  const isOneFile = a.path === b.path;
  if (isOneFile && a.owner === b.owner) return true;
  const [own, others] = [a.top(), b.top()];
  if (!own || !others || !meansSameInClasses(a, own, b, others)) return false;
  return isOneFile || meansSameInModules(linker, a, own, b, others);
}

function meansSameInClasses(a: PlacedFunction, own: TopNames, b: PlacedFunction, others: TopNames): boolean {
  if (a.owner === null && b.owner === null) return true;
  const { ownNames, identifiers } = a.symbol;
  const isOfClass = (name: string) => LOOKS_AT_CLASS.has(name) || own.inClasses.has(name) || others.inClasses.has(name);
  return !ownNames.some(isOfClass) && !identifiers.some((name) => PRIVATE.test(name));
}

function meansSameInModules(
  linker: Linker,
  a: PlacedFunction,
  own: TopNames,
  b: PlacedFunction,
  others: TopNames,
): boolean {
  if (own.hasStar || others.hasStar || a.symbol.innerImports.length > 0) return false;
  return a.symbol.ownNames.every((name) => {
    if (MODULE_ATTRIBUTES.test(name) || LOOKS_AT_MODULE.has(name)) return false;
    const [mine, theirs] = [own.bound.get(name), others.bound.get(name)];
    if (mine === undefined && theirs === undefined) return true;
    const [one, other] = [mine?.[0], theirs?.[0]];
    if (!mine || !theirs || !one || !other) return false;
    return (
      mine.every((each) => importsSame(linker, a.path, each, b.path, other)) &&
      theirs.every((each) => importsSame(linker, a.path, one, b.path, each))
    );
  });
}

function importsSame(linker: Linker, path: string, own: TopImport, otherPath: string, other: TopImport): boolean {
  if (own.name !== other.name) return false;
  const [one, two] = [linker.module(path, own.level, own.module), linker.module(otherPath, other.level, other.module)];
  if (one.found && two.found) return one.found.kind !== 'namespace' && one.found.path === two.found.path;
  const isOutside = !one.found && !two.found && !one.internal && !two.internal;
  return isOutside && own.level === other.level && own.module === other.module;
}
