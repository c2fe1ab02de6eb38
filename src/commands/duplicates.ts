/** `regraft duplicates` and `compare`: what is a copy of what, measured on content. */

import { type Baseline, baselineOf, isKnown } from '../core/clones/baseline.js';
import type { CodePrint } from '../core/clones/model.js';
import { type Comparison, compareModules } from '../core/compare.js';
import type { Family } from '../core/families.js';
import type { Problem } from '../core/model.js';
import { EXIT } from '../core/problems.js';
import { changedSince } from '../io/past.js';
import { type ComparedPair, comparisonText } from '../report/duplicates.js';
import { comparisonData } from '../report/duplicates-data.js';
import { type Duplicates, duplicatesData, duplicatesReport } from '../report/duplicates-report.js';
import { duplicatesSarif } from '../report/duplicates-sarif.js';
import type { FunctionCopies } from '../report/function-copies.js';
import type { Environment, Outcome } from './command.js';
import { type ContentCopies, findContentCopies } from './content-copies.js';
import { recommendKeepers } from './keepers.js';
import { findPairs } from './pairs.js';
import { openSession, type Session } from './session.js';
import { chosenPaths, moduleTargets } from './targets.js';

export interface DuplicatesOptions {
  readonly paths: readonly string[];
  readonly suffixes: readonly string[];
  /** By what duplicates are found; both unless said otherwise. */
  readonly by?: 'name' | 'content' | 'both';
  /** Modules that are kept whatever the evidence says. */
  readonly keep?: readonly string[];
  /** Only what a change since this commit has a part in. */
  readonly since?: string | undefined;
  /** A file of duplicates that are known. */
  readonly baseline?: string | undefined;
  /** Where to write what is there as known. */
  readonly save?: string | undefined;
  readonly check?: boolean;
}

export async function duplicates(environment: Environment, options: DuplicatesOptions): Promise<Outcome> {
  const session = await openSession(environment);
  const pinned = moduleTargets(session, environment.directory, options.keep ?? []);
  const found = await allDuplicates(environment, session, options, pinned);
  if (options.save) await save(environment, options.save, asKnown(found));
  const known = options.baseline ? await knownIn(environment, options.baseline) : null;
  const changed =
    options.since === undefined ? null : await changedSince(session.repository, session.snapshot, options.since);
  const shown = reduced(found, isWanted(known, changed));
  const { skipped } = found;
  const output = environment.format === 'sarif' ? duplicatesSarif(shown) : duplicatesReport(shown, environment.style);
  const isPending = options.check === true && shown.rows.length + shown.functions.length > 0;
  return { exitCode: isPending ? EXIT.pending : EXIT.done, data: duplicatesData(shown), problems: skipped, output };
}

// What reads and checks such files takes longer to load than small repositories to search.
async function save({ directory }: Environment, file: string, known: Baseline): Promise<void> {
  const { writeSaved } = await import('../io/plan-file.js');
  writeSaved(directory, file, known);
}

async function knownIn({ directory }: Environment, file: string): Promise<Baseline> {
  const { readBaseline } = await import('../io/recipe-file.js');
  return readBaseline(directory, file);
}

export async function allDuplicates(
  environment: Environment,
  session: Session,
  options: DuplicatesOptions,
  pinned: readonly string[],
): Promise<Duplicates> {
  const byName =
    options.by === 'content' ? NO_PAIRS : await measuredPairs(session, environment.directory, options, pinned);
  // Whoever asks for a marker asks for names.
  if (options.by === 'name' || options.suffixes.length > 0) return { ...byName, packages: [], functions: [] };
  const wanted = chosenPaths(session, environment.directory, options.paths);
  const content = await findContentCopies(environment, session, wanted);
  const told = new Set(byName.skipped.map(({ path }) => path));
  const alike = await measuredFamilies(session, contentFamilies(content, byName.rows), pinned, content.prints);
  return {
    rows: [...byName.rows, ...alike.rows],
    families: [...byName.families, ...alike.families],
    packages: content.packages,
    functions: withoutCopies(content.functions, [...byName.rows, ...alike.rows]),
    skipped: [...byName.skipped, ...content.skipped.filter(({ path }) => !told.has(path))],
  };
}

/** Functions of modules that are copies as a whole stand there again; their keepers tell. */
function withoutCopies(groups: readonly FunctionCopies[], rows: readonly ComparedPair[]): FunctionCopies[] {
  const copies = new Set(rows.map(({ remove }) => remove));
  return groups.flatMap((group) => {
    const members = group.members.filter(({ path }) => !copies.has(path));
    return members.length > 1 ? [{ ...group, members }] : [];
  });
}

