/** One file's imports as edges of the import graph: statements, implicit parents, imports by value, strings and paths. */
import type { PythonUnit } from './codebase.js';
import { dynamicTargets } from './dynamic.js';
import type { When } from './facts.js';
import type { Resolution } from './layout.js';
import type { Linker } from './linker.js';
import { isDottedName, type SkimmedImport } from './skim.js';

export type EdgeForm = 'import' | 'from' | 'star' | 'dynamic' | 'string' | 'implicit' | 'path';

/** One import: files by path, line from 1. */
export interface ImportEdge {
  readonly path: string;
  readonly importedPath: string;
  readonly line: number;
  readonly form: EdgeForm;
  readonly when: When;
  /** A computed name that only a string somewhere in the file could complete. */
  readonly guessed?: true;
}

/** An import that names something inside the repository which is not there. */
export interface UnresolvedImport {
  readonly path: string;
  readonly line: number;
  /** As written: `.x`, `a.b`, or `a.b.name` for a name that the module does not bind. */
  readonly name: string;
  readonly when: When;
  readonly reason: string;
}

export interface FileEdges {
  readonly edges: readonly ImportEdge[];
  readonly unresolved: readonly UnresolvedImport[];
}

type Emit = (importedPath: string, form: EdgeForm) => void;

/** All edges that start in one file. */
export function edgesOf(linker: Linker, unit: PythonUnit): FileEdges {
  const found: ImportEdge[] = [];
  const unresolved: UnresolvedImport[] = [];
  for (const statement of unit.skim.imports) {
    for (const name of statement.names.length > 0 ? statement.names : [null]) {
      const line = unit.lineInFile(name ? name.line : statement.line);
      const emit: Emit = (importedPath, form) =>
        found.push({ path: unit.path, importedPath, line, form, when: statement.when });
      const missing = statementEdges(linker, unit, statement, name ? statement.names.indexOf(name) : -1, emit);
      if (missing) unresolved.push({ path: unit.path, line, when: statement.when, ...missing });
    }
  }
  for (const dynamic of unit.skim.dynamics) {
    const line = unit.lineInFile(dynamic.line);
    for (const { resolution } of dynamicTargets(linker, unit, dynamic)) {
      const isGuess = dynamic.name.kind === 'partial' || dynamic.name.kind === 'open';
      const emit: Emit = (importedPath, form) =>
        found.push({
          path: unit.path,
          importedPath,
          line,
          form,
          when: dynamic.when,
          ...(isGuess ? { guessed: true as const } : {}),
        });
      withParents(resolution, 'dynamic', emit);
    }
  }
  found.push(...stringEdges(linker, unit));
  return { edges: unique(found), unresolved };
}

type Missing = Pick<UnresolvedImport, 'name' | 'reason'>;

function statementEdges(
  linker: Linker,
  unit: PythonUnit,
  statement: SkimmedImport,
  index: number,
  emit: Emit,
): Missing | null {
  const dots = '.'.repeat(statement.level);
  if (statement.kind === 'import') {
    const dotted = statement.names[index]?.name ?? '';
    const resolution = linker.module(unit.path, 0, dotted);
    withParents(resolution, 'import', emit);
    return missingModule(linker, unit.path, resolution, dotted);
  }
  const source = linker.module(unit.path, statement.level, statement.module);
  const written = `${dots}${statement.module}`;
  if (!source.found) {
    withParents(source, 'from', emit);
    return missingModule(linker, unit.path, source, written);
  }
  if (statement.kind === 'star') {
    withParents(source, 'star', emit);
    starSubmodules(linker, source, emit);
    return null;
  }
  return fromEdges(linker, source, statement.names[index]?.name ?? '', written, emit);
}

function missingModule(linker: Linker, importer: string, resolution: Resolution, written: string): Missing | null {
  if (resolution.found || !resolution.internal || registersModules(linker, importer, written)) return null;
  return { name: written, reason: 'no such module in the repository' };
}

