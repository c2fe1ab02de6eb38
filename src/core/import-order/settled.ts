/**
 * Modules whose import always goes the same way: it had to do with nothing that was half imported around it. They run once;
 * afterwards what they leave behind is put back where it is needed.
 */
import { areAlike } from './alike.js';
import { Bits } from './bits.js';
import type { Machine } from './machine.js';
import type { Effect, Recorded } from './outcomes.js';
import type { Running, Written } from './running.js';
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

/** One that would run the same in any state. */
interface Known extends Finished {
  readonly number: number;
  /** Somebody may notice that it ran, other than by what is imported. */
  readonly isNoticed: boolean;
}

/** The state when a module began to run. */
export interface Start {
  readonly ran: number;
  readonly depth: number;
  readonly trail: number;
}

/** All that runs with a module: by number, and what is noticed of it, in its order. */
interface Closure {
  readonly members: Bits;
  readonly noticed: readonly Known[];
}

export class Settled {
  /** Bodies that ran, in whatever state. */
  readonly finished = new Map<string, Finished>();
  readonly known = new Map<string, Known>();
  readonly byNumber: Known[] = [];
  /** By package: those that it has as attributes once they are imported. */
  readonly members = new Map<ModuleValue, Map<string, Known>>();
  /** For modules that may be imported without running again. */
  readonly closures = new Map<string, Closure>();

  add(finished: Finished): number {
    const { module, parent, effects, possible, failures, written } = finished;
    const isNoticed = [effects, possible, failures, written].some(({ length }) => length > 0);
    const known = { ...finished, number: this.byNumber.length, isNoticed };
    module.names.born = -1;
    this.byNumber.push(known);
    this.known.set(module.found.path, known);
    this.finished.set(module.found.path, known);
    if (parent) this.members.set(parent, (this.members.get(parent) ?? new Map()).set(module.text.member, known));
    return known.number;
  }
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
  const isAgain = [...runs.keys()].some((each) => settled.known.has(each));
  if (isAgain && !isRepetition(settled, runs)) return module;
  const before = closureBefore(settled, runs);
  if (!before) return module;
  if (!isAgain) machine.modules.keep(Bits.of([...runs.values()].map((finished) => settled.add(finished))));
  const closure = closureOf(machine, start, runs, before);
  settled.closures.set(path, closure);
  if (isAgain) exchange(machine, start, runs, closure);
  return (settled.known.get(path) as Known).module;
}

/** What ran to its end since then, but for what is known; `null` where something of it would not go the same anywhere. */
function runsSince({ settled, ran, modules }: Machine, start: Start): Map<string, Finished> | null {
  const runs = new Map<string, Finished>();
  for (let at = start.ran; at < ran.length; at++) {
    const path = ran[at] as string;
    const finished = settled.finished.get(path);
    const module = modules.get(path);
    if (!finished || module !== finished.module || finished.failures.some(dependsOnState)) return null;
    if (module !== settled.known.get(path)?.module) runs.set(path, finished);
  }
  return runs;
}

/** Whether a package has an attribute depends on who has imported its submodules. */
function dependsOnState({ failure }: Recorded): boolean {
  return failure.what.kind === 'attribute';
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
  const said = ({ imported, read, effects, possible, failures, written }: Finished) =>
    JSON.stringify([
      [...imported].sort(),
      [...read].sort(),
      effects,
      possible,
      failures,
      written.map(({ path, name }) => [path, name]),
    ]);
  return (again.parent === first.parent || runs.has(again.parent?.found.path ?? '')) && said(again) === said(first);
}

/** Puts modules that are known in the place of those that ran, as if those had never been. */
function exchange(machine: Machine, start: Start, runs: ReadonlyMap<string, Finished>, closure: Closure): void {
  const { settled, trail } = machine;
  trail.undo(start.trail);
  restore(machine, closure);
  for (const path of runs.keys()) {
    const known = settled.known.get(path) as Known;
    settled.finished.set(path, known);
    if (known.parent) trail.put(known.parent.names, known.module.text.member, known.module);
  }
}

/** What is known of all that an import runs; `null` when something of it is not settled, or it reads what others import. */
function closureBefore(settled: Settled, runs: ReadonlyMap<string, Finished>): Closure | null {
  let members = Bits.NONE;
  const noticed = new Set<Known>();
  const open = [...runs.values()].flatMap(({ imported }) => [...imported]);
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const known = settled.known.get(path);
    if (runs.has(path) || (known && members.has(known.number))) continue;
    if (!known) return null;
    const own = settled.closures.get(path);
    members = members.or(own?.members ?? Bits.of([known.number]));
    for (const each of own?.noticed ?? (known.isNoticed ? [known] : [])) noticed.add(each);
    if (!own) open.push(...known.imported);
  }
  const isThere = (path: string) => runs.has(path) || members.has(settled.known.get(path)?.number ?? -1);
  const isAll = [...runs.values()].every(({ read }) => [...read].every(isThere));
  return isAll ? { members, noticed: [...noticed] } : null;
}

/** What ran comes first. */
function closureOf(
  { settled, ran }: Machine,
  start: Start,
  runs: ReadonlyMap<string, Finished>,
  before: Closure,
): Closure {
  const knownOf = (path: string) => settled.known.get(path) as Known;
  const own = ran.slice(start.ran).map(knownOf);
  const numbers = Bits.of([...runs.keys()].map((path) => knownOf(path).number));
  return {
    members: before.members.or(numbers),
    noticed: [...new Set([...own.filter(({ isNoticed }) => isNoticed), ...before.noticed])],
  };
}

/** Puts back what importing a module leaves behind; `null` when it must run, because it is not settled or would meet another state. */
export function replay(machine: Machine, path: string): ModuleValue | null {
  const { settled, modules } = machine;
  const closure = settled.closures.get(path);
  if (!closure || modules.conflictsWith(closure.members)) return null;
  const around = machine.frames.map((frame) => ({ path: frame.module.found.path, line: frame.line }));
  for (const { module, effects, possible, failures } of restore(machine, closure)) {
    machine.ran.push(module.found.path);
    machine.effects.push(...effects);
    machine.possible.push(...possible);
    for (const { failure, fate } of failures)
      machine.failures.push({ failure: { ...failure, chain: [...around, ...failure.chain] }, fate });
  }
  return modules.get(path) ?? null;
}

/** Makes modules be there without running them. Gives those that were not there and of which something is noticed. */
function restore({ modules, trail }: Machine, { members, noticed }: Closure): Known[] {
  const missing = modules.restore(members);
  const restored = noticed.filter(({ number }) => missing.has(number));
  for (const { path, name, value } of restored.flatMap(({ written }) => written)) {
    const names = modules.get(path)?.names;
    if (names) trail.put(names, name, value);
  }
  return restored;
}
