/** What a text is given to: the call, the keys and the list around it, and the program that is started there. */
import type { ScriptPlace } from '../core/mentions/script.js';
import { isJoin, isSamePath, isSum, isUrl, plainText } from './bases.js';
import {
  dottedChain,
  isCall,
  isNode,
  isTransparent,
  keyName,
  listOf,
  type Node,
  type Parent,
  propertyOf,
  type Tree,
  unwrapped,
} from './tree.js';

/** A place, and the nodes that it was read from. */
export interface Stand {
  readonly place: ScriptPlace;
  readonly call: Node | null;
  /** Object literals that lead to it, innermost first. */
  readonly objects: readonly Node[];
}

/** @param root the outermost node of a text: the whole sum, the template, the literal */
export function standOf(tree: Tree, root: Node): Stand {
  const climb = new Climb(tree);
  climb.from(root);
  return { place: climb.place(), call: climb.call, objects: climb.objects };
}

const PROGRAM_KEYS = ['command', 'cmd', 'interpreter', 'program', 'pythonPath', 'executable', 'python', 'script'];

class Climb {
  call: Node | null = null;
  readonly objects: Node[] = [];
  private argument: number | null = null;
  private callee: string | null = null;
  private readonly keys: string[] = [];
  private preceding: string[] | null = null;
  private role: ScriptPlace['role'] = 'value';
  private hops = 0;

  constructor(private readonly tree: Tree) {}

  from(root: Node): void {
    let node: Node | null = root;
    while (node) {
      const parent = this.tree.parent(node);
      node = parent ? this.step(node, parent) : null;
    }
  }

  place(): ScriptPlace {
    return {
      callee: this.callee,
      argument: this.argument,
      keys: this.keys,
      preceding: this.preceding ?? [],
      command: this.command(),
      role: this.role,
    };
  }

  /** The node to go on with, or `null` at the end of the way. */
  private step(node: Node, { node: above, property, index }: Parent): Node | null {
    if (isTransparent(above) || /^(?:ConditionalExpression|LogicalExpression)$/.test(above.type))
      return property === 'test' ? null : above;
    if (above.type === 'SpreadElement' || above.type === 'ObjectExpression') return above;
    if (above.type === 'ArrayExpression') {
      this.preceding ??= this.told(elementsBefore(above, 'elements', index));
      return above;
    }
    if (above.type === 'ObjectProperty' || above.type === 'ClassProperty') return this.property(node, above, property);
    if (isCall(above)) return property === 'arguments' ? this.given(above, index) : null;
    if (above.type === 'VariableDeclarator') return property === 'init' ? this.variable(above) : null;
    this.end(above, property);
    return null;
  }

  private property(node: Node, above: Node, property: string): Node | null {
    if (property !== 'value') {
      if (property === 'key') this.role = 'key';
      return null;
    }
    this.keys.unshift(keyName(above) ?? '');
    const object = this.tree.parent(above)?.node;
    if (object?.type === 'ObjectExpression') this.objects.push(object);
    return object?.type === 'ObjectExpression' && node !== object ? object : null;
  }

  private given(call: Node, index: number): Node | null {
    if (index > 0 && isUrl(call)) return null;
    if (isJoin(call) || isSamePath(call) || isUrl(call)) return call;
    this.call = call;
    this.argument = index;
    this.callee = isNode(call.callee) ? dottedChain(call.callee) : null;
    if (this.callee === 'require' || this.callee === 'import') this.role = 'source';
    this.preceding ??= this.told(elementsBefore(call, 'arguments', index));
    return null;
  }

  /** A constant that one place uses is given to what that gives it to. */
  private variable(declarator: Node): Node | null {
    const declaration = this.tree.parent(declarator)?.node;
    const isExported = declaration && this.tree.parent(declaration)?.node.type === 'ExportNamedDeclaration';
    const { id } = declarator;
    if (!isNode(id) || id.type !== 'Identifier' || isExported || this.hops++ > 8) return null;
    return this.tree.constant(String(id.name)) ? this.tree.onlyUse(String(id.name)) : null;
  }

  private end(above: Node, property: string): void {
    if (property === 'source') this.role = 'source';
    else if (above.type === 'TSLiteralType') this.role = 'type';
    else if (/MemberExpression$/.test(above.type)) this.role = 'key';
    else if (above.type === 'JSXAttribute') this.keys.unshift(String((above.name as { name?: unknown }).name ?? ''));
    else if (above.type === 'TaggedTemplateExpression') this.callee = isNode(above.tag) ? tagOf(above.tag) : null;
  }

  private told(nodes: readonly Node[]): string[] {
    return nodes.map((node) => told(this.tree, node));
  }

  private command(): string | null {
    for (const object of this.objects.slice(0, 1)) {
      const program = PROGRAM_KEYS.map((key) => propertyOf(object, key)).find((value) => value !== null);
      if (program && program.type !== 'ArrayExpression') return told(this.tree, program);
    }
    const given = this.call ? listOf(this.call, 'arguments') : [];
    if (this.argument !== 0) return given[0] ? told(this.tree, given[0]) : null;
    const program = given.map((each) => propertyOf(each, 'execPath') ?? propertyOf(each, 'pythonPath'));
    const own = program.find((each) => each !== null);
    return own ? told(this.tree, own) : null;
  }
}

function tagOf(tag: Node): string | null {
  const call = isCall(tag) && isNode(tag.callee) ? tag.callee : tag;
  return dottedChain(call);
}

/** Programs and their flags stand close together; lists of thousands are data. */
const NEAR = 12;

function elementsBefore(list: Node, property: 'elements' | 'arguments', index: number): Node[] {
  const elements = list[property];
  return Array.isArray(elements) ? elements.slice(Math.max(0, index - NEAR), index).filter(isNode) : [];
}

const LONGEST = 200;

/** A text as it is, through constants; anything else as `${its source}`. */
function told(tree: Tree, node: Node, depth = 0): string {
  const here = unwrapped(node);
  const plain = plainText(here);
  if (plain !== null) return plain;
  const value = here.type === 'Identifier' ? tree.constant(String(here.name)) : null;
  const known = value && depth < 8 && !isSum(value) ? told(tree, value, depth + 1) : null;
  return known !== null && !known.startsWith('${') ? known : `\${${tree.text(here).slice(0, LONGEST)}}`;
}
