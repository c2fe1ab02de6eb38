/**
 * One simulated interpreter: its `sys.modules`, what is running, what has happened. Every change is written down, so that
 * a state can be returned to and many entries can share what they have in common. The rules of Python are in the files
 * beside this one; they find each other through {@link Machine.rules}.
 */
import type { PythonUnit } from '../codebase.js';
import type { DynamicImport } from '../facts.js';
import type { Found } from '../layout.js';
import { bindsByValue, type Linker } from '../linker.js';
import type { Block, Expression, FunctionCode } from '../program.js';
import { MODULE_ATTRIBUTES } from './known-names.js';
import type { Needs } from './needs.js';
import { type Effect, type Failure, Raised, type Recorded } from './outcomes.js';
import { type Frame, homeOf, isSame, type ModuleText, type ModuleValue, UNKNOWN, type Value } from './values.js';

/** How a block ended when not by its end. */
export type Ending = null | { readonly kind: 'leave' } | { readonly kind: 'return'; readonly value: Value };

/** What became of a branch that may not be taken. */
export interface Doubtful {
  readonly ending: Ending;
  readonly failure: Failure | null;
}

/** Rules that need each other. */
export interface Rules {
  run(machine: Machine, block: Block, frame: Frame): Ending;
  evaluate(machine: Machine, expression: Expression | null, frame: Frame): Value;
  call(machine: Machine, callee: Value, given: Arguments): Value;
}

export interface Arguments {
  readonly args: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
}

/** What a call gives: a value, or one of its arguments. */
export interface CallResult {
  readonly value: Value;
  readonly argument: number;
}

/** What belongs to the module body that is running, and is set aside while another one runs. */
interface Running {
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
}

export interface Mark {
  readonly trail: number;
  readonly ran: number;
  readonly failures: number;
  readonly effects: number;
}

type Change = readonly [map: Map<unknown, unknown>, key: unknown, value: unknown];
const ABSENT = Symbol('absent');

export class Machine {
  /** `sys.modules`, by path. */
  readonly modules = new Map<string, ModuleValue>();
  readonly loading = new Map<ModuleValue, true>();
  /** Modules that got names which cannot be told. */
  readonly opened = new Map<ModuleValue, true>();
  /** Files whose bodies began to run, in order; a namespace package by its directory. */
  readonly ran: string[] = [];
  readonly failures: Recorded[] = [];
  readonly effects: Effect[] = [];
  readonly frames: Frame[] = [];
  readonly activeCalls = new Set<object>();
  now: Running = idle(null);
  /** Functions that do nothing that could be observed, with what they give. */
  readonly inert = new Map<FunctionCode, CallResult>();
  /** Counts what can be observed: imports, failures, changes. */
  events = 0;
  /** Exceptions that may have been raised: by branches that may not be taken, for want of something installed. */
  readonly possible: string[] = [];
  private trail: Change[] = [];

  constructor(
    readonly linker: Linker,
    readonly texts: Texts,
    readonly needs: Needs,
    readonly rules: Rules,
  ) {}

  put<K, V>(map: Map<K, V>, key: K, value: V): void {
    this.remember(map, key);
    map.set(key, value);
  }

  drop<K, V>(map: Map<K, V>, key: K): void {
    this.remember(map, key);
    map.delete(key);
  }

  private remember<K, V>(map: Map<K, V>, key: K): void {
    this.trail.push([map as Map<unknown, unknown>, key, map.has(key) ? map.get(key) : ABSENT]);
  }

  mark(): Mark {
    return {
      trail: this.trail.length,
      ran: this.ran.length,
      failures: this.failures.length,
      effects: this.effects.length,
    };
  }

  /** Undoes everything since a mark. */
  back(mark: Mark): void {
    while (this.trail.length > mark.trail) {
      const [map, key, value] = this.trail.pop() as Change;
      if (value === ABSENT) map.delete(key);
      else map.set(key, value);
    }
    this.ran.length = mark.ran;
    this.failures.length = mark.failures;
    this.effects.length = mark.effects;
  }

  /** Runs something as another module body; what belongs to the present one is set aside. */
  within<T>(module: ModuleValue, action: () => T): T {
    const outer = this.now;
    this.now = idle(module);
    try {
      return action();
    } finally {
      this.now = outer;
    }
  }

