/** `__all__` as far as it is written out: lists, tuples, sums of them, `extend` and `append`. */
import type { ExportList } from '../core/facts.js';
import type { SyntaxNode } from './syntax.js';
import type { Walk } from './walk.js';

type Name = ExportList['names'][number];

export function exportList(walk: Walk): ExportList | null {
  if (walk.exportValues.length === 0 && !walk.exportsOpen) return null;
  const names: Name[] = [];
  let complete = !walk.exportsOpen;
  const open = [...walk.exportValues].reverse();
  for (let node = open.pop(); node; node = open.pop()) {
    if (CONTAINERS.has(node.type)) open.push(...node.children.filter((child) => child.named).reverse());
    else if (node.type === 'string') complete = plainName(walk, node, names) && complete;
    else if (node.type !== 'comment') complete = false;
  }
  return { names, complete };
}

const CONTAINERS = new Set(['list', 'tuple', 'set', 'binary_operator', 'parenthesized_expression', 'expression_list']);

function plainName(walk: Walk, node: SyntaxNode, names: Name[]): boolean {
  const content = node.children.find((child) => child.type === 'string_content');
  if (!content || node.children.some((child) => child.type === 'interpolation')) return false;
  names.push({ name: walk.textOf(content), span: { start: content.start, end: content.end } });
  return true;
}
