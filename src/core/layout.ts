/**
 * Where modules live: finds the roots of a repository from its file names and resolves dotted names to files. Knows
 * nothing of what the files say.
 */
import { type Descent, type Found, ModuleTree } from './module-tree.js';
import { directoryOf, dottedBelow, isIdentifier, isInside, isPackageInit } from './paths.js';
import { SearchPath } from './search-path.js';
import { STANDARD_LIBRARY } from './standard-library.js';

export type { Found } from './module-tree.js';

export interface Resolution {
  readonly found: Found | null;
  /** Files of the packages passed on the way, outermost first; Python runs them before the module itself. */
  readonly parents: readonly string[];
  /** The name leads into something that only the repository can hold, found or not. */
  readonly internal: boolean;
  /** Found only through a directory that nothing declares to be a root. */
  readonly guessed: boolean;
  /**
   * Files that the name could mean as well, or instead, if the path were set up in another way than assumed. Never
   * good enough for an edit; enough to forbid "unused".
   */
  readonly possible: readonly string[];
}

/** What the build configuration says of the places of packages. */
export interface Declared {
  /** Directories that are on the path. */
  readonly roots: readonly string[];
  /** Packages whose directory has another name: `{'app': 'src/application'}`. */
  readonly mounts: Readonly<Record<string, string>>;
  /** Names that come from installed distributions. */
  readonly dependencies: ReadonlySet<string>;
  /** Those of them that are installed wherever the repository's packages are. */
  readonly required: ReadonlySet<string>;
}

const NOTHING_DECLARED: Declared = { roots: [], mounts: {}, dependencies: new Set(), required: new Set() };
const NOWHERE: Resolution = { found: null, parents: [], internal: false, guessed: false, possible: [] };
/** A descent and where it began. */
type Tried = Descent & { readonly root: string };

export class Layout {
  readonly tree: ModuleTree;
  private readonly path: SearchPath;
  private readonly aliases: readonly string[];
  private readonly names = new Map<string, readonly string[]>();

  /**
   * @param paths all files of the repository
   * @param names under which the repository's own directory may be imported
   */
  constructor(
    paths: readonly string[],
    names: readonly string[],
    readonly declared: Declared = NOTHING_DECLARED,
  ) {
    this.tree = new ModuleTree(paths);
    this.path = new SearchPath(this.tree, declared.roots);
    this.aliases = [...new Set(names.filter(isIdentifier))];
  }

  /** Roots that any file may import from, in the order they are tried. */
  get roots(): readonly string[] {
    return this.path.roots;
  }

  has(path: string): boolean {
    return this.tree.has(path);
  }

  /** The directory has no `__init__.py` of its own and stands inside a package. */
  isPartOfPackage(directory: string): boolean {
    return this.path.isPartOfPackage(directory);
  }

  /** The directory is part of a namespace package below a root that is surely one. */
  isBelowRoot(directory: string): boolean {
    return this.path.isBelowFixed(directory);
  }

  /** A top-level name that an installed distribution gives, as the build configuration says. */
  isDependency(name: string): boolean {
    return this.declared.dependencies.has(name);
  }

  /** Such a name that is always there, not only with an extra or on some platform. */
  isRequired(name: string): boolean {
    return this.declared.required.has(name.toLowerCase());
  }

  /** Whether a top-level name can lead to anything in the repository, whatever the path. */
  isKnownName(name: string): boolean {
    return this.tree.isKnownName(name) || this.aliases.includes(name) || this.declared.mounts[name] !== undefined;
  }

  /** Resolves an absolute import made by a file. */
  resolveAbsolute(dotted: string, importer: string): Resolution {
    const parts = dotted.split('.');
    const passed: Tried[] = [];
    for (const root of this.path.orderFor(importer)) {
      if (this.givesWay(root, parts, importer)) continue;
      const descent = this.tree.descend(root, parts);
      if (descent.found && descent.found.kind !== 'namespace')
        return this.fileResolution(parts, { root, ...descent }, importer);
      passed.push({ root, ...descent });
    }
    return this.unfiled(parts, passed, importer);
  }

