/**
 * Whether the local name of a redirected module changes with it, file by file and scope by scope: `from . import
 * x_robust` may become `from . import x`, its uses following, or must become `from . import x as x_robust`.
 */
import type { PythonUnit } from '../src/core/codebase.js';
import type { Linker } from '../src/core/linker.js';
import { moduleBase } from '../src/core/paths.js';
import type { ModuleReference } from '../src/core/references.js';
import { renamingHazard } from '../src/core/renaming.js';
import type { ModuleUsage } from '../src/core/usages.js';

export class LocalNames {
  private readonly from: string;
  /** `path:scope` -> whether the name changes there. */
  private readonly decided = new Map<string, boolean>();

  /**
   * @param to the new name
   * @param bound path of the module that the new name may be bound to already
   */
  constructor(
    private readonly linker: Linker,
    private readonly usage: ModuleUsage,
    private readonly to: string,
    private readonly bound: string,
  ) {
    this.from = moduleBase(usage.target.path);
    for (const { source } of usage.usages) if ('reference' in source) this.keepBorrowed(source.reference);
  }

  /** A name taken from another file's binding changes only with that file, which keeps it because it is taken. */
  private keepBorrowed({ path, site, via }: ModuleReference): void {
    if (via !== null && site.kind === 'from-name') this.decided.set(`${path}:${site.statement.scope}`, false);
  }

  /** Whether the local name changes from the duplicate's to the keeper's in a scope. */
  change(unit: PythonUnit, scope: number): boolean {
    const key = `${unit.path}:${scope}`;
    const known = this.decided.get(key);
    if (known !== undefined) return known;
    const target = this.usage.target.path;
    const renaming = { unit, scope, from: this.from, to: this.to, keeper: this.bound, target };
    const safe = renamingHazard(this.linker, renaming) === null && !(scope === 0 && this.isTakenFrom(unit));
    this.decided.set(key, safe);
    return safe;
  }

  /** Other files take the name from this one, in code or in a string such as a patch target. */
  private isTakenFrom(unit: PythonUnit): boolean {
    const dotted = this.linker.codebase.layout.namesOf(unit.path);
    return this.usage.usages.some(({ source }) => {
      if ('reference' in source) return source.reference.via === unit.path;
      const text = this.linker.codebase.text(source.mention.path);
      if ('undecodable' in text || source.mention.class === 'docs') return false;
      const nameStart = source.mention.span.end - this.from.length;
      const before = text.text.slice(Math.max(0, nameStart - 300), nameStart);
      return dotted.some(
        (name) => before.endsWith(`${name}.`) && !this.usage.target.dottedNames.includes(`${name}.${this.from}`),
      );
    });
  }
}
