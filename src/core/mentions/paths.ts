/** Recognises a module's path around its name: either separator, JSON-escaped, with a prefix, with or without extension. */
import type { Span } from '../model.js';
import { continuesAt, startsAt } from './boundaries.js';
import type { MentionTarget } from './model.js';

/** Says whether a path relative to the repository is a file of it. */
export type IsFile = (path: string) => boolean;

export interface PathMatch {
  readonly span: Span;
  readonly tail: string;
  readonly exact: boolean;
  readonly elsewhere: boolean;
}

interface Chain {
  readonly start: number;
  readonly matched: number;
  readonly complete: boolean;
}

interface Ending {
  readonly end: number;
  readonly extension: boolean;
  readonly tail: string;
}

const PREFIX = /[^\s"'`,;()<>|=[\]]*$/;

/** The path of a target whose name stands at `span`; `null` when it is not written as a path there. */
export function matchPath(
  text: string,
  span: Span,
  target: MentionTarget,
  from: string,
  isFile: IsFile,
): PathMatch | null {
  const isPackage = isPackagePath(target);
  const ending = isPackage ? packageEnding(text, span.end) : moduleEnding(text, span.end);
  if (!ending) return null;
  const chain = longestChain(text, span.start, target);
  const separated = separatorBefore(text, chain.start) > 0;
  if (chain.matched === 0 && !standsAlone(text, span.start, ending, chain)) return null;
  const prefix = separated ? (PREFIX.exec(text.slice(Math.max(0, chain.start - 120), chain.start))?.[0] ?? '') : '';
  const written = text.slice(chain.start, ending.end);
  const home = unitPath(target);
  const exact = /^(?:\.\/)?$/.test(prefix) && (written === target.path || (isPackage && written === home));
  const elsewhere =
    !exact && (/https?:\/\//.test(prefix) || namesAnother(prefix + written + ending.tail, target, from, isFile));
  return { span: { start: chain.start, end: ending.end }, tail: ending.tail, exact, elsewhere };
}

/** A setting whose last key is `handler`, up to its value. */
const HANDLER_KEY = /(?:^|[\s"'{,])handler["']?\s*[:=]\s*["']?(?:\.\/)?$/i;
const FUNCTION = /^\.[A-Za-z_]\w*(?=$|[\s"',}])/;

/**
 * `handler: app/mod.run`: the function of a module by the module's path without its extension, meant from the repository's
 * top or from beside the file; `null` where that is not written there.
 */
export function matchHandler(text: string, span: Span, target: MentionTarget, from: string): PathMatch | null {
  const tail = FUNCTION.exec(text.slice(span.end, span.end + 120))?.[0];
  if (tail === undefined || isPackagePath(target)) return null;
  const directories = unitPath(target).split('/').slice(0, -1);
  const { start } = walkBack(text, span.start, directories);
  const lineStart = text.lastIndexOf('\n', start) + 1;
  if (!HANDLER_KEY.test(text.slice(Math.max(lineStart, start - 120), start))) return null;
  const written = text.slice(start, span.end);
  const beside = from.slice(0, from.lastIndexOf('/') + 1) + written;
  if (![written, beside].some((path) => `${path}.py` === target.path)) return null;
  return { span: { start, end: span.end }, tail, exact: false, elsewhere: false };
}

/** Without any directory of its own before it, a name is a path only with an extension or, for a package, something inside. */
function standsAlone(text: string, start: number, ending: Ending, chain: Chain): boolean {
  if ('.-'.includes(text[start - 1] || ' ')) return false;
  return ending.extension || (chain.complete && ending.tail.length > 1);
}

function isPackagePath(target: MentionTarget): boolean {
  return !target.path.endsWith('.py') || target.path.endsWith('/__init__.py');
}

function unitPath(target: MentionTarget): string {
  return target.path.replace(/\/__init__\.py$/, '');
}

/** What follows a module's name: `.py`, `\.py` (in patterns), or nothing that makes it another file. */
function moduleEnding(text: string, end: number): Ending | null {
  for (const extension of ['.py', '\\.py']) {
    if (!text.startsWith(extension, end)) continue;
    const after = end + extension.length;
    return continuesAt(text, after) ? null : { end: after, extension: true, tail: '' };
  }
  if (text[end] === '/' || (text[end] === '.' && continuesAt(text, end + 1))) return null;
  if (text[end] === '-') return null;
  return { end, extension: false, tail: '' };
}

const INSIDE = /[/\\][\w./\\-]{0,120}/y;

function packageEnding(text: string, end: number): Ending | null {
  if (text[end] === '-' || (text[end] === '.' && continuesAt(text, end + 1))) return null;
  for (const init of ['/__init__.py', '\\__init__.py', '\\\\__init__.py']) {
    if (text.startsWith(init, end) && !continuesAt(text, end + init.length))
      return { end: end + init.length, extension: true, tail: '' };
  }
  INSIDE.lastIndex = end;
  const tail = INSIDE.exec(text)?.[0] ?? '';
  return { end, extension: false, tail };
}

/** Length of the separator that ends at an offset: `/`, `\`, or `\\` as in JSON. */
function separatorBefore(text: string, offset: number): number {
  const last = text[offset - 1];
  if (last === '/') return 1;
  if (last !== '\\') return 0;
  return text[offset - 2] === '\\' ? 2 : 1;
}

/** Walks back over the directories of the file, or of a dotted name, whichever goes further. */
function longestChain(text: string, start: number, target: MentionTarget): Chain {
  const ways = [unitPath(target).split('/'), ...target.dottedNames.map((name) => name.split('.'))];
  return ways
    .map((components) => walkBack(text, start, components.slice(0, -1)))
    .reduce((best, chain) => (chain.matched > best.matched ? chain : best));
}

function walkBack(text: string, start: number, directories: readonly string[]): Chain {
  let here = start;
  let matched = 0;
  for (const directory of [...directories].reverse()) {
    const separator = separatorBefore(text, here);
    const next = here - separator - directory.length;
    if (separator === 0 || next < 0 || !text.startsWith(directory, next)) break;
    if (!startsAt(text, next) || '.-'.includes(text[next - 1] || ' ')) break;
    here = next;
    matched++;
  }
  return { start: here, matched, complete: matched === directories.length };
}

/** The written path, or the same beside the file that mentions it, is a different file of the repository. */
function namesAnother(written: string, target: MentionTarget, from: string, isFile: IsFile): boolean {
  const path = written.replaceAll(/[/\\]+/g, '/').replace(/^(?:\.\/)+/, '');
  const beside = from.slice(0, from.lastIndexOf('/') + 1) + path;
  return [path, beside].some((candidate) => candidate !== target.path && isFile(candidate)) && !isHome(beside, target);
}

function isHome(path: string, target: MentionTarget): boolean {
  return path === target.path || path === unitPath(target);
}
