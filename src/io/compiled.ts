/**
 * Compiled forms of modules that go: with one of them left, a deleted package still imports as a namespace package, or even
 * runs without its source. Those of other modules are left alone while anything else is left of their directory.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FileTransition } from '../core/model.js';
import { baseOf, directoryOf, isInside, join as joined, parentsOf } from '../core/paths.js';
import { lookAt, parentFault } from './paths.js';
import type { Repository } from './repository.js';

/**
 * Paths of compiled files that go along with the batch; git does not know them.
 * @param tracked what git knows, by path
 */
export function compiledLeftovers(
  repository: Repository,
  transitions: readonly FileTransition[],
  tracked: Pick<ReadonlyMap<string, unknown>, 'has'>,
): string[] {
  const gone = new Set(transitions.filter(({ after }) => after === null).map(({ path }) => path));
  const isOurs = (path: string) => !tracked.has(path) && isOrdinary(repository, path);
  const own = [...gone].filter((path) => path.endsWith('.py')).flatMap((path) => compiledForms(repository, path));
  const first = own.filter(isOurs);
  const kept = transitions.filter(({ after }) => after !== null).map(({ path }) => path);
  const orphans = emptied(repository, new Set([...gone, ...first]), kept).flatMap((directory) =>
    compiledIn(repository, joined(directory, CACHE)).filter(isOurs),
  );
  return [...new Set([...first, ...orphans])];
}

const CACHE = '__pycache__';

/** In the cache, and beside the source, where Python reads them even without it. */
function compiledForms(repository: Repository, path: string): string[] {
  const [directory, name] = [directoryOf(path), baseOf(path).slice(0, -'.py'.length)];
  const cached = compiledIn(repository, joined(directory, CACHE));
  return [...cached.filter((compiled) => baseOf(compiled).startsWith(`${name}.`)), joined(directory, `${name}.pyc`)];
}

function compiledIn(repository: Repository, directory: string): string[] {
  return entriesOf(repository, directory)
    .filter((name) => name.endsWith('.pyc'))
    .map((name) => joined(directory, name));
}

/** Directories in which nothing but a cache of compiled files will be left. */
function emptied(repository: Repository, gone: ReadonlySet<string>, kept: readonly string[]): string[] {
  const empty = new Set<string>();
  const deepestFirst = [...new Set([...gone].flatMap(parentsOf))].sort((a, b) => b.length - a.length);
  for (const directory of deepestFirst) {
    if (kept.some((path) => isInside(path, directory))) continue;
    const goes = (path: string) => gone.has(path) || empty.has(path) || isMereCache(repository, path, gone);
    if (entriesOf(repository, directory).every((name) => goes(joined(directory, name)))) empty.add(directory);
  }
  return [...empty];
}

function isMereCache(repository: Repository, path: string, gone: ReadonlySet<string>): boolean {
  if (baseOf(path) !== CACHE || !lookAt(join(repository.top, path))?.isDirectory()) return false;
  return entriesOf(repository, path).every((name) => name.endsWith('.pyc') || gone.has(joined(path, name)));
}

/** Nothing where the directory is not there, or lies behind a link or in another repository. */
function entriesOf(repository: Repository, directory: string): string[] {
  if (parentFault(repository.top, joined(directory, 'x')) !== null) return [];
  const full = join(repository.top, directory);
  return lookAt(full) === null ? [] : readdirSync(full);
}

function isOrdinary(repository: Repository, path: string): boolean {
  if (parentFault(repository.top, path) !== null) return false;
  const stat = lookAt(join(repository.top, path));
  return stat?.isFile() === true && stat.nlink === 1;
}
