/**
 * Shims: thin modules left at old places, so that old names keep working. What stands in one, and how to know one again.
 * At run time a shim puts the moved module itself under its old name; type checkers read a star import.
 */
import type { Codebase } from './codebase.js';
import type { ImportedName, ImportStatement } from './facts.js';
import { type Renamed, renamingShim } from './renaming-shims.js';

/** What a shim is made for. */
export interface ShimSource {
  /** Dotted name of the old place. */
  readonly oldName: string;
  /** Dotted name of the module now. */
  readonly newName: string;
  readonly isPackage: boolean;
  /**
   * Names the module by its way from the shim. Holds under whatever name the common package is imported, and must not be
   * asked for where old and new name share no package.
   */
  readonly relative: boolean;
  /** Names that a star import does not give, for type checkers; at run time the module is the same object. */
  readonly others: readonly string[];
  /** Names that are called otherwise in the module now; only where it became part of another. */
  readonly renamed: readonly Renamed[];
  /** May be run itself: `python -m old.name`, or by its path. */
  readonly isRun: boolean;
  /** Its package binds the module's name to something else, which importing the shim must not replace. */
  readonly isHidden: boolean;
  readonly newline: string;
}

/** One shim of a repository. */
export interface Shim {
  readonly path: string;
  readonly oldName: string;
  /** As far as it can be told; else as the shim writes it. */
  readonly newName: string;
  /** The module's file; `null` where none in the repository answers. */
  readonly targetPath: string | null;
  readonly renamed: readonly Renamed[];
}

/** The first line of every shim; formatters leave comments alone. */
const MARKER = '# regraft: shim';
const MARKED = /^#\s*regraft:\s*shim\s*$/;

/** The source of a shim. */
export function shimText(shim: ShimSource): string {
  const lines = [
    MARKER,
    '# flake8: noqa',
    '"""Moved; this file only keeps the old name working."""',
    '',
    'from typing import TYPE_CHECKING',
    '',
    'if TYPE_CHECKING:',
    ...indented(forTypeCheckers(shim)),
    ...(shim.isRun ? ['elif __name__ == "__main__":', ...indented(forRunning(shim))] : []),
    'else:',
    ...indented(forImporting(shim)),
    '',
  ];
  return lines.join(shim.newline);
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `    ${line}`));
}

function forTypeCheckers(shim: ShimSource): string[] {
  const module = writtenName(shim);
  const star = `from ${module} import *`;
  const listed = [...shim.others.map((name) => ({ name, to: name })), ...shim.renamed];
  if (listed.length === 0) return [star];
  return [star, `from ${module} import (`, ...listed.map(({ name, to }) => `    ${to} as ${name},`), ')'];
}

/**
 * The new name in full, and the shim's own root on the path, since a script has only its directory there.
 */
function forRunning({ oldName, newName, isPackage }: ShimSource): string[] {
  const depth = oldName.split('.').length - (isPackage ? 0 : 1);
  return [
    'import runpy',
    'import sys',
    'import warnings',
    'from pathlib import Path',
    '',
    'warnings.warn("moved; this file only forwards", DeprecationWarning)',
    `sys.path.append(str(Path(__file__).resolve().parents[${depth}]))`,
    'runpy.run_module(',
    `    "${newName}",`,
    '    run_name="__main__",',
    '    alter_sys=True,',
    ')',
  ];
}

/**
 * The import statement says which module it is. `sys.modules` gets another name, since to a reader of the code, regraft
 * included, an entry of it that is taken by a computed name could be any module.
 */
function forImporting(shim: ShimSource): string[] {
  const module = writtenName(shim);
  const ending = [...WARNING, ...(shim.isHidden ? keptName(shim) : [])];
  if (shim.renamed.length > 0) return [...renamingShim(module, shim.renamed), ...ending];
  return [
    'import sys',
    ...(shim.isPackage ? ['import types'] : []),
    'import warnings',
    ...(shim.isPackage ? ['from importlib.machinery import PathFinder'] : []),
    '',
    '_modules = sys.modules',
    '',
    'def __getattr__(name):',
    '    # Asked only while the module is being imported, by what it imports itself.',
    `    from ${module} import __name__ as module`,
    '',
    '    return getattr(_modules[module], name)',
    '',
    ...(shim.isPackage ? SUBMODULES : []),
    `from ${module} import __name__ as _name`,
    '',
    '_module = _modules[__name__] = _modules[_name]',
    ...ending,
  ];
}

