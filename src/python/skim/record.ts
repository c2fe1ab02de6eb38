/** What a skim has found so far. Circumstances are turned into words at the end, when all blocks are known. */
import type {
  Skim,
  SkimmedBinding,
  SkimmedDynamic,
  SkimmedImport,
  SkimmedName,
  SkimmedString,
} from '../../core/skim.js';
import { FLAG, whenOf } from '../walk.js';
import { type Circumstances, flagsOf } from './circumstances.js';

/** Where a statement stands. */
export interface Scope {
  readonly kind: 'module' | 'function' | 'class';
  readonly outer: Scope | null;
  /** Names declared `global`. */
  readonly globals: Set<string>;
}

type Imported = NonNullable<SkimmedBinding['imported']>;
type ImportParts = Pick<SkimmedImport, 'kind' | 'level' | 'module' | 'line' | 'names'>;
type DynamicParts = Pick<SkimmedDynamic, 'form' | 'line' | 'name' | 'anchor'>;

export interface Binding {
  readonly name: string;
  readonly circumstances: Circumstances;
  readonly conditional: boolean;
  readonly imported?: Imported;
}

export class Record {
  /** Something was met that only the grammar can tell. */
  isUnsure = false;
  /** Imports by value are there whose names only the grammar can tell. */
  hasComputedNames = false;
  bindsByValue = false;
  registersModules = false;
  readonly imports: (ImportParts & { scope: Scope; circumstances: Circumstances; lazy: boolean })[] = [];
  readonly bindings: Binding[] = [];
  readonly dynamics: (DynamicParts & { circumstances: Circumstances })[] = [];
  readonly strings: SkimmedString[] = [];
  private exports: { names: string[]; complete: boolean } | null = null;

  /** Binds a name where it is seen from other modules; elsewhere it is nothing to the skim. */
  bind(name: string, scope: Scope, circumstances: Circumstances, conditional = false, imported?: Imported): void {
    const isGlobal = scope.kind !== 'module' && scope.globals.has(name);
    if (scope.kind !== 'module' && !isGlobal) return;
    this.bindings.push({
      name,
      circumstances,
      conditional: conditional || isGlobal,
      ...(imported ? { imported } : {}),
    });
  }

  import(parts: ImportParts, scope: Scope, circumstances: Circumstances, lazy: boolean): void {
    const statement = this.imports.length;
    this.imports.push({ ...parts, scope, circumstances, lazy });
    if (parts.kind === 'star') return;
    for (const [name, each] of parts.names.entries())
      this.bind(boundName(each, parts.kind), scope, circumstances, false, { statement, name });
  }

  export({ names, complete }: NonNullable<Skim['exports']>): void {
    this.exports ??= { names: [], complete: true };
    for (const name of names) this.exports.names.push(name);
    this.exports.complete &&= complete;
  }

  /** All but what follows from the imports by value. */
  finish(): Skim {
    const flags = new Flags();
    return {
      brokenAt: null,
      imports: this.imports.map(({ scope, circumstances, lazy, ...parts }) => ({
        ...parts,
        when: whenOf(flags.of(circumstances) | (lazy ? FLAG.lazy : 0)),
        atTop: scope.kind === 'module',
      })),
      bindings: this.bindings.map(({ circumstances, conditional, ...rest }) => ({
        ...rest,
        conditional: conditional || flags.isUncertain(circumstances),
      })),
      exports: this.exports,
      // A module's `__getattr__` was met before the calls were judged.
      dynamics: this.dynamics
        .map(({ circumstances, ...parts }) => ({ ...parts, when: whenOf(flags.of(circumstances)) }))
        .sort((a, b) => a.line - b.line),
      strings: this.strings,
      words: [],
      bindsByValue: this.bindsByValue,
      registersModules: this.registersModules,
    };
  }
}

/** The alias, else the first part of a dotted name. */
function boundName({ name, alias }: SkimmedName, kind: SkimmedImport['kind']): string {
  if (alias !== null) return alias;
  return kind === 'import' ? (name.split('.', 1)[0] as string) : name;
}

/** Asked once for each block, however many statements stand in it. */
class Flags {
  private readonly known = new Map<Circumstances, number>();

  of(circumstances: Circumstances): number {
    const flags = this.known.get(circumstances) ?? flagsOf(circumstances);
    this.known.set(circumstances, flags);
    return flags;
  }

  isUncertain(circumstances: Circumstances): boolean {
    return (this.of(circumstances) & (FLAG.typing | FLAG.guarded | FLAG.conditional)) !== 0;
  }
}
