/** What may bring names or modules in that no statement spells. */
import type { LogicalLine } from './logical-line.js';
import { CLOSE, DOT, OPEN, OPEN_SQUARE } from './punctuation.js';
import { WORD } from './words.js';

export interface Marks {
  bindsByValue: boolean;
  registersModules: boolean;
}

/** Adds the marks of one line. */
export function markLine(line: LogicalLine, marks: Marks): void {
  if (!line.hasMarks) return;
  for (let at = 0; at < line.count; at++) if (line.word(at) >= (WORD.modules as number)) mark(line, at, marks);
}

function mark(line: LogicalLine, at: number, marks: Marks): void {
  const word = line.word(at);
  const isCalled = line.is(at + 1, OPEN);
  if (word === WORD.globals || word === WORD.vars) marks.bindsByValue ||= isCalled && line.is(at + 2, CLOSE);
  else if (word === WORD._convert || word === WORD._convert_) marks.bindsByValue ||= isCalled;
  else if (word === WORD.__dict__ || word === WORD.global_enum) marks.bindsByValue = true;
  else if (word === WORD.meta_path) marks.registersModules = true;
  else if (word === WORD.modules) {
    marks.registersModules ||= line.is(at - 1, DOT) && line.isName(at - 2) && line.nameAt(at - 2) === 'sys';
    marks.bindsByValue ||= line.is(at + 1, OPEN_SQUARE) && line.isName(at + 2) && line.nameAt(at + 2) === '__name__';
  }
}
