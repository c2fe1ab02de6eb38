/** What one file gives to the import graph, and what that rests on. */
import type { PythonUnit } from './codebase.js';
import { edgesOf, type ImportEdge, type UnresolvedImport } from './edges.js';
import type { Linker } from './linker.js';

/** A file that could not be read as Python, or not wholly. */
export interface GraphUnknown {
  readonly path: string;
  readonly line: number | null;
  readonly reason: string;
}

export interface FileLinks {
  readonly edges: readonly ImportEdge[];
  readonly unresolved: readonly UnresolvedImport[];
  readonly unknowns: readonly GraphUnknown[];
}

export function linksOf(linker: Linker, path: string): FileLinks {
  const unit = linker.codebase.unit(path);
  if ('unknown' in unit) return { edges: [], unresolved: [], unknowns: [{ path, line: null, reason: unit.unknown }] };
  return { ...edgesOf(linker, unit), unknowns: unknownsOf(unit) };
}

function unknownsOf(unit: PythonUnit): GraphUnknown[] {
  const { path, skim } = unit;
  const { brokenAt } = skim;
  const line = (inText: number) => unit.lineInFile(inText);
  const broken =
    brokenAt === null ? [] : [{ path, line: line(brokenAt), reason: 'syntax error: read as far as it parses' }];
  const dynamics = skim.dynamics
    .filter(({ name, form }) => (name.kind === 'open' || name.kind === 'partial') && form !== 'module-getattr')
    .map((dynamic) => ({ path, line: line(dynamic.line), reason: `imports by value (${dynamic.form})` }));
  return [...broken, ...dynamics];
}
