/** Duplicates that are known, so that only new ones are reported: groups of modules and of functions, by name. */

/** Members are paths, and `path::Class.name` for functions; sorted. */
type Groups = readonly (readonly string[])[];

export interface Baseline {
  readonly schema: 1;
  readonly kind: 'duplicates';
  readonly modules: Groups;
  readonly functions: Groups;
}

export function baselineOf(
  modules: readonly (readonly string[])[],
  functions: readonly (readonly string[])[],
): Baseline {
  return { schema: 1, kind: 'duplicates', modules: sorted(modules), functions: sorted(functions) };
}

function sorted(all: readonly (readonly string[])[]): string[][] {
  const inside = all.map((members) => [...new Set(members)].sort());
  return inside.sort((a, b) => (a.join('\0') < b.join('\0') ? -1 : 1));
}

/** Whether all members of a group are known to be duplicates of each other. */
export function isKnown(known: readonly (readonly string[])[]): (members: readonly string[]) => boolean {
  const byMember = new Map<string, Set<string>[]>();
  for (const group of known) {
    const all = new Set(group);
    for (const member of all) byMember.set(member, [...(byMember.get(member) ?? []), all]);
  }
  return (members) => (byMember.get(members[0] ?? '') ?? []).some((group) => members.every((each) => group.has(each)));
}
