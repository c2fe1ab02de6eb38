/** `__all__` of the merged module: what the modules list, and of those that list nothing what they define for others. */
import type { Binding } from '../../src/core/facts.js';
import type { Linker } from '../../src/core/linker.js';
import type { Problem, Span } from '../../src/core/model.js';
import type { TopStatement } from '../../src/core/outline.js';
import { problem } from '../../src/core/problems.js';
import type { Settled } from './conflicts.js';
import { insideImports, ownNames, type Source } from './model.js';

export interface Exports {
  /** Names that the first module's list gets; `null` where no module has a list. */
  readonly added: readonly string[] | null;
  /** All names of the list afterwards; `null` without one. */
  readonly listed: readonly string[] | null;
  /** What the modules that have a list listed, by path, under the names of afterwards. */
  readonly before: ReadonlyMap<string, readonly string[]>;
  readonly refusals: readonly Problem[];
}

export function exportsOf(
  linker: Linker,
  sources: readonly Source[],
  { names, copies }: Pick<Settled, 'names' | 'copies'>,
): Exports {
  const listing = sources.filter(({ outline, unit }) => unit.facts.exports !== null || outline.symbols.some(isList));
  if (listing.length === 0) return { added: null, listed: null, before: new Map(), refusals: [] };
  const refusals = listing
    .filter(({ unit }) => unit.facts.exports?.complete !== true)
    .map(({ path }) => {
      const hint = 'write the list out first';
      return problem('computed-exports', `__all__ of ${path} is computed`, { place: path, hint });
    });
  const isSource = (path: string) => sources.some((source) => source.path === path);
  // Whether a name that both define is for others has been said where it is listed.
  const isCopy = (path: string, name: string) => copies.some((copy) => copy.path === path && copy.name === name);
  const lists = sources.map((source) => {
    const { path, unit } = source;
    const own =
      unit.facts.exports?.names.map(({ name }) => name) ??
      publicNames(linker, source, isSource).filter((name) => !isCopy(path, name));
    return own.map((name) => names.of(path, name));
  });
  const before = new Map(
    sources.flatMap(({ path, unit }, index) => (unit.facts.exports ? [[path, lists[index] ?? []]] : [])),
  );
  const [first = [], ...others] = lists;
  const known = new Set(sources[0]?.unit.facts.exports ? first : []);
  const all = sources[0]?.unit.facts.exports ? others.flat() : lists.flat();
  const added = [...new Set(all)].filter((name) => !known.has(name));
  return { added, listed: [...known, ...added], before, refusals };
}

function isList({ qualname }: Source['outline']['symbols'][number]): boolean {
  return qualname === '__all__';
}

function publicNames(linker: Linker, { unit, outline }: Source, isSource: (path: string) => boolean): string[] {
  const imported = new Set(outline.symbols.filter(({ kind }) => kind === 'import').flatMap(({ binds }) => binds));
  const own = ownNames(unit, insideImports(linker, unit, isSource));
  // What is defined in one branch only may not be there.
  const isSure = (name: string) => {
    const bindings = (unit.facts.scopes[0]?.bindings ?? []).filter((binding) => binding.name === name);
    return (
      bindings.some(({ conditional }) => !conditional) ||
      outline.statements.some((statement) => bindsInBranches(unit.text, statement, bindings))
    );
  };
  return own.filter((name) => !name.startsWith('_') && !imported.has(name) && isSure(name));
}

/** One of the branches of a statement that leaves none out; what runs only in the program is no name of the module. */
function bindsInBranches(text: string, { kind, span }: TopStatement, bindings: readonly Binding[]): boolean {
  const within = bindings.filter((binding) => span.start <= binding.span.start && binding.span.end <= span.end);
  return kind !== 'main' && within.length > 1 && /^(?:else|except)\b/m.test(text.slice(span.start, span.end));
}

/** Where names go into a list that stands there: before its closing bracket, in its layout. */
export function listEdit({ unit, outline }: Source, added: readonly string[]): { span: Span; text: string } | null {
  const last = unit.facts.exports?.names.at(-1);
  const symbol = outline.symbols.find(
    ({ qualname, span }) =>
      qualname.startsWith('__all__') && (!last || (span.start < last.span.start && last.span.end <= span.end)),
  );
  if (added.length === 0 || !symbol) return null;
  const quote = last ? (unit.text[last.span.end] ?? '"') : '"';
  const written = added.map((name) => `${quote}${name}${quote}`);
  if (!last) {
    const at = symbol.span.end - 1;
    return { span: { start: at, end: at }, text: written.join(', ') };
  }
  const at = last.span.end + 1;
  const lineStart =
    Math.max(unit.text.lastIndexOf('\n', last.span.start), unit.text.lastIndexOf('\r', last.span.start)) + 1;
  const indent = unit.text.slice(lineStart, last.span.start - 1);
  const separator = /^[ \t]+$/.test(indent) ? `,${unit.text.includes('\r\n') ? '\r\n' : '\n'}${indent}` : ', ';
  return { span: { start: at, end: at }, text: written.map((name) => separator + name).join('') };
}
