/** What is a copy of what by its contents, whatever it is called: modules, functions, packages. */

import { findCandidates } from '../core/clones/candidates.js';
import { type FunctionGroup, functionCopies, LEAST_FUNCTION } from '../core/clones/function-copies.js';
import type { CodePrint } from '../core/clones/model.js';
import { isLargeEnough, moduleCopies, openPairs } from '../core/clones/module-copies.js';
import { type PackageCopy, packageCopies } from '../core/clones/package-copies.js';
import { type Shared, sharedCode } from '../core/compare.js';
import type { Problem } from '../core/model.js';
import { problem } from '../core/problems.js';
import { codePrint } from '../python/code-print.js';
import { type FunctionCopies, MOST_GROUPS } from '../report/function-copies.js';
import type { Environment } from './command.js';
import { FunctionNaming, type Printed } from './function-naming.js';
import type { Session } from './session.js';
import { TREES_HELD, turn } from './turn.js';

export interface ContentCopies {
  /** Paths of modules that are all copies of each other. */
  readonly modules: readonly (readonly string[])[];
  readonly packages: readonly PackageCopy[];
  readonly functions: readonly FunctionCopies[];
  /** Of all files that were looked at, by path. */
  readonly prints: ReadonlyMap<string, CodePrint>;
  /** Files whose contents could not be looked at. */
  readonly skipped: readonly Problem[];
}

/** @param wanted at least one member of everything that is reported */
export async function findContentCopies(
  environment: Environment,
  session: Session,
  wanted: (path: string) => boolean,
): Promise<ContentCopies> {
  const { files, skipped } = await printedFiles(environment, session);
  const prints = files.map(({ print }) => print);
  const candidates = findCandidates(prints, LEAST_FUNCTION);
  const pathOf = (number: number) => (files[number] as Printed).path;
  const open = candidates.files.filter(({ a, b }) => wanted(pathOf(a)) || wanted(pathOf(b)));
  environment.progress(`comparing ${open.length} candidates`);
  const compare = (a: number, b: number) => shared(session, pathOf(a), pathOf(b));
  const contentOf = (number: number) => session.snapshot.entry(pathOf(number))?.blob ?? pathOf(number);
  const compared = openPairs(prints, open, contentOf);
  await readOutlines(environment, session, [...new Set(compared.pairs.flat())].map(pathOf));
  const groups = moduleCopies(prints, compared, compare)
    .map((group) => group.map(pathOf))
    .filter((group) => group.some(wanted));
  // Those of the same bytes were not compared, and will be reported as well.
  await readOutlines(environment, session, groups.flat());
  const large = files.filter(({ print }) => isLargeEnough(print)).map(({ path }) => path);
  const inModules = groupNumbers(groups);
  // Telling what names mean needs whole syntax trees, so it is done for what is shown.
  const most = environment.format === 'text' ? MOST_GROUPS : Number.POSITIVE_INFINITY;
  const functions = functionCopies(prints, candidates)
    .filter(({ members }) => members.some(({ file }) => wanted(pathOf(file))))
    .filter((group) => !isExplained(group, pathOf, inModules));
  const naming = new FunctionNaming(session, files);
  const copies: FunctionCopies[] = [];
  for (const [index, group] of functions.entries()) {
    if (index < most) await turn(environment);
    copies.push(naming.named(group, index < most));
  }
  return {
    modules: groups,
    packages: packageCopies(large, groups),
    functions: copies,
    prints: new Map(files.map(({ path, print }) => [path, print])),
    skipped,
  };
}

/** Whole syntax trees are what takes long, so they are read ahead of the comparisons. */
async function readOutlines(environment: Environment, session: Session, paths: readonly string[]): Promise<void> {
  for (const [index, path] of paths.entries()) {
    if (index % TREES_HELD === 0) await turn(environment);
    session.tools.compared(session.codebase, session.linker, path);
  }
}

async function printedFiles(
  environment: Environment,
  session: Session,
): Promise<{ files: Printed[]; skipped: Problem[] }> {
  const paths = session.codebase.pythonFiles().filter(({ path }) => session.codebase.kind(path) === 'python');
  const files: Printed[] = [];
  const skipped: Problem[] = [];
  for (const [index, { path }] of paths.entries()) {
    if (index % 200 === 0) {
      environment.progress(`reading ${index + 1} of ${paths.length} files`);
      await turn(environment);
    }
    const print = printOf(session, path);
    if ('unread' in print) skipped.push(unread(path, print.unread));
    else files.push({ path, print });
  }
  return { files, skipped };
}

/** As it was read before, where the content is the same. */
function printOf({ codebase, snapshot, prints }: Session, path: string): CodePrint | { readonly unread: string } {
  const key = snapshot.entry(path)?.blob ?? path;
  const known = prints.get(key);
  if (known) return known;
  const source = codebase.text(path);
  if ('undecodable' in source) return { unread: source.undecodable };
  const print = codePrint(source.text);
  if (!print) return { unread: 'it cannot be cut into tokens' };
  prints.set(key, print);
  return print;
}

function unread(path: string, why: string): Problem {
  const found = problem('unreadable', `${path} was not searched for copies: ${why}`, { place: path });
  return { ...found, severity: 'warning' };
}

function shared(session: Session, a: string, b: string): Shared | null {
  const outlineOf = (path: string) => session.tools.compared(session.codebase, session.linker, path).outline;
  const [first, second] = [outlineOf(a), outlineOf(b)];
  return first.parses && second.parses ? sharedCode(first, second) : null;
}

function groupNumbers(groups: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  return new Map(groups.flatMap((group, number) => group.map((path) => [path, number] as const)));
}

/** Functions that are alike because their modules are. */
function isExplained(
  { members }: FunctionGroup,
  pathOf: (number: number) => string,
  inModules: ReadonlyMap<string, number>,
): boolean {
  const numbers = new Set(members.map(({ file }) => inModules.get(pathOf(file)) ?? -1));
  return numbers.size === 1 && !numbers.has(-1);
}
