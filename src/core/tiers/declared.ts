/** Tiers: packages in layers, of which each may import itself and those below. What goes up is a violation. */
import type { ImportEdge } from '../edges.js';
import type { ImportGraph } from '../graph.js';
import type { Problem } from '../model.js';
import { isInside } from '../paths.js';
import { problem } from '../problems.js';

/** Dotted names or paths of packages and modules; each list is one tier, the top first. */
export type DeclaredTiers = readonly (readonly string[])[];

/** Imports of code that go from a tier to one above it; strings, paths and packages passed on the way do not count. */
export function tierProblems(
  graph: ImportGraph,
  tiers: DeclaredTiers,
  namesOf: (path: string) => readonly string[],
): Problem[] {
  const known = new Map<string, number | null>();
  const tierOf = (path: string): number | null => {
    const found = known.get(path) ?? tierAt(tiers, path, namesOf(path));
    known.set(path, found);
    return found;
  };
  const told = new Set<string>();
  return graph.imports.filter(isCode).flatMap((edge): Problem[] => {
    const [from, to] = [tierOf(edge.path), tierOf(edge.importedPath)];
    const key = `${edge.path}\0${edge.line}\0${edge.importedPath}`;
    if (from === null || to === null || to >= from || told.has(key)) return [];
    told.add(key);
    return [violation(edge, tiers, from, to)];
  });
}

function isCode({ form }: ImportEdge): boolean {
  return form !== 'string' && form !== 'path' && form !== 'implicit';
}

function violation({ path, line, importedPath }: ImportEdge, tiers: DeclaredTiers, from: number, to: number): Problem {
  const nameOf = (tier: number) => (tiers[tier] ?? []).join(', ');
  return problem('tier-violation', `imports ${importedPath}: ${nameOf(from)} stands below ${nameOf(to)}`, {
    place: { path, line, column: 1 },
    hint: 'move what is needed down, or the importing module up: regraft move shows what would follow',
  });
}

/** The tier with the longest name that the module has or lies in. */
function tierAt(tiers: DeclaredTiers, path: string, names: readonly string[]): number | null {
  let best: { readonly tier: number; readonly length: number } | null = null;
  for (const [tier, members] of tiers.entries()) {
    for (const member of members) {
      const holds =
        path === member || isInside(path, member) || names.some((name) => `${name}.`.startsWith(`${member}.`));
      if (holds && member !== '' && (!best || member.length > best.length)) best = { tier, length: member.length };
    }
  }
  return best?.tier ?? null;
}
