/** Names mean what they meant: what a file binds for others, what it lists for a star import, what it uses. */
import type { PythonUnit } from '../codebase.js';
import type { Binding, ImportStatement, NameUse, Scope } from '../facts.js';
import type { Found } from '../layout.js';
import type { Linker, Value } from '../linker.js';
import type { Problem } from '../model.js';
import { isPackageInit, moduleBase } from '../paths.js';
import { problem } from '../problems.js';
import { bindingsOf } from '../scopes.js';
import type { Checked } from './model.js';

/**
 * What a module or a class binds is there for others, whether the file itself uses it or not. Only the name of a module may
 * change, with the module's own.
 */
export function sameNames(checked: Checked, before: PythonUnit, after: PythonUnit): Problem[] {
  if (before.facts.scopes.length !== after.facts.scopes.length)
    return [problem('check-binding', 'the file would have other functions and classes', { place: after.path })];
  return before.facts.scopes.flatMap((scope, index) => {
    const now = after.facts.scopes[index] as Scope;
    if (scope.kind !== 'module' && scope.kind !== 'class') return [];
    const bound = new Set(now.bindings.map(({ name }) => name));
    const gone = scope.bindings.filter(({ name }) => !bound.has(name));
    const meant = new Set(now.bindings.flatMap((binding) => moduleKey(checked, checked.after, after, binding) ?? []));
    const lost = gone
      .filter(
        (binding) =>
          !followsModule(checked, before, binding) ||
          !meant.has(moduleKey(checked, checked.before, before, binding) ?? ''),
      )
      .map(({ name }) => `'${name}' would no longer be bound here`);
    const meanings = now.bindings.map((binding) => meaning(checked, checked.after, after, binding));
    const other = scope.bindings
      .filter(({ name }) => bound.has(name))
      .filter((binding) => {
        const old = meaning(checked, checked.before, before, binding);
        return isFromImport(before, binding) ? !taken(meanings, old) : !meanings.includes(old);
      })
      .map(({ name }) => `'${name}' would no longer be what it was in every branch`);
    return [...new Set([...lost, ...other])].map((message) => problem('check-binding', message, { place: after.path }));
  });
}

/** One that binds once for each time it stands there; `import a.b` and `import a.c` bind `a` together. */
function isFromImport({ facts }: PythonUnit, { imported }: Binding): boolean {
  return imported != null && facts.imports[imported.statement]?.kind === 'from';
}

/** Whether a list holds an item, which is then gone from it. */
function taken(list: string[], item: string): boolean {
  const index = list.indexOf(item);
  if (index !== -1) list.splice(index, 1);
  return index !== -1;
}

/** A name and what one of its bindings makes of it. */
function meaning(checked: Checked, linker: Linker, unit: PythonUnit, { name, kind, imported }: Binding): string {
  const statement = imported ? unit.facts.imports[imported.statement] : undefined;
  if (!imported || !statement) return `${name} ${kind}`;
  return `${name} ${statement.when} ${valueKey(checked, linker.imported(unit.path, statement, imported.name), linker === checked.before)}`;
}

/** What is listed for a star import is listed again, modules perhaps under their new names. */
export function sameExports(checked: Checked, before: PythonUnit, after: PythonUnit): Problem[] {
  const [old, now] = [before.facts.exports?.names ?? [], after.facts.exports?.names ?? []];
  const key = (linker: Linker, { path }: PythonUnit, name: string) => {
    const value = linker.lookup(path, name);
    // What the file does not bind itself is the module beside it.
    const isBeside = isPackageInit(path) && (value.kind === 'missing' || value.kind === 'unknown');
    const found = moduleOf(value) ?? (isBeside ? linker.module(path, 1, name).found : null);
    return found ? valueKey(checked, { kind: 'module', found }, linker === checked.before) : name;
  };
  const listed = new Set(now.map(({ name }) => key(checked.after, after, name)));
  const lost = old.filter(({ name }) => !listed.has(key(checked.before, before, name)));
  return lost.map(({ name }) =>
    problem('check-binding', `'${name}' would no longer be listed in __all__`, { place: after.path }),
  );
}

