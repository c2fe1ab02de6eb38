/**
 * The normal form of code: a flat list of words with brackets, equal exactly where CPython's syntax trees are equal.
 * Layout, comments, quotes, redundant parentheses and docstrings leave no trace in it.
 */
import { hash } from 'node:crypto';
import { type Item, numberWord, plainValue, stringItems } from './literals.js';
import { childByField, childrenByField, type SyntaxNode } from './syntax.js';

type Expand = (node: SyntaxNode, text: string) => readonly Item[];

/** Normal form of nodes, one after the other. Never recursive, so no expression is too deep. */
export function normalForm(nodes: readonly Item[], text: string): string[] {
  const words: string[] = [];
  const open: Item[] = [...nodes].reverse();
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (typeof item === 'string') {
      words.push(item);
      continue;
    }
    const items = expand(item, text);
    for (let i = items.length - 1; i >= 0; i--) open.push(items[i] as Item);
  }
  return words;
}

/** A short name for a list of words: equal words, equal digest. */
export function digest(words: readonly string[]): string {
  return hash('sha256', words.join('\n'), 'hex').slice(0, 32);
}

/** The string statement that documents a module, class or function body; `undefined` without one. */
export function docstringOf(body: SyntaxNode, text: string): SyntaxNode | undefined {
  const first = meaningful(body)[0];
  return first && bareString(first, text) !== null ? first : undefined;
}

/** The value of a statement that is nothing but a text literal. */
export function bareString(statement: SyntaxNode, text: string): string | null {
  if (statement.type !== 'expression_statement') return null;
  let inner = meaningful(statement);
  while (inner.length === 1 && inner[0]?.type === 'parenthesized_expression') inner = meaningful(inner[0]);
  return inner.length === 1 ? plainValue(inner[0] as SyntaxNode, text) : null;
}

/** Named children that are not comments or line continuations. */
export function meaningful(node: SyntaxNode): SyntaxNode[] {
  return node.children.filter((child) => child.named && child.type !== 'comment' && child.type !== 'line_continuation');
}

/** What a node is made of. */
export function expand(node: SyntaxNode, text: string): readonly Item[] {
  if (node.missing) return [`missing ${node.type}`];
  if (!node.named) return PUNCTUATION.has(node.type) ? [] : [node.type];
  const rule = RULES.get(node.type);
  if (rule) return rule(node, text);
  if (node.children.length > 0) return wrapped(node.type, node.children);
  return [text.slice(node.start, node.end).normalize('NFKC')];
}

const PUNCTUATION = new Set(['(', ')', '[', ']', '{', '}', ',', ';']);

const wrapped = (type: string, children: readonly Item[]): Item[] => [`(${type}`, ...children, ')'];
const renamed =
  (type: string): Expand =>
  (node) =>
    wrapped(type, node.children);
const unwrapped: Expand = (node) => meaningful(node);
const nothing: Expand = () => [];

const hasComma = (node: SyntaxNode): boolean => node.children.some((child) => child.type === ',');

/** Several values, or one with a comma after it, are a tuple. */
function tupleOf(values: readonly SyntaxNode[], comma: boolean): readonly Item[] {
  return comma ? wrapped('tuple', values) : values;
}

/**
 * Parentheses are structure already, with two exceptions: `(a and b) and c` is another tree than `a and b and c`, and
 * `(x): int` declares nothing.
 */
function parenthesized(node: SyntaxNode): readonly Item[] {
  const inner = meaningful(node);
  const parent = node.parent;
  const sameOperator = (a: SyntaxNode | null | undefined): string | undefined =>
    a?.type === 'boolean_operator' ? childByField(a, 'operator')?.type : undefined;
  const nested = node.field === 'left' && sameOperator(parent) && sameOperator(parent) === sameOperator(inner[0]);
  const declared = node.field === 'left' && parent?.type === 'assignment' && childByField(parent, 'type');
  return nested || declared ? wrapped('parenthesized', inner) : inner;
}

/** In a `case`, lists and tuples match alike, and a single parenthesised pattern is only grouped. */
function sequence(type: 'tuple' | 'list'): Expand {
  return (node) => {
    if (node.parent?.type !== 'case_pattern' && node.parent?.type !== 'union_pattern')
      return wrapped(type, node.children);
    const grouped = type === 'tuple' && meaningful(node).length === 1 && !hasComma(node);
    return grouped ? meaningful(node) : wrapped('sequence', node.children);
  };
}

function caseClause(node: SyntaxNode): readonly Item[] {
  const patterns = node.children.filter((child) => child.type === 'case_pattern');
  const rest = node.children.filter((child) => child.type !== 'case_pattern' && child.type !== ',');
  return wrapped('case', [...(hasComma(node) ? wrapped('sequence', patterns) : patterns), ...rest]);
}

function matchStatement(node: SyntaxNode): readonly Item[] {
  const subject = tupleOf(childrenByField(node, 'subject'), hasComma(node));
  return wrapped('match', [...subject, ...childrenByField(node, 'body')]);
}

function subscript(node: SyntaxNode): readonly Item[] {
  const value = childrenByField(node, 'value');
  return wrapped('subscript', [...value, ...indexOf(childrenByField(node, 'subscript'), node)]);
}

/** `a[*b]` is `a[(*b,)]` (PEP 646). */
function indexOf(values: readonly SyntaxNode[], node: SyntaxNode): readonly Item[] {
  return tupleOf(values, hasComma(node) || values.some(isSplat));
}

/** In annotations a type stands around it. */
function isSplat(value: SyntaxNode): boolean {
  return SPLATS.has(value.type) || (value.type === 'type' && meaningful(value).some(({ type }) => SPLATS.has(type)));
}

const SPLATS = new Set(['list_splat', 'list_splat_pattern', 'splat_type']);

