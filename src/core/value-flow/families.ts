/** Classes that share objects: those that derive from one another, however far. */
import { addTo } from './call-index.js';
import type { CallSite, ClassNode, FileFlow, Node } from './model.js';

/** Bases from outside that keep nothing of what their objects are given. */
const EMPTY_BASES = /^!(?:object|(?:typing\.|typing_extensions\.)?(?:Generic|Protocol)|abc\.ABC)$/;

/** Bases from outside whose objects are given something else than the values of attributes. */
const OWN_MAKING = /^!types\.ModuleType$/;

export class Families {
  private readonly roots = new Map<Node, Node>();
  private readonly classes = new Map<Node, ClassNode>();
  private readonly bases = new Map<Node, readonly Node[]>();
  private readonly below = new Map<Node, Node[]>();
  private readonly sharing = new Map<Node, Set<Node>>();
  private readonly open = new Set<Node>();
  private readonly madeOtherwise = new Set<Node>();
  private readonly methods = new Map<Node, Map<string, Node[]>>();
  private readonly named = new Map<Node, Set<string>>();
  private readonly reads = new Map<Node, { readonly name: string; readonly family: Node | null }>();

  constructor(files: readonly FileFlow[]) {
    const sources = sourcesOf(files);
    for (const { classes, methods, reads } of files) {
      for (const each of classes) this.classes.set(each.node, each);
      for (const { family, name, node } of methods) this.addMethod(family, name, node);
      for (const read of reads) this.reads.set(read.node, read);
    }
    for (const each of this.classes.values()) this.relate(each, sources);
    for (const each of [...this.open]) this.open.add(this.root(each));
    for (const [family, members] of this.methods) {
      const names = this.named.get(this.root(family)) ?? new Set();
      for (const name of members.keys()) names.add(name);
      this.named.set(this.root(family), names);
    }
  }

  isOpen(made: Node): boolean {
    return this.open.has(this.root(made));
  }

  /** Classes whose code may run for an object of this one's code: those that some class has among its bases with it. */
  related(made: Node): ReadonlySet<Node> {
    let found = this.sharing.get(made);
    if (!found) {
      found = new Set(this.derived(made));
      for (const each of found) for (const base of this.bases.get(each) ?? []) found.add(base);
      this.sharing.set(made, found);
    }
    return found;
  }

  /** Objects keep what they are made with, under names that the class lists: data classes, named tuples. */
  hasFields(made: Node): boolean {
    return !this.madeOtherwise.has(made) && this.members(made, ['__init__', '__new__']).length === 0;
  }

  /** A class and those that derive from it, however far. */
  derived(made: Node): Node[] {
    const found = new Set([made]);
    for (const each of found) for (const next of this.below.get(each) ?? []) found.add(next);
    return [...found];
  }

  isOwnMethod({ callee, method }: CallSite): boolean {
    const family = callee.map((node) => this.reads.get(node)?.family).find((each) => each);
    if (!family || method === null) return false;
    return !this.isOpen(family) || (this.named.get(this.root(family))?.has(method) ?? false);
  }

  /** Methods of these names that a class has itself; else those of its bases. */
  members(made: Node, names: readonly string[], seen = new Set<Node>()): Node[] {
    if (seen.has(made)) return [];
    seen.add(made);
    const own = names.flatMap((name) => this.methods.get(made)?.get(name) ?? []);
    if (own.length > 0) return own;
    return (this.bases.get(made) ?? []).flatMap((base) => this.members(base, names, seen));
  }

  private addMethod(family: Node, name: string, node: Node): void {
    const members = this.methods.get(family) ?? new Map<string, Node[]>();
    this.methods.set(family, members);
    members.set(name, [...(members.get(name) ?? []), node]);
  }

  private relate({ node, bases }: ClassNode, sources: ReadonlyMap<Node, readonly Node[]>): void {
    const found: Node[] = [];
    for (const base of bases) {
      const reached = reach(base, sources);
      const known = [...reached].filter((each) => this.classes.has(each));
      found.push(...known);
      if ([...reached].some((each) => OWN_MAKING.test(each))) this.madeOtherwise.add(node);
      if (known.length === 0 && ![...reached].some((each) => EMPTY_BASES.test(each))) this.open.add(node);
    }
    this.bases.set(node, found);
    for (const base of found) {
      this.unite(node, base);
      this.below.set(base, [...(this.below.get(base) ?? []), node]);
    }
  }

  private unite(a: Node, b: Node): void {
    const [first, second] = [this.root(a), this.root(b)];
    if (first !== second) this.roots.set(first, second);
  }

  private root(node: Node): Node {
    let here = node;
    for (let next = this.roots.get(here); next !== undefined; next = this.roots.get(here)) here = next;
    return here;
  }
}

function sourcesOf(files: readonly FileFlow[]): Map<Node, Node[]> {
  const sources = new Map<Node, Node[]>();
  for (const { edges } of files) for (const { from, to } of edges) addTo(sources, to, from);
  return sources;
}

function reach(from: readonly Node[], sources: ReadonlyMap<Node, readonly Node[]>): Set<Node> {
  const seen = new Set(from);
  for (const node of seen) for (const next of sources.get(node) ?? []) seen.add(next);
  return seen;
}
