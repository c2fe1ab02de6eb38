import { describe, expect, it } from 'vitest';
import {
  byteOffset,
  decodePython,
  decodeUtf8,
  encodingCookie,
  lineIndex,
  lineStarts,
  type SourceText,
} from '../../src/core/text.js';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('the encoding of a Python file', () => {
  const check = (bytes: Uint8Array, expected: string | null) => {
    const source = decodePython(bytes);
    expect('undecodable' in source ? null : source.encoding).toBe(expected);
  };
  it('UTF-8 by default', () => check(Buffer.from('é'), 'utf-8'));
  it('a cookie in the first line', () => check(latin1('# -*- coding: latin-1 -*-\n\xe9'), 'latin-1'));
  it('a cookie in the second line', () =>
    check(latin1('#!/usr/bin/python\n# vim: set fileencoding=iso-8859-1 :\n\xe9'), 'latin-1'));
  it('no cookie after code', () => check(latin1('x = 1\n# coding: latin-1\n\xe9'), null));
  it('no cookie in the third line', () => check(latin1('\n\n# coding: latin-1\n\xe9'), null));
  it('an unknown one', () => check(Buffer.from('# coding: koi8-r\n'), null));
  it('bytes that are no UTF-8', () => check(latin1('\xe9'), null));
  it('UTF-16', () => check(Buffer.from('\ufeffa', 'utf16le'), null));
  it('NUL', () => check(Buffer.from('a\0'), null));
  it('spelled with underscores and capitals', () =>
    expect(encodingCookie(Buffer.from('# coding: UTF_8\n'))).toBe('utf-8'));
});

describe('offsets', () => {
  it('count bytes after a BOM and beyond ASCII', () => {
    const source = decodeUtf8(Buffer.from('\ufeffé😀a')) as SourceText;
    expect([0, 1, 3, 4].map((offset) => byteOffset(source, offset))).toEqual([3, 5, 9, 10]);
  });
  it('lines end by LF, CRLF and CR', () => expect(lineStarts('a\nb\r\nc\rd')).toEqual([0, 2, 5, 7]));
  it('the line of an offset', () =>
    expect([0, 1, 2, 5, 99].map((offset) => lineIndex([0, 2, 5], offset))).toEqual([0, 0, 1, 2, 2]));
});
