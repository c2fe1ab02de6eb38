/** What a person names on the command line, as paths of the repository. */
import { isAbsolute, relative, resolve } from 'node:path';
import type { Problem } from '../core/model.js';
import { isInside, isPythonPath, join, moduleBase } from '../core/paths.js';
import { problem, RegraftError } from '../core/problems.js';
import type { Session } from './session.js';

/** A path as given (relative to where the user stands, or absolute) -> a path of the repository; `null` when it lies outside. */
export function repositoryPath(session: Session, directory: string, given: string): string | null {
  const absolute = isAbsolute(given) ? given : resolve(directory, given);
  const inside = relative(session.repository.top, absolute);
  return inside.startsWith('..') || isAbsolute(inside) ? null : inside.split('\\').join('/');
}

/**
 * Module files for names and paths: `pkg.mod`, `pkg/mod.py`, `pkg` (its `__init__`).
 * @throws RegraftError with every name that cannot be found (`unknown-target`, `outside-repository`).
 */
export function moduleTargets(session: Session, directory: string, names: readonly string[]): string[] {
  const problems: Problem[] = [];
  const paths = names.flatMap((name) => {
    const found = moduleTarget(session, directory, name);
    if (typeof found === 'string') return [found];
    problems.push(found);
    return [];
  });
  if (problems.length > 0) throw new RegraftError(problems);
  return [...new Set(paths)];
}

function moduleTarget(session: Session, directory: string, name: string): string | Problem {
  const { layout } = session.codebase;
  const path = repositoryPath(session, directory, name);
  const looksLikePath = /[\\/]|\.pyi?$/.test(name);
  for (const candidate of path === null ? [] : [path, join(path, '__init__.py')])
    if (layout.has(candidate)) return candidate;
  const dotted = looksLikePath ? null : layout.resolveAbsolute(name, '').found;
  if (dotted && dotted.kind !== 'namespace') return dotted.path;
  if (path === null && looksLikePath)
    return problem('outside-repository', `${name} lies outside the repository`, {
      hint: `name something below ${session.repository.top}`,
    });
  return problem('unknown-target', `there is no Python module ${name}`, { hint: suggestion(session, name) });
}

function suggestion(session: Session, name: string): string {
  const base = name
    .replace(/\.pyi?$/, '')
    .split(/[./\\]/)
    .pop() as string;
  const near = session.snapshot.files
    .map((file) => file.path)
    .filter((path) => isPythonPath(path) && moduleBase(path).includes(base));
  return near.length > 0
    ? `did you mean ${near.slice(0, 3).join(', ')}?`
    : 'name it as pkg.mod or pkg/mod.py; regraft graph lists the modules';
}

/**
 * Files and directories to look into; nothing named means everything.
 * @throws RegraftError with every path that does not exist (`unknown-path`, `outside-repository`).
 */
export function chosenPaths(session: Session, directory: string, names: readonly string[]): (path: string) => boolean {
  const problems: Problem[] = [];
  const chosen: string[] = [];
  for (const name of names) {
    const path = repositoryPath(session, directory, name);
    const exists =
      path !== null && session.snapshot.files.some((file) => file.path === path || isInside(file.path, path));
    if (path === null)
      problems.push(
        problem('outside-repository', `${name} lies outside the repository`, {
          hint: `name something below ${session.repository.top}`,
        }),
      );
    else if (!exists)
      problems.push(
        problem('unknown-path', `there is no file or directory ${name} in the repository`, {
          hint: suggestion(session, name),
        }),
      );
    else chosen.push(path);
  }
  if (problems.length > 0) throw new RegraftError(problems);
  return (path) =>
    chosen.length === 0 || chosen.some((directory_) => path === directory_ || isInside(path, directory_));
}
