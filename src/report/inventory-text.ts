/** The inventory on a terminal: a tree, then one section each for directories, duplicates, topics, what does not resolve, and shims. */
import { baseOf, directoryOf } from '../core/paths.js';
import { brokenPackagesLines } from './broken-packages-text.js';
import { duplicatesText } from './duplicates.js';
import { unresolvedText } from './graph-text.js';
import { inert } from './inert.js';
import { directoriesOf, duplicateLines, type Inventory, totalLines, type UsedShim } from './inventory.js';
import type { Style } from './style.js';
import { table } from './table.js';
import { topicsLines } from './topics-text.js';
import { drawTree, type Label } from './tree.js';
import { counted, grouped, listed } from './words.js';

/** A longer tree is no longer read; its directories stand in the table. */
export const MOST_FILES = 200;

export function inventoryText(inventory: Inventory, style: Style): string {
  const { files, pairs, families, topics, unresolved, brokenPackages, shims } = inventory;
  if (files.length === 0) return 'no Python files here\n';
  const sections = [
    style.bold(summary(inventory)),
    section('Tree', treeLines(inventory, style), style),
    section('Directories', directoryLines(inventory, style), style),
    section('Duplicates by name', plainLines(duplicatesText(pairs, families, style)), style),
    ...optional('Overlap by topic', topicsLines(topics, style), style),
    section('Unresolved imports', plainLines(unresolvedText({ unresolved }, style)), style),
    ...optional('Broken packages', brokenPackagesLines(brokenPackages, style), style),
    ...optional('Shims', shims.length > 0 ? shimLines(shims, style) : [], style),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** One line of totals. */
export function summary({ files, pairs, unresolved, shims }: Inventory): string {
  return [
    `${counted(files.length, 'module')} with ${counted(totalLines(files), 'line')}`,
    `${counted(duplicateLines(pairs), 'line')} in ${counted(pairs.length, 'duplicate')}`,
    counted(unresolved.length, 'unresolved import'),
    counted(shims.length, 'shim'),
  ].join('; ');
}

function section(title: string, lines: readonly string[], style: Style): string {
  return [style.bold(title), '', ...lines].join('\n');
}

/** No section where there is nothing to say. */
function optional(title: string, lines: readonly string[], style: Style): string[] {
  return lines.length > 0 ? [section(title, lines, style)] : [];
}

function plainLines(text: string): string[] {
  return text.trimEnd().split('\n');
}

/** The tree with the size of each file, and what is a duplicate or a shim. */
export function treeLines({ files, pairs, shims }: Inventory, style: Style): string[] {
  if (files.length > MOST_FILES)
    return [`too many files to draw (${grouped(files.length)}): name a directory, regraft inventory PATH`];
  const lines = new Map(files.map((file) => [file.path, file.lines]));
  const duplicates = new Map(pairs.map(({ keep, remove }) => [remove, keep]));
  const old = new Map(shims.map(({ path, newName }) => [path, newName]));
  const label = (path: string): Label | null => {
    const count = lines.get(path);
    if (count === undefined) return null;
    const keep = duplicates.get(path);
    if (keep !== undefined)
      return { text: `${grouped(count)}  duplicate of ${inert(beside(keep, path))}`, paint: 'yellow' };
    const target = old.get(path);
    return { text: `${grouped(count)}${target ? `  shim of ${inert(target)}` : ''}`, paint: 'dim' };
  };
  return drawTree(
    files.map(({ path }) => path),
    { style, label },
  );
}

/** A module of the same directory needs no directory. */
function beside(path: string, other: string): string {
  return directoryOf(path) === directoryOf(other) ? baseOf(path) : path;
}

function directoryLines({ files }: Inventory, style: Style): string[] {
  const rows = directoriesOf(files).map(({ path, modules, lines }) => [
    inert(path === '' ? '.' : path),
    grouped(modules),
    grouped(lines),
  ]);
  const total = ['all', grouped(files.length), grouped(totalLines(files))];
  return table([['directory', 'modules', 'lines'], ...rows, total], {
    width: style.width,
    align: ['left', 'right', 'right'],
    paint: (cell, row) => (row === 0 ? style.dim(cell) : row > rows.length ? style.bold(cell) : cell),
  });
}

function shimLines(shims: readonly UsedShim[], style: Style): string[] {
  const rows = shims.map((shim) => [inert(shim.path), inert(shim.newName), grouped(shim.users.length), usersOf(shim)]);
  const unused = shims.filter(({ users, unknowns }) => users.length + unknowns === 0).length;
  const next =
    unused > 0 ? `${counted(unused, 'shim')} without users: regraft retire` : 'who uses them: regraft retire';
  const head = ['shim', 'stands for', 'users', ''];
  const drawn = table([head, ...rows], {
    width: style.width,
    align: ['left', 'left', 'right', 'left'],
    paint: (cell, row) => (row === 0 ? style.dim(cell) : cell),
  });
  return [...drawn, '', next];
}

/** Who uses a shim, in a few words. */
export function usersOf({ users, unknowns }: UsedShim): string {
  const unclear = unknowns > 0 ? `${counted(unknowns, 'place')} undecided` : '';
  return [listed(users.map(inert), 2), unclear].filter(Boolean).join('; ');
}
