/** Functions of equal code are one function only where every name in them means the same thing. */
import { Meanings } from '../bound-code/meanings.js';
import { BUILTINS, MODULE_ATTRIBUTES } from '../import-order/known-names.js';
import type { Linker } from '../linker.js';
import type { Outline, OutlineSymbol } from '../outline.js';
import { withoutNumber } from '../symbol-differences.js';

export interface FunctionAt {
  readonly path: string;
  readonly name: string;
  readonly line: number;
}

/** What the trees say of functions that hash alike. */
export interface Agreement {
  /** Decorators, parameters, defaults and bodies are equal, brackets and kinds of strings included. */
  readonly isSameCode: boolean;
  /** The names, sorted, that do not mean the same object in all of them: imported from elsewhere, or defined by each for itself. */
  readonly otherwise: readonly string[];
}

/** `null` where a function was not found again. */
export function agreementOf(
  linker: Linker,
  outlineOf: (path: string) => Outline,
  functions: readonly FunctionAt[],
): Agreement | null {
  const meanings = new Meanings(
    linker,
    (path) => path,
    (_, name) => name,
  );
  const found = functions.flatMap((at) => {
    const symbol = linker.codebase.unitOrNone(at.path) && functionAt(outlineOf(at.path).symbols, at);
    return symbol ? [{ symbol, bound: boundNames(meanings, symbol, at) }] : [];
  });
  const [first, ...others] = found;
  if (!first || found.length < functions.length) return null;
  const names = new Set(found.flatMap(({ bound }) => [...bound.keys()]));
  return {
    isSameCode: others.every(({ symbol }) => hasCodeOf(symbol, first.symbol)),
    otherwise: [...names]
      .filter((name) => others.some(({ bound }) => bound.get(name) !== first.bound.get(name)))
      .sort(),
  };
}

export function hasCodeOf(a: OutlineSymbol, b: OutlineSymbol): boolean {
  return (['decorators', 'signature', 'defaults', 'body'] as const).every((part) => a[part] === b[part]);
}

/** Built-in functions that look at the module that calls them. */
export const LOOKS_AT_MODULE: ReadonlySet<string> = new Set(['globals', 'eval', 'exec']);

/** What depends on the class that a method stands in. */
export const LOOKS_AT_CLASS: ReadonlySet<string> = new Set(['super', '__class__']);

/** `self.__x` in a class `C` is `self._C__x`. */
export const PRIVATE = /^__(?!.*__$)/;

/** What each free name of a function means, its own name left out; the conditions that it stands under are no part of it. */
function boundNames(
  meanings: Meanings,
  { owner, identifiers, ownNames, innerImports }: OutlineSymbol,
  { path, name: ownName }: FunctionAt,
): Map<string, string> {
  const bound = new Map<string, string>();
  for (const name of ownNames)
    if (name !== ownName) bound.set(name.slice(name.lastIndexOf('.') + 1), meaningOf(meanings, path, owner, name));
  for (const { level, module, name } of innerImports) {
    const { found } = meanings.linker.module(path, level, module);
    bound.set(`${'.'.repeat(level)}${module}${name === null ? '' : ` ${name}`}`, found?.path ?? `outside ${module}`);
  }
  const className = owner?.slice(owner.lastIndexOf('.') + 1).replace(/^_+/, '');
  if (className) for (const name of identifiers) if (PRIVATE.test(name)) bound.set(name, `private of ${className}`);
  return bound;
}

/** @param name `Class.name` where a class body binds it */
function meaningOf(meanings: Meanings, path: string, owner: string | null, name: string): string {
  if (name.includes('.')) return meanings.own(path, name);
  const values = meanings.linker.alternatives(path, name);
  const keys = [...new Set(values.map((value) => meanings.key(value, name)))].join('\n');
  if (keys !== `free ${name}`) return keys;
  if (owner !== null && LOOKS_AT_CLASS.has(name)) return meanings.own(path, owner);
  if (MODULE_ATTRIBUTES.test(name) || LOOKS_AT_MODULE.has(name)) return meanings.own(path, name);
  return BUILTINS.has(name) ? keys : [keys, ...outsideStars(meanings.linker, path)].join('\n');
}

/** Modules outside of the repository that may bind any name. */
function outsideStars(linker: Linker, path: string): string[] {
  const imports = linker.codebase.unitOrNone(path)?.facts.imports ?? [];
  return imports
    .filter(({ kind, level, module }) => kind === 'star' && !linker.module(path, level, module).found)
    .map(({ module }) => `star ${module}`);
}

function functionAt(symbols: readonly OutlineSymbol[], { name, line }: FunctionAt): OutlineSymbol | undefined {
  return symbols.find(
    (symbol) => symbol.line <= line && line <= symbol.endLine && withoutNumber(symbol.qualname) === name,
  );
}
