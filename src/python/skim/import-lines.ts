/** Import statements from the tokens of a logical line. */
import type { SkimmedImport, SkimmedName } from '../../core/skim.js';
import type { LogicalLine } from './logical-line.js';
import { CLOSE, COMMA, DOT, OPEN, STAR } from './punctuation.js';
import { isConstant, isKeyword, WORD } from './words.js';

type ImportParts = Pick<SkimmedImport, 'kind' | 'level' | 'module' | 'line' | 'names'>;

/** A dotted name and the number of the token behind it; `null` where there is none. */
function dotted(line: LogicalLine, from: number, to: number): { name: string; next: number } | null {
  if (from >= to || !isPlainName(line, from)) return null;
  let name = line.nameAt(from);
  let at = from + 1;
  while (at + 1 < to && line.is(at, DOT) && isPlainName(line, at + 1)) {
    name += `.${line.nameAt(at + 1)}`;
    at += 2;
  }
  return { name, next: at };
}

function isPlainName(line: LogicalLine, at: number): boolean {
  return line.isName(at) && !isKeyword(line.word(at)) && !isConstant(line.word(at));
}

/** `a.b as c, d` from one token to before another; `null` where it is anything else. */
function namesBetween(line: LogicalLine, from: number, to: number): SkimmedName[] | null {
  const names: SkimmedName[] = [];
  for (let at = from; at < to; at++) {
    const name = dotted(line, at, to);
    if (!name) return null;
    const hasAlias = line.word(name.next) === WORD.as && name.next + 1 < to;
    const next = hasAlias ? name.next + 2 : name.next;
    if (hasAlias && !isPlainName(line, name.next + 1)) return null;
    names.push({ name: name.name, alias: hasAlias ? line.nameAt(name.next + 1) : null, line: line.lineOf(at) });
    if (next < to && !line.is(next, COMMA)) return null;
    at = next;
  }
  return names.length > 0 ? names : null;
}

/** The statement that begins with `import` or `from` at a token and ends before another; `null` where it is no valid one. */
export function importAt(line: LogicalLine, from: number, to: number): ImportParts | null {
  return line.word(from) === WORD.import ? plainImport(line, from, to) : fromImport(line, from, to);
}

function plainImport(line: LogicalLine, from: number, to: number): ImportParts | null {
  if (line.is(to - 1, COMMA)) return null;
  const names = namesBetween(line, from + 1, to);
  return names && { kind: 'import', level: 0, module: '', line: line.lineOf(from), names };
}

function fromImport(line: LogicalLine, from: number, to: number): ImportParts | null {
  let at = from + 1;
  let level = 0;
  for (; at < to && line.codes[at] === DOT && !line.isName(at); at++)
    level += (line.ends[at] as number) - (line.starts[at] as number);
  const module = dotted(line, at, to);
  at = module?.next ?? at;
  if (line.word(at) !== WORD.import || (level === 0 && !module)) return null;
  const parts = { level, module: module?.name ?? '', line: line.lineOf(from) };
  if (line.is(at + 1, STAR))
    return at + 2 === to && parts.module !== '__future__' ? { ...parts, kind: 'star', names: [] } : null;
  const hasBrackets = line.is(at + 1, OPEN);
  if (hasBrackets ? !line.is(to - 1, CLOSE) : line.is(to - 1, COMMA)) return null;
  const names = hasBrackets ? namesBetween(line, at + 2, to - 1) : namesBetween(line, at + 1, to);
  return names && { ...parts, kind: 'from', names };
}
