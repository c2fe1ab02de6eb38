import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Culprit, findCulprits } from '../../src/core/isolation.js';

type Answer = (tried: readonly number[]) => { failed: readonly number[]; dropped?: readonly number[] };

/** Plays the dialogue. A trial of operations that depend on missing ones drops them. */
function play(failed: readonly number[], open: readonly number[], answer: Answer, most?: number) {
  const dialogue = findCulprits<number, string>(failed, 'whole', open, most);
  const landed: number[] = [];
  const trials: (readonly number[])[] = [];
  let step = dialogue.next();
  while (!step.done) {
    const tried = step.value;
    trials.push(tried);
    const { failed: bad, dropped = [] } = answer(tried);
    if (bad.length === 0) landed.push(...tried.filter((each) => !dropped.includes(each)));
    const evidence = bad.length > 0 ? `trial ${trials.length}` : null;
    step = dialogue.next({ failed: bad, evidence, untried: [], dropped });
  }
  return { culprits: step.value as Culprit<number, string>[], landed, trials };
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const breaking = (bad: readonly number[]) => (tried: readonly number[]) => ({
  failed: tried.some((each) => bad.includes(each)) ? tried : [],
});

test('one operation that failed alone needs no further run', () => {
  const { culprits, trials } = play([7], [], breaking([7]));
  expect(culprits).toEqual([{ operation: 7, evidence: 'whole' }]);
  expect(trials).toEqual([]);
});

test('three of forty are found in few trials, and the others land once each', () => {
  const { culprits, landed, trials } = play(range(40), [], breaking([3, 19, 36]));
  expect(culprits.map(({ operation }) => operation)).toEqual([3, 19, 36]);
  expect([...landed].sort((a, b) => a - b)).toEqual(range(40).filter((each) => ![3, 19, 36].includes(each)));
  expect(trials.length).toBeLessThanOrEqual(20);
});

test('what is blamed by the other half coming through is not tried again, and has the evidence of both', () => {
  const { culprits, trials } = play([1, 2], [], breaking([2]));
  expect(trials).toEqual([[1]]);
  expect(culprits).toEqual([{ operation: 2, evidence: 'whole' }]);
});

test('where an operation is dropped, nobody is blamed without a trial', () => {
  const { culprits, landed } = play([1, 2], [], (tried) => ({
    failed: [],
    dropped: tried.filter((each) => each === 1),
  }));
  expect([culprits, landed]).toEqual([[], [2]]);
});

test('it gives up after so many', () => {
  const { culprits } = play(range(40), [], breaking(range(40)), 5);
  expect(culprits).toHaveLength(5);
});

test('any culprits among any operations are found exactly', () => {
  const cases = fc.record({
    count: fc.integer({ min: 1, max: 60 }),
    bad: fc.array(fc.nat(59), { minLength: 1, maxLength: 8 }),
  });
  fc.assert(
    fc.property(cases, ({ count, bad }) => {
      const real = [...new Set(bad.map((each) => each % count))].sort((a, b) => a - b);
      const { culprits, landed, trials } = play(range(count), [], breaking(real));
      expect(culprits.map(({ operation }) => operation).sort((a, b) => a - b)).toEqual(real);
      expect(landed.length).toBe(count - real.length);
      expect(trials.length).toBeLessThanOrEqual(real.length * (Math.ceil(Math.log2(count)) + 1) + 1);
    }),
  );
});
