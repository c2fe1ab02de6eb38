/** Names of modules, and binding names where Python's scope rules put them. */
import type { Machine } from './machine.js';
import type { Frame, ModuleValue, Value } from './values.js';

/** What a name of a module holds. */
export function nameOf(machine: Machine, module: ModuleValue, name: string): Value | undefined {
  return module.names.get(name) ?? machine.modules.submodule(module, name);
}

/** Binds a name in a frame: a function's own names there, others where an enclosing function or the module has them. */
export function bindIn(machine: Machine, frame: Frame, name: string, value: Value): void {
  let here: Frame = frame;
  while (here.kind === 'function' && !here.locals.has(name) && here.parent) here = here.parent;
  if (here !== frame && here.kind === 'class') here = moduleFrame(here);
  if (here.kind !== 'module') return machine.bind(here.names, name, value);
  if (frame.kind === 'function') machine.changed(here.module);
  machine.give(here.module, name, value);
}

function moduleFrame(frame: Frame): Frame {
  let here = frame;
  while (here.parent) here = here.parent;
  return here;
}
