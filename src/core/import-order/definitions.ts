/** Definitions: decorators, defaults, class bodies, and what a class's metaclass and bases do when it is made. */
import type { Step } from '../program.js';
import { rawMember } from './attributes.js';
import { TRANSPARENT } from './known-names.js';
import type { Machine } from './machine.js';
import { bindIn } from './names.js';
import { type ClassValue, type Frame, NO_LOCALS, type Value } from './values.js';

type StepOf<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;

export function functionStep(machine: Machine, step: StepOf<'function'>, frame: Frame): void {
  frame.line = step.code.line;
  const decorators = step.decorators.map((decorator) => machine.rules.evaluate(machine, decorator, frame));
  for (const part of step.before) machine.rules.evaluate(machine, part, frame);
  const value: Value = { kind: 'function', code: step.code, frame, binding: 'plain' };
  bindIn(machine, frame, step.code.name, decorated(machine, decorators, value));
}

/** Decorators are applied from the last to the first. */
function decorated(machine: Machine, decorators: readonly Value[], value: Value): Value {
  return decorators.reduceRight((inner, decorator) => decorate(machine, decorator, inner), value);
}

function decorate(machine: Machine, decorator: Value, value: Value): Value {
  const by = decorator.kind === 'external' ? decorator.dotted : decorator.kind === 'object' ? decorator.by : null;
  if (by !== null && TRANSPARENT.has(by)) return value;
  if (decorator.kind === 'object') machine.changed(decorator);
  const isOutside = decorator.kind === 'external' || decorator.kind === 'object' || decorator.kind === 'unknown';
  if (isOutside) return value.kind === 'class' ? value : machine.made();
  const result = machine.rules.call(machine, decorator, { args: [value], keywords: new Map() });
  return result.kind === 'unknown' ? machine.made() : result;
}

export function classStep(machine: Machine, step: StepOf<'class'>, frame: Frame): void {
  const { code } = step;
  frame.line = code.line;
  const evaluate = (each: (typeof code.bases)[number]) => machine.rules.evaluate(machine, each, frame);
  const decorators = step.decorators.map(evaluate);
  const bases = code.bases.map(evaluate);
  const keywords = new Map(code.keywords.map(({ name, value }) => [name, evaluate(value)]));
  const names = machine.trail.names();
  const body: Frame = { kind: 'class', module: frame.module, names, locals: NO_LOCALS, parent: frame, line: code.line };
  machine.frames.push(body);
  machine.rules.run(machine, code.body, body);
  machine.frames.pop();
  const meta = keywords.get('metaclass') ?? inheritedMeta(bases);
  const value: ClassValue = { kind: 'class', code, home: frame.module.found.path, names, bases, meta };
  create(machine, value, keywords);
  bindIn(machine, frame, code.name, decorated(machine, decorators, value));
}

function inheritedMeta(bases: readonly Value[]): Value | null {
  for (const base of bases) if (base.kind === 'class' && base.meta) return base.meta;
  return null;
}

/** The metaclass and `__init_subclass__` of the bases run for every class that is made. */
function create(machine: Machine, made: ClassValue, keywords: ReadonlyMap<string, Value>): void {
  const { meta } = made;
  for (const name of ['__new__', '__init__']) {
    const method = meta?.kind === 'class' ? rawMember(meta, name) : null;
    const args: Value[] = [name === '__new__' ? (meta as Value) : made, machine.made(), machine.made(), machine.made()];
    if (method) machine.rules.call(machine, method, { args, keywords });
  }
  for (const base of made.bases) {
    const hook = base.kind === 'class' ? rawMember(base, '__init_subclass__') : null;
    if (!hook) continue;
    machine.rules.call(machine, hook, { args: [made], keywords });
    return;
  }
}
