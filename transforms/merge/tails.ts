/** Strings and texts that name something of a module by its dotted name: what is called otherwise afterwards follows. */
import type { TextEdit } from '../../src/core/edits.js';
import type { Linker } from '../../src/core/linker.js';
import type { ModuleUsage } from '../../src/core/usages.js';
import type { MergedNames } from './model.js';

/** Edits by path before. */
export function renamedTails(
  { codebase }: Linker,
  usages: readonly ModuleUsage[],
  names: MergedNames,
): ReadonlyMap<string, readonly TextEdit[]> {
  const edits = new Map<string, TextEdit[]>();
  for (const { target, usages: own } of usages) {
    for (const { source } of own) {
      if (!('mention' in source) || source.mention.form !== 'dotted') continue;
      const { path, span } = source.mention;
      const text = codebase.text(path);
      if ('undecodable' in text) continue;
      const name = /^[.:]([\p{ID_Start}_]\p{ID_Continue}*)/u.exec(text.text.slice(span.end, span.end + 200))?.[1];
      const now = name === undefined ? undefined : names.of(target.path, name);
      if (name === undefined || now === undefined || now === name) continue;
      const start = span.end + 1;
      const list = edits.get(path) ?? [];
      edits.set(path, list);
      list.push({ span: { start, end: start + name.length }, text: now, reason: 'follows the new name' });
    }
  }
  return edits;
}
