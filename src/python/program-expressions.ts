/**
 * Expressions of a program: names, attribute chains, calls and what decides between them; everything else only by its
 * parts. Long sums are flattened with a stack; what is nested deeper than any person writes is left out.
 */
import type { CallExpression, Expression, FunctionCode, Target } from '../core/program.js';
import { childByField, childrenByField, type SyntaxNode } from './syntax.js';
import type { Walk } from './walk.js';

/** Deeper expressions are `null`: nothing is known of them. */
const MAX_DEPTH = 150;

/** What expressions need of the statements around them. */
export interface Context {
  readonly walk: Walk;
  /** Names that the scope of a node binds for itself. */
  locals(node: SyntaxNode): readonly string[];
  lambda(node: SyntaxNode): FunctionCode;
}

export class Expressions {
  private depth = 0;

  constructor(private readonly context: Context) {}

  /** The expression; `null` where importing can observe nothing of it. */
  of(node: SyntaxNode | undefined): Expression | null {
    if (!node || this.depth > MAX_DEPTH) return null;
    this.depth++;
    const found = this.special(node);
    this.depth--;
    return found === undefined ? together(this.parts(node.children)) : found;
  }

  /** All that is evaluated in nodes, in order. */
  all(nodes: readonly SyntaxNode[]): Expression[] {
    return nodes.flatMap((node) => this.of(node) ?? []);
  }

  /** The special expressions below nodes that are themselves only containers. */
  private parts(nodes: readonly SyntaxNode[]): Expression[] {
    const found: Expression[] = [];
    const open = [...nodes].reverse();
    for (let node = open.pop(); node; node = open.pop()) {
      if (!node.named || (node.children.length === 0 && !/^(?:identifier|string_content)$/.test(node.type))) continue;
      this.depth++;
      const special = this.depth > MAX_DEPTH ? null : this.special(node);
      this.depth--;
      if (special) found.push(special);
      else if (special === undefined)
        for (let i = node.children.length - 1; i >= 0; i--) open.push(node.children[i] as SyntaxNode);
    }
    return found;
  }

  /** `undefined` for a node that is nothing but its parts. */
  private special(node: SyntaxNode): Expression | null | undefined {
    const { walk } = this.context;
    switch (node.type) {
      case 'identifier':
        return { kind: 'name', name: walk.nameOf(node), line: walk.lineOf(node.start) };
      case 'attribute':
        return this.attribute(node);
      case 'call':
        return this.call(node);
      case 'subscript':
        return {
          kind: 'item',
          of: this.of(childByField(node, 'value')),
          index: this.index(childrenByField(node, 'subscript')),
          start: node.start,
        };
      case 'lambda':
        return this.lambda(node);
      case 'tuple':
        return this.display(node, 'fixed');
      case 'list':
      case 'set':
      case 'dictionary':
        return this.display(node, 'growing');
      case 'parenthesized_expression':
        return this.of(node.children.find((child) => child.named && child.type !== 'comment'));
      case 'boolean_operator':
      case 'conditional_expression':
        return this.either(node);
      case 'comparison_operator':
        return this.compare(node);
      case 'not_operator':
        return { kind: 'not', of: this.of(childByField(node, 'argument')) };
      case 'named_expression':
        return this.named(node);
      case 'list_splat':
      case 'dictionary_splat':
        return { kind: 'splat', of: this.of(node.children.find(isCode)) };
      case 'yield':
        return { kind: 'yield', of: this.of(node.children.find(isCode)) };
      case 'keyword_argument':
        return this.of(childByField(node, 'value'));
      case 'member_type':
        return this.of(node.children[0]);
      default:
        return /comprehension$|^generator_expression$/.test(node.type) ? this.inner(node) : this.constant(node);
    }
  }

  /** Only what is really empty has no parts: a loop over anything else runs. */
  private display(node: SyntaxNode, display: 'fixed' | 'growing'): Expression {
    const parts = this.parts(node.children);
    const isEmpty = !node.children.some(isCode);
    return { kind: 'all', parts: parts.length > 0 || isEmpty ? parts : [{ kind: 'constant', value: null }], display };
  }

  private constant(node: SyntaxNode): Expression | null | undefined {
    const { walk } = this.context;
    switch (node.type) {
      case 'true':
      case 'false':
        return { kind: 'constant', value: node.type === 'true' };
      case 'none':
        return { kind: 'constant', value: null };
      case 'integer': {
        const value = Number(walk.textOf(node));
        return Number.isSafeInteger(value) ? { kind: 'constant', value } : null;
      }
      case 'string':
        return this.text(node);
      case 'string_content':
        return this.literal(node);
      case 'comment':
      case 'float':
        return null;
      default:
        return undefined;
    }
  }

  /** A string with replacement fields is its parts; bytes are nothing. */
  private text(node: SyntaxNode): Expression | null | undefined {
    if (node.children.some((child) => child.type === 'interpolation')) return undefined;
    const [start, content] = node.children;
    if (start && this.context.walk.textOf(start).toLowerCase().includes('b')) return null;
    if (content?.type === 'string_content') return this.literal(content);
    return { kind: 'constant', value: '', start: start?.end ?? node.start };
  }

