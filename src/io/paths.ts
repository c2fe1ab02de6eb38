/** What stands on the disk along the way to a path. */
import { type BigIntStats, lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';

/** `lstat` that answers `null` where nothing stands. */
export function lookAt(path: string): Stats | null {
  try {
    return lstatSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/** The same with times to the nanosecond. */
export function lookClosely(path: string): BigIntStats | null {
  try {
    return lstatSync(path, { bigint: true, throwIfNoEntry: false }) ?? null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return null;
    throw error;
  }
}

export interface ParentFault {
  readonly code: 'symlink' | 'submodule' | 'not-a-directory';
  readonly path: string;
}

/** The first parent of `path` that is a symbolic link, a repository of its own, or no directory. Missing ones are fine. */
export function parentFault(top: string, path: string): ParentFault | null {
  const parts = path.split('/').slice(0, -1);
  for (let depth = 1; depth <= parts.length; depth++) {
    const parent = parts.slice(0, depth).join('/');
    const stat = lookAt(join(top, parent));
    if (stat === null) return null;
    if (stat.isSymbolicLink()) return { code: 'symlink', path: parent };
    if (!stat.isDirectory()) return { code: 'not-a-directory', path: parent };
    if (lookAt(join(top, parent, '.git')) !== null) return { code: 'submodule', path: parent };
  }
  return null;
}
