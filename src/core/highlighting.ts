/** Which parts of a text are what, for those who colour it: between whoever reads the language and whoever paints. */
import type { Span } from './model.js';

export type TokenClass = 'keyword' | 'string' | 'number' | 'comment';

export interface ClassedSpan extends Span {
  readonly class: TokenClass;
}

/** Spans of a file's text, in order, none over another; none for what is not read. */
export type Highlighter = (path: string, text: string) => readonly ClassedSpan[];
