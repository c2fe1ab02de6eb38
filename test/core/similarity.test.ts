import { describe, expect, it } from 'vitest';
import { longestIncreasing, similarity, wordsOf } from '../../src/core/similarity.js';

const letters = (text: string): string[] => [...text];

describe('similarity', () => {
  it.each([
    ['', '', 1],
    ['abc', 'abc', 1],
    ['abc', '', 0],
    ['abc', 'xyz', 0],
    ['abcd', 'abxd', 0.75],
    ['ab', 'ba', 0.5],
    ['aaaa', 'aa', 2 / 3],
    ['abcabba', 'cbabac', 8 / 13],
    ['xaybz', 'ab', 4 / 7],
  ])('of %j and %j is %d', (a, b, expected) => {
    expect(similarity(letters(a), letters(b))).toBeCloseTo(expected, 10);
    expect(similarity(letters(b), letters(a))).toBeCloseTo(expected, 10);
  });

  it('weighs long lines more', () => {
    expect(similarity(['a\nb\nc', 'd'], ['a\nb\nc', 'e'], wordsOf)).toBeCloseTo(0.75, 10);
  });

  it('is below 1 for whatever differs', () => {
    const many = Array.from({ length: 10 }, (_, i) => `line ${i}`);
    expect(similarity(many, [...many, ''], (line) => line.length)).toBeLessThan(1);
  });

  it('finds a block that moved', () => {
    const [a, b] = [Array.from({ length: 100 }, (_, i) => `a${i}`), Array.from({ length: 50 }, (_, i) => `b${i}`)];
    expect(similarity([...a, ...b], [...b, ...a])).toBeCloseTo(2 / 3, 10);
  });

  it('stays a lower bound where exact work would cost too much', () => {
    const cycle = (period: number) => Array.from({ length: 20_000 }, (_, i) => String(i % period));
    const value = similarity(cycle(7), cycle(11));
    expect(value).toBeGreaterThanOrEqual(0);
    expect(value).toBeLessThan(1);
    expect(
      similarity(
        cycle(7),
        Array.from({ length: 20_000 }, (_, i) => `x${i}`),
      ),
    ).toBe(0);
  });
});

describe('longestIncreasing', () => {
  it.each([
    [[], []],
    [
      [3, 1, 2],
      [1, 2],
    ],
    [
      [1, 2, 3],
      [0, 1, 2],
    ],
    [[5, 5], [1]],
  ])('of %j', (values, expected) => expect(longestIncreasing(values)).toEqual(expected));
});
