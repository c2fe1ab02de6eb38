/** Places that could refer to a module and cannot be decided: computed imports, directory scans, files that cannot be read. */
import type { Codebase, PythonUnit } from './codebase.js';
import { isPythonKind } from './codebase.js';
import { reach } from './dynamic.js';
import type { DynamicImport } from './facts.js';
import type { Linker } from './linker.js';
import type { MentionTarget } from './mentions.js';
import type { Place } from './model.js';

export type UnknownCode = 'dynamic-import' | 'unreadable-file' | 'syntax-error' | 'binary-reference';

/** A place that could refer to the target. */
export interface Unknown extends Place {
  readonly code: UnknownCode;
  /** The source line, trimmed. */
  readonly text: string;
  readonly reason: string;
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
  return unit.facts.dynamics.flatMap((dynamic) => {
    const reason = reasonOf(linker, unit, dynamic, target, named);
    if (!reason) return [];
    const offset = unit.toFile(dynamic.span.start);
    const { codebase } = linker;
    const place = { path: unit.path, ...codebase.place(unit.path, offset) };
    return [{ ...place, code: 'dynamic-import' as const, text: codebase.lineText(unit.path, offset), reason }];
  });
}

function reasonOf(
  linker: Linker,
  unit: PythonUnit,
  dynamic: DynamicImport,
  target: MentionTarget,
  named: NamedInString | undefined,
): string | null {
  switch (reach(linker, unit, dynamic, { path: target.path, names: target.dottedNames })) {
    case 'no':
      return null;
    case 'by-choice':
      return `the name comes from a list that holds '${target.name}'`;
    case 'by-prefix':
      return `the computed name can become ${target.dottedNames[0] ?? target.path}`;
    case 'by-scan':
      return `imports what it finds in the directory of ${target.path}`;
    case 'open':
      return named
        ? `imports a computed name, and ${named.path}:${named.line} spells '${target.name}' in a string`
        : null;
  }
}

/** Files without usable text: unknown where their bytes could name the target. */
export function unreadableUnknown(codebase: Codebase, path: string, target: MentionTarget): Unknown | null {
  const bytes = codebase.snapshot.read(path);
  if (!(bytes instanceof Uint8Array)) return unreadable(path, bytes.unreadable);
  const source = codebase.text(path);
  if (!('undecodable' in source)) return null;
  const text = Buffer.from(bytes).toString('latin1');
  if (isPythonKind(codebase.kind(path))) {
    return spells(bytes, text, target.name)
      ? unreadable(path, `${source.undecodable}, and its bytes hold '${target.name}'`)
      : null;
  }
  const dotted = target.dottedNames.find((name) => name.includes('.') && spells(bytes, text, name));
  if (!dotted) return null;
  return { ...unreadable(path, `binary content that holds '${dotted}'`), code: 'binary-reference' };
}

/** UTF-16 files hold every other byte zero. */
function spells(bytes: Uint8Array, latin1: string, name: string): boolean {
  return latin1.includes(name) || (bytes.includes(0) && latin1.replaceAll('\0', '').includes(name));
}

function unreadable(path: string, reason: string): Unknown {
  return { path, line: 1, column: 1, code: 'unreadable-file', text: '', reason };
}
