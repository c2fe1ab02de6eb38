/** All files' nodes, numbered, with the edges that no call decides. */
import type { Families } from './families.js';
import { type AttributeRead, attributeNode, type FileFlow, type Node } from './model.js';

export type Id = number;

export class Graph {
  /** By node: where what is in it may come from. */
  readonly sources: Id[][] = [];
  /** By node: objects that strings in it may come from, as parts of them. */
  readonly owners: Id[][] = [];
  /** By node: where what is in it may go. */
  readonly targets: Id[][] = [];
  /** What comes from outside the repository. */
  readonly isOutside = new Set<Id>();
  /** Attributes, and variables of modules: code that is not followed may read them. */
  readonly isShared = new Set<Id>();
  /** What is read by the name of an attribute, of an object that may be anything. */
  readonly byName = new Set<Id>();
  /** Attributes of the objects of a family of classes. */
  readonly attributes = new Map<Id, { readonly name: string; readonly made: Node }>();
  private readonly ids = new Map<Node, Id>();
  private readonly files: (string | null)[] = [];
  /** Attributes by their name, and the class whose objects have them. */
  private readonly owned = new Map<string, Map<Node, Id>>();
  /** Attributes of anything. */
  private readonly unowned: (readonly [name: string, id: Id])[] = [];
  private readonly beginnings: AttributeRead[] = [];
  /** Reads of attributes with computed names. */
  private readonly computed: AttributeRead[] = [];

  constructor(
    files: readonly FileFlow[],
    private readonly families: Families,
  ) {
    for (const { edges } of files) for (const { from, to } of edges) this.edge(this.id(from), this.id(to));
    for (const { reads } of files) for (const read of reads) this.read(read);
    for (const read of this.beginnings) this.readBeginning(read);
    for (const read of this.computed) this.readAny(read);
  }

  id(node: Node): Id {
    let id = this.ids.get(node);
    if (id === undefined) {
      id = this.sources.push([]) - 1;
      this.ids.set(node, id);
      const end = node.indexOf('#');
      this.files.push(end === -1 || node.startsWith('.') ? null : node.slice(0, end));
      this.targets.push([]);
      this.owners.push([]);
      if (node.startsWith('!')) this.isOutside.add(id);
      if (node.startsWith('.') || node.includes('#:')) this.isShared.add(id);
      if (node.startsWith('.')) this.addAttribute(node, id);
    }
    return id;
  }

  idsOf(nodes: readonly Node[]): Id[] {
    return nodes.map((node) => this.id(node));
  }

  /** The file whose code a node stands for; `null` for attributes and what is outside. */
  fileOf(id: Id): string | null {
    return this.files[id] ?? null;
  }

  /** An attribute is known to those who read it by its name only. */
  private addAttribute(node: Node, id: Id): void {
    const at = node.indexOf('@');
    const name = node.slice(1, at === -1 ? undefined : at);
    if (at === -1) this.unowned.push([name, id]);
    else {
      const made = node.slice(at + 1);
      this.attributes.set(id, { name, made });
      const owned = this.owned.get(name) ?? new Map<Node, Id>();
      this.owned.set(name, owned.set(made, id));
    }
    if (name !== '*') this.edge(id, this.id(`?${name}`));
  }

  /** Attributes of a name, of the classes that share objects with one, in the order in which they became known. */
  private attributesOf(name: string, family: Node): Id[] {
    const related = this.families.related(family);
    const owned = this.owned.get(name) ?? new Map<Node, Id>();
    if (related.size < owned.size) return [...related].flatMap((made) => owned.get(made) ?? []).sort((a, b) => a - b);
    return [...owned].flatMap(([made, id]) => (related.has(made) ? id : []));
  }

  private edge(from: Id, to: Id): void {
    if (from === to || this.sources[to]?.includes(from)) return;
    (this.sources[to] as Id[]).push(from);
    (this.targets[from] as Id[]).push(to);
  }

  private read(read: AttributeRead): void {
    const { node, of, name, family, implied } = read;
    const to = this.id(node);
    if (name === '*') this.computed.push(read);
    else if (name.endsWith('*')) this.beginnings.push(read);
    else if (family !== null) {
      this.edge(this.id(attributeNode(name, family)), to);
      for (const attribute of this.attributesOf(name, family)) this.edge(attribute, to);
      this.edge(this.id(attributeNode(name, null)), to);
      (this.owners[to] as Id[]).push(...this.attributesOf('*', family));
    } else if (!implied && !isSpecial(name)) this.edge(this.id(`?${name}`), to);
    if (family === null) this.byName.add(to);
    if (implied || (family !== null && !this.families.isOpen(family))) return;
    for (const owner of of) (this.owners[to] as Id[]).push(this.id(owner));
  }

  /** Of an object whose class is known, any attribute of that. */
  private readAny({ node, family }: AttributeRead): void {
    if (family === null) return;
    const owners = this.owners[this.id(node)] as Id[];
    for (const name of this.owned.keys()) owners.push(...this.attributesOf(name, family));
  }

  private readBeginning({ node, name }: AttributeRead): void {
    const beginning = name.slice(0, -1);
    const to = this.id(node);
    for (const [attribute, owned] of this.owned)
      if (attribute.startsWith(beginning)) for (const id of owned.values()) this.edge(id, to);
    for (const [attribute, id] of this.unowned) if (attribute.startsWith(beginning)) this.edge(id, to);
  }
}

/** Names of special methods say nothing: most classes have them. */
export function isSpecial(name: string): boolean {
  return /^__\w+__$/.test(name);
}