  /**
   * Installed modules come before namespace packages, wherever these lie, before directories that are not around, and
   * before the importing file itself and its siblings where these belong to a namespace package under a root.
   */
  private givesWay(root: string, parts: readonly string[], importer: string): boolean {
    const first = parts[0] as string;
    const isStandard = STANDARD_LIBRARY.has(first);
    if (!isStandard && !this.declared.dependencies.has(first)) return false;
    const step = this.tree.step(root, first);
    // A project that some requirement of its own names (of its documentation, of an example) is itself meant.
    const isAround = isInside(importer, root) || (!isStandard && this.path.isFixed(root));
    if (!isAround || this.path.isBelowFixed(root)) return true;
    return step?.kind === 'namespace' || step?.path === importer;
  }

  /** No root holds a file of this name. */
  private unfiled(parts: readonly string[], passed: readonly Tried[], importer: string): Resolution {
    const named = this.throughMount(parts) ?? this.throughAlias(parts);
    if (named?.found && named.found.kind !== 'namespace') return named;
    const namespace = namespaceOf(passed.filter(({ found }) => found !== null));
    if (namespace) return { ...NOWHERE, ...namespace, possible: this.elsewhere(parts, null) };
    if (named) return named;
    const nearest = passed.find(
      ({ internal, root }) => internal && (isInside(importer, root) || this.path.isFixed(root)),
    );
    if (nearest) return { ...NOWHERE, parents: nearest.parents, internal: true, possible: this.elsewhere(parts, null) };
    // Packages were passed and nothing inside them is missing: an extension module.
    const built = passed.find(({ parents }) => parents.length > 0);
    if (built) return { ...NOWHERE, parents: built.parents };
    return STANDARD_LIBRARY.has(parts[0] as string) ? NOWHERE : this.guess(parts, importer);
  }

  private fileResolution(parts: readonly string[], file: Tried, importer: string): Resolution {
    const { found, parents, root } = file;
    const isOwn = root !== '' && isInside(importer, root);
    // Run as a script a file gets its sibling, imported as part of a package or after start-up the standard module.
    const shadows = root !== '' && directoryOf(importer) === root && STANDARD_LIBRARY.has(parts[0] as string);
    if (shadows) return { ...NOWHERE, possible: found ? [found.path] : [] };
    const possible = isOwn
      ? []
      : this.elsewhere(parts, found?.path ?? null).filter((path) => this.isRooted(path, parts));
    return { found, parents, internal: true, guessed: false, possible };
  }

  /** The path is reached from a directory that is no package. */
  private isRooted(path: string, parts: readonly string[]): boolean {
    return this.tree.endingIn(parts).some((end) => end.path === path && !this.tree.isPackageDirectory(end.root));
  }

  /** A package that the build configuration takes from a directory of another name. */
  private throughMount(parts: readonly string[]): Resolution | null {
    const directory = this.declared.mounts[parts[0] as string];
    if (directory === undefined || !this.tree.hasDirectory(directory)) return null;
    return this.below(directory, parts.slice(1));
  }

  /** The repository's own directory as the top package, because its parent is on the path. */
  private throughAlias(parts: readonly string[]): Resolution | null {
    if (!this.aliases.includes(parts[0] as string)) return null;
    const first = parts[1];
    // Something else may bear the same name: the name must lead on to something that exists here.
    if (first === undefined || this.tree.step('', first) || this.tree.isPackageDirectory(''))
      return this.below('', parts.slice(1));
    return null;
  }

  private below(directory: string, rest: readonly string[]): Resolution {
    const own = this.tree.packageAt(directory);
    if (rest.length === 0) return { ...NOWHERE, found: own, internal: own.kind === 'package' };
    const { found, parents } = this.tree.descend(directory, rest);
    const passed = own.kind === 'package' ? [own.path, ...parents] : parents;
    return { ...NOWHERE, found, parents: passed, internal: true };
  }

  /** A script's directory is a root for the scripts in it, and for others by `sys.path`: found, but not for certain. */
  private guess(parts: readonly string[], importer: string): Resolution {
    const possible = this.elsewhere(parts, null);
    for (const root of this.path.scriptsNear(importer)) {
      const { found, parents } = this.tree.descend(root, parts);
      if (!found || found.kind === 'namespace') continue;
      return {
        found,
        parents,
        internal: true,
        guessed: true,
        possible: possible.filter((path) => path !== found.path),
      };
    }
    return { ...NOWHERE, possible };
  }

