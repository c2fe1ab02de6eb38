/** `import a.b.c` statements, and the names that they bind: the first component, or the alias. */
import type { ImportedName, ImportStatement } from '../../src/core/facts.js';
import { endOf } from '../import-lists.js';
import { longestPrefix, statedName } from './statements.js';
import type { UnitWork } from './work.js';

/** A dotted name that a file imports without an alias, before and after. */
export interface DottedImport {
  readonly statement: ImportStatement;
  readonly name: ImportedName;
  readonly old: string;
  readonly now: string;
}

/** Rewrites all `import` statements; returns those that bind a package's first component. */
export function plainImports(work: UnitWork): DottedImport[] {
  const found: DottedImport[] = [];
  for (const statement of work.unit.facts.imports) {
    if (statement.kind !== 'import') continue;
    for (const name of statement.names) {
      if (work.settled.has(name)) continue;
      const now = newName(work, name);
      if (now === null) work.refuse(name.nameSpan, 'no import from here reaches its new place');
      else if (name.alias !== null) aliased(work, name, now);
      else if (!name.name.includes('.')) bound(work, statement, name, now, found);
      else found.push({ statement, name, old: name.name, now });
    }
  }
  return found;
}

function newName(work: UnitWork, { name }: ImportedName): string | null {
  const { before, relocation } = work.shared;
  const { found, guessed } = before.module(work.unit.path, 0, name);
  const old = { level: 0, dotted: name };
  const now = found ? statedName(work, relocation.found(found), old, guessed) : longestPrefix(work, name);
  return now === undefined ? name : (now?.dotted ?? null);
}

/** `import a.b as x` takes `b` as an attribute of `a`. */
function aliased(work: UnitWork, name: ImportedName, now: string): void {
  if (now === name.name) return;
  notHidden(work, name);
  if (name.alias === now) work.edit({ start: name.nameSpan.start, end: endOf(name) }, now, 'follows the move');
  else work.edit(name.nameSpan, now, 'follows the move');
}

function notHidden(work: UnitWork, name: ImportedName): void {
  const { found } = work.shared.before.module(work.unit.path, 0, name.name);
  const why = found ? work.shared.hidden(work.shared.relocation.found(found)) : null;
  if (why !== null) work.refuse(name.nameSpan, why, 'hidden-module');
}

/** `import m`: a module or a package at the top, which the statement binds by its name. */
function bound(
  work: UnitWork,
  statement: ImportStatement,
  name: ImportedName,
  now: string,
  found: DottedImport[],
): void {
  const target = work.shared.before.module(work.unit.path, 0, name.name).found;
  if (now === name.name || !target) {
    found.push({ statement, name, old: name.name, now });
    return;
  }
  if (target.kind !== 'module' && !now.includes('.')) {
    found.push({ statement, name, old: name.name, now });
    return;
  }
  if (now.includes('.')) notHidden(work, name);
  if (target.kind !== 'module') work.aliased.add(`${statement.scope}:${name.name}`);
  const isRenamed = target.kind === 'module' && !now.includes('.') && work.renames(statement.scope, target.path);
  work.edit(name.nameSpan, isRenamed ? now : `${now} as ${name.name}`, 'follows the move');
}
