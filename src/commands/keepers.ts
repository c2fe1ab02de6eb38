/** Which member of a family to keep, and why: contents, name, use and size, gathered for the recommendation. */
import { compareModules } from '../core/compare.js';
import { type Family, type KeeperCandidate, recommendKeeper } from '../core/families.js';
import { findUsages, type ModuleUsage } from '../core/usages.js';
import type { Session } from './session.js';

/** The families with the keeper that the evidence recommends; the user may decide otherwise with `--pair`. */
export function recommendKeepers(session: Session, families: readonly Family[]): Family[] {
  const members = [...new Set(families.flatMap((family) => family.members))];
  const usages = new Map(findUsages(session.linker, members).map((usage) => [usage.target.path, usage]));
  return families.map((family) => {
    const candidates = family.members.map((path) => candidateOf(session, family, path, usages.get(path)));
    const [first, ...others] = candidates;
    return first ? { ...family, ...recommendKeeper([first, ...others]) } : family;
  });
}

function candidateOf(session: Session, family: Family, path: string, usage: ModuleUsage | undefined): KeeperCandidate {
  const compared = (member: string) => session.tools.compared(session.codebase, session.linker, member);
  const users = (usage?.usages ?? []).filter(
    (entry) => entry.effect === 'reference' && !family.members.includes(entry.path),
  );
  const others = family.members.filter((member) => member !== path);
  return {
    path,
    hasMarker: path !== family.keep,
    dependents: new Set(users.map((entry) => entry.path)).size,
    symbols: compared(path).outline.symbols.length,
    isSuperset: others.every((other) => CONTAINED.has(compareModules(compared(path), compared(other)).verdict)),
  };
}

const CONTAINED: ReadonlySet<string> = new Set(['identical', 'equivalent', 'subset']);
