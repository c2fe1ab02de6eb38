/**
 * One simulated interpreter: its `sys.modules`, what is running, what has happened. Every change is written down, so that
 * a state can be returned to and many entries can share what they have in common. The rules of Python are in the files
 * beside this one; they find each other through {@link Machine.rules}.
 */
import type { Linker } from '../linker.js';
import type { Block, Expression, FunctionCode } from '../program.js';
import { MODULE_ATTRIBUTES } from './known-names.js';
import type { Needs } from './needs.js';
import { type Effect, type Failure, Raised, type Recorded } from './outcomes.js';
import { type CallResult, idle, type Running } from './running.js';
import type { Settled } from './settled.js';
import { SystemModules } from './system-modules.js';
import { bindsAtTop, type Texts } from './texts.js';
import { Trail } from './trail.js';
import { type Frame, homeOf, isSame, type ModuleValue, UNKNOWN, type Value } from './values.js';

/** The key under which a module's names say that there may be more; no identifier. */
const OPEN = '*';

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

export interface Mark {
  readonly trail: number;
  readonly ran: number;
  readonly failures: number;
  readonly effects: number;
  readonly possible: number;
}

export class Machine {
  /** Modules whose bodies are running, with how many ran around them. */
  readonly loading = new Map<ModuleValue, number>();
  /** Files whose bodies began to run, in order, and those restored of which something is noticed; a namespace package by its directory. */
  readonly ran: string[] = [];
  readonly failures: Recorded[] = [];
  readonly effects: Effect[] = [];
  readonly frames: Frame[] = [];
  readonly activeCalls = new Set<object>();
  now: Running = idle(null, 0, 0);
  /** Functions that do nothing that could be observed, with what they give. */
  readonly inert = new Map<FunctionCode, CallResult>();
  /** Counts what can be observed: imports, failures, changes. */
  events = 0;
  /** Exceptions that may have been raised: by branches that may not be taken, for want of something installed. */
  readonly possible: string[] = [];
  readonly trail = new Trail();
  readonly modules: SystemModules;

  constructor(
    readonly linker: Linker,
    readonly texts: Texts,
    readonly needs: Needs,
    readonly settled: Settled,
    readonly rules: Rules,
  ) {
    this.modules = new SystemModules(settled, this.trail);
  }

  mark(): Mark {
    return {
      trail: this.trail.mark(),
      ran: this.ran.length,
      failures: this.failures.length,
      effects: this.effects.length,
      possible: this.possible.length,
    };
  }

  /** Undoes everything since a mark. */
  back(mark: Mark): void {
    this.trail.back(mark.trail);
    this.ran.length = mark.ran;
    this.failures.length = mark.failures;
    this.effects.length = mark.effects;
    this.possible.length = mark.possible;
  }

  /** Runs something as another module body; what belongs to the present one is set aside. */
  within(module: ModuleValue, action: () => void): Running {
    const outer = this.now;
    const own = idle(module, this.loading.size - 1, this.frames.length - 1);
    this.now = own;
    try {
      action();
    } finally {
      this.now = outer;
      outer.lowest = Math.min(outer.lowest, own.lowest);
    }
    return own;
  }

  /** The running module imports another one. */
  touch(module: ModuleValue): void {
    this.now.imported.add(module.found.path);
    this.touchPartial(module);
  }

  /** What a module has while it is still being imported depends on who asks when. */
  touchPartial(module: ModuleValue): void {
    const depth = this.loading.get(module);
    if (depth !== undefined) this.now.lowest = Math.min(this.now.lowest, depth);
  }

  /** Runs a branch that may not be taken: its failures are only possible ones. */
  doubtful(action: () => Ending, isIgnored: (failure: Failure) => boolean = isRaised): Doubtful {
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
      this.mayRaise(failure.exception);
      if (now.guessing === 0 && !isIgnored(failure)) this.record({ failure, fate: 'possible' });
      return { ending: null, failure };
    } finally {
      now.doubt--;
      now.guessing -= guesses;
    }
  }

  /** A failure that does not end the import. */
  record(recorded: Recorded): void {
    this.failures.push(recorded);
    this.now.failures.push({
      ...recorded,
      failure: { ...recorded.failure, chain: recorded.failure.chain.slice(this.now.base) },
    });
  }

  /** What runs may have raised an exception, although the simulation goes on. */
  mayRaise(exception: string): void {
    this.possible.push(exception);
    this.now.possible.push(exception);
  }

  /** Binds a name in a namespace. Where it may not happen, only what is the same either way stays known. */
  bind(names: Map<string, Value>, name: string, value: Value): void {
    const old = this.now.doubt > 0 ? names.get(name) : undefined;
    this.trail.put(names, name, old && !isSame(old, value) ? UNKNOWN : value);
  }

  /** Something that belongs to a module is changed. */
  changed(value: Value): void {
    const home = value.kind === 'external' ? `name:${value.dotted.split('.')[0]}` : homeOf(value);
    const runner = this.now.module?.found.path;
    if (home === null || home === '' || runner === undefined) return;
    this.events++;
    if (home === runner) return;
    const effect = { runner, target: home, line: this.lineOf(runner) };
    this.effects.push(effect);
    this.now.effects.push(effect);
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

  /** A module got names that cannot be told. */
  opened(module: ModuleValue): void {
    this.give(module, OPEN, UNKNOWN);
  }

  /** Binds a name in a module, which may be another one than the one that runs. */
  give(module: ModuleValue, name: string, value: Value): void {
    const { path } = module.found;
    const there = module.names.has(name) ? undefined : this.modules.submodule(module, name);
    if (there) this.trail.put(module.names, name, there);
    if (path !== this.now.module?.found.path) this.now.written.push({ path, name, value });
    this.bind(module.names, name, value);
  }

  isOpen(module: ModuleValue): boolean {
    return module.text.open || module.names.has(OPEN);
  }

  /** A name that a module does not have as far as is known may be there nevertheless; not one that its own text binds later. */
  mayHave(module: ModuleValue, name: string): boolean {
    if (MODULE_ATTRIBUTES.test(name) || module.names.has(OPEN) || module.text.elsewhere.has(name)) return true;
    const isAhead = this.loading.has(module) && bindsAtTop(module.text, name);
    return module.text.open && !(isAhead && !module.names.has('__getattr__'));
  }

  fail(exception: string, message: string, what: Failure['what']): never {
    const chain = this.frames.map((frame) => ({ path: frame.module.found.path, line: frame.line }));
    const last = chain.at(-1) ?? { path: what.path, line: 1 };
    throw new Raised({ exception, message, what, chain, path: last.path, line: last.line });
  }
}

function isRaised({ what }: Failure): boolean {
  return what.kind === 'raise';
}
