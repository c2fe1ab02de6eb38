/** Expressions: names, attributes, calls, and what decides between parts. */
import type { CallExpression, Expression } from '../program.js';
import { attribute } from './attributes.js';
import { dynamicImport } from './imports.js';
import { BUILTINS } from './known-names.js';
import type { Arguments, Machine } from './machine.js';
import { bindIn, nameOf } from './names.js';
import { FALSE, type Frame, TRUE, truth, UNKNOWN, type Value } from './values.js';

type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;

export function evaluate(machine: Machine, expression: Expression | null, frame: Frame): Value {
  if (!expression) return machine.made();
  switch (expression.kind) {
    case 'name':
      return lookUp(machine, expression.name, frame);
    case 'attribute': {
      const owner = evaluate(machine, expression.of, frame);
      return attribute(machine, owner, expression.name);
    }
    case 'call':
      return evaluateCall(machine, expression, frame).value;
    case 'constant':
      return expression;
    case 'lambda':
      return { kind: 'function', code: expression.code, frame, binding: 'plain' };
    case 'all':
      for (const part of expression.parts) evaluate(machine, part, frame);
      return machine.made();
    case 'splat':
    case 'yield':
      evaluate(machine, expression.of, frame);
      return machine.made();
    case 'item':
      return item(machine, expression, frame);
    case 'either':
      return either(machine, expression, frame);
    case 'inner':
      return inner(machine, expression, frame);
    case 'compare':
      return compare(
        expression.operator,
        evaluate(machine, expression.left, frame),
        evaluate(machine, expression.right, frame),
      );
    case 'not': {
      const known = truth(evaluate(machine, expression.of, frame));
      return known === null ? UNKNOWN : known ? FALSE : TRUE;
    }
    case 'bind': {
      const value = evaluate(machine, expression.value, frame);
      bindIn(machine, frame, expression.name, value);
      return value;
    }
  }
}

/** A statement that is an expression: a call whose result nobody keeps is there for what it does. */
export function evaluateStatement(machine: Machine, expression: Expression, frame: Frame): void {
  if (expression.kind !== 'call') {
    evaluate(machine, expression, frame);
    return;
  }
  const { callee } = evaluateCall(machine, expression, frame);
  if (callee.kind === 'object' || (callee.kind === 'external' && isEffective(callee.dotted))) machine.changed(callee);
}

/** Calls into these change nothing that the repository's own modules would see. */
function isEffective(dotted: string): boolean {
  return !/^(?:logging|warnings|typing|gc|print)\b/.test(dotted);
}

/** A name by Python's scope rules; class bodies are seen only by themselves. */
export function lookUp(machine: Machine, name: string, frame: Frame): Value {
  for (let here: Frame | null = frame; here; here = here.parent) {
    if (here.kind === 'class' && here !== frame) continue;
    const value = here.kind === 'module' ? nameOf(machine, here.module, name) : here.names.get(name);
    if (value) return value;
    if (here.locals.has(name)) return UNKNOWN;
  }
  return missingName(machine, name, frame);
}

function missingName(machine: Machine, name: string, frame: Frame): Value {
  const { module } = frame;
  if (BUILTINS.has(name)) return name === '__debug__' ? TRUE : { kind: 'builtin', name };
  if (machine.isOpen(module) || module.text.elsewhere.has(name)) return UNKNOWN;
  return machine.fail('NameError', `'${name}' is not defined`, { kind: 'name', path: module.found.path, name });
}

function item(machine: Machine, expression: Of<'item'>, frame: Frame): Value {
  const owner = evaluate(machine, expression.of, frame);
  evaluate(machine, expression.index, frame);
  return owner.kind === 'class' || owner.kind === 'object' ? owner : UNKNOWN;
}

function either(machine: Machine, { operator, parts }: Of<'either'>, frame: Frame): Value {
  const [first, ...rest] = parts;
  let value = evaluate(machine, first ?? null, frame);
  if (operator === 'if') {
    const known = truth(value);
    if (known !== null) return evaluate(machine, rest[known ? 0 : 1] ?? null, frame);
    return inDoubt(machine, rest, frame);
  }
  for (const [index, part] of rest.entries()) {
    const known = truth(value);
    if (known === null) return inDoubt(machine, rest.slice(index), frame);
    if (known === (operator === 'or')) return value;
    value = evaluate(machine, part, frame);
  }
  return value;
}

function inDoubt(machine: Machine, parts: readonly (Expression | null)[], frame: Frame): Value {
  for (const part of parts) {
    machine.doubtful(() => {
      evaluate(machine, part, frame);
      return null;
    });
  }
  return UNKNOWN;
}

function inner(machine: Machine, expression: Of<'inner'>, frame: Frame): Value {
  evaluate(machine, expression.first, frame);
  const own: Frame = {
    kind: 'function',
    module: frame.module,
    names: new Map(),
    locals: new Set(expression.names),
    parent: frame,
    line: frame.line,
  };
  if (expression.first?.kind === 'all' && expression.first.parts.length > 0)
    for (const part of expression.parts) evaluate(machine, part, own);
  else inDoubt(machine, expression.parts, own);
  return machine.made();
}

function compare(operator: string, left: Value, right: Value): Value {
  const equal = areEqual(left, right);
  if (equal === null) return UNKNOWN;
  if (operator === 'is' || operator === '==') return equal ? TRUE : FALSE;
  return operator === 'is not' || operator === '!=' ? (equal ? FALSE : TRUE) : UNKNOWN;
}

function areEqual(left: Value, right: Value): boolean | null {
  if (left.kind === 'constant' && right.kind === 'constant') return left.value === right.value;
  const isThing = ({ kind }: Value) =>
    kind === 'function' || kind === 'class' || kind === 'module' || kind === 'method';
  if ((isThing(left) && right.kind === 'constant') || (isThing(right) && left.kind === 'constant')) return false;
  return isThing(left) && left === right ? true : null;
}

function evaluateCall(machine: Machine, expression: CallExpression, frame: Frame): { callee: Value; value: Value } {
  const callee = evaluate(machine, expression.callee, frame);
  const given: Arguments = {
    args: expression.args.map((argument) => evaluate(machine, argument, frame)),
    keywords: new Map(expression.keywords.map(({ name, value }) => [name, evaluate(machine, value, frame)])),
  };
  const { unit } = frame.module.text;
  const dynamic = unit ? machine.texts.dynamicAt(unit, expression.start) : undefined;
  if (dynamic) return { callee, value: dynamicImport(machine, dynamic, frame) };
  return { callee, value: machine.rules.call(machine, callee, given) };
}
