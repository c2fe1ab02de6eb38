/**
 * Modules whose import always goes the same way: it had to do with nothing that was half imported around it.  They run once; afterwards what they leave behind is put back where it is needed.
 */
import { areAlike } from './alike.js';
import type { Machine, Running, Written } from './machine.js';
import type { Effect, Recorded } from './outcomes.js';
import type { ModuleValue } from './values.js';

/** One module's body, run to its end. */
interface Finished {
  readonly module: ModuleValue;
  readonly parent: ModuleValue | null;
  readonly imported: ReadonlySet<string>;
  readonly read: ReadonlySet<string>;
  readonly effects: readonly Effect[];
  readonly possible: readonly string[];
  readonly failures: readonly Recorded[];
  readonly written: readonly Written[];
}

/** The state when a module began to run. */
export interface Start {
  readonly ran: number;
  readonly depth: number;
  readonly trail: number;
}

export class Settled {
  /** Bodies that ran, in whatever state. */
  readonly finished = new Map<string, Finished>();
  /** Those that would run the same in any other. */
  readonly known = new Map<string, Finished>();
  /** For modules that may be imported without running again: all files that run with them. */
  readonly closures = new Map<string, readonly string[]>();
}

/**
 * Keeps a module that has just run, with those that ran inside it, if that would have gone the same anywhere. Modules of a
 * circle run in another order when another of them is the first; where they come to the same, those that are known take
 * the place of those that ran.
 * @returns the module as it is from now on
 */
export function settle(
  machine: Machine,
  start: Start,
  module: ModuleValue,
  parent: ModuleValue | null,
  running: Running,
): ModuleValue {
  const { settled } = machine;
  const { path } = module.found;
  const { imported, read, effects, possible, failures, written } = running;
  settled.finished.set(path, { module, parent, imported, read, effects, possible, failures, written });
  const runs = running.lowest < start.depth ? null : runsSince(machine, start);
  if (!runs) return module;
  const isAgain = [...runs.values()].some((each) => isAnother(settled, each));
  if (isAgain && !isRepetition(settled, runs)) return module;
  const closure = closureOf(settled, runs, path);
  if (!closure) return module;
  settled.closures.set(path, [...closure]);
  if (isAgain) return exchange(machine, start, [...runs.keys()], path);
  for (const [each, finished] of runs) {
    finished.module.names.born = -1;
    settled.known.set(each, finished);
  }
  return module;
}

/** Another run of the module is known. */
function isAnother({ known }: Settled, { module }: Finished): boolean {
  return (known.get(module.found.path)?.module ?? module) !== module;
}

/** What ran to its end since then, all of it still there; `null` where something of it would not go the same anywhere. */
function runsSince({ settled, ran, modules }: Machine, start: Start): Map<string, Finished> | null {
  const runs = new Map<string, Finished>();
  for (const path of ran.slice(start.ran)) {
    const finished = settled.finished.get(path);
    if (!finished || modules.get(path) !== finished.module || finished.failures.some(dependsOnState)) return null;
    runs.set(path, finished);
  }
  return runs;
}

/** All of them are known, did the same to nobody but each other, and are alike. */
function isRepetition({ known }: Settled, runs: ReadonlyMap<string, Finished>): boolean {
  const pairs = [...runs].flatMap(([path, again]): [Finished, Finished][] => {
    const first = known.get(path);
    return first ? [[again, first]] : [];
  });
  const isInside = ({ target }: Effect) => target.startsWith('name:') || runs.has(target);
  return (
    pairs.length === runs.size &&
    pairs.every(([again, first]) => again.effects.every(isInside) && didTheSame(again, first, runs)) &&
    areAlike(pairs.map(([again, first]) => [again.module, first.module]))
  );
}

function didTheSame(again: Finished, first: Finished, runs: ReadonlyMap<string, Finished>): boolean {
  const parents = again.parent === first.parent || runs.has(again.parent?.found.path ?? '');
  const said = ({ imported, read, effects, possible, failures, written }: Finished) =>
    JSON.stringify([
      [...imported].sort(),
      [...read].sort(),
      effects,
      possible,
      failures,
      written.map(({ path, name }) => [path, name]),
    ]);
  return parents && (again.module === first.module || said(again) === said(first));
}

/** Puts modules that are known in the place of those that ran, as if those had never been. */
function exchange(machine: Machine, start: Start, paths: readonly string[], path: string): ModuleValue {
  const { settled, trail, modules } = machine;
  trail.undo(start.trail);
  const known = paths.map((each) => settled.known.get(each) as Finished);
  for (const each of known) {
    settled.finished.set(each.module.found.path, each);
    trail.put(modules, each.module.found.path, each.module);
  }
  for (const { module, parent } of known) if (parent) trail.put(parent.names, module.text.member, module);
  return (settled.known.get(path) as Finished).module;
}

/** Whether a package has an attribute depends on who has imported its submodules. */
function dependsOnState({ failure }: Recorded): boolean {
  return failure.what.kind === 'attribute';
}

/** All that a module's import runs; `null` when something of it is not settled, or it reads what others import. */
function closureOf(settled: Settled, runs: ReadonlyMap<string, Finished>, path: string): Set<string> | null {
  const closure = new Set(runs.keys());
  const open = [...runs.keys(), path];
  for (let here = open.pop(); here !== undefined; here = open.pop()) {
    const finished = runs.get(here) ?? settled.known.get(here);
    if (!finished) return null;
    for (const next of finished.imported) {
      if (!closure.has(next)) open.push(next);
      closure.add(next);
    }
  }
  return [...runs.values()].every(({ read }) => [...read].every((other) => closure.has(other))) ? closure : null;
}

/** Puts back what importing a module leaves behind; `null` when it must run, because it is not settled or would meet another state. */
export function replay(machine: Machine, path: string): ModuleValue | null {
  const { settled, modules, trail } = machine;
  const closure = settled.closures.get(path);
  if (!closure) return null;
  const missing: Finished[] = [];
  for (const each of closure) {
    const finished = settled.known.get(each) as Finished;
    const present = modules.get(each);
    if (present && (present !== finished.module || machine.loading.has(present))) return null;
    if (!present) missing.push(finished);
  }
  const around = machine.frames.map((frame) => ({ path: frame.module.found.path, line: frame.line }));
  for (const { module, effects, possible, failures } of missing) {
    trail.put(modules, module.found.path, module);
    machine.ran.push(module.found.path);
    machine.effects.push(...effects);
    machine.possible.push(...possible);
    for (const { failure, fate } of failures)
      machine.failures.push({ failure: { ...failure, chain: [...around, ...failure.chain] }, fate });
  }
  for (const { module, parent, written } of missing) {
    for (const { path: other, name, value } of written) {
      const names = modules.get(other)?.names;
      if (names) trail.put(names, name, value);
    }
    const name = module.text.member;
    if (parent && !parent.names.has(name)) trail.put(parent.names, name, module);
  }
  return modules.get(path) ?? null;
}
