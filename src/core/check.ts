/**
 * The differential check: links the virtual result of a change and compares it with the state before, without knowing
 * how the edits were computed. An empty answer means: every import resolves as before under its new name, every name
 * use is bound as before, every changed file still parses.
 */
import type { Codebase, PythonUnit } from './codebase.js';
import { isPythonKind } from './codebase.js';
import { edgesOf, type FileEdges, type ImportEdge } from './edges.js';
import type { Binding, ImportStatement, NameUse, Scope } from './facts.js';
import type { Found } from './layout.js';
import type { Linker, Value } from './linker.js';
import type { Problem } from './model.js';
import { moduleBase } from './paths.js';
import { problem } from './problems.js';
import { bindingsOf } from './scopes.js';

export interface Checked {
  readonly before: Linker;
  readonly after: Linker;
  /** What answers to a file, or a namespace package's directory, afterwards: its new place, or what replaces it. */
  readonly place: (path: string) => string;
  /** What a file of the result stands for: a shim for its module, any other for itself. */
  readonly standsFor: (path: string) => string;
  /** Where the file itself stands afterwards; `null` when it is deleted. */
  readonly file: (path: string) => string | null;
  /** Python files and packages that move or go: whatever spells their names is compared. */
  readonly changed: readonly string[];
  /** Files whose bytes change, by their path before. */
  readonly rewritten: readonly string[];
  /** `path:line` of references that a person accepted as they are. */
  readonly accepted: ReadonlySet<string>;
}

/** Everything that would be worse afterwards. */
export function checkChange(checked: Checked): Problem[] {
  const problems: Problem[] = [];
  for (const path of affectedFiles(checked)) {
    const file = checked.file(path);
    const before = checked.before.codebase.unitOrNone(path);
    const after = file === null ? undefined : checked.after.codebase.unitOrNone(file);
    if (!before || !after) continue;
    problems.push(
      ...parses(before, after),
      ...sameEdges(checked, before, after),
      ...sameNames(checked, before, after),
      ...sameExports(before, after),
      ...sameBindings(checked, before, after),
    );
  }
  return problems;
}

/** Rewritten and moved files, and every other Python file that spells the name of one that moves or goes. */
function affectedFiles({ before, changed, rewritten, file }: Checked): string[] {
  const names = [...new Set(changed.map(moduleBase))];
  const isPython = (path: string) => isPythonKind(before.codebase.kind(path));
  const known = before.codebase.snapshot.files.map((entry) => entry.path).filter(isPython);
  const spelling = known.filter((path) => file(path) !== path || spellsAny(before.codebase, path, names));
  return [...new Set([...rewritten.filter(isPython), ...spelling])].sort();
}

function spellsAny(codebase: Codebase, path: string, names: readonly string[]): boolean {
  const bytes = codebase.snapshot.read(path);
  if (!(bytes instanceof Uint8Array)) return false;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return names.some((name) => buffer.includes(name));
}

function parses(before: PythonUnit, after: PythonUnit): Problem[] {
  if (after.facts.syntaxErrors.length <= before.facts.syntaxErrors.length) return [];
  return [problem('check-syntax', 'the file would no longer parse', { place: after.path })];
}

/**
 * graph(after) = relabel(graph(before)), file by file; lines may shift. Packages that an import only passes through change
 * with the module's home, and may then be imported for themselves.
 */
function sameEdges(checked: Checked, before: PythonUnit, after: PythonUnit): Problem[] {
  const old = edgesOf(checked.before, before);
  const now = edgesOf(checked.after, after);
  const expected = new Map(
    old.edges.filter(matters).map((edge) => [edgeKey(edge, checked.place(edge.importedPath)), edge]),
  );
  const actual = new Map(
    now.edges.filter(matters).map((edge) => [edgeKey(edge, checked.standsFor(edge.importedPath)), edge]),
  );
  const passed = new Set(
    old.edges.filter(({ form }) => form === 'implicit').map((edge) => checked.place(edge.importedPath)),
  );
  const lost = [...expected].filter(([key, edge]) => !actual.has(key) && !isAccepted(checked, edge));
  // A string that is left as it is may now read as a package: that imports nothing.
  const gained = [...actual].filter(
    ([key, { form, importedPath }]) =>
      !expected.has(key) && !passed.has(importedPath) && form !== 'string' && form !== 'path',
  );
  return [
    ...lost.map(([, edge]) =>
      edgeProblem(
        'check-import-lost',
        edge,
        `this import of ${edge.importedPath} would no longer lead to ${checked.place(edge.importedPath)}`,
      ),
    ),
    ...gained.map(([, edge]) =>
      edgeProblem('check-import-new', edge, `this line would newly import ${edge.importedPath}`),
    ),
    ...newlyUnresolved(old, now),
  ];
}

/** What a string could complete is judged with the string. */
function matters(edge: ImportEdge): boolean {
  return edge.form !== 'implicit' && !edge.guessed;
}

/** `from p import m` and `import m` load the same module; which of them is written depends on where it stands. */
function edgeKey({ form, when }: ImportEdge, importedPath: string): string {
  return `${importedPath}\0${form === 'from' ? 'import' : form}\0${when}`;
}

