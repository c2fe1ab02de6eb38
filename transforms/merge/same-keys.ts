/** Keys that name different modules and would be one key afterwards: the later entry wins, or the file is an error. */
import type { TextEdit } from '../../src/core/edits.js';
import type { Linker } from '../../src/core/linker.js';
import type { Problem } from '../../src/core/model.js';
import { problem } from '../../src/core/problems.js';

/** What follows a key: `"p.a": 1`, `p.a = 1`, `p.a: 1`. */
const KEY = /^([\w./-]*)(?:["']\s*[:=](?!=)|\s*=(?!=)|:\s)/;

/** @param edits of mentions, by path before */
export function sameKeys({ codebase }: Linker, edits: ReadonlyMap<string, readonly TextEdit[]>): Problem[] {
  return [...edits].flatMap(([path, own]) => {
    const decoded = codebase.text(path);
    if ('undecodable' in decoded) return [];
    const { text } = decoded;
    const known = new Map<string, string>();
    return own.flatMap(({ span: { start, end }, text: replacement }) => {
      const [, rest] = KEY.exec(text.slice(end, end + 200)) ?? [];
      if (rest === undefined) return [];
      const before = /[\w./-]*$/.exec(text.slice(0, start))?.[0] ?? '';
      const [old, key] = [text.slice(start, end), before + replacement + rest];
      const first = known.get(key);
      known.set(key, first ?? old);
      if (first === undefined || first === old) return [];
      const message = `'${old}' and '${first}' are keys here, and both would be '${key}'`;
      return [
        problem('same-key', message, {
          place: { path, ...codebase.place(path, start) },
          hint: 'make them one entry first',
        }),
      ];
    });
  });
}
