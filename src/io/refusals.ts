/** Reasons not to touch a file that do not depend on whether it is changed or made. */
import { accessSync, constants } from 'node:fs';
import type { Problem } from '../core/model.js';
import { problem } from '../core/problems.js';
import { spellingFault } from '../core/spelling.js';
import { lookAt, parentFault } from './paths.js';
import type { Repository } from './repository.js';

export function refusal(code: string, path: string, message: string, hint: string): Problem {
  return problem(code, `${path}: ${message}`, { place: path, hint });
}

export function outside(path: string): Problem[] {
  const fault = spellingFault(path);
  if (fault === null) return [];
  return [refusal('outside', path, `path is not acceptable: ${fault}`, 'name a file inside the working tree')];
}

export function parentProblem(repository: Repository, path: string): Problem | null {
  const fault = parentFault(repository.top, path);
  if (fault === null) return null;
  if (fault.code === 'submodule') return submodule(path);
  if (fault.code === 'not-a-directory') return belowFile(path, fault.path);
  const message = `its directory ${fault.path} is a symbolic link`;
  return refusal('symlink', path, message, 'name the file by its real path');
}

export const belowFile = (path: string, above: string) =>
  refusal('not-a-directory', path, `${above} is a file, not a directory`, 'choose another place');

export const submodule = (path: string) =>
  refusal('submodule', path, 'file belongs to another repository (submodule)', 'run regraft inside that repository');

export const twinProblem = (path: string, other: string) =>
  refusal('case-twin', path, `its name differs only in case or form from ${other}`, 'choose another name');

export function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    // The superuser may write everywhere; what its owner has locked is still meant to stay.
    return ((lookAt(path)?.mode ?? 0) & 0o200) !== 0;
  } catch {
    return false;
  }
}

/** Files for which git would not store the bytes as they are. */
export async function filteredProblems(repository: Repository, paths: readonly string[]): Promise<Problem[]> {
  const filtered = await filteredPaths(repository, paths);
  const hint = 'change it by hand, or drop the attribute';
  return paths.flatMap((path) => {
    const attribute = filtered.get(path);
    return attribute === undefined ? [] : [refusal('filtered', path, `git converts this file (${attribute})`, hint)];
  });
}

async function filteredPaths(repository: Repository, paths: readonly string[]): Promise<Map<string, string>> {
  const filtered = new Map<string, string>();
  if (paths.length === 0) return filtered;
  const command = ['check-attr', '-z', '--stdin', 'filter', 'ident', 'working-tree-encoding'];
  const fields = await repository.git.records(command, { input: paths.map((path) => `${path}\0`).join('') });
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [path, name, value] = fields.slice(at, at + 3).map(String) as [string, string, string];
    if (value !== 'unspecified' && value !== 'unset') filtered.set(path, value === 'set' ? name : `${name}=${value}`);
  }
  return filtered;
}