/** `List[int]` in an annotation has its own node types. */
function genericType(node: SyntaxNode): readonly Item[] {
  const [name, parameters] = meaningful(node);
  if (!name || !parameters) return wrapped('subscript', node.children);
  return wrapped('subscript', [name, ...indexOf(meaningful(parameters), parameters)]);
}

/** `a[1:]` and `a[1::]` are the same slice. */
function slice(node: SyntaxNode): readonly Item[] {
  const parts: Item[] = ['~', '~', '~'];
  let position = 0;
  for (const child of node.children) {
    if (child.type === ':') position++;
    else if (child.named && child.type !== 'comment') parts[position] = child;
  }
  return wrapped('slice', parts);
}

function call(node: SyntaxNode): readonly Item[] {
  const callee = childrenByField(node, 'function');
  const [given] = childrenByField(node, 'arguments');
  const bare = given?.type === 'generator_expression';
  return wrapped('call', [...callee, ...(bare ? wrapped('argument_list', [given]) : given ? [given] : [])]);
}

/** Python evaluates positional arguments first wherever they stand. */
function argumentList(node: SyntaxNode): readonly Item[] {
  const values = meaningful(node);
  if (values.length === 0 && node.parent?.type === 'class_definition') return [];
  const isKeyword = (value: SyntaxNode) => value.type === 'keyword_argument' || value.type === 'dictionary_splat';
  return wrapped('argument_list', [
    ...values.filter((value) => !isKeyword(value)),
    ...values.filter((value) => isKeyword(value)),
  ]);
}

/** `elif` is an `else` that holds an `if`. */
function ifStatement(node: SyntaxNode): readonly Item[] {
  const items: Item[] = branch(node);
  let closing = 1;
  for (const alternative of childrenByField(node, 'alternative')) {
    if (alternative.type === 'elif_clause') {
      items.push('(else', '(block', ...branch(alternative));
      closing += 3;
    } else {
      items.push('(else', ...childrenByField(alternative, 'body'), ')');
    }
  }
  return [...items, ...Array<Item>(closing).fill(')')];
}

function branch(node: SyntaxNode): Item[] {
  return ['(if', ...childrenByField(node, 'condition'), ...childrenByField(node, 'consequence')];
}

/** A body without its docstring; where nothing else is left, it is as good as `pass`. */
function body(node: SyntaxNode, text: string): readonly Item[] {
  const statements = meaningful(node);
  const owner = node.type === 'module' ? 'module' : node.parent?.type;
  const documented = owner === 'module' || owner === 'function_definition' || owner === 'class_definition';
  const doc = documented ? docstringOf(node, text) : undefined;
  if (!doc) return wrapped('block', statements);
  const rest = statements.filter((statement) => statement !== doc);
  return wrapped('block', rest.length > 0 || owner === 'module' ? rest : wrapped('pass_statement', ['pass']));
}

function expressionStatement(node: SyntaxNode): readonly Item[] {
  return wrapped('expression_statement', tupleOf(meaningful(node), hasComma(node)));
}

/** `del a, b` has two targets, `del (a, b)` one. */
function deleteStatement(node: SyntaxNode): readonly Item[] {
  const targets = meaningful(node).flatMap((child) => (child.type === 'expression_list' ? meaningful(child) : [child]));
  return wrapped('delete_statement', targets);
}

const number: Expand = (node, text) => [numberWord(text.slice(node.start, node.end))];

const RULES: ReadonlyMap<string, Expand> = new Map<string, Expand>([
  ['comment', nothing],
  ['line_continuation', nothing],
  ['string', stringItems],
  ['concatenated_string', stringItems],
  ['integer', number],
  ['float', number],
  ['import_prefix', (node, text) => [text.slice(node.start, node.end).replace(/[^.]/g, '')]],
  ['parenthesized_expression', parenthesized],
  ['parenthesized_list_splat', unwrapped],
  ['tuple', renamed('tuple')],
  ['expression_list', renamed('tuple')],
  ['pattern_list', renamed('tuple')],
  ['tuple_pattern', sequence('tuple')],
  ['list_pattern', sequence('list')],
  ['list_splat_pattern', renamed('list_splat')],
  ['dictionary_splat_pattern', renamed('dictionary_splat')],
  ['splat_type', renamed('list_splat')],
  ['as_pattern_target', unwrapped],
  ['case_pattern', unwrapped],
  ['case_clause', caseClause],
  ['match_statement', matchStatement],
  ['type', unwrapped],
  ['generic_type', genericType],
  ['union_type', renamed('binary_operator')],
  ['member_type', renamed('attribute')],
  ['subscript', subscript],
  ['slice', slice],
  ['call', call],
  ['argument_list', argumentList],
  ['if_statement', ifStatement],
  ['block', body],
  ['module', body],
  ['expression_statement', expressionStatement],
  ['delete_statement', deleteStatement],
]);

/** Words that begin a new line of {@link codeLines}: statements, clauses, and the entries of long displays. */
const LINE_START = /^\((?:\w+_statement|\w+_definition|\w+_clause|if|else|case|match|decorator|pair|keyword_argument)$/;

/**
 * Normal form cut into lines for measuring similarity; words are separated by line feeds. Closing brackets and blocks
 * are left out, so that a line is the same at any depth.
 */
export function codeLines(words: readonly string[]): string[] {
  const lines: string[] = [];
  let line: string[] = [];
  for (const word of words) {
    if (word === ')' || word === '(block') continue;
    if (word.startsWith('(') && LINE_START.test(word)) {
      if (line.length > 0) lines.push(line.join('\n'));
      line = [];
    }
    line.push(word);
  }
  if (line.length > 0) lines.push(line.join('\n'));
  return lines;
}
