/** A tree as jscodeshift's parsers give it, with the way up, and what its names are bound to. Walks without recursion. */

export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [property: string]: unknown;
}

/** Where a node hangs: under which property, and at which index of a list. */
export interface Parent {
  readonly node: Node;
  readonly property: string;
  readonly index: number;
}

export class Tree {
  /** All nodes, parents before children, in text order. */
  readonly nodes: readonly Node[];
  private readonly parents = new Map<Node, Parent>();
  private readonly constants = new Map<string, Node>();
  private readonly bound = new Map<string, number>();
  private readonly uses = new Map<string, Node[]>();

  constructor(
    root: Node,
    readonly source: string,
  ) {
    this.nodes = this.walked(root);
    for (const node of this.nodes) this.learn(node);
  }

  parent(node: Node): Parent | undefined {
    return this.parents.get(node);
  }

  text(node: Node): string {
    return this.source.slice(node.start, node.end);
  }

  /** What a name stands for that is bound once in the file, by `const`. */
  constant(name: string): Node | null {
    return this.bound.get(name) === 1 ? (this.constants.get(name) ?? null) : null;
  }

  /** The one place that uses such a name. */
  onlyUse(name: string): Node | null {
    const uses = this.bound.get(name) === 1 ? (this.uses.get(name) ?? []) : [];
    return uses.length === 1 ? (uses[0] as Node) : null;
  }

  private walked(root: Node): Node[] {
    const nodes: Node[] = [];
    const open = [root];
    for (let node = open.pop(); node; node = open.pop()) {
      nodes.push(node);
      open.push(...this.children(node).reverse());
    }
    return nodes;
  }

  private children(node: Node): Node[] {
    const children: Node[] = [];
    for (const [property, value] of Object.entries(node)) {
      if (BESIDES.has(property) || typeof value !== 'object' || value === null) continue;
      const list = Array.isArray(value) ? value : [value];
      for (const [index, child] of list.entries()) {
        if (!isNode(child)) continue;
        this.parents.set(child, { node, property, index });
        children.push(child);
      }
    }
    return children.sort((a, b) => a.start - b.start);
  }

  private learn(node: Node): void {
    if (node.type === 'VariableDeclarator' && isNode(node.id) && isNode(node.init)) {
      const isConstant = this.parent(node)?.node.kind === 'const';
      if (node.id.type === 'Identifier' && isConstant) this.constants.set(node.id.name as string, node.init);
    }
    if (node.type !== 'Identifier') return;
    const name = node.name as string;
    const way = this.bindingWay(node);
    if (way === 'binding') this.bound.set(name, (this.bound.get(name) ?? 0) + 1);
    else if (way === 'use') this.use(name, node);
  }

  private use(name: string, node: Node): void {
    const uses = this.uses.get(name);
    if (uses) uses.push(node);
    else this.uses.set(name, [node]);
  }

  /** Whether an identifier binds its name, uses it, or is only called so. */
  private bindingWay(node: Node): 'binding' | 'use' | 'label' {
    const parent = this.parent(node);
    if (!parent) return 'use';
    const { node: above, property } = parent;
    if (MEMBERS.test(above.type) && property === 'property' && above.computed !== true) return 'label';
    if (property === 'key' && above.computed !== true) return 'label';
    if (property === 'imported' || property === 'exported' || property === 'label') return 'label';
    return this.isPattern(node) ? 'binding' : 'use';
  }

  private isPattern(node: Node): boolean {
    let here = node;
    for (let parent = this.parent(here); parent; parent = this.parent(here)) {
      const { node: above, property } = parent;
      if (property === 'params' || property === 'param' || property === 'local') return true;
      if (property === 'id') return /Declarator|Declaration|Expression$|^TS/.test(above.type);
      if (above.type === 'AssignmentExpression' || above.type === 'UpdateExpression')
        return property === 'left' || property === 'argument';
      const isInside = PATTERNS.has(above.type) || (above.type === 'ObjectProperty' && property === 'value');
      if (!isInside || (above.type === 'AssignmentPattern' && property === 'right')) return false;
      here = above;
    }
    return false;
  }
}

const BESIDES: ReadonlySet<string> = new Set([
  'loc',
  'tokens',
  'comments',
  'leadingComments',
  'trailingComments',
  'innerComments',
  'errors',
  'extra',
]);
const MEMBERS = /^(?:Optional)?MemberExpression$/;
const PATTERNS: ReadonlySet<string> = new Set(['ObjectPattern', 'ArrayPattern', 'AssignmentPattern', 'RestElement']);

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** The nodes of a list property; holes are left out. */
export function listOf(node: Node, property: string): Node[] {
  const value = node[property];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

const WRAPPERS = /^(?:TSAsExpression|TSSatisfiesExpression|TSNonNullExpression|TSTypeAssertion|TypeCastExpression)$/;
const TRANSPARENT = /^(?:ParenthesizedExpression|AwaitExpression|ChainExpression|JSXExpressionContainer)$/;

/** Whether a node stands for the value of the one in it. */
export function isTransparent({ type }: Node): boolean {
  return WRAPPERS.test(type) || TRANSPARENT.test(type);
}

/** An expression without what only wraps it. */
export function unwrapped(node: Node): Node {
  let here = node;
  while (isTransparent(here)) {
    const inner = here.expression ?? here.argument;
    if (!isNode(inner)) return here;
    here = inner;
  }
  return here;
}

export function isCall({ type }: Node): boolean {
  return /^(?:Optional)?CallExpression$|^NewExpression$/.test(type);
}

/** `child_process.spawn`, `this.run`, `lambda.Function`; `null` where it is no plain chain. */
export function dottedChain(node: Node): string | null {
  const names: string[] = [];
  let here = unwrapped(node);
  while (MEMBERS.test(here.type)) {
    const { property, object, computed } = here;
    if (computed === true || !isNode(property) || !isNode(object)) return null;
    names.unshift(String(property.name ?? ''));
    here = unwrapped(object);
  }
  if (here.type === 'Identifier') return [String(here.name), ...names].join('.');
  if (here.type === 'ThisExpression') return ['this', ...names].join('.');
  if (here.type === 'Import') return 'import';
  if (here.type === 'MetaProperty') return ['import.meta', ...names].join('.');
  const module = requiredModule(here);
  if (module !== null) return [module, ...names].join('.');
  // What a call gives has methods all the same.
  return names.length > 0 ? `?.${names.join('.')}` : null;
}

/** `path` of `require('node:path')`. */
function requiredModule(node: Node): string | null {
  if (!isCall(node) || !isNode(node.callee) || node.callee.name !== 'require') return null;
  const [module] = listOf(node, 'arguments');
  return module?.type === 'StringLiteral' ? String(module.value).replace(/^node:/, '') : null;
}

/** The name of a property of an object or a class, where it is written out. */
export function keyName(node: Node): string | null {
  const { key } = node;
  if (!isNode(key)) return null;
  if (key.type === 'Identifier' && node.computed !== true) return String(key.name);
  return key.type === 'StringLiteral' ? String(key.value) : null;
}

/** The value of a property of an object literal. */
export function propertyOf(object: Node, name: string): Node | null {
  let values = properties.get(object);
  if (!values) {
    values = new Map();
    for (const property of listOf(object, 'properties')) {
      const key = keyName(property);
      if (key !== null && isNode(property.value) && !values.has(key)) values.set(key, property.value);
    }
    properties.set(object, values);
  }
  return values.get(name) ?? null;
}

/** Tables of thousands of entries are asked for each of their texts. */
const properties = new WeakMap<Node, Map<string, Node>>();
