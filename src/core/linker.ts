/**
 * Names to files: what an import statement reaches, what a module-level name means, where an attribute chain leads.
 * Follows re-exports and star imports; answers "unknown" rather than guess.
 */
import type { Codebase, PythonUnit } from './codebase.js';
import type { Binding, ImportStatement } from './facts.js';
import type { Found, Resolution } from './layout.js';
import { directoryOf, isPackageInit } from './paths.js';

/** What a name stands for. */
export type Value =
  | { readonly kind: 'module'; readonly found: Found }
  /** Something that the file `path` defines at module level under `name`. */
  | { readonly kind: 'object'; readonly path: string; readonly name: string }
  /** A module outside the repository, or something from one. */
  | { readonly kind: 'external'; readonly dotted: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'missing' };

const UNKNOWN: Value = { kind: 'unknown' };
const MISSING: Value = { kind: 'missing' };
const NO_NAMES: ReadonlySet<string> = new Set();

export class Linker {
  private readonly resolutions = new Map<string, Resolution>();
  private readonly values = new Map<string, Value>();
  private readonly exportNames = new Map<string, ReadonlySet<string> | null>();
  private readonly open = new Set<string>();
  private cycles = 0;

  constructor(readonly codebase: Codebase) {}

  /** Resolves the module part of a statement: `a.b` of `from a.b import c`, or one dotted name of `import a.b`. */
  module(importer: string, level: number, dotted: string): Resolution {
    const key = `${level}\0${dotted}\0${level > 0 ? directoryOf(importer) : this.codebase.layout.baseDirectory(importer)}`;
    let resolution = this.resolutions.get(key);
    if (!resolution) {
      const { layout } = this.codebase;
      resolution =
        level > 0
          ? layout.resolveRelative(importer, level, dotted === '' ? [] : dotted.split('.'))
          : layout.resolveAbsolute(dotted, importer);
      this.resolutions.set(key, resolution);
    }
    return resolution;
  }

  /** What one name of a statement is bound to: for `import a.b` the package `a`, for `import a.b as x` the module `a.b`. */
  imported(importer: string, statement: ImportStatement, index: number): Value {
    const name = statement.names[index];
    if (!name) return UNKNOWN;
    if (statement.kind === 'import') {
      const dotted = name.alias ? name.name : (name.name.split('.')[0] as string);
      return this.moduleValue(this.module(importer, 0, dotted), dotted, importer, name.name);
    }
    const source = this.module(importer, statement.level, statement.module);
    if (!source.found) {
      return source.internal ? MISSING : { kind: 'external', dotted: `${statement.module}.${name.name}` };
    }
    return this.member(source.found, name.name);
  }

  private moduleValue(resolution: Resolution, dotted: string, importer: string, whole: string): Value {
    if (resolution.found) return { kind: 'module', found: resolution.found };
    // `import TestMaster.a`: the repository's own directory stands for its top.
    const aliased = this.codebase.layout.aliases.includes(dotted) && this.module(importer, 0, whole).found;
    if (aliased) return { kind: 'module', found: { kind: 'namespace', path: '' } };
    return resolution.internal ? MISSING : { kind: 'external', dotted };
  }

  /** `module.name`: what the module binds, else its submodule, else what `__getattr__` or a star may give. */
  member(module: Found, name: string): Value {
    if (module.kind === 'namespace') return this.submodule(module.path, name) ?? MISSING;
    const own = this.lookup(module.path, name);
    if (own.kind !== 'missing' && own.kind !== 'unknown') return own;
    if (module.kind === 'package') return this.submodule(directoryOf(module.path), name) ?? own;
    return own;
  }

  private submodule(directory: string, name: string): Value | null {
    const found = this.codebase.layout.step(directory, name);
    return found ? { kind: 'module', found } : null;
  }

  /** The meaning of a module-level name of a file; `missing` when nothing there can bind it. */
  lookup(path: string, name: string): Value {
    return this.remember(this.values, `${path}\0${name}`, MISSING, () => this.findName(path, name));
  }

