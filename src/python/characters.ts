/** Which characters a token of Python may consist of, by UTF-16 unit. */

/** Table of the ASCII characters: 1 may begin a name, 2 may only go on with one. */
const NAME = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  NAME[code] = /[A-Za-z_]/.test(character) ? 1 : /[0-9]/.test(character) ? 2 : 0;
}

/** Letters beyond ASCII; those beyond the BMP are pairs of surrogates. */
const LETTER = /[\p{XID_Continue}\ud800-\udfff]/u;

export function isNameStart(code: number): boolean {
  return code < 128 ? NAME[code] === 1 : LETTER.test(String.fromCharCode(code));
}

export function isNamePart(code: number): boolean {
  return code < 128 ? NAME[code] !== 0 : LETTER.test(String.fromCharCode(code));
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isBrace(code: number): boolean {
  return code === 123 || code === 125;
}

export function isLineEnd(code: number): boolean {
  return code === 10 || code === 13;
}

/** Units of the line end at an offset: 2 for CR LF. */
export function lineEndLength(text: string, at: number): number {
  return text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? 2 : 1;
}

/** The offset of the next line end, or of the end of the text. */
export function endOfLine(text: string, at: number): number {
  let end = at;
  while (end < text.length && !isLineEnd(text.charCodeAt(end))) end++;
  return end;
}

const CHARACTER_NAME = /N\{[\w -]+\}/y;

/** The last unit of the escape sequence that begins with a backslash: the braces of `\N{DIGIT ONE}` are no field. */
export function escapeEnd(text: string, at: number): number {
  CHARACTER_NAME.lastIndex = at + 1;
  return CHARACTER_NAME.test(text) ? CHARACTER_NAME.lastIndex - 1 : at + 1;
}

const OPERATOR = 1;
/** `=` makes another one of it. */
const ASSIGNING = 2;
const DOUBLED = 4;
const OPERATORS = new Uint8Array(128);
for (const [characters, kind] of [
  ['-+*/%@&|^~<>=!:.,;()[]{}', OPERATOR],
  ['+-*/%@&|^<>=!:', ASSIGNING],
  ['*/<>', DOUBLED],
] as const)
  for (const character of characters)
    OPERATORS[character.charCodeAt(0)] = kind | (OPERATORS[character.charCodeAt(0)] ?? 0);
const [EQUALS, MINUS, GREATER, DOT] = [61, 45, 62, 46];

/** Whether an operator or delimiter begins with it. */
export function isOperator(code: number): boolean {
  return code < 128 && OPERATORS[code] !== 0;
}

/** Units of the operator or delimiter at an offset. */
export function operatorLength(text: string, at: number): number {
  const first = text.charCodeAt(at);
  const second = text.charCodeAt(at + 1);
  const kind = first < 128 ? (OPERATORS[first] as number) : 0;
  if (second === first && (kind & DOUBLED) !== 0) return text.charCodeAt(at + 2) === EQUALS ? 3 : 2;
  if (second === EQUALS && (kind & ASSIGNING) !== 0) return 2;
  if (first === MINUS && second === GREATER) return 2;
  return first === DOT && second === DOT && text.charCodeAt(at + 2) === DOT ? 3 : 1;
}
