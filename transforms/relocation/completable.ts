/**
 * Whether a bare word can become the name of a module inside a package on its way into a computed import: something must
 * put the package's name before it.
 */
import type { Codebase, PythonUnit } from '../../src/core/codebase.js';
import type { StringLiteral } from '../../src/core/facts.js';
import type { Linker } from '../../src/core/linker.js';
import type { Mention } from '../../src/core/mentions.js';
import type { Span } from '../../src/core/model.js';
import type { Unknown } from '../../src/core/unknowns.js';

/** Calls that take the name of a module, by themselves or with a package's beside it; no path, no directory. */
const TAKES_NAMES =
  /^(?:[\w.]+\.)?(?:import_module|find_spec|find_loader|get_loader|resolve_name|run_module|__import__|modules(?:\.get)?)[[(]/;
/** Values that are no names of members: nothing, namespaces, and lists of literal names. */
const FIXED = String.raw`(?:\w+\s*=\s*)?(?:None|-?\d|globals\(\)|locals\(\)|\{\}|[[(]\s*(?:["'][\w*]*["']\s*,?\s*)*[\])])`;
/** `__import__` without a list of computed names to take from the package. */
const TAKES_ONE = new RegExp(String.raw`__import__\([^,]+(?:,\s*${FIXED}\s*)*,?\s*\)$`);
/** The one argument is what a class, a function or this module says of itself. */
const ITSELF = /^[\w.]+[[(]\s*(?:[\w.]+(?:\([\w.]*\))?\.__module__|__name__)\s*[\])]/;

/**
 * True where that cannot be ruled out, from what the two files spell.
 * @param packages dotted names of the package that holds the module; an empty one for a module at the top
 */
export function isCompletable(
  codebase: Codebase,
  unknown: Unknown,
  { path, span }: Mention,
  packages: readonly string[],
): boolean {
  const importing = codebase.unitOrNone(unknown.path);
  const calls = importing ? callsAt(importing, unknown.line) : [];
  if (!importing || calls.length === 0 || !calls.every((call) => TAKES_NAMES.test(call))) return true;
  // At the top, or with the package's directory on the path, the bare word is the whole name.
  if (packages.includes('') || /sys\.path\s*(?:\.\s*(?:insert|append|extend)|\[|\+?=)/.test(importing.text))
    return true;
  const spelling = codebase.text(path);
  // A word with dots before it is relative to a package that somebody hands along.
  if ('undecodable' in spelling || spelling.text[span.start - 1] === '.') return true;
  const takesMembers = calls.some((call) => call.includes('__import__') && !TAKES_ONE.test(call));
  return [importing, codebase.unitOrNone(path)].some((unit) => unit && putsBefore(unit, packages, takesMembers));
}

function callsAt({ facts, text }: PythonUnit, line: number): string[] {
  return facts.dynamics.filter((dynamic) => dynamic.line === line).map(({ span }) => text.slice(span.start, span.end));
}

/** A string of the file can put the package's name before a word, or hand it along beside it. */
function putsBefore({ facts, text }: PythonUnit, packages: readonly string[], takesMembers: boolean): boolean {
  return facts.strings.some((literal) => {
    if (literal.role === 'docstring' || isLookedFor(text, literal)) return false;
    const value = text.slice(literal.span.start, literal.span.end);
    return (takesMembers && packages.includes(value)) || isBeginning(value, packages);
  });
}

/** `shop.`, `.`, `shop.%s`, `{}.{}`: what a name may be put behind; no sentence and no name of a class. */
function isBeginning(value: string, packages: readonly string[]): boolean {
  const parts = /^([\w.]*|\S*[}sr])(\.)(?:$|%[sr(]|\{(?![^}]*__(?:qual)?name__))/.exec(value);
  if (!parts || /\s/.test(value.replace(/\{[^}]*\}/g, ''))) return false;
  const before = (parts[1] as string).replace(/\.+$/, '');
  return before === '' || /[}%]/.test(before) || packages.some((name) => `.${name}`.endsWith(`.${before}`));
}

/** `name.split('.')` and `'.' in name` take a name apart or look at it; `join(top, '..')` makes a path. */
function isLookedFor(text: string, { span: { start, end }, callee }: StringLiteral): boolean {
  const before = text.slice(Math.max(0, start - 40), start);
  return (
    /\.(?:r?split|r?partition|startswith|endswith|r?find|r?index|count|[lr]?strip|replace)\(\s*\w{0,2}["']+$/.test(
      before,
    ) ||
    /(?:^|\.)(?:replace|path\.join|joinpath)$/.test(callee ?? '') ||
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
