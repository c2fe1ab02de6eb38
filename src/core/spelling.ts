/** Which paths are acceptable by their spelling alone: inside the working tree, on every file system. */

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
