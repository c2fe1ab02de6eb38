/** A snapshot with some files replaced or gone: the virtual result of a plan, read by the same code as the real one. */
import type { FileEntry, FileMode, ObjectId, Snapshot } from './model.js';

/** New content of a file; `null` when it is gone. */
export type Replacement = { readonly content: Uint8Array; readonly mode: FileMode } | null;

/** @param nameBlob gives bytes the id that git gives to such a blob */
export function overlay(
  below: Snapshot,
  replaced: ReadonlyMap<string, Replacement>,
  nameBlob: (bytes: Uint8Array) => ObjectId,
): Snapshot {
  const entries = new Map(below.files.map((file) => [file.path, file]));
  for (const [path, replacement] of replaced) {
    if (replacement === null) entries.delete(path);
    else entries.set(path, { path, mode: replacement.mode, tracked: true, blob: nameBlob(replacement.content) });
  }
  const files: FileEntry[] = [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    ...below,
    base: below.base,
    files,
    entry: (path) => entries.get(path),
    read: (path) =>
      replaced.has(path) ? (replaced.get(path)?.content ?? { unreadable: 'no such file' }) : below.read(path),
  };
}
