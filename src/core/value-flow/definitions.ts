/** Functions, lambdas and classes. */
import type { ClassCode, Expression, FunctionCode, Step } from '../program.js';
import { bind, evaluate } from './expressions.js';
import type { Frame } from './frames.js';
import type { Node } from './model.js';
import type { Reader } from './read-file.js';

type StepOf<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;

/** Where what a function gives back is found. */
const resultOf = (function_: Node): Node => `${function_}=`;

export function functionStep(reader: Reader, { code, decorators, before }: StepOf<'function'>, frame: Frame): void {
  const { draft } = reader;
  const defaults = before.flatMap((each) => evaluate(reader, each, frame));
  const made = define(reader, code, frame, decorators, defaults);
  if (decorators.some(isProperty)) return bind(reader, code.name, [resultOf(made)], frame);
  bind(reader, code.name, decorated(reader, decorators, made, frame), frame);
  if (frame.kind === 'class' && frame.family !== null)
    draft.methods.push({ family: frame.family, name: code.name, node: made });
}

/** The thing itself, and what each of its decorators makes of it. */
function decorated(
  reader: Reader,
  decorators: readonly (Expression | null)[],
  made: Node,
  frame: Frame,
): readonly Node[] {
  let values: readonly Node[] = [made];
  for (const decorator of [...decorators].reverse())
    values = [...values, reader.draft.decorated(evaluate(reader, decorator, frame), values, frame)];
  return values;
}

/** `@property` and its like, `@x.setter`. */
function isProperty(decorator: Expression | null): boolean {
  if (decorator?.kind === 'name') return decorator.name.endsWith('property');
  return decorator?.kind === 'attribute' && /property$|^(?:setter|deleter|getter)$/.test(decorator.name);
}

export function define(
  reader: Reader,
  code: FunctionCode,
  frame: Frame,
  decorators: readonly (Expression | null)[] = [],
  defaults: readonly Node[] = [],
): Node {
  const { draft, names } = reader;
  const node = draft.named('function');
  const result = resultOf(node);
  const by = decorators.flatMap((each) => (each?.kind === 'name' ? each.name : []));
  const isBound = frame.kind === 'class' && !by.includes('staticmethod');
  const ofClass = isBound && (by.includes('classmethod') || /^__(?:new|init_subclass)__$/.test(code.name));
  const self = isBound ? (code.parameters[0] ?? null) : null;
  const own: Frame = {
    kind: 'function',
    id: draft.named('frame'),
    locals: new Set(code.locals),
    parent: frame,
    result,
    family: frame.family,
    self,
    within: node,
  };
  const variable = (name: string): Node => names.variable(name, own);
  draft.owned(result, own);
  for (const name of [...code.parameters, ...code.rest]) if (name !== self) draft.flow(defaults, variable(name));
  if (ofClass && frame.family !== null && self !== null) draft.edge(frame.family, variable(self));
  draft.functions.push({
    node,
    name: code.name,
    parameters: code.parameters.map(variable),
    byName: new Map(code.parameters.map((name) => [name, variable(name)])),
    rest: code.rest.map(variable),
    result,
    owner: isBound ? frame.family : null,
    ofClass,
  });
  reader.block(code.body, own);
  return node;
}

export function classStep(reader: Reader, { code, decorators }: StepOf<'class'>, frame: Frame): void {
  const made = classNode(reader, code, frame);
  bind(reader, code.name, decorated(reader, decorators, made, frame), frame);
}

function classNode(reader: Reader, code: ClassCode, frame: Frame): Node {
  const { draft, names } = reader;
  const node = draft.named('class');
  const bases = code.bases.map((base) => evaluate(reader, base, frame));
  for (const { value } of code.keywords) evaluate(reader, value, frame);
  draft.classes.push({ node, bases });
  const locals = new Set(names.boundIn(code.body));
  const id = draft.named('frame');
  const { within } = frame;
  reader.block(code.body, { kind: 'class', id, locals, parent: frame, result: null, family: node, self: null, within });
  return node;
}
