/** Calls: functions of the repository are followed, as deep and as often as can matter; the rest only makes something. */

import type { FunctionCode } from '../program.js';
import { rawMember } from './attributes.js';
import { builtinCall } from './builtin-calls.js';
import type { Arguments, Machine } from './machine.js';
import type { CallResult } from './running.js';
import {
  type ClassValue,
  type Frame,
  type FunctionValue,
  homeOf,
  type InstanceValue,
  NONE,
  UNKNOWN,
  type Value,
} from './values.js';

/** Functions within functions beyond this are not followed. */
const MAX_DEPTH = 12;
/** Nor are more calls than this out of one module body. */
const MAX_CALLS = 5000;

const locals = new WeakMap<FunctionCode, ReadonlySet<string>>();

export function call(machine: Machine, callee: Value, given: Arguments): Value {
  switch (callee.kind) {
    case 'function':
      return callFunction(machine, callee, given);
    case 'method':
      return callFunction(machine, callee.of, { ...given, args: [callee.self, ...given.args] });
    case 'class':
      return instantiate(machine, callee, given);
    case 'builtin':
      return builtinCall(machine, callee.name, given);
    case 'external':
      return machine.made(callee.dotted);
    case 'object':
      return callee;
    case 'instance':
      return callInstance(machine, callee, given);
    default:
      return UNKNOWN;
  }
}

function callInstance(machine: Machine, callee: InstanceValue, given: Arguments): Value {
  const method = rawMember(callee.of, '__call__');
  if (method?.kind === 'function') return callFunction(machine, method, { ...given, args: [callee, ...given.args] });
  return { kind: 'object', home: callee.home, by: null };
}

/** A new object: `__new__` and `__init__` run if the repository defines them. */
function instantiate(machine: Machine, of: ClassValue, given: Arguments): Value {
  const made: InstanceValue = { kind: 'instance', of, home: machine.homeHere(), names: machine.trail.names() };
  for (const name of ['__new__', '__init__']) {
    const method = rawMember(of, name);
    const self = name === '__new__' ? of : made;
    if (method?.kind === 'function') callFunction(machine, method, { ...given, args: [self, ...given.args] });
  }
  return made;
}

/** Runs a function's body for what it imports, reads and changes; once where more would show nothing new. */
export function callFunction(machine: Machine, callee: FunctionValue, given: Arguments): Value {
  const { code } = callee;
  const { now } = machine;
  if (code.deferred || now.calls >= MAX_DEPTH || machine.activeCalls.has(code)) return UNKNOWN;
  const home = homeOf(given.args[0] ?? UNKNOWN) ?? '';
  const known = machine.inert.get(code) ?? now.results.get(code)?.get(home);
  if (known) return given.args[known.argument] ?? known.value;
  if (++now.called > MAX_CALLS) return UNKNOWN;
  const before = machine.events;
  const value = runFunction(machine, callee, given);
  if (now.guessing > 0) return value;
  const result = { value, argument: given.args.indexOf(value) };
  if (machine.events === before) machine.trail.put(machine.inert, code, result);
  else rememberResult(now.results, code, home, result);
  return value;
}

function rememberResult(
  results: Map<FunctionCode, Map<string, CallResult>>,
  code: FunctionCode,
  home: string,
  result: CallResult,
): void {
  const known = results.get(code);
  if (known) known.set(home, result);
  else results.set(code, new Map([[home, result]]));
}

function runFunction(machine: Machine, callee: FunctionValue, given: Arguments): Value {
  const { code } = callee;
  const { now } = machine;
  const frame = frameOf(callee, given);
  machine.activeCalls.add(code);
  machine.frames.push(frame);
  now.calls++;
  try {
    const ending = machine.rules.run(machine, code.body, frame);
    machine.frames.pop();
    return ending?.kind === 'return' ? ending.value : NONE;
  } finally {
    now.calls--;
    machine.activeCalls.delete(code);
  }
}

function frameOf({ code, frame }: FunctionValue, { args, keywords }: Arguments): Frame {
  let own = locals.get(code);
  if (!own) {
    own = new Set(code.locals);
    locals.set(code, own);
  }
  const names = new Map<string, Value>();
  for (const [index, name] of code.parameters.entries()) {
    const value = keywords.get(name) ?? args[index];
    if (value) names.set(name, value);
  }
  return { kind: 'function', module: frame.module, names, locals: own, parent: frame, line: code.line };
}
