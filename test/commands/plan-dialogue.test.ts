/** The dialogue of `regraft review` as a table: what each key makes of each state. */
import { describe, expect, it } from 'vitest';
import { begun, given, questionText } from '../../src/commands/dialogue.js';
import {
  type Asked,
  type AskedOperation,
  answered,
  edited,
  editPrompt,
  openOf,
  promptFor,
} from '../../src/commands/plan-dialogue.js';
import type { Problem } from '../../src/core/model.js';
import type { Intent } from '../../src/core/plan.js';
import { problem } from '../../src/core/problems.js';
import type { ReviewAnswer, ReviewStep } from '../../src/core/reviewing.js';

const operation = (key: string, more: Partial<AskedOperation> = {}): AskedOperation => ({
  key,
  isRefused: false,
  parts: [],
  whyNotApart: null,
  ...more,
});
const DEDUPE: Intent = { command: 'dedupe', suffixes: [], pairs: [], accept: [], batchSize: 5 };
const MOVE: Intent = {
  command: 'move',
  moves: [],
  map: null,
  shims: false,
  withTests: false,
  prune: false,
  created: [],
  accept: [],
  rewrite: [],
  batchSize: 0,
};
const RETIRE: Intent = { command: 'retire', shims: [], redirect: false, accept: [] };
const REFUSED = operation('b.py', { isRefused: true });
const PARTS = [{ from: 'p/x.py', to: 'q/x.py' }];
const PACKAGE = operation('p', { parts: PARTS });

function asked(
  operations: readonly AskedOperation[],
  intent: Intent = DEDUPE,
  answers: Record<string, ReviewAnswer> = {},
): Asked {
  return { intent, operations, answers: new Map(Object.entries(answers)) };
}

const ALL = asked([operation('a.py'), REFUSED, operation('c.py')]);
const step = (answer: ReviewAnswer, ...keys: string[]): ReviewStep => ({ answer, keys });

describe('a key', () => {
  it.each<[key: string, of: AskedOperation, in_: Asked, steps: ReviewStep[], notice: string]>([
    ['y', operation('a.py'), ALL, [step('accept', 'a.py')], ''],
    ['n', operation('a.py'), ALL, [step('reject', 'a.py')], ''],
    ['c', operation('a.py'), ALL, [step('apart', 'a.py')], ''],
    ['a', operation('a.py'), ALL, [step('accept', 'a.py', 'c.py')], ''],
    ['a', operation('c.py'), asked(ALL.operations, DEDUPE, { 'a.py': 'reject' }), [step('accept', 'c.py')], ''],
    ['a', REFUSED, asked([REFUSED]), [], 'it is refused'],
    ['y', REFUSED, ALL, [], 'it is refused'],
    ['c', REFUSED, ALL, [], 'it is refused'],
    ['n', REFUSED, ALL, [step('reject', 'b.py')], ''],
    ['s', operation('a.py'), ALL, [], 'it has no parts'],
    ['s', PACKAGE, asked([PACKAGE], MOVE), [{ edit: 'parts', key: 'p', moves: PARTS }], 'what is in p is asked'],
    ['c', operation('a.py'), asked(ALL.operations, { ...DEDUPE, batchSize: 1 }), [], 'a commit of its own already'],
    ['c', operation('a.py'), asked(ALL.operations, RETIRE), [], 'shims go in one commit'],
    ['c', operation('a.py', { whyNotApart: 'so it is' }), ALL, [], 'so it is'],
    ['u', operation('a.py'), ALL, [], 'nothing to undo yet'],
    ['?', operation('a.py'), ALL, [], 'c  it is done, in a commit of its own'],
    ['yes', operation('a.py'), ALL, [], "'yes' is no answer"],
    ['', operation('a.py'), ALL, [], "'' is no answer"],
    ['\u001b[2J', operation('a.py'), ALL, [], "'\\x1b[2J' is no answer"],
  ])('%j', (key, of, state, steps, notice) => {
    const next = answered(begun(), state, of, key);
    expect(next.steps).toEqual(steps);
    expect(next.stopped).toBe(false);
    if (notice === '') expect(next.notice).toBe('');
    else expect(next.notice).toContain(notice);
  });

  it('q stops and keeps what was answered', () => {
    const before = given(begun<ReviewStep>(), step('accept', 'a.py'));
    expect(answered(before, ALL, REFUSED, 'q')).toEqual({ ...before, stopped: true });
  });

  it('u takes back one step, however many operations it answered, and the notice goes', () => {
    const first = given(begun<ReviewStep>(), step('reject', 'a.py'));
    const second = { ...given(first, step('accept', 'b.py', 'c.py')), notice: 'said' };
    expect(answered(second, ALL, REFUSED, 'u')).toEqual({ ...first, notice: '' });
  });

  it('changes no state that it was given', () => {
    const before = Object.freeze({ ...begun<ReviewStep>(), steps: Object.freeze([]) as readonly ReviewStep[] });
    for (const key of ['y', 'n', 'a', 'u', 'q', '?', 'x']) answered(before, ALL, operation('a.py'), key);
    expect(before.steps).toEqual([]);
  });
});

