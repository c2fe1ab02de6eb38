/**
 * The skim: what one Python file says of modules, without its offsets and its inner scopes. Enough for the import graph and
 * for what a module's names mean; everything else is a question for the {@link Facts}. Plain data; lines count from 1.
 */
import type { DynamicImport, DynamicName, When } from './facts.js';

/** One name of an import statement: `a.b as c` in `import a.b as c`, `n as m` in `from p import n as m`. */
export interface SkimmedName {
  readonly name: string;
  readonly alias: string | null;
  readonly line: number;
}

export interface SkimmedImport {
  readonly kind: 'import' | 'from' | 'star';
  readonly line: number;
  readonly when: When;
  /** Stands in the module's own scope, in no function and no class. */
  readonly atTop: boolean;
  /** Leading dots; 0 for absolute. */
  readonly level: number;
  readonly module: string;
  readonly names: readonly SkimmedName[];
}

/** A name bound in the module's scope, `global` declarations included. */
export interface SkimmedBinding {
  readonly name: string;
  /** Inside `if`, `try`, a loop: it may not happen. */
  readonly conditional: boolean;
  /** For a name bound by an import: index into {@link Skim.imports} and into its `names`. */
  readonly imported?: { readonly statement: number; readonly name: number };
}

/** An import by value. */
export interface SkimmedDynamic {
  readonly form: DynamicImport['form'];
  readonly line: number;
  readonly when: When;
  /** Spans are `null`. */
  readonly name: DynamicName;
  readonly anchor: DynamicImport['anchor'];
}

/** A whole string literal that is a dotted name or the path of a Python file. */
export interface SkimmedString {
  readonly value: string;
  readonly line: number;
  /** In no function and no class. */
  readonly atTop: boolean;
}

export interface Skim {
  /** Line of the first syntax error; `null` where the file parses as far as can be told. */
  readonly brokenAt: number | null;
  /** In source order. */
  readonly imports: readonly SkimmedImport[];
  /** Those of one name are in source order. */
  readonly bindings: readonly SkimmedBinding[];
  readonly exports: { readonly names: readonly string[]; readonly complete: boolean } | null;
  /** In source order. */
  readonly dynamics: readonly SkimmedDynamic[];
  /** In source order. */
  readonly strings: readonly SkimmedString[];
  /** Strings that could complete a computed name, each once, in source order; empty where every name is written out. */
  readonly words: readonly string[];
  /** Names may come into the module in ways that its text does not spell. */
  readonly bindsByValue: boolean;
  /** Writes to the table of modules or to the finders: it may have submodules that are no files. */
  readonly registersModules: boolean;
}

/** What is a dotted name, with an attribute behind a colon at most. */
const DOTTED = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+(?::[\w.]+)?$/;
const PYTHON_PATH = /^(?:\.[\\/])?[\w\\/.-]+\.py$/;
/** UTF-16 units; no module has a longer name. */
export const LONGEST_NAME = 300;

/** Whether a string literal, as it is written between its quotes, could name a module by its dotted name or its path. */
export function couldNameModule(value: string): boolean {
  return value.length <= LONGEST_NAME && (isDottedName(value) || PYTHON_PATH.test(value));
}

export function isDottedName(value: string): boolean {
  return DOTTED.test(value);
}

/** Whether a string could complete a computed module name. */
export function couldCompleteName(value: string): boolean {
  return value.length < 200 && /^\.*\w+(\.\w+)*$/.test(value);
}
