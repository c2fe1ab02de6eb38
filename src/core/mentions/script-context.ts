/** An occurrence in a script that parses: what the parse says of it goes before what its line looks like. */

import type { Span } from '../model.js';
import type { MentionFile, MentionTarget, Occurrence } from './model.js';
import {
  type ScriptFacts,
  type ScriptPart,
  type ScriptSite,
  type ScriptText,
  scriptAfter,
  scriptBefore,
  scriptSites,
} from './script.js';
import { type Reach, reachOf } from './script-reach.js';

export interface ScriptContext extends ScriptSite {
  /** The whole text up to the occurrence and after its tail, what is computed as `${…}`; at most 200 units each. */
  readonly before: string;
  readonly after: string;
  /** Another part of the text, or something computed, stands directly beside the name. */
  readonly isPutTogether: boolean;
  /** Something in the file puts a name after the target's package or directory. */
  readonly isCompleted: () => boolean;
  readonly reach: Reach;
}

/** The occurrence as the parse shows it, and its circumstances. */
export interface ScriptView {
  readonly occurrence: Occurrence;
  readonly script: ScriptContext;
}

export function scriptViews(file: MentionFile, facts: ScriptFacts): (occurrence: Occurrence) => ScriptView {
  const siteOf = scriptSites(facts);
  const isCompleted = completions(file.text, facts);
  return (occurrence) => {
    const site = siteOf(occurrence.span);
    const script = { ...contextOf(file, site, occurrence), isCompleted: () => isCompleted(occurrence.target) };
    return { occurrence: corrected(file.text, occurrence, script), script };
  };
}

function contextOf(file: MentionFile, site: ScriptSite, found: Occurrence): Omit<ScriptContext, 'isCompleted'> {
  const { text: holder, part } = site;
  const { start, end } = found.span;
  if (!holder || !part) return { ...site, before: '', after: '', isPutTogether: false, reach: 'open' };
  const before = scriptBefore(file.text, holder, start);
  const after = scriptAfter(file.text, holder, end + found.tail.length);
  const isBegun = start === part.span.start && /[^\s=:"'`([,;]$/.test(before);
  const isGoingOn = end + found.tail.length >= part.span.end && /^[^\s"'`)\],;:?&|<>./\\]/.test(after);
  const isNamed = found.form !== 'name' || /^(?:$|[\s"'`,;:)]|\.py\b|\$\{)/.test(after);
  const isLed = (isBegun || isBehindComputed(holder.parts, start, file.text)) && !isPathOf(site, found);
  return {
    ...site,
    before,
    after,
    isPutTogether: (isLed || isGoingOn) && isNamed,
    reach: holder.path ? reachOf(holder.path, file.path, file.text, found) : 'open',
  };
}

/** Something computed ends where the name begins, or a separator before it. */
function isBehindComputed(parts: readonly ScriptPart[], start: number, text: string): boolean {
  const before = parts.filter(({ span }) => span.start < start);
  const last = before.findLastIndex(({ isComputed }) => isComputed);
  const between = before.slice(last + 1).map(({ span }) => text.slice(span.start, Math.min(span.end, start)));
  return last !== -1 && /^[./\\]?$/.test(between.join(''));
}

/** `${ROOT}/scripts/x.py`: put together, and a path all the same. */
function isPathOf({ text }: ScriptSite, { span, form }: Occurrence): boolean {
  if (form !== 'path') return false;
  return text?.path?.pieces.some(({ start, end }) => start <= span.start && span.end <= end) === true;
}

/** `pkg.${name}`, `'scripts/' + name`, `join(dir, 'scripts', name)`, `-m ${name}` for what stands at the top. */
function completions(text: string, { texts }: ScriptFacts): (target: MentionTarget) => boolean {
  let openings: string[] | undefined;
  return (target) => {
    openings ??= texts.flatMap((each) => openingsIn(text, each));
    const ends = openingsOf(target);
    const isEnd = (opening: string, end: string) =>
      opening.endsWith(end) && /^$|[\s./\\"'`]$/.test(opening.slice(0, opening.length - end.length));
    return openings.some((opening) => ends.some((end) => isEnd(opening, end)));
  };
}

/** What is written right before something computed; of joined paths the last directory. */
function openingsIn(text: string, { parts, path }: ScriptText): string[] {
  const written = ({ start, end }: Span) => text.slice(start, end);
  const last = path?.pieces.at(-1);
  const joined = path?.isOpen && last ? [`${written(last)}/`] : [];
  const before = parts.filter(({ isComputed }, index) => !isComputed && parts[index + 1]?.isComputed);
  return [...joined, ...before.map(({ span }) => written(span))];
}

function openingsOf({ path, dottedNames }: MentionTarget): string[] {
  const home = path
    .replace(/\/__init__\.pyi?$/, '')
    .split('/')
    .slice(0, -1);
  const parents = dottedNames.map((name) => name.slice(0, name.lastIndexOf('.') + 1)).filter((name) => name !== '');
  return home.length === 0 ? ['-m ', './'] : [...parents, `${home.join('/')}/`, `${home.at(-1)}/`];
}

/** What the parse knows better than the words around: which file a path leads to, and how long a handler's module is. */
function corrected(text: string, found: Occurrence, script: ScriptContext): Occurrence {
  const { part, reach, before, isPutTogether } = script;
  const path = script.text?.path;
  if (reach === 'target' && path?.as === 'handler' && part) {
    const lead = /^(?:\.[/\\])?/.exec(text.slice(part.span.start, found.span.end))?.[0].length ?? 0;
    const span = { start: part.span.start + lead, end: found.span.end };
    return { ...found, form: 'path', span, exact: true, elsewhere: false };
  }
  const isDirectory = found.form === 'name' && !/\.pyi?$/.test(found.target.path.replace(/\/__init__\.pyi?$/, ''));
  if (reach === 'target' && (found.form === 'path' || (isDirectory && isFollowed(script))))
    return { ...found, form: 'path', exact: true, elsewhere: false, tail: found.form === 'path' ? found.tail : '' };
  if (reach === 'other' && found.form === 'path') return { ...found, elsewhere: true };
  if (found.form === 'name' && isPutTogether && before.endsWith('}.')) return { ...found, elsewhere: false };
  if (script.text?.kind === 'pattern' && isBehindParent(found.target, before)) return { ...found, elsewhere: false };
  return found;
}

/** In a pattern: `pkg\.mod`, `pkg\/mod`. */
export function isBehindParent({ path }: MentionTarget, before: string): boolean {
  const parent = /([^/]+)\/[^/]+$/.exec(path.replace(/\/__init__\.pyi?$/, ''))?.[1];
  const written = /([\w-]+)\\?[./]$/.exec(before)?.[1];
  return parent !== undefined && parent === written;
}

/** A directory's name counts as its path where the path is said in pieces or from this file. */
function isFollowed({ text }: ScriptContext): boolean {
  return text?.path?.as === 'path' && (text.path.from === 'file' || text.path.pieces.length > 1);
}
