/** Expressions: the nodes that hold what an expression may be, or contain. */
import type { CallExpression, Expression, ItemExpression, Target } from '../program.js';
import type { Frame } from './frames.js';
import { type Argument, attributeNode, type Node, namesItself } from './model.js';
import { isSelf, moduleVariable, nodeOf } from './names.js';
import type { Reader } from './read-file.js';

type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;

/** Calls of these make something that can be added to. */
const MAKES_CONTAINER = /^(?:list|dict|set|bytearray|defaultdict|deque|[A-Z]\w*)$/;

export function evaluate(reader: Reader, expression: Expression | null, frame: Frame): readonly Node[] {
  if (!expression) return [];
  switch (expression.kind) {
    case 'name':
      return [reader.names.variable(expression.name, frame)];
    case 'attribute':
      return attribute(reader, expression, frame);
    case 'call':
      return call(reader, expression, frame);
    case 'constant':
      return literal(reader, expression);
    case 'lambda':
      return [reader.define(expression.code, frame)];
    case 'all': {
      const values = expression.parts.flatMap((part) => evaluate(reader, part, frame));
      return reader.draft.container(values, expression.display ?? null, frame);
    }
    case 'item':
      return item(reader, expression, frame);
    case 'inner':
      return inner(reader, expression, frame);
    default:
      return simple(reader, expression, frame);
  }
}

function simple(
  reader: Reader,
  expression: Of<'splat' | 'yield' | 'either' | 'compare' | 'not' | 'bind'>,
  frame: Frame,
): readonly Node[] {
  switch (expression.kind) {
    case 'splat':
      return evaluate(reader, expression.of, frame);
    case 'yield': {
      const values = evaluate(reader, expression.of, frame);
      if (frame.result !== null) reader.draft.flow(values, frame.result);
      return values;
    }
    case 'either': {
      const [first = [], ...rest] = expression.parts.map((part) => evaluate(reader, part, frame));
      return expression.operator === 'if' ? rest.flat() : [...first, ...rest.flat()];
    }
    case 'bind': {
      const values = evaluate(reader, expression.value, frame);
      bind(reader, expression.name, values, frame);
      return values;
    }
    case 'compare':
      evaluate(reader, expression.left, frame);
      evaluate(reader, expression.right, frame);
      return [];
    case 'not':
      evaluate(reader, expression.of, frame);
      return [];
  }
}

/** A name gets a value; in a class body that is an attribute as well. */
export function bind({ draft, names }: Reader, name: string, values: readonly Node[], frame: Frame): void {
  draft.flow(values, names.variable(name, frame));
  if (frame.kind === 'class') draft.flow(values, attributeNode(name, frame.family));
}

export function write(reader: Reader, target: Target, values: readonly Node[], frame: Frame): void {
  const { draft, names } = reader;
  if (target.kind === 'name') return bind(reader, target.name, values, frame);
  const owners = evaluate(reader, target.of, frame);
  if (target.kind === 'attribute') {
    const module = names.meaning(target.of, frame);
    const to =
      module?.kind === 'module'
        ? moduleVariable(module.found.path, target.name)
        : attributeNode(target.name, familyOf(target.of, frame));
    return draft.flow(values, to);
  }
  const key = evaluate(reader, target.index, frame);
  draft.asked.set(target.start, key);
  for (const owner of owners) for (const value of [...values, ...key]) draft.changes.push([value, owner]);
  const args = [key, values].map((given, position) => ({ values: given, position }));
  draft.impliedCall(owners, '__setitem__', args, frame);
}

function familyOf(owner: Expression | null, frame: Frame): Node | null {
  return isSelf(owner, frame) ? frame.family : null;
}

function literal({ draft }: Reader, { value, start }: Of<'constant'>): readonly Node[] {
  return typeof value === 'string' && start !== undefined ? [draft.literal(start, value)] : [];
}

function attribute(reader: Reader, expression: Of<'attribute'>, frame: Frame): readonly Node[] {
  const value = reader.names.meaning(expression, frame);
  if (value) return [nodeOf(value)];
  return [read(reader, expression, evaluate(reader, expression.of, frame), frame)];
}

/** Reads an attribute of something that is evaluated already. */
function read({ draft }: Reader, { of: owner, name }: Of<'attribute'>, of: readonly Node[], frame: Frame): Node {
  const node = draft.fresh(frame);
  const family = familyOf(owner, frame);
  if (name === '__module__') {
    draft.selfNames.set(node, null);
    return node;
  }
  draft.reads.push({ node, of, name, family, implied: false });
  if (name === '__class__' && family !== null) draft.edge(family, node);
  return node;
}

