/**
 * Attribute chains that lead through packages to moved modules: `a.b.f` after `import a.b`, `core.util.f` after
 * `from p import core`. Where a chain begins at a package's first component, it needs an import that binds and loads it.
 */
import type { Binding, ImportStatement, NameUse } from '../../src/core/facts.js';
import type { Span } from '../../src/core/model.js';
import type { Found } from '../../src/core/module-tree.js';
import { directoryOf, isInside, isPackageInit, moduleBase } from '../../src/core/paths.js';
import { bindingsOf } from '../../src/core/scopes.js';
import type { DottedImport } from './plain-imports.js';
import { rootHazard } from './root-names.js';
import { statedName } from './statements.js';
import type { UnitWork } from './work.js';

/** Rewrites the chains of the file, and the `import` statements that they begin at. */
export function chains(work: UnitWork, dotted: readonly DottedImport[]): void {
  const needs = new Map<DottedImport, Set<string>>();
  for (const use of work.unit.facts.uses) if (!work.settled.has(use)) followUse(work, dotted, use, needs);
  for (const entry of dotted) {
    const added = [...(needs.get(entry) ?? [])];
    work.edit(entry.name.nameSpan, [...added, entry.now].join(', '), 'follows the move');
  }
}

interface Start {
  readonly found: Found;
  /** The scope that binds the name. */
  readonly scope: number;
  /** The name is the first component of a dotted import. */
  readonly isRoot: boolean;
}

function followUse(
  work: UnitWork,
  dotted: readonly DottedImport[],
  use: NameUse,
  needs: Map<DottedImport, Set<string>>,
): void {
  const { scope, bindings } = bindingsOf(work.unit.facts, use.scope, use.name);
  for (const binding of bindings) {
    const start = startOf(work, binding, scope);
    if (start === null) continue;
    if (start.isRoot) fromRoot(work, dotted, use, start, needs);
    else fromModule(work, use, start.found, 0);
  }
}

function startOf(work: UnitWork, { imported }: Binding, scope: number): Start | null {
  if (!imported) return null;
  const statement = work.unit.facts.imports[imported.statement] as ImportStatement;
  const name = statement.names[imported.name];
  const value = work.shared.before.imported(work.unit.path, statement, imported.name);
  if (value.kind !== 'module' || (name && work.settled.has(name))) return null;
  const isRoot = statement.kind === 'import' && statement.names[imported.name]?.alias === null;
  const isAliased = work.aliased.has(`${scope}:${statement.names[imported.name]?.name.split('.')[0]}`);
  return { found: value.found, scope, isRoot: isRoot && !isAliased && value.found.kind !== 'module' };
}

/** The module reached by steps into submodules, and how many attributes they take. */
function intoSubmodules(work: UnitWork, start: Found, use: NameUse, from: number, loaded: ReadonlySet<string>) {
  let here = start;
  let index = from;
  let name = [use.name, ...use.attributes.slice(0, from).map((attribute) => attribute.name)].join('.');
  for (; index < use.attributes.length; index++) {
    const attribute = (use.attributes[index] as NameUse['attributes'][number]).name;
    name += `.${attribute}`;
    const sub = work.shared.before.submodule(here, attribute);
    const value = work.shared.before.member(here, attribute);
    if (sub?.kind !== 'module') break;
    const isOwn =
      value.kind === 'module' && value.found.path === sub.found.path && !goesOnBinding(work, here, sub.found);
    if (!loaded.has(name) && !isOwn) break;
    here = sub.found;
  }
  return { found: here, index };
}

/** A module leaves its package, and the package's own import keeps its name there. */
function goesOnBinding(work: UnitWork, holder: Found, sub: Found): boolean {
  const { before, relocation } = work.shared;
  const place = relocation.found(sub);
  if (holder.kind !== 'package' || stepsBelow(relocation.found(holder), place)?.length === 1) return false;
  const bindings = before.codebase.unitOrNone(holder.path)?.facts.scopes[0]?.bindings ?? [];
  return bindings.some(({ name, imported }) => name === moduleBase(sub.path) && imported !== undefined);
}

function fromRoot(
  work: UnitWork,
  dotted: readonly DottedImport[],
  use: NameUse,
  start: Start,
  needs: Map<DottedImport, Set<string>>,
): void {
  const inScope = dotted.filter(({ statement }) => statement.scope === start.scope);
  const loaded = new Set(inScope.flatMap(({ old }) => prefixesOf(old)));
  const { found, index } = intoSubmodules(work, start.found, use, 0, loaded);
  const old = [use.name, ...use.attributes.slice(0, index).map(({ name }) => name)].join('.');
  const now = statedName(work, work.shared.relocation.found(found), { level: 0, dotted: old })?.dotted;
  const span = { start: use.span.start, end: (use.attributes[index - 1] ?? use).span.end };
  if (now === undefined) return work.refuse(span, 'no name for the module can be told');
  if (now !== old && !isPlain(work, span)) return work.refuse(span, BROKEN);
  if (!isReachable(work, inScope, use, start, { old, now, span }, needs)) return;
  if (now !== old) work.edit(span, now, 'follows the move');
  afterModule(work, use, found, index);
}

