/**
 * Whether a bare word can become the name of a module inside a package on its way into a computed import: something must
 * put the package's name before it.
 */
import type { Codebase, PythonUnit } from '../../src/core/codebase.js';
import type { Linker } from '../../src/core/linker.js';
import type { Mention } from '../../src/core/mentions.js';
import type { Span } from '../../src/core/model.js';
import type { Unknown } from '../../src/core/unknowns.js';

/** Values that cannot be computed names: nothing, namespaces, and lists of literal names. */
const FIXED = String.raw`(?:None|0|globals\(\)|locals\(\)|\{\}|[[(]\s*(?:["'][\w*]*["']\s*,?\s*)*[\])])`;
/** Calls whose one value is the whole name of a module: not relative to a package, no path, no list of names besides. */
const TAKES_WHOLE_NAMES = [
  /^(?:[\w.]+\.)?(?:import_module|find_spec|find_loader|get_loader)\([^,]*\)$/,
  new RegExp(String.raw`^(?:\w+\.)?__import__\([^,]+(?:,\s*${FIXED}\s*)*,?\s*\)$`),
  /^(?:sys\.)?modules(?:\[|\.get\()/,
];
/** A package's name goes before what follows: `pkg.`, `.`, `pkg.%s`, `{}.{}`. No sentence, which has blanks. */
const PUTS_BEFORE = /^\S*\.(?:$|[%{])/;

/** The one argument is what a class, a function or this module says of itself. */
const ITSELF = /^[\w.]+[[(]\s*(?:[\w.]+(?:\([\w.]*\))?\.__module__|__name__)\s*[\])]/;

/** True where that cannot be ruled out, from what the two files spell. */
export function isCompletable(codebase: Codebase, unknown: Unknown, { path, span }: Mention): boolean {
  const importing = codebase.unitOrNone(unknown.path);
  if (!importing || !takesWholeNames(importing, unknown.line)) return true;
  // A directory inside the package may be on the path, and then a bare word is a whole name.
  if (/sys\.path|__path__/.test(importing.text)) return true;
  const spelling = codebase.text(path);
  // A word with dots before it is relative to a package that somebody hands along.
  if ('undecodable' in spelling || spelling.text[span.start - 1] === '.') return true;
  return [importing, codebase.unitOrNone(path)].some((unit) => unit && putsBefore(unit));
}

function takesWholeNames({ facts, text }: PythonUnit, line: number): boolean {
  const there = facts.dynamics.filter((dynamic) => dynamic.line === line);
  const calls = there.map(({ span }) => text.slice(span.start, span.end));
  return calls.length > 0 && calls.every((call) => TAKES_WHOLE_NAMES.some((form) => form.test(call)));
}

function putsBefore({ facts, text }: PythonUnit): boolean {
  return facts.strings.some(
    ({ span, role }) =>
      role !== 'docstring' && PUTS_BEFORE.test(text.slice(span.start, span.end)) && !isLookedFor(text, span),
  );
}

/** `name.split('.')` and `'.' in name` take a name apart or look at it. */
function isLookedFor(text: string, { start, end }: Span): boolean {
  const before = text.slice(Math.max(0, start - 40), start);
  return (
    /\.(?:r?split|r?partition|startswith|endswith|r?find|r?index|count|[lr]?strip)\(\s*\w{0,2}["']+$/.test(before) ||
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
