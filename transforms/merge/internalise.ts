/**
 * Imports between modules that become one are taken out, and what used them uses the names themselves; names that get another
 * name in the merged module follow. Works on one source at a time.
 */

import { globalNames } from '../../src/core/bound-code/global-names.js';
import type { Binding, ImportedName, ImportStatement, NameUse, Scope } from '../../src/core/facts.js';
import { BUILTINS } from '../../src/core/import-order/known-names.js';
import type { Span } from '../../src/core/model.js';
import { bindingsOf } from '../../src/core/scopes.js';
import { isPlain } from '../relocation/chains.js';
import { lineEnd, lineStart } from '../relocation/lines.js';
import { removals } from '../relocation/split-imports.js';
import type { UnitWork } from '../relocation/work.js';
import { isAloneInBlock, ownLines } from './blocks.js';
import { bracketAround } from './brackets.js';
import { type Inside, type InsideImport, insideImports, isDeferred, type MergedNames } from './model.js';

const REASON = 'stands in the same module now';

export function internalise(work: UnitWork, isSource: (path: string) => boolean, names: MergedNames): void {
  new Internalising(work, isSource, names).run();
}

class Internalising {
  private readonly inside: readonly InsideImport[];
  private readonly byName: ReadonlyMap<ImportedName, Inside>;
  /** Imports in functions that must stay, since something else binds their name there as well. */
  private readonly staying = new Set<ImportedName>();

  /** Lines of statements that go as a whole. */
  private readonly removed: Span[] = [];

  constructor(
    private readonly work: UnitWork,
    private readonly isSource: (path: string) => boolean,
    private readonly names: MergedNames,
  ) {
    this.inside = insideImports(work.shared.before, work.unit, isSource);
    this.byName = new Map(this.inside.flatMap(({ name, inside }) => (name ? [[name, inside] as const] : [])));
  }

  run(): void {
    for (const { statement, name, inside } of this.inside) if (name) this.looked(statement, name, inside);
    for (const use of this.work.unit.facts.uses) this.use(use);
    this.bindings();
    const statements = new Set(this.inside.map(({ statement }) => statement));
    for (const statement of statements) this.remove(statement);
  }

  /** Whether the name that an import binds means nothing else in its scope. */
  private looked(statement: ImportStatement, name: ImportedName, inside: Inside): void {
    const local = name.alias ?? (statement.kind === 'import' ? (name.name.split('.')[0] as string) : name.name);
    const scope = this.work.unit.facts.scopes[statement.scope] as Scope;
    const others = scope.bindings.filter((binding) => binding.name === local && !this.isInside(binding, inside));
    const isRoot = statement.kind === 'import' && name.alias === null && name.name.includes('.');
    if (isRoot || others.length === 0) return;
    if (statement.scope > 0) this.staying.add(name);
    else if (statement.when !== 'guarded' || others.some(({ conditional }) => !conditional))
      this.work.refuse(name.nameSpan, `'${local}' is bound to something else as well`, 'name-conflict');
  }

  private isInside({ imported }: Binding, inside: Inside): boolean {
    const name = imported && this.work.unit.facts.imports[imported.statement]?.names[imported.name];
    const other = name && this.byName.get(name);
    return other !== undefined && JSON.stringify(other) === JSON.stringify(inside);
  }

  private use(use: NameUse): void {
    const { unit } = this.work;
    const { scope, bindings } = bindingsOf(unit.facts, use.scope, use.name);
    const imported = bindings.map((binding) => this.importedBy(binding));
    if (imported.some((name) => name && this.staying.has(name))) return;
    const direct = imported.map((name) => name && this.byName.get(name)).find((inside) => inside?.kind === 'object');
    if (direct?.kind === 'object') {
      this.work.settled.add(use);
      return this.replace(use, use.span, this.names.of(direct.path, direct.name));
    }
    const chain = this.chain(use, bindings);
    if (chain) return this.throughModule(use, chain);
    if (scope > 0) this.ofClassBody(use, scope);
    if (scope !== 0) return;
    const now = this.names.of(unit.path, use.name);
    if (now !== use.name && this.isBuiltInYet(use))
      this.work.refuse(
        use.span,
        `'${use.name}' is the interpreter's here, and the module's from then on`,
        'name-captured',
      );
    else if (now !== use.name) this.replace(use, use.span, now);
  }

