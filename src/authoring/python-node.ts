/** Nodes of a Python tree as transforms see them: with text, places and queries. Made on demand, one for each node. */
import type { Span } from '../core/model.js';
import { lineIndex, lineStarts } from '../core/text.js';
import { type SyntaxNode, visit } from '../python/syntax.js';
import { demandField, demandTypes } from './node-names.js';
import { treeText } from './tree-text.js';
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

  /** The innermost named node that holds a span. */
  nodeAt({ start, end }: Span): PythonNode {
    let here = this.top;
    for (let inner: SyntaxNode | undefined = here; inner; ) {
      here = inner;
      inner = here.children.find((child) => child.named && child.start <= start && end <= child.end);
    }
    return this.node(here);
  }

  /** Where a line begins; the end of the text for those after the last. */
  lineStart(line: number): number {
    return this.starts[line - 1] ?? this.source.length;
  }
}

class TreeNode implements PythonNode {
  constructor(
    private readonly owner: PythonTree,
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
    return this.owner.source.slice(this.syntax.start, this.syntax.end);
  }

  get line(): number {
    return this.owner.place(this.syntax.start).line;
  }

  get column(): number {
    return this.owner.place(this.syntax.start).column;
  }

  get parent(): PythonNode | null {
    return this.syntax.parent ? this.owner.node(this.syntax.parent) : null;
  }

  get children(): readonly PythonNode[] {
    return this.syntax.children.map((child) => this.owner.node(child));
  }

  child(field: string): PythonNode | null {
    return this.childrenOf(field)[0] ?? null;
  }

  childrenOf(field: string): PythonNode[] {
    demandField(field);
    return this.syntax.children.filter((child) => child.field === field).map((child) => this.owner.node(child));
  }

  find(type: Types, predicate: (node: PythonNode) => boolean = () => true): PythonNode[] {
    const found: PythonNode[] = [];
    const fits = isOf(type);
    visit(this.syntax, (syntax) => {
      if (fits(syntax.type)) {
        const node = this.owner.node(syntax);
        if (predicate(node)) found.push(node);
      }
      return undefined;
    });
    return found;
  }

  tree(): string {
    return treeText(this);
  }

  closest(type: Types): PythonNode | null {
    const fits = isOf(type);
    for (let here = this.syntax.parent; here; here = here.parent) if (fits(here.type)) return this.owner.node(here);
    return null;
  }
}

function isOf(type: Types): (each: string) => boolean {
  const types = new Set(typeof type === 'string' ? [type] : type);
  demandTypes(types);
  return (each) => types.has(each);
}
