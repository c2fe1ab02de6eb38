/**
 * Would everything still import? Simulates, before and after a change, what Python does when each affected module is
 * imported first, and reports what is new: failures, requirements, modules whose side effects are lost.
 */
import type { Linker } from '../linker.js';
import type { Problem } from '../model.js';
import { directoryOf, isPackageInit } from '../paths.js';
import { type Comparison, compareOutcomes } from './compare-outcomes.js';
import { Reach } from './reach.js';
import { type Outcome, Simulation } from './simulation.js';

export interface ImportOrderCheck {
  readonly before: Linker;
  readonly after: Linker;
  /** Where files that move stand afterwards. */
  readonly relabel: ReadonlyMap<string, string>;
  /** Files that are moved, rewritten or created, by their path afterwards. */
  readonly touched: ReadonlySet<string>;
}

/** What of a state is the same for every change to it. */
interface Known {
  readonly modules: readonly string[];
  readonly reach: Reach;
  readonly simulation: Simulation;
  readonly outcomes: Map<string, Outcome>;
}

const known = new WeakMap<Linker, Known>();

/** Problems that importing the affected modules would newly have; empty when everything imports as before. */
export function importOrderProblems({ before, after, relabel, touched }: ImportOrderCheck): Problem[] {
  const old = knownOf(before);
  const now = knownOf(after);
  const back = new Map([...relabel].map(([from, to]) => [to, from]));
  const origin = (path: string) => back.get(path) ?? path;
  const place = (path: string) => relabel.get(path) ?? path;
  const changed = [...touched].map(origin).concat([...relabel.keys()]);
  const packages = newPackageMembers(before, old.modules, touched);
  const reachable = old.reach.of([...changed, ...packages]);
  const reachableAfter = now.reach.of([...touched, ...relabel.values()]);
  const entries = now.modules.filter(
    (path) => reachableAfter.has(path) || reachable.has(origin(path)) || reachable.has(path),
  );
  const earlier = outcomesOf(
    old,
    entries.flatMap((path) => [origin(path), path]).filter((path) => before.codebase.layout.has(path)),
  );
  const affected = entries.filter((path) => isAffected(earlier.get(origin(path)), path));
  const later = outcomesOf(now, affected);
  const compared = affected.flatMap((path): Comparison[] => {
    const outcome = later.get(path);
    return outcome ? [{ entry: path, before: earlier.get(origin(path)) ?? null, after: outcome }] : [];
  });
  return compareOutcomes(compared, { place, before: old.simulation.needs, after: now.simulation.needs, origin });

  function isAffected(outcome: Outcome | undefined, path: string): boolean {
    if (!outcome || touched.has(path)) return true;
    return outcome.ran.some((ran) => relabel.has(ran) || touched.has(place(ran)) || packages.has(ran));
  }
}

function knownOf(linker: Linker): Known {
  let found = known.get(linker);
  if (!found) {
    const { codebase } = linker;
    const isModule = (path: string) => path.endsWith('.py') && codebase.kind(path) === 'python';
    const modules = codebase.snapshot.files.map(({ path }) => path).filter(isModule);
    found = { modules, reach: new Reach(linker, modules), simulation: new Simulation(linker), outcomes: new Map() };
    known.set(linker, found);
  }
  return found;
}

function outcomesOf(state: Known, paths: readonly string[]): ReadonlyMap<string, Outcome> {
  const missing = paths.filter((path) => !state.outcomes.has(path));
  for (const [path, outcome] of state.simulation.outcomes(missing)) state.outcomes.set(path, outcome);
  return state.outcomes;
}

/** Files of directories that become packages: a new `__init__` runs before them. */
function newPackageMembers(before: Linker, modules: readonly string[], touched: ReadonlySet<string>): Set<string> {
  const created = new Set(
    [...touched].filter((path) => isPackageInit(path) && !before.codebase.layout.has(path)).map(directoryOf),
  );
  return new Set(modules.filter((path) => created.has(directoryOf(path))));
}
