/** Mentions in JavaScript and TypeScript that parse: paths are written anew from where they are meant, doubts are a person's. */

import type { ScriptPath } from '../src/core/mentions/script.js';
import { baseDirectory, settled } from '../src/core/mentions/script-reach.js';
import { rewrittenPath, wayBetween } from '../src/core/mentions/script-steps.js';
import { isInside } from '../src/core/paths.js';
import type { Relocation } from '../src/core/relocation.js';
import type { Naming, RelocationContext } from './mention-model.js';
import { unitPath } from './mention-paths.js';
import type { Surrounding } from './mention-surroundings.js';

/** The naming of a path whose base the parse knows; `null` where the text alone has to do. */
export function scriptPath(context: RelocationContext, around: Surrounding): Naming | null {
  const { script, source, span, tail } = around;
  const path = script?.text?.path;
  if (around.form !== 'path' || !path) return null;
  const isFromTop = path.from === 'unknown' && path.pieces.length > 1 && saysAll(context, around, path);
  if (script?.reach !== 'target' && !isFromTop) return null;
  const isPlain = path.from === 'work' && path.steps.length === 0 && path.pieces.length === 1;
  if (isPlain && path.as === 'path') return null;
  const base = isFromTop ? '' : baseAfter(context.relocation, path, source.path, context.target.path);
  const ending = /(?:\/__init__)?\.pyi?$/.exec(source.text.slice(span.start, span.end))?.[0] ?? '';
  const way = base === null ? null : wayBetween(base, unitPath(context.newPath) + ending);
  const isGone = !path.isNormalised && path.as === 'path' && base !== null && !isThereAfter(context, base);
  const isOutside = way?.[0] === '..' && (path.as === 'handler' || isIndex(around));
  const { span: written, text } = rewrittenPath(path, source.text, span.end, way ?? []);
  const replacement = way === null || isOutside || isGone ? null : text;
  const basis = isFromTop ? 'unknown' : path.from === 'work' ? 'repository' : 'file';
  return { form: 'path', span: written, replacement, tail, basis, isFile: true, answers: null };
}

/** The pieces behind a variable are the whole path from the top: that is where the variable leads, most likely. */
function saysAll({ target }: RelocationContext, { source, span }: Surrounding, { pieces }: ScriptPath): boolean {
  const said = pieces.filter(({ start }) => start < span.end);
  return said.map(({ start, end }) => source.text.slice(start, Math.min(end, span.end))).join('/') === target.path;
}

/** A directory that keeps a file, or gets one. */
function isThereAfter({ before, relocation }: RelocationContext, directory: string): boolean {
  if (directory === '') return true;
  return before.codebase.snapshot.files.some(({ path }) => isInside(relocation.file(path), directory));
}

/** A file of a directory that is packaged as a whole. */
function isIndex({ script }: Surrounding): boolean {
  return script?.text?.place.keys.at(-1) === 'index';
}

/** The directory that the path is meant from, at its new place: it moves with this file, or with what a literal names. */
function baseAfter(relocation: Relocation, path: ScriptPath, file: string, target: string): string | null {
  const told = settled(path, file, target);
  const [before, after] = [baseDirectory(told, file), baseDirectory(told, relocation.file(file))];
  if (before === null) return null;
  const moved = relocation.directory(before);
  return moved !== before && told.steps.some((step) => step !== '..' && step !== '*') ? moved : after;
}
