/** What is written by hand about one module: its vocabulary and its own code. The builder grows the rest from it. */
import type { Definition } from './python-writer.js';

/** A dataclass of the domain, kept by the main class in a table by name. */
export interface RecordType {
  readonly cls: string;
  readonly one: string;
  readonly many: string;
  /** Numeric fields with their default as Python text. */
  readonly numbers: Readonly<Record<string, string>>;
  /** Text fields with their default. */
  readonly texts: Readonly<Record<string, string>>;
}

export interface Domain {
  /** Path in the repository. */
  readonly path: string;
  /** Exact line count. */
  readonly lines: number;
  readonly title: string;
  readonly purpose: string;
  /** Imports beyond the standard ones, as Python text. */
  readonly imports?: string;
  readonly main: string;
  readonly singleton: string;
  /** What readings are kept by: `service`, `node`. */
  readonly key: string;
  readonly stateEnum: string;
  readonly states: readonly string[];
  readonly records: readonly RecordType[];
  /** `name unit ceiling`. */
  readonly measures: readonly string[];
  /** Statements at the end of `__init__`. */
  readonly init?: string;
  /** Module-level definitions before the main class. */
  readonly functions?: string;
  /** Methods of the main class. */
  readonly methods?: string;
  /** Module-level definitions after the singleton. */
  readonly tail?: string;
  /** Test methods; `self.subject` is a fresh main object. */
  readonly tests?: string;
  /** Names that the tests import besides the main class. */
  readonly testNames?: readonly string[];
}

/** Shorthand for {@link RecordType}. */
export function record(
  cls: string,
  one: string,
  many: string,
  numbers: Readonly<Record<string, string>>,
  texts: Readonly<Record<string, string>> = {},
): RecordType {
  return { cls, one, many, numbers, texts };
}

/** The dotted name of a path. */
export function dotted(path: string): string {
  return path
    .replace(/\.py$/, '')
    .replace(/\/__init__$/, '')
    .replaceAll('/', '.');
}

/** One series of readings that the main class keeps per key. */
export interface Measure {
  readonly name: string;
  readonly words: string;
  readonly unit: string;
  readonly ceiling: number;
}

/** A method with the assertion that tests it. */
export interface Probed {
  readonly method: Definition;
  readonly check: string;
}

/** The measure that `name unit ceiling` describes. */
export function measureOf(text: string): Measure {
  const [name = '', unit = '', ceiling = '100'] = text.split(' ');
  return { name, words: name.replaceAll('_', ' '), unit, ceiling: Number(ceiling) };
}
