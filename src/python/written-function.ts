/** A function as it is written, token by token, with the names that it could take from outside. */
import type { WrittenFunction } from '../core/clones/plain-agreement.js';
import { TOKEN } from './lexer.js';
import { KEYWORDS, type Token, tokensOf } from './tokens.js';

/**
 * `null` where that takes more than tokens to tell.
 * @param text of the function, from the beginning of its first line on
 */
export function writtenFunction(text: string): WrittenFunction | null {
  const tokens = tokensOf(text);
  const def = tokens?.findIndex(
    ({ word, isFirst }, at) => word === 'def' && (isFirst || tokens[at - 1]?.word === 'async'),
  );
  if (!tokens || def === undefined || def < 0 || /[^\0-\x7f]/.test(text)) return null;
  const isName = ({ kind, word }: Token) => kind === TOKEN.name && !KEYWORDS.has(word);
  const isAttribute = (at: number) => tokens[at - 1]?.word === '.';
  const names = (from: number, to: number, attributes: boolean) =>
    new Set(
      tokens.flatMap((token, at) =>
        at >= from && at < to && at !== def + 1 && isName(token) && isAttribute(at) === attributes ? [token.word] : [],
      ),
    );
  const head = tokens.findIndex(({ word, inside }, at) => at > def && word === ':' && inside === null);
  return {
    code: codeOf(tokens, def + 1),
    names: names(0, tokens.length, false),
    headNames: names(0, head, false),
    attributes: names(0, tokens.length, true),
    imports: tokens.some(({ word }) => word === 'import'),
    mayQuoteTypes: mayQuoteTypes(tokens),
  };
}

/** With the indentation of each line, counted from the first one. */
function codeOf(tokens: readonly Token[], name: number): string {
  const base = tokens[0]?.column ?? 0;
  return tokens
    .map(({ word, isFirst, column }, at) => `${isFirst ? `\n${column - base}` : ''} ${at === name ? '' : word}`)
    .join('');
}

/** A line in which a string stands beside a colon or an arrow that is no end of a head, of a dictionary or of a slice. */
function mayQuoteTypes(tokens: readonly Token[]): boolean {
  let hasText = false;
  let hasType = false;
  for (const [at, { kind, word, isFirst, inside }] of tokens.entries()) {
    if (isFirst) hasText = hasType = false;
    hasText ||= kind === TOKEN.text;
    const isEnd = tokens[at + 1]?.isFirst !== false;
    hasType ||= word === '->' || (word === ':' && (inside === '(' || inside === 'call' || (inside === null && !isEnd)));
    if (hasText && hasType) return true;
  }
  return false;
}
