/**
 * What a module consists of, symbol by symbol, in a form that two modules can be compared in. Codes are digests of normal
 * forms: equal code, equal digest, whatever the layout, comments and docstrings.
 */
import type { Span } from './model.js';

export type SymbolKind = 'function' | 'class' | 'method' | 'variable' | 'import' | 'statement';

/** What an import statement asks for, as written. `name` is `null` for `import a.b` and `*` for a star import. */
export interface ImportTarget {
  readonly level: number;
  readonly module: string;
  readonly name: string | null;
}

/** One definition, assignment, imported name or other statement of a module or class body. */
export interface OutlineSymbol {
  /** `f`, `Class.method`, `Class.Inner.attr`; `a.b` for `import a.b`; the second of one name is `f#2`. */
  readonly qualname: string;
  readonly kind: SymbolKind;
  /** The statement, decorators included. UTF-16 offsets. */
  readonly span: Span;
  readonly line: number;
  readonly endLine: number;
  readonly lines: number;
  /** The qualname of the class whose body this stands in. */
  readonly owner: string | null;
  /** Names that it binds in its module or class body. */
  readonly binds: readonly string[];
  /** Parameters, annotations and `async` of a function, without the values of defaults. */
  readonly signature: string | null;
  readonly defaults: string | null;
  readonly decorators: string | null;
  /** Bases and keywords of a class. */
  readonly bases: string | null;
  /** The code itself: a function's body, a variable's value, a statement; empty for a class, whose body is symbols. */
  readonly body: string;
  /** The `if` or `try` branches that it stands in; `null` outside. */
  readonly condition: string | null;
  readonly docstring: string | null;
  /** Digest of its code, members of a class included, each identifier replaced by the number of its first occurrence. */
  readonly shape: string;
  /** Its identifiers, its own name among them, in the order of their first occurrence. */
  readonly identifiers: readonly string[];
  /** Words of its normal form, members of a class included. */
  readonly weight: number;
  /** Names that its code takes from the module or from outside, sorted; a name of a class body as `Class.name`. */
  readonly freeNames: readonly string[];
  /** Those of them that it would take under no condition as well. */
  readonly ownNames: readonly string[];
  /** The import that an `import` symbol stands for. */
  readonly imported: ImportTarget | null;
  /** Imports inside its code; those in a class body belong to the members. */
  readonly innerImports: readonly ImportTarget[];
  /** Base classes as written. */
  readonly baseNames: readonly string[];
  /** For a variable: what its value is, as far as it is a call (`threading.Lock`) or an empty container (`{}`). */
  readonly made: string | null;
}

/** A statement of the module's body. */
export interface TopStatement {
  /** Without comments around it. UTF-16 offsets. */
  readonly span: Span;
  /** `imports`: an `if` or a `try` that only imports and sets flags. `main`: runs only when the file is the program. */
  readonly kind: 'docstring' | 'import' | 'imports' | 'main' | 'other';
}

export interface Outline {
  /** In source order. */
  readonly symbols: readonly OutlineSymbol[];
  /** All statements of the body, in source order. */
  readonly statements: readonly TopStatement[];
  /** Digest of the whole module's normal form. */
  readonly code: string;
  /** Normal form cut into pieces of about a line; words are separated by line feeds. */
  readonly codeLines: readonly string[];
  readonly docstring: string | null;
  /** Digest of all comments in order; `null` without any. */
  readonly comments: string | null;
  /** The names in `__all__`; `null` without one, or where it is not wholly literal. */
  readonly exports: readonly string[] | null;
  /** False where the tree has errors: then nothing here can be relied on. */
  readonly parses: boolean;
}
