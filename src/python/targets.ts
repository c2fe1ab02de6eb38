/** What binds a name: assignment targets, parameters, patterns. Parts of targets that are expressions are walked as uses. */
import type { BindingKind } from '../core/facts.js';
import { childByField, type SyntaxNode } from './syntax.js';
import { FLAG, type Frame, type Walk } from './walk.js';

const NESTED = new Set([
  'pattern_list',
  'tuple_pattern',
  'list_pattern',
  'list_splat_pattern',
  'tuple',
  'list',
  'list_splat',
  'expression_list',
  'as_pattern_target',
  'parenthesized_expression',
]);

/** Binds every name in an assignment target. */
export function bindTarget(walk: Walk, target: SyntaxNode, kind: BindingKind, frame: Frame): void {
  const open = [target];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'identifier') walk.bind(node, kind, frame);
    else if (NESTED.has(node.type)) open.push(...node.children.filter((child) => child.named).reverse());
    else walk.push([node], frame);
  }
}

/** Binds parameters in a function's scope; defaults and annotations belong to the scope around it. */
export function bindParameters(walk: Walk, list: SyntaxNode, inner: Frame, outer: Frame): void {
  for (const parameter of list.children) {
    if (!parameter.named || parameter.type === 'comment') continue;
    const type = childByField(parameter, 'type');
    const value = childByField(parameter, 'value');
    if (value) walk.push([value], outer);
    if (type) walk.push([type], outer, { flags: outer.flags | FLAG.annotation });
    const names = childByField(parameter, 'name');
    for (const node of names ? [names] : [parameter]) bindParameterName(walk, node, inner);
  }
}

function bindParameterName(walk: Walk, node: SyntaxNode, inner: Frame): void {
  if (node.type === 'identifier') return walk.bind(node, 'parameter', inner);
  for (const child of node.children) {
    if (child.named && child.field !== 'type') bindParameterName(walk, child, inner);
  }
}

/** Binds the capture names of a `case` pattern and walks what is compared. */
export function bindPattern(walk: Walk, pattern: SyntaxNode, frame: Frame): void {
  const open = [pattern];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'dotted_name' && node.parent?.type !== 'class_pattern') {
      if (node.children.length === 1) walk.bind(node, 'pattern', frame);
      else walk.push([node], frame);
    } else if (node.type === 'class_pattern') {
      walk.push(node.children.slice(0, 1), frame);
      open.push(...node.children.slice(1).reverse());
    } else if (node.type === 'keyword_pattern') {
      open.push(...node.children.slice(1).reverse());
    } else if (node.type === 'identifier') {
      walk.bind(node, 'pattern', frame);
    } else if (node.type === 'string' || node.type === 'concatenated_string') {
      walk.push([node], frame);
    } else {
      open.push(...node.children.filter((child) => child.named).reverse());
    }
  }
}
