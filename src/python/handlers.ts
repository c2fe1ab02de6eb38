/** What each kind of syntax node contributes to the facts. A handler schedules the children that are to be walked. */
import { classDefinition, comprehension, functionDefinition, lambda } from './definitions.js';
import { fromStatement, futureStatement, importStatement, isLazyKeyword } from './imports.js';
import {
  asPattern,
  forStatement,
  ifStatement,
  matchCase,
  tryStatement,
  whileStatement,
  withStatement,
} from './statements.js';
import { dottedExpression, stringLiteral } from './strings.js';
import { childByField, type SyntaxNode } from './syntax.js';
import { bindTarget } from './targets.js';
import { FLAG, type Frame, type Walk } from './walk.js';

export type Handler = (walk: Walk, frame: Frame) => void;

const named = (node: SyntaxNode): SyntaxNode[] => node.children.filter((child) => child.named);

/** Walks the named children in the same circumstances. */
export const descend: Handler = (walk, frame) => walk.push(named(frame.node), frame, { call: keepsCall(frame) });

/** Containers between a call and a string literal that is (part of) its argument. */
const TRANSPARENT = new Set([
  'list',
  'tuple',
  'set',
  'dictionary',
  'pair',
  'concatenated_string',
  'parenthesized_expression',
  'binary_operator',
]);

function keepsCall(frame: Frame): Frame['call'] {
  return TRANSPARENT.has(frame.node.type) ? frame.call : null;
}

function identifier(walk: Walk, frame: Frame): void {
  recordUse(walk, frame, frame.node, []);
}

function attribute(walk: Walk, frame: Frame): void {
  const chain: { name: string; span: { start: number; end: number } }[] = [];
  let here: SyntaxNode | undefined = frame.node;
  while (here?.type === 'attribute') {
    const last = here.children.at(-1) as SyntaxNode;
    chain.unshift({ name: walk.nameOf(last), span: { start: last.start, end: last.end } });
    here = withoutBrackets(walk, here.children[0]);
  }
  if (here?.type === 'identifier') recordUse(walk, frame, here, chain);
  else if (here) walk.push([here], frame);
}

/** `(a).b` is `a.b`; in `type(a).b = c`, which the grammar takes for an alias, the brackets are a call. */
function withoutBrackets(walk: Walk, node: SyntaxNode | undefined): SyntaxNode | undefined {
  let here = node;
  while (here?.type === 'parenthesized_expression' && !/\w/.test(walk.text[here.start - 1] ?? ''))
    here = here.children.find(({ type }) => type !== '(' && type !== ')' && type !== 'comment');
  return here;
}

/** Dotted names outside imports occur in patterns (`case a.B():`) and decorators of old grammars. */
function dottedName(walk: Walk, frame: Frame): void {
  const [first, ...rest] = frame.node.children.filter((child) => child.type === 'identifier');
  if (!first) return;
  const attributes = rest.map((node) => ({ name: walk.nameOf(node), span: { start: node.start, end: node.end } }));
  recordUse(walk, frame, first, attributes);
}

function recordUse(walk: Walk, frame: Frame, node: SyntaxNode, attributes: Walk['uses'][number]['attributes']): void {
  walk.uses.push({
    name: walk.nameOf(node),
    span: { start: node.start, end: node.end },
    line: walk.lineOf(node.start),
    scope: frame.scope,
    attributes,
    context: contextOf(frame.node),
    quoted: false,
    typing: (frame.flags & (FLAG.annotation | FLAG.typing)) !== 0,
  });
}

const STORES = /^(augmented_)?assignment$|^for_(statement|in_clause)$/;

function contextOf(node: SyntaxNode): 'load' | 'store' | 'delete' {
  let here = node;
  while (
    here.parent &&
    /^(pattern_list|tuple_pattern|list_pattern|expression_list|tuple|list|parenthesized_expression)$/.test(
      here.parent.type,
    )
  ) {
    here = here.parent;
  }
  if (here.parent?.type === 'delete_statement') return 'delete';
  if (here.parent?.type === 'as_pattern_target') return 'store';
  return here.field === 'left' && STORES.test(here.parent?.type ?? '') ? 'store' : 'load';
}

