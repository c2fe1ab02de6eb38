/**
 * Redirects every reference from one module to another of the same content: imports in all their forms, the names they
 * bind, attribute chains, import functions and strings that are certain. A pure function; what it cannot do it says.
 */
import type { Codebase, PythonUnit } from '../src/core/codebase.js';
import type { TextEdit } from '../src/core/edits.js';
import type { ImportStatement } from '../src/core/facts.js';
import type { Linker } from '../src/core/linker.js';
import type { Mention } from '../src/core/mentions.js';
import type { Problem, Span } from '../src/core/model.js';
import { directoryOf, join, moduleBase } from '../src/core/paths.js';
import { problem } from '../src/core/problems.js';
import type { ModuleReference } from '../src/core/references.js';
import type { ModuleUsage } from '../src/core/usages.js';
import { endOf, mergedSpan } from './import-lists.js';
import { LocalNames } from './local-names.js';
import { isHidden, nameFor, parentOf } from './module-names.js';

/** Edits per file, in UTF-16 offsets of the file's text. */
export interface Redirection {
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  readonly refusals: readonly Problem[];
}

/** Computes the edits that make all users of `usage.target` use `keeper` (a path) instead. */
export function redirectReferences(linker: Linker, usage: ModuleUsage, keeper: string): Redirection {
  const work = new Redirecting(linker, usage, keeper);
  for (const { source } of usage.usages) {
    if ('reference' in source) work.reference(source.reference);
    else if (source.mention.decision === 'rewrite') work.mention(source.mention);
  }
  work.packageExport();
  return { edits: work.edits, refusals: work.refusals };
}

class Redirecting {
  readonly edits = new Map<string, TextEdit[]>();
  readonly refusals: Problem[] = [];
  private readonly codebase: Codebase;
  private readonly from: string;
  private readonly to: string;
  private readonly sameDirectory: boolean;
  private readonly reason: string;
  private readonly target: string;
  private readonly names: LocalNames;
  private readonly isHidden: boolean;

  constructor(
    private readonly linker: Linker,
    usage: ModuleUsage,
    private readonly keeper: string,
  ) {
    this.codebase = linker.codebase;
    this.target = usage.target.path;
    this.from = moduleBase(this.target);
    this.to = moduleBase(keeper);
    this.sameDirectory = directoryOf(this.target) === directoryOf(keeper);
    this.reason = `${this.target} -> ${keeper}`;
    this.names = new LocalNames(linker, usage, this.to, keeper);
    this.isHidden = isHidden(linker, keeper, this.target);
  }

  reference(reference: ModuleReference): void {
    const unit = this.codebase.unitOrNone(reference.path);
    if (!unit) return;
    if (reference.via !== null) return this.borrowed(unit, reference, reference.via);
    const { site } = reference;
    if (this.isHidden && takesAttribute(site))
      return this.refuse(unit, reference.span, 'its package binds something else of that name');
    if (site.kind === 'from-module') this.modulePart(unit, reference, site.statement);
    else if (site.kind === 'from-name') this.listedName(unit, reference, site.statement, site.index);
    else if (site.kind === 'import') this.importedName(unit, reference, site.statement, site.index);
    else if (site.kind === 'attribute') this.attribute(unit, reference);
    else if (site.kind === 'bound-name') this.boundName(unit, reference);
    else if (site.kind === 'dynamic') this.literal(unit, reference, site.dotted);
    else this.refuse(unit, reference.span, 'a package is imported through its submodules');
  }

  /** The name is another file's binding and stays as long as that does; a package's `__all__` alone binds nothing. */
  private borrowed(unit: PythonUnit, reference: ModuleReference, via: string): void {
    const { site } = reference;
    if (site.kind !== 'bound-name') return;
    const bindings = this.codebase.unitOrNone(via)?.facts.scopes[0]?.bindings ?? [];
    if (!bindings.some((binding) => binding.name === site.use.name))
      this.refuse(unit, reference.span, `a star import gives the name, by __all__ of ${via}`);
  }

  /** `from .x_robust import a`: only the last component changes where both modules share a directory. */
  private modulePart(unit: PythonUnit, reference: ModuleReference, statement: ImportStatement): void {
    if (this.sameDirectory) return this.lastComponent(unit, reference.span);
    const written = nameFor(this.linker, unit.path, this.keeper, { level: statement.level, dotted: statement.module });
    if (written) this.edit(unit, reference.span, written);
    else this.refuse(unit, reference.span, `no import from here reaches ${this.keeper}`);
  }

