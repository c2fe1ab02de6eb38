/** A syntax tree to be read: one line for each node with its field, its place, and its text where it has nothing inside. */
import type { PythonNode } from './types.js';

/** UTF-16 units of a text that are shown. */
const LONGEST = 60;

export function treeText(root: PythonNode): string {
  let out = '';
  const open = [{ node: root, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, depth } = next;
    const inner = node.children.filter((child) => child.named || child.field !== null);
    out += `${'  '.repeat(depth)}${lineOf(node, inner.length === 0)}\n`;
    for (const child of [...inner].reverse()) open.push({ node: child, depth: depth + 1 });
  }
  return out;
}

function lineOf({ field, type, named, line, column, text }: PythonNode, isLeaf: boolean): string {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  const name = `${field === null ? '' : `${field}: `}${named ? type : JSON.stringify(type)}`;
  return `${name} ${line}:${column}${isLeaf && named ? ` ${JSON.stringify(shown)}` : ''}`;
}
