/** Which files stand where afterwards. One simultaneous map: swaps, chains and nested moves need no order. */
import type { Found } from './module-tree.js';
import { directoryOf } from './paths.js';

export class Relocation {
  private readonly back: ReadonlyMap<string, string>;

  /**
   * @param files every file that moves, its path before and after
   * @param directories every directory that moves with all it holds, before and after
   */
  constructor(
    readonly files: ReadonlyMap<string, string>,
    readonly directories: ReadonlyMap<string, string>,
  ) {
    this.back = new Map([...files].map(([from, to]) => [to, from]));
  }

  /** Where a file stands afterwards. */
  file(path: string): string {
    return this.files.get(path) ?? path;
  }

  /** Where a file that stands at `path` afterwards stood before; a new file keeps its path. */
  origin(path: string): string {
    return this.back.get(path) ?? path;
  }

  /** Where a directory stands afterwards; one that only loses files stays. */
  directory(path: string): string {
    for (let here = path; here !== ''; here = directoryOf(here)) {
      const moved = this.directories.get(here);
      if (moved !== undefined) return moved + path.slice(here.length);
    }
    return path;
  }

  /** The file, or for a namespace package the directory, that answers to a module afterwards. */
  found({ kind, path }: Found): string {
    return kind === 'namespace' ? this.directory(path) : this.file(path);
  }
}
