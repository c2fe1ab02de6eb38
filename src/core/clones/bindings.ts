/** Functions of equal code are one function only where every name in them means the same thing. */
import { Meanings } from '../bound-code/meanings.js';
import type { Linker } from '../linker.js';
import type { Outline, OutlineSymbol } from '../outline.js';
import { withoutNumber } from '../symbol-differences.js';

export interface FunctionAt {
  readonly path: string;
  readonly name: string;
  readonly line: number;
}

/**
 * The names, sorted, that do not mean the same object in all of them: imported from elsewhere, or defined by each module for
 * itself. `null` where a function was not found again.
 */
export function boundOtherwise(
  linker: Linker,
  outlineOf: (path: string) => Outline,
  functions: readonly FunctionAt[],
): string[] | null {
  const meanings = new Meanings(
    linker,
    (path) => path,
    (_, name) => name,
  );
  const bound = functions.map((each) => boundNames(linker, outlineOf, meanings, each));
  const [first, ...others] = bound;
  if (!first || bound.some((names) => names === null)) return null;
  const differing = [...first].filter(([name, meaning]) => others.some((each) => each?.get(name) !== meaning));
  return differing.map(([name]) => name).sort();
}

/** What each free name of a function means, its own name left out. */
function boundNames(
  linker: Linker,
  outlineOf: (path: string) => Outline,
  meanings: Meanings,
  at: FunctionAt,
): Map<string, string> | null {
  const unit = linker.codebase.unitOrNone(at.path);
  const symbol = unit && functionAt(outlineOf(at.path).symbols, at);
  if (!unit || !symbol) return null;
  // The conditions that it stands under are no part of it.
  const own = new Set(symbol.identifiers);
  const free = symbol.freeNames.filter((name) => own.has(name) && name !== at.name);
  const imports = symbol.innerImports.map(({ level, module, name }): [string, string] => {
    const { found } = linker.module(at.path, level, module);
    return [`${'.'.repeat(level)}${module} ${name}`, found?.path ?? `outside ${module}`];
  });
  return new Map([...free.map((name): [string, string] => [name, meanings.of(at.path, name)]), ...imports]);
}

function functionAt(symbols: readonly OutlineSymbol[], { name, line }: FunctionAt): OutlineSymbol | undefined {
  return symbols.find(
    (symbol) => withoutNumber(symbol.qualname) === name && symbol.line <= line && line <= symbol.endLine,
  );
}
