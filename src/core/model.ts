/**
 * The vocabulary that every layer shares: places, files, edits, changes, plans and problems.
 * Values only; nothing here reads a disk, a clock or a process.
 */

/** A git object id in hexadecimal (40 digits for SHA-1, 64 for SHA-256). */
export type ObjectId = string;

/** The modes git gives to tree entries. */
export type FileMode = '100644' | '100755' | '120000' | '160000';

/** A half-open range of UTF-16 code units in a decoded text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where something stands: path relative to the repository with `/`, line and column from 1, column in UTF-16 code units. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** One file of the repository: tracked, or untracked and not ignored. */
export interface FileEntry {
  readonly path: string;
  readonly mode: FileMode;
  readonly tracked: boolean;
  /**
   * Names the content: git's blob id where the file is tracked and unchanged, else a hash of the bytes on disk.
   * Two entries of equal `blob` have equal bytes.
   */
  readonly blob: ObjectId;
  /** The same where it is known without reading the file; absent also where the file cannot be read. */
  readonly knownBlob?: ObjectId | undefined;
}

/** Why the bytes of a file cannot be had. */
export interface Unreadable {
  readonly unreadable: string;
}

/**
 * The repository at one moment. Reading is memoised and returns the same bytes each time; a file whose bytes cannot be
 * had is reported as {@link Unreadable}, never as absent.
 */
export interface Snapshot {
  /** The commit that HEAD names. */
  readonly base: ObjectId;
  /** Base name of the repository's directory; Python may import through it when its parent is on `sys.path`. */
  readonly directoryName: string;
  /** Other names the repository goes by (last component of remote addresses). */
  readonly otherNames: readonly string[];
  /** Sorted by path (code unit order). */
  readonly files: readonly FileEntry[];
  entry(path: string): FileEntry | undefined;
  read(path: string): Uint8Array | Unreadable;
  /** The bytes of a file need not be kept: read again they are the same, or unreadable. */
  release?(path: string): void;
}

/** A replacement in one file: a byte span of the file's blob, the new bytes as text, and why. */
export interface Edit {
  /** First byte replaced. */
  readonly start: number;
  /** Byte after the last one replaced. */
  readonly end: number;
  /** Written in the file's own encoding. */
  readonly text: string;
  readonly reason: string;
}

/** What a plan does to one file. `before` pins the content it was computed from. */
export type Change =
  | { readonly kind: 'rewrite'; readonly path: string; readonly before: ObjectId; readonly edits: readonly Edit[] }
  | { readonly kind: 'delete'; readonly path: string; readonly before: ObjectId }
  /** A new file: its edits put text into an empty one. */
  | { readonly kind: 'create'; readonly path: string; readonly edits: readonly Edit[] }
  /** The file `from` stands at `path` afterwards; `before` is the content of `from`, and the edits are edits of it. */
  | {
      readonly kind: 'move';
      readonly path: string;
      readonly from: string;
      readonly before: ObjectId;
      readonly edits: readonly Edit[];
    };

/** Changes that become one commit. */
export interface Batch {
  readonly id: string;
  readonly title: string;
  /** The commit message, without trailers. */
  readonly message: string;
  readonly changes: readonly Change[];
}

export type Severity = 'error' | 'warning' | 'info';

/** Something a person should know, in the shape the JSON contract prints. */
export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  readonly path: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
  /** The next command, or what to do. */
  readonly hint: string | null;
}

/** The states of one file before and after a batch; `null` means absent. */
export interface FileState {
  readonly mode: '100644' | '100755';
  readonly content: Uint8Array;
}

/** One file of a batch, ready for the transaction: what must be there now, and what shall be. */
export interface FileTransition {
  readonly path: string;
  /** `null`: the path must not exist, tracked or not. */
  readonly before: { readonly blob: ObjectId; readonly mode: '100644' | '100755' } | null;
  readonly after: FileState | null;
}

/** A batch ready for the transaction. */
export interface PreparedBatch {
  readonly id: string;
  readonly title: string;
  /** The commit message; the transaction adds its trailers. */
  readonly message: string;
  readonly transitions: readonly FileTransition[];
  /** What it carries out, each by a name of its own, so that a part of it can be planned again. */
  readonly operations?: readonly string[];
  /**
   * Files that move. Where git would not recognise one of them as a rename in the batch's commit, the transaction puts a
   * commit of pure moves before it; both land at once.
   */
  readonly moves?: readonly MovedFile[];
}

/** A file that stands elsewhere afterwards. */
export interface MovedFile {
  readonly from: string;
  readonly to: string;
}
