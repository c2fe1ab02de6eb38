/** What users' own transforms are written against. Values and functions only: nothing here reaches a disk. */
import type { JSCodeshift } from 'jscodeshift';
import type { Span } from '../core/model.js';

export interface TransformFile {
  /** From the top of the repository, with `/`. */
  readonly path: string;
  readonly source: string;
}

/** `--option key=value`; a key alone is `true`. */
export type TransformOptions = Readonly<Record<string, string>>;

/** The new text; nothing where the file stays as it is. */
export type TransformResult = string | null | undefined;

/** What a transform file exports by default. */
export type Transform = (
  file: TransformFile,
  api: TransformApi,
  options: TransformOptions,
) => TransformResult | Promise<TransformResult>;

export interface TransformModule {
  readonly default: Transform;
  /** Globs of the files it is for. Without: Python files, or with `parser` scripts. Files that are named are taken as they are. */
  readonly include?: string | readonly string[];
  /** The parser of `api.j`: `babel`, `flow`, `ts`, `tsx`. Without: by the file's extension. */
  readonly parser?: string;
}

export interface TransformApi {
  /** Python, as a tree with edits that keep every other byte. */
  py(file: TransformFile | string): PythonSource;
  /** jscodeshift, with the parser for the file. */
  readonly j: JSCodeshift;
  readonly jscodeshift: JSCodeshift;
  /** The repository as it is before anything changes. */
  readonly graph: GraphView;
  /** Adds a move to the plan; paths of the repository. Everything that refers to it follows, or the plan is refused. */
  move(from: string, to: string, options?: { readonly shim?: boolean }): void;
  /** Adds a deletion to the plan: refused unless nothing uses the file, or `keep` proves to stand in for it. */
  remove(path: string, options?: { readonly keep?: string }): void;
  /** Adds a new file to the plan. No change where just this stands there; anything else there is refused. */
  create(path: string, text: string): void;
  /** The text of a shim: a module that gives another one under an old name. */
  shimText(oldName: string, newName: string, options?: { readonly isPackage?: boolean }): string;
  /** Says something of the file in the report; with a node or another span of its text, at its line. */
  report(message: string, at?: Span): void;
  /** Counts something over all files, for the report. */
  stats(name: string, quantity?: number): void;
}

/** A node of the syntax tree of tree-sitter-python. */
export interface PythonNode extends Span {
  readonly type: string;
  /** The grammar's name for its part in its parent. */
  readonly field: string | null;
  /** `false` for punctuation and keywords. */
  readonly named: boolean;
  readonly text: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly parent: PythonNode | null;
  readonly children: readonly PythonNode[];
  /** The first child of a field. @throws Error for a field that the grammar does not have */
  child(field: string): PythonNode | null;
  childrenOf(field: string): PythonNode[];
  /** All nodes below it, itself included, in document order. @throws Error for a type that the grammar does not have */
  find(type: string | readonly string[], predicate?: (node: PythonNode) => boolean): PythonNode[];
  /** The nearest node around it, itself not included. */
  closest(type: string | readonly string[]): PythonNode | null;
  /** The tree from here on as text, to look at: types, fields, places. */
  tree(): string;
}

/** `names` are those of `from module import names`; without them, `import module`. */
export interface ImportRequest {
  /** As written, leading dots included. */
  readonly module: string;
  readonly names?: readonly (string | { readonly name: string; readonly alias?: string })[];
  /** Of `import module as alias`. */
  readonly alias?: string;
}

/** One import statement. */
export interface PythonImport extends Span {
  readonly kind: 'import' | 'from' | 'star';
  readonly line: number;
  /** As written, leading dots included; of `import` the first name. */
  readonly module: string;
  /** The module as an absolute name; `null` where dots lead nowhere. */
  readonly absolute: string | null;
  /** Dots and module of `from`. */
  readonly moduleSpan: Span;
  readonly names: readonly { readonly name: string; readonly alias: string | null }[];
  readonly when: 'runtime' | 'typing' | 'lazy' | 'guarded' | 'conditional';
  readonly isTopLevel: boolean;
}

/** One piece of a string literal, between its quotes. */
export interface PythonString extends Span {
  readonly value: string;
  readonly line: number;
  readonly role: 'docstring' | 'export' | 'annotation' | 'other';
  /** Dotted name of the function that it is an argument of. */
  readonly callee: string | null;
}

