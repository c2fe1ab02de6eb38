/** Built-in functions that read or write attributes by name, that decide tests, or that wrap functions. */
import { attribute, setAttribute } from './attributes.js';
import type { Arguments, Machine } from './machine.js';
import { nameOf } from './names.js';
import { FALSE, type FunctionValue, TRUE, UNKNOWN, type Value } from './values.js';

export function builtinCall(machine: Machine, name: string, { args }: Arguments): Value {
  const [first = UNKNOWN, second = UNKNOWN, third] = args;
  const text = second.kind === 'constant' && typeof second.value === 'string' ? second.value : null;
  switch (name) {
    case 'getattr':
      return getAttribute(machine, first, text, third);
    case 'hasattr':
      return hasAttribute(machine, first, text);
    case 'setattr':
      if (text !== null) setAttribute(machine, first, text, third ?? UNKNOWN);
      else changeUnknown(machine, first);
      return UNKNOWN;
    case 'callable':
      return first.kind === 'function' || first.kind === 'class' ? TRUE : UNKNOWN;
    case 'isinstance':
      return isType(first, second);
    case 'staticmethod':
    case 'classmethod':
    case 'property':
      return wrapped(name, first);
    default:
      return machine.made();
  }
}

function getAttribute(machine: Machine, owner: Value, name: string | null, fallback: Value | undefined): Value {
  if (name === null) return UNKNOWN;
  if (fallback === undefined || owner.kind !== 'module') return attribute(machine, owner, name);
  machine.touchPartial(owner);
  return nameOf(machine, owner, name) ?? (machine.mayHave(owner, name) ? UNKNOWN : fallback);
}

function hasAttribute(machine: Machine, owner: Value, name: string | null): Value {
  if (owner.kind !== 'module' || name === null) return UNKNOWN;
  machine.touchPartial(owner);
  if (nameOf(machine, owner, name)) return TRUE;
  return machine.mayHave(owner, name) ? UNKNOWN : FALSE;
}

function changeUnknown(machine: Machine, owner: Value): void {
  if (owner.kind === 'module') machine.opened(owner);
  machine.changed(owner);
}

function isType(value: Value, type: Value): Value {
  if (type.kind !== 'builtin' || type.name !== 'type') return UNKNOWN;
  return value.kind === 'class' ? TRUE : value.kind === 'function' ? FALSE : UNKNOWN;
}

const BINDINGS = { staticmethod: 'static', classmethod: 'class', property: 'property' } as const;

function wrapped(by: keyof typeof BINDINGS, value: Value): Value {
  const inner = value.kind === 'function' ? value : null;
  return inner ? ({ ...inner, binding: BINDINGS[by] } satisfies FunctionValue) : UNKNOWN;
}
