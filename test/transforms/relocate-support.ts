/** Draws a repository, moves paths on paper, and tells what becomes of each textual mention. */
import { applyToText } from '../../src/core/edits.js';
import { isInside } from '../../src/core/paths.js';
import { Relocation } from '../../src/core/relocation.js';
import { findUsages } from '../../src/core/usages.js';
import { type RelocatedHit, relocateUsages } from '../../transforms/relocate-mentions.js';
import { draw, type RepositoryNames, type Tree } from '../support/tree.js';

/** Old path to new; a path without `.py` is a directory. */
export type Moves = Readonly<Record<string, string>>;

export interface Told {
  readonly hits: readonly RelocatedHit[];
  /** A file's text after everything that is decided as `rewrite`. */
  rewritten(path: string): string;
}

export async function relocated(
  tree: Tree,
  moves: Moves,
  covered = false,
  names: RepositoryNames = {},
  hasOtherNames: (path: string) => boolean = () => false,
): Promise<Told> {
  const relocation = relocationOf(tree, moves);
  const moved = Object.entries(tree).map(([path, content]) => [relocation.file(path), content] as const);
  const before = await draw(tree, names);
  const { codebase } = await draw(Object.fromEntries([...packagesFor(moved.map(([path]) => path)), ...moved]), names);
  const targets = Object.keys(moves).map((from) => (`${from}/__init__.py` in tree ? `${from}/__init__.py` : from));
  const usages = findUsages(before.linker, targets, true);
  const shared = { before: before.linker, after: codebase.layout, relocation, hasOtherNames };
  const hits = relocateUsages(shared, usages, covered);
  return { hits, rewritten: (path) => rewritten(tree, path, hits) };
}

function relocationOf(tree: Tree, moves: Moves): Relocation {
  const files = new Map<string, string>();
  const directories = new Map<string, string>();
  for (const [from, to] of Object.entries(moves).sort(([a], [b]) => a.length - b.length)) {
    if (from in tree) files.set(from, to);
    else {
      directories.set(from, to);
      for (const path of Object.keys(tree)) if (isInside(path, from)) files.set(path, to + path.slice(from.length));
    }
  }
  return new Relocation(files, directories);
}

/** New directories of modules, and those above, are packages. */
function packagesFor(paths: readonly string[]): (readonly [string, string])[] {
  const modules = paths.filter((path) => path.endsWith('.py') && path.includes('/') && !path.startsWith('src/'));
  return modules.flatMap((path) => {
    const parts = path.split('/').slice(0, -1);
    return parts.map((_, index) => [`${parts.slice(0, index + 1).join('/')}/__init__.py`, ''] as const);
  });
}

function rewritten(tree: Tree, path: string, hits: readonly RelocatedHit[]): string {
  const edits = hits
    .filter((hit) => hit.path === path && hit.decision === 'rewrite')
    .map(({ span, replacement, reason }) => ({ span, text: replacement ?? '', reason }));
  return applyToText(path, tree[path] as string, edits);
}

/** `written -> replacement: decision (reason)`, one per hit. */
export function brief({ written, replacement, decision, reason }: RelocatedHit): string {
  const change = decision === 'leave' ? written : `${written} -> ${replacement}`;
  return `${decision}: ${change} | ${reason}`;
}
