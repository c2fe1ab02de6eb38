/** What every command gets and gives. The command line decides about streams, colours and signals; commands do not. */
import type { Problem } from '../core/model.js';
import type { ExitCode } from '../core/problems.js';
import type { EngineName } from '../python/parser.js';
import type { Style } from '../report/style.js';

export type Format = 'text' | 'json' | 'markdown' | 'html' | 'patch' | 'dot' | 'mermaid' | 'sarif' | 'github';

export interface Environment {
  /** Where the user stands, or what `-C` names. */
  readonly directory: string;
  readonly format: Format;
  readonly style: Style;
  /** Standard output is a terminal: a person reads it. */
  readonly terminal: boolean;
  /** Progress for people, on standard error; never part of the result. */
  progress(text: string): void;
  /** Part of the result, shown at once instead of at the end; nothing in formats for machines. */
  narrate(text: string): void;
  /** To be done when the result is out: what may fail without anybody's loss. */
  afterwards(action: () => void): void;
  /** Asks the person at the terminal; absent where nobody sits at one. The end of the input answers `q`. */
  readonly ask?: (question: string) => Promise<string>;
  /** Shows the person a text at once, a page at a time where it is long; absent where nobody sits at a terminal. */
  readonly show?: (text: string) => Promise<void>;
  /** Lines of the terminal, as far as they are known. */
  readonly rows?: number | undefined;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** The name of the user's shell, as far as it is known. */
  readonly shell?: string | undefined;
  /** Forces a parsing engine; without it the native one is tried first. */
  readonly engine: EngineName | undefined;
}

/** The result of a command. `output` is what standard output shows unless the format is JSON. */
export interface Outcome {
  readonly exitCode: ExitCode;
  readonly data: unknown;
  readonly problems: readonly Problem[];
  readonly output: string | Uint8Array;
}
