/** Words of a file that could name modules or files, and how those of two versions correspond. Pure. */
import { diffArrays } from 'diff';
import { type Codebase, isPythonKind } from '../codebase.js';
import type { Span } from '../model.js';

/** A dotted name, a path, or a part of one. */
export interface Word {
  readonly text: string;
  /** UTF-16 offset in the file. */
  readonly at: number;
  /** Where the parts of it stand, as offsets in the file. */
  readonly parts: readonly Span[];
}

/** What stands in one place before and afterwards; where words are the same, one of each. */
export interface WordChange {
  readonly old: readonly Word[];
  readonly now: readonly Word[];
}

const WORD = /[\p{L}\p{N}_.\-/\\]*[\p{L}\p{N}_][\p{L}\p{N}_.\-/\\]*/gu;

/** Of Python the words in strings, of other text files all; `null` for a file without usable text. */
export function wordsOf(codebase: Codebase, path: string): Word[] | null {
  if (isPythonKind(codebase.kind(path))) return wordsInStrings(codebase, path);
  const source = codebase.text(path);
  return 'undecodable' in source ? null : wordsIn(source.text, (at) => at);
}

function wordsInStrings(codebase: Codebase, path: string): Word[] | null {
  const unit = codebase.unitOrNone(path);
  if (!unit) return null;
  // Annotations and lists of exports are code, and compared as such.
  const strings = unit.facts.strings.filter(({ role }) => role !== 'annotation' && role !== 'export');
  return strings.flatMap(({ span: { start, end } }) =>
    wordsIn(unit.text.slice(start, end), (at) => unit.toFile(start + at)),
  );
}

/** `from a import b as c` in a text: the words `a.b` and `as c`. */
const IMPORT = /\bfrom[ \t]+(\.*[\p{L}\p{N}_.]*)[ \t]+import[ \t]+\(?((?:[\p{L}_][\p{L}\p{N}_]*[ \t,]*)+)/gu;
const IMPORTED = /([\p{L}_][\p{L}\p{N}_]*)(?:[ \t]+as[ \t]+([\p{L}_][\p{L}\p{N}_]*))?/gu;

function wordsIn(text: string, place: (at: number) => number): Word[] {
  const words: Word[] = [];
  let imported: Imported[] = [];
  let end = 0;
  const spanOf = (written: string, at: number): Span => ({ start: place(at), end: place(at) + written.length });
  const close = () => {
    words.push(...wordsOfImports(imported));
    imported = [];
  };
  const plain = (until: number) => {
    const found = [...text.slice(end, until).matchAll(WORD)];
    if (found.length > 0) close();
    words.push(...found.map(({ 0: word, index }) => wordAt(word, [spanOf(word, end + index)])));
  };
  for (const statement of text.matchAll(IMPORT)) {
    const [whole, module = '', names = ''] = statement;
    plain(statement.index);
    end = statement.index + whole.length;
    const source = spanOf(module, statement.index + whole.indexOf(module, 'from'.length));
    for (const { index, 1: name = '', 2: alias = name } of names.matchAll(IMPORTED))
      imported.push({ module, source, name, alias, own: spanOf(name, end - names.length + index) });
  }
  plain(text.length);
  close();
  return words;
}

/** One name of an import statement. */
interface Imported {
  readonly module: string;
  readonly source: Span;
  readonly name: string;
  readonly alias: string;
  readonly own: Span;
}

const BOUND = 'as ';

/** A name that an import in a text binds. */
export const isBound = (text: string): boolean => text.startsWith(BOUND);

/** Statements with nothing between them: the order of their names means nothing, and changes where one is split. */
function wordsOfImports(imported: readonly Imported[]): Word[] {
  const joined = ({ module, name }: Imported) => (/^\.*$/.test(module) ? `${module}${name}` : `${module}.${name}`);
  return [...imported]
    .sort((a, b) => (a.alias < b.alias ? -1 : 1))
    .flatMap((each) => [wordAt(joined(each), [each.own, each.source]), wordAt(`${BOUND}${each.alias}`, [each.own])]);
}

const wordAt = (text: string, parts: readonly [Span, ...Span[]]): Word => ({ text, at: parts[0].start, parts });

/** Equal numbers of words correspond in their order; else as few as possible are taken to be new or gone. */
export function wordChanges(old: readonly Word[], now: readonly Word[]): WordChange[] {
  if (old.length === now.length) return old.map((word, index) => pair(word, now[index] as Word));
  const text = (word: Word) => word.text;
  const [left, right] = [[...old], [...now]];
  const changes: WordChange[] = [];
  let open: WordChange = { old: [], now: [] };
  const close = () => {
    if (open.old.length + open.now.length > 0) changes.push(open);
    open = { old: [], now: [] };
  };
  for (const { added, removed, count } of diffArrays(old.map(text), now.map(text))) {
    if (removed) open = { ...open, old: [...open.old, ...left.splice(0, count)] };
    else if (added) open = { ...open, now: [...open.now, ...right.splice(0, count)] };
    else {
      close();
      const same = right.splice(0, count);
      changes.push(...left.splice(0, count).map((word, index) => pair(word, same[index] as Word)));
    }
  }
  close();
  return changes;
}

const pair = (old: Word, now: Word): WordChange => ({ old: [old], now: [now] });
