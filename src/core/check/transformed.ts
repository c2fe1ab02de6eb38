/**
 * What must hold whatever a user's own transform does to texts: files parse, imports lead somewhere, those that were not
 * touched lead where they led, and no name loses what it means. What a transform means to change is its own affair.
 */
import type { PythonUnit } from '../codebase.js';
import { edgesOf } from '../edges.js';
import type { Linker } from '../linker.js';
import type { Problem } from '../model.js';
import { problem } from '../problems.js';
import { bindingsOf, bindsAnywhere } from '../scopes.js';
import type { SkimmedImport } from '../skim.js';
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
  for (const { path } of after.codebase.pythonFiles()) {
    const [old, now] = [before.codebase.unitOrNone(path), after.codebase.unitOrNone(path)];
    if (!now) continue;
    if (changed.has(path) || !old) {
      const broken = parses(after, old, now);
      problems.push(...broken);
      // What follows would only repeat it in other words.
      if (broken.length > 0) continue;
    }
    problems.push(...newlyUnresolved(before, after, old, now));
    if (old) problems.push(...ledElsewhere(before, after, old, now));
    if (old && changed.has(path)) problems.push(...newlyUnbound(before, after, old, now));
  }
  return problems.length > 0 ? problems : lostNames(before, after, rewritten);
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

function newlyUnresolved(before: Linker, after: Linker, old: PythonUnit | undefined, now: PythonUnit): Problem[] {
  const known = new Set(old ? edgesOf(before, old).unresolved.map(({ name, when }) => `${when}\0${name}`) : []);
  return edgesOf(after, now)
    .unresolved.filter(({ name, when }) => !known.has(`${when}\0${name}`))
    .map(({ path, line, name, reason }) =>
      problem('check-unresolved', `'${name}' would not resolve: ${reason}`, { place: { path, line, column: 1 } }),
    );
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

/** Names that something gave before and nothing gives now. What is new may be built in. */
function newlyUnbound(before: Linker, after: Linker, old: PythonUnit, now: PythonUnit): Problem[] {
  const found = new Map<string, Problem>();
  const wasKnown = (name: string) => bindsAnywhere(old.facts, name) || isGiven(before, old, name);
  const wasLoose = new Set(
    old.facts.uses.filter((use) => isLoose(before, old, use.scope, use.name)).map(({ name }) => name),
  );
  for (const { name, scope, span } of now.facts.uses) {
    if (found.has(name) || wasLoose.has(name) || !isLoose(after, now, scope, name) || !wasKnown(name)) continue;
    const place = { path: now.path, ...after.codebase.place(now.path, now.toFile(span.start)) };
    found.set(name, problem('check-binding', `'${name}' would no longer be bound here`, { place }));
  }
  return [...found.values()];
}

function isLoose(linker: Linker, unit: PythonUnit, scope: number, name: string): boolean {
  return bindingsOf(unit.facts, scope, name).scope === -1 && !isGiven(linker, unit, name);
}

/** By a star import. */
function isGiven(linker: Linker, { path }: PythonUnit, name: string): boolean {
  const { kind } = linker.lookup(path, name);
  return kind !== 'missing' && kind !== 'unknown';
}
