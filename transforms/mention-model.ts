/** The words that the relocation of mentions shares: what it is told, and how a mention and its replacement are written. */
import type { Layout } from '../src/core/layout.js';
import type { Linker } from '../src/core/linker.js';
import type { MentionTarget } from '../src/core/mentions.js';
import type { Place, Span } from '../src/core/model.js';
import type { TextualHit } from '../src/core/plan.js';
import type { Relocation } from '../src/core/relocation.js';
import type { Unknown } from '../src/core/unknowns.js';

/** What all mentions of a relocation share. */
export interface Relocating {
  readonly before: Linker;
  /** Of the repository with everything at its new place. */
  readonly after: Layout;
  readonly relocation: Relocation;
  /** Whether some names of a module (its path before) are called otherwise afterwards. */
  readonly hasOtherNames?: ((path: string) => boolean) | undefined;
}

/** One module or package that moves. */
export interface MovedTarget {
  readonly target: MentionTarget;
  /** Where its file (for a namespace package its directory) stands afterwards. */
  readonly newPath: string;
  /** A shim stays at the old place. */
  readonly covered: boolean;
  /** Places that could reach it by value. */
  readonly unknowns: readonly Unknown[];
}

export type RelocationContext = Relocating & MovedTarget;

/** A hit with what would be replaced, and what that answers. */
export interface RelocatedHit extends TextualHit {
  /** UTF-16 offsets in the file's text; `written` stands there, `replacement` would. */
  readonly span: Span;
  /** The computed import whose names this place lists; it needs no acceptance once the list is rewritten. */
  readonly answers: Place | null;
}

/**
 * How a mention is written.
 * `import`: `from PACKAGE import NAME` inside a text. `listed`: an element of a list that a computed import completes.
 */
export type NamingForm = 'dotted' | 'path' | 'import' | 'listed' | 'name';

/**
 * From where a path is meant: the repository's top, the mentioning file, a root of modules, something written before it
 * that stays (an absolute directory, a variable), or something that cannot be told.
 */
export type Basis = 'repository' | 'file' | 'root' | 'prefix' | 'unknown';

export interface Naming {
  readonly form: NamingForm;
  /** What would be replaced, in the text that was searched. */
  readonly span: Span;
  /** As it would read, not yet escaped; `null` when nothing fits. */
  readonly replacement: string | null;
  /** What follows the name of the module or package. */
  readonly tail: string;
  /** For paths. */
  readonly basis: Basis;
  /** For paths: it names the file with its extension, or something inside a package. */
  readonly isFile: boolean;
  readonly answers: Place | null;
}
