/** Whole statements: what goes when one is removed, and where a new line may stand. */
import type { Span } from '../core/model.js';
import type { PythonTree } from './python-node.js';
import type { PythonNode } from './types.js';

/** `\r\n` where the first line ends so. */
export function newlineOf(source: string): string {
  const first = source.indexOf('\n');
  return first > 0 && source[first - 1] === '\r' ? '\r\n' : '\n';
}

/** The end of the line that holds an offset, its line end included. */
export function lineEnd(source: string, offset: number): number {
  const next = source.indexOf('\n', offset);
  return next === -1 ? source.length : next + 1;
}

export function indentOf(tree: PythonTree, offset: number): string {
  const start = tree.lineStart(tree.place(offset).line);
  return /^[ \t\f]*/.exec(tree.source.slice(start, offset))?.[0] ?? '';
}

/** The statement of a span: the outermost node of just this extent that stands in a block or in the module. */
export function statementAt(tree: PythonTree, { start, end }: Span): PythonNode | null {
  let here: PythonNode | null = tree.root;
  while (here) {
    const inner: PythonNode | undefined = here.children.find((child) => child.start <= start && end <= child.end);
    if (inner && inner.start === start && inner.end === end && isBlock(here)) return inner;
    here = inner ?? null;
  }
  return null;
}

function isBlock({ type }: PythonNode): boolean {
  return type === 'module' || type === 'block';
}

/** What is replaced by what when a statement goes. */
export function removal(tree: PythonTree, span: Span): Span & { readonly text: string } {
  const node = statementAt(tree, span);
  const block = node?.parent;
  if (!node || !block) throw new Error('this is no statement');
  tree.removed.add(node);
  const others = block.children.filter((child) => child.named && child.type !== 'comment' && !tree.removed.has(child));
  if (block.type === 'block' && others.length === 0) return { start: span.start, end: span.end, text: 'pass' };
  return { ...withLine(tree, span), text: '' };
}

/** The whole line where nothing but a comment shares it; else the statement and the semicolon that parts it from the next. */
function withLine(tree: PythonTree, { start, end }: Span): Span {
  const { source } = tree;
  const from = tree.lineStart(tree.place(start).line);
  const to = lineEnd(source, end);
  const before = source.slice(from, start);
  const after = source.slice(end, to);
  if (/^[ \t\f]*$/.test(before) && /^[ \t]*;?[ \t]*(#[^\n]*)?\r?\n?$/.test(after)) return { start: from, end: to };
  const next = /^[ \t]*;[ \t]*/.exec(after);
  if (next && !/^[ \t]*;[ \t]*(#|\r?\n|$)/.test(after)) return { start, end: end + next[0].length };
  const last = /[ \t]*;[ \t]*$/.exec(before);
  return last ? { start: start - last[0].length, end } : { start, end };
}
