/**
 * Tests of transforms: run as the command runs them, checks included, on files in memory. Works with the `describe` and
 * `it` of vitest (with `globals`), jest, mocha and node:test.
 *
 * @example
 * defineInlineTest(transform, {}, 'import b\nimport a\n', 'import a\nimport b\n', 'sorts');
 */
import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { planTransform } from '../transforms/plan-transform.js';
import { transformModule } from './authoring/module-shape.js';
import type { Transform, TransformModule, TransformOptions } from './authoring/types.js';
import { builtIn, gathered, isBuiltInName, type LoadedTransform } from './commands/running-transforms.js';
import { toolsOf } from './commands/session.js';
import { parseAcceptances } from './core/accept.js';
import { Linker } from './core/linker.js';
import type { FileEntry, Problem, Snapshot } from './core/model.js';
import { RegraftError } from './core/problems.js';
import { readTree } from './io/fixture-tree.js';
import { loadTransform } from './io/transform-file.js';
import { loadParser } from './python/parser.js';
import { problemsText } from './report/problems-text.js';
import { plainStyle } from './report/style.js';

/**
 * A function, what its file exports, the name of a built-in one, or where its file is: an address, such as
 * `new URL('./x.ts', import.meta.url)`, or a path, which starts at `directory` (of `defineTest` that of the test).
 */
export type Tested = Transform | TransformModule | URL | string;

/** Contents by path. */
export type TestFiles = Readonly<Record<string, string | Uint8Array>>;

export interface TestOptions {
  /** Files and directories; default: all that the transform is for. */
  readonly paths?: readonly string[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly accept?: readonly string[];
  /** What the path of a transform starts at. */
  readonly directory?: string;
}

export interface TestResult {
  /** All files afterwards; those from before where the plan is refused. */
  readonly files: Readonly<Record<string, string>>;
  /** Why nothing would be done. */
  readonly refusals: readonly Problem[];
  /** What the transform said, and what should be known besides. */
  readonly findings: readonly Problem[];
  readonly stats: Readonly<Record<string, number>>;
}

/** Runs a transform on files, and plans what it asks for. Nothing is written anywhere. */
export async function runTransform(
  transform: Tested,
  files: TestFiles,
  options: TransformOptions = {},
  { paths = [], include = [], exclude = [], accept = [], directory = '.' }: TestOptions = {},
): Promise<TestResult> {
  const bytes = new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)]));
  const { snapshot, ...run } = await ran(transform, bytes, { options, paths, include, exclude, accept, directory });
  return { ...run, files: Object.fromEntries(snapshot.files.map(({ path }) => [path, textAt(snapshot, path)])) };
}

/** A test of one text, or of several files; `expected` without a value means that nothing changes. */
export function defineInlineTest(
  transform: Tested,
  options: TransformOptions,
  input: string | TestFiles,
  expected: string | TestFiles | null,
  name = 'transforms as expected',
): void {
  const [before, after] = [filesOf(transform, input), filesOf(transform, expected ?? input)];
  runner().it(name, async () => {
    const first = await demanded(transform, before, options);
    compare(first, after);
    compare(await demanded(transform, first, options), after, AGAIN);
  });
}

/** A test of the files in `before/` of a fixture's directory, which must become those in `after/` byte for byte. */
export function defineTest(dirname: string, transform: Tested, options: TransformOptions, fixture: string): void {
  runner().it(`transforms ${fixture}`, async () => {
    const [before, after] = ['before', 'after'].map((side) => readTree(join(dirname, fixture, side)));
    if (!before || !after) throw new Error(`${join(dirname, fixture)} holds no before/ and after/`);
    const scope = { options, paths: [], include: [], exclude: [], accept: [], directory: dirname };
    const first = await ran(transform, before, scope);
    refuseNothing(first.refusals);
    compareBytes(first.snapshot, after);
    compareBytes((await ran(transform, bytesOf(first.snapshot), scope)).snapshot, after, AGAIN);
  });
}

const AGAIN = 'running it again changes more';

type It = (name: string, run: () => Promise<void>) => unknown;
interface Runner {
  readonly it: It;
}
let chosen: Runner | undefined;

/** Names the test runner, where its functions are no globals. */
export function use(given: Runner): void {
  chosen = given;
}

function runner(): Runner {
  if (chosen) return chosen;
  const { it, test } = globalThis as { it?: unknown; test?: unknown };
  const known = [it, test].find((each) => typeof each === 'function');
  if (known) return { it: known as It };
  if ('__vitest_worker__' in globalThis)
    throw new Error("set test.globals, or: import { it } from 'vitest'; use({ it })");
  return createRequire(import.meta.url)('node:test') as Runner;
}

