/**
 * Would everything still import? Simulates, before and after a change, what Python does when each affected module is
 * imported first, and reports what is new: failures, requirements, modules whose side effects are lost.
 */
import { edgesOf } from '../edges.js';
import type { Linker } from '../linker.js';
import type { Problem } from '../model.js';
import { directoryOf, isPackageInit } from '../paths.js';
import { type Comparison, compareOutcomes } from './compare-outcomes.js';
import type { Recorded } from './outcomes.js';
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
  readonly isModule: ReadonlySet<string>;
  readonly reach: Reach;
  readonly simulation: Simulation;
  readonly outcomes: Map<string, Outcome>;
}

const known = new WeakMap<Linker, Known>();

/** Problems that importing the affected modules would newly have; empty when everything imports as before. */
export function importOrderProblems(check: ImportOrderCheck): Problem[] {
  const old = knownOf(check.before);
  const now = knownOf(check.after);
  const places = new Places(check);
  const entries = reachable(check, old, now, places).map((entry) => ({ entry, standIn: places.standIn(entry) }));
  const earlier = outcomesOf(
    old,
    entries.flatMap(({ standIn }) => standIn ?? []),
  );
  const packages = newPackageMembers(check, old.modules);
  const { files } = check.before.codebase.snapshot;
  const changing = files.flatMap(({ path }) => (packages.has(path) || places.changes(path) ? path : []));
  const affected = entries.filter(({ entry, standIn }) => {
    const outcome = standIn === null ? undefined : earlier.get(standIn);
    return !outcome || check.touched.has(entry) || changing.some((path) => outcome.ran.has(path));
  });
  const later = outcomesOf(
    now,
    affected.map(({ entry }) => entry),
  );
  const compared = affected.flatMap(({ entry, standIn }): Comparison[] => {
    const after = later.get(entry);
    const before = standIn === null ? undefined : earlier.get(standIn);
    return after ? [{ entry, standIn, before: before ?? null, after, isNew: places.isNew(entry) }] : [];
  });
  // A module that moves leaves its old parents behind; what they do is its concern only where it uses what they change.
  const moved = new Set(check.relabel.values());
  return compareOutcomes(compared, {
    place: places.place,
    before: old.simulation.needs,
    after: now.simulation.needs,
    traced: (entry, recorded) => traced(check.after, entry, recorded),
    isRequired: (name) => check.after.codebase.layout.isRequired(name),
    concerns: (target, entry) => !moved.has(entry) || imports(check.after, entry, target),
  });
}

/** What runs once for many entries does not know by which statements each of them came to it. */
function traced(linker: Linker, entry: string, { failure, fate }: Recorded): Recorded {
  const { path, line, message } = failure;
  const isSame = (each: Recorded) =>
    each.fate === fate && each.failure.path === path && each.failure.line === line && each.failure.message === message;
  const alone = new Simulation(linker).outcomes([entry]).get(entry);
  return alone?.failures.findLast(isSame) ?? { failure, fate };
}

function imports(linker: Linker, path: string, other: string): boolean {
  const unit = linker.codebase.unitOrNone(path);
  return unit !== undefined && edgesOf(linker, unit).edges.some(({ importedPath }) => importedPath === other);
}

/** Where files stand before and after. */
class Places {
  private readonly back: ReadonlyMap<string, string>;

  constructor(private readonly check: ImportOrderCheck) {
    this.back = new Map([...check.relabel].map(([from, to]) => [to, from]));
  }

  readonly place = (path: string): string => this.check.relabel.get(path) ?? path;

  origin(path: string): string {
    return this.back.get(path) ?? path;
  }

  /** The file stands nowhere before. */
  isNew(path: string): boolean {
    return !this.check.before.codebase.layout.has(this.origin(path));
  }

  /** The module whose import before is to be compared: itself, or for a new file the package that it comes into. */
  standIn(path: string): string | null {
    const { layout } = this.check.before.codebase;
    const own = this.origin(path);
    if (layout.has(own)) return own;
    for (let here = directoryOf(path); here !== ''; here = directoryOf(here))
      if (layout.has(`${here}/__init__.py`)) return `${here}/__init__.py`;
    return null;
  }

  /** The file moves, is rewritten, or goes. */
  changes(path: string): boolean {
    const { relabel, touched, after } = this.check;
    const gone = path.endsWith('.py') && !after.codebase.layout.has(this.place(path));
    return gone || relabel.has(path) || touched.has(this.place(path));
  }
}

/** Modules afterwards that could have to do with the change, before or after it. */
function reachable({ relabel, touched, before }: ImportOrderCheck, old: Known, now: Known, places: Places): string[] {
  const isThere = (path: string) => before.codebase.layout.has(path);
  const gone = old.modules.filter((path) => !now.isModule.has(places.place(path)));
  const changed = [...[...touched].map((path) => places.origin(path)), ...relabel.keys(), ...gone];
  const joining = newPackageMembers({ before, touched }, old.modules);
  const earlier = old.reach.of([...changed.filter(isThere), ...joining]);
  const later = now.reach.of([...touched, ...relabel.values()]);
  return now.modules.filter((path) => later.has(path) || earlier.has(places.origin(path)) || earlier.has(path));
}

function knownOf(linker: Linker): Known {
  let found = known.get(linker);
  if (!found) {
    const { codebase } = linker;
    const isModule = (path: string) => path.endsWith('.py') && codebase.kind(path) === 'python';
    const modules = codebase.snapshot.files.map(({ path }) => path).filter(isModule);
    found = {
      modules,
      isModule: new Set(modules),
      reach: new Reach(linker, modules),
      simulation: new Simulation(linker),
      outcomes: new Map(),
    };
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
function newPackageMembers(
  { before, touched }: Pick<ImportOrderCheck, 'before' | 'touched'>,
  modules: readonly string[],
): Set<string> {
  const created = new Set(
    [...touched].filter((path) => isPackageInit(path) && !before.codebase.layout.has(path)).map(directoryOf),
  );
  return new Set(modules.filter((path) => created.has(directoryOf(path))));
}
