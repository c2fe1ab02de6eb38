/**
 * Imports that could mean a module if the path were set up in another way than assumed: a directory put on `sys.path`, a
 * repository whose directory went by another name, one of several copies. Never redirected; never overlooked either.
 */
import type { PythonUnit } from './codebase.js';
import type { ImportStatement, NameUse } from './facts.js';
import type { Linker } from './linker.js';
import type { Span } from './model.js';
import { bindingsOf } from './scopes.js';

export interface GuessedImport {
  /** Path of the module that may be meant. */
  readonly target: string;
  /** What names it, in the unit's text. */
  readonly span: Span;
  readonly dotted: string;
}

/** Imports of a file that could mean one of the targets. */
export function guessedImports(linker: Linker, unit: PythonUnit, targets: ReadonlySet<string>): GuessedImport[] {
  const found: GuessedImport[] = [];
  const add = (dotted: string, span: Span) => {
    for (const target of linker.module(unit.path, 0, dotted).possible)
      if (targets.has(target)) found.push({ target, span, dotted });
  };
  for (const statement of unit.facts.imports) fromStatement(statement, add);
  for (const use of unit.facts.uses) if (use.attributes.length > 0) fromChain(linker, unit, use, add);
  for (const { name, span } of unit.facts.dynamics)
    if (name.kind === 'literal' && /^[\w.]+$/.test(name.value)) add(name.value, name.span ?? span);
  return [...new Map(found.map((guess) => [`${guess.target}\0${guess.span.start}`, guess])).values()];
}

type Add = (dotted: string, span: Span) => void;

function fromStatement(statement: ImportStatement, add: Add): void {
  if (statement.level > 0) return;
  if (statement.kind === 'import') for (const { name, nameSpan } of statement.names) add(name, nameSpan);
  else {
    add(statement.module, statement.moduleSpan);
    for (const { name, nameSpan } of statement.names) add(`${statement.module}.${name}`, nameSpan);
  }
}

/** `import old.pkg` and then `old.pkg.m.f()`: the chain goes on from what was imported. */
function fromChain(linker: Linker, unit: PythonUnit, use: NameUse, add: Add): void {
  for (const { imported } of bindingsOf(unit.facts, use.scope, use.name).bindings) {
    const statement = imported ? (unit.facts.imports[imported.statement] as ImportStatement) : undefined;
    if (!imported || !statement || statement.level > 0) continue;
    const value = linker.imported(unit.path, statement, imported.name);
    if (value.kind !== 'external') continue;
    let dotted = value.dotted;
    for (const attribute of use.attributes) {
      dotted += `.${attribute.name}`;
      add(dotted, attribute.span);
    }
  }
}
