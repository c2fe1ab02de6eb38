/**
 * Bytes to text and back. Python source is UTF-8 unless a cookie (PEP 263) or a BOM says otherwise; a text is accepted
 * only when encoding it again gives the same bytes, so an edit can never disturb what it does not touch.
 */

export type Encoding = 'utf-8' | 'latin-1';

export interface SourceText {
  readonly text: string;
  readonly encoding: Encoding;
  /** Bytes before the text: 3 with a UTF-8 BOM, else 0. */
  readonly bomLength: number;
}

export interface Undecodable {
  readonly undecodable: string;
}

const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

/** The encoding named by a PEP 263 cookie in the first two lines, lower case; `null` without one. */
export function encodingCookie(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 1024))
    .toString('latin1')
    .split(/\r\n|\r|\n/, 2);
  for (const line of head) {
    const cookie = COOKIE.exec(line)?.[1];
    if (cookie) return cookie.toLowerCase().replaceAll('_', '-');
    if (!/^[ \t\f]*(#.*)?$/.test(line)) return null;
  }
  return null;
}

/** Decodes a Python file. Supports UTF-8 (with or without BOM), ASCII and Latin-1; anything else is {@link Undecodable}. */
export function decodePython(bytes: Uint8Array): SourceText | Undecodable {
  const cookie = encodingCookie(bytes);
  if (cookie && /^(latin-?1|iso-?8859-1|iso-latin-1)(-|$)/.test(cookie)) {
    return withoutNul({ text: Buffer.from(bytes).toString('latin1'), encoding: 'latin-1', bomLength: 0 });
  }
  if (cookie && !/^(utf-?8|u8|ascii|us-ascii)(-|$)/.test(cookie))
    return { undecodable: `encoding ${cookie} is not supported` };
  return decodeUtf8(bytes);
}

/** Decodes strict UTF-8; a BOM is kept apart. */
export function decodeUtf8(bytes: Uint8Array): SourceText | Undecodable {
  const bomLength = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(bomLength));
    return withoutNul({ text, encoding: 'utf-8', bomLength });
  } catch {
    return { undecodable: 'not valid UTF-8' };
  }
}

function withoutNul(source: SourceText): SourceText | Undecodable {
  return source.text.includes('\0') ? { undecodable: 'contains NUL' } : source;
}

/** Encodes text in the given encoding; the caller has checked that Latin-1 text fits. */
export function encode(text: string, encoding: Encoding): Uint8Array {
  return Buffer.from(text, encoding === 'latin-1' ? 'latin1' : 'utf8');
}

/** Byte offset in the file of a UTF-16 offset in its text. */
export function byteOffset(source: SourceText, offset: number): number {
  const head = source.text.slice(0, offset);
  return source.bomLength + (source.encoding === 'latin-1' ? head.length : Buffer.byteLength(head, 'utf8'));
}

/** Line starts as UTF-16 offsets. LF, CRLF and a lone CR end a line, as in Python. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

/** Index of the line (from 0) that holds an offset, by binary search over {@link lineStarts}. */
export function lineIndex(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
