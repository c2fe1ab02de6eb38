/**
 * Whether a bare word can become the name of a module inside a package on its way into a computed import: something must
 * put the package's name before it.
 */
import type { Codebase, PythonUnit } from '../../src/core/codebase.js';
import type { StringLiteral } from '../../src/core/facts.js';
import type { Linker } from '../../src/core/linker.js';
import type { Mention } from '../../src/core/mentions.js';
import type { Span } from '../../src/core/model.js';
import { isPackageInit, isPythonPath } from '../../src/core/paths.js';
import type { Unknown } from '../../src/core/unknowns.js';
import { type Arriving, type Ingredients, isAmong } from '../../src/core/value-flow/index.js';

/** Calls that take the name of a module, by themselves or with a package's beside it; no path, no directory. */
const TAKES_NAMES =
  /^(?:[\w.]+\.)?(?:import_module|find_spec|find_loader|get_loader|resolve_name|run_module|__import__|modules(?:\.get)?)[[(]/;
/** Values that are no names of members: nothing, namespaces, and lists of literal names. */
const FIXED = String.raw`(?:\w+\s*=\s*)?(?:None|-?\d|globals\(\)|locals\(\)|\{\}|[[(]\s*(?:["'][\w*]*["']\s*,?\s*)*[\])])`;
/** `__import__` without a list of computed names to take from the package. */
const TAKES_ONE = new RegExp(String.raw`__import__\([^,]+(?:,\s*${FIXED}\s*)*,?\s*\)$`);
const PUTS_ON_PATH = /sys\.path\s*(?:\.\s*(?:insert|append|extend)|\[|\+?=)/;
/** The one argument is what a class, a function or this module says of itself. */
const ITSELF = /^[\w.]+[[(]\s*(?:[\w.]+(?:\([\w.]*\))?\.__module__|__name__)\s*[\])]/;

/** What a word may meet on its way from where it is spelled to where something is imported. */
export type Way = Strings | Files;

/** The strings that arrive there, where they can be followed. */
interface Strings {
  readonly arriving: Arriving;
  /** Files near that know the importing one, where more may arrive than is known. */
  readonly before: readonly string[];
}

/** Else, whatever the files on the way spell. */
interface Files {
  /** They know both ends: any dot that they put before a word counts. */
  readonly between: readonly string[];
  /** They know the importing file: what counts there is the very package's name. */
  readonly before: readonly string[];
}

/**
 * True where that cannot be ruled out, from what the files on the way spell.
 * @param packages dotted names of the package that holds the module; an empty one for a module at the top
 */
export function isCompletable(
  codebase: Codebase,
  unknown: Unknown,
  { path, span }: Mention,
  packages: readonly string[],
  way: Way,
): boolean {
  const importing = codebase.unitOrNone(unknown.path);
  const calls = importing ? callsAt(importing, unknown.line) : [];
  const isWay = 'arriving' in way || way.between.length > 0;
  if (!importing || calls.length === 0 || !calls.every((call) => TAKES_NAMES.test(call))) return isWay;
  const spelling = codebase.text(path);
  // A word with dots before it is relative to a package that somebody hands along.
  const isRelative = 'undecodable' in spelling || spelling.text[span.start - 1] === '.';
  // At the top, or with the package's directory on the path, the bare word is the whole name.
  const isWhole = packages.includes('') || PUTS_ON_PATH.test(importing.text);
  if (isWay && isWhole) return true;
  const takesMembers = calls.some((call) => call.includes('__import__') && !TAKES_ONE.test(call));
  const isPackage = (value: string) => takesMembers && packages.includes(value);
  const puts = (places: readonly string[], isOne: (value: string) => boolean) =>
    places.some((place) => spells(codebase.unitOrNone(place), isOne));
  const isNamed = (value: string) => isPackage(value) || isNamedBeginning(value, packages);
  if ('between' in way) {
    if (isWay && isRelative) return true;
    return puts(way.between, (value) => isPackage(value) || isBeginning(value, packages)) || puts(way.before, isNamed);
  }
  const { literals, near } = way.arriving;
  const isBegun = (value: string) => isNamedBeginning(value, packages);
  if (near.some(({ value }) => isPackage(value)) || literals.some(({ value }) => isBegun(value))) return true;
  if (puts(way.before, isBegun)) return true;
  const isHanded = (made: Ingredients) => isHandedAlong(codebase, made, packages);
  if (isRelative && isHanded(way.arriving)) return true;
  return way.arriving.joined.some((joined) => {
    if (!joined.pieces.some(({ value }) => isBeginning(value, packages))) return false;
    const made = joined.ingredients();
    if (made.isWhole && isPythonPath(path) && !isAmong(codebase, made.literals, { path, span })) return false;
    return isHanded(made) || (joined.isRelative && isHanded(way.arriving));
  });
}

/** The package's name may be among what a value is made of: by its end at least, or as what something says of its own place. */
export function isHandedAlong(
  codebase: Codebase,
  { literals, selfNames, isCut }: Ingredients,
  packages: readonly string[],
): boolean {
  const isEnd = (value: string) => {
    const end = value.replace(/[/\\]/g, '.').replace(/^\.+|\.+$/g, '');
    return end !== '' && packages.some((name) => `.${name}`.endsWith(`.${end}`));
  };
  if (literals.some(({ value }) => isEnd(value))) return true;
  return [...selfNames].some((path) => {
    if (path === null) return isCut || packages.some((name) => definesSomething(codebase, name));
    const names = codebase.layout.namesOf(path);
    const own = isPackageInit(path) ? names : names.map((name) => name.slice(0, Math.max(0, name.lastIndexOf('.'))));
    return own.some((name) => packages.includes(name));
  });
}

/** Only of what a package's own `__init__` defines does `__module__` say the package's name. */
function definesSomething(codebase: Codebase, dotted: string): boolean {
  return codebase.pythonFiles().some(({ path }) => {
    if (!isPackageInit(path) || !codebase.layout.namesOf(path).includes(dotted)) return false;
    const bindings = codebase.unitOrNone(path)?.facts.scopes[0]?.bindings;
    return bindings?.some(({ kind }) => kind === 'function' || kind === 'class') ?? true;
  });
}

function callsAt({ facts, text }: PythonUnit, line: number): string[] {
  return facts.dynamics.filter((dynamic) => dynamic.line === line).map(({ span }) => text.slice(span.start, span.end));
}

const puttable = new WeakMap<PythonUnit, ReadonlySet<string>>();

/** A string of the file, one that makes a name, is of a kind. */
function spells(unit: PythonUnit | undefined, isPut: (value: string) => boolean): boolean {
  if (!unit) return false;
  let values = puttable.get(unit);
  if (!values) {
    const { facts, text } = unit;
    const isPuttable = (literal: StringLiteral) => literal.role !== 'docstring' && !isLookedFor(text, literal);
    values = new Set(facts.strings.filter(isPuttable).map(({ span }) => text.slice(span.start, span.end)));
    puttable.set(unit, values);
  }
  return [...values].some(isPut);
}

/** `shop.`, `.`, `shop.%s`, `{}.{}`: what a name may be put behind; no sentence and no name of a class. */
function isBeginning(value: string, packages: readonly string[]): boolean {
  const before = beginningOf(value);
  return before === '' || (before !== null && /[}%]/.test(before)) || isNamedBeginning(value, packages);
}

/** `shop.` and `shop.%s` of the package `shop`. */
function isNamedBeginning(value: string, packages: readonly string[]): boolean {
  const before = beginningOf(value);
  return before !== null && before !== '' && packages.some((name) => `.${name}`.endsWith(`.${before}`));
}

const beginnings = new Map<string, string | null>();

/** What stands before the last dot of a string that a name can follow; `null` for other strings. */
function beginningOf(value: string): string | null {
  let found = beginnings.get(value);
  if (found === undefined) {
    found = readBeginning(value);
    beginnings.set(value, found);
  }
  return found;
}

function readBeginning(value: string): string | null {
  if (!value.includes('.')) return null;
  const parts = /^([\w.]*|\S*[}sr])(\.)(?:$|%[sr(]|\{(?![^}]*__(?:qual)?name__))/.exec(value);
  if (!parts || /\s/.test(value.replace(/\{[^}]*\}/g, ''))) return null;
  return (parts[1] as string).replace(/^\.+|\.+$/g, '');
}

/** `name.split('.')` and `'.' in name` take a name apart or look at it; `join(top, '..')` makes a path. */
function isLookedFor(text: string, { span: { start, end }, callee }: StringLiteral): boolean {
  const before = text.slice(Math.max(0, start - 40), start);
  return (
    /\.(?:r?split|r?partition|startswith|endswith|r?find|r?index|count|[lr]?strip|replace)\(\s*\w{0,2}["']+$/.test(
      before,
    ) ||
    /(?:^|\.)(?:path\.join|joinpath)$/.test(callee ?? '') ||
    /^["']+\s+(?:not\s+)?in\b/.test(text.slice(end, end + 20))
  );
}

/** `sys.modules[cls.__module__]`: what the interpreter wrote down there is right wherever the module stands. */
export function asksForItself({ codebase }: Linker, { path, line }: Unknown): boolean {
  const unit = codebase.unitOrNone(path);
  const there = (unit?.facts.dynamics ?? []).filter((dynamic) => dynamic.line === line);
  const text = ({ span }: { readonly span: Span }) => unit?.text.slice(span.start, span.end) ?? '';
  return there.length > 0 && there.every((dynamic) => ITSELF.test(text(dynamic)));
}
