/** What modules cannot do without when they are imported: other modules of the repository, and names from outside. */

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

  module(path: string, needed: string, line: number): void {
    const { modules } = this.of(path);
    if (!modules.has(needed)) modules.set(needed, line);
  }

  external(path: string, name: string, line: number): void {
    const { externals } = this.of(path);
    if (!externals.has(name)) externals.set(name, line);
  }

  private of(path: string): Need {
    let need = this.needs.get(path);
    if (!need) {
      need = { modules: new Map(), externals: new Map() };
      this.needs.set(path, need);
    }
    return need;
  }

  /** Everything from outside that importing these files needs, by name, each with the first statement that needs it. */
  requirements(paths: readonly string[]): Map<string, Requirement> {
    const found = new Map<string, Requirement>();
    const seen = new Set(paths);
    const open = [...paths].reverse();
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