  /** `from . import a, x_robust as y`. */
  private listedName(unit: PythonUnit, reference: ModuleReference, statement: ImportStatement, index: number): void {
    const name = statement.names[index] as ImportStatement['names'][number];
    if (!this.sameDirectory) return this.movedName(unit, reference, statement, index);
    if (name.name !== this.from) return;
    const needsAlias = name.alias === null && !this.renames(unit, statement.scope);
    if (this.merge(unit, statement, index, this.to, needsAlias ? this.from : name.alias)) return;
    if (name.alias === this.to && name.aliasSpan) {
      return this.edit(unit, { start: name.nameSpan.start, end: name.aliasSpan.end }, this.to);
    }
    this.edit(unit, name.nameSpan, needsAlias ? `${this.to} as ${this.from}` : this.to);
  }

  /** The keeper lives in another package: the whole statement moves over when it imports nothing else. */
  private movedName(unit: PythonUnit, reference: ModuleReference, statement: ImportStatement, index: number): void {
    const name = statement.names[index] as ImportStatement['names'][number];
    const module = nameFor(this.linker, unit.path, this.keeper, {
      level: statement.level,
      dotted: `${statement.module}.${this.from}`,
    });
    const parent = module ? parentOf(module) : null;
    if (!parent) return this.refuse(unit, reference.span, `${this.keeper} is in no package that can be named here`);
    if (statement.names.length > 1) return this.refuse(unit, reference.span, 'this statement imports other names too');
    this.edit(unit, statement.moduleSpan, parent);
    const alias = name.alias ?? (this.renames(unit, statement.scope) ? null : this.from);
    const whole = { start: name.nameSpan.start, end: endOf(name) };
    this.edit(unit, whole, alias === null || alias === this.to ? this.to : `${this.to} as ${alias}`);
  }

  /** `import pkg.x_robust`, `import pkg.x_robust as y`, and `import x_robust`, which binds the name itself. */
  private importedName(unit: PythonUnit, reference: ModuleReference, statement: ImportStatement, index: number): void {
    const name = statement.names[index] as ImportStatement['names'][number];
    const isPlain = !name.name.includes('.');
    const written = this.sameDirectory
      ? name.name.replace(/[^.]+$/, this.to)
      : nameFor(this.linker, unit.path, this.keeper, { level: 0, dotted: name.name });
    if (!written) return this.refuse(unit, name.nameSpan, `no import from here reaches ${this.keeper}`);
    if (this.sameDirectory && !isPlain && this.merge(unit, statement, index, written, name.alias)) return;
    if (isPlain && name.alias === this.to && name.aliasSpan && written === this.to) {
      return this.edit(unit, { start: name.nameSpan.start, end: name.aliasSpan.end }, this.to);
    }
    if (name.alias === null && isPlain) {
      const suffix = this.renames(unit, statement.scope) && written === this.to ? '' : ` as ${this.from}`;
      return this.edit(unit, name.nameSpan, `${written}${suffix}`);
    }
    if (name.alias === null && written.split('.')[0] !== name.name.split('.')[0]) {
      return this.refuse(unit, reference.span, 'the statement binds the name of another package');
    }
    if (this.sameDirectory) this.lastComponent(unit, name.nameSpan);
    else this.edit(unit, name.nameSpan, written);
  }

  private attribute(unit: PythonUnit, reference: ModuleReference): void {
    if (unit.text.slice(reference.span.start, reference.span.end).normalize('NFKC') !== this.from) return;
    if (this.sameDirectory) return this.edit(unit, reference.span, this.to);
    const written = this.movedChain(unit, reference);
    if (!written) return this.refuse(unit, reference.span, 'an attribute chain leads to the module');
    this.edit(unit, written.span, written.name);
  }

  /** `old.x.f` where `import old.x` stands in the same file and becomes `import new.x`. */
  private movedChain(unit: PythonUnit, { site, span }: ModuleReference): { span: Span; name: string } | null {
    if (site.kind !== 'attribute') return null;
    const chain = { start: site.base.start, end: span.end };
    const dotted = unit.text.slice(chain.start, chain.end);
    const isImported = unit.facts.imports.some(
      ({ kind, names }) => kind === 'import' && names.some(({ name, alias }) => name === dotted && alias === null),
    );
    const name = isImported ? nameFor(this.linker, unit.path, this.keeper, { level: 0, dotted }) : null;
    return name ? { span: chain, name } : null;
  }

  private boundName(unit: PythonUnit, reference: ModuleReference): void {
    if (reference.site.kind !== 'bound-name' || !reference.site.binding) return;
    if (reference.site.use.name !== this.from) return;
    const scope = this.scopeOf(unit, reference.site.binding.span.start);
    if (scope !== null && this.renames(unit, scope)) this.edit(unit, reference.span, this.to);
  }

  private scopeOf(unit: PythonUnit, bindingStart: number): number | null {
    const index = unit.facts.scopes.findIndex((scope) =>
      scope.bindings.some((b) => b.name === this.from && b.span.start === bindingStart),
    );
    return index === -1 ? null : index;
  }

