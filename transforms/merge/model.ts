/** What the merging of modules works with: the sources as they are, and what becomes of their names. */
import type { PythonUnit } from '../../src/core/codebase.js';
import type { Binding, ImportedName, ImportStatement } from '../../src/core/facts.js';
import type { Linker } from '../../src/core/linker.js';
import type { Outline } from '../../src/core/outline.js';
import { directoryOf, isInside } from '../../src/core/paths.js';
import { bindingsOf } from '../../src/core/scopes.js';

/** One of the modules that become one. */
export interface Source {
  readonly path: string;
  readonly unit: PythonUnit;
  readonly outline: Outline;
}

/** What an import between sources gives: a source itself, or something of it. */
export type Inside =
  | { readonly kind: 'module'; readonly path: string }
  | { readonly kind: 'object'; readonly path: string; readonly name: string }
  | { readonly kind: 'star'; readonly path: string };

/** One name (`null` for a star) of an import statement that leads to a source. */
export interface InsideImport {
  readonly statement: ImportStatement;
  readonly name: ImportedName | null;
  readonly inside: Inside;
}

/** The imports of one source that lead to a source. */
export function insideImports(linker: Linker, unit: PythonUnit, isSource: (path: string) => boolean): InsideImport[] {
  return unit.facts.imports.flatMap((statement): InsideImport[] => {
    if (statement.kind === 'star') {
      const path = sourceOf(linker, unit, statement, isSource);
      return path === null ? [] : [{ statement, name: null, inside: { kind: 'star', path } }];
    }
    return statement.names.flatMap((name, index) => {
      const inside = insideOf(linker, unit, statement, index, isSource);
      return inside ? [{ statement, name, inside }] : [];
    });
  });
}

function insideOf(
  linker: Linker,
  unit: PythonUnit,
  statement: ImportStatement,
  index: number,
  isSource: (path: string) => boolean,
): Inside | null {
  const name = statement.names[index] as ImportedName;
  if (statement.kind === 'import') {
    const { found } = linker.module(unit.path, 0, name.name);
    return found?.kind === 'module' && isSource(found.path) ? { kind: 'module', path: found.path } : null;
  }
  const holder = sourceOf(linker, unit, statement, isSource);
  if (holder !== null) return { kind: 'object', path: holder, name: name.name };
  const value = linker.imported(unit.path, statement, index);
  if (value.kind === 'module' && isSource(value.found.path)) return { kind: 'module', path: value.found.path };
  // Handed on by a package that runs before its modules anyway; another module would no longer be imported.
  const isHandedOn = value.kind === 'object' && isSource(value.path) && isParent(linker, unit, statement);
  return isHandedOn ? { kind: 'object', path: value.path, name: value.name } : null;
}

function isParent(linker: Linker, unit: PythonUnit, { level, module }: ImportStatement): boolean {
  const { found } = linker.module(unit.path, level, module);
  return found?.kind === 'package' && isInside(unit.path, directoryOf(found.path));
}

function sourceOf(
  linker: Linker,
  unit: PythonUnit,
  { level, module }: ImportStatement,
  isSource: (path: string) => boolean,
): string | null {
  const { found } = linker.module(unit.path, level, module);
  return found?.kind === 'module' && isSource(found.path) ? found.path : null;
}

/** The scope whose code a use runs in: -1 when importing the module runs it. */
export function isDeferred({ facts }: PythonUnit, scope: number): boolean {
  for (let here = scope; here > 0; here = facts.scopes[here]?.parent ?? 0) {
    const kind = facts.scopes[here]?.kind;
    if (kind === 'function' || kind === 'lambda') return true;
  }
  return false;
}

/** Names that a module's own top level binds, imports from the other sources left out; in source order. */
export function ownNames(unit: PythonUnit, inside: readonly InsideImport[]): string[] {
  const taken = new Set(inside.map(({ name }) => name).filter((name) => name !== null));
  const bindings = unit.facts.scopes[0]?.bindings ?? [];
  const isTaken = ({ imported }: Binding) => {
    const name = imported && unit.facts.imports[imported.statement]?.names[imported.name];
    return name !== undefined && taken.has(name);
  };
  // A stand-in for where the import fails goes with it; a package may go on under the name of an import that goes.
  const gone = new Set(bindings.filter(isTaken).map(({ name }) => name));
  const isFuture = ({ imported }: Binding) =>
    imported && unit.facts.imports[imported.statement]?.module === '__future__';
  const isOwn = (binding: Binding) =>
    !isFuture(binding) && !isTaken(binding) && (binding.imported !== undefined || !gone.has(binding.name));
  return [...new Set(bindings.filter(isOwn).map(({ name }) => name))];
}

/** Whether every binding of a module-level name is an import. */
export function isImported({ facts }: PythonUnit, name: string): boolean {
  return bindingsOf(facts, 0, name).bindings.every(({ imported }) => imported !== undefined);
}

/** What becomes of the module-level names of the sources. */
export class MergedNames {
  private readonly names = new Map<string, Map<string, string>>();

  rename(path: string, name: string, to: string): void {
    const own = this.names.get(path);
    if (own) own.set(name, to);
    else this.names.set(path, new Map([[name, to]]));
  }

  /** The name afterwards. */
  readonly of = (path: string, name: string): string => this.names.get(path)?.get(name) ?? name;

  entries(): { path: string; name: string; to: string }[] {
    return [...this.names].flatMap(([path, own]) => [...own].map(([name, to]) => ({ path, name, to })));
  }
}
