/** One file's part of the value flow while it is being read. */
import type { Frame } from './frames.js';
import {
  type Argument,
  type AttributeRead,
  type CallSite,
  type ClassNode,
  type Edge,
  type FileFlow,
  type FunctionNode,
  type Literal,
  literalNode,
  type Node,
  type SelfName,
} from './model.js';

export class Draft implements FileFlow {
  readonly edges: Edge[] = [];
  readonly changes: [value: Node, object: Node][] = [];
  readonly literals = new Map<Node, Literal>();
  readonly containers: Node[] = [];
  readonly joined: Node[] = [];
  readonly selfNames = new Map<Node, SelfName>();
  readonly within = new Map<Node, Node>();
  readonly calls: CallSite[] = [];
  readonly reads: AttributeRead[] = [];
  readonly functions: FunctionNode[] = [];
  readonly classes: ClassNode[] = [];
  readonly methods: { family: Node; name: string; node: Node }[] = [];
  readonly asked = new Map<number, readonly Node[]>();
  readonly called = new Map<number, string>();
  private count = 0;

  constructor(readonly path: string) {}

  edge(from: Node, to: Node): void {
    if (from !== to) this.edges.push({ from, to });
  }

  flow(from: readonly Node[], to: Node): void {
    for (const node of from) this.edge(node, to);
  }

  /** A node that nothing else names. */
  named(kind: string): Node {
    return `${this.path}#${kind}${this.count++}`;
  }

  fresh(frame: Frame): Node {
    return this.owned(this.named(''), frame);
  }

  /** A node of the function whose code the frame belongs to. */
  owned(node: Node, { within }: Frame): Node {
    if (within !== null) this.within.set(node, within);
    return node;
  }

  literal(start: number, value: string): Node {
    const node = literalNode(this.path, start);
    this.literals.set(node, { path: this.path, start, value });
    return node;
  }

  /** Something that is made of these; to a container more may be added. */
  container(values: readonly Node[], display: 'fixed' | 'growing' | null, frame: Frame): readonly Node[] {
    if (values.length === 0 && display !== 'growing') return [];
    const node = this.fresh(frame);
    this.flow(values, node);
    if (display === 'growing') this.containers.push(node);
    if (display === null) this.joined.push(node);
    return [node];
  }

  /** What a decorator makes of a function or a class. */
  decorated(callee: readonly Node[], values: readonly Node[], frame: Frame): Node {
    const result = this.fresh(frame);
    const args = [{ values, position: 0 }];
    this.calls.push({ callee, receiver: [], method: null, args, result, implied: false });
    return result;
  }

  /** A special method that runs without being named. */
  impliedCall(receiver: readonly Node[], method: string, args: readonly Argument[], frame: Frame): Node {
    const callee = this.fresh(frame);
    this.reads.push({ node: callee, of: receiver, name: method, family: null, implied: true });
    const result = this.fresh(frame);
    this.calls.push({ callee: [callee], receiver, method, args, result, implied: true });
    return result;
  }

  /** What a loop or a `with` gets out of something: its parts, or what these methods of its class give. */
  elements(values: readonly Node[], frame: Frame, ...methods: readonly string[]): readonly Node[] {
    if (values.length === 0) return [];
    return [...values, ...methods.map((method) => this.impliedCall(values, method, [], frame))];
  }
}
