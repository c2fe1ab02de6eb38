/** Import statements of one file, made to reach the same modules at their new places. Each stays exactly where it stands. */
import type { ImportedName, ImportStatement } from '../../src/core/facts.js';
import type { Found } from '../../src/core/module-tree.js';
import { directoryOf, join } from '../../src/core/paths.js';
import { endOf } from '../import-lists.js';
import type { WrittenName } from '../module-names.js';
import { lineEnd } from './lines.js';
import { adjacent, extendList, removeStatement } from './merge-imports.js';
import { detourOf, holderOf, written } from './names-after.js';
import { type NewName, splitStatement } from './split-imports.js';
import type { UnitWork } from './work.js';

/** Rewrites all `from` statements of the file. */
export function fromStatements(work: UnitWork): void {
  for (const statement of work.unit.facts.imports)
    if (statement.kind !== 'import' && !work.settled.has(statement)) fromStatement(work, statement);
}

/** One name of a `from` statement as it shall be: which module it is imported from, and how it is called there. */
interface Wanted {
  readonly own: ImportedName;
  /** `null` for a module at the top: it is imported by itself. */
  readonly holder: WrittenName | null;
  readonly name: string;
  /** Path before, where the name is a submodule that moves. */
  readonly moved: string | null;
}

function fromStatement(work: UnitWork, statement: ImportStatement): void {
  const { before, relocation } = work.shared;
  const old = { level: statement.level, dotted: statement.module };
  const source = before.module(work.unit.path, old.level, old.dotted);
  if (!source.found) return unresolvedModule(work, statement, old);
  const place = relocation.found(source.found);
  const own = statedName(work, place, old, source.guessed);
  const names = statement.names.filter((name) => !work.settled.has(name));
  if (names.length === 0 && statement.kind !== 'star') return;
  const wanted = names.map((name) => wantedName(work, statement, source.found as Found, name, own ?? old));
  const stays = statement.kind === 'star' || wanted.some((entry) => entry?.moved === null);
  if (own === null && stays) return work.refuse(statement.moduleSpan, `no import from here reaches ${place}`);
  if (wanted.some((entry) => entry === null)) return;
  arrange(work, statement, own ?? old, wanted as Wanted[]);
}

/** The name as it was, if it still leads there without a detour that it did not make before; else a new one. */
export function statedName(work: UnitWork, place: string, old: WrittenName, guessed = false): WrittenName | null {
  const { names } = work.shared;
  const detour = detourOf(work.unit.path, old);
  const leads = names.resolve(work.path, old, guessed) === place;
  if (leads && detourOf(work.path, old) <= detour) return old;
  return names.nameFor(work.path, place, old, guessed, detour) ?? (leads ? old : null);
}

function wantedName(
  work: UnitWork,
  statement: ImportStatement,
  holder: Found,
  name: ImportedName,
  stated: WrittenName,
): Wanted | null {
  const sub = submodule(work, holder, name.name);
  const named = work.shared.named(holder.path, name.name);
  const stays: Wanted = { own: name, holder: stated, name: named, moved: null };
  if (sub === null) return stays;
  const place = work.shared.relocation.found(sub);
  const old = { level: statement.level, dotted: [statement.module, name.name].filter(Boolean).join('.') };
  const alike = memberOf(stated, name.name);
  const now =
    work.shared.names.resolve(work.path, alike) === place
      ? alike
      : work.shared.names.memberNameFor(work.path, place, old);
  if (!now) {
    work.refuse(name.nameSpan, `no import from here reaches ${place}`);
    return null;
  }
  const parent = holderOf(now);
  if (place === sub.path && parent && written(parent) === written(stated)) return stays;
  const why = work.shared.hidden(place);
  if (why !== null) work.refuse(name.nameSpan, why, 'hidden-module');
  return { own: name, holder: parent, name: now.dotted.slice(now.dotted.lastIndexOf('.') + 1), moved: sub.path };
}

export function memberOf({ level, dotted }: WrittenName, name: string): WrittenName {
  return { level, dotted: dotted === '' ? name : `${dotted}.${name}` };
}

/** The submodule that a name of a package stands for, unless the package binds the name to something else. */
export function submodule({ shared: { before } }: UnitWork, holder: Found, name: string): Found | null {
  const sub = before.submodule(holder, name);
  const value = before.member(holder, name);
  if (sub?.kind !== 'module' || value.kind !== 'module') return null;
  return sub.found.path === value.found.path ? sub.found : null;
}

function arrange(work: UnitWork, statement: ImportStatement, own: WrittenName, wanted: readonly Wanted[]): void {
  const named = wanted.map((entry) => ({ ...entry, ...newName(work, statement, entry) }));
  const first = named.find(({ moved }) => moved === null) ?? named.find(({ holder }) => holder !== null);
  if (!first && named.length > 0) return importedByItself(work, statement, named);
  const keeper = first?.holder ?? own;
  const there = (entry: Wanted) => entry.holder !== null && written(entry.holder) === written(keeper);
  const imports = (other: ImportStatement, module: string) => staysAndImports(work, other, module);
  const isWhole = named.length === statement.names.length;
  const isMoved = isWhole && named.every(({ moved }) => moved !== null) && named.every(there);
  const beside =
    isMoved && statement.names.length > 0 && adjacent(work, statement, (other) => imports(other, written(keeper)));
  if (beside && !hasComment(work, statement)) {
    extendList(
      work,
      beside,
      named.map(({ text }) => text),
    );
    return removeStatement(work, statement);
  }
  moduleEdit(work, statement, keeper);
  const leaving = named.filter((entry) => !there(entry));
  for (const entry of named.filter(there))
    work.edit({ start: entry.own.nameSpan.start, end: endOf(entry.own) }, entry.text, 'follows the move');
  if (leaving.length > 0) splitStatement(work, statement, leaving, imports);
}

