/** Compound statements, for the circumstances they give to what is inside: typing only, guarded, conditional. */
import { isSuppressing, isSwallowingImportError, typeCheckingTest } from './circumstance-rules.js';
import { childByField, type SyntaxNode } from './syntax.js';
import { bindPattern, bindTarget } from './targets.js';
import { FLAG, type Frame, type Walk } from './walk.js';

function children(node: SyntaxNode, except: readonly (SyntaxNode | undefined)[] = []): SyntaxNode[] {
  return node.children.filter((child) => child.named && !except.includes(child));
}

/** `if TYPE_CHECKING` is for type checkers and its `else` for run time; any other test makes both branches conditional. */
export function ifStatement(walk: Walk, frame: Frame): void {
  const condition = childByField(frame.node, 'condition');
  const test = condition ? typeCheckingTest(walk.textOf(condition)) : null;
  const conditional = frame.flags | FLAG.conditional;
  const typing = frame.flags | FLAG.typing;
  const consequence = test === 'positive' ? typing : test === 'negative' ? frame.flags : conditional;
  const alternative = test === 'positive' ? frame.flags : test === 'negative' ? typing : conditional;
  for (const child of [...children(frame.node)].reverse()) {
    if (child === condition) walk.push([child], frame);
    else if (child.field === 'alternative') alternativeClause(walk, frame, child, alternative);
    else walk.push([child], frame, { flags: consequence });
  }
}

function alternativeClause(walk: Walk, frame: Frame, clause: SyntaxNode, flags: number): void {
  if (clause.type === 'elif_clause') ifStatement(walk, { ...frame, node: clause, flags });
  else walk.push(children(clause), frame, { flags });
}

export function tryStatement(walk: Walk, frame: Frame): void {
  const clauses = children(frame.node);
  const handlers = clauses.filter((child) => child.type === 'except_clause' || child.type === 'except_group_clause');
  const guarded = handlers.some((clause) => swallows(walk, clause)) ? FLAG.guarded : 0;
  for (const clause of clauses.reverse()) {
    if (handlers.includes(clause)) exceptClause(walk, { ...frame, node: clause, flags: frame.flags | guarded });
    else walk.push([clause], frame, { flags: clause.type === 'finally_clause' ? frame.flags : frame.flags | guarded });
  }
}

function swallows(walk: Walk, clause: SyntaxNode): boolean {
  const types = clause.children.filter((child) => child.named && child.type !== 'block' && child.type !== 'comment');
  return types.length === 0 || types.some((type) => isSwallowingImportError(walk.textOf(type)));
}

function exceptClause(walk: Walk, frame: Frame): void {
  const conditional: Frame = { ...frame, flags: frame.flags | FLAG.conditional };
  for (const child of children(frame.node).reverse()) {
    if (child.type === 'as_pattern') asPattern(walk, conditional, child, 'except');
    else walk.push([child], conditional);
  }
}

/** `a as b`: binds the alias, walks the rest. */
export function asPattern(walk: Walk, frame: Frame, node: SyntaxNode, kind: 'except' | 'with'): void {
  const alias = childByField(node, 'alias');
  if (alias) bindTarget(walk, alias, kind, frame);
  walk.push(children(node, [alias]), frame);
}

/** `with suppress(ImportError)` guards like `try`. */
export function withStatement(walk: Walk, frame: Frame): void {
  const clause = frame.node.children.find((child) => child.type === 'with_clause');
  const suppresses = clause !== undefined && isSuppressing(walk.textOf(clause));
  const body = childByField(frame.node, 'body');
  if (body) walk.push([body], frame, { flags: suppresses ? frame.flags | FLAG.guarded : frame.flags });
  for (const item of clause ? children(clause).reverse() : []) {
    const value = childByField(item, 'value');
    if (value?.type === 'as_pattern') asPattern(walk, frame, value, 'with');
    else walk.push([item], frame);
  }
  walk.push(children(frame.node, [clause, body]), frame);
}

export function forStatement(walk: Walk, frame: Frame): void {
  const left = childByField(frame.node, 'left');
  const right = childByField(frame.node, 'right');
  if (left) bindTarget(walk, left, 'loop', frame);
  walk.push(children(frame.node, [left, right]), frame, { flags: frame.flags | FLAG.conditional });
  if (right) walk.push([right], frame);
}

export function whileStatement(walk: Walk, frame: Frame): void {
  const condition = childByField(frame.node, 'condition');
  walk.push(children(frame.node, [condition]), frame, { flags: frame.flags | FLAG.conditional });
  if (condition) walk.push([condition], frame);
}

export function matchCase(walk: Walk, frame: Frame): void {
  const conditional: Frame = { ...frame, flags: frame.flags | FLAG.conditional };
  for (const child of children(frame.node).reverse()) {
    if (child.type === 'case_pattern') bindPattern(walk, child, conditional);
    else walk.push([child], conditional);
  }
}
