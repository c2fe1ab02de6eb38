/** Functions, lambdas and classes of a program: what happens where they are defined, and the code that may run later. */
import type { Block, Expression, FunctionCode, Step } from '../core/program.js';
import { Expressions } from './program-expressions.js';
import { positionalName, restName, yields } from './program-names.js';
import { childByField, childrenByField, type SyntaxNode } from './syntax.js';
import type { Walk } from './walk.js';

/** Where a statement stands: annotations are evaluated in modules and classes only. */
export type Place = 'module' | 'class' | 'function';

export class Definitions {
  readonly expressions: Expressions;
  /** Annotations are not evaluated at all. */
  readonly postponed: boolean;
  private readonly scopes = new Map<string, number>();

  constructor(
    private readonly walk: Walk,
    private readonly block: (node: SyntaxNode | undefined, place: Place) => Block,
  ) {
    for (const [index, { kind, span }] of walk.scopes.entries())
      this.scopes.set(`${kind === 'function' || kind === 'class' ? kind : 'inner'}:${span.start}:${span.end}`, index);
    this.postponed = walk.imports.some(
      ({ module, names }) => module === '__future__' && names.some(({ name }) => name === 'annotations'),
    );
    this.expressions = new Expressions({
      walk,
      locals: (node) => this.locals('inner', node),
      lambda: (node) => this.lambda(node),
    });
  }

  functionStep(node: SyntaxNode, decorators: readonly (Expression | null)[]): Step {
    const name = childByField(node, 'name');
    const list = childByField(node, 'parameters');
    const annotated = !this.postponed && !childByField(node, 'type_parameters');
    const defaults = (list?.children ?? []).flatMap((each) => childByField(each, 'value') ?? []);
    const types = (list?.children ?? []).flatMap((each) => childByField(each, 'type') ?? []);
    const returns = childrenByField(node, 'return_type');
    const code = this.functionCode(node, name ? this.walk.nameOf(name) : '', childByField(node, 'body'), list);
    return {
      kind: 'function',
      code,
      decorators,
      before: this.expressions.all(annotated ? [...defaults, ...types, ...returns] : defaults),
    };
  }

  private functionCode(
    node: SyntaxNode,
    name: string,
    body: SyntaxNode | undefined,
    list: SyntaxNode | undefined,
  ): FunctionCode {
    return {
      name,
      line: this.walk.lineOf(node.start),
      parameters: (list?.children ?? []).flatMap((each) => positionalName(this.walk, each)),
      rest: (list?.children ?? []).flatMap((each) => restName(this.walk, each)),
      locals: this.locals('function', node),
      body: this.block(body, 'function'),
      deferred: node.children[0]?.type === 'async' || (body !== undefined && yields(body)),
    };
  }

  private lambda(node: SyntaxNode): FunctionCode {
    const list = childByField(node, 'parameters');
    const line = this.walk.lineOf(node.start);
    return {
      name: '<lambda>',
      line,
      parameters: (list?.children ?? []).flatMap((each) => positionalName(this.walk, each)),
      rest: (list?.children ?? []).flatMap((each) => restName(this.walk, each)),
      locals: this.locals('inner', node),
      body: [{ kind: 'return', value: this.expressions.of(childByField(node, 'body')), line }],
      deferred: false,
    };
  }

  classStep(node: SyntaxNode, decorators: readonly (Expression | null)[]): Step {
    const name = childByField(node, 'name');
    const given = (childByField(node, 'superclasses')?.children ?? []).filter(
      (child) => child.named && child.type !== 'comment',
    );
    const keywords = given.filter((argument) => argument.type === 'keyword_argument');
    return {
      kind: 'class',
      decorators,
      code: {
        name: name ? this.walk.nameOf(name) : '',
        line: this.walk.lineOf(node.start),
        bases: given
          .filter((argument) => argument.type !== 'keyword_argument')
          .map((base) => this.expressions.of(base)),
        keywords: keywords.map((argument) => this.expressions.keyword(argument)),
        body: this.block(childByField(node, 'body'), 'class'),
      },
    };
  }

  /** Names that a scope binds for itself, by the walk's scopes. */
  private locals(kind: 'function' | 'inner', node: SyntaxNode): readonly string[] {
    const index = this.scopes.get(`${kind}:${node.start}:${node.end}`);
    const scope = index === undefined ? undefined : this.walk.scopes[index];
    return [...new Set(scope?.bindings.map((binding) => binding.name) ?? [])];
  }
}
