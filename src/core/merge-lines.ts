/**
 * Two changes of one text put together, by lines, as in diff3 (Khanna, Kunal, Pierce: A Formal Investigation of Diff3, 2007):
 * what only one side changed is taken from it; where both touch, nobody can know. Pure.
 */
import { diffArrays } from 'diff';

/** Lines of the base from `start` to before `end`, and what stands there instead. */
interface Hunk {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** Lines put in and taken out, together; beyond it two versions count as unrelated. */
const MOST_CHANGES = 2000;

/** The bytes with both changes; `null` where they touch, a content is not text, or too much has changed. */
export function mergedBytes(ours: Uint8Array, base: Uint8Array, theirs: Uint8Array): Uint8Array | null {
  if ([ours, base, theirs].some((bytes) => bytes.includes(0))) return null;
  const lines = linesOf(base);
  const [first, second] = [hunksOf(lines, linesOf(ours)), hunksOf(lines, linesOf(theirs))];
  if (first === null || second === null) return null;
  const others = second.filter((hunk) => !first.some((own) => same(own, hunk)));
  if (first.some((own) => others.some((other) => touch(own, other)))) return null;
  return Buffer.from(applied(lines, [...first, ...others]).join(''), 'latin1');
}

/** Each with its line end; one unit per byte, so that nothing is lost in any encoding. */
const linesOf = (bytes: Uint8Array): string[] =>
  Buffer.from(bytes)
    .toString('latin1')
    .split(/(?<=\n)/);

function hunksOf(base: readonly string[], other: readonly string[]): Hunk[] | null {
  const parts = diffArrays([...base], [...other], { maxEditLength: MOST_CHANGES });
  if (parts === undefined) return null;
  const hunks: Hunk[] = [];
  let at = 0;
  for (const { added, removed, value } of parts) {
    const start = at;
    if (!added) at += value.length;
    if (!added && !removed) continue;
    const last = hunks.at(-1);
    const hunk = { start, end: at, lines: added ? value : [] };
    // What is taken out and what is put in its place is one change.
    if (last?.end === start)
      hunks[hunks.length - 1] = { ...hunk, start: last.start, lines: [...last.lines, ...hunk.lines] };
    else hunks.push(hunk);
  }
  return hunks;
}

const touch = (a: Hunk, b: Hunk) => a.start <= b.end && b.start <= a.end;

const same = (a: Hunk, b: Hunk) =>
  a.start === b.start &&
  a.end === b.end &&
  a.lines.length === b.lines.length &&
  a.lines.every((l, i) => l === b.lines[i]);

function applied(base: readonly string[], hunks: readonly Hunk[]): string[] {
  const result: string[] = [];
  let at = 0;
  for (const { start, end, lines } of [...hunks].sort((a, b) => a.start - b.start)) {
    result.push(...base.slice(at, start), ...lines);
    at = end;
  }
  return [...result, ...base.slice(at)];
}
