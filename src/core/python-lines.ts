/** How much Python there is: what a refactoring is to make less, before and after it. */
import type { ObjectId, Snapshot } from './model.js';
import { isPythonPath } from './paths.js';

export interface LineChange {
  readonly before: number;
  readonly after: number;
}

/** Counts lines of Python files; each content once, since states of one repository share most of it. */
export class PythonLines {
  private readonly known = new Map<ObjectId, number>();

  of(snapshot: Snapshot): number {
    return this.in(
      snapshot,
      snapshot.files.map(({ path }) => path),
    );
  }

  in(snapshot: Snapshot, paths: readonly string[]): number {
    return paths.filter(isPythonPath).reduce((sum, path) => sum + this.file(snapshot, path), 0);
  }

  private file(snapshot: Snapshot, path: string): number {
    const entry = snapshot.entry(path);
    if (!entry) return 0;
    let count = this.known.get(entry.blob);
    if (count === undefined) {
      const bytes = snapshot.read(path);
      count = bytes instanceof Uint8Array ? linesIn(bytes) : 0;
      this.known.set(entry.blob, count);
    }
    return count;
  }
}

/** The last line counts with or without its line end. */
function linesIn(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return bytes.length === 0 || bytes.at(-1) === NEWLINE ? count : count + 1;
}

const NEWLINE = 10;