/** The module that an import binds, or a package above it, by its place afterwards; `null` for anything else. */
function moduleKey(checked: Checked, linker: Linker, unit: PythonUnit, binding: Binding): string | null {
  const statement = binding.imported ? unit.facts.imports[binding.imported.statement] : undefined;
  if (!binding.imported || !statement) return null;
  const name = statement.names[binding.imported.name];
  // `import a.b` binds `a` and is there for `a.b`.
  const value =
    statement.kind === 'import' && name
      ? linker.module(unit.path, 0, name.name).found
      : moduleOf(linker.imported(unit.path, statement, binding.imported.name));
  return value ? valueKey(checked, { kind: 'module', found: value }, linker === checked.before) : null;
}

/** A module's own name may change with the module's; one that somebody chose stays. */
function followsModule(checked: Checked, unit: PythonUnit, binding: Binding): boolean {
  const statement = binding.imported ? unit.facts.imports[binding.imported.statement] : undefined;
  const name = binding.imported ? statement?.names[binding.imported.name] : undefined;
  if (!statement || !name) return false;
  // `import a.b` binds the first of the packages that the module lies in.
  if (statement.kind === 'import' && name.alias === null) return true;
  const found = moduleOf(checked.before.imported(unit.path, statement, binding.imported?.name ?? 0));
  return (
    found !== null && binding.name === moduleBase(found.path) && moduleBase(checked.place(found.path)) !== binding.name
  );
}

function moduleOf(value: Value): Found | null {
  return value.kind === 'module' ? value.found : null;
}

/** Each use of a name must be bound in the same scope, to the same kind of thing, and to the same module. */
export function sameBindings(checked: Checked, before: PythonUnit, after: PythonUnit): Problem[] {
  const old = before.facts.uses;
  const now = after.facts.uses;
  if (old.length !== now.length)
    return [problem('check-binding', 'the file would use a different number of names', { place: after.path })];
  for (const [index, use] of old.entries()) {
    const other = now[index] as NameUse;
    if (bindingKey(checked, checked.before, before, use) === bindingKey(checked, checked.after, after, other)) continue;
    const place = { path: after.path, ...checked.after.codebase.place(after.path, after.toFile(other.span.start)) };
    return [problem('check-binding', `'${other.name}' would mean something else here`, { place })];
  }
  return [];
}

/** The scope that binds the name, and all that the whole chain of attributes may mean, modules under their new names. */
function bindingKey(checked: Checked, linker: Linker, unit: PythonUnit, use: NameUse): string {
  const { scope, bindings } = bindingsOf(unit.facts, use.scope, use.name);
  const isBefore = linker === checked.before;
  const attributes = use.attributes.map(({ name }) => name);
  const meant = (start: Value) => {
    const { value, used } = followed(linker, start, attributes);
    return [valueKey(checked, value, isBefore), ...attributes.slice(used)].join('.');
  };
  if (scope === -1) {
    // A star import gives the name: one that lists it does so as well.
    const given = linker.lookup(unit.path, use.name);
    const isGiven = given.kind !== 'missing' && given.kind !== 'unknown';
    return isGiven ? `0:${meant(given)}` : `-1:${[use.name, ...attributes].join('.')}`;
  }
  const kinds = bindings.map((binding) => {
    if (!binding.imported) return [binding.kind, ...attributes].join('.');
    const statement = unit.facts.imports[binding.imported.statement] as ImportStatement;
    return meant(linker.imported(unit.path, statement, binding.imported.name));
  });
  return `${scope}:${[...new Set(kinds)].sort().join(',')}`;
}

/** Along the attributes as far as something is known that stands somewhere. */
function followed(linker: Linker, start: Value, attributes: readonly string[]): { value: Value; used: number } {
  const whole = linker.follow(start, attributes);
  if (whole.value.kind !== 'missing' && whole.value.kind !== 'unknown') return whole;
  return whole.used > 1 ? followed(linker, start, attributes.slice(0, whole.used - 1)) : { value: start, used: 0 };
}

function valueKey(checked: Checked, value: Value, isBefore: boolean): string {
  const place = (path: string) => (isBefore ? checked.place(path) : path);
  if (value.kind === 'module') return `module ${place(value.found.path)}`;
  const named = (path: string, name: string) => (isBefore ? checked.named(path, name) : name);
  if (value.kind === 'object') return `object ${place(value.path)} ${named(value.path, value.name)}`;
  return value.kind === 'external' ? `external ${value.dotted}` : value.kind;
}
