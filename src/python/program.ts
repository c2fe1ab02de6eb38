/** A tree to the program that Python runs: statements in order, with the branches that decide what happens. */
import type { Block, Handler, Step } from '../core/program.js';
import { Definitions, type Place } from './program-definitions.js';
import type { Expressions } from './program-expressions.js';
import { blockOf, captures, exceptionNames, lastName, suppressed } from './program-names.js';
import { childByField, type SyntaxNode } from './syntax.js';
import type { Walk } from './walk.js';

/** What a file does when it runs. Needs the finished walk, whose imports and scopes it refers to. */
export function programOf(walk: Walk, root: SyntaxNode): Block {
  return new ProgramReader(walk).block(root);
}

/** Statements that only declare, or that importing cannot observe. */
const SILENT = new Set(['pass_statement', 'global_statement', 'nonlocal_statement', 'comment', 'type_alias_statement']);
const VERSION = /\bversion_info\b|\bhexversion\b|\bPY(?:2|3|_?\d+)\b|\bpython_version/i;

const PLATFORM =
  /^\(*(?:not\s+)?(?:sys\.platform|os\.name|platform\.system\(\)|platform)(?:\.startswith\([^()]*\)|\s*(?:==|!=|in|not in)\s*[^()]+|\s*(?:in|not in)\s*\([^()]*\))\)*$/;

function subjectOf(condition: string): 'version' | 'platform' | null {
  if (VERSION.test(condition)) return 'version';
  return PLATFORM.test(condition.trim()) ? 'platform' : null;
}

class ProgramReader {
  private readonly definitions: Definitions;
  private readonly expressions: Expressions;
  private readonly statements: ReadonlyMap<number, number>;

  constructor(private readonly walk: Walk) {
    this.statements = new Map(walk.imports.map(({ span }, index) => [span.start, index]));
    this.definitions = new Definitions(walk, (node, place) => this.block(node, place));
    this.expressions = this.definitions.expressions;
  }

  block(node: SyntaxNode | undefined, place: Place = 'module'): Block {
    return (node?.children ?? []).filter((child) => child.named).flatMap((child) => this.statement(child, place));
  }

  private statement(node: SyntaxNode, place: Place): Step[] {
    if (SILENT.has(node.type)) return [];
    const line = this.walk.lineOf(node.start);
    switch (node.type) {
      case 'import_statement':
      case 'import_from_statement':
      case 'future_import_statement':
        return this.importStep(node, line);
      case 'expression_statement':
        return node.children.filter((child) => child.named).flatMap((child) => this.expression(child, place, line));
      case 'function_definition':
        return [this.definitions.functionStep(node, [])];
      case 'class_definition':
        return [this.definitions.classStep(node, [])];
      case 'decorated_definition':
        return this.decorated(node);
      case 'break_statement':
      case 'continue_statement':
        return [{ kind: 'leave' }];
      case 'return_statement':
        return [{ kind: 'return', value: this.expressions.of(node.children.find((child) => child.named)), line }];
      case 'raise_statement':
        return [this.raiseStep(node, line)];
      case 'delete_statement':
        return [
          {
            kind: 'delete',
            names: this.expressions.targets(node).flatMap((each) => (each.kind === 'name' ? each.name : [])),
            line,
          },
        ];
      default:
        return this.compound(node, place, line);
    }
  }

  private compound(node: SyntaxNode, place: Place, line: number): Step[] {
    switch (node.type) {
      case 'if_statement':
        return [this.ifStep(node, place)];
      case 'for_statement':
      case 'while_statement':
        return [this.loopStep(node, place, line)];
      case 'try_statement':
        return [this.tryStep(node, place)];
      case 'with_statement':
        return [this.withStep(node, place, line)];
      case 'match_statement':
        return [this.matchStep(node, place, line)];
      default: {
        const value = this.expressions.of(node);
        return value ? [{ kind: 'evaluate', value, line }] : [];
      }
    }
  }

  private importStep(node: SyntaxNode, line: number): Step[] {
    const statement = this.statements.get(node.start);
    return statement === undefined ? [] : [{ kind: 'import', statement, line }];
  }

  private expression(node: SyntaxNode, place: Place, line: number): Step[] {
    if (node.type === 'assignment') return this.assignment(node, place, line);
    if (node.type === 'augmented_assignment') return this.augmented(node, line);
    const value = this.expressions.of(node);
    return value && value.kind !== 'constant' ? [{ kind: 'evaluate', value, line }] : [];
  }

  /** `a = b = value` is one step with two targets; `a: int` binds nothing. */
  private assignment(node: SyntaxNode, place: Place, line: number): Step[] {
    const steps = this.annotation(node, place, line);
    const lefts: (SyntaxNode | undefined)[] = [];
    let right: SyntaxNode | undefined = node;
    while (right?.type === 'assignment') {
      lefts.push(childByField(right, 'left'));
      right = childByField(right, 'right');
    }
    if (!right) return steps;
    const value = right.type === 'augmented_assignment' ? null : this.expressions.of(right);
    const unpacked = lefts.some((left) => left !== undefined && !/^(identifier|attribute|subscript)$/.test(left.type));
    return [
      { kind: 'assign', targets: lefts.flatMap((left) => this.expressions.targets(left)), value, unpacked, line },
      ...steps,
    ];
  }

