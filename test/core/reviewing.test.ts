/** What the answers of a review make of an intent, for each command; and which answers that were written down are read. */
import { describe, expect, it } from 'vitest';
import type { Intent } from '../../src/core/plan.js';
import {
  concludedIntent,
  isEmptyIntent,
  parseSteps,
  partsOf,
  type ReviewStep,
  reviewedIntent,
} from '../../src/core/reviewing.js';

const DEDUPE = {
  command: 'dedupe',
  suffixes: [],
  pairs: [
    { keep: 'x.py', remove: 'a.py' },
    { keep: 'x.py', remove: 'b.py' },
    { keep: 'y.py', remove: 'c.py' },
  ],
  accept: ['body-differs'],
  batchSize: 2,
} satisfies Intent;
const MOVE = {
  command: 'move',
  moves: [
    { from: 'p', to: 'q' },
    { from: 'm.py', to: 'n.py' },
  ],
  map: null,
  shims: false,
  withTests: false,
  prune: false,
  created: [],
  accept: [],
  rewrite: ['t.md:1'],
  batchSize: 0,
} satisfies Intent;
const MERGE = {
  command: 'merge',
  from: ['a.py', 'b.py', 'c.py'],
  into: 'd.py',
  conflicts: 'refuse',
  rename: [
    { path: 'a.py', name: 'f', to: null },
    { path: 'd.py', name: 'f', to: 'g' },
  ],
  keep: [{ path: 'b.py', name: 'h' }],
  shims: false,
  accept: [],
  rewrite: [],
} satisfies Intent;
const RETIRE = { command: 'retire', shims: ['a.py', 'b.py'], redirect: false, accept: [] } satisfies Intent;
const TRANSFORM = {
  command: 'transform',
  transform: 'x',
  hash: null,
  options: {},
  paths: [],
  include: [],
  accept: [],
  batchSize: 0,
} satisfies Intent;

const reject = (...keys: string[]): ReviewStep => ({ answer: 'reject', keys });
const apart = (...keys: string[]): ReviewStep => ({ answer: 'apart', keys });
const places = (key: string | null, ...accept: string[]): ReviewStep => ({ edit: 'places', key, accept, rewrite: [] });

