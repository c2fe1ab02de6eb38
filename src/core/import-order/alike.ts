/**
 * Whether two runs of the same modules came to the same: names that hold values which nothing can tell apart. What refers
 * to each other is taken to be alike until something says otherwise.
 */
import type { ClassValue, Frame, FunctionValue, InstanceValue, ModuleValue, Value } from './values.js';

type Thing = ModuleValue | FunctionValue | ClassValue | InstanceValue | Frame;
type Names = ReadonlyMap<string, Value>;

/** @param counterparts the modules of one run, each with what it became in the other */
export function areAlike(counterparts: readonly (readonly [ModuleValue, ModuleValue])[]): boolean {
  const comparison = new Comparison();
  return counterparts.every(([a, b]) => comparison.arePaired(a, b)) && comparison.holds();
}

class Comparison {
  private readonly forth = new Map<Thing, Thing>();
  private readonly back = new Map<Thing, Thing>();
  private readonly open: (readonly [Thing, Thing])[] = [];

  /** Things that are the same one in one run are the same one in the other. */
  arePaired(a: Thing, b: Thing): boolean {
    const [there, here] = [this.forth.get(a), this.back.get(b)];
    if (there !== undefined || here !== undefined) return there === b && here === a;
    this.forth.set(a, b);
    this.back.set(b, a);
    this.open.push([a, b]);
    return true;
  }

  holds(): boolean {
    for (let pair = this.open.pop(); pair; pair = this.open.pop()) if (!this.haveAlike(...pair)) return false;
    return true;
  }

  private haveAlike(a: Thing, b: Thing): boolean {
    if ('line' in a || 'line' in b) return 'line' in a && 'line' in b && this.areScopes(a, b);
    if (a.kind === 'function' && b.kind === 'function')
      return a.code === b.code && a.binding === b.binding && this.areFrames(a.frame, b.frame);
    if (a.kind === 'class' && b.kind === 'class') return this.areClasses(a, b);
    if (a.kind === 'instance' && b.kind === 'instance')
      return a.home === b.home && this.are(a.of, b.of) && this.areNames(a.names, b.names);
    return a.kind === 'module' && b.kind === 'module' && a.text === b.text && this.areNames(a.names, b.names);
  }

  private areClasses(a: ClassValue, b: ClassValue): boolean {
    return (
      a.code === b.code &&
      a.home === b.home &&
      a.bases.length === b.bases.length &&
      a.bases.every((base, index) => this.are(base, b.bases[index] as Value)) &&
      (a.meta === null || b.meta === null ? a.meta === b.meta : this.are(a.meta, b.meta)) &&
      this.areNames(a.names, b.names)
    );
  }

  private areFrames(a: Frame | null, b: Frame | null): boolean {
    return a === b || (a !== null && b !== null && this.arePaired(a, b));
  }

  private areScopes(a: Frame, b: Frame): boolean {
    return (
      a.kind === b.kind &&
      a.locals === b.locals &&
      this.are(a.module, b.module) &&
      this.areFrames(a.parent, b.parent) &&
      this.areNames(a.names, b.names)
    );
  }

  private areNames(a: Names, b: Names): boolean {
    if (a === b) return true;
    if (a.size !== b.size) return false;
    for (const [name, value] of a) {
      const other = b.get(name);
      if (!other || !this.are(value, other)) return false;
    }
    return true;
  }

  private are(a: Value, b: Value): boolean {
    if (a === b) return true;
    switch (a.kind) {
      case 'constant':
        return b.kind === 'constant' && a.value === b.value;
      case 'external':
        return b.kind === 'external' && a.dotted === b.dotted;
      case 'builtin':
        return b.kind === 'builtin' && a.name === b.name;
      case 'object':
        return b.kind === 'object' && a.home === b.home && a.by === b.by;
      case 'method':
        return b.kind === 'method' && this.are(a.self, b.self) && this.are(a.of, b.of);
      case 'unknown':
        return b.kind === 'unknown';
      case 'module':
        // One that is outside of both runs is itself alone.
        return b.kind === 'module' && this.forth.get(a) === b;
      default:
        return (b.kind === 'function' || b.kind === 'class' || b.kind === 'instance') && this.arePaired(a, b);
    }
  }
}
