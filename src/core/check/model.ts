/** What the differential check is given. */
import type { Linker } from '../linker.js';

/** A repository before and after a change, and what has become of its files. */
export interface Checked {
  readonly before: Linker;
  readonly after: Linker;
  /** What answers to a file, or a namespace package's directory, afterwards: its new place, or what replaces it. */
  readonly place: (path: string) => string;
  /** What a name that a file (path before) binds at module level is called afterwards. */
  readonly named: (path: string, name: string) => string;
  /** What a file of the result stands for: a shim for its module, any other for itself. */
  readonly standsFor: (path: string) => string;
  /** Where the file itself stands afterwards; `null` when it is deleted. */
  readonly file: (path: string) => string | null;
  /** Python files and packages that move or go: whatever spells their names is compared. */
  readonly changed: readonly string[];
  /** Files whose bytes change, by their path before. */
  readonly rewritten: readonly string[];
  /** `path:line` of references that a person accepted as they are. */
  readonly accepted: ReadonlySet<string>;
  /** `path:line:column` of mentions that stay as they are. */
  readonly left: ReadonlySet<string>;
}
