/** Pairs of duplicates as a table, and one pair symbol by symbol. Sizes and colours come from the style. */
import type { Comparison, Verdict } from '../core/comparison.js';
import type { Family } from '../core/families.js';
import type { RenamedSymbol } from '../core/renames.js';
import { inert } from './inert.js';
import type { Style } from './style.js';
import { table } from './table.js';
import { counted, grouped, percent, shellWord, wrapped } from './words.js';

/** A pair with its comparison. */
export interface ComparedPair {
  readonly keep: string;
  readonly remove: string;
  /** By what it was found; absent where the user named both. */
  readonly found?: 'name' | 'content';
  readonly comparison: Comparison;
}

/** More rows are no longer read. */
const MOST_PAIRS = 40;

/** The pairs with measured similarity, verdict and counts of differences; then totals and the next command. */
export function duplicatesText(pairs: readonly ComparedPair[], families: readonly Family[], style: Style): string {
  const [first] = pairs;
  if (!first) return 'no duplicates by name\n';
  const shown = pairs.slice(0, MOST_PAIRS);
  const more = pairs.length - shown.length;
  const header = ['keep', 'lines', 'duplicate', 'lines', 'similar', 'verdict', 'differs'];
  const home = sharedDirectory(pairs);
  const rows = [header, ...shown.map((pair) => pairRow(pair, home))];
  const lines = table(rows, {
    width: style.width,
    align: ['left', 'right', 'left', 'right', 'right', 'right', 'right'],
    paint: (cell, row, column) => {
      if (row === 0) return style.dim(cell);
      const pair = pairs[row - 1];
      return column === 5 && pair ? painted(pair.comparison.verdict, style)(cell) : cell;
    },
  });
  const closest = pairs.find((pair) => pair.comparison.verdict === 'diverged') ?? first;
  if (more > 0) lines.push(style.dim(`and ${counted(more, 'more pair')}: --format json lists them`));
  const title = home === '' ? [] : [`in ${style.bold(inert(home))}`];
  return `${[...title, ...lines, '', ...totals(pairs, style), ...keepers(families, style), nextCommand(closest, style)].join('\n')}\n`;
}

/** The directory that all kept modules lie in, with its slash; said once above the table instead of in every row. */
function sharedDirectory(pairs: readonly ComparedPair[]): string {
  const [home, ...others] = new Set(pairs.map(({ keep }) => keep.slice(0, keep.lastIndexOf('/') + 1)));
  return pairs.length > 1 && others.length === 0 ? (home ?? '') : '';
}

function pairRow({ keep, remove, comparison }: ComparedPair, home: string): string[] {
  const { lines, structure, verdict } = comparison;
  const counts = [grouped(lines.keep), grouped(lines.remove), percent(structure)] as const;
  return [
    inert(keep.slice(home.length)),
    counts[0],
    inert(beside(keep, remove)),
    counts[1],
    counts[2],
    verdict,
    differences(comparison),
  ];
}

/** A duplicate in the same directory is shown by its file name. */
function beside(keep: string, remove: string): string {
  const directory = keep.slice(0, keep.lastIndexOf('/') + 1);
  const inSame = remove.startsWith(directory) && !remove.slice(directory.length).includes('/');
  return inSame ? remove.slice(directory.length) : remove;
}

/** `~2 =3 -1 +13`: changed, renamed, only in the duplicate (lost with it), only in the kept module. */
function differences({ symbols: { changed, onlyKeep, onlyRemove, renamed } }: Comparison): string {
  const names = unrenamed({ onlyKeep, onlyRemove, renamed });
  const counts = [
    changed.length > 0 ? `~${changed.length}` : '',
    renamed.length > 0 ? `=${renamed.length}` : '',
    names.onlyRemove.length > 0 ? `-${names.onlyRemove.length}` : '',
    names.onlyKeep.length > 0 ? `+${names.onlyKeep.length}` : '',
  ];
  return counts.filter(Boolean).join(' ') || '0';
}

type Only = Pick<Comparison['symbols'], 'onlyKeep' | 'onlyRemove' | 'renamed'>;

/** What only one side has under any name. */
function unrenamed({ onlyKeep, onlyRemove, renamed }: Only): Pick<Only, 'onlyKeep' | 'onlyRemove'> {
  const [keep, remove] = [new Set(renamed.map((each) => each.keep)), new Set(renamed.map((each) => each.remove))];
  return {
    onlyKeep: onlyKeep.filter((name) => !keep.has(name)),
    onlyRemove: onlyRemove.filter((name) => !remove.has(name)),
  };
}

function painted(verdict: Verdict, style: Style): (text: string) => string {
  if (verdict === 'diverged') return style.red;
  return verdict === 'superset' ? style.yellow : style.green;
}

