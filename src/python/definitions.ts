/** Constructs that open a scope: functions, classes, lambdas, comprehensions. */
import { childByField, childrenByField, type SyntaxNode } from './syntax.js';
import { bindParameters, bindTarget } from './targets.js';
import { FLAG, type Frame, type Walk } from './walk.js';

/** What runs later keeps only that it is for type checkers. */
const deferred = (flags: number): number => (flags & FLAG.typing) | FLAG.lazy;

export function functionDefinition(walk: Walk, frame: Frame): void {
  const { node } = frame;
  const name = childByField(node, 'name');
  if (name) walk.bind(name, 'function', frame);
  const scope = walk.openScope('function', frame.scope, node);
  const inner: Frame = { ...frame, scope, flags: deferred(frame.flags) };
  const body = childByField(node, 'body');
  if (body) walk.push([body], inner);
  const returns = childByField(node, 'return_type');
  if (returns) walk.push([returns], frame, { flags: frame.flags | FLAG.annotation });
  const parameters = childByField(node, 'parameters');
  if (parameters) bindParameters(walk, parameters, inner, frame);
  bindTypeParameters(walk, node, inner);
  walk.push(leftovers(node, ['name', 'body', 'return_type', 'parameters', 'type_parameters']), frame);
}

export function classDefinition(walk: Walk, frame: Frame): void {
  const { node } = frame;
  const name = childByField(node, 'name');
  if (name) walk.bind(name, 'class', frame);
  const scope = walk.openScope('class', frame.scope, node);
  const inner: Frame = { ...frame, scope };
  const body = childByField(node, 'body');
  if (body) walk.push([body], inner);
  const bases = childByField(node, 'superclasses');
  if (bases) walk.push([bases], frame);
  bindTypeParameters(walk, node, inner);
  walk.push(leftovers(node, ['name', 'body', 'superclasses', 'type_parameters']), frame);
}

/** Comments and error nodes that stand between the parts. */
function leftovers(node: SyntaxNode, fields: readonly string[]): SyntaxNode[] {
  return node.children.filter((child) => child.named && !(child.field && fields.includes(child.field)));
}

function bindTypeParameters(walk: Walk, node: SyntaxNode, inner: Frame): void {
  for (const parameter of childByField(node, 'type_parameters')?.children ?? []) {
    if (!parameter.named) continue;
    if (parameter.type !== 'type') {
      walk.push([parameter], inner);
      continue;
    }
    let name: SyntaxNode | undefined = parameter;
    while (name && name.type !== 'identifier') name = name.children.find((child) => child.named);
    if (name) walk.bind(name, 'type-parameter', inner);
    const constrained = parameter.children.find((child) => child.type === 'constrained_type');
    const bound = constrained?.children.filter((child) => child.named).slice(1) ?? [];
    walk.push(bound, inner, { flags: inner.flags | FLAG.annotation });
  }
}

export function lambda(walk: Walk, frame: Frame): void {
  const scope = walk.openScope('lambda', frame.scope, frame.node);
  const inner: Frame = { ...frame, scope, flags: deferred(frame.flags) };
  const body = childByField(frame.node, 'body');
  if (body) walk.push([body], inner);
  const parameters = childByField(frame.node, 'parameters');
  if (parameters) bindParameters(walk, parameters, inner, frame);
}

/** The first iterable is evaluated outside; everything else in the comprehension's own scope. */
export function comprehension(walk: Walk, frame: Frame): void {
  const scope = walk.openScope('comprehension', frame.scope, frame.node);
  const inner: Frame = { ...frame, scope };
  let first = true;
  for (const child of frame.node.children) {
    if (!child.named) continue;
    if (child.type !== 'for_in_clause') {
      walk.push([child], inner);
      continue;
    }
    const left = childByField(child, 'left');
    if (left) bindTarget(walk, left, 'loop', inner);
    walk.push(childrenByField(child, 'right'), first ? frame : inner);
    first = false;
  }
}
