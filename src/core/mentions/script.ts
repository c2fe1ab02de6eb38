/**
 * What a parse says of the texts in a JavaScript or TypeScript file: plain values without a tree, and where one occurrence
 * stands among them. How text becomes these values is handed in.
 */
import type { Span } from '../model.js';

/** Gives what a parse says of a file; `null` where it does not parse, or is of no dialect that can be read. */
export type ScriptReader = (path: string, text: string) => ScriptFacts | null;

export interface ScriptFacts {
  /** In text order; those inside of another's replacement fields come after it. */
  readonly texts: readonly ScriptText[];
  readonly comments: readonly Span[];
}

/** A string, a template, or what `+` joins of them; a regular expression; text between the tags of JSX. */
export interface ScriptText {
  readonly kind: 'string' | 'pattern' | 'markup';
  readonly parts: readonly ScriptPart[];
  readonly place: ScriptPlace;
  /** Where a relative path in it starts; `null` where nothing says so. */
  readonly path: ScriptPath | null;
}

/** What is written, without its quotes, or something computed. */
export interface ScriptPart {
  readonly span: Span;
  readonly isComputed: boolean;
}

/** What a text is given to. */
export interface ScriptPlace {
  /** `spawn`, `path.join`, `lambda.Function`, the tag of a template; `null` outside of calls. */
  readonly callee: string | null;
  readonly argument: number | null;
  /** Keys of the objects and attributes of JSX that lead to it, outermost first. */
  readonly keys: readonly string[];
  /** What stands before it in the same list; what is no plain text as `${its source}`. */
  readonly preceding: readonly string[];
  /** The program that is started, as far as the call or the object says one. */
  readonly command: string | null;
  /** `source`: of an import, resolved by JavaScript's rules. */
  readonly role: 'value' | 'key' | 'source' | 'type';
}

/**
 * From where a path is meant. `file`: the directory of the file that says it. `work`: the working directory. `either`: one of both, to
 * be tried. `unknown`: a variable; what follows it is known all the same.
 */
export interface ScriptBase {
  readonly from: 'file' | 'work' | 'either' | 'unknown';
  /** Directories that follow, with `..`. */
  readonly steps: readonly string[];
}

export interface ScriptPath extends ScriptBase {
  /** The literals that say the path, in order, without quotes. */
  readonly pieces: readonly Span[];
  /** Something computed follows the last piece. */
  readonly isOpen: boolean;
  /** `..` is taken out before a file system sees it, so that directories on the way need not be there. */
  readonly isNormalised: boolean;
  /** `handler`: what follows the last dot is a name in the module. */
  readonly as: 'path' | 'handler';
}

/** Where an occurrence stands. */
export interface ScriptSite {
  /** `null` in code. */
  readonly text: ScriptText | null;
  readonly part: ScriptPart | null;
  readonly isComment: boolean;
}

const IN_CODE: ScriptSite = { text: null, part: null, isComment: false };
const IN_COMMENT: ScriptSite = { text: null, part: null, isComment: true };

/** Returns a function that says where a span stands: in the innermost text, in a comment, or in code. */
export function scriptSites({ texts, comments }: ScriptFacts): (span: Span) => ScriptSite {
  const parts = texts
    .flatMap((text) => text.parts.filter(({ isComputed }) => !isComputed).map((part) => ({ text, part })))
    .sort((a, b) => a.part.span.start - b.part.span.start);
  return ({ start, end }) => {
    const part = parts[lastBefore(parts, start, ({ part: { span } }) => span.start)];
    if (part && end <= part.part.span.end) return { ...part, isComment: false };
    const comment = comments[lastBefore(comments, start, (span) => span.start)];
    return comment && start < comment.end ? IN_COMMENT : IN_CODE;
  };
}

/** Index of the last entry that starts at an offset or before it; literal parts never overlap. */
function lastBefore<T>(sorted: readonly T[], offset: number, startOf: (entry: T) => number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(sorted[middle] as T) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The whole text up to an offset, what is computed as `${…}`. */
export function scriptBefore(source: string, { parts }: ScriptText, offset: number): string {
  const written = (part: ScriptPart) => writtenPart(source, part, part.span.start, Math.min(offset, part.span.end));
  return parts
    .filter(({ span }) => span.start < offset)
    .map(written)
    .join('')
    .slice(-REACH);
}

/** The whole text from an offset on. */
export function scriptAfter(source: string, { parts }: ScriptText, offset: number): string {
  const written = (part: ScriptPart) => writtenPart(source, part, Math.max(offset, part.span.start), part.span.end);
  return parts
    .filter(({ span }) => span.end > offset)
    .map(written)
    .join('')
    .slice(0, REACH);
}

const REACH = 200;

function writtenPart(source: string, { isComputed }: ScriptPart, start: number, end: number): string {
  return isComputed ? `\${${source.slice(start, end)}}` : source.slice(start, end);
}
