/** Makes text from a repository harmless on a terminal: what could move the cursor, colour, or reorder letters is spelled out. */

/** Controls (C0, DEL, C1), bidirectional and invisible marks, line and paragraph separators, lone surrogates. */
const HOSTILE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

/** One line: control characters, bidi marks and the like become visible escapes (`\x1b`, `\u202e`); a tab becomes a space. */
export function inert(text: string): string {
  return text.replace(HOSTILE, (character) => {
    if (character === '\t') return ' ';
    if (character === '\n') return '\\n';
    const code = character.codePointAt(0) as number;
    if (code > 0xffff) return `\\u{${code.toString(16)}}`;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
