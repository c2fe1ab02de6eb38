import { describe, expect, it } from 'vitest';
import { applyToBytes, applyToText, type TextEdit, toByteEdits } from '../../src/core/edits.js';
import { decodePython, type SourceText } from '../../src/core/text.js';

const edit = (start: number, end: number, text: string): TextEdit => ({
  span: { start, end },
  text,
  reason: `${start}`,
});

/** Text and bytes agree. */
function check(before: string, edits: readonly TextEdit[], after: string, encoding: BufferEncoding = 'utf8') {
  const bytes = Buffer.from(before, encoding);
  const source = decodePython(bytes) as SourceText;
  expect(applyToText('a', source.text, edits)).toBe(after);
  const out = applyToBytes(bytes, toByteEdits('a', source, edits), source.encoding);
  expect(Buffer.from(out).subarray(source.bomLength)).toEqual(Buffer.from(after, encoding));
}

describe('edits', () => {
  it('none', () => check('abc', [], 'abc'));
  it('in any order', () => check('abcdef', [edit(4, 5, 'X'), edit(0, 1, '')], 'bcdXf'));
  it('side by side, and an insertion', () =>
    check('abcd', [edit(0, 2, 'X'), edit(2, 2, '-'), edit(2, 3, 'Y')], 'X-Yd'));
  it('the same edit twice is one', () => check('abc', [edit(1, 2, 'X'), edit(1, 2, 'X')], 'aXc'));
  it('after characters beyond ASCII and the BMP', () => check('é😀 = a', [edit(6, 7, 'ß')], 'é😀 = ß'));
  it('after a BOM', () => check('\ufeffab', [edit(0, 1, 'X')], 'Xb'));
  it('in Latin-1', () => check('# coding: latin-1\n# é a', [edit(22, 23, 'ü')], '# coding: latin-1\n# é ü', 'latin1'));
  it('keep line ends', () => check('a\r\nb\rc\n', [edit(3, 4, 'X')], 'a\r\nX\rc\n'));
  it('that overlap are a defect', () => {
    expect(() => applyToText('a', 'abc', [edit(0, 2, 'X'), edit(1, 3, 'Y')])).toThrow('overlap');
    expect(() => applyToText('a', 'abc', [edit(0, 2, 'X'), edit(0, 2, 'Y')])).toThrow('overlap');
  });
});
