/** Draws a repository as an object of paths and contents, and reads it with the real parser. */
import { createHash } from 'node:crypto';
import { Codebase, emptyMemory } from '../../src/core/codebase.js';
import { Linker } from '../../src/core/linker.js';
import type { FileEntry, FileMode, Snapshot, Unreadable } from '../../src/core/model.js';
import { scriptReader } from '../../src/javascript/reader.js';
import { loadParser, type Parser } from '../../src/python/parser.js';
import { pythonReader } from '../../src/python/reader.js';

/** Text, bytes, or why there are none. */
export type Content = string | Uint8Array | Unreadable;

/** `{'pkg/a.py': 'import os\n'}`; a path that ends in `/__init__.py` makes its directory a package, as in Python. */
export type Tree = Readonly<Record<string, Content>>;

export interface Drawn {
  readonly snapshot: Snapshot;
  readonly codebase: Codebase;
  readonly linker: Linker;
}

export interface RepositoryNames {
  readonly directoryName?: string;
  readonly otherNames?: readonly string[];
  /** Files that git does not know. */
  readonly untracked?: readonly string[];
}

let parser: Parser | undefined;

/** Draws a tree. Facts come from the parser that loads here. */
export async function draw(tree: Tree, names: RepositoryNames = {}): Promise<Drawn> {
  parser ??= await loadParser();
  const engine = parser;
  const snapshot = snapshotOf(tree, names);
  const codebase = new Codebase(
    snapshot,
    pythonReader((text) => engine.parse(text)),
    emptyMemory(),
    scriptReader(),
  );
  return { snapshot, codebase, linker: new Linker(codebase) };
}

/** A snapshot in memory; a blob is the SHA-1 of the content. */
export function snapshotOf(tree: Tree, names: RepositoryNames = {}): Snapshot {
  const contents = new Map<string, Uint8Array | Unreadable>();
  for (const path of Object.keys(tree).sort()) {
    const content = tree[path] as Content;
    contents.set(path, typeof content === 'string' ? Buffer.from(content) : content);
  }
  const isTracked = (path: string) => !names.untracked?.includes(path);
  const files = [...contents].map(([path, content]) => entryOf(path, content, isTracked(path)));
  const byPath = new Map(files.map((file) => [file.path, file]));
  return {
    base: '0'.repeat(40),
    directoryName: names.directoryName ?? 'work',
    otherNames: names.otherNames ?? [],
    files,
    entry: (path) => byPath.get(path),
    read: (path) => contents.get(path) ?? { unreadable: 'no such file' },
  };
}

function entryOf(path: string, content: Uint8Array | Unreadable, tracked: boolean): FileEntry {
  const bytes = content instanceof Uint8Array ? content : Buffer.from(content.unreadable);
  const mode: FileMode = !(content instanceof Uint8Array) && content.unreadable === 'submodule' ? '160000' : '100644';
  const blob = createHash('sha1').update(bytes).digest('hex');
  return { path, mode, tracked, blob, knownBlob: content instanceof Uint8Array ? blob : undefined };
}