/** A name in the file that surely means a given thing; the span is that of the name alone. */
export interface PythonReference extends Span {
  readonly kind: 'definition' | 'import' | 'use' | 'attribute' | 'export';
  readonly text: string;
  readonly line: number;
  /** The other name that the file has for it; `null` where it is called what it is called at home. */
  readonly alias: string | null;
  /** With the names before it: `a.b.c` where the reference is to `c`. */
  readonly whole: Span;
}

export interface PythonSource {
  readonly source: string;
  readonly root: PythonNode;
  /** The file does not parse wholly. */
  readonly hasErrors: boolean;
  find(type: string | readonly string[], predicate?: (node: PythonNode) => boolean): PythonNode[];
  closest(node: PythonNode, type: string | readonly string[]): PythonNode | null;
  /** The innermost node that holds a span, such as a reference or an import. */
  nodeAt(span: Span): PythonNode;
  text(span: Span): string;
  replace(span: Span, text: string): void;
  insertBefore(span: Span, text: string): void;
  insertAfter(span: Span, text: string): void;
  remove(span: Span): void;
  /** A whole statement, with its lines where nothing else stands on them; `pass` takes the place of the only one of a block. */
  removeStatement(node: Span): void;
  imports(): readonly PythonImport[];
  /** `false` where it is imported already. */
  addImport(request: ImportRequest): boolean;
  /** How many names are imported no longer. */
  removeImport(request: Pick<ImportRequest, 'module' | 'names'>): number;
  /**
   * Imports of a module, given by its absolute name, become imports of another; chains of attributes follow. With `names`
   * only these. How many statements changed.
   */
  redirectImport(from: string, to: string, options?: { readonly names?: readonly string[] }): number;
  /**
   * Names that surely mean `module.name`, in the repository or outside of it (`logging.getLogger`), a module, or a built-in
   * (`builtins.print`), by scopes and imports. In a text by itself, as its own imports spell it.
   */
  references(dotted: string): readonly PythonReference[];
  /**
   * All that surely means `module.name` gets another name: definition, imports, uses, attributes. Where the file has the new
   * name already, it imports under the old one. How many places changed; strings and comments stay.
   */
  rename(dotted: string, name: string): number;
  strings(): readonly PythonString[];
  /** Whether any scope of the file binds the name. */
  binds(name: string): boolean;
  /** The text with all edits. @throws Error where two of them overlap */
  toSource(): string;
}

export interface ImportLink {
  /** The file that imports. */
  readonly path: string;
  readonly importedPath: string;
  readonly line: number;
  readonly form: 'import' | 'from' | 'star' | 'dynamic' | 'string' | 'implicit' | 'path';
  readonly when: PythonImport['when'];
  /** What the statement takes from the imported module: names of `from`, `*` of a star; none of `import`. */
  readonly names: readonly { readonly name: string; readonly alias: string | null }[];
}

export interface GraphView {
  /** The most natural dotted name of a file; `null` where it has none. */
  moduleName(path: string): string | null;
  /** The file of a dotted name, seen from a file; leading dots are its own package's. */
  resolve(name: string, from?: string): string | null;
  /** What imports a module, given by its path or dotted name. */
  importers(module: string): readonly ImportLink[];
  imports(path: string): readonly ImportLink[];
  cycles(): readonly { readonly paths: readonly string[]; readonly kind: 'import-time' | 'deferred' }[];
  /** Where a name of a module is defined in the end. */
  definition(module: string, name: string): { readonly path: string; readonly name: string } | null;
  /**
   * What importing a file imports for certain: files of the repository, and top-level names of what must be installed.
   * `null` where that cannot be told.
   */
  requirements(path: string): { readonly files: readonly string[]; readonly installed: readonly string[] } | null;
  /** What a shim stands for; `null` for every other file. */
  shim(path: string): { readonly oldName: string; readonly newName: string; readonly target: string | null } | null;
  /** Paths of all files, sorted. */
  files(): readonly string[];
  /** Another file as it is now, also for `api.py`; `null` where there is none, or no text. */
  source(path: string): TransformFile | null;
}
