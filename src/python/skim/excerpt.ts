/**
 * A file with the bodies taken out that say nothing of its imports by value, for the grammar to read the rest: what a computed
 * name may be stands in the function that imports, or at the module's top.
 */
import { LogicalLine } from './logical-line.js';
import { concernsImports, WORD } from './words.js';

const EQUALS = 61;
const OPENING = new Set([...'([{'].map((character) => character.charCodeAt(0)));

/** A definition whose body goes unless something in it concerns imports. */
interface Definition {
  readonly column: number;
  readonly isFunction: boolean;
  /** Where its head goes on behind its name. */
  readonly start: number;
  end: number;
  isNeeded: boolean;
}

/** A text of the same lines. */
export function excerptOf(text: string): string {
  const pieces: string[] = [];
  let kept = 0;
  for (const { start, end, isFunction } of bodiesToDrop(text)) {
    pieces.push(text.slice(kept, start), isFunction ? '(): 0' : ': 0', lineEndsOf(text.slice(start, end)));
    kept = end;
  }
  return [...pieces, text.slice(kept)].join('');
}

/**
 * Names of written-out lists that something loops over: their elements are names of modules only where nothing else in the
 * file binds or changes such a name.
 */
function loopedLists(text: string): ReadonlySet<string> {
  const [written, looped] = [new Set<string>(), new Set<string>()];
  const line = new LogicalLine(text);
  while (line.read()) {
    for (let at = 0; at < line.count; at++) {
      if (line.word(at) === WORD.in && line.isName(at + 1)) looped.add(line.nameAt(at + 1));
      if (!line.is(at, EQUALS) || line.depths[at] !== 0 || !OPENING.has(line.codes[at + 1] as number)) continue;
      for (let name = at - 1; name >= 0 && !line.is(name, EQUALS); name--)
        if (line.isName(name)) written.add(line.nameAt(name));
    }
  }
  return new Set([...written].filter((name) => looped.has(name)));
}

/** Outermost first come those that end first; none lies in another. */
function bodiesToDrop(text: string): Definition[] {
  const dropped: Definition[] = [];
  const open: Definition[] = [];
  const line = new LogicalLine(text);
  const lists = loopedLists(text);
  let functions = 0;
  const close = (column: number) => {
    while ((open.at(-1)?.column ?? -1) >= column) {
      const done = open.pop() as Definition;
      if (done.isFunction) functions--;
      const around = open.at(-1);
      if (around) {
        around.end = done.end;
        around.isNeeded ||= done.isNeeded;
      }
      // A function inside one that stays may share its names.
      if (done.isNeeded || functions > 0) continue;
      while ((dropped.at(-1)?.start ?? -1) > done.start) dropped.pop();
      dropped.push(done);
    }
  };
  while (line.read()) {
    close(line.column);
    const definition = definitionAt(line);
    if (definition) {
      open.push(definition);
      if (definition.isFunction) functions++;
    }
    const innermost = open.at(-1);
    if (!innermost) continue;
    innermost.isNeeded ||= concerns(line, lists);
    innermost.end = line.ends[line.count - 1] as number;
  }
  close(0);
  return dropped;
}

function definitionAt(line: LogicalLine): Definition | null {
  const at = line.word(0) === WORD.async ? 1 : 0;
  const word = line.word(at);
  if ((word !== WORD.def && word !== WORD.class) || !line.isName(at + 1)) return null;
  const start = line.ends[at + 1] as number;
  return { column: line.column, isFunction: word === WORD.def, start, end: start, isNeeded: false };
}

function concerns(line: LogicalLine, lists: ReadonlySet<string>): boolean {
  for (let at = 0; at < line.count; at++)
    if (concernsImports(line.word(at)) || (lists.size > 0 && line.isName(at) && lists.has(line.nameAt(at))))
      return true;
  return false;
}

function lineEndsOf(text: string): string {
  return text.replace(/[^\r\n]+/g, '');
}
