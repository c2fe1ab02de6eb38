/** Repository paths as text: always `/`, never a leading or trailing one; the repository itself is the empty string. */

/** The directory of a path; empty for a file at the top. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function join(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`;
}

/** True when `path` lies in `directory`, at any depth. */
export function isInside(path: string, directory: string): boolean {
  return directory === '' || path.startsWith(`${directory}/`);
}

/** The directories that a path lies in, innermost first. */
export function parentsOf(path: string): string[] {
  const found: string[] = [];
  for (let here = directoryOf(path); here !== ''; here = directoryOf(here)) found.push(here);
  return found;
}

const IDENTIFIER = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text);
}

export function isPythonPath(path: string): boolean {
  return /\.pyi?$/.test(path);
}

/** Module name of a Python file inside its directory: `b` for `a/b.py`, `a` for `a/__init__.py`. */
export function moduleBase(path: string): string {
  const stem = baseOf(path).replace(/\.pyi?$/, '');
  return stem === '__init__' ? baseOf(directoryOf(path)) : stem;
}

export function isPackageInit(path: string): boolean {
  return /(^|\/)__init__\.pyi?$/.test(path);
}

/** Directories by how much of their path they share with a place, most first; equals keep their order. */
export function nearestFirst(directories: readonly string[], place: string): string[] {
  const here = place.split('/');
  const shared = (directory: string) => {
    const parts = directory.split('/');
    const differs = parts.findIndex((part, index) => part !== here[index]);
    return differs === -1 ? parts.length : differs;
  };
  return [...directories].sort((a, b) => shared(b) - shared(a));
}

/** The dotted name of a module or package (a path without extension) below a root; `null` when it has none there. */
export function dottedBelow(target: string, root: string): string | null {
  if (!isInside(target, root) || target === root) return null;
  const parts = target.slice(root === '' ? 0 : root.length + 1).split('/');
  return parts.every(isIdentifier) ? parts.join('.') : null;
}
