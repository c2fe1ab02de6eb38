/** What the users of a duplicate have to say against its deletion: unknown places, strings, the keeper itself, cycles. */
import type { ComparedModule } from '../src/core/compare.js';
import { edgesOf } from '../src/core/edges.js';
import { runsAtImport } from '../src/core/graph.js';
import type { Linker } from '../src/core/linker.js';
import type { Problem } from '../src/core/model.js';
import { problem } from '../src/core/problems.js';
import type { ModuleUsage } from '../src/core/usages.js';

/** All refusals that follow from who uses the duplicate and how. */
export function usageRefusals(linker: Linker, usage: ModuleUsage, keep: string): Problem[] {
  return [
    ...unknownRefusals(usage),
    ...mentionRefusals(usage),
    ...selfUse(usage, keep),
    ...runByName(keep, usage.target.path),
    ...changesModule(usage),
    ...newCycles(linker, usage, keep, usage.target.path),
  ];
}

/** The names that code takes from the duplicate; `null` when nothing refers to it. */
export function usedNames(usage: ModuleUsage, removed: ComparedModule): readonly string[] | null {
  const references = usage.usages.filter((entry) => entry.effect === 'reference' && entry.confidence !== 'possible');
  if (references.length === 0) return null;
  const names = new Set<string>();
  for (const { source } of references) {
    const used = 'reference' in source ? source.reference.used : tailName(source.mention.tail);
    for (const name of used === 'all' ? publicNames(removed) : used) names.add(name);
  }
  return [...names].sort();
}

/** `.Class.method` and `:app` use one name of the module. */
function tailName(tail: string): readonly string[] {
  const name = /^[.:](\w+)/.exec(tail)?.[1];
  return name ? [name] : [];
}

function publicNames(module: ComparedModule): string[] {
  const topLevel = module.outline.symbols.filter(
    (symbol) => symbol.kind !== 'statement' && !symbol.qualname.includes('.'),
  );
  return topLevel.filter((symbol) => symbol.kind !== 'import').map((symbol) => symbol.qualname);
}

const MENDS: Readonly<Record<ModuleUsage['unknowns'][number]['code'], string>> = {
  'dynamic-import': 'make the import literal',
  'guessed-import': 'import it by a name that resolves in this checkout',
  'unreadable-file': 'make it readable, or take it out of the repository',
  'syntax-error': 'mend the file',
  'javascript-reference': 'write the whole name where it is used',
  'binary-reference': 'build the file again without the name',
};

/** Places that could reach the module and cannot be decided. */
export function unknownRefusals(usage: ModuleUsage): Problem[] {
  return usage.unknowns.map((unknown) => {
    const message = `this could reach ${usage.target.path}: ${unknown.reason}`;
    return problem(unknown.code, message, { place: unknown, hint: MENDS[unknown.code] });
  });
}

/** Texts that name the module and that only a person can judge. */
export function mentionRefusals(usage: ModuleUsage): Problem[] {
  return usage.usages.flatMap((entry) => {
    if (!('mention' in entry.source) || entry.source.mention.code === null) return [];
    return [problem(entry.source.mention.code, `names ${usage.target.path}: ${entry.reason}`, { place: entry })];
  });
}

/** A keeper that rests on its duplicate cannot lose it. */
function selfUse(usage: ModuleUsage, keep: string): Problem[] {
  const own = usage.usages.find((entry) => entry.path === keep && 'reference' in entry.source);
  if (!own) return [];
  const hint = `move what ${keep} needs into it first, then run the command again`;
  return [problem('keeper-uses-duplicate', `${keep} itself uses ${usage.target.path}`, { place: own, hint })];
}

const FOUND_BY_RUNNERS = /(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/;

/**
 * Test runners find modules by file name; no reference tells that this one is in use. A copy of `test.py`, which they do
 * not find, is no test because its marker makes it look like one.
 */
function runByName(keep: string, path: string): Problem[] {
  if (!FOUND_BY_RUNNERS.test(path) || !FOUND_BY_RUNNERS.test(keep)) return [];
  return [problem('test-module', 'test runners find this file by its name; its tests would vanish', { place: path })];
}

/** `x_robust.LIMIT = 3` changes the duplicate alone; redirected, it would change the keeper for all of its users. */
function changesModule(usage: ModuleUsage): Problem[] {
  return usage.usages.flatMap((entry) => {
    if (!('reference' in entry.source) || !entry.source.reference.changes) return [];
    const message = `sets an attribute of ${usage.target.path}; redirected, it would change the kept module for everybody`;
    return [problem('changes-module', message, { place: entry, hint: 'patch the object that needs it instead' })];
  });
}

/** Redirecting must not close an import cycle at import time that was not there. */
function newCycles(linker: Linker, usage: ModuleUsage, keep: string, remove: string): Problem[] {
  const users = usage.usages.filter(
    ({ path, source }) => path !== keep && 'reference' in source && isEarly(source.reference.when),
  );
  if (users.length === 0) return [];
  const fromKeeper = importedBy(linker, keep);
  const fromDuplicate = importedBy(linker, remove);
  const closing = users.filter((user) => fromKeeper.has(user.path) && !fromDuplicate.has(user.path));
  return [...new Map(closing.map((user) => [user.path, user])).values()].map((user) => {
    const hint = `break the cycle between ${keep} and ${user.path} first, or import it lazily`;
    return problem('new-cycle', `${keep} imports this file, which would import ${keep}`, { place: user, hint });
  });
}

function isEarly(when: string): boolean {
  return when !== 'lazy' && when !== 'typing';
}

/** Everything that runs when a module is imported, found by following edges on demand. */
function importedBy(linker: Linker, start: string): Set<string> {
  const seen = new Set<string>();
  const open = [start];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const unit = linker.codebase.unitOrNone(path);
    if (!unit) continue;
    for (const edge of edgesOf(linker, unit).edges) {
      if (!runsAtImport(edge) || seen.has(edge.importedPath)) continue;
      seen.add(edge.importedPath);
      open.push(edge.importedPath);
    }
  }
  return seen;
}
