/**
 * Bare names in a written-out list that a computed import completes: `for name in ['a', 'b']: import_module(f'pkg.{name}')`.
 * Where the file spells the name in one string only, that string is the list's.
 */
import type { PythonUnit } from '../src/core/codebase.js';
import { dynamicTargets } from '../src/core/dynamic.js';
import type { DynamicImport } from '../src/core/facts.js';
import { dottedName } from './mention-dotted.js';
import type { Naming, RelocationContext } from './mention-model.js';
import type { Surrounding } from './mention-surroundings.js';

/** The naming of a list's element; `null` when no computed import is known to take it. */
export function listedName(context: RelocationContext, around: Surrounding): Naming | null {
  const { unit } = around.source;
  if (!unit || around.site !== 'string' || !around.whole || around.tail !== '') return null;
  for (const dynamic of unit.facts.dynamics) {
    const completed = completedBy(context, unit, dynamic, context.target.name);
    if (completed === null) continue;
    const isOnly = spelled(unit, context.target.name) === 1;
    const { codebase } = context.before;
    const answers = { path: unit.path, ...codebase.place(unit.path, unit.toFile(dynamic.span.start)) };
    return {
      form: 'listed',
      span: around.span,
      replacement: isOnly ? newElement(context, unit.path, completed, context.target.name) : null,
      tail: '',
      basis: 'unknown',
      isFile: false,
      answers,
    };
  }
  return null;
}

/** The dotted name that a computed import makes of the element, when that leads to the target. */
function completedBy(
  { before, target }: RelocationContext,
  unit: PythonUnit,
  dynamic: DynamicImport,
  element: string,
): string | null {
  if (dynamic.name.kind !== 'choices') return null;
  for (const value of dynamic.name.values) {
    if (!value.includes(element)) continue;
    const single: DynamicImport = { ...dynamic, name: { kind: 'literal', value, span: null } };
    const found = dynamicTargets(before, unit, single).find(({ resolution }) => resolution.found?.path === target.path);
    if (found) return found.dotted;
  }
  return null;
}

function spelled({ text, facts }: PythonUnit, word: string): number {
  return facts.strings.filter(({ span, role }) => role !== 'docstring' && text.slice(span.start, span.end) === word)
    .length;
}

/** The new name without what the import puts before and after it; `null` when it does not begin and end so. */
function newElement(context: RelocationContext, importer: string, dotted: string, element: string): string | null {
  const now = dottedName(context, importer, dotted);
  const at = dotted.lastIndexOf(element);
  const [before, after] = [dotted.slice(0, at), dotted.slice(at + element.length)];
  if (now === null || !now.startsWith(before) || !now.endsWith(after)) return null;
  return now.slice(before.length, now.length - after.length) || null;
}
