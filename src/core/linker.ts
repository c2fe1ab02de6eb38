/**
 * Names to files: what an import statement reaches, what a module-level name means, where an attribute chain leads.
 * Follows re-exports and star imports; answers "unknown" rather than guess.
 */
import type { Codebase, PythonUnit } from './codebase.js';
import type { Found, Resolution } from './layout.js';
import { directoryOf, isPackageInit } from './paths.js';
import type { SkimmedBinding } from './skim.js';
import type { Watched } from './watch.js';

/** What the linker must know of an import statement, whichever depth it was read at. */
export interface Statement {
  readonly kind: 'import' | 'from' | 'star';
  readonly level: number;
  readonly module: string;
  readonly names: readonly { readonly name: string; readonly alias: string | null }[];
}

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
/** What every module has. */
const MODULE_ATTRIBUTES: ReadonlySet<string> = new Set(
  '__name__ __file__ __doc__ __path__ __spec__ __loader__ __package__ __dict__ __builtins__ __cached__'.split(' '),
);
const NO_NAMES: ReadonlySet<string> = new Set();
/** Files are mostly looked at directory by directory, and what they import is asked for from there. */
const MOST_KEPT = 50_000;

export class Linker {
  private readonly resolutions = new Map<string, Resolution>();
  private readonly values = new Map<string, Watched<Value>>();
  private readonly exportNames = new Map<string, Watched<ReadonlySet<string> | null>>();
  private readonly open = new Set<string>();
  private cycles = 0;

  constructor(readonly codebase: Codebase) {}

  /** Resolves the module part of a statement: `a.b` of `from a.b import c`, or one dotted name of `import a.b`. */
  module(importer: string, level: number, dotted: string): Resolution {
    const key = `${level}\0${dotted}\0${directoryOf(importer)}`;
    let resolution = this.resolutions.get(key);
    if (!resolution) {
      const { layout } = this.codebase;
      resolution =
        level > 0
          ? layout.resolveRelative(importer, level, dotted === '' ? [] : dotted.split('.'))
          : layout.resolveAbsolute(dotted, importer);
      if (this.resolutions.size >= MOST_KEPT) this.resolutions.clear();
      this.resolutions.set(key, resolution);
    }
    return resolution;
  }

  /** What one name of a statement is bound to: for `import a.b` the package `a`, for `import a.b as x` the module `a.b`. */
  imported(importer: string, statement: Statement, index: number): Value {
    const name = statement.names[index];
    if (!name) return UNKNOWN;
    if (statement.kind === 'import') {
      const dotted = name.alias ? name.name : (name.name.split('.')[0] as string);
      const { found, internal } = this.module(importer, 0, dotted);
      if (found) return { kind: 'module', found };
      return internal ? MISSING : { kind: 'external', dotted };
    }
    const source = this.module(importer, statement.level, statement.module);
    const external: Value = { kind: 'external', dotted: `${statement.module}.${name.name}` };
    if (!source.found) return source.internal ? MISSING : external;
    const value = this.member(source.found, name.name);
    // An installed package of the same name would come before a namespace package.
    const isOpen = source.found.kind === 'namespace' && statement.level === 0;
    return value.kind === 'missing' && isOpen ? external : value;
  }

  /** `module.name`: what the module binds, else its submodule, else what `__getattr__` or a star may give. */
  member(module: Found, name: string): Value {
    if (module.kind === 'namespace') return this.submodule(module, name) ?? MISSING;
    const own = this.lookup(module.path, name);
    if (own.kind !== 'missing' && own.kind !== 'unknown') return own;
    return this.submodule(module, name) ?? (this.isBuilt(module, name) ? UNKNOWN : own);
  }

  /** The submodule that Python's import system would load for a name, whatever the package binds itself. */
  submodule(holder: Found, name: string): Value | null {
    const files: Found[] = [];
    for (const directory of packageDirectories(holder)) {
      const found = this.codebase.layout.tree.step(directory, name);
      if (found) files.push(found);
    }
    const found = files.find(({ kind }) => kind !== 'namespace') ?? files[0];
    return found ? { kind: 'module', found } : null;
  }

  private isBuilt(module: Found, name: string): boolean {
    return packageDirectories(module).some((directory) => this.codebase.layout.tree.existsOtherwise(directory, name));
  }

  /** The meaning of a module-level name of a file; `missing` when nothing there can bind it. */
  lookup(path: string, name: string): Value {
    return this.remember(this.values, `${path}\0${name}`, MISSING, () => this.findName(path, name));
  }

  /**
   * All that a module-level name may mean, {@link lookup}'s answer first: bindings in branches (`try` with a fallback,
   * platform tests) are alternatives.
   */
  alternatives(path: string, name: string): readonly Value[] {
    const unit = this.codebase.unitOrNone(path);
    const all = (unit?.skim.bindings ?? []).filter((binding) => binding.name === name);
    const first = this.lookup(path, name);
    if (!unit || all.length < 2) return [first];
    const alive = all.slice(
      Math.max(
        0,
        all.findLastIndex((binding) => !binding.conditional),
      ),
    );
    return unique([first, ...alive.map((binding) => this.bindingValue(unit, binding, all))]);
  }

