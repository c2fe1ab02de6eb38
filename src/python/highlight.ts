/** What to colour in Python: keywords, strings, numbers, comments, told from tokens alone. */
import type { ClassedSpan, Highlighter, TokenClass } from '../core/highlighting.js';
import { Lexer, TOKEN } from './lexer.js';
import { KEYWORDS } from './tokens.js';

/** Files of other languages have no spans. */
export const highlightPython: Highlighter = (path, text) => (/\.pyi?$/.test(path) ? pythonSpans(text) : []);

/** A text that is no Python is coloured as far as its tokens go: nothing depends on it. */
function pythonSpans(text: string): ClassedSpan[] {
  const lexer = new Lexer(text);
  const spans: ClassedSpan[] = [];
  let end = 0;
  for (let kind = lexer.next(); kind !== TOKEN.end; kind = lexer.next()) {
    const { start } = lexer;
    spans.push(...commentsIn(text, end, start));
    end = lexer.end;
    const word = kind === TOKEN.name ? text.slice(start, end) : '';
    const own: TokenClass | null =
      kind === TOKEN.text ? 'string' : kind === TOKEN.number ? 'number' : KEYWORDS.has(word) ? 'keyword' : null;
    if (own && end > start) spans.push({ start, end, class: own });
  }
  return [...spans, ...commentsIn(text, end, text.length)];
}

/** Between two tokens stand blanks, line ends and comments only. */
function commentsIn(text: string, from: number, to: number): ClassedSpan[] {
  if (to <= from) return [];
  return [...text.slice(from, to).matchAll(/#[^\r\n]*/g)].map((match) => {
    const start = from + match.index;
    return { start, end: start + match[0].length, class: 'comment' };
  });
}
