/** Which paths may be touched at all, by their spelling and by what stands on the disk along the way. */
import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';

/** Git refuses these spellings of its own directory; case-folding and NTFS file systems treat them as the same. */
const GIT_DIRECTORY = /^(\.git|git~1)[ .]*$/i;

/** Why a path's spelling is unacceptable; `null` when it is fine. */
export function spellingFault(path: string): string | null {
  if (path === '') return 'it is empty';
  if (path.includes('\0')) return 'it contains NUL';
  if (path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path)) return 'it is absolute';
  for (const part of path.split('/')) {
    if (part === '' || part === '.' || part === '..') return `it has a component "${part}"`;
    // HFS+ ignores these code points, so `.g\u200cit` is `.git` there.
    if (GIT_DIRECTORY.test(part.replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, ''))) {
      return 'it lies in a git directory';
    }
  }
  return null;
}

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