  /** Like {@link imported}, with the alternatives of the name that is imported. */
  importedAlternatives(importer: string, statement: Statement, index: number): readonly Value[] {
    const value = this.imported(importer, statement, index);
    if (statement.kind === 'import') return [value];
    const { found } = this.module(importer, statement.level, statement.module);
    return found ? unique([value, ...this.memberAlternatives(found, statement.names[index]?.name ?? '')]) : [value];
  }

  /** Like {@link member}, with alternatives. */
  memberAlternatives(module: Found, name: string): readonly Value[] {
    const value = this.member(module, name);
    if (module.kind === 'namespace') return [value];
    const others = this.alternatives(module.path, name).filter(({ kind }) => kind !== 'missing' && kind !== 'unknown');
    return unique([value, ...others]);
  }

  /**
   * Memoises a recursive question. Asked again while it is being answered (a cycle of re-exports), it gives `meanwhile`;
   * answers that rest on such a stopgap are not kept, except the outermost, which has seen the whole cycle.
   */
  private remember<T>(known: Map<string, Watched<T>>, key: string, meanwhile: T, answer: () => T): T {
    const { watch } = this.codebase;
    const kept = known.get(key);
    if (kept && watch.mayReuse(kept)) return kept.value;
    if (this.open.has(key)) {
      this.cycles++;
      return meanwhile;
    }
    const before = this.cycles;
    this.open.add(key);
    const found = watch.within(answer);
    this.open.delete(key);
    if (this.open.size === 0 && known.size >= MOST_KEPT) known.clear();
    if (this.cycles === before || this.open.size === 0) known.set(key, found);
    return found.value;
  }

  private findName(path: string, name: string): Value {
    const unit = this.codebase.unitOrNone(path);
    if (!unit) return UNKNOWN;
    const bindings = unit.skim.bindings.filter((binding) => binding.name === name);
    const binding = decisive(bindings);
    if (binding) return this.bindingValue(unit, binding, bindings);
    const starred = this.throughStars(unit, name);
    if (starred.kind !== 'missing') return starred;
    if (MODULE_ATTRIBUTES.has(name)) return { kind: 'object', path, name };
    return unit.skim.bindsByValue ? UNKNOWN : MISSING;
  }

  private bindingValue(unit: PythonUnit, binding: SkimmedBinding, all: readonly SkimmedBinding[]): Value {
    if (!binding.imported) return { kind: 'object', path: unit.path, name: binding.name };
    const statement = unit.skim.imports[binding.imported.statement] as Statement;
    const value = this.imported(unit.path, statement, binding.imported.name);
    if (value.kind !== 'missing') return value;
    return this.fallback(unit, binding, all) ?? value;
  }

  /** `try: from .gone import f` with `except ImportError: f = None`: the branch that is left decides. */
  private fallback(unit: PythonUnit, binding: SkimmedBinding, all: readonly SkimmedBinding[]): Value | null {
    for (const other of all) {
      if (other === binding) continue;
      if (!other.imported) return { kind: 'object', path: unit.path, name: binding.name };
      const statement = unit.skim.imports[other.imported.statement] as Statement;
      const value = this.imported(unit.path, statement, other.imported.name);
      if (value.kind !== 'missing') return value;
    }
    return null;
  }

  private throughStars(unit: PythonUnit, name: string): Value {
    let open = false;
    for (const statement of unit.skim.imports) {
      if (statement.kind !== 'star' || !statement.atTop) continue;
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
    const { exports } = unit.skim;
    if (exports) return exports.complete ? new Set(exports.names) : null;
    const names = new Set<string>();
    for (const { name } of unit.skim.bindings) if (!name.startsWith('_')) names.add(name);
    for (const statement of unit.skim.imports) {
      if (statement.kind !== 'star' || !statement.atTop) continue;
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
function decisive(bindings: readonly SkimmedBinding[]): SkimmedBinding | undefined {
  return (
    bindings.findLast((binding) => !binding.conditional) ?? bindings.find((binding) => binding.imported) ?? bindings[0]
  );
}

function unique(values: readonly Value[]): Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** The directories whose members are a package's submodules. */
function packageDirectories(found: Found): readonly string[] {
  if (found.kind === 'namespace') return found.portions ?? [found.path];
  return isPackageInit(found.path) ? [directoryOf(found.path)] : [];
}

/** The directory that a package's `__init__` (or namespace directory) stands for. */
export function packageDirectory(found: Found): string | null {
  if (found.kind === 'namespace') return found.path;
  return isPackageInit(found.path) ? directoryOf(found.path) : null;
}
