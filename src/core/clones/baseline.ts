/** Duplicates that are known, so that only new ones are reported: groups of modules and of functions, by name. */
import { z } from 'zod';
import { problem, RegraftError } from '../problems.js';

/** Members are paths, and `path::Class.name` for functions; sorted. */
const groups = z.array(z.array(z.string()).min(2));
const baselineSchema = z.strictObject({
  schema: z.literal(1),
  kind: z.literal('duplicates'),
  modules: groups,
  functions: groups,
});

export type Baseline = z.infer<typeof baselineSchema>;

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

/** @throws RegraftError `bad-baseline` */
export function parseBaseline(file: string, text: string): Baseline {
  const parsed = baselineSchema.safeParse(json(text));
  if (parsed.success) return parsed.data;
  const hint = 'make it anew with regraft duplicates --save FILE';
  throw new RegraftError(problem('bad-baseline', `${file} is no list of known duplicates`, { place: file, hint }));
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