  /** Runs a branch that may not be taken: its failures are only possible ones. */
  doubtful(action: () => Ending, isIgnored: (failure: Failure) => boolean = () => false): Doubtful {
    const { now } = this;
    const guesses = now.calls > 0 ? 1 : 0;
    const depth = this.frames.length;
    now.doubt++;
    now.guessing += guesses;
    try {
      return { ending: action(), failure: null };
    } catch (error) {
      if (!(error instanceof Raised)) throw error;
      this.frames.length = depth;
      const { failure } = error;
      this.events++;
      this.possible.push(failure.exception);
      if (now.guessing === 0 && !isIgnored(failure)) this.failures.push({ failure, fate: 'possible' });
      return { ending: null, failure };
    } finally {
      now.doubt--;
      now.guessing -= guesses;
    }
  }

  /** Binds a name in a namespace. Where it may not happen, only what is the same either way stays known. */
  bind(names: Map<string, Value>, name: string, value: Value): void {
    const old = this.now.doubt > 0 ? names.get(name) : undefined;
    this.put(names, name, old && !isSame(old, value) ? UNKNOWN : value);
  }

  /** Something that belongs to a module is changed. */
  changed(value: Value): void {
    const home = value.kind === 'external' ? `name:${value.dotted.split('.')[0]}` : homeOf(value);
    const runner = this.now.module?.found.path;
    if (home === null || home === '' || runner === undefined) return;
    this.events++;
    if (home === runner) return;
    this.effects.push({ runner, target: home, line: this.lineOf(runner) });
  }

  /** The line that the body of a file is at. */
  private lineOf(path: string): number {
    return this.frames.findLast((frame) => frame.module.found.path === path && frame.kind !== 'function')?.line ?? 1;
  }

  /** Something new. It is the running module's, unless a called function made it, perhaps only for itself. */
  made(by: string | null = null): Value {
    return { kind: 'object', home: this.homeHere(), by };
  }

  /** The path of the module that owns what is made here; empty inside functions. */
  homeHere(): string {
    return this.now.calls > 0 ? '' : (this.now.module?.found.path ?? '');
  }

  /** A module keeps something: now it is certainly its own. */
  kept(value: Value): Value {
    if (value.kind === 'unknown') return this.made();
    return (value.kind === 'object' || value.kind === 'instance') && value.home === ''
      ? { ...value, home: this.homeHere() }
      : value;
  }

  isOpen(module: ModuleValue): boolean {
    return module.text.open || this.opened.has(module);
  }

  /** A name that a module does not have as far as is known may be there nevertheless. */
  mayHave(module: ModuleValue, name: string): boolean {
    return MODULE_ATTRIBUTES.test(name) || this.isOpen(module) || module.text.elsewhere.has(name);
  }

  fail(exception: string, message: string, what: Failure['what']): never {
    const chain = this.frames.map((frame) => ({ path: frame.module.found.path, line: frame.line }));
    const last = chain.at(-1) ?? { path: what.path, line: 1 };
    throw new Raised({ exception, message, what, chain, path: last.path, line: last.line });
  }
}

function idle(module: ModuleValue | null): Running {
  return { module, doubt: 0, guarded: 0, calls: 0, called: 0, results: new Map(), guessing: 0, handling: [] };
}

/** What files say, read once for all simulations of one state of the repository. */
export class Texts {
  private readonly known = new Map<string, ModuleText>();
  private readonly dynamics = new Map<PythonUnit, ReadonlyMap<number, DynamicImport>>();

  constructor(readonly linker: Linker) {}

  of(found: Found): ModuleText {
    let text = this.known.get(found.path);
    if (!text) {
      text = this.read(found);
      this.known.set(found.path, text);
    }
    return text;
  }

  private read({ kind, path }: Found): ModuleText {
    const { codebase } = this.linker;
    const name = codebase.layout.nameOf(path);
    const nothing = { path, name, unit: null, program: [], elsewhere: new Set<string>() };
    if (kind === 'namespace') return { ...nothing, open: false };
    const unit = path.endsWith('.py') ? codebase.unitOrNone(path) : undefined;
    if (!unit || unit.facts.syntaxErrors.length > 0) return { ...nothing, open: true };
    return {
      path,
      name,
      unit,
      program: unit.facts.program,
      elsewhere: new Set(unit.facts.scopes.flatMap((scope) => scope.globals)),
      open: bindsByValue(unit),
    };
  }

  /** The import by value that a call at an offset is. */
  dynamicAt(unit: PythonUnit, start: number): DynamicImport | undefined {
    let byStart = this.dynamics.get(unit);
    if (!byStart) {
      byStart = new Map(unit.facts.dynamics.map((dynamic) => [dynamic.span.start, dynamic]));
      this.dynamics.set(unit, byStart);
    }
    return byStart.get(start);
  }
}