/** A plain module can have submodules if it enters them into `sys.modules`, as `os` does with `os.path`. */
export function registersModules(linker: Linker, importer: string, written: string): boolean {
  const level = /^\.*/.exec(written)?.[0].length ?? 0;
  const parts = written.slice(level).split('.');
  for (let length = parts.length - 1; length > 0; length--) {
    const { found } = linker.module(importer, level, parts.slice(0, length).join('.'));
    if (!found) continue;
    if (found.kind === 'namespace') return false;
    return linker.codebase.unitOrNone(found.path)?.skim.registersModules === true;
  }
  return false;
}

function fromEdges(linker: Linker, source: Resolution, name: string, written: string, emit: Emit): Missing | null {
  // An installed package of the same name would come before a namespace package; a stub alone need not say all.
  const isOpen =
    (source.found?.kind === 'namespace' && !written.startsWith('.')) || source.found?.path.endsWith('.pyi') === true;
  const found = source.found as NonNullable<Resolution['found']>;
  const value = linker.member(found, name);
  const submodule = linker.submodule(found, name);
  const isSubmodule =
    value.kind === 'module' && submodule?.kind === 'module' && value.found.path === submodule.found.path;
  withParents(source, isSubmodule ? 'implicit' : 'from', emit);
  if (isSubmodule && value.found.kind !== 'namespace') emit(value.found.path, 'from');
  if (value.kind !== 'missing' || isOpen) return null;
  return { name: `${written}${written.endsWith('.') ? '' : '.'}${name}`, reason: 'the module does not bind this name' };
}

function starSubmodules(linker: Linker, source: Resolution, emit: Emit): void {
  const found = source.found as NonNullable<Resolution['found']>;
  if (found.kind !== 'package') return;
  for (const name of linker.codebase.unitOrNone(found.path)?.skim.exports?.names ?? []) {
    const submodule = linker.submodule(found, name);
    const isFile = submodule?.kind === 'module' && submodule.found.kind !== 'namespace';
    if (isFile && linker.lookup(found.path, name).kind === 'missing') emit(submodule.found.path, 'star');
  }
}

function withParents(resolution: Resolution, form: EdgeForm, emit: Emit): void {
  for (const parent of resolution.parents) emit(parent, 'implicit');
  if (resolution.found && resolution.found.kind !== 'namespace') emit(resolution.found.path, form);
}

/** Strings that are a dotted name or a path of something in the repository. */
function stringEdges(linker: Linker, unit: PythonUnit): ImportEdge[] {
  const edges: ImportEdge[] = [];
  const { layout } = linker.codebase;
  for (const { value, line, atTop } of unit.skim.strings) {
    const isName = isDottedName(value);
    const importedPath = isName ? longestModule(linker, unit.path, value.split(':')[0] as string) : pathIn(value);
    if (importedPath === null || !layout.has(importedPath)) continue;
    const when = atTop ? 'runtime' : 'lazy';
    edges.push({ path: unit.path, importedPath, line: unit.lineInFile(line), form: isName ? 'string' : 'path', when });
  }
  return edges;
}

/** A path as the repository has it. */
function pathIn(written: string): string {
  return written.replaceAll('\\\\', '/').replaceAll('\\', '/').replace(/^\.\//, '');
}

/** The deepest module that a dotted string names, of at least two components. */
function longestModule(linker: Linker, importer: string, dotted: string): string | null {
  const parts = dotted.split('.');
  for (let length = parts.length; length >= 2; length--) {
    const { found } = linker.module(importer, 0, parts.slice(0, length).join('.'));
    if (found && found.kind !== 'namespace') return found.path;
  }
  return null;
}

function unique(edges: readonly ImportEdge[]): ImportEdge[] {
  const seen = new Map(edges.map((edge) => [`${edge.importedPath}\0${edge.line}\0${edge.form}\0${edge.when}`, edge]));
  return [...seen.values()].sort((a, b) => a.line - b.line || (a.importedPath < b.importedPath ? -1 : 1));
}
