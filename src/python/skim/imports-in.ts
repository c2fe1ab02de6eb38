/** The import statements of a text, or of some lines of one: for counting, where nothing else of it matters. */
import type { ModuleImport } from '../../core/dependents.js';
import { importAt } from './import-lines.js';
import { LogicalLine } from './logical-line.js';
import { COLON, SEMICOLON } from './punctuation.js';
import { WORD } from './words.js';

/** In source order; `null` where the text cannot be cut into tokens. */
export function importsIn(text: string): ModuleImport[] | null {
  const found: ModuleImport[] = [];
  const line = new LogicalLine(text);
  while (line.read()) {
    for (let at = 0; at < line.count; at = statementBehind(line, at)) {
      const isLazy = line.word(at) === WORD.lazy;
      const start = isLazy ? at + 1 : at;
      const word = line.word(start);
      if (word === WORD.import || word === WORD.from) found.push(...importsAt(line, start));
    }
  }
  return line.isSound ? found : null;
}

/** The token behind the next `;` or `:` outside of brackets: a statement may begin there. */
function statementBehind(line: LogicalLine, from: number): number {
  for (let at = from; at < line.count; at++)
    if (line.depths[at] === 0 && (line.is(at, COLON) || line.is(at, SEMICOLON))) return at + 1;
  return line.count;
}

function importsAt(line: LogicalLine, from: number): ModuleImport[] {
  const end = line.find(SEMICOLON, from);
  const parts = importAt(line, from, end < 0 ? line.count : end);
  if (!parts) return [];
  if (parts.kind === 'import') return parts.names.map(({ name }) => ({ level: 0, module: name, names: [] }));
  const { level, module } = parts;
  return [{ level, module, names: parts.kind === 'star' ? ['*'] : parts.names.map(({ name }) => name) }];
}
