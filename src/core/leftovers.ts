/**
 * What is left of a module's name in code after the references are taken out: an attribute of an object that nobody
 * knows, a name that a star import may bind. Listed as possible; everything else is another thing of the same name.
 */
import type { Codebase, PythonUnit } from './codebase.js';
import type { NameUse } from './facts.js';
import type { Linker } from './linker.js';
import type { Mention, MentionTarget } from './mentions.js';
import type { Span } from './model.js';
import { bindingsOf } from './scopes.js';

/** Uses of the target's bare name that may lead to it. `known` are the offsets where references have been found. */
export function leftovers(
  linker: Linker,
  unit: PythonUnit,
  target: MentionTarget,
  known: ReadonlySet<number>,
): { mention: Mention; class: 'attribute' | 'name' }[] {
  if (isUnspelled(unit, target.name)) return [];
  const found: { mention: Mention; class: 'attribute' | 'name' }[] = [];
  const chained = new Set<number>();
  for (const use of unit.facts.uses) {
    if (use.name === target.name && !known.has(use.span.start) && isUnbound(linker, unit, use))
      found.push({ class: 'name', mention: mentionOf(linker.codebase, unit, target, use.span, NAME) });
    for (const [index, { name, span }] of use.attributes.entries()) {
      if (name !== target.name) continue;
      chained.add(span.start);
      if (!known.has(span.start) && couldBeModule(linker, unit, use, index))
        found.push({ class: 'attribute', mention: mentionOf(linker.codebase, unit, target, span, ATTRIBUTE) });
    }
  }
  for (const span of attributesOfExpressions(unit, target.name))
    if (!chained.has(span.start) && !known.has(span.start))
      found.push({ class: 'attribute', mention: mentionOf(linker.codebase, unit, target, span, ATTRIBUTE) });
  return found;
}

const NAME = 'The name is not bound here; a star import may bring it.';
const ATTRIBUTE = 'An attribute of this name; the object could be the package.';

function isUnspelled({ text }: PythonUnit, name: string): boolean {
  return !text.includes(name);
}

function isUnbound(linker: Linker, unit: PythonUnit, use: NameUse): boolean {
  if (bindingsOf(unit.facts, use.scope, use.name).bindings.length > 0) return false;
  return linker.lookup(unit.path, use.name).kind === 'unknown';
}

/** The object before the attribute is neither the instance itself nor something known to be no package. */
function couldBeModule(linker: Linker, unit: PythonUnit, use: NameUse, index: number): boolean {
  if (index === 0 && (use.name === 'self' || use.name === 'cls')) return false;
  const { bindings } = bindingsOf(unit.facts, use.scope, use.name);
  if (bindings.length === 0) return linker.lookup(unit.path, use.name).kind === 'unknown';
  return bindings.some((binding) => {
    if (!binding.imported) return binding.kind !== 'function' && binding.kind !== 'class';
    const statement = unit.facts.imports[binding.imported.statement];
    if (!statement) return true;
    const attributes = use.attributes.slice(0, index).map(({ name }) => name);
    const start = linker.imported(unit.path, statement, binding.imported.name);
    const { value, used } = linker.follow(start, attributes);
    // Of a module in the repository the attribute itself would have been found.
    if (value.kind === 'module')
      return linker.member(value.found, use.attributes[index]?.name ?? '').kind === 'unknown';
    return value.kind === 'unknown' || value.kind === 'missing' || (value.kind === 'object' && used < index);
  });
}

/** `f().name`, `x[0].name`: attributes of expressions that are no chain of names. */
function attributesOfExpressions({ text, facts }: PythonUnit, name: string): Span[] {
  const spans: Span[] = [];
  const skipped = [
    ...facts.strings.map(({ span }) => span),
    ...facts.comments,
    ...facts.imports.map(({ span }) => span),
  ];
  for (const match of text.matchAll(new RegExp(`[)\\]}'"]\\s*\\.\\s*(${name})(?![\\p{ID_Continue}])`, 'gu'))) {
    const start = match.index + match[0].length - name.length;
    if (!skipped.some((span) => span.start <= start && start < span.end))
      spans.push({ start, end: start + name.length });
  }
  return spans;
}

function mentionOf(codebase: Codebase, unit: PythonUnit, target: MentionTarget, span: Span, reason: string): Mention {
  const start = unit.toFile(span.start);
  return {
    target: target.key,
    path: unit.path,
    ...codebase.place(unit.path, start),
    span: { start, end: unit.toFile(span.end) },
    text: codebase.lineText(unit.path, start),
    form: 'name',
    tail: '',
    class: 'string',
    effect: 'mention',
    confidence: 'possible',
    decision: 'leave',
    reason,
    code: null,
  };
}