const BROKEN = 'the chain is broken by brackets or comments';

export function isPlain(work: UnitWork, { start, end }: Span): boolean {
  return /^[\p{ID_Continue}.\s\\]*$/u.test(work.text.slice(start, end));
}

/** The new chain's first name is bound, and what was loaded by these imports still is; else an import is added or refused. */
function isReachable(
  work: UnitWork,
  inScope: readonly DottedImport[],
  use: NameUse,
  start: Start,
  { old, now, span }: { old: string; now: string; span: { start: number; end: number } },
  needs: Map<DottedImport, Set<string>>,
): boolean {
  const root = now.split('.')[0] as string;
  const isBound = inScope.some((entry) => entry.now.split('.')[0] === root);
  const isLoaded = inScope.some((entry) => prefixesOf(entry.now).includes(now));
  const wasLoaded = inScope.filter((entry) => prefixesOf(entry.old).includes(old));
  if (isBound && (isLoaded || wasLoaded.length === 0)) return noHazard(work, use, start, root, span);
  const holder = wasLoaded[0] ?? inScope.find((entry) => entry.now.split('.')[0] !== use.name);
  if (!holder || (wasLoaded.length === 0 && root !== use.name)) {
    work.refuse(span, `nothing here imports ${now}; it works only because others do`);
    return false;
  }
  const added = needs.get(holder) ?? new Set<string>();
  needs.set(holder, added.add(wasLoaded.length === 0 ? root : now));
  return noHazard(work, use, start, root, span);
}

function noHazard(
  work: UnitWork,
  use: NameUse,
  { scope }: Start,
  root: string,
  span: { start: number; end: number },
): boolean {
  if (root === use.name) return true;
  const why = rootHazard(work, scope, use, root);
  if (why !== null) work.refuse(span, why);
  return why === null;
}

function prefixesOf(dotted: string): string[] {
  const parts = dotted.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}

/** The rest of a chain behind a module: through names that a module hands out, to further modules. */
function afterModule(work: UnitWork, use: NameUse, holder: Found, index: number): void {
  const attribute = use.attributes[index];
  if (!attribute) return;
  const value = work.shared.before.member(holder, attribute.name);
  if (value.kind === 'module') return fromModule(work, use, value.found, index + 1);
  const now = work.shared.named(holder.path, attribute.name);
  if (now !== attribute.name) work.edit(attribute.span, now, 'follows the new name');
}

/** Steps from a module that the code holds under some name: they lead on below that module's package. */
function fromModule(work: UnitWork, use: NameUse, start: Found, from: number): void {
  const { found, index } = intoSubmodules(work, start, use, from, new Set());
  if (index > from) {
    const { relocation } = work.shared;
    const steps = stepsBelow(relocation.found(start), relocation.found(found));
    const old = use.attributes.slice(from, index).map(({ name }) => name);
    const span = {
      start: (use.attributes[from] as NameUse['attributes'][number]).span.start,
      end: (use.attributes[index - 1] as NameUse['attributes'][number]).span.end,
    };
    const local = steps === null ? localName(work, use, found) : null;
    if (local !== null && !isPlain(work, { start: use.span.start, end: span.end })) return work.refuse(span, BROKEN);
    if (steps !== null && steps.join('.') !== old.join('.') && !isPlain(work, span)) return work.refuse(span, BROKEN);
    if (local !== null) {
      work.edit({ start: use.span.start, end: span.end }, local, 'the file imports the module by this name');
    } else if (steps === null) {
      const name = [use.name, ...use.attributes.slice(0, index).map((attribute) => attribute.name)].join('.');
      return work.refuse(span, `an attribute chain, ${name}, leads to the module, and no import of its own`);
    } else if (steps.join('.') !== old.join('.')) work.edit(span, steps.join('.'), 'follows the move');
  }
  afterModule(work, use, found, index);
}

/** A name that the file's top level binds to the module by an import, and that means it where the chain stands. */
function localName(work: UnitWork, use: NameUse, module: Found): string | null {
  const { facts, path } = work.unit;
  // The chain's own name changes with its module: two edits would meet.
  if (work.newLocalName(bindingsOf(facts, use.scope, use.name).scope, use.name) !== null) return null;
  for (const { name, imported, conditional } of facts.scopes[0]?.bindings ?? []) {
    const statement = imported && facts.imports[imported.statement];
    if (!imported || !statement || conditional || statement.span.start > use.span.start) continue;
    const value = work.shared.before.imported(path, statement, imported.name);
    if (value.kind !== 'module' || value.found.path !== module.path) continue;
    const met = bindingsOf(facts, use.scope, name);
    if (met.scope === 0 && met.bindings.length === 1) return work.newLocalName(0, name) ?? name;
  }
  return null;
}

/** The attributes that lead from a package to a module below it; `null` when it is not below. */
function stepsBelow(holder: string, path: string): string[] | null {
  const home = isPackageInit(holder) ? directoryOf(holder) : holder;
  const target = isPackageInit(path) ? directoryOf(path) : path.replace(/\.pyi?$/, '');
  return isInside(target, home) ? target.slice(home === '' ? 0 : home.length + 1).split('/') : null;
}