  /** `str = str` reads what the interpreter has before the module has one of its own. */
  private isBuiltInYet(use: NameUse): boolean {
    const { unit } = this.work;
    const [first] = bindingsOf(unit.facts, 0, use.name).bindings;
    const isEarly = first !== undefined && use.span.start < lineEnd(unit.text, first.span.end);
    return isEarly && BUILTINS.has(use.name) && !isDeferred(unit, use.scope);
  }

  /** `limit = limit` in a class body reads the module's name before the class has one of its own. */
  private ofClassBody(use: NameUse, scope: number): void {
    const { unit } = this.work;
    if (scope !== use.scope || unit.facts.scopes[scope]?.kind !== 'class') return;
    const [first] = bindingsOf(unit.facts, scope, use.name).bindings;
    const outer = bindingsOf(unit.facts, 0, use.name).bindings;
    const inside = outer.map((binding) => this.importedBy(binding)).map((name) => name && this.byName.get(name));
    const now = inside.map((each) => (each?.kind === 'object' ? this.names.of(each.path, each.name) : null));
    const isOther = [this.names.of(unit.path, use.name), ...now].some((name) => name !== null && name !== use.name);
    const isEarly = first !== undefined && use.span.start < lineEnd(unit.text, first.span.end);
    if (outer.length > 0 && isOther && isEarly)
      this.work.refuse(use.span, `'${use.name}' may be the module's or the class's here`, 'name-captured');
  }

  private importedBy({ imported }: Binding): ImportedName | undefined {
    return imported && this.work.unit.facts.imports[imported.statement]?.names[imported.name];
  }

  /** The source that a chain of attributes leads to, and how many attributes that takes. */
  private chain(use: NameUse, bindings: readonly Binding[]): { path: string; used: number } | null {
    const { unit, shared } = this.work;
    const imported = bindings.find((binding) => binding.imported)?.imported;
    if (!imported) return null;
    let value = shared.before.imported(
      unit.path,
      unit.facts.imports[imported.statement] as ImportStatement,
      imported.name,
    );
    for (let used = 0; value.kind === 'module'; used++) {
      if (this.isSource(value.found.path)) return { path: value.found.path, used };
      const attribute = use.attributes[used];
      if (!attribute) return null;
      value = shared.before.member(value.found, attribute.name);
    }
    return null;
  }

  private throughModule(use: NameUse, { path, used }: { path: string; used: number }): void {
    const { work } = this;
    work.settled.add(use);
    const member = use.attributes[used];
    if (!member) return work.refuse(use.span, `the module ${path} is used as a value`, 'module-as-value');
    if (work.shared.before.lookup(path, member.name).kind === 'missing')
      return work.refuse(member.span, `${path} binds no '${member.name}'`, 'module-as-value');
    const span = { start: use.span.start, end: member.span.end };
    if (!isPlain(work, span)) return work.refuse(span, 'the chain is broken by brackets or comments');
    if (isWritten(work.text, span))
      return work.refuse(span, `an attribute of the module ${path} is set here`, 'module-as-value');
    this.replace(use, span, this.names.of(path, member.name));
  }

  private replace(use: NameUse, span: Span, to: string): void {
    const { unit } = this.work;
    const met = bindingsOf(unit.facts, use.scope, to);
    const isFreed = met.bindings.every((binding) => this.isRemoved(binding, to));
    if (met.scope > 0 && !isFreed)
      return this.work.refuse(span, `'${to}' is a local name where it would be used`, 'name-captured');
    this.work.edit(span, to, to === use.name ? REASON : 'follows the new name');
  }

