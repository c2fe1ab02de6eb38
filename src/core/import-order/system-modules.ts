/**
 * `sys.modules` by path: modules that ran here, and those that are there as if they had. The latter are many and always the
 * same, so that they are kept as sets, and bound on their packages only where somebody looks.
 */
import { Bits } from './bits.js';
import type { Settled } from './settled.js';
import type { Trail } from './trail.js';
import type { ModuleValue, Value } from './values.js';

/** Files that ran, or are there as if they had. */
export class RanFiles implements Iterable<string> {
  private readonly paths: ReadonlySet<string>;

  constructor(
    paths: readonly string[],
    private readonly restored: Bits,
    private readonly settled: Settled,
  ) {
    this.paths = new Set(paths);
  }

  has(path: string): boolean {
    return this.paths.has(path) || this.restored.has(this.settled.known.get(path)?.number ?? -1);
  }

  *[Symbol.iterator](): Iterator<string> {
    yield* this.paths;
    for (const number of this.restored) {
      const path = this.settled.byNumber[number]?.module.found.path;
      if (path !== undefined && !this.paths.has(path)) yield path;
    }
  }
}

/** Restored: there without having run. Own: ran here, and are known since. Foreign: ran here, and another run is known. */
type Kind = 'restored' | 'own' | 'foreign';

export class SystemModules {
  private readonly ran = new Map<string, ModuleValue>();
  private readonly sets = new Map<Kind, Bits>();

  constructor(
    private readonly settled: Settled,
    private readonly trail: Trail,
  ) {}

  get(path: string): ModuleValue | undefined {
    const ran = this.ran.get(path);
    if (ran) return ran;
    const known = this.settled.known.get(path);
    return known && this.restored.has(known.number) ? known.module : undefined;
  }

  has(path: string): boolean {
    return this.get(path) !== undefined;
  }

  *values(): Iterable<ModuleValue> {
    yield* this.ran.values();
    for (const number of this.restored) {
      const module = this.settled.byNumber[number]?.module;
      if (module && !this.ran.has(module.found.path)) yield module;
    }
  }

  get restored(): Bits {
    return this.sets.get('restored') ?? Bits.NONE;
  }

  /** A module begins to run. */
  begin(module: ModuleValue): void {
    const { path } = module.found;
    this.trail.put(this.ran, path, module);
    const known = this.settled.known.get(path);
    if (known) this.add('foreign', Bits.of([known.number]));
  }

  /** It failed. */
  drop(module: ModuleValue): void {
    this.trail.drop(this.ran, module.found.path);
  }

  /** What ran here is known from now on. */
  keep(numbers: Bits): void {
    this.add('own', numbers);
  }

  /** The known ones among these are in other places than those that are there. */
  conflictsWith(known: Bits): boolean {
    return known.meets(this.sets.get('foreign') ?? Bits.NONE);
  }

  /** @returns those that were not there yet */
  restore(known: Bits): Bits {
    const missing = known.without(this.restored).without(this.sets.get('own') ?? Bits.NONE);
    this.add('restored', missing);
    return missing;
  }

  /** A submodule that is there without having run, and so was not bound on its package. */
  submodule(parent: ModuleValue, name: string): ModuleValue | undefined {
    const known = this.settled.members.get(parent)?.get(name);
    return known && this.restored.has(known.number) ? known.module : undefined;
  }

  /** All of them that some package has. */
  submodules(parent: ModuleValue): (readonly [string, Value])[] {
    return [...(this.settled.members.get(parent) ?? [])].flatMap(([name, { number, module }]) =>
      this.restored.has(number) && !parent.names.has(name) ? [[name, module] as const] : [],
    );
  }

  private add(kind: Kind, numbers: Bits): void {
    this.trail.put(this.sets, kind, (this.sets.get(kind) ?? Bits.NONE).or(numbers));
  }
}
