/**
 * Where the code of one Python file refers to given modules: import statements, names bound to the modules, attribute
 * chains that lead to them, imports by value. Strings and comments are the business of the mentions.
 */
import type { PythonUnit } from './codebase.js';
import { dynamicTargets } from './dynamic.js';
import type { Binding, DynamicImport, ImportStatement, NameUse, When } from './facts.js';
import type { Found } from './layout.js';
import { type Linker, packageDirectory, type Value } from './linker.js';
import type { Span } from './model.js';
import { directoryOf, isPackageInit } from './paths.js';
import { bindingsOf } from './scopes.js';

/** Which names of a module a reference uses; `all` when the module object itself gets away. */
export type UsedNames = readonly string[] | 'all';

/** How the reference is written; each kind has its own way of being redirected. Spans are offsets in the unit's text. */
export type ReferenceSite =
  /** `from M import a`, `from M import *`: the module part. */
  | { readonly kind: 'from-module'; readonly statement: ImportStatement }
  /** `from P import m`: one name of the list. */
  | { readonly kind: 'from-name'; readonly statement: ImportStatement; readonly index: number }
  /** `import a.m`, `import a.m as x`. */
  | { readonly kind: 'import'; readonly statement: ImportStatement; readonly index: number }
  /** `a.m.f`: the attribute that names the module; `base` spans everything before it. */
  | { readonly kind: 'attribute'; readonly base: Span }
  /** A use of the local name that a `from-name` or `import` site binds; without a binding, that a star import gives. */
  | { readonly kind: 'bound-name'; readonly use: NameUse; readonly binding: Binding | null }
  /** A literal given to an import function. */
  | { readonly kind: 'dynamic'; readonly dynamic: DynamicImport; readonly dotted: string }
  /** The module is a package that the import passes through. */
  | { readonly kind: 'implicit' };

export interface ModuleReference {
  /** Path of the referring file. */
  readonly path: string;
  /** Path of the module referred to. */
  readonly target: string;
  readonly site: ReferenceSite;
  /** What names the module, in the unit's text. */
  readonly span: Span;
  readonly when: When;
  readonly used: UsedNames;
  /** The name was found only by a guess at the path. */
  readonly guessed: boolean;
  /**
   * The file whose binding leads to the module, when that is not the module's own package: the name belongs to that
   * file, and changes only with it.
   */
  readonly via: string | null;
  /** Sets or deletes an attribute of the module itself. */
  readonly changes: boolean;
}

type Draft = Omit<ModuleReference, 'path'>;

/** All references from one unit to any of the targets. */
export function referencesIn(linker: Linker, unit: PythonUnit, targets: ReadonlySet<string>): ModuleReference[] {
  const drafts = [
    ...unit.facts.imports.flatMap((statement) => statementReferences(linker, unit, statement, targets)),
    ...useReferences(linker, unit, targets),
    ...dynamicReferences(linker, unit, targets),
  ];
  return drafts.map((draft) => ({ path: unit.path, ...draft })).sort((a, b) => a.span.start - b.span.start);
}

function statementReferences(
  linker: Linker,
  unit: PythonUnit,
  statement: ImportStatement,
  targets: ReadonlySet<string>,
): Draft[] {
  const { when } = statement;
  if (statement.kind === 'import') return importReferences(linker, unit, statement, targets);
  const source = linker.module(unit.path, statement.level, statement.module);
  const implicit = source.parents
    .filter((parent) => targets.has(parent))
    .map((target) => draft(target, { kind: 'implicit' }, statement.moduleSpan, when, [], source.guessed));
  if (!source.found) return implicit;
  const names: Draft[] = [];
  statement.names.forEach((name, index) => {
    for (const value of linker.memberAlternatives(source.found as Found, name.name)) {
      if (value.kind !== 'module' || !targets.has(value.found.path)) continue;
      const site = { kind: 'from-name', statement, index } as const;
      const via = viaOf(source.found as Found, value.found.path);
      const used = escapes(unit, statement);
      names.push({ ...draft(value.found.path, site, name.nameSpan, when, used, source.guessed), via });
    }
  });
  if (!targets.has(source.found.path)) return [...implicit, ...names];
  const used =
    statement.kind === 'star' ? starUse(linker, source.found.path) : statement.names.map((name) => name.name);
  return [
    ...implicit,
    draft(source.found.path, { kind: 'from-module', statement }, statement.moduleSpan, when, used, source.guessed),
    ...names,
  ];
}