function assignment(walk: Walk, frame: Frame): void {
  const left = childByField(frame.node, 'left');
  const declaredOnly = !childByField(frame.node, 'right');
  // `(x): int` declares nothing, `x: int` does.
  const binds = left && !(declaredOnly && left.type === 'tuple_pattern');
  if (binds) bindTarget(walk, left, 'assignment', declaredOnly ? conditional(frame) : frame);
  assignedValue(walk, frame);
}

/** `x += 1` reads its target as well as binding it. */
function augmentedAssignment(walk: Walk, frame: Frame): void {
  const left = childByField(frame.node, 'left');
  if (left?.type === 'identifier') walk.bind(left, 'assignment', frame);
  if (left) walk.push([left], frame);
  assignedValue(walk, frame);
}

function assignedValue(walk: Walk, frame: Frame): void {
  const [left, type, right] = ['left', 'type', 'right'].map((field) => childByField(frame.node, field));
  const isExports = left !== undefined && frame.scope === 0 && walk.textOf(left) === '__all__';
  if (isExports && right) walk.exportValues.push(right);
  if (right) walk.push([right], frame, isExports ? { flags: frame.flags | FLAG.exports } : {});
  if (type) walk.push([type], frame, { flags: frame.flags | FLAG.annotation });
}

function conditional(frame: Frame): Frame {
  return { ...frame, flags: frame.flags | FLAG.conditional };
}

function namedExpression(walk: Walk, frame: Frame): void {
  const name = childByField(frame.node, 'name');
  const value = childByField(frame.node, 'value');
  // The grammar takes the format specification of f'{name:=10}' for a walrus.
  if (name && frame.node.parent?.type === 'interpolation') return walk.push([name], frame);
  if (name) walk.bind(name, 'assignment', { ...frame, scope: walk.hoistedScope(frame.scope) });
  if (value) walk.push([value], frame);
}

function call(walk: Walk, frame: Frame): void {
  const callee = childByField(frame.node, 'function');
  const args = childByField(frame.node, 'arguments');
  const dotted = callee ? dottedExpression(walk, callee) : null;
  walk.candidates.push({ node: frame.node, scope: frame.scope, flags: frame.flags });
  const change = exportChange(walk, frame, dotted, args);
  if (args?.type === 'argument_list') pushArguments(walk, frame, args, dotted, change);
  else if (args) walk.push([args], frame);
  if (callee) walk.push([callee], frame);
}

function pushArguments(walk: Walk, frame: Frame, args: SyntaxNode, callee: string | null, flags: number): void {
  const list = named(args).filter((child) => child.type !== 'comment');
  for (let i = list.length - 1; i >= 0; i--) {
    const argument = list[i] as SyntaxNode;
    const keyword = argument.type === 'keyword_argument' ? childByField(argument, 'name') : undefined;
    const value = keyword ? childByField(argument, 'value') : argument;
    const context = callee ? { callee, argument: keyword ? walk.textOf(keyword) : i } : null;
    if (value) walk.push([value], frame, { call: context, flags: frame.flags | flags });
  }
}

/** `__all__.extend([...])`, `.append('x')`, `.remove`: extends the export list, or makes it open. */
function exportChange(walk: Walk, frame: Frame, callee: string | null, args: SyntaxNode | undefined): number {
  if (frame.scope !== 0 || !callee?.startsWith('__all__.')) return 0;
  const value = args ? named(args)[0] : undefined;
  if (value && (callee === '__all__.extend' || callee === '__all__.append')) walk.exportValues.push(value);
  else walk.exportsOpen = true;
  return FLAG.exports;
}

