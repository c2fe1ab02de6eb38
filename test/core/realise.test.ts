/** Drafts made real: where files end up, byte for byte, and what a plan says about it. */
import { describe, expect, test } from 'vitest';
import { Codebase } from '../../src/core/codebase.js';
import { applyToBytes, type TextEdit } from '../../src/core/edits.js';
import type { FileEntry, Snapshot } from '../../src/core/model.js';
import { RegraftError } from '../../src/core/problems.js';
import { type Drafts, realise } from '../../src/core/realise.js';
import { snapshotOf, type Tree } from '../support/tree.js';

const NOTHING: Drafts = { moved: [], rewritten: [], created: [], deleted: [] };

function codebaseOf(tree: Tree, executable: readonly string[] = []): Codebase {
  const plain = snapshotOf(tree);
  const entryOf = (file: FileEntry): FileEntry => ({
    ...file,
    mode: executable.includes(file.path) ? '100755' : file.mode,
  });
  const files = plain.files.map(entryOf);
  const snapshot: Snapshot = { ...plain, files, entry: (path) => files.find((file) => file.path === path) };
  const unwanted = () => {
    throw new Error('no facts are needed');
  };
  return new Codebase(snapshot, { facts: unwanted, skim: unwanted, wordUses: unwanted });
}

function realised(tree: Tree, drafts: Partial<Drafts>, executable: readonly string[] = []) {
  const codebase = codebaseOf(tree, executable);
  const { changes, transitions } = realise(codebase, { ...NOTHING, ...drafts });
  const after = Object.fromEntries(
    transitions.map(({ path, after: state }) => [path, state && Buffer.from(state.content).toString('latin1')]),
  );
  return { codebase, changes, transitions, after };
}

const edit = (start: number, end: number, text: string): TextEdit => ({ span: { start, end }, text, reason: 'test' });
const move = (from: string, to: string, ...edits: TextEdit[]) => ({ from, to, edits });

function codeOf(tree: Tree, drafts: Partial<Drafts>): string | undefined {
  try {
    realised(tree, drafts);
    return undefined;
  } catch (error) {
    if (error instanceof RegraftError && error.exitCode === 3) return error.problems[0]?.code;
    throw error;
  }
}

describe('where files end up', () => {
  test('a move leaves nothing at the old path and edits at the new one', () => {
    const { changes, transitions, codebase } = realised(
      { 'a.py': 'import x\n' },
      { moved: [move('a.py', 'pkg/a.py', edit(7, 8, 'y'))] },
    );
    const before = codebase.snapshot.entry('a.py')?.blob;
    expect(changes).toEqual([
      {
        kind: 'move',
        path: 'pkg/a.py',
        from: 'a.py',
        before,
        edits: [{ start: 7, end: 8, text: 'y', reason: 'test' }],
      },
    ]);
    expect(transitions).toEqual([
      { path: 'a.py', before: { blob: before, mode: '100644' }, after: null },
      { path: 'pkg/a.py', before: null, after: { mode: '100644', content: Buffer.from('import y\n') } },
    ]);
  });

  test('two files change places', () => {
    const { after, transitions } = realised(
      { 'a.py': 'A\n', 'b.py': 'B\n' },
      { moved: [move('a.py', 'b.py', edit(0, 1, 'a')), move('b.py', 'a.py')] },
    );
    expect(after).toEqual({ 'a.py': 'B\n', 'b.py': 'a\n' });
    expect(transitions.every(({ before }) => before !== null)).toBe(true);
  });

  test('files follow one another', () => {
    const moved = [move('a.py', 'b.py'), move('b.py', 'c.py'), move('c.py', 'd.py')];
    const { after } = realised({ 'a.py': 'A', 'b.py': 'B', 'c.py': 'C' }, { moved });
    expect(after).toEqual({ 'a.py': null, 'b.py': 'A', 'c.py': 'B', 'd.py': 'C' });
  });

  test('a new file takes the old path of a moved one', () => {
    const { after, changes } = realised(
      { 'a.py': 'A\n' },
      { moved: [move('a.py', 'b.py')], created: [{ path: 'a.py', text: 'from b import *\n' }] },
    );
    expect(after).toEqual({ 'a.py': 'from b import *\n', 'b.py': 'A\n' });
    expect(changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual(['move b.py', 'create a.py']);
  });

  test('the four kinds come group by group, sorted, whatever the order of the drafts', () => {
    const tree = { 'd.py': '', 'c.py': '', 'x.py': 'x', 'w.py': 'w', 'm.py': '', 'l.py': '' };
    const { changes, transitions } = realised(tree, {
      deleted: ['d.py', 'c.py'],
      rewritten: ['x.py', 'w.py'].map((path) => ({ path, edits: [edit(0, 1, 'z')] })),
      created: ['n/z.py', 'n/y.py'].map((path) => ({ path, text: '' })),
      moved: [move('m.py', 'z/m.py'), move('l.py', 'z/l.py')],
    });
    expect(changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'move z/l.py',
      'move z/m.py',
      'create n/y.py',
      'create n/z.py',
      'rewrite w.py',
      'rewrite x.py',
      'delete c.py',
      'delete d.py',
    ]);
    const paths = transitions.map(({ path }) => path);
    expect(paths).toEqual([...paths].sort());
  });

  test('nothing is said of a path whose content and mode stay', () => {
    const same = { 'a.py': 'same\n', 'b.py': 'same\n', 'c.py': 'c\n' };
    const drafts = {
      moved: [move('a.py', 'b.py'), move('b.py', 'a.py')],
      rewritten: [{ path: 'c.py', edits: [edit(0, 1, 'c')] }],
    };
    expect(realised(same, drafts).transitions).toEqual([]);
    expect(realised(same, drafts, ['a.py']).transitions.map(({ after }) => after?.mode)).toEqual(['100644', '100755']);
  });

  test('edits of a file that goes are moot', () => {
    const drafts = { deleted: ['a.py'], rewritten: [{ path: 'a.py', edits: [edit(0, 1, 'x')] }] };
    const { changes, after } = realised({ 'a.py': 'a' }, drafts);
    expect(changes.map(({ kind }) => kind)).toEqual(['delete']);
    expect(after).toEqual({ 'a.py': null });
  });
});

