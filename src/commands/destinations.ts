/** FROM and TO of `move` as people write them, as a map of repository paths. */
import { normalize } from 'node:path/posix';
import type { MovedFile, Problem } from '../core/model.js';
import { baseOf, directoryOf, isIdentifier, isInside, isPackageInit, isPythonPath, join } from '../core/paths.js';
import { problem, RegraftError } from '../core/problems.js';
import type { Session } from './session.js';
import { repositoryPath } from './targets.js';

/**
 * The last name is the destination: a directory (existing, written with a final `/`, or because several sources go there),
 * or the new path or dotted name of the one source.
 * @throws RegraftError with everything that cannot be told (`unknown-target`, `outside-repository`, `usage`)
 */
export function namedMoves(session: Session, directory: string, names: readonly string[]): MovedFile[] {
  const to = names.at(-1);
  const sources = names.slice(0, -1);
  if (to === undefined || sources.length === 0)
    throw new RegraftError(
      problem('usage', 'move takes what to move, and where to', {
        hint: 'regraft move pkg/a.py pkg/sub/; or --map FILE',
      }),
    );
  return resolved(
    session,
    sources,
    (source) => {
      const place = insideRepository(session, directory, to);
      const isDirectory =
        to.endsWith('/') || sources.length > 1 || (place !== '' && holdsFiles(session, place)) || place === '';
      if (isDirectory) return join(place, baseOf(source));
      return destination(session, source, to, place);
    },
    directory,
  );
}

/** The entries of a map, each a path or dotted name on both sides, relative to the top of the repository. */
export function mappedMoves(session: Session, map: readonly MovedFile[]): MovedFile[] {
  const { top } = session.repository;
  const byName = new Map(map.map(({ from, to }) => [from, to]));
  return resolved(
    session,
    map.map(({ from }) => from),
    (source, name) => {
      const to = byName.get(name) as string;
      const place = insideRepository(session, top, to);
      return to.endsWith('/') ? join(place, baseOf(source)) : destination(session, source, to, place);
    },
    top,
  );
}

function resolved(
  session: Session,
  sources: readonly string[],
  placeOf: (source: string, name: string) => string,
  directory: string,
): MovedFile[] {
  const problems: Problem[] = [];
  const moves: MovedFile[] = [];
  for (const name of sources) {
    try {
      const from = sourcePath(session, directory, name);
      moves.push({ from, to: placeOf(from, name) });
    } catch (error) {
      if (!(error instanceof RegraftError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new RegraftError(problems, 3);
  return moves;
}

/** A file, or the directory of a package. */
function sourcePath(session: Session, directory: string, name: string): string {
  const path = repositoryPath(session, directory, name);
  if (path !== null && path !== '' && (session.snapshot.entry(path) || holdsFiles(session, path)))
    return isPackageInit(path) ? directoryOf(path) : path;
  const dotted = /[\\/]|\.pyi?$/.test(name) ? null : session.codebase.layout.resolveAbsolute(name, '').found;
  if (dotted) return isPackageInit(dotted.path) ? directoryOf(dotted.path) : dotted.path;
  if (path === null || path === '') throw new RegraftError(outside(session, name));
  throw new RegraftError(
    problem('no-such-source', `there is no file, directory or module ${name} in the repository`, {
      place: path,
      hint: 'name it as pkg.mod or pkg/mod.py; regraft graph lists the modules',
    }),
  );
}

function insideRepository(session: Session, directory: string, name: string): string {
  const path = repositoryPath(session, directory, name);
  if (path === null) throw new RegraftError(outside(session, name));
  return normalize(path).replace(/^\.$/, '').replace(/\/$/, '');
}

function outside(session: Session, name: string): Problem {
  return problem('outside-repository', `${name} lies outside the repository`, {
    place: name,
    hint: `name something below ${session.repository.top}`,
  });
}

/** A module's destination may be given as a dotted name, or without its extension. */
function destination(session: Session, source: string, to: string, place: string): string {
  const isModule = isPythonPath(source) && session.snapshot.entry(source) !== undefined;
  const isDotted = to.includes('.') && !/[\\/]|\.pyi?$/.test(to) && to.split('.').every(isIdentifier);
  const root = session.codebase.layout.tree.baseDirectory(source);
  if (isDotted) return join(root, to.replaceAll('.', '/')) + (isModule ? '.py' : '');
  return isModule && !/\.\w+$/.test(baseOf(place)) ? `${place}.py` : place;
}

function holdsFiles(session: Session, directory: string): boolean {
  return session.snapshot.files.some(({ path }) => isInside(path, directory));
}
