/** Files on the disk as a codebase, without git. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Codebase } from '../../dist/src/core/codebase.js';
import { loadParser } from '../../dist/src/python/parser.js';
import { pythonReader } from '../../dist/src/python/reader.js';

const parser = await loadParser();

export function codebaseOf(root, paths) {
  return new Codebase(
    snapshotOf(root, paths),
    pythonReader((text) => parser.parse(text)),
  );
}

function snapshotOf(root, paths) {
  const files = [...paths]
    .sort()
    .map((path) => ({ path, mode: '100644', tracked: true, blob: createHash('sha1').update(path).digest('hex') }));
  const byPath = new Map(files.map((file) => [file.path, file]));
  return {
    base: '0'.repeat(40),
    directoryName: 'work',
    otherNames: [],
    files,
    entry: (path) => byPath.get(path),
    read: (path) => (byPath.has(path) ? readFileSync(join(root, path)) : { unreadable: 'no such file' }),
  };
}
