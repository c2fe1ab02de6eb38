/** Names that a module no longer gives, and who goes on asking for them by attribute or in a string. */
import type { PythonUnit } from '../codebase.js';
import type { ImportStatement } from '../facts.js';
import type { Linker, Value } from '../linker.js';
import type { Problem } from '../model.js';
import { problem } from '../problems.js';
import { bindingsOf } from '../scopes.js';
import { unreachedNames } from './unreached.js';

/** By what imports see of a module, its file; names with the path. */
interface Lost {
  readonly path: string;
  readonly names: ReadonlySet<string>;
  /** Of these, those that are bound where no run gets. */
  readonly unreached: ReadonlySet<string>;
  /** `pkg.mod.name`, for each name the module has. */
  readonly dotted: ReadonlySet<string>;
}

export function lostNames(before: Linker, after: Linker, rewritten: readonly string[]): Problem[] {
  const lost = rewritten.flatMap((path) => lostIn(before, after, path));
  if (lost.length === 0) return [];
  const words = [...new Set(lost.flatMap(({ names }) => [...names]))];
  return after.codebase.pythonFiles().flatMap(({ path }) => {
    if (!after.codebase.spells(path, words)) return [];
    const [old, now] = [before.codebase.unitOrNone(path), after.codebase.unitOrNone(path)];
    if (!old || !now) return [];
    const attributes = lostAttributes(before, after, old, now, lost);
    return [...lostImports(after, now, lost), ...attributes, ...lostStrings(after, now, lost)];
  });
}

function lostIn(before: Linker, after: Linker, path: string): Lost[] {
  const [old, now] = [before.codebase.unitOrNone(path), after.codebase.unitOrNone(path)];
  if (!old || !now) return [];
  const bound = new Set(old.skim.bindings.map(({ name }) => name));
  const unreached = newlyUnreached(old, now);
  const names = new Set(
    [...bound].filter((name) => unreached.has(name) || after.lookup(path, name).kind === 'missing'),
  );
  const dotted = before.codebase.layout
    .namesOf(path)
    .flatMap((module) => [...names].map((name) => `${module}.${name}`));
  return names.size === 0 ? [] : [{ path, names, unreached, dotted: new Set(dotted) }];
}

function newlyUnreached(old: PythonUnit, now: PythonUnit): ReadonlySet<string> {
  const before = unreachedNames(old);
  return new Set([...unreachedNames(now)].filter((name) => !before.has(name)));
}

/** What binds a name where it can never be reached binds nothing; the linker does not know that. */
function isUnreached(lost: readonly Lost[], value: Value): boolean {
  return (
    value.kind === 'object' && lost.some(({ path, unreached }) => path === value.path && unreached.has(value.name))
  );
}

function lostImports(after: Linker, { path, skim, lineInFile }: PythonUnit, lost: readonly Lost[]): Problem[] {
  return skim.imports.flatMap((statement) =>
    statement.names.flatMap(({ name, line }, index) => {
      const value = after.imported(path, statement, index);
      if (statement.kind !== 'from' || value.kind !== 'object' || !isUnreached(lost, value)) return [];
      const written = `${'.'.repeat(statement.level)}${statement.module}`;
      const message = `'${written}${written.endsWith('.') ? '' : '.'}${name}' would not resolve: ${value.path} would bind it in a handler only that is never reached`;
      return [problem('check-unresolved', message, { place: { path, line: lineInFile(line), column: 1 } })];
    }),
  );
}

/** `module.name` that led to something, and leads nowhere. */
function lostAttributes(
  before: Linker,
  after: Linker,
  old: PythonUnit,
  now: PythonUnit,
  lost: readonly Lost[],
): Problem[] {
  const words = lost.flatMap(({ names }) => [...names]);
  const asked = (linker: Linker, unit: PythonUnit) =>
    unit.facts.uses
      .filter(({ attributes }) => attributes.some(({ name }) => words.includes(name)))
      .map((use) => ({ use, value: meaning(linker, unit, use) }));
  const isMissing = ({ value }: { value: Value | null }) =>
    value !== null && (value.kind === 'missing' || isUnreached(lost, value));
  const known = new Set(
    asked(before, old)
      .filter(({ value }) => value?.kind === 'missing')
      .map(({ use }) => chain(use)),
  );
  return asked(after, now)
    .filter((each) => isMissing(each) && !known.has(chain(each.use)))
    .map(({ use }) => {
      const place = { path: now.path, ...after.codebase.place(now.path, now.toFile(use.span.start)) };
      return problem('check-binding', `'${chain(use)}' would no longer be there`, { place });
    });
}

export type Use = PythonUnit['facts']['uses'][number];

export function chain({ name, attributes }: Use): string {
  return [name, ...attributes.map((attribute) => attribute.name)].join('.');
}

/** Where a chain leads that begins with an import; `null` where it begins otherwise, or with no module. */
export function meaning(linker: Linker, { path, facts }: PythonUnit, use: Use): Value | null {
  const { bindings } = bindingsOf(facts, use.scope, use.name);
  const [binding] = bindings;
  if (!binding?.imported || bindings.some(({ imported }) => !imported)) return null;
  const statement = facts.imports[binding.imported.statement] as ImportStatement;
  const start = linker.imported(path, statement, binding.imported.name);
  return start.kind === 'module'
    ? linker.follow(
        start,
        use.attributes.map(({ name }) => name),
      ).value
    : null;
}

/** Such as `mock.patch("pkg.mod.name")`; a person may know better. */
function lostStrings({ codebase }: Linker, unit: PythonUnit, lost: readonly Lost[]): Problem[] {
  return unit.facts.strings.flatMap(({ span, role }) => {
    const text = unit.text.slice(span.start, span.end).replace(':', '.');
    if (role === 'docstring' || !lost.some(({ dotted }) => dotted.has(text))) return [];
    const place = { path: unit.path, ...codebase.place(unit.path, unit.toFile(span.start)) };
    const hint = `let the transform rewrite it too, or --accept string-reference:${unit.path}:${place.line}`;
    return [
      problem('string-reference', `this string names '${text}', which would no longer be there`, { place, hint }),
    ];
  });
}
