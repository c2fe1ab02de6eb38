/**
 * Which shims a relocation leaves behind, and where none can stand. A moved package leaves one for each of its modules: its
 * own shim finds them, and type checkers read them.
 */
import type { Layout } from '../src/core/layout.js';
import type { Linker } from '../src/core/linker.js';
import type { Problem } from '../src/core/model.js';
import { baseOf, directoryOf, isInside, isPackageInit, join, moduleBase } from '../src/core/paths.js';
import { problem } from '../src/core/problems.js';
import type { Relocation } from '../src/core/relocation.js';
import type { Renamed } from '../src/core/renaming-shims.js';
import { findShims, type Shim, type ShimSource, shimText } from '../src/core/shims.js';
import type { MovedUnit } from './relocation/units.js';

export interface LeftShims {
  /** By path. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Old names that no shim can keep. */
  readonly refusals: readonly Problem[];
}

/** Names of a module (its path before) that are called otherwise where it goes. */
export type RenamedIn = (path: string) => readonly Renamed[];

/**
 * The shims of a relocation.
 * @param before the repository as it is
 * @param after where everything stands afterwards, new packages included, shims not
 */
export function shimsFor(
  before: Linker,
  after: Layout,
  relocation: Relocation,
  units: readonly MovedUnit[],
  renamed: RenamedIn = () => [],
): LeftShims {
  const files: { path: string; text: string }[] = [];
  const refusals: Problem[] = [];
  for (const [path, place] of oldModules(before, relocation, units)) {
    if (keepsName(before, after, path, place, units)) continue;
    const shim = shimSource(before, after, path, place, { path, renamed: renamed(path) });
    const obstacle = obstacleTo(after, path, shim);
    if (obstacle !== null) refusals.push(noShim(path, obstacle));
    else if (shim !== null) files.push({ path, text: shimText(shim) });
  }
  return { files, refusals };
}

/**
 * Shims that stand there and lead to modules of which some names are called otherwise afterwards: the new text of each, by
 * path. Following the module is not enough, since under the old name something else would be found.
 */
export function remadeShims(
  before: Linker,
  after: Layout,
  relocation: Relocation,
  renamed: RenamedIn,
): ReadonlyMap<string, string> {
  const remade = new Map<string, string>();
  for (const shim of findShims(before.codebase)) {
    const target = shim.targetPath;
    if (target === null || renamed(target).length === 0) continue;
    const contents = { path: target, renamed: composed(shim, renamed(target)) };
    const source = shimSource(before, after, shim.path, relocation.file(target), contents);
    if (source !== null) remade.set(shim.path, shimText(source));
  }
  return remade;
}

/** From the names that a shim answers to, through those of its module, to what they are called in the end. */
function composed(shim: Shim, renamed: readonly Renamed[]): Renamed[] {
  const own = shim.renamed.map(({ name, to }) => ({ name, to: renamed.find((each) => each.name === to)?.to ?? to }));
  const others = renamed.filter(({ name }) => !own.some((each) => each.name === name));
  return [...own, ...others].filter(({ name, to }) => name !== to);
}

