/**
 * Modules whose import always goes the same way: it had to do with nothing that was half imported around it.  They run once; afterwards what they leave behind is put back where it is needed.
 */
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
}

export class Settled {
  /** Bodies that ran, in whatever state. */
  readonly finished = new Map<string, Finished>();
  /** Those that would run the same in any other. */
  readonly known = new Map<string, Finished>();
  /** For modules that may be imported without running again: all files that run with them. */
  readonly closures = new Map<string, readonly string[]>();
}

/** Keeps a module that has just run, with those that ran inside it, if that would have gone the same anywhere. */
export function settle(
  machine: Machine,
  start: Start,
  module: ModuleValue,
  parent: ModuleValue | null,
  running: Running,
): void {
  const { settled, ran } = machine;
  const { path } = module.found;
  const { imported, read, effects, possible, failures, written } = running;
  settled.finished.set(path, { module, parent, imported, read, effects, possible, failures, written });
  if (running.lowest < start.depth) return;
  const own = ran.slice(start.ran).map((each) => settled.finished.get(each));
  if (!own.every((each) => each !== undefined && isCurrent(machine, each) && !each.failures.some(dependsOnState)))
    return;
  const runs = new Map((own as Finished[]).map((each) => [each.module.found.path, each]));
  const closure = closureOf(settled, runs, path);
  if (!closure || ![...runs.values()].every((each) => [...each.read].every((other) => closure.has(other)))) return;
  for (const [each, finished] of runs) {
    finished.module.names.born = -1;
    settled.known.set(each, finished);
  }
  settled.closures.set(path, [...closure]);

  function isCurrent({ modules }: Machine, each: Finished): boolean {
    const known = settled.known.get(each.module.found.path);
    return modules.get(each.module.found.path) === each.module && (!known || known.module === each.module);
  }
}

/** Whether a package has an attribute depends on who has imported its submodules. */
function dependsOnState({ failure }: Recorded): boolean {
  return failure.what.kind === 'attribute';
}

/** All that a module's import runs; `null` when something of it is not settled. */
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
  return closure;
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
