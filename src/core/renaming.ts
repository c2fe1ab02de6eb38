/**
 * Whether the local name of an imported module can be renamed in one scope of one file without catching another name
 * or being caught by one.
 */
import type { PythonUnit } from './codebase.js';
import type { Binding, ImportStatement, Scope } from './facts.js';
import type { Linker } from './linker.js';
import { bindingsOf } from './scopes.js';

export interface Renaming {
  readonly unit: PythonUnit;
  readonly scope: number;
  readonly from: string;
  readonly to: string;
  /** Path of the module that the new name may already be bound to. */
  readonly keeper: string;
  /** Path of the module that the old name is bound to. */
  readonly target: string;
}

/** `null` when the renaming is safe, else why it is not. */
export function renamingHazard(linker: Linker, renaming: Renaming): string | null {
  const { unit, scope, from, to } = renaming;
  const { facts } = unit;
  if (facts.scopes.some((s) => [...s.globals, ...s.nonlocals].some((name) => name === from || name === to))) {
    return `'${from}' or '${to}' is declared global or nonlocal`;
  }
  const { bindings: own, kind } = facts.scopes[scope] as Scope;
  if (kind === 'class') return `'${from}' is an attribute of a class, which other code may use`;
  if (!own.filter((b) => b.name === from).every((b) => importsModule(linker, unit, b, renaming.target))) {
    return `'${from}' is bound to other things as well`;
  }
  if (!own.filter((b) => b.name === to).every((b) => importsModule(linker, unit, b, renaming.keeper))) {
    return `'${to}' already means something else here`;
  }
  const isDeleted = facts.uses.some(({ context, name }) => context === 'delete' && (name === from || name === to));
  if (isDeleted && own.some((b) => b.name === to)) return `'${from}' and '${to}' are both bound, and one is deleted`;
  return (
    readThroughClass(renaming) ?? captures(renaming) ?? givenByStar(linker, renaming) ?? spelledInStrings(renaming)
  );
}

function importsModule(linker: Linker, unit: PythonUnit, binding: Binding, path: string): boolean {
  if (!binding.imported) return false;
  const statement = unit.facts.imports[binding.imported.statement] as ImportStatement;
  const value = linker.imported(unit.path, statement, binding.imported.name);
  return value.kind === 'module' && value.found.path === path;
}

/** A class body that binds the name itself still reads the outer one until then: `x = x`. */
function readThroughClass({ unit, scope, from }: Renaming): string | null {
  const reads = unit.facts.uses.some((use) => {
    if (use.name !== from || !isWithin(unit, use.scope, scope)) return false;
    const found = bindingsOf(unit.facts, use.scope, from).scope;
    return found !== scope && found !== -1 && unit.facts.scopes[found]?.kind === 'class';
  });
  return reads ? `a class body binds '${from}' and may read it from outside` : null;
}

function captures({ unit, scope, from, to }: Renaming): string | null {
  for (const use of unit.facts.uses) {
    if (use.name === from && bindingsOf(unit.facts, use.scope, from).scope === scope) {
      const meets = bindingsOf(unit.facts, use.scope, to).scope;
      if (meets !== scope && meets !== -1 && isWithin(unit, meets, scope))
        return `'${to}' is a local name where '${from}' is used`;
    }
    if (use.name === to && isWithin(unit, use.scope, scope)) {
      const resolved = bindingsOf(unit.facts, use.scope, to).scope;
      if (resolved === -1 || (resolved !== scope && !isWithin(unit, resolved, scope)))
        return `'${to}' is used here for something else`;
    }
  }
  return null;
}

/** A star import at the module's level may bind either name, before or after. */
function givenByStar(linker: Linker, { unit, scope, from, to }: Renaming): string | null {
  if (scope !== 0) return null;
  for (const statement of unit.facts.imports) {
    if (statement.kind !== 'star' || statement.scope !== 0) continue;
    const { found } = linker.module(unit.path, statement.level, statement.module);
    const names = found && found.kind !== 'namespace' ? linker.starNames(found.path) : null;
    if (!names || names.has(from) || names.has(to)) return `a star import may give '${from}' or '${to}' here`;
  }
  return null;
}

/** True when `inner` is `outer` or lies inside it. */
function isWithin(unit: PythonUnit, inner: number, outer: number): boolean {
  for (let here = inner; here !== -1; here = (unit.facts.scopes[here] as Scope).parent) if (here === outer) return true;
  return false;
}

/** A string may look the old name up by `globals()`, or as a type; `__all__` is renamed as well. */
function spelledInStrings({ unit, from, to }: Renaming): string | null {
  const exported = unit.facts.exports?.names.map((entry) => entry.name) ?? [];
  if (exported.includes(from) && exported.includes(to)) return `__all__ lists both '${from}' and '${to}'`;
  const spells = spelling(from);
  const spelled =
    unit.facts.strings.some(
      ({ role, span }) => role === 'other' && spells.code.test(unit.text.slice(span.start, span.end)),
    ) || unit.facts.comments.some(({ start, end }) => spells.typeComment.test(unit.text.slice(start, end)));
  return spelled ? `a string spells '${from}'` : null;
}

/** Text that is, or may be evaluated as, code: the name alone, a type such as `list[x.C]`, a type comment. */
function spelling(name: string): { code: RegExp; typeComment: RegExp } {
  const word = `(?<![\\w.])${name}(?!\\w)`;
  return {
    code: new RegExp(`^(?:${name}|(?!.*\\w\\s+\\w)[\\w.,\\s|'"[\\]]*${word}\\.\\w[\\w.,\\s|'"[\\]]*)$`),
    typeComment: new RegExp(`^#\\s*type:.*${word}`),
  };
}
