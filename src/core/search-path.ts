/** The directories that are on Python's path, as far as file names and the build configuration tell, and their order for a file. */
import type { ModuleTree } from './module-tree.js';
import { baseOf, directoryOf, isInside, nearestFirst } from './paths.js';

/** Directories that hold packages by convention. */
const CONVENTIONAL_ROOTS = ['src', 'lib', 'python'];

export class SearchPath {
  /** Roots that any file may import from, in the order they are tried. */
  readonly roots: readonly string[];
  /** Directories that are on the path only for the scripts in them. */
  private readonly scriptRoots: readonly string[];
  /** Directories with a `conftest.py`: on the path for the tests below them. */
  private readonly testRoots: ReadonlySet<string>;
  private readonly orders = new Map<string, readonly string[]>();
  private readonly near = new Map<string, readonly string[]>();

  /** @param declared directories that the build configuration puts on the path */
  constructor(
    private readonly tree: ModuleTree,
    private readonly declared: readonly string[],
  ) {
    const bases = new Set<string>();
    const packageParents = new Set<string>();
    const testRoots = new Set<string>();
    for (const path of tree.paths()) {
      const base = tree.baseDirectory(path);
      (base === directoryOf(path) ? bases : packageParents).add(base);
      if (baseOf(path) === 'conftest.py') testRoots.add(base);
    }
    const conventional = [...CONVENTIONAL_ROOTS, ...declared].filter((directory) => this.isRoot(directory));
    this.roots = [...new Set(['', ...conventional, ...[...packageParents].sort()])];
    this.scriptRoots = [...bases].filter((directory) => !this.roots.includes(directory)).sort();
    this.testRoots = testRoots;
  }

  private isRoot(directory: string): boolean {
    return this.tree.hasDirectory(directory) && !this.tree.isPackageDirectory(directory);
  }

  /** What Python would look into for a file: its own base, the roots around it, then the others, the nearest first. */
  orderFor(importer: string): readonly string[] {
    const directory = directoryOf(importer);
    const base = this.tree.baseDirectory(importer);
    const key = `${directory}\0${base}`;
    let order = this.orders.get(key);
    if (!order) {
      const around = [...this.roots, ...this.testRoots].filter((root) => root !== '' && isInside(importer, root));
      around.sort((a, b) => b.length - a.length);
      const fixed = this.roots.filter((root) => root === '' || this.isFixed(root));
      const others = this.roots.filter((root) => !this.isFixed(root));
      order = [...new Set([base, ...around, ...fixed, ...nearestFirst(others, directory)])];
      this.orders.set(key, order);
    }
    return order;
  }

  /** Directories of scripts, the nearest to a file first. */
  scriptsNear(importer: string): readonly string[] {
    const directory = directoryOf(importer);
    let near = this.near.get(directory);
    if (!near) {
      near = nearestFirst(this.scriptRoots, directory);
      this.near.set(directory, near);
    }
    return near;
  }

  /** Convention or the build configuration says that the directory is on the path. */
  isFixed(root: string): boolean {
    return CONVENTIONAL_ROOTS.includes(root) || this.declared.includes(root);
  }

  /** Part of a namespace package: below a root that is fixed, and no root by itself. */
  isBelowFixed(directory: string): boolean {
    if (this.isFixed(directory) || this.testRoots.has(directory)) return false;
    return this.roots.some((root) => root !== '' && this.isFixed(root) && isInside(directory, root));
  }

  /**
   * The roots around a module or package. Deepest first, so that `src/pkg/m.py` is `pkg.m` before it is `src.pkg.m`; those
   * that are parts of a package themselves come last.
   */
  around(target: string): string[] {
    const rank = (root: string) => (this.isPartOfPackage(root) ? 1 : 0);
    const found = this.roots.filter((root) => isInside(target, root));
    return found.sort((a, b) => rank(a) - rank(b) || b.length - a.length);
  }

  /** A directory without `__init__.py` inside a package: only what runs from within it would find packages there by their own names. */
  isPartOfPackage(root: string): boolean {
    if (root === '' || this.isFixed(root)) return false;
    const above = this.tree.isPackageDirectory(directoryOf(root)) && directoryOf(root) !== '';
    return above || this.isBelowFixed(root) || this.isPartOfPackage(directoryOf(root));
  }
}
