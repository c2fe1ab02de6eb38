/**
 * A quick proof that a file which spells a module's bare name speaks of other things: no facts are read for it. Most files
 * that spell a common name need no more.
 */
import type { PythonUnit } from './codebase.js';
import { dynamicTargets } from './dynamic.js';
import type { Resolution } from './layout.js';
import type { Linker } from './linker.js';
import { wholeWords } from './mentions/occurrences.js';
import type { MentionTarget } from './mentions.js';
import type { SkimmedImport } from './skim.js';

/**
 * True where each occurrence of the target's name stands in an import that leads elsewhere, or is a plain name that the
 * module binds, for which the same holds. Strings, comments and attributes prove nothing.
 */
export function meansOthers(linker: Linker, unit: PythonUnit, target: MentionTarget): boolean {
  const { skim } = unit;
  if (skim.brokenAt !== null || linker.codebase.kind(unit.path) === 'notebook') return false;
  const occurrences = wholeWords(unit.text, target.name).length;
  if (occurrences === 0) return true;
  const uses = unit.usesOf(target.name);
  if (uses?.length !== occurrences || uses.includes('attribute')) return false;
  const isBound = skim.bindings.some(({ name }) => name === target.name);
  if (uses.includes('name') && !isBound) return false;
  return skim.imports.every(
    (each) => !spells(each, target.name) || leadsElsewhere(linker, unit.path, each, target.path),
  );
}

/** Whether an import by value in the file certainly or likely reaches one of these. */
export function reachesByValue(linker: Linker, unit: PythonUnit, targets: ReadonlySet<string>): boolean {
  return unit.skim.dynamics.some((dynamic) =>
    dynamicTargets(linker, unit, dynamic).some(({ resolution }) => touches(resolution, targets)),
  );
}

function spells({ module, names }: SkimmedImport, word: string): boolean {
  const holds = (dotted: string) => dotted.split('.').includes(word);
  return holds(module) || names.some(({ name, alias }) => holds(name) || alias === word);
}

function leadsElsewhere(linker: Linker, importer: string, statement: SkimmedImport, target: string): boolean {
  const { kind, level, module, names } = statement;
  const targets = new Set([target]);
  const isApart = (resolution: Resolution) => !touches(resolution, targets);
  const isWayApart = (dotted: string) =>
    beginnings(dotted).every((part) => isApart(linker.module(importer, level, part)));
  if (kind === 'import') return names.every(({ name }) => isWayApart(name));
  if (!isWayApart(module)) return false;
  const source = linker.module(importer, level, module);
  return names.every(({ name }) => {
    if (level === 0 && !isApart(linker.module(importer, 0, `${module}.${name}`))) return false;
    const values = source.found ? linker.memberAlternatives(source.found, name) : [];
    return values.every(
      (value) => value.kind !== 'unknown' && !(value.kind === 'module' && value.found.path === target),
    );
  });
}

/** `a`, `a.b` and `a.b.c`: the first of them is what `import a.b.c` binds. */
function beginnings(dotted: string): string[] {
  const parts = dotted.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}

function touches({ found, parents, possible }: Resolution, targets: ReadonlySet<string>): boolean {
  return (found !== null && targets.has(found.path)) || [...parents, ...possible].some((path) => targets.has(path));
}
