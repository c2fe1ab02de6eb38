/**
 * Functions that are one function by what is written alone: the same tokens, and names that nothing makes another of. Most are;
 * only for others their files have to be parsed.
 */
import { MODULE_ATTRIBUTES } from '../import-order/known-names.js';
import type { Linker } from '../linker.js';
import { LOOKS_AT_CLASS, LOOKS_AT_MODULE, PRIVATE } from './bindings.js';

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

/** A function as it is written. */
export interface WrittenFunction {
  /** Its tokens and its layout as far as that means something; its own name is left out. */
  readonly code: string;
  /** All names that it could take from outside, and those of them in its decorators and its head. */
  readonly names: ReadonlySet<string>;
  readonly headNames: ReadonlySet<string>;
  readonly attributes: ReadonlySet<string>;
  readonly imports: boolean;
  /** A string may be a type. */
  readonly mayQuoteTypes: boolean;
}

export interface PlacedFunction {
  readonly path: string;
  /** The class that it stands in, by its place in the file; `null` outside. */
  readonly owner: string | null;
  readonly written: WrittenFunction;
  readonly top: TopNames;
}

/** False where that cannot be told from what is written. */
export function agreePlainly(linker: Linker, functions: readonly PlacedFunction[]): boolean {
  const [first, ...others] = functions;
  return first !== undefined && others.every((other) => isSame(linker, first, other));
}

function isSame(linker: Linker, a: PlacedFunction, b: PlacedFunction): boolean {
  if (a.written.code !== b.written.code) return false;
  const isOneFile = a.path === b.path;
  if (isOneFile && a.owner === b.owner) return true;
  if (a.written.mayQuoteTypes || !meansSameInClasses(a, b)) return false;
  return isOneFile || (!a.written.imports && meansSameInModules(linker, a, b));
}

function meansSameInClasses(a: PlacedFunction, b: PlacedFunction): boolean {
  if (a.owner === null && b.owner === null) return true;
  const { names, headNames, attributes } = a.written;
  const isOfClass = (name: string) => PRIVATE.test(name) || LOOKS_AT_CLASS.has(name);
  if ([...names, ...attributes].some(isOfClass)) return false;
  return [...headNames].every((name) => !a.top.inClasses.has(name) && !b.top.inClasses.has(name));
}

function meansSameInModules(linker: Linker, a: PlacedFunction, b: PlacedFunction): boolean {
  if (a.top.hasStar || b.top.hasStar) return false;
  return [...a.written.names].every((name) => {
    if (MODULE_ATTRIBUTES.test(name) || LOOKS_AT_MODULE.has(name)) return false;
    const [own, others] = [a.top.bound.get(name), b.top.bound.get(name)];
    if (own === undefined && others === undefined) return true;
    if (!own || !others || own.length !== others.length) return false;
    return own.every((each, index) => importsSame(linker, a.path, each, b.path, others[index] as TopImport));
  });
}

function importsSame(linker: Linker, path: string, own: TopImport, otherPath: string, other: TopImport): boolean {
  if (own.name !== other.name) return false;
  const [one, two] = [linker.module(path, own.level, own.module), linker.module(otherPath, other.level, other.module)];
  if (one.found && two.found) return one.found.kind !== 'namespace' && one.found.path === two.found.path;
  const isOutside = !one.found && !two.found && !one.internal && !two.internal;
  return isOutside && own.level === other.level && own.module === other.module;
}
