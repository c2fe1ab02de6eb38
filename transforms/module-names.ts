/** How a module is named from a place: in the style that the old name had there, and so that it really resolves to it. */
import type { Linker } from '../src/core/linker.js';
import { directoryOf, isPackageInit, moduleBase } from '../src/core/paths.js';

export interface WrittenName {
  /** Leading dots; 0 for an absolute name. */
  readonly level: number;
  /** The dotted name as written, without the dots. */
  readonly dotted: string;
}

/** A name for `path` to be written in `importer` where `old` stood, dots included; `null` when none resolves to it. */
export function nameFor(linker: Linker, importer: string, path: string, old: WrittenName): string | null {
  const relative = old.level > 0 ? relativeName(importer, path) : null;
  if (relative && linker.module(importer, relative.level, relative.dotted).found?.path === path) {
    return '.'.repeat(relative.level) + relative.dotted;
  }
  const candidates = suitedNames(linker.codebase.layout.namesOf(path), path, { dotted: old.dotted, path: null });
  return candidates.find((name) => linker.module(importer, 0, name).found?.path === path) ?? null;
}

/**
 * The names of a place, best first: those that begin as the old name did, then those that count from the same root.
 * @param old `path`: what the old name led to, where that is known
 */
export function suitedNames(
  names: readonly string[],
  place: string,
  old: { readonly dotted: string; readonly path: string | null },
): string[] {
  const first = old.dotted.split('.')[0] as string;
  const root = old.path === null ? null : rootAbove(old.path, old.dotted);
  const alike = names.filter((name) => name === first || name.startsWith(`${first}.`));
  const below = root === null ? [] : names.filter((name) => rootAbove(place, name) === root);
  return [...new Set([...alike, ...below, ...names])];
}

/** The directory that a name counts from: `src` for `a.b` of `src/a/b.py`; `null` for a name by another rule. */
function rootAbove(path: string, dotted: string): string | null {
  const unit = isPackageInit(path) ? directoryOf(path) : path.replace(/\.pyi?$/, '');
  const below = dotted.replaceAll('.', '/');
  if (unit === below) return '';
  return unit.endsWith(`/${below}`) ? unit.slice(0, -below.length - 1) : null;
}

/** The relative form from one file to another, by directories alone. */
function relativeName(importer: string, path: string): WrittenName | null {
  const target = (isPackageInit(path) ? directoryOf(path) : path.replace(/\.pyi?$/, '')).split('/');
  const here = directoryOf(importer).split('/').filter(Boolean);
  let shared = 0;
  while (shared < here.length && here[shared] === target[shared]) shared++;
  if (shared === 0) return null;
  return { level: here.length - shared + 1, dotted: target.slice(shared).join('.') };
}

/** `a.b` for `a.b.c`, `..b` for `..b.c`, `.` for `.c`; empty for `c`. */
export function parentOf(module: string): string {
  const cut = module.lastIndexOf('.');
  const parent = module.slice(0, Math.max(cut, 0));
  return /^\.*$/.test(parent) ? module.slice(0, cut + 1) : parent;
}

/**
 * Whether the package of a module binds its name to something else, as `from .cache import cache` does. Bound to the
 * duplicate (`from . import cache_robust as cache`) it will be the module itself once that is redirected.
 */
export function isHidden(linker: Linker, path: string, duplicate: string): boolean {
  const init = `${directoryOf(path)}/__init__.py`;
  if (!linker.codebase.layout.has(init)) return false;
  const value = linker.lookup(init, moduleBase(path));
  if (value.kind === 'module') return value.found.path !== path && value.found.path !== duplicate;
  return value.kind === 'object' || value.kind === 'external';
}
