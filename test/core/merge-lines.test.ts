import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergedBytes } from '../../src/core/merge-lines.js';

const merged = (ours: string, base: string, theirs: string) => {
  const bytes = mergedBytes(Buffer.from(ours, 'latin1'), Buffer.from(base, 'latin1'), Buffer.from(theirs, 'latin1'));
  return bytes && Buffer.from(bytes).toString('latin1');
};
/** `abc` is three lines. */
const lines = (letters: string) => [...letters].map((letter) => `${letter}\n`).join('');
const check = (ours: string, base: string, theirs: string) => merged(lines(ours), lines(base), lines(theirs));

describe('two changes of one text', () => {
  test.each([
    ['of lines apart', 'Xbcd', 'abcd', 'abcY', 'XbcY'],
    ['put in at both ends', 'Xabc', 'abc', 'abcY', 'XabcY'],
    ['taken out on one side', 'cd', 'abcd', 'abcY', 'cY'],
    ['that are the same', 'Xbc', 'abc', 'Xbc', 'Xbc'],
    ['one the same, one not', 'Xbcdef', 'abcdef', 'XbcdeY', 'XbcdeY'],
    ['only here', 'Xb', 'ab', 'ab', 'Xb'],
    ['only there', 'ab', 'ab', 'aY', 'aY'],
    ['of an empty one', '', '', 'Y', 'Y'],
  ])('%s are put together', (_, ours, base, theirs, result) => {
    expect(check(ours, base, theirs)).toBe(lines(result));
  });

  test.each([
    ['of one line', 'Xb', 'ab', 'Yb'],
    ['of neighbouring lines', 'Xbc', 'abc', 'aYc'],
    ['put in at one place', 'aXb', 'ab', 'aYb'],
    ['put in beside a change', 'aXbc', 'abc', 'aYc'],
    ['taken out and changed', 'ac', 'abc', 'aYc'],
  ])('%s are left to a person', (_, ours, base, theirs) => {
    expect(check(ours, base, theirs)).toBeNull();
  });

  test('bytes stay, whatever they mean: line ends, other encodings, no last line end', () => {
    expect(merged('\xe9\r\nb\r\nc\r\nd', 'a\r\nb\r\nc\r\nd', 'a\r\nb\r\nc\r\n\xff')).toBe('\xe9\r\nb\r\nc\r\n\xff');
  });

  test('what is not text is left to a person', () =>
    expect(merged('\0X\nb\nc\n', '\0a\nb\nc\n', '\0a\nb\nY\n')).toBeNull());

  test('many equal lines take no time of their own', () => {
    const base = '\n'.repeat(100_000);
    expect(merged(`x\n${base}`, base, `${base}y`)).toBe(`x\n${base}y`);
  });

  test('what has little in common is given up', () => {
    const other = (word: string) => Array.from({ length: 10_000 }, (_, i) => `${word} ${i}\n`).join('');
    expect(merged(other('ours'), other('base'), other('theirs'))).toBeNull();
  });

  test('changes in different paragraphs always come together', () => {
    const paragraph = fc.array(fc.constantFrom('a\n', 'b\n', '\n'), { maxLength: 4 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(paragraph, paragraph, paragraph, paragraph, (head, tail, newHead, newTail) => {
        const middle = '1\n2\n3\n';
        const result = merged(newHead + middle + tail, head + middle + tail, head + middle + newTail);
        expect(result).toBe(newHead + middle + newTail);
      }),
    );
  });
});
