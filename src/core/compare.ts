/**
 * Compares two modules symbol by symbol and says what the second is to the first. Code decides; layout, comments and
 * docstrings are reported beside it.
 */
import type { ChangedSymbol, ComparedModule, Comparison, Verdict } from './comparison.js';
import type { Outline, OutlineSymbol } from './outline.js';
import { type RenamedSymbol, renamedSymbols } from './renames.js';
import { BELOW_ONE, similarity, wordsOf } from './similarity.js';
import { sharedStructure } from './structure.js';
import { differencesOf, type Matched, matchSymbols } from './symbol-differences.js';

export { type AffectedSymbol, affectedSymbols, missingNames } from './affected.js';
export type { ChangedSymbol, ComparedModule, Comparison, Difference, Verdict } from './comparison.js';
export { stateful } from './stateful.js';

/** Compares a module with its duplicate. Pure; the order of functions, classes and imports is free. */
export function compareModules(keep: ComparedModule, remove: ComparedModule): Comparison {
  const matched = matchSymbols(keep.outline, remove.outline);
  const changed = changedSymbols(keep, remove, matched);
  const names = new Set(changed.map((symbol) => symbol.name));
  const symbols = {
    same: matched.pairs.map((pair) => pair.keep.qualname).filter((name) => !names.has(name)),
    changed,
    onlyKeep: namesOf(matched.onlyKeep, names),
    onlyRemove: namesOf(matched.onlyRemove, names),
    renamed: renamedSymbols(keep.outline, remove.outline, matched),
  };
  const about = {
    symbols,
    docstringsDiffer: docstringsDiffer(keep.outline, remove.outline, matched),
    commentsDiffer: keep.outline.comments !== remove.outline.comments,
  };
  const verdict = verdictOf(keep, remove, symbols);
  const parses = keep.outline.parses && remove.outline.parses;
  const textSimilarity = textSimilarityOf(keep, remove);
  const inOrder = parses ? codeSimilarity(keep.outline, remove.outline) : textSimilarity;
  return {
    verdict,
    similarity: inOrder,
    ...measured(keep.outline, remove.outline, matched, symbols.renamed, inOrder),
    textSimilarity: parses && keep.hash !== remove.hash ? Math.min(textSimilarity, BELOW_ONE) : textSimilarity,
    lines: { keep: countLines(keep.text), remove: countLines(remove.text) },
    ...about,
    reason: reasonOf(verdict, about, parses),
  };
}

/** Lines of a text; the last one counts with or without its line end. */
export function countLines(text: string): number {
  return linesOf(text).length;
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function changedSymbols(keep: ComparedModule, remove: ComparedModule, matched: Matched): ChangedSymbol[] {
  const byName = new Map(matched.pairs.map((pair) => [pair.keep.qualname, pair]));
  const found = [...differencesOf(keep, remove, matched)].map(([name, what]): ChangedSymbol => {
    const pair = byName.get(name);
    const keepLine = pair?.keep.line ?? matched.onlyKeep.find((symbol) => symbol.qualname === name)?.line ?? null;
    return { name, what: [...what], keepLine, removeLine: pair?.remove.line ?? null };
  });
  return found.sort((a, b) => (a.keepLine ?? 0) - (b.keepLine ?? 0));
}

function namesOf(symbols: readonly OutlineSymbol[], except: ReadonlySet<string>): string[] {
  return symbols.map((symbol) => symbol.qualname).filter((name) => !except.has(name));
}

function docstringsDiffer(keep: Outline, remove: Outline, matched: Matched): string[] {
  const differing = matched.pairs.filter((pair) => pair.keep.docstring !== pair.remove.docstring);
  const own = keep.docstring === remove.docstring ? [] : ['<module>'];
  return [...own, ...differing.map((pair) => pair.keep.qualname)];
}

function textSimilarityOf(keep: ComparedModule, remove: ComparedModule): number {
  return keep.hash === remove.hash ? 1 : similarity(linesOf(keep.text), linesOf(remove.text), widthOf);
}

/** How much code two modules share. */
export type Shared = Pick<Comparison, 'structure' | 'contained'>;

/** The part of a comparison that says whether the two are copies at all. Both must parse. */
export function sharedCode(keep: Outline, remove: Outline): Shared {
  const matched = matchSymbols(keep, remove);
  return measured(keep, remove, matched, renamedSymbols(keep, remove, matched), codeSimilarity(keep, remove));
}

function codeSimilarity(a: Outline, b: Outline): number {
  return a.code === b.code ? 1 : Math.min(similarity(a.codeLines, b.codeLines, wordsOf), BELOW_ONE);
}

function measured(
  keep: Outline,
  remove: Outline,
  matched: Matched,
  renamed: readonly RenamedSymbol[],
  inOrder: number,
): Shared {
  const { structure, contained } = sharedStructure(keep, remove, matched, renamed);
  return { structure: Math.max(inOrder, structure), contained: Math.max(inOrder, contained) };
}

/** Indentation and blank lines weigh little in raw text. */
function widthOf(line: string): number {
  return line.trim().length + 1;
}

function verdictOf(keep: ComparedModule, remove: ComparedModule, symbols: Comparison['symbols']): Verdict {
  const { changed, onlyKeep, onlyRemove } = symbols;
  if (changed.length > 0) return 'diverged';
  if (keep.hash === remove.hash) return 'identical';
  if (!keep.outline.parses || !remove.outline.parses) return 'diverged';
  if (keep.outline.code === remove.outline.code) return 'equivalent';
  if (onlyRemove.length === 0) return 'subset';
  return onlyKeep.length === 0 ? 'superset' : 'diverged';
}

type About = Pick<Comparison, 'symbols' | 'docstringsDiffer' | 'commentsDiffer'>;

function reasonOf(verdict: Verdict, about: About, parses: boolean): string {
  const { onlyKeep, onlyRemove } = about.symbols;
  if (verdict === 'identical') return 'the same bytes';
  if (!parses) return 'one of the two does not parse, so their code cannot be compared';
  const beside = besidesOf(about);
  if (verdict === 'equivalent') return `the same code; only ${beside} differ`;
  if (verdict === 'subset' && onlyKeep.length === 0) return 'the same code in another order';
  if (verdict === 'subset') return `all of it is in the kept module, which has ${listed(onlyKeep)} besides`;
  if (verdict === 'superset') return `it has all of the kept module and ${listed(onlyRemove)} besides`;
  return divergence(about.symbols);
}

function besidesOf({ docstringsDiffer: docs, commentsDiffer }: About): string {
  const parts = ['layout', ...(commentsDiffer ? ['comments'] : []), ...(docs.length > 0 ? ['docstrings'] : [])];
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : 'layout';
}

function divergence({ changed, onlyKeep, onlyRemove }: Comparison['symbols']): string {
  const differ = changed.map(({ name, what }) => `${name} (${what.join(', ')})`);
  const parts = [
    ...(differ.length > 0 ? [`${listed(differ)} ${differ.length === 1 ? 'differs' : 'differ'}`] : []),
    ...(onlyRemove.length > 0 ? [`only the duplicate has ${listed(onlyRemove)}`] : []),
    ...(onlyKeep.length > 0 ? [`only the kept module has ${listed(onlyKeep)}`] : []),
  ];
  return parts.join('; ');
}

function listed(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}
