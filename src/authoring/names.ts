/** Dotted names, absolute and relative. */
import type { Layout } from '../core/layout.js';
import { isPackageInit } from '../core/paths.js';

/** What the module of an import statement is called in full; `null` where its dots lead nowhere that has a name. */
export function absoluteName(layout: Layout, path: string | null, level: number, module: string): string | null {
  if (level === 0) return module;
  const around = path === null ? null : packageOf(layout, path);
  if (around === null) return null;
  const parts = around.split('.');
  if (level > parts.length) return null;
  const base = parts.slice(0, parts.length - level + 1);
  return [...base, ...(module === '' ? [] : module.split('.'))].join('.');
}

/** The package that relative imports of a file start at; `null` for a file that lies in none. */
export function packageOf(layout: Layout, path: string): string | null {
  const [name] = layout.namesOf(path);
  if (name === undefined) return null;
  if (isPackageInit(path)) return name;
  const dot = name.lastIndexOf('.');
  return dot === -1 ? null : name.slice(0, dot);
}

/** The same module with dots, seen from a package; `null` where they share none. */
export function relativeName(around: string, absolute: string): string | null {
  const [here, there] = [around.split('.'), absolute.split('.')];
  let shared = 0;
  while (shared < here.length && shared < there.length && here[shared] === there[shared]) shared++;
  if (shared === 0) return null;
  return '.'.repeat(here.length - shared + 1) + there.slice(shared).join('.');
}

/** Dots and the rest. */
export function splitDots(module: string): { level: number; name: string } {
  const level = /^\.*/.exec(module)?.[0].length ?? 0;
  return { level, name: module.slice(level) };
}
