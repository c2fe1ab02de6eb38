/**
 * Where modules live: finds the roots of a repository from its file names and resolves dotted names to files. Knows
 * nothing of what the files say.
 */
import { directoryOf, isIdentifier, isInside, isPackageInit, isPythonPath, join } from './paths.js';
import { STANDARD_LIBRARY } from './standard-library.js';

/** What a dotted name stands for. A namespace package has no file; its `path` is its directory. */
export interface Found {
  readonly kind: 'module' | 'package' | 'namespace';
  readonly path: string;
}

export interface Resolution {
  readonly found: Found | null;
  /** Files of the packages passed on the way, outermost first; Python runs them before the module itself. */
  readonly parents: readonly string[];
  /** The first component names something in the repository. */
  readonly internal: boolean;
  /** Found only through a directory that nothing declares to be a root. */
  readonly guessed: boolean;
}

const NOWHERE: Resolution = { found: null, parents: [], internal: false, guessed: false };
/** Directories that hold packages by convention. */
const CONVENTIONAL_ROOTS = ['src', 'lib', 'python'];

export class Layout {
  private readonly files: ReadonlySet<string>;
  private readonly directories: ReadonlySet<string>;
  /** Roots that any file may import from, in the order they are tried. */
  readonly roots: readonly string[];
  /** Directories that are on the path only for the scripts in them. */
  private readonly scriptRoots: readonly string[];

  /**
   * @param paths all Python files of the repository
   * @param aliases names under which the repository's own directory may be imported
   * @param declaredRoots directories that the build configuration names
   */
  constructor(
    paths: readonly string[],
    readonly aliases: readonly string[],
    declaredRoots: readonly string[] = [],
  ) {
    this.files = new Set(paths.filter(isPythonPath));
    this.directories = directoriesOf(this.files);
    const bases = new Set<string>();
    const packageParents = new Set<string>();
    for (const path of this.files) {
      const base = this.baseDirectory(path);
      (base === directoryOf(path) ? bases : packageParents).add(base);
    }
    const conventional = ['', ...CONVENTIONAL_ROOTS, ...declaredRoots].filter(
      (directory) => directory === '' || this.directories.has(directory),
    );
    this.roots = [...new Set([...conventional, ...[...packageParents].sort()])];
    this.scriptRoots = [...bases].filter((directory) => !this.roots.includes(directory)).sort();
  }

  has(path: string): boolean {
    return this.files.has(path);
  }

  isPackageDirectory(directory: string): boolean {
    return this.files.has(join(directory, '__init__.py')) || this.files.has(join(directory, '__init__.pyi'));
  }

  /** The nearest directory above a file that is no regular package: what Python puts on its path to import the file. */
  baseDirectory(path: string): string {
    let directory = directoryOf(path);
    while (directory !== '' && this.isPackageDirectory(directory)) directory = directoryOf(directory);
    return directory;
  }

  /** Resolves a dotted name below a directory. */
  findIn(directory: string, parts: readonly string[]): Resolution {
    let here = directory;
    const parents: string[] = [];
    let found: Found | null = null;
    for (const [index, part] of parts.entries()) {
      found = this.step(here, part);
      const internal = index > 0;
      if (!found) return { found: null, parents, internal, guessed: false };
      if (index === parts.length - 1) break;
      if (found.kind === 'module') return { found: null, parents, internal: true, guessed: false };
      if (found.kind === 'package') parents.push(found.path);
      here = join(here, part);
    }
    return { found, parents, internal: true, guessed: false };
  }

  /** The member of a package directory that a name stands for: package before module before namespace, as Python does. */
  step(directory: string, name: string): Found | null {
    const child = join(directory, name);
    for (const init of [`${child}/__init__.py`, `${child}/__init__.pyi`]) {
      if (this.files.has(init)) return { kind: 'package', path: init };
    }
    for (const module of [`${child}.py`, `${child}.pyi`]) {
      if (this.files.has(module)) return { kind: 'module', path: module };
    }
    return this.directories.has(child) ? { kind: 'namespace', path: child } : null;
  }