  private annotation(node: SyntaxNode, place: Place, line: number): Step[] {
    const type = childByField(node, 'type');
    if (!type || this.definitions.postponed || place === 'function') return [];
    const value = this.expressions.of(type);
    return value ? [{ kind: 'evaluate', value, line }] : [];
  }

  private augmented(node: SyntaxNode, line: number): Step[] {
    const left = childByField(node, 'left');
    const parts = this.expressions.all([left, childByField(node, 'right')].filter((each) => each !== undefined));
    const targets = this.expressions.targets(left);
    return [{ kind: 'assign', targets, value: { kind: 'all', parts }, unpacked: false, line }];
  }

  private raiseStep(node: SyntaxNode, line: number): Step {
    const what = node.children.find((child) => child.named && child.type !== 'comment');
    const callee = what?.type === 'call' ? childByField(what, 'function') : what;
    const name = callee ? lastName(this.walk, callee) : null;
    return { kind: 'raise', name, value: this.expressions.of(what), line };
  }

  private decorated(node: SyntaxNode): Step[] {
    const decorators = node.children
      .filter((child) => child.type === 'decorator')
      .map((child) => this.expressions.of(child.children.find((part) => part.named && part.type !== 'comment')));
    const definition = childByField(node, 'definition');
    if (!definition) return [];
    return [
      definition.type === 'class_definition'
        ? this.definitions.classStep(definition, decorators)
        : this.definitions.functionStep(definition, decorators),
    ];
  }

  private ifStep(node: SyntaxNode, place: Place): Step {
    const clauses = node.children.filter((child) => child.field === 'alternative').reverse();
    let no: Block = [];
    for (const clause of clauses) {
      no = clause.type === 'elif_clause' ? [this.branch(clause, place, no)] : this.block(blockOf(clause), place);
    }
    return this.branch(node, place, no);
  }

  private branch(node: SyntaxNode, place: Place, no: Block): Step {
    const condition = childByField(node, 'condition');
    const about = condition ? subjectOf(this.walk.textOf(condition)) : null;
    const yes = this.block(childByField(node, 'consequence'), place);
    return { kind: 'if', test: this.expressions.of(condition), about, yes, no, line: this.walk.lineOf(node.start) };
  }

  private loopStep(node: SyntaxNode, place: Place, line: number): Step {
    const alternative = childByField(node, 'alternative');
    return {
      kind: 'loop',
      head: this.expressions.of(childByField(node, node.type === 'for_statement' ? 'right' : 'condition')),
      targets: this.expressions.targets(childByField(node, 'left')),
      body: this.block(childByField(node, 'body'), place),
      otherwise: alternative ? this.block(blockOf(alternative), place) : [],
      line,
    };
  }

  private tryStep(node: SyntaxNode, place: Place): Step {
    const handlers = node.children.filter((child) => /^except_(group_)?clause$/.test(child.type));
    const clause = (type: string) => blockOf(node.children.find((child) => child.type === type));
    return {
      kind: 'try',
      body: this.block(childByField(node, 'body'), place),
      handlers: handlers.map((handler) => this.handler(handler, place)),
      otherwise: this.block(clause('else_clause'), place),
      last: this.block(clause('finally_clause'), place),
    };
  }

  private handler(clause: SyntaxNode, place: Place): Handler {
    const given = clause.children.filter((child) => child.named && child.type !== 'block' && child.type !== 'comment');
    const [first] = given;
    const alias = first?.type === 'as_pattern' ? childByField(first, 'alias')?.children[0] : undefined;
    const types =
      first?.type === 'as_pattern' ? first.children.filter((child) => child.named && child.field !== 'alias') : given;
    return {
      catches: types.length === 0 ? null : types.flatMap((type) => exceptionNames(this.walk, type)),
      alias: alias ? this.walk.nameOf(alias) : null,
      body: this.block(blockOf(clause), place),
    };
  }

  private withStep(node: SyntaxNode, place: Place, line: number): Step {
    const clause = node.children.find((child) => child.type === 'with_clause');
    const items = (clause?.children ?? [])
      .filter((child) => child.type === 'with_item')
      .map((item) => childByField(item, 'value'));
    return {
      kind: 'with',
      items: items.map((value) => {
        const isNamed = value?.type === 'as_pattern';
        return {
          value: this.expressions.of(isNamed ? value.children[0] : value),
          targets: this.expressions.targets(isNamed ? childByField(value, 'alias') : undefined),
        };
      }),
      suppresses: items.flatMap((item) => suppressed(this.walk, item)),
      body: this.block(childByField(node, 'body'), place),
      line,
    };
  }

  private matchStep(node: SyntaxNode, place: Place, line: number): Step {
    const clauses = (childByField(node, 'body')?.children ?? []).filter((child) => child.type === 'case_clause');
    return {
      kind: 'match',
      subject: this.expressions.of(childByField(node, 'subject')),
      cases: clauses.map((clause) => ({
        names: clause.children
          .filter((child) => child.type === 'case_pattern')
          .flatMap((pattern) => captures(this.walk, pattern)),
        body: this.block(childByField(clause, 'consequence'), place),
      })),
      line,
    };
  }
}