describe('byte for byte', () => {
  const bytes = (text: string) => Buffer.from(text, 'latin1');

  test('a moved file keeps its mode', () => {
    const { transitions } = realised({ run: '#!/bin/sh\n' }, { moved: [move('run', 'bin/run')] }, ['run']);
    expect(transitions[0]?.after?.mode).toBe('100755');
    expect(transitions[1]?.before?.mode).toBe('100755');
  });

  test('data moves whatever it holds', () => {
    const data = Buffer.from([0, 255, 13, 10, 0xfe, 0xff, 13]);
    const { transitions } = realised({ 'pkg/data.bin': data }, { moved: [move('pkg/data.bin', 'q/data.bin')] });
    expect(transitions.at(-1)?.after?.content).toEqual(data);
  });

  test.each([
    ['byte order mark', '\xef\xbb\xbfimport x\r\n', edit(7, 8, 'größe'), '\xef\xbb\xbfimport gr\xc3\xb6\xc3\x9fe\r\n'],
    ['CRLF and a form feed', 'import x\r\n\f\r\ny\n', edit(7, 8, 'y'), 'import y\r\n\f\r\ny\n'],
    ['Latin-1', '# coding: latin-1\n# \xe9\nx\n', edit(22, 23, 'ü'), '# coding: latin-1\n# \xe9\n\xfc\n'],
    ['columns beyond the BMP, no last line end', '"\xf0\x9f\x8e\x89"; x', edit(6, 7, 'y'), '"\xf0\x9f\x8e\x89"; y'],
  ])('%s', (_name, before, change, wanted) => {
    const tree = { 'a.py': bytes(before) };
    const { after, changes, codebase } = realised(tree, { moved: [move('a.py', 'b.py', change)] });
    expect(after).toEqual({ 'a.py': null, 'b.py': wanted });
    const [first] = changes;
    const source = codebase.text('a.py');
    if (first?.kind !== 'move' || 'undecodable' in source) throw new Error('a move of text was expected');
    const again = applyToBytes(bytes(before), first.edits, source.encoding);
    expect(Buffer.from(again).toString('latin1')).toBe(wanted);
  });

  test('the edits of a new file put its text into an empty one', () => {
    const { changes, transitions } = realised(
      {},
      {
        created: [
          { path: 'n.py', text: 'ü\r\n' },
          { path: 'm.py', text: '' },
        ],
      },
    );
    expect(changes).toEqual([
      { kind: 'create', path: 'm.py', edits: [] },
      { kind: 'create', path: 'n.py', edits: [{ start: 0, end: 0, text: 'ü\r\n', reason: 'new file' }] },
    ]);
    expect(transitions.map(({ after }) => after?.content)).toEqual([Buffer.from(''), Buffer.from('ü\r\n')]);
  });
});

test.each<[string, string, Tree, Partial<Drafts>]>([
  ['two files to one path', 'same-destination', { a: '', b: '' }, { moved: [move('a', 'c'), move('b', 'c')] }],
  ['one file to two paths', 'same-source', { a: '' }, { moved: [move('a', 'b'), move('a', 'c')] }],
  [
    'a new file where one moves to',
    'same-destination',
    { a: '' },
    { moved: [move('a', 'c')], created: [{ path: 'c', text: '' }] },
  ],
  ['a move onto a file that stays', 'destination-exists', { a: '', b: '' }, { moved: [move('a', 'b')] }],
  ['a new file where one stands', 'destination-exists', { a: '' }, { created: [{ path: 'a', text: '' }] }],
  [
    'edits of the old path of a moved file',
    'same-source',
    { a: '' },
    { moved: [move('a', 'b')], rewritten: [{ path: 'a', edits: [] }] },
  ],
  ['a file that moves and is deleted', 'same-source', { a: '' }, { moved: [move('a', 'b')], deleted: ['a'] }],
  ['a file that is not there', 'no-such-file', {}, { deleted: ['a'] }],
  ['a file whose bytes cannot be had', 'unreadable', { a: { unreadable: 'no' } }, { moved: [move('a', 'b')] }],
  [
    'edits of what is no text',
    'unreadable',
    { 'a.py': Buffer.from([255]) },
    { rewritten: [{ path: 'a.py', edits: [edit(0, 0, 'x')] }] },
  ],
  [
    'text that the encoding cannot hold',
    'not-encodable',
    { 'a.py': '# coding: latin-1\n' },
    { rewritten: [{ path: 'a.py', edits: [edit(0, 0, '日')] }] },
  ],
])('refused: %s', (_name, code, tree, drafts) => {
  expect(codeOf(tree, drafts)).toBe(code);
});
