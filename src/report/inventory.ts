/** What a repository holds, as one value: directories, duplicates, topics, what does not resolve, shims; and its JSON. */
import type { BrokenPackage } from '../core/broken-packages.js';
import type { UnresolvedImport } from '../core/edges.js';
import type { Family } from '../core/families.js';
import { directoryOf } from '../core/paths.js';
import type { Shim } from '../core/shims.js';
import type { Topic, Topics } from '../core/topics/topics.js';
import type { ComparedPair } from './duplicates.js';
import { comparisonData, familiesData } from './duplicates-data.js';
import type { GraphReport } from './graph-report.js';

/** One Python file. */
export interface InventoryFile {
  readonly path: string;
  readonly lines: number;
}

/** A shim with its users: distinct files, shims left out. */
export interface UsedShim extends Shim {
  readonly users: readonly string[];
  /** Places that could use it and cannot be decided. */
  readonly unknowns: number;
}

export interface Inventory {
  readonly files: readonly InventoryFile[];
  readonly pairs: readonly ComparedPair[];
  readonly families: readonly Family[];
  readonly topics: Topics;
  readonly unresolved: readonly UnresolvedImport[];
  readonly brokenPackages: readonly BrokenPackage[];
  readonly shims: readonly UsedShim[];
  readonly imports: GraphReport;
}

export interface DirectoryRow {
  /** Empty for the top. */
  readonly path: string;
  /** Directly in it, not below. */
  readonly modules: number;
  readonly lines: number;
}

/** Every directory that holds Python, by path. */
export function directoriesOf(files: readonly InventoryFile[]): DirectoryRow[] {
  const rows = new Map<string, { path: string; modules: number; lines: number }>();
  for (const { path, lines } of files) {
    const directory = directoryOf(path);
    const row = rows.get(directory) ?? { path: directory, modules: 0, lines: 0 };
    rows.set(directory, { path: directory, modules: row.modules + 1, lines: row.lines + lines });
  }
  return [...rows.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

export function totalLines(rows: readonly { readonly lines: number }[]): number {
  return rows.reduce((sum, { lines }) => sum + lines, 0);
}

/** Lines that would go with the duplicates, each file once. */
export function duplicateLines(pairs: readonly ComparedPair[]): number {
  const removed = new Map(pairs.map(({ remove, comparison }) => [remove, comparison.lines.remove]));
  return [...removed.values()].reduce((sum, lines) => sum + lines, 0);
}

/** `data` of `inventory`. */
export function inventoryData({ files, pairs, families, topics, unresolved, brokenPackages, shims }: Inventory) {
  return {
    totals: { modules: files.length, lines: totalLines(files), duplicateLines: duplicateLines(pairs) },
    directories: directoriesOf(files),
    files,
    duplicates: pairs.map((pair) => comparisonData(pair, pair.comparison)),
    families: familiesData(families),
    topics: topics.topics.map(topicData),
    differentJobs: topics.different,
    unresolved: unresolved.map(({ path, line, name, when, reason }) => ({ path, line, name, when, reason })),
    brokenPackages: brokenPackages.map(({ places, ...counts }) => ({
      ...counts,
      places: places.map(({ path, line, name, when }) => ({ path, line, name, when })),
    })),
    shims: shims.map(({ path, oldName, newName, targetPath, users, unknowns }) => {
      return { path, oldName, newName, target: targetPath, users, unknowns };
    }),
  };
}

/** Overlaps to four decimals: the rest is noise of the arithmetic. */
function topicData({ topic, modules, lines, sameLines }: Topic) {
  return {
    topic,
    lines,
    sameLines,
    modules: modules.map(({ path, lines, level, overlap, nearest, builtOn, evidence }) => {
      return { path, lines, level, overlap: Math.round(overlap * 1e4) / 1e4, nearest, builtOn, evidence };
    }),
  };
}