/** An alias of a package is not enough: its submodules would be found at the new place and loaded a second time. */
const SUBMODULES = [
  'def _find_spec(name, path=None, target=None):',
  '    # The new package would load its submodules a second time under their old names.',
  '    if name.rpartition(".")[0] != __name__:',
  '        return None',
  '    spec = PathFinder.find_spec(name, __path__)',
  '    if spec is None:',
  '        raise ModuleNotFoundError(f"No module named {name!r}", name=name)',
  '    return spec',
  '',
  'sys.meta_path.insert(0, types.SimpleNamespace(find_spec=_find_spec))',
  '',
];

/**
 * `stacklevel` passes over the frames of an import statement, but not over that of `importlib.import_module`. The frames of
 * the former belong to `_frozen_importlib` until somebody imports `importlib`.
 */
const WARNING = [
  '_user = sys._getframe(1)',
  'while _user.f_back and "importlib" in str(_user.f_globals.get("__name__")):',
  '    _user = _user.f_back',
  'warnings.warn_explicit(',
  '    f"{__name__} has moved to {_name}",',
  '    DeprecationWarning,',
  '    _user.f_code.co_filename,',
  '    _user.f_lineno,',
  '    _user.f_globals.get("__name__"),',
  ')',
];

/** The import system binds a submodule on its package when the shim has run; this lets that one binding pass by. */
function keptName({ oldName }: ShimSource): string[] {
  const name = oldName.slice(oldName.lastIndexOf('.') + 1);
  return [
    '_package = _modules[__name__.rpartition(".")[0]]',
    `if vars(_package).get("${name}", _module) is not _module:`,
    '',
    '    class _Keeping(type(_package)):',
    '        def __setattr__(self, attribute, value):',
    `            if attribute == "${name}" and value is _module:`,
    '                self.__class__ = _Keeping.__base__',
    '            else:',
    '                super().__setattr__(attribute, value)',
    '',
    '    _package.__class__ = _Keeping',
  ];
}

/** The module as seen from the shim, with leading dots where it is named relatively. */
function writtenName({ oldName, newName, isPackage, relative }: ShimSource): string {
  if (!relative) return newName;
  const here = isPackage ? oldName.split('.') : oldName.split('.').slice(0, -1);
  const parts = newName.split('.');
  let shared = 0;
  while (shared < here.length && shared < parts.length - 1 && here[shared] === parts[shared]) shared++;
  return '.'.repeat(here.length - shared + 1) + parts.slice(shared).join('.');
}

/** Every shim of the repository, by path. */
export function findShims(codebase: Codebase): Shim[] {
  return codebase.snapshot.files
    .map(({ path }) => path)
    .filter((path) => path.endsWith('.py') && spellsMarker(codebase, path))
    .flatMap((path) => readShim(codebase, path) ?? []);
}

function spellsMarker({ snapshot }: Codebase, path: string): boolean {
  const bytes = snapshot.read(path);
  return (
    bytes instanceof Uint8Array && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('regraft:')
  );
}

/** The marker says that it is one, its star import of what; a file without both is somebody's own. */
function readShim(codebase: Codebase, path: string): Shim | null {
  const unit = codebase.unitOrNone(path);
  const isMarked = unit?.facts.comments.some(({ start, end }) => MARKED.test(unit.text.slice(start, end)));
  const star = unit?.facts.imports.find(({ kind, when, scope }) => kind === 'star' && when === 'typing' && scope === 0);
  if (!unit || !isMarked || !star) return null;
  const found = resolved(codebase, path, star);
  return {
    path,
    oldName: codebase.layout.nameOf(path),
    newName: found ? codebase.layout.nameOf(found) : '.'.repeat(star.level) + star.module,
    targetPath: found,
    renamed: unit.facts.imports.filter((each) => isBeside(each, star)).flatMap(({ names }) => names.flatMap(renamedIn)),
  };
}

/** The names that stand by the star import, for type checkers as well. */
function isBeside({ kind, when, scope, level, module }: ImportStatement, star: ImportStatement): boolean {
  return kind === 'from' && when === 'typing' && scope === 0 && level === star.level && module === star.module;
}

function renamedIn({ name, alias }: ImportedName): Renamed[] {
  return alias !== null && alias !== name ? [{ name: alias, to: name }] : [];
}

function resolved({ layout }: Codebase, path: string, { level, module }: ImportStatement): string | null {
  const { found } =
    level > 0
      ? layout.resolveRelative(path, level, module === '' ? [] : module.split('.'))
      : layout.resolveAbsolute(module, path);
  return found && found.kind !== 'namespace' ? found.path : null;
}
