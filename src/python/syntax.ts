/**
 * The syntax tree as plain data, the same from both engines. Only this file and the two engines know that tree-sitter
 * exists; everything else in this folder reads {@link SyntaxNode}.
 */

/** A node of the concrete syntax tree. Offsets are UTF-16 code units. */
export interface SyntaxNode {
  readonly type: string;
  readonly named: boolean;
  /** The grammar's name for this child's part in its parent. */
  readonly field: string | null;
  readonly start: number;
  readonly end: number;
  readonly missing: boolean;
  readonly parent: SyntaxNode | null;
  readonly children: readonly SyntaxNode[];
}

/** The cursor that both engines offer; offsets in UTF-16 code units. */
export interface Cursor {
  readonly nodeType: string;
  readonly nodeIsNamed: boolean;
  readonly nodeIsMissing: boolean;
  readonly currentFieldName: string | null;
  readonly startIndex: number;
  readonly endIndex: number;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}

interface Growing extends SyntaxNode {
  readonly children: Growing[];
}

/** Copies a tree out of its engine with a cursor; never recursive, so no expression is too deep. */
export function copyTree(cursor: Cursor): SyntaxNode {
  const root = copyNode(cursor, null);
  let here = root;
  let descend = true;
  for (;;) {
    if (descend && cursor.gotoFirstChild()) {
      here = attach(cursor, here);
      continue;
    }
    if (cursor.gotoNextSibling()) {
      here = attach(cursor, here.parent as Growing);
      descend = true;
      continue;
    }
    if (!cursor.gotoParent()) return root;
    here = here.parent as Growing;
    descend = false;
  }
}

function attach(cursor: Cursor, parent: Growing): Growing {
  const node = copyNode(cursor, parent);
  parent.children.push(node);
  return node;
}

function copyNode(cursor: Cursor, parent: Growing | null): Growing {
  return {
    type: cursor.nodeType,
    named: cursor.nodeIsNamed,
    field: cursor.currentFieldName ?? null,
    start: cursor.startIndex,
    end: cursor.endIndex,
    missing: cursor.nodeIsMissing,
    parent,
    children: [],
  };
}

/** The first child with a field name. */
export function childByField(node: SyntaxNode, field: string): SyntaxNode | undefined {
  return node.children.find((child) => child.field === field);
}

/** All children with a field name. */
export function childrenByField(node: SyntaxNode, field: string): SyntaxNode[] {
  return node.children.filter((child) => child.field === field);
}

/** Visits every node in document order without recursion; returning `false` skips a node's children. */
export function visit(root: SyntaxNode, enter: (node: SyntaxNode) => boolean | undefined): void {
  const stack: SyntaxNode[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (enter(node) === false) continue;
    for (let i = node.children.length - 1; i >= 0; i--) stack.push(node.children[i] as SyntaxNode);
  }
}
