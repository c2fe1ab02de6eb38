/** How a program notices that two definitions of equal code have become one: it changes one of them, or asks which it has. */
import { definitionsOf } from '../../src/core/bound-code/canonical.js';
import { Meanings } from '../../src/core/bound-code/meanings.js';
import type { PythonUnit } from '../../src/core/codebase.js';
import type { Linker } from '../../src/core/linker.js';
import type { Outline, OutlineSymbol } from '../../src/core/outline.js';
import { bracketAround } from './brackets.js';
import type { Source } from './model.js';
import { observingBase } from './observing-bases.js';

/** One of the definitions. */
interface Definition {
  readonly source: Source;
  readonly name: string;
}

/** A place that names a definition. */
interface Place {
  /** The text before the name, or before the chain that leads to it, and the text after it. */
  readonly before: string;
  readonly after: string;
}

const SETS = /^\s*(?:=(?!=)|(?:[-+*/|&^%@]|\/\/|\*\*|<<|>>)=|:[^=\n]+=(?!=))/;
const SETS_ATTRIBUTE = new RegExp(`^\\s*\\.\\s*\\w+${SETS.source.slice(1)}`);
/** What takes the name of a thing in a string, to put something else in its place. */
const REPLACER = /(?:^|\.)(?:patch|patch\.\w+|setattr|delattr)$/;

/** Why two definitions of equal code are not one; `null` where nothing in the repository tells them apart. */
export function toldApart(
  linker: Linker,
  definitions: readonly Definition[],
  outline: (text: string) => Outline,
): string | null {
  for (const { source, name } of definitions) {
    const own = definitionsOf(source.outline, name).filter(({ owner }) => owner === null);
    const why = isRebound(source, name) ? REBOUND : (own.map((each) => ofItself(source, each)).find(Boolean) ?? null);
    if (why !== null) return why;
    const isClass = own.some(({ kind }) => kind === 'class');
    const base = isClass ? observingBase(linker, source, name, outline) : null;
    if (base !== null) return base;
    const seen = placesOf(linker, source, name).map((place) => noticed(place, isClass));
    const found = seen.find((each) => each !== null) ?? (isReplaced(linker, source, name) ? REPLACED : null);
    if (found) return found;
  }
  return null;
}

const REBOUND = 'it is bound anew while the program runs';
const REPLACED = 'something else is put in the place of one of them';

function isRebound({ unit: { facts } }: Source, name: string): boolean {
  return facts.scopes.some(({ globals }) => globals.includes(name));
}

/** What the definition by itself says. */
function ofItself({ unit }: Source, { kind, span, defaults }: OutlineSymbol): string | null {
  const text = unit.text.slice(span.start, span.end);
  if (kind === 'function' && defaults !== null && /=\s*(?:[[{]|\w+(?:\.\w+)*\()/.test(headerOf(text)))
    return 'the value of a default may be changed';
  if (kind !== 'class') return null;
  if (new RegExp(`\\b(?:cls|type\\(\\w+\\)|__class__)\\s*\\.\\s*\\w+${SETS.source.slice(1)}`, 'm').test(text))
    return 'an attribute of the class is set';
  return /(?:\btype\(\s*\w+\s*\)|\.__class__)(?!\s*[.(])/.test(text)
    ? 'its code asks for the class of something'
    : null;
}

/** From `def` to the colon that ends the line of it. */
function headerOf(text: string): string {
  return /\bdef\b[\s\S]*?\)\s*(?:->[^\n]*)?:\s*(?:#.*)?(?:\r|\n|$)/.exec(text)?.[0] ?? text;
}

function placesOf(linker: Linker, { path }: Source, name: string): Place[] {
  const meanings = asTheyAre(linker);
  const key = meanings.own(path, name);
  return unitsSpelling(linker, name).flatMap((unit) => {
    const imported = unit.facts.imports.flatMap(({ names }) => names.filter((each) => each.name === name));
    const locals = new Set([name, ...imported.map(({ alias }) => alias ?? name)]);
    return unit.facts.uses.flatMap((use): Place[] => {
      const isNamed = locals.has(use.name) || use.attributes.some((each) => each.name === name);
      const meant = use.quoted || !isNamed ? null : meanings.use(unit, use);
      if (meant?.key !== key) return [];
      return [{ before: unit.text.slice(0, meant.span.start), after: unit.text.slice(meant.span.end) }];
    });
  });
}

function unitsSpelling({ codebase }: Linker, name: string): PythonUnit[] {
  const files = codebase.pythonFiles().filter(({ path }) => codebase.spells(path, [name]));
  return files.flatMap(({ path }) => codebase.unitOrNone(path) ?? []);
}

function asTheyAre(linker: Linker): Meanings {
  return new Meanings(
    linker,
    (path) => path,
    (_, name) => name,
  );
}

/** What happens to a definition where it is named. */
function noticed({ before, after }: Place, isClass: boolean): string | null {
  if (SETS_ATTRIBUTE.test(after)) return 'an attribute of one of them is set';
  if (/^\s*=(?!=)/.test(after) && /(?:^|[\n;])[ \t]*$/.test(before)) return REBOUND;
  return isClass && !isHarmless(before, after) ? 'a program may ask which of the classes something is of' : null;
}

/** The class is called, read from, inherited or written as a type. */
function isHarmless(before: string, after: string): boolean {
  if (/(?:^|\n)[ \t]*case\b[^\n]*$/.test(before)) return false;
  if (/^\s*[.([]/.test(after) || /(?:->|:)\s*$/.test(before)) return true;
  const { opener, head } = bracketAround(before);
  return (opener === '(' && /\bclass\s+\w+\s*$/.test(head)) || (opener === '[' && /[\w\]]\s*$/.test(head));
}

/** A test puts something else where one of them is looked for. */
function isReplaced(linker: Linker, { path }: Source, name: string): boolean {
  const meanings = asTheyAre(linker);
  const named = `word ${path} ${name}`;
  return unitsSpelling(linker, name).some(({ facts, text, path: user }) =>
    facts.strings.some(({ callee, span }) => {
      if (callee === null || !REPLACER.test(callee)) return false;
      const word = text.slice(span.start, span.end);
      return word === name || (word.endsWith(name) && meanings.word(user, word) === named);
    }),
  );
}
