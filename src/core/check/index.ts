/**
 * The differential check: links the virtual result of a change and compares it with the state before, without knowing
 * how the edits were computed. An empty answer means: every import resolves as before under its new name, every name
 * use is bound as before, every changed file still parses.
 */
import { type Codebase, isPythonKind, type PythonUnit } from '../codebase.js';
import type { Problem } from '../model.js';
import { moduleBase } from '../paths.js';
import { problem } from '../problems.js';
import { sameEdges } from './imports.js';
import type { Checked } from './model.js';
import { sameBindings, sameExports, sameNames } from './names.js';
import { textProblems } from './texts.js';

export type { Checked } from './model.js';

/** Everything that would be worse afterwards. */
export function checkChange(checked: Checked): Problem[] {
  const problems: Problem[] = [];
  for (const path of affectedFiles(checked)) {
    const file = checked.file(path);
    if (file !== null) problems.push(...textProblems(checked, path, file));
    if (!isPythonKind(checked.before.codebase.kind(path))) continue;
    const before = checked.before.codebase.unitOrNone(path);
    const after = file === null ? undefined : checked.after.codebase.unitOrNone(file);
    if (!before || !after) continue;
    problems.push(
      ...parses(before, after),
      ...sameEdges(checked, before, after),
      ...sameNames(checked, before, after),
      ...sameExports(checked, before, after),
      ...sameBindings(checked, before, after),
    );
  }
  return problems;
}

/** Rewritten and moved files, and every other one that spells the name of one that moves or goes. */
function affectedFiles({ before, changed, rewritten, file }: Checked): string[] {
  const names = [...new Set(changed.map(moduleBase))];
  const isText = (path: string) => before.codebase.kind(path) !== 'binary';
  const known = before.codebase.snapshot.files.map((entry) => entry.path).filter(isText);
  const spelling = known.filter((path) => file(path) !== path || spellsAny(before.codebase, path, names));
  return [...new Set([...rewritten, ...spelling])].sort();
}

function spellsAny(codebase: Codebase, path: string, names: readonly string[]): boolean {
  const bytes = codebase.snapshot.read(path);
  if (!(bytes instanceof Uint8Array)) return false;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return names.some((name) => buffer.includes(name));
}

function parses(before: PythonUnit, after: PythonUnit): Problem[] {
  if (after.facts.syntaxErrors.length <= before.facts.syntaxErrors.length) return [];
  return [problem('check-syntax', 'the file would no longer parse', { place: after.path })];
}
