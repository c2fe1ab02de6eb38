/** The branches of `if` and `try` statements, each with the condition under which its statements run. */
import type { Span } from '../core/model.js';
import { digest, meaningful, normalForm } from './normalise.js';
import { childByField, childrenByField, type SyntaxNode } from './syntax.js';

export interface Branch {
  readonly condition: string;
  /** Where the condition is written. */
  readonly spans: readonly Span[];
  readonly statements: readonly SyntaxNode[];
}

const DEFINING = new Set([
  'function_definition',
  'class_definition',
  'decorated_definition',
  'import_statement',
  'import_from_statement',
  'type_alias_statement',
]);

/** True when an `if` or `try` defines, imports or assigns a name in one of its branches. */
export function containsDefinition(statement: SyntaxNode): boolean {
  const open = [statement];
  for (let node = open.pop(); node; node = open.pop()) {
    for (const inner of blocksOf(node).flatMap(meaningful)) {
      if (DEFINING.has(inner.type) || isAssignment(inner)) return true;
      if (inner.type === 'if_statement' || inner.type === 'try_statement') open.push(inner);
    }
  }
  return false;
}

function isAssignment(statement: SyntaxNode): boolean {
  return statement.type === 'expression_statement' && meaningful(statement)[0]?.type === 'assignment';
}

/** The blocks of a statement and of its clauses. */
export function blocksOf(node: SyntaxNode): SyntaxNode[] {
  const clauses = node.children.filter((child) => child.type.endsWith('_clause'));
  return [node, ...clauses].flatMap((part) => part.children.filter((child) => child.type === 'block'));
}

/** The branches of an `if` or `try` statement in source order. */
export function branchesOf(statement: SyntaxNode, text: string): Branch[] {
  return statement.type === 'if_statement' ? ifBranches(statement, text) : tryBranches(statement, text);
}

/** A later branch runs only when the conditions before it do not hold, so they are part of its own. */
function ifBranches(statement: SyntaxNode, text: string): Branch[] {
  const before: string[] = ['if'];
  const spans: Span[] = [];
  return [statement, ...childrenByField(statement, 'alternative')].map((part) => {
    const condition = childByField(part, 'condition');
    before.push(...(condition ? normalForm([condition], text) : ['else']), 'then');
    if (condition) spans.push({ start: condition.start, end: condition.end });
    const body = childByField(part, 'consequence') ?? childByField(part, 'body');
    return { condition: digest(before), spans: [...spans], statements: body ? withoutPass(body) : [] };
  });
}

/** Which exceptions are caught is part of the condition of every branch. */
function tryBranches(statement: SyntaxNode, text: string): Branch[] {
  const clauses = statement.children.filter((child) => child.type.endsWith('_clause'));
  const heads = clauses.map((clause) => clause.children.filter((child) => child.type !== 'block'));
  const caught = ['try', ...heads.flatMap((head) => normalForm(head, text))];
  const spans = heads.flat().filter((part) => part.named);
  return [statement, ...clauses].map((part, i) => {
    const body = part.children.find((child) => child.type === 'block');
    const condition = digest([...caught, `branch ${i === 0 ? 'try' : normalForm(heads[i - 1] ?? [], text).join(' ')}`]);
    return { condition, spans, statements: body ? withoutPass(body) : [] };
  });
}

function withoutPass(body: SyntaxNode): SyntaxNode[] {
  return meaningful(body).filter((statement) => statement.type !== 'pass_statement');
}
