/** Where a path in a script leads, as far as the parse says from where it is meant. */
import { directoryOf, isInside, join } from '../paths.js';
import type { MentionTarget, Occurrence } from './model.js';
import type { ScriptBase, ScriptPath } from './script.js';

/** `target`: to what is searched for. `other`: certainly not there. `open`: it cannot be told. */
export type Reach = 'target' | 'other' | 'open';

/** The directory of a base, relative to the repository; `null` where it is not known or lies outside. */
export function baseDirectory({ from, steps }: ScriptBase, file: string): string | null {
  if (from === 'unknown') return null;
  return walked(from === 'work' ? '' : directoryOf(file), steps);
}

/** `either` made one of both: the file's directory where what is named lies below it, else the top. */
export function settled<Base extends ScriptBase>(base: Base, file: string, target: string): Base {
  if (base.from !== 'either') return base;
  const isBelow = isInside(target, walked(directoryOf(file), base.steps) ?? '');
  return { ...base, from: isBelow ? 'file' : 'work' };
}

/** @param text of the file that holds the occurrence */
export function reachOf(path: ScriptPath, file: string, text: string, { target, span, tail }: Occurrence): Reach {
  const written = writtenUntil(path, text, span.end);
  if (written === null) return 'open';
  if (path.as === 'handler' && !isHandlerTail(tail)) return 'open';
  const steps = path.as === 'handler' ? written.split(/[/\\.]+/) : written.split(/[/\\]+/);
  const meant = steps.filter((step) => step !== '' && step !== '.');
  if (path.from === 'unknown') return isEndOf(target, meant) ? 'open' : 'other';
  const reached = places(path, file).map((from) => walked(from, meant));
  if (reached.some((each) => each !== null && isTarget(target, each))) return 'target';
  return path.from === 'file' || !isEndOf(target, meant) ? 'other' : 'open';
}

/** `mod.handler`: one name behind the module's. */
export function isHandlerTail(tail: string): boolean {
  return /^\.\w+$/.test(tail);
}

function places(base: ScriptBase, file: string): string[] {
  const known = baseDirectory(base, file);
  if (known === null) return [];
  return base.from === 'either' ? [known, walked('', base.steps) ?? known] : [known];
}

/** What the pieces say up to an offset; of a command only the word that ends there. */
function writtenUntil({ pieces }: ScriptPath, text: string, end: number): string | null {
  const at = pieces.findIndex((piece) => piece.start < end && end <= piece.end);
  const piece = pieces[at];
  if (!piece) return null;
  const word = /[^\s"'`,;()<>|=[\]]*$/.exec(text.slice(piece.start, end))?.[0] ?? '';
  if (word.length < end - piece.start) return at === 0 ? word : null;
  return [...pieces.slice(0, at).map((each) => text.slice(each.start, each.end)), word].join('/');
}

/** The way from a directory; `null` where it leaves the repository. */
export function walked(from: string, steps: readonly string[]): string | null {
  let here = from;
  for (const step of steps) {
    if (step === '..' && here === '') return null;
    here = step === '..' ? directoryOf(here) : join(here, step);
  }
  return here;
}

function unitOf({ path }: MentionTarget): string {
  return path.replace(/(?:\/__init__)?\.pyi?$/, '');
}

function isTarget(target: MentionTarget, reached: string): boolean {
  return reached === target.path || reached === unitOf(target);
}

/** The steps could be the end of the way to the target. */
function isEndOf(target: MentionTarget, steps: readonly string[]): boolean {
  const end = steps.slice(steps.lastIndexOf('..') + 1).join('/');
  return end !== '' && [target.path, unitOf(target)].some((path) => `/${path}`.endsWith(`/${end}`));
}