  /** Resolves an absolute import made by a file: its own base directory first, then the roots, then guesses. */
  resolveAbsolute(dotted: string, importer: string): Resolution {
    const parts = dotted.split('.');
    let nearest = NOWHERE;
    for (const root of new Set([this.baseDirectory(importer), ...this.roots])) {
      const resolution = this.findIn(root, parts);
      if (resolution.found) return resolution;
      if (resolution.internal && !nearest.internal) nearest = resolution;
    }
    const aliased = this.throughAlias(parts);
    if (aliased.found || aliased.internal) return aliased;
    if (nearest.internal || STANDARD_LIBRARY.has(parts[0] as string)) return nearest;
    return this.guess(parts);
  }

  private throughAlias(parts: readonly string[]): Resolution {
    if (parts.length < 2 || !this.aliases.includes(parts[0] as string)) return NOWHERE;
    const resolution = this.findIn('', parts.slice(1));
    const init = this.isPackageDirectory('') ? ['__init__.py'] : [];
    return { ...resolution, parents: [...init, ...resolution.parents], internal: true };
  }

  private guess(parts: readonly string[]): Resolution {
    for (const root of this.scriptRoots) {
      const resolution = this.findIn(root, parts);
      if (resolution.found && resolution.found.kind !== 'namespace') return { ...resolution, guessed: true };
    }
    return NOWHERE;
  }

  /** Resolves a relative import; `parts` may be empty (`from . import x`). */
  resolveRelative(importer: string, level: number, parts: readonly string[]): Resolution {
    let directory = directoryOf(importer);
    for (let i = 1; i < level; i++) {
      if (directory === '') return { ...NOWHERE, internal: true };
      directory = directoryOf(directory);
    }
    if (parts.length === 0) return { found: this.packageAt(directory), parents: [], internal: true, guessed: false };
    const own = this.packageAt(directory);
    const resolution = this.findIn(directory, parts);
    return {
      ...resolution,
      parents: own.kind === 'package' ? [own.path, ...resolution.parents] : resolution.parents,
      internal: true,
    };
  }

  private packageAt(directory: string): Found {
    for (const init of ['__init__.py', '__init__.pyi']) {
      const path = join(directory, init);
      if (this.files.has(path)) return { kind: 'package', path };
    }
    return { kind: 'namespace', path: directory };
  }

  /** All dotted names under which a file can be imported, the most natural first. */
  namesOf(path: string): string[] {
    const target = isPackageInit(path) ? directoryOf(path) : path.replace(/\.pyi?$/, '');
    const base = this.baseDirectory(path);
    const own = base === directoryOf(path) && !isPackageInit(path) ? [] : [base];
    const roots = [...own, ...this.naturalRoots(target), base];
    const names = [...new Set(roots)].map((root) => dottedBelow(target, root)).filter((name) => name !== null);
    const fromTop = dottedBelow(target, '');
    const aliased = this.aliases.map((alias) => (fromTop ? `${alias}.${fromTop}` : target === '' ? alias : null));
    return [...new Set([...names, ...aliased.filter((name) => name !== null)])];
  }

  /** Deepest first, so that `src/pkg/m.py` is `pkg.m` before it is `src.pkg.m`. */
  private naturalRoots(target: string): string[] {
    return this.roots.filter((root) => isInside(target, root)).sort((a, b) => b.length - a.length);
  }

  /** The name printed for a file; a path where no dotted name exists. */
  nameOf(path: string): string {
    return this.namesOf(path)[0] ?? path;
  }

  /** Python files directly in a package's directory or in its subpackages' `__init__`. */
  submodulesOf(directory: string): string[] {
    return [...this.files].filter((path) => {
      const parent = directoryOf(path);
      return (
        (parent === directory && !isPackageInit(path)) ||
        (isPackageInit(path) && directoryOf(parent) === directory && parent !== '')
      );
    });
  }
}

function dottedBelow(target: string, root: string): string | null {
  if (!isInside(target, root) || target === root) return null;
  const parts = target.slice(root === '' ? 0 : root.length + 1).split('/');
  return parts.every(isIdentifier) ? parts.join('.') : null;
}

function directoriesOf(files: ReadonlySet<string>): Set<string> {
  const directories = new Set<string>();
  for (const path of files) {
    for (let here = directoryOf(path); here !== '' && !directories.has(here); here = directoryOf(here)) {
      directories.add(here);
    }
  }
  return directories;
}