const NO_PAIRS: MeasuredPairs = { rows: [], families: [], skipped: [] };

/** Copies that the names tell already are left out where their keeper is there. */
function contentFamilies({ modules }: ContentCopies, named: readonly ComparedPair[]): Family[] {
  const keeperOf = new Map(named.map(({ keep, remove }) => [remove, keep]));
  return modules.flatMap((group): Family[] => {
    const members = group.filter((path) => !group.includes(keeperOf.get(path) ?? ''));
    return members.length > 1 ? [{ found: 'content', keep: members[0] as string, members, reasons: [] }] : [];
  });
}

async function measuredFamilies(
  session: Session,
  families: readonly Family[],
  pinned: readonly string[],
  prints: ReadonlyMap<string, CodePrint>,
): Promise<Pick<Duplicates, 'rows' | 'families'>> {
  const recommended = await recommendKeepers(session, families, pinned, prints);
  const rows = recommended.flatMap(({ keep, members }) =>
    members.filter((path) => path !== keep).map((remove) => measured(session, keep, remove, 'content')),
  );
  return { rows, families: recommended };
}

function measured(session: Session, keep: string, remove: string, found: Family['found']): ComparedPair {
  const compared = (path: string) => session.tools.compared(session.codebase, session.linker, path);
  return { keep, remove, found, comparison: compareModules(compared(keep), compared(remove)) };
}

export interface MeasuredPairs {
  readonly rows: readonly ComparedPair[];
  /** With the keeper that the evidence recommends. */
  readonly families: readonly Family[];
  /** Pairs that cannot be read. */
  readonly skipped: readonly Problem[];
}

/** Pairs by name, compared. */
export async function measuredPairs(
  session: Session,
  directory: string,
  options: { readonly paths: readonly string[]; readonly suffixes: readonly string[] },
  pinned: readonly string[] = [],
): Promise<MeasuredPairs> {
  const { pairs, families, unreadable } = findPairs(session, directory, options);
  const rows = pairs.map(({ keep, remove }) => measured(session, keep, remove, 'name'));
  const skipped = unreadable.map((found): Problem => ({ ...found, severity: 'warning' }));
  return { rows, families: await recommendKeepers(session, families, pinned), skipped };
}

const modulesOf = ({ keep, remove }: ComparedPair): string[] => [keep, remove];
const functionsOf = ({ members }: FunctionCopies): string[] => members.map(({ path, name }) => `${path}::${name}`);

function asKnown({ families, functions }: Duplicates): Baseline {
  return baselineOf(
    families.map(({ members }) => members),
    functions.map(functionsOf),
  );
}

interface Wanted {
  readonly pair: (pair: ComparedPair) => boolean;
  readonly functions: (group: FunctionCopies) => boolean;
}

function isWanted(known: Baseline | null, changed: ReadonlySet<string> | null): Wanted {
  const [knownModules, knownFunctions] = [isKnown(known?.modules ?? []), isKnown(known?.functions ?? [])];
  const isTouched = (paths: readonly string[]) => changed === null || paths.some((path) => changed.has(path));
  return {
    pair: (pair) => !knownModules(modulesOf(pair)) && isTouched(modulesOf(pair)),
    functions: (group) => !knownFunctions(functionsOf(group)) && isTouched(group.members.map(({ path }) => path)),
  };
}

/** A package is shown where one of its modules is. */
function reduced(found: Duplicates, wanted: Wanted): Duplicates {
  const rows = found.rows.filter(wanted.pair);
  const removed = new Set(rows.flatMap(modulesOf));
  return {
    ...found,
    rows,
    families: found.families.filter(({ members }) => members.some((path) => removed.has(path))),
    packages: found.packages.filter(({ paired }) => paired.some(({ a, b }) => removed.has(a) || removed.has(b))),
    functions: found.functions.filter(wanted.functions),
  };
}

export async function compare(
  environment: Environment,
  options: { readonly keep: string; readonly remove: string },
): Promise<Outcome> {
  const session = await openSession(environment);
  const [keep] = moduleTargets(session, environment.directory, [options.keep]) as [string];
  const [remove] = moduleTargets(session, environment.directory, [options.remove]) as [string];
  const compared = (path: string) => session.tools.compared(session.codebase, session.linker, path);
  const comparison: Comparison = compareModules(compared(keep), compared(remove));
  const output = comparisonText({ keep, remove, comparison }, environment.style);
  return { exitCode: EXIT.done, data: comparisonData({ keep, remove }, comparison), problems: [], output };
}
