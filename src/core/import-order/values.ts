/** What names hold while an import is simulated, as far as it matters: modules, functions, classes, and whose the rest is. */
import type { PythonUnit } from '../codebase.js';
import type { Found } from '../layout.js';
import type { Block, ClassCode, FunctionCode } from '../program.js';
import type { Names } from './trail.js';

export type Value =
  | ModuleValue
  | FunctionValue
  | ClassValue
  /** A method with the object that it is called on. */
  | { readonly kind: 'method'; readonly self: Value; readonly of: FunctionValue }
  | InstanceValue
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null }
  /** From outside the repository, by its dotted name. */
  | { readonly kind: 'external'; readonly dotted: string }
  | { readonly kind: 'builtin'; readonly name: string }
  /** Something that the module at `home` made, by a call of something from outside if `by` names it. */
  | { readonly kind: 'object'; readonly home: string; readonly by: string | null }
  | { readonly kind: 'unknown' };

/** A module object. Another import of the same file after a failure makes a new one. */
export interface ModuleValue {
  readonly kind: 'module';
  readonly found: Found;
  readonly names: Names;
  readonly text: ModuleText;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly code: FunctionCode;
  /** Where it was defined: its free names are looked up from there. */
  readonly frame: Frame;
  readonly binding: 'plain' | 'static' | 'class' | 'property';
}

export interface ClassValue {
  readonly kind: 'class';
  readonly code: ClassCode;
  readonly home: string;
  readonly names: Map<string, Value>;
  readonly bases: readonly Value[];
  readonly meta: Value | null;
}

export interface InstanceValue {
  readonly kind: 'instance';
  readonly of: ClassValue;
  readonly home: string;
  readonly names: Map<string, Value>;
}

/** A namespace in which code runs. */
export interface Frame {
  readonly kind: 'module' | 'class' | 'function';
  readonly module: ModuleValue;
  readonly names: Map<string, Value>;
  /** Names that belong to the frame even before they are bound; only functions have them. */
  readonly locals: ReadonlySet<string>;
  readonly parent: Frame | null;
  /** The line that is running. */
  line: number;
}

/** What a file says that is the same in every simulation. */
export interface ModuleText {
  readonly path: string;
  /** The dotted name that it would have. */
  readonly name: string;
  /** What it is called in its package. */
  readonly member: string;
  readonly unit: PythonUnit | null;
  readonly program: Block;
  /** Names that functions may bind by `global`. */
  readonly elsewhere: ReadonlySet<string>;
  /** Names may be bound in ways that the text does not spell. */
  readonly open: boolean;
}

export const UNKNOWN: Value = { kind: 'unknown' };
export const NONE: Value = { kind: 'constant', value: null };
export const TRUE: Value = { kind: 'constant', value: true };
export const FALSE: Value = { kind: 'constant', value: false };
export const NO_LOCALS: ReadonlySet<string> = new Set();

/** Whether a value counts as true; `null` when that cannot be said. */
export function truth(value: Value): boolean | null {
  if (value.kind === 'constant') return Boolean(value.value);
  return value.kind === 'module' || value.kind === 'function' || value.kind === 'class' || value.kind === 'method'
    ? true
    : null;
}

/** Surely the same thing. */
export function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind === 'constant' && b.kind === 'constant') return a.value === b.value;
  if (a.kind === 'external' && b.kind === 'external') return a.dotted === b.dotted;
  return a.kind === 'object' && b.kind === 'object' && a.home === b.home;
}

/** The module that made a thing, and would see it change; `null` when that is not known. */
export function homeOf(value: Value): string | null {
  switch (value.kind) {
    case 'module':
      return value.found.path;
    case 'class':
    case 'instance':
    case 'object':
      return value.home;
    case 'function':
      // Made by a call, like any other object: its caller's.
      return value.frame.kind === 'function' ? '' : value.frame.module.found.path;
    case 'method':
      return homeOf(value.self);
    default:
      return null;
  }
}