/** Modules that can be imported now and stand elsewhere afterwards: the path of each shim, and what it is for. */
function oldModules(before: Linker, relocation: Relocation, units: readonly MovedUnit[]): [string, string][] {
  const { layout } = before.codebase;
  const moved = units.filter(({ kind }) => kind !== 'file');
  const isPart = (path: string) =>
    moved.some(({ kind, from }) => (kind === 'package' ? isInside(path, from) : path === from));
  const found = new Map<string, string>();
  for (const [from, to] of relocation.files) {
    const source = moduleFile(from);
    if (source === null || !isPart(from) || FOUND_BY_RUNNERS.test(from) || layout.namesOf(source).length === 0)
      continue;
    found.set(source, moduleFile(to) ?? to);
    for (const directory of unfiledPackages(before, moved, from))
      found.set(join(directory, '__init__.py'), relocation.directory(directory));
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A module that goes from one root to another is imported as it was. */
function keepsName(before: Linker, after: Layout, path: string, place: string, units: readonly MovedUnit[]): boolean {
  const isAlone = units.some(({ kind, from }) => kind === 'module' && from === path);
  return isAlone && before.codebase.layout.namesOf(path)[0] === namesAfter(after, place)[0];
}

/** Runners import such files by their place and collect them; at two places their tests would run twice. */
const FOUND_BY_RUNNERS = /(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/;
/** Of a compiled module its source or what it was built into. */
const COMPILED = /^(\w+)(?:\.[\w-]+)?\.(?:pyx|so|pyd)$/;

/** The Python file that a module is, or would be if it were written in Python; `null` for data. */
function moduleFile(path: string): string | null {
  if (path.endsWith('.py')) return path;
  const name = COMPILED.exec(baseOf(path))?.[1];
  return name ? join(directoryOf(path), `${name}.py`) : null;
}

/**
 * Directories without an `__init__` inside a regular package that moves. Their shims need one: the path of a namespace
 * package is computed anew from its parent's, which is that of the new place.
 */
function unfiledPackages(before: Linker, units: readonly MovedUnit[], file: string): string[] {
  const { tree } = before.codebase.layout;
  const unit = units.find(({ kind, from }) => kind === 'package' && isInside(file, from));
  const directories: string[] = [];
  for (let here = directoryOf(file); unit && here !== unit.from; here = directoryOf(here)) directories.unshift(here);
  const isRegular = (directory: string) => tree.isPackageDirectory(directory);
  return directories.filter(
    (directory, index) => !isRegular(directory) && [unit?.from ?? '', ...directories.slice(0, index)].some(isRegular),
  );
}

/** @param contents the module whose names the shim keeps, by its path before */
function shimSource(
  before: Linker,
  after: Layout,
  path: string,
  place: string,
  contents: { readonly path: string; readonly renamed: readonly Renamed[] },
): ShimSource | null {
  const { codebase } = before;
  const [olds, news] = [codebase.layout.namesOf(path), namesAfter(after, place)];
  // A directory that could be a root as well as a namespace package: what is imported from it as a root keeps its name.
  const [oldName, newName] = [olds.find((name) => !news.includes(name)), news.find((name) => !olds.includes(name))];
  if (oldName === undefined || newName === undefined) return null;
  const isPackage = isPackageInit(path);
  const text = textOf(before, path);
  const isExecutable = codebase.snapshot.entry(path)?.mode === '100755';
  return {
    oldName,
    newName,
    isPackage,
    relative: isRelative([oldName, ...olds], [newName, ...news], isPackage),
    others: otherNames(before, contents.path).filter((name) => !contents.renamed.some((each) => each.name === name)),
    renamed: contents.renamed,
    isRun:
      !isPackage &&
      (isExecutable || !oldName.includes('.') || /__main__|^#!/.test(text) || oldName.endsWith('__main__')),
    isHidden: isHidden(before, path),
    newline: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** A namespace package is known by its directory. */
function namesAfter(after: Layout, place: string): readonly string[] {
  return after.namesOf(place.endsWith('.py') ? place : join(place, '__init__.py'));
}

function textOf({ codebase }: Linker, path: string): string {
  if (!codebase.snapshot.entry(path)) return '';
  const source = codebase.text(path);
  return 'undecodable' in source ? '' : source.text;
}

/** Whether one way from the shim leads to the module under each name that the shim may be imported by. */
function isRelative(oldNames: readonly string[], newNames: readonly string[], isPackage: boolean): boolean {
  const packageOf = (name: string) => (isPackage ? name : name.slice(0, Math.max(0, name.lastIndexOf('.')))).split('.');
  const [here, there] = [packageOf(oldNames[0] ?? ''), (newNames[0] ?? '').split('.')];
  let shared = 0;
  while (shared < here.length && shared < there.length - 1 && here[shared] === there[shared]) shared++;
  if (shared === 0) return false;
  const tail = there.slice(shared);
  return oldNames.every((name) => {
    const own = packageOf(name);
    const common = own.slice(0, own.length - (here.length - shared));
    return common.length > 0 && newNames.includes([...common, ...tail].join('.'));
  });
}

/** What a module defines and `import *` does not give. */
function otherNames(before: Linker, path: string): string[] {
  const unit = before.codebase.snapshot.entry(path) ? before.codebase.unitOrNone(path) : undefined;
  if (!unit) return [];
  const given = before.starNames(path);
  const defined = (unit.facts.scopes[0]?.bindings ?? []).filter(({ kind, imported }) => {
    if (kind === 'function' || kind === 'class' || kind === 'assignment') return true;
    const statement = imported ? unit.facts.imports[imported.statement] : undefined;
    return statement?.kind === 'from' && statement.module !== '__future__';
  });
  const names = new Set(defined.map(({ name }) => name).filter((name) => name !== '__all__'));
  return [...names].filter((name) => (given === null ? name.startsWith('_') : !given.has(name))).sort();
}

/** The package binds the module's name to something else than the module. */
function isHidden(before: Linker, path: string): boolean {
  const home = isPackageInit(path) ? directoryOf(directoryOf(path)) : directoryOf(path);
  const init = join(home, '__init__.py');
  if (init === path || !before.codebase.layout.has(init)) return false;
  const value = before.lookup(init, moduleBase(path));
  return value.kind === 'module' ? value.found.path !== path : value.kind !== 'missing';
}

/** Why no shim can stand there; `null` when one can. */
function obstacleTo(after: Layout, path: string, shim: ShimSource | null): string | null {
  if (shim === null) return 'the module cannot be imported at its new place';
  const unit = path.replace(/(?:\/__init__)?\.py$/, '');
  if (after.has(path)) return `${path} stands there afterwards`;
  if (shim.newName.startsWith(`${shim.oldName}.`))
    return `${shim.oldName} is the package of ${shim.newName} afterwards`;
  if (!shim.isPackage && after.tree.hasDirectory(unit)) return `the directory ${unit} stands beside it afterwards`;
  return shim.isPackage && after.has(`${unit}.py`) ? `${unit}.py stands beside it afterwards` : null;
}

function noShim(path: string, why: string): Problem {
  const hint = 'choose another place, or leave out --shim';
  return problem('no-shim', `no shim can keep the old name of ${path}: ${why}`, { place: path, hint });
}
