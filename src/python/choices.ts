/**
 * A module name built from a loop variable over a written-out list is one of known values:
 * `for name in ['a', 'b']: import_module(f'pkg.{name}')`.
 */
import { type Constants, pieces } from './constants.js';
import { childByField, type SyntaxNode, visit } from './syntax.js';
import type { Walk } from './walk.js';

/** All values an expression can take when its only gap is one such loop variable; `null` when that cannot be said. */
export function choices(walk: Walk, expression: SyntaxNode, constants: Constants): readonly string[] | null {
  const gaps = freeNames(walk, expression).filter((name) => !constants.has(name) && !/^__(name|package)__$/.test(name));
  const [variable] = gaps;
  if (variable === undefined || new Set(gaps).size !== 1) return null;
  const loop = enclosingLoop(walk, expression, variable);
  const elements = loop ? loopValues(walk, loop, variable, constants) : null;
  if (!elements) return null;
  const values: string[] = [];
  for (const element of elements) {
    const known = pieces(walk, expression, new Map([...constants, [variable, element]]));
    if (known.includes(null)) return null;
    values.push(known.join(''));
  }
  return values;
}

function freeNames(walk: Walk, expression: SyntaxNode): string[] {
  const names: string[] = [];
  visit(expression, (node) => {
    if (node.type === 'identifier') names.push(walk.textOf(node));
    return node.type !== 'attribute' && node.type !== 'call';
  });
  return names;
}

/** The nearest `for` around the expression that binds the variable; none when something nearer rebinds it. */
function enclosingLoop(walk: Walk, expression: SyntaxNode, variable: string): SyntaxNode | null {
  const binders = walk.scopes.flatMap((scope) => scope.bindings.filter((binding) => binding.name === variable));
  for (let node: SyntaxNode | null = expression; node; node = node.parent) {
    if (node.type === 'function_definition' || node.type === 'class_definition') return null;
    const loops = [node, ...node.children].filter(
      (child) => child.type === 'for_statement' || child.type === 'for_in_clause',
    );
    const loop = loops.find(
      (child) => isAround(child, node as SyntaxNode) && targetIndex(walk, child, variable) !== null,
    );
    if (!loop) continue;
    const inside = binders.filter(
      ({ span }) => span.start >= (loop.parent?.start ?? 0) && span.end <= (loop.parent?.end ?? 0),
    );
    return inside.every(({ kind }) => kind === 'loop') ? loop : null;
  }
  return null;
}

/** A `for` clause governs its comprehension; a `for` statement only what is inside it. */
function isAround(loop: SyntaxNode, node: SyntaxNode): boolean {
  return loop.type === 'for_in_clause' ? /comprehension|generator_expression/.test(node.type) : loop === node;
}

/** Position of the variable in the loop's target: -1 for the whole target, `null` when it is not there. */
function targetIndex(walk: Walk, loop: SyntaxNode, variable: string): number | null {
  const left = childByField(loop, 'left');
  if (!left) return null;
  if (left.type === 'identifier') return walk.textOf(left) === variable ? -1 : null;
  const index = left.children.filter((child) => child.named).findIndex((child) => walk.textOf(child) === variable);
  return index === -1 ? null : index;
}

function loopValues(walk: Walk, loop: SyntaxNode, variable: string, constants: Constants): SyntaxNode[] | null {
  const index = targetIndex(walk, loop, variable) as number;
  const iterable = childByField(loop, 'right');
  const listed = iterable ? listOf(walk, iterable, constants) : null;
  if (!listed) return null;
  if (index === -1) return listed;
  const parts = listed.map((element) =>
    /^(tuple|list|pair)$/.test(element.type) ? element.children.filter((child) => child.named)[index] : undefined,
  );
  return parts.every((part) => part !== undefined) ? parts : null;
}

/** The elements of a written-out list, tuple or set; a dictionary's keys, values or pairs. */
function listOf(walk: Walk, iterable: SyntaxNode, constants: Constants): SyntaxNode[] | null {
  if (iterable.type === 'call') return dictionaryView(walk, iterable, constants);
  const value = iterable.type === 'identifier' ? constantContainer(walk, iterable, constants) : iterable;
  if (!value) return null;
  const members = value.children.filter((child) => child.named && child.type !== 'comment');
  if (/^(list|tuple|set)$/.test(value.type)) return members.some((m) => m.type === 'list_splat') ? null : members;
  if (value.type !== 'dictionary') return null;
  const keys = members.map((pair) => childByField(pair, 'key'));
  return keys.every((key) => key !== undefined) ? keys : null;
}

function dictionaryView(walk: Walk, call: SyntaxNode, constants: Constants): SyntaxNode[] | null {
  const callee = childByField(call, 'function');
  const method = callee ? childByField(callee, 'attribute') : undefined;
  const object = callee ? childByField(callee, 'object') : undefined;
  if (!method || !object) return null;
  const value = object.type === 'identifier' ? constantContainer(walk, object, constants) : object;
  if (value?.type !== 'dictionary') return null;
  const pairs = value.children.filter((child) => child.type === 'pair');
  const view = walk.textOf(method);
  if (view === 'items') return pairs;
  const parts = pairs.map((pair) => childByField(pair, view === 'values' ? 'value' : 'key'));
  return (view === 'keys' || view === 'values') && parts.every((part) => part !== undefined) ? parts : null;
}

const MUTATORS = new Set(['append', 'extend', 'insert', 'update', 'add', 'setdefault', 'remove', 'pop', 'clear']);

/** A container bound once to a literal, at the top of the file or in this function, and never changed in this file. */
function constantContainer(walk: Walk, name: SyntaxNode, constants: Constants): SyntaxNode | undefined {
  const text = walk.textOf(name);
  const mutated = walk.uses.some((use) => use.name === text && MUTATORS.has(use.attributes[0]?.name ?? ''));
  const assigned = walk.candidates.some(
    ({ node }) =>
      node.type === 'subscript' && node.field === 'left' && walk.textOf(childByField(node, 'value') ?? node) === text,
  );
  return mutated || assigned ? undefined : (constants.get(text) ?? localValue(walk, name, text));
}

/** The value of a name that is bound exactly once in the whole file, in a block around its use. */
function localValue(walk: Walk, use: SyntaxNode, name: string): SyntaxNode | undefined {
  const bindings = walk.scopes.flatMap((scope) => scope.bindings.filter((binding) => binding.name === name));
  if (bindings.length !== 1 || bindings[0]?.kind !== 'assignment') return undefined;
  for (let node = use.parent; node; node = node.parent) {
    for (const statement of node.type === 'block' ? node.children : []) {
      const assignment = statement.type === 'expression_statement' ? statement.children[0] : undefined;
      const left = assignment?.type === 'assignment' ? childByField(assignment, 'left') : undefined;
      if (assignment && left && walk.textOf(left) === name) return childByField(assignment, 'right');
    }
  }
  return undefined;
}
