/** What import statements do: load modules parents first, bind submodules on their packages, take names. */

import { dynamicTargets } from '../dynamic.js';
import { registersModules } from '../edges.js';
import type { DynamicImport, ImportStatement } from '../facts.js';
import type { Found, Resolution } from '../layout.js';
import type { Value as Linked } from '../linker.js';
import { directoryOf, isInside, isPackageInit } from '../paths.js';
import { STANDARD_LIBRARY } from '../standard-library.js';
import { PLATFORM_MODULES, PRIVATE_MODULES } from './known-names.js';
import type { Machine } from './machine.js';
import { nameOf } from './names.js';
import { replay, type Start, settle } from './settled.js';
import { FALSE, type Frame, type ModuleValue, NO_LOCALS, UNKNOWN, type Value } from './values.js';

/** Runs one import statement in a frame. */
export function importStep(
  machine: Machine,
  statement: ImportStatement,
  frame: Frame,
  bind: (name: string, value: Value) => void,
): void {
  if (statement.when === 'typing' || statement.module === '__future__') return;
  machine.events++;
  if (machine.now.guessing > 0) return unknownNames(statement, bind);
  if (statement.kind === 'import') return plainImport(machine, statement, frame, bind);
  const source = importModule(machine, frame, statement.level, statement.module);
  if (statement.kind === 'star') return starImport(machine, source, frame);
  for (const { name, alias } of statement.names) bind(alias ?? name, memberOf(machine, source, name, frame));
}

/** In a branch that is only guessed at nothing is loaded. */
function unknownNames(statement: ImportStatement, bind: (name: string, value: Value) => void): void {
  for (const { name, alias } of statement.names) bind(alias ?? (name.split('.')[0] as string), UNKNOWN);
}

function plainImport(
  machine: Machine,
  statement: ImportStatement,
  frame: Frame,
  bind: (name: string, value: Value) => void,
): void {
  for (const { name, alias } of statement.names) {
    const last = importModule(machine, frame, 0, name);
    if (alias !== null) {
      bind(alias, last);
      continue;
    }
    const top = name.split('.')[0] as string;
    bind(top, name === top ? last : topOf(machine, frame, name, last));
  }
}

/** `import a.b` binds `a`. */
function topOf(machine: Machine, frame: Frame, dotted: string, last: Value): Value {
  if (last.kind === 'external') return { kind: 'external', dotted: dotted.split('.')[0] as string };
  if (last.kind !== 'module') return UNKNOWN;
  const [top] = chainOf(machine, last.found, dotted.split('.').length);
  return top ? load(machine, [top], frame) : UNKNOWN;
}

/** The module that a statement's module part names, loaded. */
export function importModule(machine: Machine, frame: Frame, level: number, dotted: string): Value {
  const importer = frame.module.found.path;
  const resolution = machine.linker.module(importer, level, dotted);
  const { found } = resolution;
  if (found) {
    const count = level > 0 ? (dotted === '' ? 1 : dotted.split('.').length + 1) : dotted.split('.').length;
    return load(machine, chainOf(machine, found, count), frame);
  }
  return notFound(machine, resolution, frame, level, dotted);
}

/** Nothing in the repository answers to a name: it comes from outside, is built, or does not exist. */
function notFound(machine: Machine, resolution: Resolution, frame: Frame, level: number, dotted: string): Value {
  for (const path of resolution.parents) load(machine, chainOf(machine, { kind: 'package', path }, 1), frame);
  const external: Value = { kind: 'external', dotted };
  const top = dotted.split('.')[0] as string;
  if (!resolution.internal) {
    if (level === 0 && resolution.parents.length === 0) require(machine, frame, top);
    else machine.mayRaise('ModuleNotFoundError');
    return external;
  }
  const written = '.'.repeat(level) + dotted;
  if (registersModules(machine.linker, frame.module.found.path, written)) return external;
  return machine.fail('ModuleNotFoundError', `there is no module '${written}'`, {
    kind: 'module',
    path: frame.module.found.path,
    name: written.slice(written.lastIndexOf('.') + 1),
  });
}

/** Something from outside: certain only if every Python has it. */
function require(machine: Machine, frame: Frame, top: string): void {
  if (PRIVATE_MODULES.has(top) || (STANDARD_LIBRARY.has(top) && !PLATFORM_MODULES.has(top))) return;
  machine.mayRaise('ModuleNotFoundError');
  const runner = machine.now.module?.found.path;
  if (runner !== undefined && isCertain(machine)) machine.needs.external(runner, top, frame.line);
}

function isCertain({ now }: Machine): boolean {
  return now.doubt === 0 && now.guarded === 0;
}

/** The packages that a dotted name of so many parts passes on the way to what it names, outermost first, itself last. */
export function chainOf(machine: Machine, found: Found, count: number): Found[] {
  const { tree } = machine.linker.codebase.layout;
  const chain = [found];
  let directory =
    found.kind === 'namespace'
      ? directoryOf(found.path)
      : directoryOf(isPackageInit(found.path) ? directoryOf(found.path) : found.path);
  for (let i = 1; i < count; i++) {
    chain.unshift(tree.packageAt(directory));
    directory = directoryOf(directory);
  }
  return chain;
}

/** Imports the last of a chain of packages, the ones before it first. */
export function load(machine: Machine, chain: readonly Found[], frame: Frame | null): ModuleValue {
  const last = chain.at(-1) as Found;
  const runner = machine.now.module?.found.path;
  if (runner !== undefined && isCertain(machine))
    for (const { path } of chain) machine.needs.module(runner, path, frame?.line ?? 0);
  let parent: ModuleValue | null = null;
  const known = machine.modules.get(last.path);
  if (!known) for (const found of chain) parent = machine.modules.get(found.path) ?? loadOne(machine, found, parent);
  for (const { path } of chain) {
    const module = machine.modules.get(path);
    if (module && !isAround(path, runner)) machine.touch(module);
  }
  return known ?? (parent as ModuleValue);
}

