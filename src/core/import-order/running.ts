/** What belongs to one module body while it runs. */
import type { FunctionCode } from '../program.js';
import type { Effect, Failure, Recorded } from './outcomes.js';
import type { ModuleValue, Value } from './values.js';

/** What a call gives: a value, or one of its arguments. */
export interface CallResult {
  readonly value: Value;
  readonly argument: number;
}

/** A name that a module gets from another one. */
export interface Written {
  readonly path: string;
  readonly name: string;
  readonly value: Value;
}

/** What belongs to the module body that is running, and is set aside while another one runs. */
export interface Running {
  module: ModuleValue | null;
  /** Above 0: what runs may not happen at all. */
  doubt: number;
  /** Above 0: what fails is caught. */
  guarded: number;
  /** Functions that are running, called from the body. */
  calls: number;
  /** Functions called so far. */
  called: number;
  /** Results of calls of the same function on something of the same module, which would do the same again. */
  readonly results: Map<FunctionCode, Map<string, CallResult>>;
  /** Above 0: inside a branch of a called function that nobody can decide; nothing is imported there. */
  guessing: number;
  /** Failures that `except` clauses are handling, innermost last. */
  readonly handling: Failure[];
  /** Modules that the body imports, by path. */
  readonly imported: Set<string>;
  /** Modules that it reads through their packages without importing them. */
  readonly read: Set<string>;
  readonly effects: Effect[];
  readonly possible: string[];
  /** Failures that did not end it, their chains from the body on. */
  readonly failures: Recorded[];
  /** Names that it gives to other modules. */
  readonly written: Written[];
  /** How many frames run around the body. */
  readonly base: number;
  /** The outermost of the modules still being imported that it, or what it imports, has to do with. */
  lowest: number;
}

export function idle(module: ModuleValue | null, depth: number, base: number): Running {
  return {
    module,
    doubt: 0,
    guarded: 0,
    calls: 0,
    called: 0,
    results: new Map(),
    guessing: 0,
    handling: [],
    imported: new Set(),
    read: new Set(),
    effects: [],
    possible: [],
    failures: [],
    written: [],
    base,
    lowest: depth,
  };
}
