/**
 * Names that a module gave to others and gives no longer. Who uses them outside of the repository cannot be seen, so it is
 * a warning; a name that `__all__` goes on to list is an error.
 */
import type { PythonUnit } from '../codebase.js';
import type { Binding, Facts } from '../facts.js';
import type { Linker } from '../linker.js';
import type { Problem } from '../model.js';
import { isPackageInit } from '../paths.js';
import { problem } from '../problems.js';
import { unreachedNames } from './unreached.js';

export function lostExports(before: Linker, after: Linker, rewritten: readonly string[]): Problem[] {
  return rewritten.flatMap((path) => {
    const [old, now] = [before.codebase.unitOrNone(path), after.codebase.unitOrNone(path)];
    if (!old || !now || now.facts.syntaxErrors.length > 0) return [];
    const listed = lostFromList(before, after, old, now);
    return [...listed, ...lostFromModule(before, after, old, now)];
  });
}

function lostFromList(before: Linker, after: Linker, old: PythonUnit, now: PythonUnit): Problem[] {
  return (now.facts.exports?.names ?? [])
    .filter(({ name }) => isGone(after, now, name) && !(lists(old, name) && isGone(before, old, name)))
    .map(({ name, span }) => {
      const place = { path: now.path, ...after.codebase.place(now.path, now.toFile(span.start)) };
      const hint = 'let the transform take it from the list, or keep the name';
      return problem('check-binding', `'__all__' lists '${name}', which would not be there`, { place, hint });
    });
}

function lostFromModule(before: Linker, after: Linker, old: PythonUnit, now: PythonUnit): Problem[] {
  if (!isForOthers(before, old.path)) return [];
  const lost = publicNames(before, old).filter(
    (name) => !lists(now, name) && !isGone(before, old, name) && isGone(after, now, name),
  );
  if (lost.length === 0) return [];
  const names = lost.map((name) => `'${name}'`);
  const all = names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  const message = `${all} would no longer be there for users outside of the repository`;
  const hint = 'leave the old name beside the new one where somebody may use it';
  return [problem('export-lost', message, { severity: 'warning', place: old.path, hint })];
}

const lists = ({ facts }: PythonUnit, name: string): boolean =>
  facts.exports?.names.some((each) => each.name === name) === true;

/** Neither the module itself nor a file beside it gives the name. */
function isGone(linker: Linker, unit: PythonUnit, name: string): boolean {
  const { path } = unit;
  const kind = isPackageInit(path) ? 'package' : 'module';
  return linker.member({ kind, path }, name).kind === 'missing' || unreachedNames(unit).has(name);
}

const TESTS = /(?:^|\/)(?:tests?|testing|docs?|examples?)\/|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest|setup)\.py$/;

/** Modules that have a name without an underscore in front, tests not. */
function isForOthers({ codebase }: Linker, path: string): boolean {
  const [name] = codebase.layout.namesOf(path);
  return name !== undefined && !TESTS.test(path) && !name.split('.').some((part) => part.startsWith('_'));
}

/** What `__all__` lists; else what the module defines, and imports that are there to be handed on. */
function publicNames(before: Linker, { path, facts }: PythonUnit): string[] {
  if (facts.exports) return [...new Set(facts.exports.names.map(({ name }) => name))];
  const bindings = facts.scopes[0]?.bindings ?? [];
  const names = new Set(bindings.map(({ name }) => name).filter((name) => !name.startsWith('_')));
  const hidden = bindings.filter((binding) => !isHandedOn(before, path, facts, binding));
  for (const { name } of hidden) names.delete(name);
  return [...names];
}

/** A definition; `import x as x`, which says so; what a package takes from modules of the repository, its own mostly. */
function isHandedOn(before: Linker, path: string, facts: Facts, { imported }: Binding): boolean {
  const statement = imported && facts.imports[imported.statement];
  if (!imported || !statement) return true;
  if (statement.when === 'typing' || statement.kind !== 'from') return false;
  const written = statement.names[imported.name];
  if (written?.alias === written?.name) return true;
  return isPackageInit(path) && before.module(path, statement.level, statement.module).found !== null;
}
