/** Plans of several batches as one patch: git, applying it, comes to the same files. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FileTransition, PreparedBatch } from '../../src/core/model.js';
import { createTemporaryRepository } from '../../src/io/temporary-repository.js';
import { netChanges } from '../../src/report/net-changes.js';
import { patchText } from '../../src/report/patch.js';
import { snapshotOf, type Tree } from '../support/tree.js';

type Step = { readonly moves?: Record<string, string>; readonly files: Record<string, string | null> };

function batchOf({ moves = {}, files }: Step, index: number): PreparedBatch {
  const transitions = Object.entries(files).map(([path, text]): FileTransition => {
    return { path, before: null, after: text === null ? null : { mode: '100644', content: Buffer.from(text) } };
  });
  const list = Object.entries(moves).map(([from, to]) => ({ from, to }));
  return { id: `b${index}`, title: '', message: '', transitions, moves: list };
}

const LONG = 'one\ntwo\nthree\nfour\n';

test.each<[string, Record<string, string>, Step[], string[]]>([
  ['a rewrite, twice', { a: 'a\n' }, [{ files: { a: 'b\n' } }, { files: { a: 'c\n' } }], ['a']],
  ['what comes and goes is nothing', { a: 'a\n' }, [{ files: { n: 'n\n' } }, { files: { n: null } }], []],
  ['a move', { a: LONG }, [{ moves: { a: 'b' }, files: { a: null, b: LONG } }], ['a => b']],
  [
    'a move in two steps, edited in each',
    { a: LONG },
    [
      { moves: { a: 'b' }, files: { a: null, b: `${LONG}x\n` } },
      { moves: { b: 'c' }, files: { b: null, c: `${LONG}x\ny\n` } },
    ],
    ['a => c'],
  ],
  [
    'a move with a shim, which goes in the next step',
    { a: LONG },
    [{ moves: { a: 'b' }, files: { a: 'shim\n', b: LONG } }, { files: { a: null } }],
    ['a => b'],
  ],
  ['a move with a shim', { a: LONG }, [{ moves: { a: 'b' }, files: { a: 'shim\n', b: LONG } }], ['a', 'a => b']],
  [
    'a move of what is deleted later',
    { a: LONG },
    [{ moves: { a: 'b' }, files: { a: null, b: LONG } }, { files: { b: null } }],
    ['a'],
  ],
  [
    'files of equal content that follow one another',
    { a: LONG, b: LONG },
    [{ moves: { a: 'b', b: 'c' }, files: { a: null, c: LONG } }],
    ['a => b', 'b => c'],
  ],
  [
    'a swap, and a rewrite of one of the two',
    { a: LONG, b: 'b\n' },
    [{ moves: { a: 'b', b: 'a' }, files: { a: 'b\n', b: LONG } }, { files: { b: `${LONG}x\n` } }],
    ['b => a', 'a => b'],
  ],
  [
    'there and back',
    { a: LONG },
    [
      { moves: { a: 'b' }, files: { a: null, b: LONG } },
      { moves: { b: 'a' }, files: { b: null, a: LONG } },
    ],
    ['a'],
  ],
  [
    'a file made by one batch and moved by the next is new',
    { a: 'a\n' },
    [{ files: { n: LONG } }, { moves: { n: 'm' }, files: { n: null, m: LONG } }],
    ['m'],
  ],
])('%s', (_name, tree, steps, wanted) => {
  const changes = netChanges(snapshotOf(tree as Tree), steps.map(batchOf));
  expect(changes.map(({ path, from }) => (from ? `${from} => ${path}` : path))).toEqual(wanted);
  const { top, remove } = createTemporaryRepository('patched', new Map(Object.entries(tree)));
  const patch = patchText(changes);
  if (patch.length > 0) execFileSync('git', ['apply', '--index'], { cwd: top, input: patch });
  const end = Object.assign({}, tree, ...steps.map(({ files }) => files)) as Record<string, string | null>;
  for (const [path, text] of Object.entries(end)) {
    const full = join(top, path);
    expect(existsSync(full) ? readFileSync(full, 'utf8') : null, path).toBe(text);
  }
  remove();
});
