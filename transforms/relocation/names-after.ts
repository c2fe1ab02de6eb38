/**
 * How a module is named once everything stands at its new place: in the style of the name that it had, and only if that
 * name really resolves to it there.
 */
import type { Layout } from '../../src/core/layout.js';
import type { Linker } from '../../src/core/linker.js';
import { baseOf, directoryOf, isInside, isPackageInit } from '../../src/core/paths.js';
import { suitedNames, type WrittenName } from '../module-names.js';

export class NamesAfter {
  /**
   * @param before where everything stands now
   * @param linker over the files at their new places, contents as before: good for names of modules only
   */
  constructor(
    private readonly before: Layout,
    readonly linker: Linker,
  ) {}

  /**
   * What a written name leads to from a file; `null` for nothing inside the repository.
   * @param guessed whether a directory that nothing declares to be a root will do, because it had to before
   */
  resolve(importer: string, { level, dotted }: WrittenName, guessed = false): string | null {
    const resolution = this.linker.module(importer, level, dotted);
    return resolution.guessed && !guessed ? null : (resolution.found?.path ?? null);
  }

  /**
   * A name for `path` (a file, or a namespace package's directory) as seen from `importer`; `old` is what stood there.
   * A relative name stays relative within one top-level package; an absolute one keeps its first component if it can.
   * @param detour how many directories the old relative name left only to enter them again, see {@link detourOf}
   */
  nameFor(importer: string, path: string, old: WrittenName, guessed = false, detour = 0): WrittenName | null {
    if (old.level > 0) {
      const relative = this.relative(importer, path, detour);
      if (relative && this.resolve(importer, relative) === path) return relative;
    }
    const { layout } = this.linker.codebase;
    const isAliased = this.before.isAliased(old.dotted);
    const names = layout.namesOf(path).filter((name) => isAliased || !layout.isAliased(name));
    const was = old.level > 0 ? null : this.before.resolveAbsolute(old.dotted, importer).found;
    const suited = suitedNames(names, path, { dotted: old.dotted, path: was?.path ?? null });
    const dotted = suited.find((name) => this.resolve(importer, { level: 0, dotted: name }, guessed) === path);
    return dotted === undefined ? null : { level: 0, dotted };
  }

  /** Like {@link nameFor}, but a name that a holder has: from within the package itself `..p`, not `.`. */
  memberNameFor(importer: string, path: string, old: WrittenName): WrittenName | null {
    const name = this.nameFor(importer, path, old);
    if (name?.dotted !== '') return name;
    const home = directoryOf(path);
    if (this.isWithin(importer, directoryOf(home))) return { level: name.level + 1, dotted: baseOf(home) };
    return this.nameFor(importer, path, { level: 0, dotted: '' });
  }

  /** The relative name by directories alone. Only between files of one package: beyond the top-level package Python refuses relative names. */
  relative(importer: string, path: string, detour = 0): WrittenName | null {
    const target = isPackageInit(path) ? directoryOf(path) : path.replace(/\.pyi?$/, '');
    const here = directoryOf(importer).split('/').filter(Boolean);
    const parts = target.split('/');
    let shared = 0;
    while (shared < here.length && here[shared] === parts[shared]) shared++;
    let rest = detour;
    while (rest > 0 && shared > 0 && this.isWithin(importer, here.slice(0, shared - 1).join('/'))) {
      rest--;
      shared--;
    }
    const common = here.slice(0, shared).join('/');
    if (shared === 0 || !this.isWithin(importer, common)) return null;
    return { level: here.length - shared + 1, dotted: parts.slice(shared).join('.') };
  }

  /** The directory, one around the importer, belongs to the importer's top-level package. */
  private isWithin(importer: string, directory: string): boolean {
    const { layout } = this.linker.codebase;
    const base = layout.tree.baseDirectory(importer);
    if (base === directoryOf(importer))
      return directory !== '' && (!layout.roots.includes(directory) || layout.isPartOfPackage(directory));
    return directory !== base && isInside(directory, base);
  }
}

/** How many directories a relative name leaves only to enter them again: 1 for `..p.m` in a module of `p`. */
export function detourOf(importer: string, { level, dotted }: WrittenName): number {
  const left =
    level > 1
      ? directoryOf(importer)
          .split('/')
          .slice(1 - level)
      : [];
  const entered = dotted.split('.');
  let count = 0;
  while (count < left.length && left[count] === entered[count]) count++;
  return count;
}

/** The name as it is written. */
export function written({ level, dotted }: WrittenName): string {
  return '.'.repeat(level) + dotted;
}

/** The module that holds a member: `a.b` for `a.b.c`, `.` for `.c`; `null` for a name without a holder. */
export function holderOf({ level, dotted }: WrittenName): WrittenName | null {
  const cut = dotted.lastIndexOf('.');
  if (cut === -1) return level > 0 ? { level, dotted: '' } : null;
  return { level, dotted: dotted.slice(0, cut) };
}
