/** Names that statements spell beside their expressions: exceptions, parameters, captures of patterns. */
import { childByField, type SyntaxNode } from './syntax.js';
import type { Walk } from './walk.js';

export function blockOf(clause: SyntaxNode | undefined): SyntaxNode | undefined {
  return clause?.children.find((child) => child.type === 'block');
}

export function lastName(walk: Walk, node: SyntaxNode): string | null {
  if (node.type === 'identifier') return walk.nameOf(node);
  return node.type === 'attribute' ? walk.nameOf(node.children.at(-1) as SyntaxNode) : null;
}

export function exceptionNames(walk: Walk, node: SyntaxNode): string[] {
  if (/^(tuple|parenthesized_expression)$/.test(node.type))
    return node.children
      .filter((child) => child.named && child.type !== 'comment')
      .map((child) => lastName(walk, child) ?? '*');
  return [lastName(walk, node) ?? '*'];
}

/** The exceptions of `contextlib.suppress(...)`. */
export function suppressed(walk: Walk, item: SyntaxNode | undefined): string[] {
  const value = item?.type === 'as_pattern' ? item.children[0] : item;
  const callee = value?.type === 'call' ? childByField(value, 'function') : undefined;
  if (!value || !callee || lastName(walk, callee) !== 'suppress') return [];
  const list = childByField(value, 'arguments');
  return (list?.children ?? [])
    .filter((child) => child.named && child.type !== 'comment')
    .map((child) => lastName(walk, child) ?? '*');
}

export function positionalName(walk: Walk, parameter: SyntaxNode): string[] {
  if (parameter.type === 'identifier') return [walk.nameOf(parameter)];
  if (parameter.type === 'default_parameter' || parameter.type === 'typed_default_parameter') {
    const name = childByField(parameter, 'name');
    return name?.type === 'identifier' ? [walk.nameOf(name)] : [];
  }
  const first = parameter.type === 'typed_parameter' ? parameter.children[0] : undefined;
  return first?.type === 'identifier' ? [walk.nameOf(first)] : [];
}

/** The name behind `*` or `**`. */
export function restName(walk: Walk, parameter: SyntaxNode): string[] {
  const pattern = parameter.type === 'typed_parameter' ? parameter.children[0] : parameter;
  if (!pattern || !/^(?:list|dictionary)_splat_pattern$/.test(pattern.type)) return [];
  const name = pattern.children.find((child) => child.type === 'identifier');
  return name ? [walk.nameOf(name)] : [];
}

export function captures(walk: Walk, pattern: SyntaxNode): string[] {
  const found: string[] = [];
  const open = [pattern];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'identifier') found.push(walk.nameOf(node));
    open.push(...node.children);
  }
  return found;
}

/** A `yield` of the function itself, not of one inside it. */
export function yields(body: SyntaxNode): boolean {
  const open = [body];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'yield') return true;
    if (node.type !== 'function_definition' && node.type !== 'lambda' && node.type !== 'class_definition')
      open.push(...node.children);
  }
  return false;
}