  /**
   * Memoises a recursive question. Asked again while it is being answered (a cycle of re-exports), it gives `meanwhile`;
   * answers that rest on such a stopgap are not kept, except the outermost, which has seen the whole cycle.
   */
  private remember<T>(known: Map<string, T>, key: string, meanwhile: T, answer: () => T): T {
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    if (this.open.has(key)) {
      this.cycles++;
      return meanwhile;
    }
    const before = this.cycles;
    this.open.add(key);
    const value = answer();
    this.open.delete(key);
    if (this.cycles === before || this.open.size === 0) known.set(key, value);
    return value;
  }

  private findName(path: string, name: string): Value {
    const unit = this.codebase.unitOrNone(path);
    if (!unit) return UNKNOWN;
    const bindings = (unit.facts.scopes[0]?.bindings ?? []).filter((binding) => binding.name === name);
    const binding = decisive(bindings);
    if (binding) return this.bindingValue(unit, binding, bindings);
    const starred = this.throughStars(unit, name);
    if (starred.kind !== 'missing') return starred;
    return unit.facts.dynamics.some((dynamic) => dynamic.form === 'module-getattr') ? UNKNOWN : MISSING;
  }

  private bindingValue(unit: PythonUnit, binding: Binding, all: readonly Binding[]): Value {
    if (!binding.imported) return { kind: 'object', path: unit.path, name: binding.name };
    const statement = unit.facts.imports[binding.imported.statement] as ImportStatement;
    const value = this.imported(unit.path, statement, binding.imported.name);
    const isFallback = value.kind === 'missing' && all.some((other) => other !== binding && !other.imported);
    return isFallback ? { kind: 'object', path: unit.path, name: binding.name } : value;
  }

  private throughStars(unit: PythonUnit, name: string): Value {
    let open = false;
    for (const statement of unit.facts.imports) {
      if (statement.kind !== 'star' || statement.scope !== 0) continue;
      const source = this.module(unit.path, statement.level, statement.module).found;
      if (!source || source.kind === 'namespace') {
        open ||= !source;
        continue;
      }
      const names = this.starNames(source.path);
      if (names === null) open = true;
      if (names?.has(name)) return this.member(source, name);
    }
    return open ? UNKNOWN : MISSING;
  }

  /** The names that `from module import *` binds; `null` when that cannot be told from the text. */
  starNames(path: string): ReadonlySet<string> | null {
    return this.remember(this.exportNames, `*\0${path}`, NO_NAMES, () => this.computeStarNames(path));
  }

  private computeStarNames(path: string): ReadonlySet<string> | null {
    const unit = this.codebase.unitOrNone(path);
    if (!unit) return null;
    const { exports } = unit.facts;
    if (exports) return exports.complete ? new Set(exports.names.map((entry) => entry.name)) : null;
    const names = new Set<string>();
    for (const { name } of unit.facts.scopes[0]?.bindings ?? []) if (!name.startsWith('_')) names.add(name);
    for (const statement of unit.facts.imports) {
      if (statement.kind !== 'star' || statement.scope !== 0) continue;
      const inner = this.module(path, statement.level, statement.module).found;
      const more = inner && inner.kind !== 'namespace' ? this.starNames(inner.path) : null;
      if (!more) return null;
      for (const name of more) names.add(name);
    }
    return names;
  }

  /** Follows attributes from a value; stops at the first that is no module. */
  follow(start: Value, attributes: readonly string[]): { value: Value; used: number } {
    let value = start;
    for (const [index, attribute] of attributes.entries()) {
      if (value.kind !== 'module') return { value, used: index };
      value = this.member(value.found, attribute);
    }
    return { value, used: attributes.length };
  }
}

/** The binding that decides a name's meaning: the last that certainly happens, else the first import, else the first. */
function decisive(bindings: readonly Binding[]): Binding | undefined {
  return (
    bindings.findLast((binding) => !binding.conditional) ?? bindings.find((binding) => binding.imported) ?? bindings[0]
  );
}

/** The directory that a package's `__init__` (or namespace directory) stands for. */
export function packageDirectory(found: Found): string | null {
  if (found.kind === 'namespace') return found.path;
  return isPackageInit(found.path) ? directoryOf(found.path) : null;
}