/** `from p import m` of a module that goes to the top becomes `import m`. */
function importedByItself(work: UnitWork, statement: ImportStatement, names: readonly Pick<NewName, 'text'>[]): void {
  const inside = work.unit.facts.comments.some(
    ({ start }) => start > statement.span.start && start < statement.span.end,
  );
  if (inside) return work.refuse(statement.span, 'the statement becomes another one, and its comments would be lost');
  work.edit(statement.span, `import ${names.map(({ text }) => text).join(', ')}`, 'follows the move');
}

function hasComment(work: UnitWork, { span }: ImportStatement): boolean {
  const end = lineEnd(work.text, span.end);
  return work.unit.facts.comments.some((comment) => comment.start >= span.start && comment.start < end);
}

/** Another statement whose text does not change, and which imports from a module. */
function staysAndImports(work: UnitWork, other: ImportStatement, module: string): boolean {
  if (written({ level: other.level, dotted: other.module }) !== module) return false;
  const { before, relocation } = work.shared;
  const source = before.module(work.unit.path, other.level, other.module);
  if (!source.found) return false;
  const old = { level: other.level, dotted: other.module };
  if (work.shared.names.resolve(work.path, old) !== relocation.found(source.found)) return false;
  return other.names.every(({ name }) => {
    const sub = submodule(work, source.found as Found, name);
    return sub === null || relocation.found(sub) === sub.path;
  });
}

/** How the name is written in its list. */
function newName(work: UnitWork, statement: ImportStatement, { own, name, moved }: Wanted): Pick<NewName, 'text'> {
  const asWritten = work.text.slice(own.nameSpan.start, endOf(own));
  if (name === own.name) return { text: asWritten };
  if (moved === null) return { text: aliased(name, own.alias ?? own.name) };
  const alias = own.alias ?? (work.renames(statement.scope, moved) ? null : own.name);
  if (own.alias !== null && (own.alias !== name || handsOn(work)))
    return { text: name + asWritten.slice(own.nameSpan.end - own.nameSpan.start) };
  return { text: alias === null ? name : aliased(name, alias) };
}

function aliased(name: string, local: string): string {
  return name === local ? name : `${name} as ${local}`;
}

/** The file says `import x as x`, which hands a name on: there such an alias means something. */
function handsOn({ unit }: UnitWork): boolean {
  return unit.facts.imports.some(({ names }) => names.some(({ name, alias }) => alias === name));
}

/** Replaces the module part; `from.x import` and `from .import x` get the blanks that a name without dots needs. */
function moduleEdit(work: UnitWork, { moduleSpan }: ImportStatement, name: WrittenName): void {
  const text = written(name);
  const { start, end } = moduleSpan;
  if (work.text.slice(start, end).replace(/[\s\\]/g, '') === text) return;
  const before = /\w/.test(work.text[start - 1] ?? '') && !text.startsWith('.') ? ' ' : '';
  const after = /\w/.test(work.text[end] ?? '') && !text.endsWith('.') ? ' ' : '';
  work.edit(moduleSpan, before + text + after, 'follows the move');
}

/** Nothing of that name is there (an extension module, a mistake): the name goes on meaning the same place. */
function unresolvedModule(work: UnitWork, statement: ImportStatement, old: WrittenName): void {
  const name = old.level > 0 ? relativePlace(work, old) : longestPrefix(work, old.dotted);
  if (name === undefined) return;
  if (name === null) return work.refuse(statement.moduleSpan, 'nothing is there, and its new name cannot be told');
  moduleEdit(work, statement, name);
}

/** `undefined` when the name may stay as it is. */
function relativePlace(work: UnitWork, old: WrittenName): WrittenName | null | undefined {
  const place = placeOf(work.unit.path, old);
  if (place === null) return undefined;
  const target = work.shared.relocation.directory(place);
  if (placeOf(work.path, old) === target) return undefined;
  return work.shared.names.relative(work.path, target);
}

function placeOf(importer: string, { level, dotted }: WrittenName): string | null {
  let here = directoryOf(importer);
  for (let i = 1; i < level; i++) {
    if (here === '') return null;
    here = directoryOf(here);
  }
  return join(here, dotted.replaceAll('.', '/')).replace(/\/$/, '');
}

/** Renames the part of an absolute name that is known; `undefined` when nothing of it moves. */
export function longestPrefix(work: UnitWork, dotted: string): WrittenName | null | undefined {
  const parts = dotted.split('.');
  for (let count = parts.length - 1; count > 0; count--) {
    const head = parts.slice(0, count).join('.');
    const { found } = work.shared.before.module(work.unit.path, 0, head);
    if (!found) continue;
    const name = statedName(work, work.shared.relocation.found(found), { level: 0, dotted: head });
    if (name?.dotted === head) return undefined;
    return name && { level: 0, dotted: [name.dotted, ...parts.slice(count)].join('.') };
  }
  return undefined;
}
