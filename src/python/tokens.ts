/** Tokens one by one with their words and the brackets around them: for the few places that are looked at closely. */
import { Lexer, TOKEN, type TokenKind } from './lexer.js';

export interface Token {
  readonly kind: TokenKind;
  readonly word: string;
  /** It begins a logical line. */
  readonly isFirst: boolean;
  /** Indentation of its logical line. */
  readonly column: number;
  /**
   * The innermost bracket that it stands in: `(` of an expression, `call` of a call, a definition or a subscript, `{`, `field` of
   * a string; none outside.
   */
  readonly inside: '(' | 'call' | '{' | 'field' | null;
}

/** Ends of lines are left out. `null` where the text cannot be cut into tokens. */
export function tokensOf(text: string): Token[] | null {
  const lexer = new Lexer(text);
  const tokens: Token[] = [];
  const around: Token['inside'][] = [];
  let isFirst = true;
  for (let kind = lexer.next(); kind !== TOKEN.end; kind = lexer.next()) {
    if (kind === TOKEN.lineEnd) {
      isFirst = true;
      continue;
    }
    const { depth, column } = lexer;
    const word = text.slice(lexer.start, lexer.end);
    const last = isFirst ? undefined : tokens.at(-1);
    const opens = depth > around.length;
    around.length = Math.min(around.length, depth);
    tokens.push({ kind, word, isFirst, column, inside: around.at(-1) ?? null });
    if (opens) around.push(bracket(kind, word, last));
    isFirst = false;
  }
  return lexer.isSound ? tokens : null;
}

function bracket(kind: TokenKind, word: string, last: Token | undefined): Token['inside'] {
  if (kind === TOKEN.text) return 'field';
  if (word === '{') return '{';
  return last && isOperand(last) ? 'call' : '(';
}

/** What a bracket behind it is applied to. */
function isOperand({ kind, word }: Token): boolean {
  return kind === TOKEN.name ? !KEYWORDS.has(word) : kind === TOKEN.text || /^[)\]}]$/.test(word);
}

export const KEYWORDS: ReadonlySet<string> = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from global if import in
  is lambda nonlocal not or pass raise return try while with yield`.split(/\s+/),
);
