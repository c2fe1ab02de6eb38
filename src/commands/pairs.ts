/** Which modules are taken for duplicates of which: by name, or as the user says. */

import { compareModules } from '../core/compare.js';
import { type Family, type NamedPair, namedFamilies, namedPairs, rootedPairs } from '../core/families.js';
import type { Problem } from '../core/model.js';
import { problem, RegraftError } from '../core/problems.js';
import type { Session } from './session.js';
import { chosenPaths, moduleTargets, repositoryPath } from './targets.js';

export interface PairOptions {
  readonly paths: readonly string[];
  readonly suffixes: readonly string[];
  readonly pairs?: readonly string[];
  readonly forDeletion?: boolean;
}

/** Modules that share a name but little code are no copies; below this a pair by default suffixes is not proposed for deletion. */
const ALIKE = 0.5;

/** @throws RegraftError `unknown-path`, `unknown-target`, `no-keeper`, `mutual-keepers`, `bad-pair` */
export function findPairs(
  session: Session,
  directory: string,
  options: PairOptions,
): { pairs: NamedPair[]; families: Family[]; unreadable: Problem[] } {
  if (options.pairs && options.pairs.length > 0)
    return { pairs: statedPairs(session, directory, options.pairs), families: [], unreadable: [] };
  const wanted = chosenPaths(session, directory, options.paths);
  const files = session.codebase
    .pythonFiles()
    .filter((file) => file.path.endsWith('.py'))
    .map((file) => file.path);
  const markers = options.suffixes.length > 0 ? { suffixes: options.suffixes, prefixes: [] } : undefined;
  const named = rootedPairs(namedPairs(files, markers)).filter((pair) => wanted(pair.remove) || wanted(pair.keep));
  const unreadable = named.flatMap((pair) => unreadableIn(session, pair));
  const pairs = named.filter((pair) => unreadableIn(session, pair).length === 0);
  if (options.forDeletion) demandKeepers(session, directory, options.paths, named);
  const alike =
    options.forDeletion && options.suffixes.length === 0 ? pairs.filter((pair) => isAlike(session, pair)) : pairs;
  return { pairs: alike, families: namedFamilies(alike), unreadable };
}

/** A link or a file of unknown encoding speaks against its own pair, not against all the others. */
function unreadableIn(session: Session, { keep, remove }: NamedPair): Problem[] {
  return [keep, remove].flatMap((path) => {
    const source = session.codebase.text(path);
    if (!('undecodable' in source)) return [];
    const message = `${path} cannot be compared: ${source.undecodable}; the pair is left as it is`;
    return [problem('unreadable', message, { place: path, hint: 'make it a regular file in UTF-8' })];
  });
}

/** A file that was named is to be deleted: it must have a module to keep. */
function demandKeepers(
  session: Session,
  directory: string,
  paths: readonly string[],
  pairs: readonly NamedPair[],
): void {
  const problems: Problem[] = [];
  for (const given of paths) {
    const path = repositoryPath(session, directory, given);
    if (path === null || !session.codebase.layout.has(path)) continue;
    if (pairs.some((pair) => pair.remove === path || pair.keep === path)) continue;
    problems.push(
      problem('no-keeper', `${path} has no module of the same name without its marker beside it`, {
        place: path,
        hint: `name the module to keep: --pair ${path}=KEEP`,
      }),
    );
  }
  if (problems.length > 0) throw new RegraftError(problems);
}

function isAlike(session: Session, pair: NamedPair): boolean {
  const compared = (path: string) => session.tools.compared(session.codebase, session.linker, path);
  return compareModules(compared(pair.keep), compared(pair.remove)).similarity >= ALIKE;
}

function statedPairs(session: Session, directory: string, stated: readonly string[]): NamedPair[] {
  const pairs = stated.map((text) => {
    const [remove, keep, ...rest] = text.split('=');
    if (!remove || !keep || rest.length > 0)
      throw new RegraftError(
        problem('bad-pair', `'${text}' is not of the form REMOVE=KEEP`, { hint: '--pair pkg/x_robust.py=pkg/x.py' }),
      );
    return {
      remove: moduleTargets(session, directory, [remove])[0] as string,
      keep: moduleTargets(session, directory, [keep])[0] as string,
      marker: '',
    };
  });
  const problems = pairs.flatMap((pair) => contradiction(pair, pairs));
  if (problems.length > 0) throw new RegraftError(problems);
  return pairs;
}

/** A module cannot be kept and deleted at once, nor be its own duplicate. */
function contradiction(pair: NamedPair, pairs: readonly NamedPair[]): Problem[] {
  if (pair.keep === pair.remove)
    return [
      problem('same-module', `${pair.keep} is given as its own duplicate`, {
        place: pair.keep,
        hint: 'name two different modules',
      }),
    ];
  if (!pairs.some((other) => other.remove === pair.keep)) return [];
  const mutual = pairs.some((other) => other.remove === pair.keep && other.keep === pair.remove);
  const message = mutual
    ? `${pair.keep} and ${pair.remove} are each other's keeper`
    : `${pair.keep} is kept in one pair and deleted in another`;
  return [
    problem(mutual ? 'mutual-keepers' : 'keeper-deleted', message, {
      place: pair.keep,
      hint: 'keep one module of each family',
    }),
  ];
}
