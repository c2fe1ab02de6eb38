/** Package files that come and go with a relocation: `__init__.py` of new packages, and of packages that it empties. */
import type { Codebase } from '../../src/core/codebase.js';
import type { Problem } from '../../src/core/model.js';
import { baseOf, directoryOf, isPackageInit, isPythonPath, join } from '../../src/core/paths.js';
import { problem } from '../../src/core/problems.js';
import type { Relocation } from '../../src/core/relocation.js';
import type { MovedUnit } from './units.js';

/**
 * New packages: a directory that did not exist gets an `__init__.py` where the module came from a regular package, or goes
 * below one. Directories that hold Python already stay what they are.
 */
export function newPackages(codebase: Codebase, units: readonly MovedUnit[], relocation: Relocation): string[] {
  const { tree, roots } = codebase.layout;
  const after = new Set(codebase.snapshot.files.map(({ path }) => relocation.file(path)));
  const created = new Set<string>();
  for (const unit of units) {
    if (unit.kind === 'file') continue;
    const missing: string[] = [];
    let here = directoryOf(unit.to);
    const isKnown = (directory: string) => {
      const origin = stillThere(codebase, relocation, directory);
      return after.has(join(directory, '__init__.py')) || origin || roots.includes(directory);
    };
    for (; here !== '' && !isKnown(here); here = directoryOf(here)) missing.push(here);
    const cameFromPackage = tree.isPackageDirectory(directoryOf(unit.from));
    const goesBelowOne = here !== '' && after.has(join(here, '__init__.py'));
    if (cameFromPackage || goesBelowOne) for (const directory of missing) created.add(join(directory, '__init__.py'));
  }
  return [...created].sort();
}

/** The directory holds Python that does not move away. */
function stillThere(codebase: Codebase, relocation: Relocation, directory: string): boolean {
  return codebase.snapshot.files.some(
    ({ path }) => isPythonPath(path) && path.startsWith(`${directory}/`) && !relocation.files.has(path),
  );
}

/** Empty `__init__.py` files of packages that lose everything else. Whether anything refers to them is not asked here. */
export function emptiedPackages(codebase: Codebase, relocation: Relocation): string[] {
  const after = codebase.snapshot.files.map(({ path }) => relocation.file(path));
  const left = new Set<string>();
  const candidates = new Set([...relocation.files.keys()].flatMap((path) => parents(path)));
  const emptied = [...candidates]
    .map((directory) => join(directory, '__init__.py'))
    .filter((init) => !relocation.files.has(init) && isEmpty(codebase, init));
  for (const path of after)
    if (!isPackageInit(path) || !emptied.includes(path)) for (const parent of parents(path)) left.add(parent);
  return emptied.filter((init) => baseOf(init) === '__init__.py' && !left.has(directoryOf(init))).sort();
}

function isEmpty(codebase: Codebase, path: string): boolean {
  if (!codebase.snapshot.entry(path)) return false;
  const bytes = codebase.snapshot.read(path);
  return bytes instanceof Uint8Array && bytes.length === 0;
}

function parents(path: string): string[] {
  const found: string[] = [];
  for (let here = directoryOf(path); here !== ''; here = directoryOf(here)) found.push(here);
  return found;
}

/** Says that a package has nothing beside its `__init__.py` any more. */
export function leftEmpty(init: string): Problem {
  const message = `${directoryOf(init)}/ holds nothing else any more`;
  const hint = '--prune removes what moves leave empty';
  return problem('left-empty', message, { severity: 'info', place: init, hint });
}
