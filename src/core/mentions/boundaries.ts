/** Where identifiers begin and end inside arbitrary text, with the escapes that JSON, shells and `-m` put before them. */

const CONTINUES = /^\p{ID_Continue}$/u;
const ESCAPE_BEFORE = /(?:\\[abfnrtv0]|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2})$/;
const MODULE_FLAG_BEFORE = /(?:^|[\s"'])-m$/;

function continues(codePoint: number): boolean {
  if (codePoint < 128) {
    return (
      (codePoint >= 97 && codePoint <= 122) ||
      (codePoint >= 65 && codePoint <= 90) ||
      (codePoint >= 48 && codePoint <= 57) ||
      codePoint === 95
    );
  }
  return CONTINUES.test(String.fromCodePoint(codePoint));
}

/** Whether the code point that starts at an offset continues an identifier. */
export function continuesAt(text: string, offset: number): boolean {
  const codePoint = text.codePointAt(offset);
  return codePoint !== undefined && continues(codePoint);
}

/** Whether an identifier may start at an offset: what stands before is no part of it, or is an escape such as `\n`. */
export function startsAt(text: string, offset: number): boolean {
  if (offset === 0) return true;
  const low = text.charCodeAt(offset - 1);
  const pair = low >= 0xdc00 && low <= 0xdfff && offset > 1;
  if (!continues((pair ? text.codePointAt(offset - 2) : low) as number)) return true;
  const before = text.slice(Math.max(0, offset - 6), offset);
  return ESCAPE_BEFORE.test(before) || MODULE_FLAG_BEFORE.test(before);
}
