/**
 * What one module says of its job: the words of its name, what it defines, what it calls, and the words of its docstrings,
 * each with how often. Taken from its facts; what the words are worth is decided where all modules are known.
 */
import type { PythonUnit } from '../codebase.js';
import type { Binding, Facts, NameUse, Scope } from '../facts.js';
import { baseOf, directoryOf, moduleBase } from '../paths.js';
import { countsOf } from './counts.js';
import { wordsOfName, wordsOfText } from './words.js';

/** How a term stands in a module. */
export type Role = 'definitions' | 'calls' | 'docstrings';

export const ROLES: readonly Role[] = ['definitions', 'calls', 'docstrings'];

export interface Vocabulary {
  readonly path: string;
  readonly lines: number;
  /** Words of the module's name as written, in lower case; those of its directory for an `__init__`. */
  readonly name: readonly string[];
  /** Names as written: functions, classes, methods, attributes of classes, variables of the module. */
  readonly definitions: ReadonlyMap<string, number>;
  /** Names as written, the last one of `a.b.c()`; not what the module defines itself. */
  readonly calls: ReadonlyMap<string, number>;
  /** What it defines and calls on something else, as `self.client.commit()` in `commit`: it hands the work on. */
  readonly handedOn: ReadonlySet<string>;
  /** Words as written, in lower case. */
  readonly docstrings: ReadonlyMap<string, number>;
  /** Has a function or a class of its own: others only list names. */
  readonly hasCode: boolean;
}

/** The vocabulary of a module that was read. */
export function vocabularyOf({ path, text, facts }: PythonUnit, lines: number): Vocabulary {
  const definitions = definedNames(facts);
  const calls = callsOf(facts, text);
  const foreign = calls.map(lastName).filter((name) => !definitions.has(name) && !OF_PYTHON.test(name));
  return {
    path,
    lines,
    name: wordsOfName(nameOf(path)),
    definitions,
    calls: countsOf(foreign),
    handedOn: new Set(
      calls
        .filter((call) => !isOwnCall(call))
        .map(lastName)
        .filter((name) => definitions.has(name)),
    ),
    docstrings: countsOf(docstringsOf(facts, text).flatMap(wordsOfText)),
    hasCode: facts.scopes.some(({ bindings }) => bindings.some(isDefinition)),
  };
}

function nameOf(path: string): string {
  const base = moduleBase(path);
  return /^__\w+__$/.test(base) ? baseOf(directoryOf(path)) : base;
}

function isDefinition({ kind }: Binding): boolean {
  return kind === 'function' || kind === 'class';
}

/** `__init__` and the like belong to Python, not to a job. */
const OF_PYTHON = /^__\w+__$/;

function definedNames({ scopes }: Facts): Map<string, number> {
  const names = scopes.filter(isBody).flatMap(({ bindings }) => {
    return bindings.filter((each) => isDefinition(each) || each.kind === 'assignment').map(({ name }) => name);
  });
  return countsOf(names.filter((name) => !OF_PYTHON.test(name)));
}

function isBody({ kind }: Scope): boolean {
  return kind === 'module' || kind === 'class';
}

/** Followed by a bracket means called. */
function callsOf({ uses }: Facts, text: string): NameUse[] {
  return uses.filter(({ span, attributes }) => {
    const { end } = attributes.at(-1)?.span ?? span;
    return /^[ \t]*\(/.test(text.slice(end, end + 8));
  });
}

function lastName({ name, attributes }: NameUse): string {
  return attributes.at(-1)?.name ?? name;
}

/** A method called on the object itself, or a name of the module. */
function isOwnCall({ name, attributes }: NameUse): boolean {
  return attributes.length === 0 || (attributes.length === 1 && /^(?:self|cls)$/.test(name));
}

function docstringsOf(facts: Facts, text: string): string[] {
  return facts.strings.filter(({ role }) => role === 'docstring').map(({ span }) => text.slice(span.start, span.end));
}