  /**
   * Files that the name could mean under a path that nothing here declares: below any directory (`sys.path.insert`), or
   * below the repository when its directory went by another name (`Old.pkg.m` for `pkg/m.py`).
   */
  private elsewhere(parts: readonly string[], found: string | null): string[] {
    if (this.declared.dependencies.has(parts[0] as string)) return [];
    const candidates = this.tree.endingIn(parts).map(({ path }) => path);
    if (found === null && parts.length > 1) {
      for (const root of this.roots) {
        const below = this.tree.descend(root, parts.slice(1)).found;
        if (below && below.kind !== 'namespace') candidates.push(below.path);
      }
    }
    // A package hides the module of its name beside it.
    return [...new Set(candidates)].filter((path) => found === null || unitOf(path) !== unitOf(found));
  }

  /** Resolves a relative import; `parts` may be empty (`from . import x`). */
  resolveRelative(importer: string, level: number, parts: readonly string[]): Resolution {
    let directory = directoryOf(importer);
    for (let i = 1; i < level; i++) {
      if (directory === '') return { ...NOWHERE, internal: true };
      directory = directoryOf(directory);
    }
    const own = this.tree.packageAt(directory);
    if (parts.length === 0) return { ...NOWHERE, found: own, internal: true };
    const { found, parents } = this.tree.descend(directory, parts);
    const passed = own.kind === 'package' ? [own.path, ...parents] : parents;
    const last = parts.at(-1) as string;
    const built =
      !found && this.tree.existsOtherwise([directory, ...parts.slice(0, -1)].filter(Boolean).join('/'), last);
    return { ...NOWHERE, found, parents: passed, internal: !built };
  }

  /** The name begins with the repository's own directory, and leads to something here only thereby. */
  isAliased(dotted: string): boolean {
    const parts = dotted.split('.');
    if (!this.aliases.includes(parts[0] as string)) return false;
    return !this.roots.some((root) => this.tree.descend(root, parts).found !== null);
  }

  /** All dotted names under which a file can be imported, the most natural first. */
  namesOf(path: string): readonly string[] {
    let names = this.names.get(path);
    if (!names) {
      names = this.findNames(path);
      this.names.set(path, names);
    }
    return names;
  }

  private findNames(path: string): string[] {
    const target = isPackageInit(path) ? directoryOf(path) : path.replace(/\.pyi?$/, '');
    const base = this.tree.baseDirectory(path);
    const own = base === directoryOf(path) && !isPackageInit(path) ? [] : [base];
    const roots = [...own, ...this.path.around(target), base];
    const names = [...this.mountedNames(target), ...[...new Set(roots)].map((root) => dottedBelow(target, root))];
    const fromTop = dottedBelow(target, '');
    const aliased = this.aliases.map((alias) => (fromTop ? `${alias}.${fromTop}` : target === '' ? alias : null));
    return [...new Set([...names, ...aliased].filter((name) => name !== null))];
  }

  private mountedNames(target: string): string[] {
    return Object.entries(this.declared.mounts).flatMap(([name, directory]) => {
      if (target === directory) return [name];
      const rest = dottedBelow(target, directory);
      return rest === null ? [] : [`${name}.${rest}`];
    });
  }

  /** The name printed for a file; a path where no dotted name exists. */
  nameOf(path: string): string {
    return this.namesOf(path)[0] ?? path;
  }
}

/** A module or package without regard to how its file is called. */
function unitOf(path: string): string {
  return path.replace(/(?:\/__init__)?\.pyi?$/, '');
}

/** One namespace package out of its portions in several roots. */
function namespaceOf(portions: readonly Descent[]): Pick<Resolution, 'found' | 'parents' | 'internal'> | null {
  const [first] = portions;
  if (!first?.found) return null;
  const paths = [...new Set(portions.map(({ found }) => found?.path ?? ''))];
  const found = paths.length > 1 ? { ...first.found, portions: paths } : first.found;
  return { found, parents: first.parents, internal: true };
}
