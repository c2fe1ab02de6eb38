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

/** The cursor that both engines offer; offsets in UTF-16 code units. Each call leaves JavaScript, and there are millions. */
export interface Cursor {
  readonly nodeType: string;
  readonly nodeTypeId: number;
  readonly nodeIsNamed: boolean;
  readonly nodeIsMissing: boolean;
  readonly currentFieldId: number;
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

/** What the grammar says of all nodes of one type. */
interface NodeType {
  readonly name: string;
  readonly named: boolean;
  /** Its nodes have no children. */
  readonly isLeaf: boolean;
  /** The length of each of its nodes; -1 where that is not always the same. */
  readonly width: number;
}

/** Named types that are single tokens. */
const LEAVES = new Set(['comment', 'escape_sequence', 'false', 'float', 'identifier', 'integer', 'none', 'true']);
const NO_CHILDREN: Growing[] = [];

/** Copies trees of one grammar out of its engine; never recursive, so no expression is too deep. */
export class TreeCopier {
  /** By id, which is at most 65,535: that of errors. */
  private readonly types = new Array<NodeType | undefined>(0x1_0000);
  private readonly fields: (string | null)[] = [null];

  /** @param hasErrors whether something in the tree is an error, or missing */
  copy(cursor: Cursor, hasErrors: boolean): SyntaxNode {
    const root = this.node(cursor, null, hasErrors);
    let here = root;
    let descend = true;
    for (;;) {
      if (descend && here.children !== NO_CHILDREN && cursor.gotoFirstChild()) {
        here = this.attached(cursor, here, hasErrors);
      } else if (cursor.gotoNextSibling()) {
        here = this.attached(cursor, here.parent as Growing, hasErrors);
        descend = true;
      } else if (cursor.gotoParent()) {
        here = here.parent as Growing;
        descend = false;
      } else return root;
    }
  }

  private attached(cursor: Cursor, parent: Growing, hasErrors: boolean): Growing {
    const node = this.node(cursor, parent, hasErrors);
    parent.children.push(node);
    return node;
  }

  private node(cursor: Cursor, parent: Growing | null, hasErrors: boolean): Growing {
    const { name, named, isLeaf, width } = this.types[cursor.nodeTypeId] ?? this.newType(cursor);
    const start = cursor.startIndex;
    return {
      type: name,
      named,
      field: this.fieldOf(cursor),
      start,
      end: width < 0 || hasErrors ? cursor.endIndex : start + width,
      missing: hasErrors && cursor.nodeIsMissing,
      parent,
      children: isLeaf ? NO_CHILDREN : [],
    };
  }

  private newType(cursor: Cursor): NodeType {
    const { nodeType: name, nodeIsNamed: named } = cursor;
    // `not in` and `is not` are two tokens, whatever stands between them.
    const isToken = !named && !name.includes(' ');
    const type = { name, named, isLeaf: isToken || LEAVES.has(name), width: isToken ? name.length : -1 };
    this.types[cursor.nodeTypeId] = type;
    return type;
  }

  private fieldOf(cursor: Cursor): string | null {
    const id = cursor.currentFieldId;
    if (this.fields[id] === undefined) this.fields[id] = cursor.currentFieldName ?? null;
    return this.fields[id] as string | null;
  }
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
