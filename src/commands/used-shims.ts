/** The shims of a repository with who still uses them. */
import { findShims } from '../core/shims.js';
import { findUsages } from '../core/usages.js';
import { references } from '../report/evidence.js';
import type { UsedShim } from '../report/inventory.js';
import type { Session } from './session.js';

/** Users that are shims themselves do not count: they go along. */
export function usedShims(session: Session, wanted: (path: string) => boolean): UsedShim[] {
  const all = findShims(session.codebase);
  const paths = new Set(all.map(({ path }) => path));
  const shims = all.filter(({ path }) => wanted(path));
  const usages = findUsages(
    session.linker,
    shims.map(({ path }) => path),
  );
  return shims.map((shim, index) => {
    const usage = usages[index];
    const users = usage ? references(usage).map(({ path }) => path) : [];
    return {
      ...shim,
      users: [...new Set(users)].filter((path) => !paths.has(path)).sort(),
      unknowns: usage?.unknowns.length ?? 0,
    };
  });
}