/** The packages around a module are there before it, whoever imports it. */
function isAround(path: string, runner: string | undefined): boolean {
  return runner !== undefined && isPackageInit(path) && isInside(runner, directoryOf(path));
}

/** Runs a module's body. It is in `sys.modules` meanwhile, and bound on its package only afterwards. */
function loadOne(machine: Machine, found: Found, parent: ModuleValue | null): ModuleValue {
  const { trail } = machine;
  if (parent) machine.needs.module(found.path, parent.found.path, 1);
  const module = replay(machine, found.path) ?? runBody(machine, fresh(machine, found), parent);
  if (parent) trail.put(parent.names, module.text.member, module);
  return module;
}

function fresh(machine: Machine, found: Found): ModuleValue {
  const text = machine.texts.of(found);
  const names = machine.trail.names();
  names.set('__name__', { kind: 'constant', value: text.name });
  return { kind: 'module', found, names, text };
}

function runBody(machine: Machine, module: ModuleValue, parent: ModuleValue | null): ModuleValue {
  const { trail, modules, loading, frames } = machine;
  const { found, text, names } = module;
  const start: Start = { ran: machine.ran.length, depth: loading.size, trail: trail.length };
  const frame: Frame = { kind: 'module', module, names, locals: NO_LOCALS, parent: null, line: 1 };
  const depth = frames.length;
  modules.begin(module);
  machine.ran.push(found.path);
  loading.set(module, start.depth);
  frames.push(frame);
  try {
    const running = machine.within(module, () => machine.rules.run(machine, text.program, frame));
    return settle(machine, start, module, parent, running);
  } catch (error) {
    modules.drop(module);
    throw error;
  } finally {
    loading.delete(module);
    frames.length = depth;
  }
}

/** `from source import name`: an attribute, else a submodule that is loaded now, else what `sys.modules` has. */
export function memberOf(
  machine: Machine,
  source: Value,
  name: string,
  frame: Frame,
  exception = 'ImportError',
): Value {
  if (source.kind === 'external')
    return name === 'TYPE_CHECKING' ? FALSE : { kind: 'external', dotted: `${source.dotted}.${name}` };
  if (source.kind !== 'module') return UNKNOWN;
  const bound = nameOf(machine, source, name);
  const submodule = source.found.kind === 'module' ? null : machine.linker.submodule(source.found, name);
  // A submodule is the same whether its package already has it or not.
  if (!submodule || (bound && bound.kind !== 'module')) machine.touchPartial(source);
  // Python asks no further where the package has it; who imports first here would import it all the same.
  if (bound?.kind === 'module' && bound.found.path === pathOf(submodule) && machine.modules.has(bound.found.path))
    return load(machine, [source.found, bound.found], frame);
  if (bound) {
    if (bound.kind === 'module') machine.now.read.add(bound.found.path);
    if (bound.kind === 'module' && isCertain(machine))
      machine.needs.module(frame.module.found.path, bound.found.path, frame.line);
    return bound;
  }
  if (submodule?.kind === 'module') return load(machine, [source.found, submodule.found], frame);
  if (machine.mayHave(source, name)) return UNKNOWN;
  if (machine.linker.member(source.found, name).kind === 'unknown') return UNKNOWN;
  return machine.fail(exception, `${placeOf(machine, source)} has no '${name}'`, {
    kind: 'member',
    path: source.found.path,
    name,
  });
}

function pathOf(submodule: Linked | null): string | null {
  return submodule?.kind === 'module' ? submodule.found.path : null;
}

/** A module as messages name it, with the state that explains what it lacks. */
export function placeOf(machine: Machine, module: ModuleValue): string {
  return `${module.found.path}${machine.loading.has(module) ? ', which is still being imported,' : ''}`;
}

/** Binds what the module has at this moment: by `__all__` if it has one by now. */
function starImport(machine: Machine, source: Value, frame: Frame): void {
  if (source.kind !== 'module') return machine.opened(frame.module);
  machine.touchPartial(source);
  if (machine.isOpen(source)) machine.opened(frame.module);
  const exports = source.names.has('__all__') ? source.text.unit?.facts.exports : null;
  if (exports && !exports.complete) machine.opened(frame.module);
  for (const [name, value] of exports?.complete ? [] : [...source.names, ...machine.modules.submodules(source)])
    if (!name.startsWith('_')) machine.bind(frame.names, name, value);
  for (const { name } of exports?.complete ? exports.names : [])
    machine.bind(frame.names, name, memberOf(machine, source, name, frame, 'AttributeError'));
}

/** `import_module('a.b')` and its like, where the names are known. */
export function dynamicImport(machine: Machine, dynamic: DynamicImport, frame: Frame): Value {
  const { unit } = frame.module.text;
  const isKnown = dynamic.name.kind === 'literal' || dynamic.name.kind === 'choices';
  const imports = dynamic.form === 'import_module' || dynamic.form === '__import__';
  if (!unit || !isKnown || !imports || machine.now.guessing > 0) return UNKNOWN;
  let value: Value = UNKNOWN;
  for (const { resolution, dotted } of dynamicTargets(machine.linker, unit, dynamic)) {
    if (resolution.found) value = load(machine, chainOf(machine, resolution.found, dotted.split('.').length), frame);
  }
  return dynamic.form === 'import_module' && dynamic.name.kind === 'literal' ? value : UNKNOWN;
}
