/** The room that kept contents take: what was not asked for goes first, and there is an end to all of it. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ContentStore } from '../../src/io/content-store.js';
import { TOOL_VERSION } from '../../src/io/tool-version.js';
import { temporaryDirectory } from './support.js';

const idOf = (number: number) => String(number).padStart(40, '0');

function storeIn(commonDir: string): ContentStore<string> {
  return new ContentStore<string>(
    { commonDir, hash: 'sha1' },
    {
      name: 'words',
      version: 'words 1',
      most: 100,
      mostUnused: 30,
      encode: (text) => Buffer.from(text),
      decode: (bytes) => bytes.toString('utf8'),
    },
  );
}

/** Numbers of those that another process finds. */
function found(commonDir: string, count: number): number[] {
  const store = storeIn(commonDir);
  return Array.from({ length: count }, (_, number) => number).filter((number) => store.get(idOf(number)) !== undefined);
}

test('of what was not asked for, so much stays', () => {
  const commonDir = temporaryDirectory();
  const first = storeIn(commonDir);
  for (let number = 0; number < 8; number++) first.set(idOf(number), 'ten bytes.');
  first.save();
  expect(found(commonDir, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  const second = storeIn(commonDir);
  for (const number of [6, 7]) second.get(idOf(number));
  second.set(idOf(8), 'ten bytes.');
  second.save();
  expect(found(commonDir, 9)).toEqual([0, 1, 2, 6, 7, 8]);
});

test('no more than so much is kept at all', () => {
  const commonDir = temporaryDirectory();
  const store = storeIn(commonDir);
  for (let number = 0; number < 40; number++) store.set(idOf(number), 'ten bytes.');
  store.save();
  expect(found(commonDir, 40)).toHaveLength(10);
});

test('another release, or another grammar, begins anew', () => {
  const versionIn = (file: string) => JSON.parse(readFileSync(file, 'utf8')).version;
  const grammar = versionIn('node_modules/tree-sitter-python/package.json');
  expect(TOOL_VERSION).toBe(`${versionIn('package.json')}, grammar ${grammar}`);
});