  /** Long texts and those with escapes are no names. */
  private literal(content: SyntaxNode): Expression | null {
    const written = this.context.walk.textOf(content);
    const isPlain = written.length < 200 && !written.includes('\\');
    return isPlain ? { kind: 'constant', value: written, start: content.start } : null;
  }

  private attribute(node: SyntaxNode): Expression {
    const { walk } = this.context;
    const name = node.children.at(-1) as SyntaxNode;
    return { kind: 'attribute', of: this.of(node.children[0]), name: walk.nameOf(name), line: walk.lineOf(name.start) };
  }

  private call(node: SyntaxNode): CallExpression {
    const { walk } = this.context;
    const list = childByField(node, 'arguments');
    const given = (list?.type === 'argument_list' ? list.children : list ? [list] : []).filter(isCode);
    const keywords = given.filter((argument) => argument.type === 'keyword_argument');
    return {
      kind: 'call',
      callee: this.of(childByField(node, 'function')),
      args: given.filter((argument) => argument.type !== 'keyword_argument').map((argument) => this.of(argument)),
      keywords: keywords.map((argument) => this.keyword(argument)),
      line: walk.lineOf(node.start),
      start: node.start,
    };
  }

  keyword(argument: SyntaxNode): { name: string; value: Expression | null } {
    const name = childByField(argument, 'name');
    return { name: name ? this.context.walk.textOf(name) : '', value: this.of(childByField(argument, 'value')) };
  }

  private lambda(node: SyntaxNode): Expression {
    const defaults = (childByField(node, 'parameters')?.children ?? []).flatMap(
      (each) => childByField(each, 'value') ?? [],
    );
    const made: Expression = { kind: 'lambda', code: this.context.lambda(node) };
    const before = this.all(defaults);
    return before.length > 0 ? { kind: 'all', parts: [...before, made] } : made;
  }

  private either(node: SyntaxNode): Expression {
    const operands = node.children.filter(isCode);
    if (node.type === 'conditional_expression') {
      const [yes, test, no] = operands;
      return { kind: 'either', operator: 'if', parts: [this.of(test), this.of(yes), this.of(no)] };
    }
    const operator = node.children.some((child) => child.type === 'and') ? 'and' : 'or';
    return { kind: 'either', operator, parts: operands.map((operand) => this.of(operand)) };
  }

  /** Chained comparisons decide nothing here. */
  private compare(node: SyntaxNode): Expression | null | undefined {
    const operands = node.children.filter(isCode);
    const operators = childrenByField(node, 'operators');
    const [left, right] = operands;
    if (operands.length !== 2 || operators.length === 0) return undefined;
    const operator = operators.map((each) => this.context.walk.textOf(each)).join(' ');
    return { kind: 'compare', operator, left: this.of(left), right: this.of(right) };
  }

  /** The grammar takes the format specification of f'{name:=10}' for a walrus. */
  private named(node: SyntaxNode): Expression | null {
    const name = childByField(node, 'name');
    if (!name || node.parent?.type === 'interpolation') return this.of(name);
    return { kind: 'bind', name: this.context.walk.nameOf(name), value: this.of(childByField(node, 'value')) };
  }

  /** A generator expression evaluates only its first iterable until somebody asks for elements. */
  private inner(node: SyntaxNode): Expression {
    const clauses = node.children.filter((child) => child.type === 'for_in_clause');
    const [first, ...others] = clauses.flatMap((clause) => childrenByField(clause, 'right'));
    const rest = node.children.filter((child) => isCode(child) && child.type !== 'for_in_clause');
    const runs = node.type !== 'generator_expression' || node.parent?.type === 'call';
    const parts = runs
      ? this.parts([...others, ...rest.filter(isCondition), ...rest.filter((each) => !isCondition(each))])
      : [];
    return { kind: 'inner', names: this.context.locals(node), first: this.of(first), parts };
  }

  private index(nodes: readonly SyntaxNode[]): Expression | null {
    const parts = this.all(nodes);
    return parts.length === 1 ? (parts[0] as Expression) : together(parts);
  }

  /** What an assignment, a loop or a `with` item writes to. */
  targets(node: SyntaxNode | undefined): Target[] {
    const found: Target[] = [];
    const open = node ? [node] : [];
    for (let here = open.pop(); here; here = open.pop()) {
      if (here.type === 'identifier') found.push({ kind: 'name', name: this.context.walk.nameOf(here) });
      else if (here.type === 'attribute') found.push(this.attribute(here) as Target);
      else if (here.type === 'subscript') found.push(this.special(here) as Target);
      else
        for (let i = here.children.length - 1; i >= 0; i--)
          if (here.children[i]?.named) open.push(here.children[i] as SyntaxNode);
    }
    return found;
  }
}

function isCondition(node: SyntaxNode): boolean {
  return node.type === 'if_clause';
}

function isCode(node: SyntaxNode): boolean {
  return node.named && node.type !== 'comment';
}

function together(parts: readonly Expression[]): Expression | null {
  return parts.length === 0 ? null : { kind: 'all', parts };
}
