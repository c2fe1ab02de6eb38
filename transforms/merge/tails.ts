/** Strings and texts that name something of a module by its dotted name: what is called otherwise afterwards follows. */
import type { TextEdit } from '../../src/core/edits.js';
import type { Linker } from '../../src/core/linker.js';
import type { ModuleUsage } from '../../src/core/usages.js';
import type { MergedNames } from './model.js';

/** Edits by path before. @param rewritten the edits of the mentions themselves: what stays as it is keeps its tail */
export function renamedTails(
  { codebase }: Linker,
  usages: readonly ModuleUsage[],
  names: MergedNames,
  rewritten: ReadonlyMap<string, readonly TextEdit[]>,
): ReadonlyMap<string, readonly TextEdit[]> {
  const edits = new Map<string, TextEdit[]>();
  for (const { target, usages: own } of usages) {
    for (const { source } of own) {
      if (!('mention' in source) || source.mention.form !== 'dotted') continue;
      const { path, span } = source.mention;
      const text = codebase.text(path);
      const isRewritten = rewritten
        .get(path)
        ?.some((edit) => edit.span.start <= span.start && span.end <= edit.span.end);
      if (!isRewritten || 'undecodable' in text) continue;
      const found = tailsAfter(text.text, span.end).filter(({ name }) => names.of(target.path, name) !== name);
      const list = edits.get(path) ?? [];
      edits.set(path, list);
      for (const { name, start, suffix } of found) {
        const written = names.of(target.path, name) + suffix;
        list.push({ span: { start, end: start + name.length }, text: written, reason: 'follows the new name' });
      }
    }
  }
  return edits;
}

interface Tail {
  readonly name: string;
  readonly start: number;
  /** Under what name the text goes on to use it. */
  readonly suffix: string;
}

/** `.name`, `:name`, or the names of ` import name, other as it`. */
function tailsAfter(text: string, end: number): Tail[] {
  const after = text.slice(end, end + 400);
  const direct = /^[.:]([\p{ID_Start}_]\p{ID_Continue}*)/u.exec(after)?.[1];
  if (direct !== undefined) return [{ name: direct, start: end + 1, suffix: '' }];
  const list = /^[ \t]+import[ \t]+(\([^)]*|[^\r\n\\"'#;]*)/.exec(after);
  const from = end + (list?.[0].length ?? 0) - (list?.[1]?.length ?? 0);
  const names = [
    ...(list?.[1] ?? '').matchAll(
      /([\p{ID_Start}_]\p{ID_Continue}*)([ \t]+as[ \t]+[\p{ID_Start}_]\p{ID_Continue}*)?/gu,
    ),
  ];
  return names.map((match) => {
    const [, name = '', alias] = match;
    return { name, start: from + match.index, suffix: alias === undefined ? ` as ${name}` : '' };
  });
}