/** A name bound in a class body is an attribute that anybody may take; elsewhere its uses are seen one by one. */
function escapes(unit: PythonUnit, statement: ImportStatement): UsedNames {
  return unit.facts.scopes[statement.scope]?.kind === 'class' ? 'all' : [];
}

function starUse(linker: Linker, path: string): UsedNames {
  const names = linker.starNames(path);
  return names ? [...names].sort() : 'all';
}

function importReferences(
  linker: Linker,
  unit: PythonUnit,
  statement: ImportStatement,
  targets: ReadonlySet<string>,
): Draft[] {
  return statement.names.flatMap((name, index) => {
    const resolution = linker.module(unit.path, 0, name.name);
    const implicit = resolution.parents
      .filter((parent) => targets.has(parent))
      .map((target) => draft(target, { kind: 'implicit' }, name.nameSpan, statement.when, [], resolution.guessed));
    const { found } = resolution;
    if (!found || !targets.has(found.path)) return implicit;
    const site = { kind: 'import', statement, index } as const;
    const used = escapes(unit, statement);
    return [...implicit, draft(found.path, site, name.nameSpan, statement.when, used, resolution.guessed)];
  });
}

function draft(target: string, site: ReferenceSite, span: Span, when: When, used: UsedNames, guessed = false): Draft {
  return { target, site, span, when, used, guessed, via: null, changes: false };
}

/** Uses of names that are bound to modules: the target itself, or a package on the way to it. */
function useReferences(linker: Linker, unit: PythonUnit, targets: ReadonlySet<string>): Draft[] {
  const found: Draft[] = [];
  const cache = new Map<string, readonly Bound[]>();
  const imported = importedNames(unit);
  for (const use of unit.facts.uses) {
    const key = `${use.scope}\0${use.name}`;
    let bound = cache.get(key);
    if (!bound) {
      bound = moduleValues(linker, unit, use);
      cache.set(key, bound);
    }
    for (const { value, binding } of bound)
      found.push(...chainReferences({ linker, unit, imported, targets }, use, value, binding));
  }
  return uniqueBySpan(found);
}

interface Bound {
  readonly value: Value;
  readonly binding: Binding | null;
}

/** What a used name may be bound to, as far as modules go. */
function moduleValues(linker: Linker, unit: PythonUnit, use: NameUse): Bound[] {
  const { bindings } = bindingsOf(unit.facts, use.scope, use.name);
  if (bindings.length === 0) {
    const values = linker.alternatives(unit.path, use.name);
    return values.flatMap((value) => (value.kind === 'module' ? [{ value, binding: null }] : []));
  }
  return bindings.flatMap((binding) => {
    if (!binding.imported) return [];
    const statement = unit.facts.imports[binding.imported.statement] as ImportStatement;
    const values = linker.importedAlternatives(unit.path, statement, binding.imported.name);
    return values.flatMap((value) => (value.kind === 'module' ? [{ value, binding }] : []));
  });
}

/** Dotted names of the file's `import a.b.c` statements: by them, `a.b` is the module, whatever `a` binds itself. */
function importedNames(unit: PythonUnit): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of unit.facts.imports) {
    if (statement.kind !== 'import') continue;
    for (const { name, alias } of statement.names) {
      const parts = alias === null ? name.split('.') : [];
      for (const index of parts.keys()) names.add(parts.slice(0, index + 1).join('.'));
    }
  }
  return names;
}

interface Chains {
  readonly linker: Linker;
  readonly unit: PythonUnit;
  readonly imported: ReadonlySet<string>;
  readonly targets: ReadonlySet<string>;
}

