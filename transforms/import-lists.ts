/** The names of one import statement as a list: where a name stands in it, and how one is taken out. */
import type { ImportedName, ImportStatement } from '../src/core/facts.js';
import type { Span } from '../src/core/model.js';

/** Where a name ends, its alias included. */
export function endOf(name: ImportedName): number {
  return (name.aliasSpan ?? name.nameSpan).end;
}

/**
 * What to remove so that the name at `index`, which shall be written `name as alias`, does not repeat another of its
 * statement; `null` when it repeats none, or when lines or comments would go with it.
 */
export function mergedSpan(
  text: string,
  { names }: ImportStatement,
  index: number,
  name: string,
  alias: string | null,
): Span | null {
  const local = alias ?? name;
  const own = names[index] as ImportedName;
  const repeats = names.some((other) => other !== own && other.name === name && (other.alias ?? other.name) === local);
  // Two removals side by side would meet.
  if (!repeats || names.filter((other) => other.name === own.name).length > 1) return null;
  const [previous, next] = [names[index - 1], names[index + 1]];
  const span = next
    ? { start: own.nameSpan.start, end: next.nameSpan.start }
    : { start: endOf(previous ?? own), end: endOf(own) };
  return /[\r\n#\\]/.test(text.slice(span.start, span.end)) ? null : span;
}
