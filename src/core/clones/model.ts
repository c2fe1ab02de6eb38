/** What finding copies works with: hashes of a file's logical lines, and of its functions. Hashes only ever propose; codes decide. */

/** Hashes of one file's code: comments, docstrings, imports, layout and redundant brackets leave no trace in them. */
export interface CodePrint {
  /** Of each logical line, names as they are written. 32 bits. */
  readonly hashes: Uint32Array;
  /** Of each line again, every identifier replaced by the number of its first occurrence in the line. 32 bits. */
  readonly shapes: Uint32Array;
  /** Tokens of each. */
  readonly sizes: Uint16Array;
  /** The physical line that each begins on, from 1. */
  readonly places: Uint32Array;
  /** Functions and methods in source order; functions inside functions belong to them. */
  readonly functions: readonly FunctionPrint[];
  /** UTF-16 offsets of the lines that may import: where each begins and ends. */
  readonly importLines: Uint32Array;
  readonly tokens: number;
  /** Those of imports included. */
  readonly allTokens: number;
}

/** One function or method. */
export interface FunctionPrint {
  /** UTF-16 offsets of the names of the classes around it, and of its own. */
  readonly names: readonly number[];
  /** UTF-16 offsets of the whole, decorators included; blanks and comments around it may be, too. */
  readonly start: number;
  readonly end: number;
  /** It stands in the body of the module, or of such a class, and in no other statement there. */
  readonly isDirect: boolean;
  /** Its logical lines, that of `def` included: indices from `from` up to `to`. */
  readonly from: number;
  readonly to: number;
  /** Physical lines, from 1. */
  readonly line: number;
  readonly endLine: number;
  readonly tokens: number;
  /** Of its code, but for its own name. 53 bits. */
  readonly code: number;
  /** The same with every identifier replaced by the number of its first occurrence: equal for renamed copies. 53 bits. */
  readonly shape: number;
}