/** Strings and computed names that a person took on themselves need not follow. */
function isAccepted(checked: Checked, edge: ImportEdge): boolean {
  const byValue = edge.form === 'path' || edge.form === 'string' || edge.form === 'dynamic';
  return byValue && checked.accepted.has(`${edge.path}:${edge.line}`);
}

function edgeProblem(code: string, edge: ImportEdge, message: string): Problem {
  return problem(code, message, { place: { path: edge.path, line: edge.line, column: 1 } });
}

/** What was missing before may go on missing, under whatever name. */
function newlyUnresolved(old: FileEdges, now: FileEdges): Problem[] {
  const key = ({ name, when }: FileEdges['unresolved'][number]) => `${when}\0${name.slice(name.lastIndexOf('.') + 1)}`;
  const known = new Set(old.unresolved.map(key));
  return now.unresolved
    .filter((import_) => !known.has(key(import_)))
    .map((import_) =>
      problem('check-unresolved', `'${import_.name}' would not resolve: ${import_.reason}`, {
        place: { path: import_.path, line: import_.line, column: 1 },
      }),
    );
}

/**
 * What a module or a class binds is there for others, whether the file itself uses it or not. Only the name of a module may
 * change, with the module's own.
 */
function sameNames(checked: Checked, before: PythonUnit, after: PythonUnit): Problem[] {
  if (before.facts.scopes.length !== after.facts.scopes.length) return [];
  return before.facts.scopes.flatMap((scope, index) => {
    const now = after.facts.scopes[index] as Scope;
    if (scope.kind !== 'module' && scope.kind !== 'class') return [];
    const bound = new Set(now.bindings.map(({ name }) => name));
    const gone = scope.bindings.filter(({ name }) => !bound.has(name));
    const meant = new Set(now.bindings.flatMap((binding) => moduleKey(checked, checked.after, after, binding) ?? []));
    const lost = gone
      .filter(
        (binding) => hasAlias(before, binding) || !meant.has(moduleKey(checked, checked.before, before, binding) ?? ''),
      )
      .map(({ name }) => `'${name}' would no longer be bound here`);
    const meanings = new Set(now.bindings.map((binding) => meaning(checked, checked.after, after, binding)));
    const other = scope.bindings
      .filter((binding) => bound.has(binding.name) && !meanings.has(meaning(checked, checked.before, before, binding)))
      .map(({ name }) => `'${name}' would no longer be what it was in every branch`);
    return [...new Set([...lost, ...other])].map((message) => problem('check-binding', message, { place: after.path }));
  });
}

/** A name and what one of its bindings makes of it. */
function meaning(checked: Checked, linker: Linker, unit: PythonUnit, { name, kind, imported }: Binding): string {
  const statement = imported ? unit.facts.imports[imported.statement] : undefined;
  if (!imported || !statement) return `${name} ${kind}`;
  return `${name} ${valueKey(checked, linker.imported(unit.path, statement, imported.name), linker === checked.before)}`;
}

/** What is listed for a star import is listed again, modules under their new names. */
function sameExports(before: PythonUnit, after: PythonUnit): Problem[] {
  const [old, now] = [before.facts.exports?.names ?? [], after.facts.exports?.names ?? []];
  const bound = new Set((after.facts.scopes[0] as Scope).bindings.map(({ name }) => name));
  const listed = new Set(now.map(({ name }) => name));
  const lost = old.filter(({ name }) => bound.has(name) && !listed.has(name));
  const messages = [
    ...lost.map(({ name }) => `'${name}' would no longer be listed in __all__`),
    ...(now.length < old.length ? [`__all__ would list ${now.length} names instead of ${old.length}`] : []),
  ];
  return messages.map((message) => problem('check-binding', message, { place: after.path }));
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

/** A name that somebody chose stays. */
function hasAlias({ facts }: PythonUnit, { imported }: Binding): boolean {
  const name = imported ? facts.imports[imported.statement]?.names[imported.name] : undefined;
  return name !== undefined && name.alias !== null && name.alias !== name.name.split('.').at(-1);
}

function moduleOf(value: Value): Found | null {
  return value.kind === 'module' ? value.found : null;
}

/** Each use of a name must be bound in the same scope, to the same kind of thing, and to the same module. */
function sameBindings(checked: Checked, before: PythonUnit, after: PythonUnit): Problem[] {
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
  const kinds = bindings.map((binding) => {
    if (!binding.imported) return binding.kind;
    const statement = unit.facts.imports[binding.imported.statement] as ImportStatement;
    const { value, used } = linker.follow(linker.imported(unit.path, statement, binding.imported.name), attributes);
    return [valueKey(checked, value, isBefore), ...attributes.slice(used)].join('.');
  });
  return `${scope}:${scope === -1 ? use.name : [...new Set(kinds)].sort().join(',')}`;
}

function valueKey(checked: Checked, value: Value, isBefore: boolean): string {
  const place = (path: string) => (isBefore ? checked.place(path) : path);
  if (value.kind === 'module') return `module ${place(value.found.path)}`;
  if (value.kind === 'object') return `object ${place(value.path)} ${value.name}`;
  return value.kind === 'external' ? `external ${value.dotted}` : value.kind;
}
