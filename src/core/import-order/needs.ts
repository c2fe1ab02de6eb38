/** What modules cannot do without when they are imported: other modules of the repository, and names from outside. */
import { stronglyConnected } from '../components.js';

interface Need {
  readonly modules: Map<string, number>;
  readonly externals: Map<string, number>;
}

/** A need with the statement that has it. */
export interface Requirement {
  readonly name: string;
  readonly path: string;
  readonly line: number;
}

export class Needs {
  private readonly needs = new Map<string, Need>();
  /** Names from outside by file; computed for all at once, and again when a need has come. */
  private names: ReadonlyMap<string, ReadonlySet<string>> | null = null;

  module(path: string, needed: string, line: number): void {
    const { modules } = this.of(path);
    if (modules.has(needed)) return;
    modules.set(needed, line);
    this.names = null;
  }

  external(path: string, name: string, line: number): void {
    const { externals } = this.of(path);
    if (externals.has(name)) return;
    externals.set(name, line);
    this.names = null;
  }

  private of(path: string): Need {
    let need = this.needs.get(path);
    if (!need) {
      need = { modules: new Map(), externals: new Map() };
      this.needs.set(path, need);
    }
    return need;
  }

  /** The names of everything from outside that importing a file needs. */
  namesOf(path: string): ReadonlySet<string> {
    this.names ??= namesFromOutside(this.needs);
    return this.names.get(path) ?? NO_NAMES;
  }

  /** Everything from outside that importing a file needs, by name, each with the first statement that needs it. */
  requirements(start: string): Map<string, Requirement> {
    const found = new Map<string, Requirement>();
    const seen = new Set([start]);
    const open = [start];
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      const need = this.needs.get(path);
      if (!need) continue;
      for (const [name, line] of need.externals) if (!found.has(name)) found.set(name, { name, path, line });
      for (const next of need.modules.keys()) {
        if (!seen.has(next)) open.push(next);
        seen.add(next);
      }
    }
    return found;
  }
}

const NO_NAMES: ReadonlySet<string> = new Set();

/** What the modules of a circle need they need together; most need what one of those needs that they import. */
function namesFromOutside(needs: ReadonlyMap<string, Need>): Map<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>();
  for (const members of stronglyConnected(needs.keys(), (path) => needs.get(path)?.modules.keys() ?? [])) {
    const own = new Set(members.flatMap((path) => [...(needs.get(path)?.externals.keys() ?? [])]));
    let largest: ReadonlySet<string> = NO_NAMES;
    for (const path of members)
      for (const next of needs.get(path)?.modules.keys() ?? []) {
        const names = found.get(next) ?? NO_NAMES;
        if (names.size > largest.size) largest = names;
        for (const name of names) own.add(name);
      }
    const names = own.size === largest.size ? largest : own;
    for (const path of members) found.set(path, names);
  }
  return found;
}
