/**
 * The links of files as they were last found: a file's hold still where it, and all that was asked on the way to them, has
 * the content that it had, and the same files stand around them. Pure.
 */
import type { Codebase } from './codebase.js';
import type { Linker } from './linker.js';
import { type FileLinks, linksOf } from './links.js';
import type { ObjectId } from './model.js';

export interface KeptFile extends FileLinks {
  readonly blob: ObjectId;
  /** Dotted names, the most natural first. */
  readonly names: readonly string[];
  /** Other files whose content decided something. */
  readonly restsOn: readonly string[];
}

export type KeptLinks = ReadonlyMap<string, KeptFile>;

/** Links by {@link surroundingsOf}; they outlive the process where somebody keeps them. */
export interface LinkMemory {
  get(surroundings: string): KeptLinks | undefined;
  set(surroundings: string, links: KeptLinks): void;
}

/** All that links depend on but the contents of Python files. */
export function surroundingsOf({ snapshot, layout }: Codebase): string {
  const { roots, mounts, dependencies, required } = layout.declared;
  const declared = { roots, mounts, dependencies: [...dependencies], required: [...required] };
  const parts = [JSON.stringify([snapshot.directoryName, snapshot.otherNames, declared])];
  for (const { path, mode } of snapshot.files) parts.push(path, mode);
  return parts.join('\0');
}

export class LinkedFiles {
  /** By path, as they are now. */
  readonly files = new Map<string, KeptFile>();
  private readonly unchanged = new Map<string, boolean>();

  constructor(
    private readonly linker: Linker,
    private readonly kept: KeptLinks = new Map(),
  ) {}

  /** Nothing has to be read to know a file's links. */
  holds(path: string): boolean {
    const kept = this.kept.get(path);
    return kept !== undefined && this.isUnchanged(path) && kept.restsOn.every((each) => this.isUnchanged(each));
  }

  of(path: string): FileLinks {
    const kept = this.holds(path) ? this.kept.get(path) : undefined;
    if (kept) this.files.set(path, kept);
    return kept ?? this.find(path);
  }

  namesOf(path: string): readonly string[] {
    return this.kept.get(path)?.names ?? this.linker.codebase.layout.namesOf(path);
  }

  /** All that was kept holds, and nothing else was found. */
  get isAsKept(): boolean {
    return this.files.size === this.kept.size && [...this.files].every(([path, file]) => file === this.kept.get(path));
  }

  private find(path: string): FileLinks {
    const { codebase } = this.linker;
    const { value, restsOn } = codebase.watch.around(() => linksOf(this.linker, path));
    const blob = this.contentOf(path);
    if (blob !== undefined) {
      const others = restsOn.filter((each) => each !== path);
      this.files.set(path, { ...value, blob, names: this.namesOf(path), restsOn: others });
    }
    return value;
  }

  private isUnchanged(path: string): boolean {
    let known = this.unchanged.get(path);
    if (known === undefined) {
      const content = this.contentOf(path);
      known = content !== undefined && this.kept.get(path)?.blob === content;
      this.unchanged.set(path, known);
    }
    return known;
  }

  /** `undefined` for what cannot be read: it may become readable without a change. */
  private contentOf(path: string): ObjectId | undefined {
    const file = this.linker.codebase.snapshot.entry(path);
    // Asking for the id is what shows whether it can be read.
    void file?.blob;
    return file?.knownBlob;
  }
}
