/**
 * Places that could refer to a module and cannot be decided: computed imports, directory scans, imports that only guess
 * could follow, files that cannot be read.
 *
 * An import of a wholly unknown name counts only when the repository spells the target's name in some string, or the
 * importing file a prefix or suffix of it: a value must come from somewhere. Names that arrive at run time from outside
 * (a database, a network, the command line) or are put together from other parts are thereby not seen.
 */
import type { Codebase, PythonUnit } from './codebase.js';
import { isPythonKind } from './codebase.js';
import { type Reach, reach } from './dynamic.js';
import type { DynamicName } from './facts.js';
import type { GuessedImport } from './guessed.js';
import type { Linker } from './linker.js';
import type { MentionTarget } from './mentions.js';
import type { Place } from './model.js';

export type UnknownCode =
  | 'dynamic-import'
  | 'unreadable-file'
  | 'syntax-error'
  | 'binary-reference'
  | 'guessed-import'
  | 'javascript-reference';

/** A place that could refer to the target. */
export interface Unknown extends Place {
  readonly code: UnknownCode;
  /** The source line, trimmed. */
  readonly text: string;
  readonly reason: string;
  /** For computed imports: what makes them reach the target. */
  readonly by?: Exclude<Reach, 'no'>;
}

/** A string somewhere in the repository that could complete a computed module name. */
export interface NamedInString extends Place {
  readonly text: string;
}

/** Computed imports in one file that could reach the target. `named` is where a string spells the target's name, if anywhere. */
export function dynamicUnknowns(
  linker: Linker,
  unit: PythonUnit,
  target: MentionTarget,
  named: NamedInString | undefined,
): Unknown[] {
  if (!unit.skim.dynamics.some(({ name }) => couldReach(name, unit, target, named))) return [];
  return unit.facts.dynamics.flatMap((dynamic) => {
    const by = reach(linker, unit, dynamic, { path: target.path, names: target.dottedNames });
    const reason = by === 'no' ? null : reasonOf(unit, by, target, named);
    if (by === 'no' || !reason) return [];
    const offset = unit.toFile(dynamic.span.start);
    const { codebase } = linker;
    const place = { path: unit.path, ...codebase.place(unit.path, offset) };
    return [{ ...place, code: 'dynamic-import' as const, text: codebase.lineText(unit.path, offset), reason, by }];
  });
}

/** Decided on the skim: whether it is worth to read the facts. */
function couldReach(
  name: DynamicName,
  unit: PythonUnit,
  target: MentionTarget,
  named: NamedInString | undefined,
): boolean {
  if (name.kind === 'literal') return false;
  const isFed = named !== undefined || unit.skim.words.some((word) => isPartOf(word, target.name));
  return name.kind !== 'open' || isFed || unit.skim.dynamics.some(({ form }) => form === 'scan');
}

function reasonOf(
  unit: PythonUnit,
  by: Exclude<Reach, 'no'>,
  target: MentionTarget,
  named: NamedInString | undefined,
): string | null {
  switch (by) {
    case 'by-choice':
      return `the name comes from a list that holds '${target.name}'`;
    case 'by-prefix':
      return `the computed name can become ${target.dottedNames[0] ?? target.path}`;
    case 'by-scan':
      return `imports what it finds in the directory of ${target.path}`;
    case 'open':
      return named
        ? `imports a computed name, and ${named.path}:${named.line} spells '${target.name}' in a string`
        : partlySpelled(unit, target.name);
  }
}

/** The file holds a string such as `_robust` that could be joined to the rest of the name. */
function partlySpelled(unit: PythonUnit, name: string): string | null {
  for (const { span, role } of unit.facts.strings) {
    if (role === 'docstring' || span.end - span.start < 3 || span.end - span.start > name.length) continue;
    const part = unit.text.slice(span.start, span.end);
    if (isPartOf(part, name)) return `imports a computed name, and the file spells '${part}', a part of '${name}'`;
  }
  return null;
}

/** A string such as `_robust` or `x_` that could be joined to the rest of the name. */
function isPartOf(part: string, name: string): boolean {
  return (part.startsWith('_') && name.endsWith(part)) || (part.endsWith('_') && name.startsWith(part));
}

/** An import that could mean the target if the path were set up in another way. */
export function guessedUnknown(codebase: Codebase, unit: PythonUnit, guess: GuessedImport): Unknown {
  const offset = unit.toFile(guess.span.start);
  const place = { path: unit.path, ...codebase.place(unit.path, offset) };
  const reason = `'${guess.dotted}' could mean this file, depending on the path or the name of the checkout`;
  return { ...place, code: 'guessed-import', text: codebase.lineText(unit.path, offset), reason };
}

/** Files without usable text: unknown where their bytes could name the target. */
export function unreadableUnknown(codebase: Codebase, path: string, target: MentionTarget): Unknown | null {
  const bytes = codebase.snapshot.read(path);
  if (!(bytes instanceof Uint8Array)) return unreadable(path, bytes.unreadable);
  if (isPythonKind(codebase.kind(path))) {
    const unit = codebase.unit(path);
    if (!('unknown' in unit) || !spells(bytes, target.name)) return null;
    return unreadable(path, `${unit.unknown}, and its bytes hold '${target.name}'`);
  }
  if (!('undecodable' in codebase.text(path))) return null;
  const written = [...target.dottedNames.filter((name) => name.includes('.')), target.path];
  const held = written.find((name) => spells(bytes, name));
  return held ? { ...unreadable(path, `binary content that holds '${held}'`), code: 'binary-reference' } : null;
}

/** In any encoding that keeps ASCII, or in UTF-16 of either byte order. */
function spells(bytes: Uint8Array, name: string): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.includes(name) || buffer.includes(Buffer.from(name, 'utf16le').subarray(0, -1));
}

function unreadable(path: string, reason: string): Unknown {
  return { path, line: 1, column: 1, code: 'unreadable-file', text: '', reason };
}
