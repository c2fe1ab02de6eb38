/** A path that stands in one or several literals of a script, written anew: quotes, separators and what stays remain. */
import type { Span } from '../model.js';
import type { ScriptPath } from './script.js';

/** A directory or a file in the path as it is written. */
interface Step extends Span {
  readonly text: string;
  readonly piece: number;
}

export interface Rewritten {
  readonly span: Span;
  /** `null` where the new steps cannot be spread over the literals. */
  readonly text: string | null;
}

/**
 * @param until where the part ends that leads to what moves
 * @param now the way from the same base to the new place, with the ending that is written
 */
export function rewrittenPath(path: ScriptPath, source: string, until: number, now: readonly string[]): Rewritten {
  const old = stepsOf(path, source, until);
  const isHere = old[0]?.text === '.' && now[0] !== '..';
  const wanted = isHere || needsHere(path, old, now) ? ['.', ...now] : [...now];
  let same = 0;
  while (same < Math.min(old.length, wanted.length) - 1 && old[same]?.text === wanted[same]) same++;
  const [first, last] = [old[same], old.at(-1)];
  if (!first || !last) return { span: { start: until, end: until }, text: null };
  const span = { start: first.start, end: last.end };
  const isAlone = path.pieces.some(({ start, end }) => start === span.start && end === span.end);
  const separator = separatorOf(path, old, source);
  const between = same < old.length - 1 || isAlone || /^[/\\.]+$/.test(separator) ? separator : '/';
  return { span, text: spread(old.slice(same), wanted.slice(same), source, between) };
}

/** `../x.py` of a module or URL that becomes one beside the file. */
function needsHere({ from, pieces, as }: ScriptPath, old: readonly Step[], now: readonly string[]): boolean {
  const isAtStart = old[0]?.start === pieces[0]?.start;
  return (
    as === 'path' && from === 'file' && pieces.length === 1 && isAtStart && old[0]?.text === '..' && now[0] !== '..'
  );
}

function stepsOf({ pieces, as }: ScriptPath, source: string, until: number): Step[] {
  const word = as === 'handler' ? /\.\.(?=[/\\])|[^/\\.]+/g : /[^/\\]+/g;
  return pieces.flatMap(({ start, end }, piece) => {
    if (start >= until) return [];
    const stop = Math.min(end, until);
    const begin =
      pieces.length === 1 ? stop - (/[^\s"'`,;()<>|=[\]]*$/.exec(source.slice(start, stop))?.[0].length ?? 0) : start;
    const found = [...source.slice(begin, stop).matchAll(word)];
    return found.map(({ 0: text, index }) => ({ text, piece, start: begin + index, end: begin + index + text.length }));
  });
}

/** What stands between two steps: of one literal, or from one literal to the next. */
function separatorOf({ as }: ScriptPath, old: readonly Step[], source: string): string {
  const gaps = old.slice(1).map((step, index) => source.slice((old[index] as Step).end, step.start));
  const between = gaps.find((gap) => !/^[/\\.]+$/.test(gap)) ?? gaps[0];
  return between ?? (as === 'handler' ? '.' : '/');
}

function spread(old: readonly Step[], now: readonly string[], source: string, separator: string): string | null {
  const gaps = old.slice(1).map((step, index) => source.slice((old[index] as Step).end, step.start));
  if (gaps.some((gap) => !/^(?:[/\\.]+|(["'`])\s*,\s*["'`][./\\]*)$/.test(gap))) return null;
  if (now.some((step) => /["'`\\$\r\n]/.test(step))) return null;
  if (old.length === now.length) return now.map((step, index) => step + (gaps[index] ?? '')).join('');
  return now.join(separator);
}

/** The way from a directory to a path. */
export function wayBetween(from: string, to: string): string[] {
  const [here, there] = [from.split('/').filter(Boolean), to.split('/').filter(Boolean)];
  let shared = 0;
  while (shared < here.length && shared < there.length - 1 && here[shared] === there[shared]) shared++;
  return [...here.slice(shared).map(() => '..'), ...there.slice(shared)];
}