  /** `import_module('pkg.x_robust')`. */
  private literal(unit: PythonUnit, reference: ModuleReference, dotted: string): void {
    const value = unit.text.slice(reference.span.start, reference.span.end);
    const isWritten =
      reference.site.kind === 'dynamic' &&
      reference.site.dynamic.name.kind === 'literal' &&
      reference.site.dynamic.name.span !== null;
    if (!isWritten)
      return this.refuse(
        unit,
        reference.span,
        `the imported name ${dotted} is put together from parts`,
        'dynamic-import',
      );
    if (this.sameDirectory && value.endsWith(this.from)) return this.lastComponent(unit, reference.span);
    const written = value.startsWith('.')
      ? null
      : nameFor(this.linker, unit.path, this.keeper, { level: 0, dotted: value });
    if (written) this.edit(unit, reference.span, written);
    else this.refuse(unit, reference.span, `no name for ${this.keeper} fits here`, 'dynamic-import');
  }

  /** A string or setting that certainly names the module. */
  mention(mention: Mention): void {
    const source = this.codebase.text(mention.path);
    if ('undecodable' in source) return;
    const value = source.text.slice(mention.span.start, mention.span.end);
    if (this.isHidden && mention.tail.startsWith('.')) return this.refuseMention(mention, value);
    const stem = value.replace(/\.pyi?$/, '');
    if (this.sameDirectory && stem.endsWith(this.from)) {
      const end = mention.span.start + stem.length;
      return this.fileEdit(mention.path, { start: end - this.from.length, end }, this.to);
    }
    const written =
      mention.form === 'dotted' ? nameFor(this.linker, mention.path, this.keeper, { level: 0, dotted: value }) : null;
    if (written) this.fileEdit(mention.path, mention.span, written);
    else this.refuseMention(mention, value);
  }

  private refuseMention({ path, line, column, class: kind }: Mention, value: string): void {
    const code = kind === 'javascript' ? 'javascript-reference' : 'string-reference';
    this.refusals.push(problem(code, `cannot redirect '${value}'`, { place: { path, line, column } }));
  }

  /** Whether the local name changes in a scope; then `__all__` follows. */
  private renames(unit: PythonUnit, scope: number): boolean {
    const changes = this.names.change(unit, scope);
    if (changes && scope === 0) this.renameExport(unit);
    return changes;
  }

  private renameExport(unit: PythonUnit): void {
    for (const { name, span } of unit.facts.exports?.names ?? [])
      if (name === this.from) this.edit(unit, span, this.to);
  }

  /** A package's `__all__` may list a submodule that nothing binds: a star import then imports it. */
  packageExport(): void {
    for (const base of ['__init__.py', '__init__.pyi']) {
      const path = join(directoryOf(this.target), base);
      const unit = this.codebase.layout.has(path) ? this.codebase.unitOrNone(path) : undefined;
      const entry = unit?.facts.exports?.names.find(({ name }) => name === this.from);
      if (!unit || !entry || unit.facts.scopes[0]?.bindings.some(({ name }) => name === this.from)) continue;
      if (this.sameDirectory) this.renameExport(unit);
      else this.refuse(unit, entry.span, '__all__ lists the module');
    }
  }

  /** Drops a name that the same line already imports. */
  private merge(
    unit: PythonUnit,
    statement: ImportStatement,
    index: number,
    name: string,
    alias: string | null,
  ): boolean {
    const span = mergedSpan(unit.text, statement, index, name, alias);
    if (span) this.edit(unit, span, '');
    return span !== null;
  }

  private lastComponent(unit: PythonUnit, span: Span): void {
    const start = span.end - this.from.length;
    if (unit.text.slice(start, span.end) === this.from) this.edit(unit, { start, end: span.end }, this.to);
    else this.refuse(unit, span, `'${this.from}' is not written here`);
  }

  private edit(unit: PythonUnit, span: Span, text: string): void {
    this.fileEdit(unit.path, { start: unit.toFile(span.start), end: unit.toFile(span.end) }, unit.written(text));
  }

  private fileEdit(path: string, span: Span, text: string): void {
    const list = this.edits.get(path) ?? [];
    if (list.length === 0) this.edits.set(path, list);
    list.push({ span, text, reason: this.reason });
  }

  private refuse(unit: PythonUnit, span: Span, why: string, code = 'cannot-redirect'): void {
    const place = { path: unit.path, ...this.codebase.place(unit.path, unit.toFile(span.start)) };
    const message = `cannot redirect this reference to ${this.keeper}: ${why}`;
    this.refusals.push(
      problem(code, message, { place, hint: 'change this place by hand, then run the command again' }),
    );
  }
}

/** The module is reached as an attribute of its package: `from p import m`, `import p.m as x`, `p.m`. */
function takesAttribute(site: ModuleReference['site']): boolean {
  if (site.kind === 'import') return site.statement.names[site.index]?.alias !== null;
  return site.kind === 'from-name' || site.kind === 'attribute';
}