interface Scope extends Required<TestOptions> {
  readonly options: TransformOptions;
}

async function ran(transform: Tested, files: ReadonlyMap<string, Uint8Array>, scope: Scope) {
  const parser = await loadParser();
  const tools = toolsOf({ hash: 'sha1' }, parser);
  const before = snapshotOf(files, tools.nameBlob);
  const codebase = tools.codebase(before);
  const session = { snapshot: before, codebase, linker: new Linker(codebase), parser };
  const loaded = await loadedFor(transform, scope.directory);
  const { acceptances, problems } = parseAcceptances(scope.accept);
  if (problems.length > 0) throw new RegraftError(problems);
  const quiet = { progress: () => undefined, signal: new AbortController().signal };
  const { wishes, findings, stats } = await gathered(quiet, session, loaded, scope);
  const request = { name: loaded.name, acceptances, batchSize: 0 };
  const plan = planTransform(before, wishes, request, tools);
  return { snapshot: plan.result, refusals: plan.refusals, findings: [...findings, ...plan.findings], stats };
}

async function loadedFor(transform: Tested, directory: string): Promise<LoadedTransform> {
  if (transform instanceof URL) return loadedFor(fileURLToPath(transform), directory);
  if (typeof transform !== 'string')
    return { name: 'transform', hash: null, path: null, module: transformModule(transform, 'the transform') };
  if (isBuiltInName(transform)) return builtIn(transform);
  const { path, hash, exported } = await loadTransform(directory, transform);
  return { name: path, hash, path: null, module: transformModule(exported, transform) };
}

function snapshotOf(files: ReadonlyMap<string, Uint8Array>, nameBlob: (bytes: Uint8Array) => string): Snapshot {
  const paths = [...files.keys()].sort();
  const entries = paths.map((path): FileEntry => {
    return { path, mode: '100644', tracked: true, blob: nameBlob(files.get(path) as Uint8Array) };
  });
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  return {
    base: '0'.repeat(40),
    directoryName: 'repository',
    otherNames: [],
    files: entries,
    entry: (path) => byPath.get(path),
    read: (path) => files.get(path) ?? { unreadable: 'no such file' },
  };
}

const EXTENSIONS: Readonly<Record<string, string>> = { ts: 'ts', tsx: 'tsx' };

function filesOf(transform: Tested, given: string | TestFiles): TestFiles {
  if (typeof given !== 'string') return given;
  const parser = typeof transform === 'string' ? undefined : (transform as Partial<TransformModule>).parser;
  return { [parser === undefined ? 'example.py' : `example.${EXTENSIONS[parser] ?? 'js'}`]: given };
}

async function demanded(transform: Tested, files: TestFiles, options: TransformOptions): Promise<TestFiles> {
  const result = await runTransform(transform, files, options);
  refuseNothing(result.refusals);
  return result.files;
}

function refuseNothing(refusals: readonly Problem[]): void {
  if (refusals.length > 0) throw new Error(`the plan is refused:\n${problemsText(refusals, plainStyle(100))}`);
}

/** One file by itself reads best as a text. */
function compare(actual: TestFiles, expected: TestFiles, message?: string): void {
  const [only, ...others] = Object.keys(expected);
  if (only !== undefined && others.length === 0 && Object.keys(actual).join() === only)
    strictEqual(String(actual[only]), String(expected[only]), message);
  else deepStrictEqual(texts(actual), texts(expected), message);
}

function texts(files: TestFiles): Record<string, string> {
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([path, content]) => [path, Buffer.from(content).toString('utf8')]));
}

function bytesOf(snapshot: Snapshot): ReadonlyMap<string, Uint8Array> {
  return new Map(snapshot.files.map(({ path }) => [path, snapshot.read(path) as Uint8Array]));
}

function compareBytes(snapshot: Snapshot, expected: ReadonlyMap<string, Uint8Array>, message?: string): void {
  const actual = bytesOf(snapshot);
  deepStrictEqual([...actual.keys()], [...expected.keys()], message);
  for (const [path, bytes] of expected) {
    const own = Buffer.from(actual.get(path) as Uint8Array);
    if (own.equals(bytes)) continue;
    const where = message ?? `${path} differs`;
    strictEqual(own.toString('utf8'), Buffer.from(bytes).toString('utf8'), where);
    strictEqual(own.toString('latin1'), Buffer.from(bytes).toString('latin1'), where);
  }
}

function textAt(snapshot: Snapshot, path: string): string {
  return Buffer.from(snapshot.read(path) as Uint8Array).toString('utf8');
}