function call(reader: Reader, expression: CallExpression, frame: Frame): readonly Node[] {
  const { draft } = reader;
  const { callee } = expression;
  const method = callee?.kind === 'attribute' && reader.names.meaning(callee, frame) === null ? callee : null;
  const receiver = method ? evaluate(reader, method.of, frame) : [];
  const called = method ? [read(reader, method, receiver, frame)] : evaluate(reader, callee, frame);
  const args = argumentsOf(reader, expression, frame);
  const result = draft.fresh(frame);
  draft.calls.push({ callee: called, receiver, method: method?.name ?? null, args, result, implied: false });
  const name = callee?.kind === 'name' || callee?.kind === 'attribute' ? callee.name : '';
  if (MAKES_CONTAINER.test(name)) draft.containers.push(result);
  draft.called.set(expression.start, name);
  draft.asked.set(
    expression.start,
    args.flatMap(({ values }) => values),
  );
  byName(reader, expression, args, result, frame);
  const other = [result, ...keysOf(receiver, args[0]?.values ?? [])];
  if (!expression.args.some(name === 'getattr' ? spellsModule : spellsItself)) return other;
  const node = draft.fresh(frame);
  draft.selfNames.set(node, null);
  // `getattr(x, '__module__', other)` gives nothing else of `x`.
  return [node, ...(name === 'getattr' ? (args[2]?.values ?? []) : other)];
}

/** A module is known by its name: what is taken out of `sys.modules` says what the key does. */
function keysOf(owners: readonly Node[], key: readonly Node[]): readonly Node[] {
  return owners.includes('!sys.modules') ? key : [];
}

/** `frame.f_globals['__name__']`. */
function spellsItself(expression: Expression | null): boolean {
  return expression?.kind === 'constant' && typeof expression.value === 'string' && namesItself(expression.value);
}

function spellsModule(expression: Expression | null): boolean {
  return expression?.kind === 'constant' && expression.value === '__module__';
}

function argumentsOf(reader: Reader, { args, keywords }: CallExpression, frame: Frame): Argument[] {
  return [
    ...args.map((each, index) => ({
      values: evaluate(reader, each, frame),
      position: each?.kind === 'splat' ? null : index,
    })),
    ...keywords.map(({ name, value }) => ({ values: evaluate(reader, value, frame), position: name })),
  ];
}

/** `getattr(x, 'name')` and `setattr(x, 'name', value)`; of a computed name only the beginning may be known. */
function byName(
  { draft }: Reader,
  { callee, args: written }: CallExpression,
  args: readonly Argument[],
  result: Node,
  frame: Frame,
): void {
  if (callee?.kind !== 'name' || !/^[gs]etattr$/.test(callee.name)) return;
  const [owner = null, name = null] = written;
  const attribute = beginningOf(name);
  const family = familyOf(owner, frame);
  if (callee.name === 'getattr') {
    const node = draft.fresh(frame);
    draft.reads.push({ node, of: args[0]?.values ?? [], name: attribute, family, implied: false });
    draft.edge(node, result);
  } else draft.flow(args[2]?.values ?? [], attributeNode(attribute.endsWith('*') ? '*' : attribute, family));
}

/** What is known of a name: all of it, or how it begins, with `*` for the rest. */
function beginningOf(name: Expression | null): string {
  if (name?.kind === 'constant' && typeof name.value === 'string') return name.value;
  const first = name?.kind === 'all' ? name.parts[0] : undefined;
  return first?.kind === 'constant' && typeof first.value === 'string' ? `${/^\w*/.exec(first.value)?.[0]}*` : '*';
}

function item(reader: Reader, expression: ItemExpression, frame: Frame): readonly Node[] {
  const { draft } = reader;
  const owners = evaluate(reader, expression.of, frame);
  const index = evaluate(reader, expression.index, frame);
  draft.asked.set(expression.start, index);
  const selfName = spellsItself(expression.index) ? [draft.fresh(frame)] : [];
  for (const node of selfName) draft.selfNames.set(node, null);
  if (owners.length === 0) return selfName;
  return [
    ...owners,
    ...selfName,
    ...keysOf(owners, index),
    draft.impliedCall(owners, '__getitem__', [{ values: index, position: 0 }], frame),
  ];
}

function inner(reader: Reader, { names, first, parts }: Of<'inner'>, frame: Frame): readonly Node[] {
  const { draft } = reader;
  const given = draft.elements(evaluate(reader, first, frame), frame, '__iter__', '__next__');
  const own: Frame = {
    ...frame,
    kind: 'function',
    id: draft.named('frame'),
    locals: new Set(names),
    parent: frame,
    self: null,
  };
  const values = parts.flatMap((part) => evaluate(reader, part, own));
  for (const name of names) draft.flow([...given, ...values], reader.names.variable(name, own));
  return draft.container(values, 'growing', frame);
}
