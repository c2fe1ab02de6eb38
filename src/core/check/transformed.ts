/**
 * What must hold whatever a user's own transform does to texts: files parse, imports lead somewhere, those that were not
 * touched lead where they led, and no name means nothing now. What a transform means to change is its own affair; that
 * users outside of the repository lose a name is a warning.
 */
import type { PythonUnit } from '../codebase.js';
import { edgesOf } from '../edges.js';
import type { Linker } from '../linker.js';
import type { Problem } from '../model.js';
import { problem } from '../problems.js';
import type { SkimmedImport } from '../skim.js';
import { looseAttributes } from './loose-attributes.js';
import { looseNames } from './loose-names.js';
import { lostExports } from './lost-exports.js';
import { lostNames } from './lost-names.js';

export interface TransformedFiles {
  readonly before: Linker;
  readonly after: Linker;
  /** Paths of files that get another text. */
  readonly rewritten: readonly string[];
}

export function checkTransformed({ before, after, rewritten }: TransformedFiles): Problem[] {
  const changed = new Set(rewritten);
  const problems: Problem[] = [];
  const loose = looseNames(before, after);
  for (const { path } of after.codebase.pythonFiles()) {
    const [old, now] = [before.codebase.unitOrNone(path), after.codebase.unitOrNone(path)];
    if (!now) continue;
    if (changed.has(path) || !old) {
      const broken = parses(after, old, now);
      problems.push(...broken);
      // What follows would only repeat it in other words.
      if (broken.length > 0) continue;
    }
    problems.push(...newlyUnresolved(before, after, old, now, changed));
    if (old) problems.push(...ledElsewhere(before, after, old, now));
    if (!old || changed.has(path)) problems.push(...loose(old, now));
  }
  const lost = problems.length > 0 ? [] : lostNames(before, after, rewritten);
  // The same names, seen from the files that were changed.
  const attributes = problems.length + lost.length > 0 ? [] : looseAttributes(before, after, rewritten);
  return [...problems, ...lost, ...attributes, ...lostExports(before, after, rewritten)];
}

/** Files that did not parse before may go on so, not worse. */
function parses({ codebase }: Linker, old: PythonUnit | undefined, now: PythonUnit): Problem[] {
  const errors = now.facts.syntaxErrors;
  if (errors.length <= (old?.facts.syntaxErrors.length ?? 0)) return [];
  const first = Math.min(...errors.map(({ start }) => start));
  const place = { path: now.path, ...codebase.place(now.path, now.toFile(first)) };
  const message = `the file would no longer parse: ${codebase.lineText(now.path, now.toFile(first))}`;
  return [problem('check-syntax', message, { place, hint: 'mend the transform' })];
}

function newlyUnresolved(
  before: Linker,
  after: Linker,
  old: PythonUnit | undefined,
  now: PythonUnit,
  changed: ReadonlySet<string>,
): Problem[] {
  const known = new Set(old ? edgesOf(before, old).unresolved.map(({ name, when }) => `${when}\0${name}`) : []);
  return edgesOf(after, now)
    .unresolved.filter(({ name, when }) => !known.has(`${when}\0${name}`))
    .map(({ path, line, name, reason }) => {
      const place = { path, line, column: 1 };
      const cause = causeOf(after, path, name);
      if (cause === null || cause === path || !changed.has(cause))
        return problem('check-unresolved', `'${name}' would not resolve: ${reason}`, { place });
      const message = `'${name}' would not resolve: the transformed ${cause} does not bind this name`;
      const hint = `let the transform keep it, or leave the file out: --exclude ${cause}`;
      return problem('check-unresolved', message, { place, hint });
    });
}

/** The module that should have given the name. */
function causeOf(after: Linker, importer: string, written: string): string | null {
  const [, dots = '', names = ''] = /^(\.*)(.*)$/.exec(written) ?? [];
  const module = names.split('.').slice(0, -1).join('.');
  return dots === '' && module === '' ? null : (after.module(importer, dots.length, module).found?.path ?? null);
}

/** A statement that reads as before imports the same modules as before. */
function ledElsewhere(before: Linker, after: Linker, old: PythonUnit, now: PythonUnit): Problem[] {
  const led = new Map(old.skim.imports.map((each) => [keyOf(each), modulesOf(before, old.path, each)]));
  return now.skim.imports.flatMap((each) => {
    const was = led.get(keyOf(each));
    const is = modulesOf(after, now.path, each);
    const index = was?.findIndex((path, position) => path !== null && path !== is[position]) ?? -1;
    if (!was || index === -1) return [];
    const message = `this import of ${was[index]} would lead to ${is[index] ?? 'nothing'}`;
    return [
      problem('check-import-lost', message, { place: { path: now.path, line: now.lineInFile(each.line), column: 1 } }),
    ];
  });
}

function keyOf({ kind, level, module, names, when }: SkimmedImport): string {
  return JSON.stringify([kind, level, module, when, names.map(({ name, alias }) => [name, alias])]);
}

/** Files of the modules that a statement names: its own, and those of names that are modules. */
function modulesOf(linker: Linker, path: string, statement: SkimmedImport): (string | null)[] {
  if (statement.kind === 'import')
    return statement.names.map(({ name }) => linker.module(path, 0, name).found?.path ?? null);
  const inner = statement.names.map((_, index) => {
    const value = linker.imported(path, statement, index);
    return value.kind === 'module' ? value.found.path : null;
  });
  return [linker.module(path, statement.level, statement.module).found?.path ?? null, ...inner];
}
