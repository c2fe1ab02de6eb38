/**
 * The one walk over a syntax tree that gathers facts: an explicit stack of frames (so no expression is too deep), each
 * frame knowing its scope and circumstances. What to do at a node is decided by the handlers, not here.
 */

import type { Binding, BindingKind, ImportStatement, NameUse, ScopeKind, StringLiteral, When } from '../core/facts.js';
import type { Span } from '../core/model.js';
import { lineIndex, lineStarts } from '../core/text.js';
import type { SyntaxNode } from './syntax.js';

/** Circumstances of a node, as bits. */
export const FLAG = {
  typing: 1,
  lazy: 2,
  guarded: 4,
  conditional: 8,
  /** Inside an annotation: strings there are code. */
  annotation: 16,
  /** Inside the value of `__all__`. */
  exports: 32,
} as const;

/** The call whose argument a string literal may be. */
export interface CallContext {
  readonly callee: string;
  readonly argument: number | string;
}

export interface Frame {
  readonly node: SyntaxNode;
  readonly scope: number;
  readonly flags: number;
  readonly call: CallContext | null;
}

export interface MutableScope {
  kind: ScopeKind;
  parent: number;
  span: Span;
  bindings: Binding[];
  globals: string[];
  nonlocals: string[];
}

/** A call or subscript kept for the dynamic-import rules, which need the whole file's bindings. */
export interface Candidate {
  readonly node: SyntaxNode;
  readonly scope: number;
  readonly flags: number;
}

/** Which kind of import a set of circumstances makes; the order is that of {@link When}. */
export function whenOf(flags: number): When {
  if (flags & FLAG.typing) return 'typing';
  if (flags & FLAG.lazy) return 'lazy';
  if (flags & FLAG.guarded) return 'guarded';
  return flags & FLAG.conditional ? 'conditional' : 'runtime';
}

const ASCII = /^[\0-\x7f]*$/;

export class Walk {
  readonly scopes: MutableScope[] = [];
  readonly imports: ImportStatement[] = [];
  readonly uses: NameUse[] = [];
  readonly strings: StringLiteral[] = [];
  readonly comments: Span[] = [];
  readonly syntaxErrors: Span[] = [];
  readonly candidates: Candidate[] = [];
  /** Nodes that give `__all__` its value, in order. */
  readonly exportValues: SyntaxNode[] = [];
  /** `__all__` was changed in a way that is not a literal list. */
  exportsOpen = false;
  private readonly stack: Frame[] = [];
  private readonly lines: number[];

  constructor(
    readonly text: string,
    root: SyntaxNode,
  ) {
    this.lines = lineStarts(text);
    this.openScope('module', -1, root);
    this.stack.push({ node: root, scope: 0, flags: 0, call: null });
  }

  next(): Frame | undefined {
    return this.stack.pop();
  }

  /** Schedules nodes for the walk; they are visited in the given order. */
  push(nodes: readonly SyntaxNode[], from: Frame, change: Partial<Omit<Frame, 'node'>> = {}): void {
    const scope = change.scope ?? from.scope;
    const flags = change.flags ?? from.flags;
    const call = change.call === undefined ? null : change.call;
    for (let i = nodes.length - 1; i >= 0; i--) {
      this.stack.push({ node: nodes[i] as SyntaxNode, scope, flags, call });
    }
  }

  openScope(kind: ScopeKind, parent: number, node: SyntaxNode): number {
    this.scopes.push({
      kind,
      parent,
      span: { start: node.start, end: node.end },
      bindings: [],
      globals: [],
      nonlocals: [],
    });
    return this.scopes.length - 1;
  }

  textOf(node: SyntaxNode): string {
    return this.text.slice(node.start, node.end);
  }

  /** An identifier as Python knows it: names that are equal in normal form NFKC are one name. */
  nameOf(node: SyntaxNode): string {
    const text = this.textOf(node);
    return ASCII.test(text) ? text : text.normalize('NFKC');
  }

  lineOf(offset: number): number {
    return lineIndex(this.lines, offset) + 1;
  }

  /** Binds a name in a scope, or where `global` sends it; a walrus leaves its comprehensions. */
  bind(node: SyntaxNode, kind: BindingKind, frame: Frame, imported?: Binding['imported']): void {
    const name = this.nameOf(node);
    const declared = this.scopes[frame.scope] as MutableScope;
    if (declared.nonlocals.includes(name)) return;
    const scope = declared.globals.includes(name) ? (this.scopes[0] as MutableScope) : declared;
    const uncertain = FLAG.typing | FLAG.guarded | FLAG.conditional;
    const inGlobal = scope !== declared;
    scope.bindings.push({
      name,
      kind,
      span: { start: node.start, end: node.end },
      conditional: inGlobal || (frame.flags & uncertain) !== 0,
      ...(imported ? { imported } : {}),
    });
  }

  /** The nearest scope that is not a comprehension. */
  hoistedScope(scope: number): number {
    let here = scope;
    while (this.scopes[here]?.kind === 'comprehension') here = (this.scopes[here] as MutableScope).parent;
    return here;
  }
}