describe('what is left of an intent', () => {
  it.each<[what: string, intent: Intent, steps: ReviewStep[], left: object]>([
    ['without answers', DEDUPE, [], DEDUPE],
    ['a pair less', DEDUPE, [reject('b.py')], { ...DEDUPE, pairs: [DEDUPE.pairs[0], DEDUPE.pairs[2]] }],
    ['a pair apart', DEDUPE, [apart('b.py')], { ...DEDUPE, apart: ['b.py'] }],
    ['a move less', MOVE, [reject('p')], { ...MOVE, moves: [MOVE.moves[1]] }],
    ['a shim less', RETIRE, [reject('a.py')], { ...RETIRE, shims: ['b.py'] }],
    ['a shim apart, which cannot be', RETIRE, [apart('a.py')], RETIRE],
    ['a file less', TRANSFORM, [reject('a.py')], { ...TRANSFORM, except: ['a.py'] }],
    [
      'one more file less',
      { ...TRANSFORM, except: ['z.py'] },
      [reject('a.py')],
      { ...TRANSFORM, except: ['z.py', 'a.py'] },
    ],
    [
      'a module less, and what was said of its names',
      MERGE,
      [reject('a.py', 'b.py')],
      { ...MERGE, from: ['c.py'], rename: [MERGE.rename[1]], keep: [] },
    ],
    [
      'another destination',
      MOVE,
      [{ edit: 'destination', key: 'm.py', to: 'o.py' }],
      { ...MOVE, moves: [MOVE.moves[0], { from: 'm.py', to: 'o.py' }] },
    ],
    [
      'parts, one of them rejected',
      MOVE,
      [
        {
          edit: 'parts',
          key: 'p',
          moves: [
            { from: 'p/x.py', to: 'q/x.py' },
            { from: 'p/y.py', to: 'q/y.py' },
          ],
        },
        reject('p/y.py'),
      ],
      { ...MOVE, moves: [{ from: 'p/x.py', to: 'q/x.py' }, MOVE.moves[1]] },
    ],
    [
      'the other copy kept, and other copies measured against it',
      DEDUPE,
      [
        { edit: 'swap', key: 'a.py' },
        { answer: 'accept', keys: ['x.py'] },
      ],
      { ...DEDUPE, pairs: [{ keep: 'a.py', remove: 'x.py' }, { keep: 'a.py', remove: 'b.py' }, DEDUPE.pairs[2]] },
    ],
    ['the other copy kept of nothing', DEDUPE, [{ edit: 'swap', key: 'nothing.py' }], DEDUPE],
    [
      'a code accepted',
      DEDUPE,
      [places('c.py', 'body-differs:c.py')],
      { ...DEDUPE, accept: ['body-differs', 'body-differs:c.py'] },
    ],
    [
      'a code accepted for what was rejected',
      DEDUPE,
      [places('c.py', 'body-differs:c.py'), reject('c.py')],
      { ...DEDUPE, pairs: DEDUPE.pairs.slice(0, 2) },
    ],
    [
      'what was accepted before, for what was rejected',
      DEDUPE,
      [places('c.py', 'body-differs'), reject('c.py')],
      { ...DEDUPE, pairs: DEDUPE.pairs.slice(0, 2) },
    ],
    [
      'a place that two need, one of them rejected',
      RETIRE,
      [places('a.py', 'dynamic-import:z.py:1'), places('b.py', 'dynamic-import:z.py:1'), reject('b.py')],
      { ...RETIRE, shims: ['a.py'], accept: ['dynamic-import:z.py:1'] },
    ],
    [
      'doubtful places',
      MOVE,
      [{ edit: 'places', key: null, accept: ['string-reference:z.py:1'], rewrite: ['z.py:2=x'] }],
      { ...MOVE, accept: ['string-reference:z.py:1'], rewrite: ['t.md:1', 'z.py:2=x'] },
    ],
  ])('%s', (_, intent, steps, left) => {
    expect(concludedIntent(reviewedIntent(intent, steps))).toEqual(left);
  });

  it('still holds what was rejected while the review goes on, so that it can be taken back', () => {
    const { intent, answers } = reviewedIntent(DEDUPE, [reject('a.py')]);
    expect(intent).toEqual(DEDUPE);
    expect([...answers]).toEqual([['a.py', 'reject']]);
  });

  it('is nothing when all was rejected', () => {
    const left = (intent: Intent, ...keys: string[]) =>
      isEmptyIntent(concludedIntent(reviewedIntent(intent, [reject(...keys)])));
    expect(left(DEDUPE, 'a.py', 'b.py', 'c.py')).toBe(true);
    expect(left(MOVE, 'p')).toBe(false);
    expect(left(MOVE, 'p', 'm.py')).toBe(true);
    expect(left(RETIRE, 'a.py', 'b.py')).toBe(true);
    expect(left(MERGE, 'a.py', 'b.py')).toBe(false);
    expect(left(MERGE, 'a.py', 'b.py', 'c.py')).toBe(true);
    expect(left({ ...MERGE, into: 'a.py' }, 'b.py', 'c.py')).toBe(true);
  });
});

it('a package has as parts what stands in it: packages as one, stubs with their modules, without its own file', () => {
  const files = [
    'p/__init__.py',
    'p/__init__.pyi',
    'p/a.py',
    'p/a.pyi',
    'p/b.pyi',
    'p/data.json',
    'p/s/__init__.py',
    'p/s/x.py',
    'pp/z.py',
  ];
  expect(partsOf({ from: 'p', to: 'q/r' }, files)).toEqual([
    { from: 'p/a.py', to: 'q/r/a.py' },
    { from: 'p/b.pyi', to: 'q/r/b.pyi' },
    { from: 'p/data.json', to: 'q/r/data.json' },
    { from: 'p/s', to: 'q/r/s' },
  ]);
});

describe('answers that were written down', () => {
  it('are read as they were given', () => {
    const steps = [reject('a.py'), places(null, 'x'), { edit: 'destination', key: 'm.py', to: 'o.py' } as const];
    expect(parseSteps(JSON.stringify(steps))).toEqual(steps);
  });

  it.each([
    ['no JSON', '['],
    ['no list', '{}'],
    ['another answer', '[{"answer":"perhaps","keys":[]}]'],
    ['more than an answer', '[{"answer":"accept","keys":[],"also":1}]'],
    ['a place outside', '[{"edit":"destination","key":"m.py","to":"../../etc/x.py"}]'],
    ['an absolute place', '[{"edit":"destination","key":"m.py","to":"/etc/x.py"}]'],
    ['nested without end', '['.repeat(200_000)],
  ])('are none when they are %s', (_, text) => {
    expect(parseSteps(text)).toBeNull();
  });
});
