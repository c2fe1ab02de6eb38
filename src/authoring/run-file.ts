/** Runs a transform on one file: what it returns, what it asks the plan for, and how it fails. */
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import type { TextEdit } from '../core/edits.js';
import type { Linker } from '../core/linker.js';
import type { MovedFile, Problem, Span } from '../core/model.js';
import { EXIT, problem, RegraftError } from '../core/problems.js';
import { shimText } from '../core/shims.js';
import type { Parser } from '../python/parser.js';
import { pythonSource } from './python-source.js';
import { hearing } from './said.js';
import { scriptError, scriptsFor } from './scripts.js';
import { textChanges } from './text-changes.js';
import type { GraphView, TransformApi, TransformFile, TransformModule, TransformOptions } from './types.js';

/** What one file came to. */
export interface FileResult {
  readonly path: string;
  readonly edits: readonly TextEdit[];
  readonly moves: readonly (MovedFile & { readonly shim: boolean })[];
  readonly removals: readonly { readonly path: string; readonly keep: string | null }[];
  readonly created: readonly { readonly path: string; readonly text: string }[];
  readonly reports: readonly Problem[];
  readonly stats: ReadonlyMap<string, number>;
  /** With it, nothing else counts. */
  readonly failure: Problem | null;
}

export interface Running {
  readonly module: TransformModule;
  /** How edits and problems call it. */
  readonly name: string;
  readonly options: TransformOptions;
  readonly linker: Linker;
  readonly graph: GraphView;
  readonly parser: Parser;
  /** Milliseconds for one file. */
  readonly limit: number;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Larger texts are the work of a transform that does not end. */
const LARGEST = 64 * 1024 * 1024;

export async function runOnFile(running: Running, file: TransformFile): Promise<FileResult> {
  const wishes = new Wishes(running, file);
  try {
    const call = () => running.module.default(Object.freeze({ ...file }), wishes.api(), running.options);
    const returned: unknown = await hearing(
      (text) => wishes.say(text),
      () => bounded(running, call),
    );
    const text = textOf(returned, file.source);
    const broken = brokenScript(running, file, text);
    return broken ? wishes.failed(broken) : wishes.result(textChanges(file.source, text, running.name));
  } catch (error) {
    if (error instanceof RegraftError && error.exitCode === EXIT.interrupted) throw error;
    return wishes.failed(failureOf(running, file, error));
  }
}

function textOf(returned: unknown, source: string): string {
  if (returned === null || returned === undefined) return source;
  if (typeof returned !== 'string')
    throw new WrongResult(`returned ${nameOfType(returned)}: a transform returns the new text, or nothing`);
  if (returned.length > LARGEST)
    throw new WrongResult(`returned ${returned.length} characters, more than any source has`);
  if (/[\ud800-\udfff\0]/u.test(returned)) throw new WrongResult('returned text that no file can hold');
  return returned;
}

/** Python is checked with all else; scripts are known to nobody but their parser. */
function brokenScript({ module, name }: Running, { path, source }: TransformFile, text: string): Problem | null {
  if (text === source) return null;
  const error = scriptError(path, module.parser, text);
  if (error === null || scriptError(path, module.parser, source) !== null) return null;
  const place = error.line === null ? path : { path, line: error.line, column: 1 };
  return problem('check-syntax', `the file would no longer parse: ${error.message}`, { place, hint: `mend ${name}` });
}

/** Failures that need no line of the transform. */
class WrongResult extends Error {}

function nameOfType(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `a ${typeof value}`;
  return Array.isArray(value) ? 'an array' : 'an object';
}

function failureOf({ name }: Running, { path }: TransformFile, error: unknown): Problem {
  const hint = 'mend the transform, or leave this file as it is: --accept transform-failed:PATH';
  if (error instanceof WrongResult)
    return problem('transform-failed', `${name} ${error.message}`, { place: path, hint });
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const where = error instanceof Error ? stackLine(error.stack ?? '', name) : null;
  const line = lineOf(error);
  const place = line === null ? path : { path, line, column: 1 };
  const message = `${name} failed with ${said.split('\n')[0]}${where === null ? '' : ` (${where})`}`;
  return problem('transform-failed', message, { place, hint });
}

/** What runs transforms, and the built-in ones; not what may lie beside it in `test`. */
const OWN = ['../', '../../transforms/'].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));

/** Where in the transform: the first line of the stack that names its file; of a function without one, what is not of this package. */
function stackLine(stack: string, name: string): string | null {
  const base = /\.\w+$/.test(name) ? name.slice(name.lastIndexOf('/') + 1) : null;
  const isMeant = (line: string) => (base === null ? isForeign(line) : line.includes(base));
  const frame = stack.split('\n').find((line) => /^\s*at /.test(line) && isMeant(line));
  const place = /([^/\\()\s]+?)(?:\?[^:]*)?:(\d+):(\d+)\)?$/.exec(frame ?? '');
  return place ? `${place[1]}:${place[2]}:${place[3]}` : null;
}