  /** The binding is an import that goes, of what is called `to` afterwards. */
  private isRemoved(binding: Binding, to: string): boolean {
    const name = this.importedBy(binding);
    const inside = name && !this.staying.has(name) ? this.byName.get(name) : undefined;
    return inside?.kind === 'object' && this.names.of(inside.path, inside.name) === to;
  }

  /** Definitions and imports of this module that get another name. */
  private bindings(): void {
    const { work } = this;
    const { facts, path } = work.unit;
    for (const { name, span, imported } of facts.scopes[0]?.bindings ?? []) {
      const now = this.names.of(path, name);
      if (now === name) continue;
      if (!imported) work.edit(span, now, 'follows the new name');
      else this.alias(imported, now);
    }
    for (const { name, span } of globalNames(work.unit))
      work.edit(span, this.names.of(path, name), 'follows the new name');
    for (const { name, span } of facts.exports?.names ?? [])
      work.edit(span, this.names.of(path, name), 'follows the new name');
  }

  private alias(imported: NonNullable<Binding['imported']>, now: string): void {
    const { work } = this;
    const statement = work.unit.facts.imports[imported.statement] as ImportStatement;
    const name = statement.names[imported.name] as ImportedName;
    if (this.byName.has(name)) return;
    if (name.aliasSpan) work.edit(name.aliasSpan, now, 'follows the new name');
    else if (statement.kind === 'import' && name.name.includes('.'))
      work.refuse(
        name.nameSpan,
        `'${name.name}' binds a name that means something else in another module`,
        'name-conflict',
      );
    else work.edit({ start: name.nameSpan.end, end: name.nameSpan.end }, ` as ${now}`, 'follows the new name');
  }

  private remove(statement: ImportStatement): void {
    const { work } = this;
    const going = statement.names.filter((name) => this.byName.has(name) && !this.staying.has(name));
    for (const name of going) work.settled.add(name);
    if (statement.kind !== 'star' && going.length === 0) return;
    if (going.length < statement.names.length) {
      for (const span of removals(work.text, statement, going)) work.edit(span, '', REASON);
      return;
    }
    work.settled.add(statement);
    const root = this.rootKept(statement, going);
    const lines = ownLines(work.text, statement.span);
    if (root !== null) work.edit(statement.span, `import ${root}`, REASON);
    else if (lines && !isAloneInBlock(work.text, [...work.unit.facts.comments, ...this.removed], statement.span)) {
      this.removed.push(lines);
      work.edit(lines, '', REASON);
    } else work.edit(statement.span, 'pass', REASON);
  }

  /** `import p.a` also binds `p`, which other code of the file may use. */
  private rootKept(statement: ImportStatement, going: readonly ImportedName[]): string | null {
    if (statement.kind !== 'import') return null;
    const { facts } = this.work.unit;
    for (const { name, alias } of going) {
      const root = name.split('.')[0] as string;
      if (alias !== null || root === name) continue;
      const uses = facts.uses.filter((use) => use.name === root && !this.work.settled.has(use));
      if (uses.some((use) => bindingsOf(facts, use.scope, root).scope === statement.scope)) return root;
    }
    return null;
  }
}

/** The chain is a target: of an assignment of any kind, a loop, a `with` or a `del`. */
function isWritten(text: string, { start, end }: Span): boolean {
  const line = text.slice(lineStart(text, start), start);
  if (/\b(?:del|as|for)\s+(?:[\w.]+\s*,\s*)*$/.test(line)) return true;
  if (!ASSIGNED.test(text.slice(end, end + 200)) || bracketAround(text.slice(0, start)).opener === '(') return false;
  const isAnnotation = /^\s*\w+(?:\.\w+)*\s*:/.test(line) && !/^\s*(?:else|try|finally)\s*:/.test(line);
  return !isAnnotation;
}

const ASSIGNED = /^[ \t]*(?:=(?!=)|(?:[-+*/%@&|^]|\*\*|\/\/|>>|<<)=|[:,][^=\n]*=(?!=))/;
