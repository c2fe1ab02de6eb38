/**
 * Facts: what one Python file says by itself, as plain data. Nothing here depends on any other file; resolving names to
 * files is the linker's work. All spans are UTF-16 offsets into the decoded text; lines count from 1.
 */
import type { Span } from './model.js';
import type { Block } from './program.js';

/** Under which circumstances an import runs. One value; the first that applies in this order: typing, lazy, guarded, conditional, runtime. */
export type When = 'runtime' | 'typing' | 'lazy' | 'guarded' | 'conditional';

/** One name of an import statement: `a.b as c` in `import a.b as c`, `n as m` in `from p import n as m`. */
export interface ImportedName {
  readonly name: string;
  readonly nameSpan: Span;
  readonly alias: string | null;
  readonly aliasSpan: Span | null;
  readonly line: number;
}

export interface ImportStatement {
  readonly kind: 'import' | 'from' | 'star';
  /** The whole statement, without its line end. */
  readonly span: Span;
  readonly line: number;
  readonly scope: number;
  readonly when: When;
  /** Leading dots; 0 for absolute. */
  readonly level: number;
  /** The dotted name after `from` without its dots; empty for `import` and `from . import`. */
  readonly module: string;
  /** Dots and module of a `from` statement; empty span for `import`. */
  readonly moduleSpan: Span;
  readonly names: readonly ImportedName[];
}

export type BindingKind =
  | 'import'
  | 'function'
  | 'class'
  | 'assignment'
  | 'parameter'
  | 'loop'
  | 'with'
  | 'except'
  | 'pattern'
  | 'type-parameter';

export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
  readonly span: Span;
  /** Inside `if`, `try`, a loop: it may not happen. */
  readonly conditional: boolean;
  /** For kind `import`: index into `Facts.imports` and into its `names`. */
  readonly imported?: { readonly statement: number; readonly name: number };
}

export type ScopeKind = 'module' | 'function' | 'class' | 'lambda' | 'comprehension';

export interface Scope {
  readonly kind: ScopeKind;
  /** Index of the enclosing scope; -1 for the module. */
  readonly parent: number;
  readonly span: Span;
  readonly bindings: readonly Binding[];
  /** Names declared `global` here. */
  readonly globals: readonly string[];
  readonly nonlocals: readonly string[];
}

/** A name as it is used in an expression, with the attributes that follow it: `a.b.c` is name `a`, attributes `b`, `c`. */
export interface NameUse {
  readonly name: string;
  readonly span: Span;
  readonly line: number;
  readonly scope: number;
  readonly attributes: readonly { readonly name: string; readonly span: Span }[];
  readonly context: 'load' | 'store' | 'delete';
  /** Found inside a string annotation. */
  readonly quoted: boolean;
  /** In an annotation, or in code for type checkers: nothing need be there at run time. */
  readonly typing: boolean;
}

/** One literal piece of source text between quotes. Concatenated literals are several. */
export interface StringLiteral {
  /** Between the quotes. */
  readonly span: Span;
  readonly line: number;
  readonly scope: number;
  /** Dotted callee when the literal is an argument: `mock.patch`; decorators count. */
  readonly callee: string | null;
  /** Position or keyword of that argument. */
  readonly argument: number | string | null;
  readonly role: 'docstring' | 'export' | 'annotation' | 'other';
  /** Has replacement fields (f- and t-strings). */
  readonly interpolated: boolean;
}

/** What is known of a computed module name. */
export type DynamicName =
  | { readonly kind: 'literal'; readonly value: string; readonly span: Span | null }
  /** One of these, because it is built from a loop variable over a written-out list. */
  | { readonly kind: 'choices'; readonly values: readonly string[] }
  /** Known start and end around an unknown middle; either may be empty, not both. */
  | { readonly kind: 'partial'; readonly prefix: string; readonly suffix: string }
  | { readonly kind: 'open' };

/** A place that imports, runs or enumerates modules by value. */
export interface DynamicImport {
  readonly form:
    | 'import_module'
    | '__import__'
    | 'runpy'
    | 'resolve_name'
    | 'find_spec'
    | 'sys.modules'
    | 'exec'
    | 'scan'
    | 'module-getattr';
  readonly span: Span;
  readonly line: number;
  readonly scope: number;
  readonly when: When;
  readonly name: DynamicName;
  /** The anchor of a relative name: a literal package, or the file's own package (`__package__`, `__name__`). */
  readonly anchor:
    | { readonly kind: 'literal'; readonly value: string }
    | { readonly kind: 'own' }
    | { readonly kind: 'open' }
    | null;
}

/** `__all__` as far as it is literal. */
export interface ExportList {
  readonly names: readonly { readonly name: string; readonly span: Span }[];
  /** All parts were literal. */
  readonly complete: boolean;
}

export interface Facts {
  /** Spans of error nodes; empty when the file parses. */
  readonly syntaxErrors: readonly Span[];
  readonly imports: readonly ImportStatement[];
  /** Index 0 is the module. */
  readonly scopes: readonly Scope[];
  readonly uses: readonly NameUse[];
  readonly strings: readonly StringLiteral[];
  readonly dynamics: readonly DynamicImport[];
  readonly exports: ExportList | null;
  /** Comments, for telling prose from code. */
  readonly comments: readonly Span[];
  /** What the module's body does when it runs; empty where the file does not parse. */
  readonly program: Block;
}
