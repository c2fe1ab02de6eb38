/** Character codes of the operators and delimiters that the skim looks for. */

export const codeOf = (character: string): number => character.charCodeAt(0);

export const OPEN = codeOf('(');
export const CLOSE = codeOf(')');
export const OPEN_SQUARE = codeOf('[');
export const CLOSE_SQUARE = codeOf(']');
export const OPEN_BRACE = codeOf('{');
export const CLOSE_BRACE = codeOf('}');
export const COMMA = codeOf(',');
export const DOT = codeOf('.');
export const COLON = codeOf(':');
export const SEMICOLON = codeOf(';');
export const EQUALS = codeOf('=');
export const STAR = codeOf('*');
export const PLUS = codeOf('+');
export const AT = codeOf('@');
