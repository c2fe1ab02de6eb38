/** What a word in a text may name: modules by dotted names, files by paths. */
import type { Layout } from '../layout.js';
import { directoryOf, join } from '../paths.js';

/** A file, or a directory, and what of it is named. */
export interface Meaning {
  readonly path: string;
  /** Names behind the module's. */
  readonly rest: string;
}

/** @param file where the word stands */
export function meaningsOf(layout: Layout, file: string, word: string): Meaning[] {
  const text = word.replace(/[./\\-]+$/, '');
  return [
    ...dottedMeanings(layout, file, text),
    ...pathMeanings(layout, file, text),
    ...handlerMeanings(layout, file, text),
  ];
}

/** The longest part that is a module. */
function dottedMeanings(layout: Layout, file: string, text: string): Meaning[] {
  if (!/^\.*[\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)*$/u.test(text)) return [];
  const level = /^\.*/.exec(text)?.[0].length ?? 0;
  const parts = text.slice(level).split('.');
  for (let end = parts.length; end > 0; end--) {
    const head = parts.slice(0, end);
    const { found, guessed } =
      level > 0 ? layout.resolveRelative(file, level, head) : layout.resolveAbsolute(head.join('.'), file);
    if (found && !guessed) return [{ path: found.path, rest: parts.slice(end).join('.') }];
  }
  return [];
}

/** From the top, from beside the file, from a root of modules. */
function pathMeanings(layout: Layout, file: string, text: string): Meaning[] {
  const parts = text.split(/[/\\]/);
  if (parts.length < 2 && !/\.\w+$/.test(text)) return [];
  const places = new Set(['', directoryOf(file), ...layout.roots].flatMap((from) => walked(from, parts) ?? []));
  return [...places]
    .filter((path) => layout.has(path) || layout.tree.hasDirectory(path))
    .map((path) => ({ path, rest: '' }));
}

/** `app/mod.run`: a function of `app/mod.py`, as services name what they call. */
function handlerMeanings(layout: Layout, file: string, text: string): Meaning[] {
  const [, head, rest] = /^([^.].*|\.{1,2}[/\\].*)\.([A-Za-z_]\w*)$/.exec(text) ?? [];
  if (head === undefined || rest === undefined || rest === 'py') return [];
  const places = ['', directoryOf(file)].map((from) => `${walked(from, head.split(/[/\\]/)) ?? ''}.py`);
  return [...new Set(places)].filter((path) => layout.has(path)).map((path) => ({ path, rest }));
}

function walked(from: string, parts: readonly string[]): string | null {
  let here = from;
  for (const part of parts) {
    if (part === '' || part === '.') continue;
    if (part === '..' && here === '') return null;
    here = part === '..' ? directoryOf(here) : join(here, part);
  }
  return here === '' ? null : here;
}
