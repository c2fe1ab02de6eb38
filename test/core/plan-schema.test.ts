/** Plan files: what is written is read back the same, and nothing else is taken for a plan. */
import { describe, expect, test } from 'vitest';
import type { Batch, Change } from '../../src/core/model.js';
import type { Intent, Plan } from '../../src/core/plan.js';
import { parsePlan } from '../../src/core/plan-schema.js';
import { RegraftError } from '../../src/core/problems.js';

const BLOB = 'b'.repeat(40);
const EDITS = [{ start: 0, end: 3, text: 'größe\n"\u202e', reason: 'follows the move' }];
const CHANGES: Change[] = [
  { kind: 'move', path: 'q/a.py', from: 'a.py', before: BLOB, edits: EDITS },
  { kind: 'move', path: 'q/b.bin', from: 'b.bin', before: BLOB, edits: [] },
  { kind: 'create', path: 'q/__init__.py', edits: [] },
  { kind: 'create', path: 'a.py', edits: [{ start: 0, end: 0, text: 'from q.a import *\n', reason: 'new file' }] },
  { kind: 'rewrite', path: 'user.py', before: 'c'.repeat(64), edits: EDITS },
  { kind: 'delete', path: 'old.py', before: BLOB },
];
const INTENTS: Intent[] = [
  {
    command: 'dedupe',
    suffixes: ['_robust'],
    pairs: [{ keep: 'a.py', remove: 'a_robust.py' }],
    accept: ['body-differs'],
    batchSize: 5,
  },
  {
    command: 'move',
    moves: [{ from: 'a.py', to: 'q/a.py' }],
    shims: true,
    map: 'moves.yaml',
    withTests: false,
    prune: false,
    created: ['b/__init__.py'],
    accept: ['unknown-import', 'x.py:3'],
    rewrite: ['README.md:7'],
    batchSize: 0,
  },
  { command: 'retire', shims: ['a.py'], redirect: true, accept: [] },
];

function planOf(intent: Intent, changes: readonly Change[] = CHANGES): Plan {
  const batch: Batch = { id: 'b1', title: 'Move a.py', message: 'Move a.py\n', changes };
  const found = { severity: 'warning' as const, path: 'a.py', line: 1, column: null, message: 'm', hint: null };
  return {
    schema: 1,
    id: '0123456789abcdef',
    base: 'a'.repeat(40),
    intent,
    batches: [batch],
    findings: [{ code: 'file-attribute', ...found }],
    refusals: [],
  };
}

function isTaken(plan: unknown): boolean {
  try {
    parsePlan(JSON.stringify(plan));
    return true;
  } catch (error) {
    if (error instanceof RegraftError && error.problems[0]?.code === 'bad-plan') return false;
    throw error;
  }
}

test.each(INTENTS)('a plan to $command is read back the same', (intent) => {
  const plan = planOf(intent);
  const read = parsePlan(JSON.stringify(plan));
  expect(read).toEqual(plan);
  // Keys keep their order: `apply` compares the text of the batches.
  expect(JSON.stringify(read.batches)).toBe(JSON.stringify(plan.batches));
});

describe('no plan', () => {
  const [rewritten] = CHANGES.filter(({ kind }) => kind === 'rewrite');
  test.each<[string, object]>([
    ['a move without its source', { kind: 'move', path: 'b.py', before: BLOB, edits: [] }],
    ['a move without the content it was planned on', { kind: 'move', path: 'b.py', from: 'a.py', edits: [] }],
    ['a creation that claims content before', { kind: 'create', path: 'b.py', before: BLOB, edits: [] }],
    ['a creation from another file', { kind: 'create', path: 'b.py', from: 'a.py', edits: [] }],
    ['a deletion with edits', { kind: 'delete', path: 'b.py', before: BLOB, edits: [] }],
    ['another kind', { kind: 'copy', path: 'b.py', from: 'a.py', before: BLOB, edits: [] }],
    ['a move to outside', { kind: 'move', path: '../b.py', from: 'a.py', before: BLOB, edits: [] }],
    ['a move from outside', { kind: 'move', path: 'b.py', from: '/etc/passwd', before: BLOB, edits: [] }],
    ['a creation outside', { kind: 'create', path: 'a/../../b.py', edits: [] }],
    ['an edit that ends before the file', { ...rewritten, edits: [{ ...EDITS[0], end: -1 }] }],
    ['an edit with more to it', { ...rewritten, edits: [{ ...EDITS[0], encoding: 'utf-7' }] }],
  ])('%s', (_name, change) => {
    expect(isTaken(planOf(INTENTS[1] as Intent, [change as Change]))).toBe(false);
  });

  test.each(INTENTS)('a $command with a key too many or too few', (intent) => {
    expect(isTaken(planOf({ ...intent, more: 1 } as never))).toBe(false);
    const { accept: _accept, ...less } = intent;
    expect(isTaken(planOf(less as never))).toBe(false);
  });

  test('a command that plans nothing', () => {
    expect(isTaken(planOf({ ...INTENTS[1], command: 'merge' } as never))).toBe(false);
  });
});
