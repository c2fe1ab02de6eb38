/** graph(after) = relabel(graph(before)): each import leads where it led. */
import type { PythonUnit } from '../codebase.js';
import { edgesOf, type FileEdges, type ImportEdge } from '../edges.js';
import type { Found, Layout } from '../layout.js';
import type { Linker } from '../linker.js';
import type { Problem } from '../model.js';
import { directoryOf } from '../paths.js';
import { problem } from '../problems.js';
import type { Checked } from './model.js';

/**
 * File by file; lines may shift. Packages that an import only passes through change
 * with the module's home, and may then be imported for themselves.
 */
export function sameEdges(checked: Checked, before: PythonUnit, after: PythonUnit): Problem[] {
  const old = edgesOf(checked.before, before);
  const now = edgesOf(checked.after, after);
  const expected = new Map(
    old.edges.filter(matters).map((edge) => [edgeKey(edge, checked.place(edge.importedPath)), edge]),
  );
  const actual = new Map(
    now.edges.filter(matters).map((edge) => [edgeKey(edge, checked.standsFor(edge.importedPath)), edge]),
  );
  const passed = new Set(
    old.edges.filter(({ form }) => form === 'implicit').map((edge) => checked.place(edge.importedPath)),
  );
  const lost = [...expected].filter(([key, edge]) => !actual.has(key) && !isAccepted(checked, edge));
  // A string that is left as it is may now read as a package: that imports nothing.
  const gained = [...actual].filter(
    ([key, { form, importedPath }]) =>
      !expected.has(key) && !passed.has(importedPath) && form !== 'string' && form !== 'path',
  );
  return [
    ...lost.map(([, edge]) =>
      edgeProblem(
        'check-import-lost',
        edge,
        `this import of ${edge.importedPath} would no longer lead to ${checked.place(edge.importedPath)}`,
      ),
    ),
    ...gained.map(([, edge]) =>
      edgeProblem('check-import-new', edge, `this line would newly import ${edge.importedPath}`),
    ),
    ...newlyUnresolved(old, now),
    ...newlyGuessed(checked, before, after),
    ...newlyExternal(checked, before, after),
  ];
}

/** What a string could complete is judged with the string. */
function matters(edge: ImportEdge): boolean {
  return edge.form !== 'implicit' && !edge.guessed;
}

/** `from p import m`, `import m` and `from m import *` load the same module; which of them is written depends on where it stands. */
function edgeKey({ form, when }: ImportEdge, importedPath: string): string {
  return `${importedPath}\0${form === 'from' || form === 'star' ? 'import' : form}\0${when}`;
}

/** Strings and computed names that a person took on themselves need not follow. */
function isAccepted(checked: Checked, edge: ImportEdge): boolean {
  const byValue = edge.form === 'path' || edge.form === 'string' || edge.form === 'dynamic';
  const place = `${edge.path}:${edge.line}`;
  return byValue && (checked.accepted.has(place) || [...checked.left].some((left) => left.startsWith(`${place}:`)));
}

function edgeProblem(code: string, edge: ImportEdge, message: string): Problem {
  return problem(code, message, { place: { path: edge.path, line: edge.line, column: 1 } });
}

/** What was missing before may go on missing, under whatever name. */
function newlyUnresolved(old: FileEdges, now: FileEdges): Problem[] {
  const key = ({ name, when }: FileEdges['unresolved'][number]) => `${when}\0${name.slice(name.lastIndexOf('.') + 1)}`;
  const known = new Set(old.unresolved.map(key));
  return now.unresolved
    .filter((import_) => !known.has(key(import_)))
    .map((import_) =>
      problem('check-unresolved', `'${import_.name}' would not resolve: ${import_.reason}`, {
        place: { path: import_.path, line: import_.line, column: 1 },
      }),
    );
}

/** An import that surely led somewhere must not come to depend on what is put on the path. */
function newlyGuessed(checked: Checked, before: PythonUnit, after: PythonUnit): Problem[] {
  const known = new Set(guesses(checked.before, before).map(({ found }) => checked.place(found.path)));
  return guesses(checked.after, after)
    .filter(({ found }) => !known.has(checked.standsFor(found.path)))
    .map(({ found, line }) =>
      problem('check-unresolved', `this would find ${found.path} only with its directory on the path`, {
        place: { path: after.path, line, column: 1 },
      }),
    );
}

/** Found only by luck: beside a script, by dots in a file that lies in no package, as if its package were on the path. */
function guesses(linker: Linker, { path, facts }: PythonUnit): { found: Found; line: number }[] {
  const { layout } = linker.codebase;
  const directory = directoryOf(path);
  const isInPackage = layout.isPartOfPackage(directory) || !layout.roots.includes(directory);
  return facts.imports.flatMap(({ kind, level, module, names, line }) => {
    const modules = kind === 'import' ? names.map(({ name }) => name) : [module];
    return modules.flatMap((name) => {
      const { found, guessed } = linker.module(path, level, name);
      const isLuck = guessed || (level > 0 ? !isInPackage : isFoundInside(layout, path, name));
      return found && isLuck ? { found, line } : [];
    });
  });
}

/** The top of an absolute name lies in a directory that is itself part of a package: it would have to be on the path. */
function isFoundInside(layout: Layout, path: string, dotted: string): boolean {
  const { found } = layout.resolveAbsolute(dotted.split('.')[0] as string, path);
  if (!found) return false;
  const place = found.kind === 'package' ? directoryOf(found.path) : found.path;
  return layout.isBelowRoot(directoryOf(place));
}

/** What comes from outside came from there before. */
function newlyExternal(checked: Checked, before: PythonUnit, after: PythonUnit): Problem[] {
  const known = new Set(externals(checked.before, before).map(({ name }) => name));
  return externals(checked.after, after)
    .filter(({ name }) => !known.has(name))
    .map(({ name, line }) =>
      problem('check-import-new', `'${name}' would newly be imported, which is not of this repository`, {
        place: { path: after.path, line, column: 1 },
      }),
    );
}

function externals(linker: Linker, { path, facts }: PythonUnit): { name: string; line: number }[] {
  return facts.imports.flatMap(({ kind, level, module, names, line }) => {
    if (level > 0) return [];
    const modules = kind === 'import' ? names.map(({ name }) => name) : [module];
    return modules.flatMap((dotted) => {
      const { found, internal } = linker.module(path, 0, dotted);
      return found || internal ? [] : { name: dotted.split('.')[0] as string, line };
    });
  });
}