/** Walks `a.b.c` from the module that `a` is bound to and reports where the chain names a target. */
function chainReferences(chains: Chains, use: NameUse, start: Value, binding: Binding | null): Draft[] {
  const { linker, targets } = chains;
  const when: When = 'runtime';
  const found: Draft[] = [];
  let value = start;
  if (value.kind === 'module' && targets.has(value.found.path)) {
    const used = usedAfter(linker, value, use, 0);
    const via = binding ? null : starSource(linker, chains.unit.path, use.name, new Set());
    found.push({
      ...draft(value.found.path, { kind: 'bound-name', use, binding }, use.span, when, used),
      via,
      changes: isChange(use, 0),
    });
  }
  for (const [index, attribute] of use.attributes.entries()) {
    if (value.kind !== 'module') break;
    const holder = value.found;
    value = attributeValue(chains, use, index, holder);
    if (value.kind !== 'module' || !targets.has(value.found.path)) continue;
    const base = { start: use.span.start, end: (use.attributes[index - 1] ?? use).span.end };
    const used = usedAfter(linker, value, use, index + 1);
    const via = viaOf(holder, value.found.path);
    const changes = isChange(use, index + 1);
    found.push({ ...draft(value.found.path, { kind: 'attribute', base }, attribute.span, when, used), via, changes });
  }
  return found;
}

/** `m.x = 1` and `del m.x`, where `used` attributes lead to the module `m`. */
function isChange(use: NameUse, used: number): boolean {
  return use.context !== 'load' && use.attributes.length === used + 1;
}

/** The file whose own binding, or whose `__all__`, gives a name to a file through star imports. */
function starSource(linker: Linker, path: string, name: string, seen: Set<string>): string | null {
  if (seen.has(path)) return null;
  seen.add(path);
  for (const statement of linker.codebase.unitOrNone(path)?.facts.imports ?? []) {
    if (statement.kind !== 'star' || statement.scope !== 0) continue;
    const { found } = linker.module(path, statement.level, statement.module);
    if (!found || found.kind === 'namespace' || !linker.starNames(found.path)?.has(name)) continue;
    const bindings = linker.codebase.unitOrNone(found.path)?.facts.scopes[0]?.bindings ?? [];
    if (bindings.some((binding) => binding.name === name)) return found.path;
    return starSource(linker, found.path, name, seen) ?? found.path;
  }
  return null;
}

function attributeValue(
  { linker, unit, imported, targets }: Chains,
  use: NameUse,
  index: number,
  holder: Found,
): Value {
  const name = use.attributes[index]?.name as string;
  const dotted = [use.name, ...use.attributes.slice(0, index + 1).map((attribute) => attribute.name)].join('.');
  if (imported.has(dotted)) {
    const { found } = linker.module(unit.path, 0, dotted);
    if (found) return { kind: 'module', found };
  }
  const values = linker.memberAlternatives(holder, name);
  const target = values.find((value) => value.kind === 'module' && targets.has(value.found.path));
  return target ?? (values[0] as Value);
}

/** A module's own package hands it out by the import system; any other file by a binding of its own. */
function viaOf(holder: Found, path: string): string | null {
  const home = isPackageInit(path) ? directoryOf(directoryOf(path)) : directoryOf(path);
  return packageDirectory(holder) === home ? null : holder.path;
}

/** The name taken from the module by the next attribute; nothing for a submodule of a package, all when there is no next. */
function usedAfter(linker: Linker, value: Value, use: NameUse, index: number): UsedNames {
  const next = use.attributes[index];
  if (!next) return use.context === 'delete' ? [] : 'all';
  if (value.kind === 'module' && linker.member(value.found, next.name).kind === 'module') return [];
  return [next.name];
}

function dynamicReferences(linker: Linker, unit: PythonUnit, targets: ReadonlySet<string>): Draft[] {
  return unit.facts.dynamics.flatMap((dynamic) => {
    const { name } = dynamic;
    if (name.kind !== 'literal') return [];
    return dynamicTargets(linker, unit, dynamic)
      .filter(({ resolution }) => resolution.found !== null && targets.has(resolution.found.path))
      .map(({ resolution, dotted }) =>
        draft(
          resolution.found?.path ?? '',
          { kind: 'dynamic', dynamic, dotted },
          name.span ?? dynamic.span,
          dynamic.when,
          'all',
        ),
      );
  });
}

function uniqueBySpan(drafts: readonly Draft[]): Draft[] {
  return [...new Map(drafts.map((d) => [`${d.target}\0${d.span.start}`, d])).values()];
}
