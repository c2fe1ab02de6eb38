/** Where a word stands as a name in the code of a file. */
import type { WordUse } from '../../core/codebase.js';
import type { LogicalLine as Line } from './logical-line.js';
import { LogicalLine } from './logical-line.js';
import { COLON, DOT, SEMICOLON } from './punctuation.js';
import { WORD } from './words.js';

/** In source order, without strings and comments; `null` where the text cannot be cut into tokens. */
export function wordUses(text: string, word: string): WordUse[] | null {
  const uses: WordUse[] = [];
  const line = new LogicalLine(text);
  while (line.read()) {
    for (let at = 0; at < line.count; at++) if (isWord(line, at, word)) uses.push(useAt(line, at));
  }
  return line.isSound ? uses : null;
}

function isWord(line: Line, at: number, word: string): boolean {
  const start = line.starts[at] as number;
  return line.isName(at) && line.ends[at] === start + word.length && line.text.startsWith(word, start);
}

function useAt(line: Line, at: number): WordUse {
  if (isInImport(line, at)) return 'import';
  return line.is(at - 1, DOT) ? 'attribute' : 'name';
}

function isInImport(line: Line, at: number): boolean {
  let start = at;
  const isBorder = (index: number) => line.depths[index] === 0 && (line.is(index, SEMICOLON) || line.is(index, COLON));
  while (start > 0 && !isBorder(start - 1)) start--;
  const word = line.word(start) === WORD.lazy ? line.word(start + 1) : line.word(start);
  return word === WORD.import || word === WORD.from;
}
