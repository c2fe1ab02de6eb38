/** Nodes of a Python tree as transforms see them: with text, places and queries. Made on demand, one for each node. */
import { lineIndex, lineStarts } from '../core/text.js';
import { type SyntaxNode, visit } from '../python/syntax.js';
import type { PythonNode } from './types.js';

type Types = string | readonly string[];

export class PythonTree {
  private readonly nodes = new Map<SyntaxNode, TreeNode>();
  private readonly starts: number[];
  /** Statements that are to go. */
  readonly removed = new Set<PythonNode>();

  constructor(
    readonly source: string,
    private readonly top: SyntaxNode,
  ) {
    this.starts = lineStarts(source);
  }

  get root(): PythonNode {
    return this.node(this.top);
  }

  node(syntax: SyntaxNode): TreeNode {
    const known = this.nodes.get(syntax) ?? new TreeNode(this, syntax);
    this.nodes.set(syntax, known);
    return known;
  }

  place(offset: number): { line: number; column: number } {
    const index = lineIndex(this.starts, offset);
    return { line: index + 1, column: offset - (this.starts[index] as number) + 1 };
  }

  /** Where a line begins; the end of the text for those after the last. */
  lineStart(line: number): number {
    return this.starts[line - 1] ?? this.source.length;
  }
}

class TreeNode implements PythonNode {
  constructor(
    private readonly tree: PythonTree,
    private readonly syntax: SyntaxNode,
  ) {}

  get type(): string {
    return this.syntax.type;
  }

  get field(): string | null {
    return this.syntax.field;
  }

  get named(): boolean {
    return this.syntax.named;
  }

  get start(): number {
    return this.syntax.start;
  }

  get end(): number {
    return this.syntax.end;
  }

  get text(): string {
    return this.tree.source.slice(this.syntax.start, this.syntax.end);
  }

  get line(): number {
    return this.tree.place(this.syntax.start).line;
  }

  get column(): number {
    return this.tree.place(this.syntax.start).column;
  }

  get parent(): PythonNode | null {
    return this.syntax.parent ? this.tree.node(this.syntax.parent) : null;
  }

  get children(): readonly PythonNode[] {
    return this.syntax.children.map((child) => this.tree.node(child));
  }

  child(field: string): PythonNode | null {
    return this.childrenOf(field)[0] ?? null;
  }

  childrenOf(field: string): PythonNode[] {
    return this.syntax.children.filter((child) => child.field === field).map((child) => this.tree.node(child));
  }

  find(type: Types, predicate: (node: PythonNode) => boolean = () => true): PythonNode[] {
    const found: PythonNode[] = [];
    const fits = isOf(type);
    visit(this.syntax, (syntax) => {
      if (fits(syntax.type)) {
        const node = this.tree.node(syntax);
        if (predicate(node)) found.push(node);
      }
      return undefined;
    });
    return found;
  }

  closest(type: Types): PythonNode | null {
    const fits = isOf(type);
    for (let here = this.syntax.parent; here; here = here.parent) if (fits(here.type)) return this.tree.node(here);
    return null;
  }
}

function isOf(type: Types): (each: string) => boolean {
  const types = new Set(typeof type === 'string' ? [type] : type);
  return (each) => types.has(each);
}
