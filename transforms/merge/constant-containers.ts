/** Lists and dictionaries that nothing ever changes: two of equal contents are as good as one. */
import type { Codebase, PythonUnit } from '../../src/core/codebase.js';

/** Methods that leave a list, a set or a dictionary as it is. */
const READING = /^\.(?:get|items|keys|values|copy|index|count|issubset|issuperset|union|intersection|difference)\s*\(/;
const ASSIGNED = /^\s*(?:=(?!=)|[-+*/|&^%@]=|\/\/=|\*\*=|<<=|>>=)/;

/**
 * Whether a name that modules give to a container is nowhere used but for looking into it: by a key, in a loop, with `in`.
 * Every Python file that spells the name is looked at, whatever it means by it.
 */
export function isOnlyRead(codebase: Codebase, name: string): boolean {
  return codebase.pythonFiles().every(({ path }) => {
    if (!codebase.spells(path, [name])) return true;
    const unit = codebase.unitOrNone(path);
    return unit !== undefined && unit.facts.syntaxErrors.length === 0 && onlyReads(unit, name);
  });
}

function onlyReads({ facts, text }: PythonUnit, name: string): boolean {
  const inert = [...facts.strings.map(({ span }) => span), ...facts.comments, ...facts.imports.map(({ span }) => span)];
  const bound = new Set(facts.scopes.flatMap(({ bindings }) => bindings.map(({ span }) => span.start)));
  for (const { index } of text.matchAll(new RegExp(`\\b${name}\\b`, 'g'))) {
    if (bound.has(index) || inert.some(({ start, end }) => start <= index && index < end)) continue;
    if (!isRead(text.slice(0, index), text.slice(index + name.length))) return false;
  }
  return true;
}

function isRead(before: string, after: string): boolean {
  if (READING.test(after)) return true;
  if (after.startsWith('['))
    return !ASSIGNED.test(after.slice(closing(after) + 1)) && !/\bdel\s+(?:\w+\.)*$/.test(before);
  // `for x in NAME:`, `if x in NAME`, `len(NAME)`
  return (
    (/\bin\s+(?:\w+\.)*$/.test(before) && !/^\s*[.([]/.test(after)) ||
    /\b(?:bool|len|sorted|set|tuple|list|sum|min|max|enumerate)\(\s*(?:\w+\.)*$/.test(before)
  );
}

/** The index of the bracket that closes the first one. */
function closing(text: string): number {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '[') depth++;
    else if (text[index] === ']' && --depth === 0) return index;
  }
  return text.length;
}
