/**
 * Directories and Python files as Python's path finder sees them: one step from a directory to a member, and whole dotted
 * names below one directory. Knows nothing of roots.
 */
import { baseOf, directoryOf, isPythonPath, join, moduleBase } from './paths.js';

/** What a dotted name stands for. A namespace package has no file; its `path` is its directory. */
export interface Found {
  readonly kind: 'module' | 'package' | 'namespace';
  readonly path: string;
  /** All directories of a namespace package that lies in several roots, `path` first; absent when there is one. */
  readonly portions?: readonly string[];
}

/** A walk down a dotted name. */
export interface Descent {
  readonly found: Found | null;
  /** Files of the packages passed on the way, outermost first. */
  readonly parents: readonly string[];
  /** A module or regular package was passed: nothing outside the repository can complete the name. */
  readonly internal: boolean;
}

/** Sources of extension modules and what they are built into; such a module exists although no Python file says so. */
const EXTENSION = /^(\w+)(?:\.[\w-]+)?\.(?:pyx|pxd|so|pyd)$|^(\w+?)(?:module)?\.(?:c|cc|cpp|rs|f|f90)$/;

export class ModuleTree {
  private readonly files: ReadonlySet<string>;
  private readonly directories: ReadonlySet<string>;
  private readonly others: ReadonlySet<string>;
  private readonly byBase = new Map<string, string[]>();
  /** Last components of all files and directories: what is none of them is nowhere. */
  private readonly names: ReadonlySet<string>;

  /** @param paths all files of the repository */
  constructor(paths: readonly string[]) {
    this.files = new Set(paths.filter(isPythonPath));
    this.directories = directoriesOf(this.files);
    this.names = new Set([...this.files, ...this.directories].map((path) => baseOf(path).replace(/\.pyi?$/, '')));
    const built = paths.map(extensionModule).filter((module) => module !== null);
    this.others = new Set([...built, ...directoriesOf(new Set(paths))]);
    for (const path of this.files) {
      const base = moduleBase(path);
      const sharing = this.byBase.get(base);
      if (sharing) sharing.push(path);
      else this.byBase.set(base, [path]);
    }
  }

  paths(): Iterable<string> {
    return this.files;
  }

  has(path: string): boolean {
    return this.files.has(path);
  }

  /** Whether any file or directory has this name. */
  isKnownName(name: string): boolean {
    return this.names.has(name);
  }

  hasDirectory(directory: string): boolean {
    return directory === '' || this.directories.has(directory);
  }

  isPackageDirectory(directory: string): boolean {
    return this.initOf(directory) !== null;
  }

  /** A stub beside the module it describes; the module is the one that counts. */
  isSecondary(path: string): boolean {
    return path.endsWith('.pyi') && this.files.has(path.slice(0, -1));
  }

  /** The nearest directory above a file that is no regular package: what Python puts on its path to import the file. */
  baseDirectory(path: string): string {
    let directory = directoryOf(path);
    while (directory !== '' && this.isPackageDirectory(directory)) directory = directoryOf(directory);
    return directory;
  }

  /** The member of a directory that a name stands for: package before module before namespace, as Python does. */
  step(directory: string, name: string): Found | null {
    if (!this.names.has(name)) return null;
    const child = join(directory, name);
    if (this.files.has(`${child}/__init__.py`)) return { kind: 'package', path: `${child}/__init__.py` };
    if (this.files.has(`${child}.py`)) return { kind: 'module', path: `${child}.py` };
    if (this.files.has(`${child}/__init__.pyi`)) return { kind: 'package', path: `${child}/__init__.pyi` };
    if (this.files.has(`${child}.pyi`)) return { kind: 'module', path: `${child}.pyi` };
    return this.directories.has(child) ? { kind: 'namespace', path: child } : null;
  }

  /** Something other than Python files answers to a name in a directory: an extension module, a directory of data. */
  existsOtherwise(directory: string, name: string): boolean {
    return this.others.has(join(directory, name));
  }

  /** Resolves a dotted name below a directory. */
  descend(directory: string, parts: readonly string[]): Descent {
    let here = directory;
    const parents: string[] = [];
    let internal = false;
    for (const [index, part] of parts.entries()) {
      const found = this.step(here, part);
      if (!found) return { found: null, parents, internal: internal && !this.existsOtherwise(here, part) };
      if (index === parts.length - 1) return { found, parents, internal: true };
      internal ||= found.kind !== 'namespace';
      if (found.kind === 'module') break;
      if (found.kind === 'package') parents.push(found.path);
      here = join(here, part);
    }
    return { found: null, parents, internal };
  }

  /** What stands for a directory itself. */
  packageAt(directory: string): Found {
    const path = this.initOf(directory);
    return path === null ? { kind: 'namespace', path: directory } : { kind: 'package', path };
  }

  private initOf(directory: string): string | null {
    const init = join(directory, '__init__.py');
    if (this.files.has(init)) return init;
    return this.files.has(`${init}i`) ? `${init}i` : null;
  }

  /** Modules and regular packages that a dotted name would reach if some directory were a root, with that directory. */
  endingIn(parts: readonly string[]): { path: string; root: string }[] {
    const tail = parts.join('/');
    const found: { path: string; root: string }[] = [];
    for (const path of this.byBase.get(parts.at(-1) ?? '') ?? []) {
      const target = path.replace(/(?:\/__init__)?\.pyi?$/, '');
      const isTail = target === tail || target.endsWith(`/${tail}`);
      if (isTail && !this.isSecondary(path))
        found.push({ path, root: target.slice(0, Math.max(0, target.length - tail.length - 1)) });
    }
    return found;
  }
}

function extensionModule(path: string): string | null {
  const match = EXTENSION.exec(path.slice(path.lastIndexOf('/') + 1));
  const name = match?.[1] ?? match?.[2];
  return name ? join(directoryOf(path), name) : null;
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
