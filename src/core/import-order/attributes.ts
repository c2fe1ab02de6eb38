/** Reading and writing attributes of what is known: modules, classes with their known bases, instances. */
import { placeOf } from './imports.js';
import type { Machine } from './machine.js';
import { nameOf } from './names.js';
import { type ClassValue, FALSE, type ModuleValue, UNKNOWN, type Value } from './values.js';

/** `owner.name`. */
export function attribute(machine: Machine, owner: Value, name: string): Value {
  switch (owner.kind) {
    case 'module':
      return moduleAttribute(machine, owner, name);
    case 'class':
      return classMember(machine, owner, owner, name) ?? { kind: 'object', home: owner.home, by: null };
    case 'instance':
      return (
        owner.names.get(name) ??
        classMember(machine, owner.of, owner, name) ?? { kind: 'object', home: owner.home, by: null }
      );
    case 'external':
      return name === 'TYPE_CHECKING' ? FALSE : { kind: 'external', dotted: `${owner.dotted}.${name}` };
    case 'object':
      return { ...owner, by: owner.by === null ? null : `${owner.by}.${name}` };
    case 'function':
      return owner.binding === 'property'
        ? { kind: 'builtin', name: 'property' }
        : { kind: 'object', home: owner.frame.module.found.path, by: null };
    default:
      return UNKNOWN;
  }
}

function moduleAttribute(machine: Machine, module: ModuleValue, name: string): Value {
  machine.touchPartial(module);
  const value = nameOf(machine, module, name);
  if (value?.kind === 'module') machine.now.read.add(value.found.path);
  if (value) return value;
  if (machine.mayHave(module, name)) return UNKNOWN;
  return machine.fail('AttributeError', `${placeOf(machine, module)} has no attribute '${name}'`, {
    kind: 'attribute',
    path: module.found.path,
    name,
  });
}

/** A member of a class or one of its known bases, bound to the object that it is asked of. */
export function classMember(machine: Machine, owner: ClassValue, self: Value, name: string): Value | null {
  const value = rawMember(owner, name);
  if (value?.kind !== 'function') return value;
  if (value.binding === 'class') return { kind: 'method', self: owner, of: value };
  if (value.binding === 'property') return self.kind === 'instance' ? machine.made() : value;
  return self.kind === 'instance' && value.binding === 'plain' ? { kind: 'method', self, of: value } : value;
}

/** Depth first through the bases that are known; cycles cannot be. */
export function rawMember(owner: ClassValue, name: string): Value | null {
  const own = owner.names.get(name);
  if (own) return own;
  for (const base of owner.bases) {
    const found = base.kind === 'class' ? rawMember(base, name) : null;
    if (found) return found;
  }
  return null;
}

/** `owner.name = value`. */
export function setAttribute(machine: Machine, owner: Value, name: string, value: Value): void {
  if (owner.kind === 'module') machine.give(owner, name, value);
  if (owner.kind === 'class' || owner.kind === 'instance') machine.bind(owner.names, name, value);
  machine.changed(owner);
}
