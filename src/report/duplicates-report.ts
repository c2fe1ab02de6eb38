/** All that is there twice, as one value: pairs by name and by content, packages, functions; its text and its JSON. */
import type { PackageCopy } from '../core/clones/package-copies.js';
import type { Family } from '../core/families.js';
import type { Problem } from '../core/model.js';
import { type ComparedPair, duplicatesText } from './duplicates.js';
import { comparisonData, familiesData } from './duplicates-data.js';
import { type FunctionCopies, functionLines, functionsData } from './function-copies.js';
import { inert } from './inert.js';
import { problemsText } from './problems-text.js';
import type { Style } from './style.js';
import { counted, grouped } from './words.js';

export interface Duplicates {
  readonly rows: readonly ComparedPair[];
  /** With the keeper that the evidence recommends. */
  readonly families: readonly Family[];
  readonly packages: readonly PackageCopy[];
  readonly functions: readonly FunctionCopies[];
  /** What could not be looked at. */
  readonly skipped: readonly Problem[];
}

/** `data` of `duplicates`. */
export function duplicatesData({ rows, families, packages, functions }: Duplicates) {
  return {
    pairs: rows.map((row) => ({ ...comparisonData(row, row.comparison), found: row.found })),
    families: familiesData(families),
    packages: packages.map(({ a, b, modules, paired }) => ({
      packages: [a, b],
      modules: [modules.a, modules.b],
      paired,
    })),
    functions: functionsData(functions),
  };
}

export function duplicatesReport(found: Duplicates, style: Style): string {
  const { rows, families, packages, functions, skipped } = found;
  const section = (title: string, lines: readonly string[]) =>
    lines.length > 0 ? [`${[style.bold(title), '', ...lines].join('\n')}\n`] : [];
  const pairLines = (kind: ComparedPair['found']) => {
    const own = rows.filter((row) => row.found === kind);
    const groups = families.filter((family) => family.found === kind);
    return own.length > 0 ? duplicatesText(own, groups, style).trimEnd().split('\n') : [];
  };
  const sections = [
    ...section('Modules that are copies by name', pairLines('name')),
    ...section('Modules that are copies by content', pairLines('content')),
    ...section('Packages that are copies', packageLines(packages, style)),
    ...section('Functions that are copies', functions.length > 0 ? functionLines(functions, style) : []),
    ...(skipped.length > 0 ? [problemsText(skipped, style)] : []),
  ];
  return sections.length > 0 ? sections.join('\n') : 'no duplicates\n';
}

/** More are no longer read. */
const MOST_PACKAGES = 20;

function packageLines(packages: readonly PackageCopy[], style: Style): string[] {
  const more = packages.length - MOST_PACKAGES;
  const shown = packages.slice(0, MOST_PACKAGES).map(({ a, b, modules, paired }) => {
    const sizes = style.dim(`  ${counted(paired.length, 'module')} alike of ${modules.a} and ${modules.b}`);
    return `${inert(a)} ${style.unicode ? '↔' : '<->'} ${inert(b)}${sizes}`;
  });
  return [...shown, ...(more > 0 ? [style.dim(`and ${grouped(more)} more: --format json lists them`)] : [])];
}