function isForeign(line: string): boolean {
  return /[\\/].*:\d+:\d+/.test(line) && !/\bnode:/.test(line) && !OWN.some((folder) => line.includes(folder));
}

/** Parsers of scripts say where in the file. */
function lineOf(error: unknown): number | null {
  const line = (error as { loc?: { line?: unknown } } | null)?.loc?.line;
  return typeof line === 'number' && line > 0 ? line : null;
}

/**
 * A loop without end is ended too: code that is called out of a script of its own can be stopped. What goes on after an
 * `await` can only be left behind.
 */
async function bounded<T>({ limit, signal }: Running, call: () => T | Promise<T>): Promise<T> {
  const ended = () => new WrongResult(`did not end within ${limit / 1000} seconds`);
  let started: T | Promise<T>;
  try {
    started = runInContext('call()', createContext({ call }), { timeout: limit, breakOnSigint: true });
  } catch (error) {
    const { code } = (error ?? {}) as { code?: unknown };
    if (code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') throw interrupted();
    throw code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? ended() : error;
  }
  let timer: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(ended()), limit);
    stop = () => reject(interrupted());
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([started, late]);
  } finally {
    clearTimeout(timer);
    if (stop) signal.removeEventListener('abort', stop);
  }
}

function interrupted(): RegraftError {
  return new RegraftError(problem('interrupted', 'interrupted', { severity: 'info' }), EXIT.interrupted);
}

/** What a transform asks for while it runs on one file. */
class Wishes {
  private readonly moves: (MovedFile & { shim: boolean })[] = [];
  private readonly removals: { path: string; keep: string | null }[] = [];
  private readonly created: { path: string; text: string }[] = [];
  private readonly reports: Problem[] = [];
  private readonly stats = new Map<string, number>();

  constructor(
    private readonly running: Running,
    private readonly file: TransformFile,
  ) {}

  api(): TransformApi {
    const { linker, graph, parser, module } = this.running;
    const j = scriptsFor(this.file.path, module.parser);
    return Object.freeze({
      py: (given: TransformFile | string) => pythonSource(parser, linker, given),
      j,
      jscodeshift: j,
      graph,
      move: (from: string, to: string, { shim = false } = {}) =>
        void this.moves.push({ from: pathOf(from), to: pathOf(to), shim }),
      remove: (path: string, { keep }: { readonly keep?: string } = {}) =>
        void this.removals.push({ path: pathOf(path), keep: keep === undefined ? null : pathOf(keep) }),
      create: (path: string, text: string) => void this.created.push({ path: pathOf(path), text: textOf(text, '') }),
      shimText: (oldName: string, newName: string, { isPackage = false } = {}) =>
        plainShim(oldName, newName, isPackage),
      report: (message: string, at?: Span) => void this.say(String(message), at),
      stats: (name: string, quantity = 1) =>
        void this.stats.set(String(name), (this.stats.get(String(name)) ?? 0) + quantity),
    });
  }

  say(message: string, at?: Span): void {
    const place = at === undefined ? this.file.path : { path: this.file.path, ...placeIn(this.file.source, at) };
    this.reports.push(problem('transform-report', message, { severity: 'info', place }));
  }

  result(edits: readonly TextEdit[]): FileResult {
    const { moves, removals, created, reports, stats } = this;
    return { path: this.file.path, edits, moves, removals, created, reports, stats, failure: null };
  }

  failed(failure: Problem): FileResult {
    const nothing = { edits: [], moves: [], removals: [], created: [] };
    return { path: this.file.path, ...nothing, reports: this.reports, stats: new Map(), failure };
  }
}

/** @throws Error for what is no span of the text */
function placeIn(source: string, { start }: Span): { line: number; column: number } {
  if (!(Number.isInteger(start) && start >= 0 && start <= source.length))
    throw new Error('report takes a message, and a node or a span of the file');
  const before = source.slice(0, start).split('\n');
  return { line: before.length, column: (before.at(-1) as string).length + 1 };
}

/** Paths of the repository only; what they may name is checked again before anything is written. */
function pathOf(given: string): string {
  if (typeof given !== 'string' || given === '' || /^\/|^[A-Za-z]:|\\|\0|(^|\/)\.{0,2}(\/|$)/.test(given))
    throw new Error(`'${String(given)}' is no path of the repository`);
  return given;
}

function plainShim(oldName: string, newName: string, isPackage: boolean): string {
  return shimText({
    oldName,
    newName,
    isPackage,
    relative: oldName.split('.')[0] === newName.split('.')[0],
    others: [],
    renamed: [],
    isRun: false,
    isHidden: false,
    newline: '\n',
  });
}