function totals(pairs: readonly ComparedPair[], style: Style): string[] {
  const verdicts: readonly Verdict[] = ['identical', 'equivalent', 'subset', 'superset', 'diverged'];
  const counts = verdicts.flatMap((verdict) => {
    const count = pairs.filter((pair) => pair.comparison.verdict === verdict).length;
    return count > 0 ? [`${count} ${verdict}`] : [];
  });
  const lines = pairs.reduce((sum, pair) => sum + pair.comparison.lines.remove, 0);
  const text = `${counted(pairs.length, 'pair')}: ${counts.join(', ')}. ${counted(lines, 'line')} in duplicates.`;
  const legend =
    'Similarity is of code, without comments, layout and order. ~ changed, = renamed, - only in the duplicate, + only in the kept module.';
  return [...wrapped(text, style.width, ''), ...wrapped(legend, style.width, '').map((line) => style.dim(line))];
}

/** The first ones weigh most; the data has them all. */
const MOST_REASONS = 3;

/** Which module to keep of each family, and why. */
function keepers(families: readonly Family[], style: Style): string[] {
  const more = families.length - MOST_PAIRS;
  const lines = families.slice(0, MOST_PAIRS).flatMap(({ keep, reasons }) => {
    const because = reasons.length > 0 ? `: ${reasons.slice(0, MOST_REASONS).join(', ')}` : '';
    return wrapped(`keep ${inert(keep)}${because}`, style.width, '    ', '  ');
  });
  if (more > 0) lines.push(style.dim(`  and ${grouped(more)} more: --format json lists them`));
  return lines.length > 0 ? ['', style.bold('Recommended'), ...lines, ''] : [];
}

function nextCommand({ keep, remove, found }: ComparedPair, style: Style): string {
  const [kept, removed] = [shellWord(inert(keep)), shellWord(inert(remove))];
  const look = `${style.dim('look closer:')} regraft compare ${kept} ${removed}`;
  // Where the names do not tell, the pair must be named.
  return found === 'content' ? `${look}\n${style.dim('delete one:')}  regraft dedupe --pair ${removed}=${kept}` : look;
}

/** One pair: verdict, similarity, each symbol that differs with its lines, and apart from code docstrings and comments. */
export function comparisonText({ keep, remove, comparison }: ComparedPair, style: Style): string {
  const { changed, same, renamed } = comparison.symbols;
  const { onlyKeep, onlyRemove } = unrenamed(comparison.symbols);
  const lines = [
    ...heading(keep, remove, comparison, style),
    ...section(`changed (${changed.length})`, changedRows(comparison, style), style),
    ...section(`renamed (${renamed.length})`, renamedRows(renamed, style), style),
    ...section(`only in the duplicate (${onlyRemove.length})`, nameRows(onlyRemove, style.red), style),
    ...section(`only in the kept module (${onlyKeep.length})`, nameRows(onlyKeep, style.green), style),
    ...section(
      'not code',
      besides(comparison).map((text) => `  ${text}`),
      style,
    ),
    '',
    style.dim(`${counted(same.length, 'symbol')} with equal code`),
  ];
  return `${lines.join('\n')}\n`;
}

function heading(keep: string, remove: string, comparison: Comparison, style: Style): string[] {
  const { verdict, lines, similarity, structure, textSimilarity, reason } = comparison;
  const files = table(
    [
      ['keep', inert(keep), grouped(lines.keep), 'lines'],
      ['remove', inert(remove), grouped(lines.remove), 'lines'],
    ],
    { width: style.width, align: ['left', 'left', 'right', 'left'] },
  );
  const shown = `${verdict}: ${inert(reason)}`;
  const [first = '', ...rest] = wrapped(shown, style.width, '');
  return [
    ...files,
    '',
    `${style.bold(painted(verdict, style)(verdict))}${first.slice(verdict.length)}`,
    ...rest,
    `similarity: code ${percent(similarity)}${structure > similarity ? ` (whatever its order and names ${percent(structure)})` : ''}, text ${percent(textSimilarity)}`,
  ];
}

function section(title: string, rows: readonly string[], style: Style): string[] {
  return rows.length > 0 ? ['', style.bold(title), ...rows] : [];
}

/** Names with what differs in them and the lines on both sides. */
function changedRows({ symbols: { changed } }: Comparison, style: Style): string[] {
  if (changed.length === 0) return [];
  const place = (line: number | null): string => (line === null ? '-' : grouped(line));
  const rows = changed.map(({ name, what, keepLine, removeLine }) => [
    inert(name),
    what.join(', '),
    place(keepLine),
    place(removeLine),
  ]);
  return table([['', '', 'kept line', 'duplicate line'], ...rows], {
    width: style.width,
    indent: '  ',
    align: ['left', 'left', 'right', 'right'],
    paint: (cell, row, column) => (row === 0 ? style.dim(cell) : column === 1 ? style.red(cell) : cell),
  });
}

function renamedRows(renamed: readonly RenamedSymbol[], style: Style): string[] {
  const arrow = style.unicode ? '→' : '->';
  return renamed.map(({ keep, remove, same }) => {
    return `  ${inert(keep)} ${arrow} ${inert(remove)}${same ? '' : style.red('  and changed')}`;
  });
}

function nameRows(names: readonly string[], paint: (text: string) => string): string[] {
  return names.map((name) => `  ${paint(inert(name))}`);
}

function besides({ docstringsDiffer, commentsDiffer }: Comparison): string[] {
  return [...docstringsDiffer.map((name) => `docstring of ${inert(name)}`), ...(commentsDiffer ? ['comments'] : [])];
}
