/** Outcomes of imports before and after a change, compared entry by entry; what is new becomes one problem per cause. */
import type { Problem } from '../model.js';
import { problem } from '../problems.js';
import { chainText, entriesText } from './chains.js';
import type { Needs, Requirement } from './needs.js';
import type { Effect, Failure, Recorded } from './outcomes.js';
import type { Outcome } from './simulation.js';

/** One module, imported first in a fresh interpreter. `before` is `null` for a file that is wholly new. */
export interface Comparison {
  /** Its path afterwards. */
  readonly entry: string;
  /** The module that was imported before in its stead; the package for a new file. */
  readonly standIn: string | null;
  readonly before: Outcome | null;
  readonly after: Outcome;
  /** Nobody can have imported it before: only that it fails would matter. */
  readonly isNew: boolean;
}

export interface Sides {
  readonly place: (path: string) => string;
  readonly before: Needs;
  readonly after: Needs;
  /** The name comes with something that is always installed beside the repository's own packages. */
  readonly isRequired: (name: string) => boolean;
  /** A failure that did not end the import of an entry afterwards, with all statements that lead there. */
  readonly traced: (entry: string, recorded: Recorded) => Recorded;
  /** What another module does to the target can matter to who imports this one. */
  readonly concerns: (target: string, entry: string) => boolean;
}

/** A cause with the modules whose import it concerns. */
interface Finding<T> {
  readonly cause: T;
  readonly entries: string[];
}

export function compareOutcomes(comparisons: readonly Comparison[], sides: Sides): Problem[] {
  const failures = new Findings<Recorded>();
  const requirements = new Findings<Requirement>();
  const losses = new Findings<Effect>();
  const known = new Set(comparisons.flatMap(({ before }) => failureKeys(before, sides)));
  for (const each of comparisons) {
    if (each.before?.fatal) continue;
    // A new file has no past of its own: what fails elsewhere already is nothing new there.
    const old = each.before === null ? known : new Set(failureKeys(each.before, sides));
    for (const [key, cause] of newFailures(each, old)) failures.add(key, each.entry, cause);
    if (each.after.fatal || !each.before || each.isNew) continue;
    for (const cause of newRequirements(each, sides))
      requirements.add(`${cause.path}\0${cause.name}`, each.entry, cause);
    for (const cause of lostEffects(each, sides)) losses.add(cause.runner, each.entry, cause);
  }
  return [
    ...failures.all().map((failure) => failureProblem(failure, sides)),
    ...requirements.all().map(requirementProblem),
    ...losses.all().map((loss) => lossProblem(loss, sides)),
  ];
}

class Findings<T> {
  private readonly found = new Map<string, Finding<T>>();

  add(key: string, entry: string, cause: T): void {
    const known = this.found.get(key);
    if (known) known.entries.push(entry);
    else this.found.set(key, { cause, entries: [entry] });
  }

  all(): Finding<T>[] {
    return [...this.found.values()];
  }
}

function failureKeys(outcome: Outcome | null, { place }: Sides): string[] {
  return (outcome?.failures ?? []).map(({ failure }) => failureKey(failure, place));
}

function newFailures({ after }: Comparison, old: ReadonlySet<string>): Map<string, Recorded> {
  const found = new Map<string, Recorded>();
  for (const recorded of after.failures) {
    const key = failureKey(recorded.failure, (path) => path);
    if (!old.has(key)) found.set(key, recorded);
  }
  return found;
}

/** What fails and what it lacks, under the names of afterwards. */
function failureKey({ path, what }: Failure, place: (path: string) => string): string {
  return [place(path), what.kind, place(what.path), what.name].join('\0');
}

function newRequirements({ entry, standIn }: Comparison, { before, after, isRequired }: Sides): Requirement[] {
  const old = standIn === null ? new Set<string>() : before.namesOf(standIn);
  const added = [...after.namesOf(entry)].filter((name) => !old.has(name) && !isRequired(name));
  if (added.length === 0) return [];
  const found = after.requirements(entry);
  return added.flatMap((name) => found.get(name) ?? []);
}

/** Changes to something that is still there, made by a module that no longer runs. */
function lostEffects({ entry, before, after }: Comparison, { place, concerns }: Sides): Effect[] {
  const { ran } = after;
  return (before?.effects ?? []).filter(({ runner, target }) => {
    if (ran.has(place(runner))) return false;
    return target.startsWith('name:') || (ran.has(place(target)) && concerns(place(target), entry));
  });
}

function failureProblem({ cause, entries }: Finding<Recorded>, { traced }: Sides): Problem {
  const { failure, fate } = cause.fate === 'fatal' ? cause : traced(entries[0] as string, cause);
  const { path, line, message, what, chain } = failure;
  const code = what.kind === 'raise' ? 'new-requirement' : 'import-order';
  const how = { fatal: 'would fail', caught: 'would fail unseen, in a try', possible: 'would fail in a branch' }[fate];
  return problem(code, `importing ${entriesText(entries)} ${how}: ${message}`, {
    place: { path, line, column: 1 },
    hint: `the statements that lead there: ${chainText(chain)}`,
  });
}

function requirementProblem({ cause: { name, path, line }, entries }: Finding<Requirement>): Problem {
  return problem('new-requirement', `importing ${entriesText(entries)} would newly need '${name}'`, {
    place: { path, line, column: 1 },
    hint: `${path} imports it and would run whenever ${entries[0]} is imported`,
  });
}

function lossProblem({ cause: { runner, target, line }, entries }: Finding<Effect>, { place }: Sides): Problem {
  const what = target.startsWith('name:') ? target.slice('name:'.length) : place(target);
  return problem(
    'side-effect-lost',
    `importing ${entriesText(entries)} would no longer run ${runner}, which changes ${what} when it is imported`,
    {
      place: { path: runner, line, column: 1 },
      hint: `import ${place(runner)} where its effect is needed`,
    },
  );
}