describe('a prompt', () => {
  it.each<[of: AskedOperation, in_: Asked, refusals: Problem[], prompt: string]>([
    [operation('a.py'), ALL, [], 'do it? [y,n,c,e,a,u,d,q,?] '],
    [REFUSED, ALL, [], 'refused; leave it out? [n,e,a,u,d,q,?] '],
    [PACKAGE, asked([PACKAGE], MOVE), [], 'do it? [y,n,c,s,e,a,u,d,q,?] '],
    [operation('a.py'), asked([], RETIRE), [], 'do it? [y,n,a,u,d,q,?] '],
    [
      REFUSED,
      asked([], RETIRE),
      [problem('dynamic-import', 'm', { place: 'x.py' })],
      'refused; leave it out? [n,e,a,u,d,q,?] ',
    ],
  ])('names the keys that mean something: %j', (of, state, refusals, prompt) => {
    expect(promptFor(state, of, refusals)).toBe(prompt);
  });
});

const PLACES = [
  problem('dynamic-import', 'm', { place: { path: 'x.py', line: 3, column: 1 } }),
  problem('dynamic-import', 'm', { place: { path: 'y.py', line: 4, column: 1 } }),
  problem('body-differs', 'm', { place: 'b.py' }),
  problem('missing-name', 'm', { place: 'b.py' }),
];

describe('what is written after e', () => {
  const to = (from: string, text: string) => ({ from, to: `there/${text}` });
  const edit = (intent: Intent, text: string) => edited(begun(), { intent }, operation('b.py'), PLACES, text, to);
  const both = ['dynamic-import:x.py:3', 'dynamic-import:y.py:4'];

  it.each<[intent: Intent, text: string, steps: ReviewStep[], notice: string]>([
    [DEDUPE, '', [], ''],
    [DEDUPE, 'swap', [{ edit: 'swap', key: 'b.py' }], ''],
    [DEDUPE, 'dynamic-import', [{ edit: 'places', key: 'b.py', accept: both, rewrite: [] }], ''],
    [
      DEDUPE,
      'body-differs, dynamic-import',
      [{ edit: 'places', key: 'b.py', accept: ['body-differs:b.py', ...both], rewrite: [] }],
      '',
    ],
    [DEDUPE, 'missing-name', [], "'missing-name' is none of them"],
    [DEDUPE, 'body-differs swap', [], 'is none of them'],
    [MOVE, 'x.py', [{ edit: 'destination', key: 'b.py', to: 'there/x.py' }], ''],
    [MOVE, 'body-differs', [{ edit: 'places', key: 'b.py', accept: ['body-differs:b.py'], rewrite: [] }], ''],
    [RETIRE, 'swap', [], "'swap' is none of them"],
  ])('%j %j', (intent, text, steps, notice) => {
    const next = edit(intent, text);
    expect(next.steps).toEqual(steps);
    expect(next.notice).toContain(notice);
  });

  it('takes no copy for the one to keep that goes in another pair', () => {
    const pairs = [
      { keep: 'a.py', remove: 'b.py' },
      { keep: 'b.py', remove: 'c.py' },
    ];
    const swap = (key: string) => edited(begun(), { intent: { ...DEDUPE, pairs } }, operation(key), [], 'swap', to);
    expect(swap('c.py')).toMatchObject({ steps: [], notice: 'b.py goes already, as a copy of a.py' });
    expect(swap('b.py').steps).toEqual([{ edit: 'swap', key: 'b.py' }]);
  });

  it('is explained beforehand, a line for each; nothing where nothing can be changed', () => {
    expect(editPrompt(DEDUPE, PLACES)?.split('\n')).toEqual([
      '  swap: the other copy stays',
      '  dynamic-import: that is accepted',
      '  body-differs: that is accepted',
      'change to (nothing to go back): ',
    ]);
    expect(editPrompt(RETIRE, [])).toBeNull();
  });
});

describe('the rest of the dialogue', () => {
  it('asks in order, what has no answer', () => {
    const keys = openOf(asked(ALL.operations, DEDUPE, { 'a.py': 'reject' })).map(({ key }) => key);
    expect(keys).toEqual(['b.py', 'c.py']);
  });

  it('says what is to be said above the question', () => {
    expect(questionText('', ['a'], 'do it? ')).toBe('a\ndo it? ');
    expect(questionText('so', ['a'], 'do it? ')).toBe('so\n\na\ndo it? ');
  });
});
