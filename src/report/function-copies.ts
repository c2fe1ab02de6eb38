/** Functions that are copies of each other, on a terminal and as data. */
import { inert } from './inert.js';
import type { Style } from './style.js';
import { counted, grouped, listed, percent, wrapped } from './words.js';

export interface FunctionCopy {
  readonly path: string;
  /** `f` or `Class.f`. */
  readonly name: string;
  /** From 1, both included. */
  readonly line: number;
  readonly endLine: number;
}

/** Functions that are all alike. */
export interface FunctionCopies {
  readonly kind: 'identical' | 'renamed' | 'near';
  /** Of the two least alike, 0 to 1. */
  readonly similarity: number;
  readonly members: readonly FunctionCopy[];
  /** Of equal code: names that mean different objects in them. `null` where that was not asked or cannot be said. */
  readonly boundOtherwise: readonly string[] | null;
}

/** One row of `data.functions`. */
export function functionsData(groups: readonly FunctionCopies[]) {
  return groups.map(({ kind, similarity, members, boundOtherwise }) => ({
    kind,
    similarity,
    members: members.map(({ path, name, line, endLine }) => ({ path, name, line, endLine })),
    bindings: boundOtherwise === null ? null : { same: boundOtherwise.length === 0, otherwise: boundOtherwise },
  }));
}

/** As many groups stand on a terminal. */
export const MOST_GROUPS = 12;
const MOST_MEMBERS = 4;
const MOST_NAMES = 6;

export function functionLines(groups: readonly FunctionCopies[], style: Style): string[] {
  const shown = groups.slice(0, MOST_GROUPS).flatMap((group) => groupLines(group, style));
  const more = groups.length - MOST_GROUPS;
  const lines = groups.reduce((sum, { members }) => sum + savedLines(members), 0);
  const total = `${counted(groups.length, 'group')} of functions; ${counted(lines, 'line')} more than once`;
  return [...shown, ...(more > 0 ? [style.dim(`and ${grouped(more)} more: --format json lists them`)] : []), total];
}

/** Lines of all but one of them. */
function savedLines(members: readonly FunctionCopy[]): number {
  const lengths = members.map(({ line, endLine }) => endLine - line + 1);
  return lengths.reduce((sum, length) => sum + length, 0) - Math.max(...lengths);
}

function groupLines({ kind, similarity, members, boundOtherwise }: FunctionCopies, style: Style): string[] {
  const [first] = members as [FunctionCopy, ...FunctionCopy[]];
  const alike =
    kind === 'near' ? `alike, ${percent(similarity)}` : kind === 'renamed' ? 'other names' : 'the same code';
  const head = `${style.bold(inert(first.name))}  ${alike}, ${counted(first.endLine - first.line + 1, 'line')}, ${counted(members.length, 'time')}`;
  const places = members
    .slice(0, MOST_MEMBERS)
    .map(
      ({ path, name, line }) => `  ${inert(path)}:${line}${name === first.name ? '' : `  ${style.dim(inert(name))}`}`,
    );
  const more = members.length > MOST_MEMBERS ? [style.dim(`  and ${members.length - MOST_MEMBERS} more`)] : [];
  return [head, ...places, ...more, ...bindingLines(boundOtherwise, style)];
}

function bindingLines(names: readonly string[] | null, style: Style): string[] {
  if (names === null) return [];
  if (names.length === 0) return [style.green('  every name in them means the same: one is enough')];
  const text = `not one function: ${listed(names.map(inert), MOST_NAMES)} ${names.length === 1 ? 'is' : 'are'} another object in each`;
  return wrapped(text, style.width, '    ', '  ').map(style.yellow);
}
