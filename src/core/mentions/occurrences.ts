/** Finds every occurrence of a target's bare name in a text, in its longest form. Says nothing about what it means. */
import type { Span } from '../model.js';
import { continuesAt, startsAt } from './boundaries.js';
import type { MentionTarget, Occurrence } from './model.js';
import { type IsFile, matchHandler, matchPath } from './paths.js';

const TAIL =
  /^(?:\.[\p{ID_Start}_]\p{ID_Continue}*)*(?::[\p{ID_Start}_]\p{ID_Continue}*(?:\.[\p{ID_Start}_]\p{ID_Continue}*)*)?/u;

/**
 * All occurrences, in text order. Each place where a name stands as a word of its own gives one occurrence; where several
 * targets share the name, one for each target that has the longest form there.
 */
export function findOccurrences(
  file: { readonly path: string; readonly text: string },
  targets: readonly MentionTarget[],
  isFile: IsFile,
): Occurrence[] {
  const found: Occurrence[] = [];
  for (const [name, sharing] of byName(targets)) {
    for (const span of wholeWords(file.text, name)) found.push(...longest(file, span, sharing, isFile));
  }
  return found.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

function byName(targets: readonly MentionTarget[]): Map<string, MentionTarget[]> {
  const names = new Map<string, MentionTarget[]>();
  for (const target of targets) {
    const sharing = names.get(target.name);
    if (sharing) sharing.push(target);
    else if (target.name !== '') names.set(target.name, [target]);
  }
  return names;
}

/** Where a name stands whole, as the part of no longer one. */
export function wholeWords(text: string, name: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const end = at + name.length;
    if (startsAt(text, at) && !continuesAt(text, end)) spans.push({ start: at, end });
  }
  return spans;
}

function longest(
  file: { readonly path: string; readonly text: string },
  span: Span,
  targets: readonly MentionTarget[],
  isFile: IsFile,
): Occurrence[] {
  const all = targets.map((target) => occurrence(file, span, target, isFile));
  if (all.length === 1) return all;
  const weight = (o: Occurrence) => (o.form === 'name' ? 0 : 1 + span.start - o.span.start);
  const most = Math.max(...all.map(weight));
  return all.filter((o) => weight(o) === most);
}

function occurrence(
  file: { readonly path: string; readonly text: string },
  span: Span,
  target: MentionTarget,
  isFile: IsFile,
): Occurrence {
  const { text } = file;
  const dotted = dottedSpan(text, span, target);
  if (dotted)
    return { target, form: 'dotted', span: dotted, tail: tailAt(text, span.end), exact: false, elsewhere: false };
  const path = matchHandler(text, span, target, file.path) ?? matchPath(text, span, target, file.path, isFile);
  if (path) return { target, form: 'path', ...path };
  const joined = '.-/\\'.includes(text[span.start - 1] || ' ') || '-/'.includes(text[span.end] || ' ');
  return { target, form: 'name', span, tail: tailAt(text, span.end), exact: false, elsewhere: joined };
}

/** The longest dotted name (of two components or more) that ends with this name and is not part of a longer one. */
function dottedSpan(text: string, span: Span, target: MentionTarget): Span | null {
  let best: Span | null = null;
  for (const name of target.dottedNames) {
    const start = span.end - name.length;
    if (start >= span.start || start < 0 || !text.startsWith(name, start)) continue;
    if (!startsAt(text, start) || './\\'.includes(text[start - 1] || ' ')) continue;
    if (!best || start < best.start) best = { start, end: span.end };
  }
  return best;
}

function tailAt(text: string, end: number): string {
  return TAIL.exec(text.slice(end, end + 200))?.[0] ?? '';
}
