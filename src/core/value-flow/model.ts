/**
 * Value flow: which string literals may arrive where. Nodes are variables, attributes, parameters and results; an edge says
 * that what is in one node may be in another. Containers and what they hold are one node; attributes are told apart by
 * their name and the family of classes that share it. The search keeps calls apart by their callers.
 *
 * An inclusion-based analysis as in Andersen, "Program Analysis and Specialization for the C Programming Language" (1994),
 * chapter 4, field-based, and searched from the end that is asked about.
 */

/** Names a node; unique in the whole repository. */
export type Node = string;

/** A string as it is written. `start` is the offset of its content in the unit's text. */
export interface Literal {
  readonly path: string;
  readonly start: number;
  readonly value: string;
}

export interface Edge {
  readonly from: Node;
  readonly to: Node;
}

export interface Argument {
  readonly values: readonly Node[];
  /** Index, keyword, or `null` for `*x` and `**x`. */
  readonly position: number | string | null;
}

export interface CallSite {
  readonly callee: readonly Node[];
  /** `x` and `m` of `x.m(...)`. */
  readonly receiver: readonly Node[];
  readonly method: string | null;
  readonly args: readonly Argument[];
  readonly result: Node;
  /** A loop, a `with` or a subscript makes it: of objects whose class is known to have the method. */
  readonly implied: boolean;
}

/** `x.name`; the name may end in `*` where only its beginning is known. */
export interface AttributeRead {
  readonly node: Node;
  readonly of: readonly Node[];
  readonly name: string;
  /** The class whose object `x` is, where it is the method's own. */
  readonly family: Node | null;
  readonly implied: boolean;
}

export interface FunctionNode {
  readonly node: Node;
  readonly name: string;
  /** Parameters by position, the object itself included. */
  readonly parameters: readonly Node[];
  readonly byName: ReadonlyMap<string, Node>;
  readonly rest: readonly Node[];
  readonly result: Node;
  /** The class whose objects it is taken from; they become its first parameter. */
  readonly owner: Node | null;
  /** It is bound when it is taken from a class as well: a class method. */
  readonly ofClass: boolean;
}

export interface ClassNode {
  readonly node: Node;
  readonly bases: readonly (readonly Node[])[];
}

/** Whose place something names: that of a file, where the module itself is handed along or says its name; or of anything (`null`). */
export type SelfName = string | null;

const SELF_NAMES = /^__(?:name|package|spec|module)__$/;

export const namesItself = (name: string): boolean => SELF_NAMES.test(name);

/** What one file contributes. */
export interface FileFlow {
  readonly edges: readonly Edge[];
  /** Values that become part of an object that is already there. */
  readonly changes: readonly (readonly [value: Node, object: Node])[];
  readonly literals: ReadonlyMap<Node, Literal>;
  /** Lists, dictionaries and the like, where they are made. */
  readonly containers: readonly Node[];
  /** Sums, formatted strings and the like: what they are made of is part of one value. */
  readonly joined: readonly Node[];
  /** Where code reads what something says of its own place. */
  readonly selfNames: ReadonlyMap<Node, SelfName>;
  /** The function whose code a node belongs to; absent for those that all of the repository shares. */
  readonly within: ReadonlyMap<Node, Node>;
  readonly calls: readonly CallSite[];
  readonly reads: readonly AttributeRead[];
  readonly functions: readonly FunctionNode[];
  readonly classes: readonly ClassNode[];
  readonly methods: readonly { readonly family: Node; readonly name: string; readonly node: Node }[];
  /** By the offset where a call or a subscript starts: all that decides its value. */
  readonly asked: ReadonlyMap<number, readonly Node[]>;
  /** By the same offset: the last name of what is called. */
  readonly called: ReadonlyMap<number, string>;
}

export const literalNode = (path: string, start: number): Node => `${path}#"${start}`;

/** The objects of a class have an attribute; without a family, any object. */
export const attributeNode = (name: string, family: Node | null): Node =>
  family === null ? `.${name}` : `.${name}@${family}`;