function subscript(walk: Walk, frame: Frame): void {
  walk.candidates.push({ node: frame.node, scope: frame.scope, flags: frame.flags });
  const value = childByField(frame.node, 'value');
  const dotted = value ? dottedExpression(walk, value) : null;
  const context = dotted ? { callee: dotted, argument: 'subscript' } : null;
  walk.push(named(frame.node), frame, { call: context });
}

function keywordArgument(walk: Walk, frame: Frame): void {
  const value = childByField(frame.node, 'value');
  if (value) walk.push([value], frame, { call: frame.call });
}

function declaration(list: 'globals' | 'nonlocals'): Handler {
  return (walk, frame) => {
    for (const node of named(frame.node)) walk.scopes[frame.scope]?.[list].push(walk.nameOf(node));
  };
}

function error(walk: Walk, frame: Frame): void {
  if (isLazyKeyword(walk, frame.node)) return;
  walk.syntaxErrors.push({ start: frame.node.start, end: frame.node.end });
  descend(walk, frame);
}

function typeAlias(walk: Walk, frame: Frame): void {
  const [left, right] = ['left', 'right'].map((field) => childByField(frame.node, field));
  const target = left && named(left)[0];
  if (target && target.type !== 'identifier' && target.type !== 'generic_type') return assignmentToType(walk, frame);
  let name = left;
  while (name && name.type !== 'identifier') name = named(name)[0];
  if (name) walk.bind(name, 'assignment', frame);
  if (right) walk.push([right], frame, { flags: frame.flags | FLAG.annotation });
}

/** The grammar takes `type(x).y = z` for an alias of `(x).y`; it calls the built-in. */
function assignmentToType(walk: Walk, frame: Frame): void {
  const keyword = frame.node.children[0];
  if (keyword) recordUse(walk, frame, keyword, []);
  walk.push(named(frame.node).flatMap(named), frame);
}

const annotation: Handler = (walk, frame) =>
  walk.push(named(frame.node), frame, { flags: frame.flags | FLAG.annotation });

/** `print >> x` is an expression since Python 3; the grammar takes it for the old statement. */
function printStatement(walk: Walk, frame: Frame): void {
  const [keyword, target] = frame.node.children;
  if (keyword && target?.type === 'chevron') recordUse(walk, frame, keyword, []);
  descend(walk, frame);
}

/** Old `exec code` statements; the name part of the code is not looked into. */
function execStatement(walk: Walk, frame: Frame): void {
  walk.candidates.push({ node: frame.node, scope: frame.scope, flags: frame.flags });
  descend(walk, frame);
}

export const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['import_statement', importStatement],
  ['import_from_statement', fromStatement],
  ['future_import_statement', futureStatement],
  ['function_definition', functionDefinition],
  ['class_definition', classDefinition],
  ['lambda', lambda],
  ['list_comprehension', comprehension],
  ['set_comprehension', comprehension],
  ['dictionary_comprehension', comprehension],
  ['generator_expression', comprehension],
  ['if_statement', ifStatement],
  ['try_statement', tryStatement],
  ['with_statement', withStatement],
  ['for_statement', forStatement],
  ['while_statement', whileStatement],
  ['case_clause', matchCase],
  ['assignment', assignment],
  ['augmented_assignment', augmentedAssignment],
  ['named_expression', namedExpression],
  ['type_alias_statement', typeAlias],
  ['type', annotation],
  ['identifier', identifier],
  ['attribute', attribute],
  ['dotted_name', dottedName],
  ['call', call],
  ['subscript', subscript],
  ['keyword_argument', keywordArgument],
  ['string', stringLiteral],
  ['global_statement', declaration('globals')],
  ['nonlocal_statement', declaration('nonlocals')],
  // `with (a as b):`, where the grammar sees an expression in parentheses.
  ['as_pattern', (walk, frame) => asPattern(walk, frame, frame.node, 'with')],
  ['print_statement', printStatement],
  ['exec_statement', execStatement],
  ['comment', (walk, frame) => walk.comments.push({ start: frame.node.start, end: frame.node.end })],
  ['ERROR', error],
]);
