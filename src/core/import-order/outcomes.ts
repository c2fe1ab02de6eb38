/** What a simulated import leaves behind: failures, modules run, visible side effects. And Python's exceptions by name. */

/** A place in the chain of statements that leads somewhere. */
export interface ChainLink {
  readonly path: string;
  readonly line: number;
}

/** Why a statement fails. */
export interface Failure {
  /** Python's name of the exception. */
  readonly exception: string;
  readonly path: string;
  readonly line: number;
  readonly message: string;
  /** What is missing: files by path, so that it can be compared after a move. */
  readonly what: {
    readonly kind: 'module' | 'member' | 'attribute' | 'name' | 'raise';
    readonly path: string;
    readonly name: string;
  };
  /** The statements that led there, outermost first; the failing one last. */
  readonly chain: readonly ChainLink[];
}

/** A failure with what became of it: it ended the import, was caught by an `except`, or lies in a branch that may not be taken. */
export interface Recorded {
  readonly failure: Failure;
  readonly fate: 'fatal' | 'caught' | 'possible';
}

/** Running `runner` changed something that belongs to `target`: a path, or `name:` and a module outside the repository. */
export interface Effect {
  readonly runner: string;
  readonly target: string;
  readonly line: number;
}

/** Carries a {@link Failure} up to the `except` that catches it. */
export class Raised extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

const PARENTS: Readonly<Record<string, string>> = {
  ModuleNotFoundError: 'ImportError',
  UnboundLocalError: 'NameError',
  NotImplementedError: 'RuntimeError',
  RecursionError: 'RuntimeError',
  FileNotFoundError: 'OSError',
  PermissionError: 'OSError',
  KeyError: 'LookupError',
  IndexError: 'LookupError',
  UnicodeError: 'ValueError',
};
const BUILTIN = new Set(
  `ArithmeticError AssertionError AttributeError EOFError ImportError IndexError KeyError LookupError ModuleNotFoundError
  NameError NotImplementedError OSError OverflowError RecursionError RuntimeError StopIteration SyntaxError SystemError
  TypeError UnicodeError ValueError ZeroDivisionError FileNotFoundError PermissionError UnboundLocalError IOError
  EnvironmentError Warning DeprecationWarning UserWarning ImportWarning KeyboardInterrupt GeneratorExit`.split(/\s+/),
);

/** Whether handlers of these names catch an exception. Names that are no built-in may be tuples of any: they catch unless they look like a class of errors. */
export function catches(names: readonly string[] | null, exception: string): boolean {
  if (names === null) return true;
  return names.some((name) => {
    if (name === 'Exception' || name === 'BaseException' || name === exception) return true;
    if (!BUILTIN.has(name)) return !/(?:Error|Exception|Warning|Exit|Interrupt)$/.test(name);
    for (let here = PARENTS[exception]; here !== undefined; here = PARENTS[here]) if (here === name) return true;
    return false;
  });
}

/** Handlers that let a missing requirement pass. */
export function catchesMissing(names: readonly string[] | null): boolean {
  return catches(names, 'ModuleNotFoundError');
}
