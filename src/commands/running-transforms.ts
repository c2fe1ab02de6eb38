/** Loads transforms and runs them on files of a session, one after the other; what each asks for is gathered, nothing is done. */
import { BUILT_IN } from '../../transforms/examples/index.js';
import type { Named, RanTransform } from '../../transforms/plan-recipe.js';
import type { TransformWishes } from '../../transforms/plan-transform.js';
import { graphView } from '../authoring/graph-view.js';
import { globsOf, transformModule } from '../authoring/module-shape.js';
import { type FileResult, runOnFile } from '../authoring/run-file.js';
import type { TransformFile, TransformModule, TransformOptions } from '../authoring/types.js';
import { globPattern } from '../core/globs.js';
import type { Problem } from '../core/model.js';
import { nearest } from '../core/nearest.js';
import { isInside } from '../core/paths.js';
import { EXIT, problem, RegraftError } from '../core/problems.js';
import type { TransformPhase } from '../core/recipe.js';
import { loadTransform } from '../io/transform-file.js';
import type { Environment } from './command.js';
import type { Session } from './session.js';
import { repositoryPath } from './targets.js';
import { turn } from './turn.js';

export interface LoadedTransform {
  /** Path in the repository, absolute path, or the name of a built-in one. */
  readonly name: string;
  /** Of a file. */
  readonly hash: string | null;
  readonly module: TransformModule;
  /** Where it stands in the repository. */
  readonly path: string | null;
}

/** For one file; somebody who waits that long has left. */
const LIMIT = 60_000;

/** Names without a dot or slash are built in: no file of the repository can take their place. */
export const isBuiltInName = (given: string): boolean => /^[\w-]+$/.test(given);

/** @throws RegraftError `unknown-transform`, `no-transform`, `bad-transform` */
export async function loadedTransform(session: Session, directory: string, given: string): Promise<LoadedTransform> {
  if (isBuiltInName(given)) return builtIn(given);
  const { path, hash, exported } = await loadTransform(directory, given);
  const inside = repositoryPath(session, directory, given);
  return { name: inside ?? path, hash, module: transformModule(exported, given), path: inside };
}

export function builtIn(name: string): LoadedTransform {
  const found = Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined;
  if (found) return { name, hash: null, module: found.module, path: null };
  const near = nearest(name, Object.keys(BUILT_IN));
  const hint = near
    ? `did you mean ${near}?`
    : 'regraft transform lists the built-in ones; a file is named with its extension';
  throw new RegraftError(problem('unknown-transform', `there is no built-in transform ${name}`, { hint }));
}

export interface TransformScope {
  readonly options: TransformOptions;
  readonly paths: readonly string[];
  readonly include: readonly string[];
  readonly exclude?: readonly string[] | undefined;
}

export interface Gathered {
  /** How many files the transform was given. */
  readonly files: number;
  readonly wishes: TransformWishes;
  readonly findings: readonly Problem[];
  readonly stats: Readonly<Record<string, number>>;
}

/** What files are read with. */
type Reading = Pick<Session, 'snapshot' | 'codebase' | 'linker' | 'parser'>;

/** @param limit milliseconds for one file */
export async function gathered(
  environment: Pick<Environment, 'progress' | 'signal'>,
  session: Reading,
  loaded: LoadedTransform,
  scope: TransformScope,
  limit = LIMIT,
): Promise<Gathered> {
  const { files, unreadable } = chosenFiles(session, loaded, scope);
  const { linker, parser } = session;
  const { name, module } = loaded;
  const options = Object.freeze({ ...scope.options });
  const { signal } = environment;
  const running = { module, name, options, linker, graph: graphView(linker), parser, limit, signal };
  const results: FileResult[] = [];
  for (const [index, path] of files.entries()) {
    environment.progress(`${name}: ${index + 1} of ${files.length} files`);
    await turn(environment);
    results.push(await runOnFile(running, fileAt(session, path)));
  }
  await turn(environment);
  return { files: files.length, ...joined(results, unreadable) };
}

/** A phase of a recipe; what does not load is its refusal. */
export async function ranPhase(
  environment: Environment,
  session: Session,
  phase: TransformPhase,
): Promise<Named<RanTransform>> {
  const missing = phase.paths.filter((path) => !session.snapshot.files.some((file) => isAtOrIn(file.path, path)));
  const hint = 'paths of a recipe start at the top of the repository';
  const problems = missing.map((path) =>
    problem('unknown-path', `there is no file or directory ${path} in the repository`, { place: phase.place, hint }),
  );
  try {
    if (problems.length > 0) throw new RegraftError(problems);
    const loaded = await loadedTransform(session, session.repository.top, phase.file);
    const { name: transform } = loaded;
    return { todo: [{ transform, ...(await gathered(environment, session, loaded, phase)) }], done: [], problems: [] };
  } catch (error) {
    if (!(error instanceof RegraftError) || error.exitCode === EXIT.interrupted) throw error;
    return { todo: [], done: [], problems: error.problems };
  }
}

const isAtOrIn = (path: string, place: string) => path === place || isInside(path, place.replace(/\/$/, ''));

function fileAt({ codebase }: Reading, path: string): TransformFile {
  const text = codebase.text(path);
  return { path, source: 'text' in text ? text.text : '' };
}

/** Files that are named are taken as they are, of directories those that the globs fit; never what is excluded. */
function chosenFiles({ codebase, snapshot }: Reading, { module, path: own }: LoadedTransform, scope: TransformScope) {
  const patterns = (scope.include.length > 0 ? scope.include : globsOf(module)).map(globPattern);
  const { exclude = [] } = scope;
  const excluded = exclude.map(globPattern);
  const isWanted = (path: string) =>
    !excluded.some((pattern) => pattern.test(path)) &&
    !exclude.some((place) => isAtOrIn(path, place)) &&
    (scope.paths.includes(path) ||
      ((scope.paths.length === 0 || scope.paths.some((place) => isAtOrIn(path, place))) &&
        patterns.some((pattern) => pattern.test(path))));
  const isFile = (mode: string) => mode === '100644' || mode === '100755';
  const wanted = snapshot.files.filter(({ path, mode }) => isFile(mode) && path !== own && isWanted(path));
  const files = wanted.map(({ path }) => path);
  const unreadable = files.flatMap((path) => {
    const text = codebase.text(path);
    if (!('undecodable' in text)) return [];
    const message = `${path} was not given to the transform: ${text.undecodable}`;
    return [problem('unreadable', message, { severity: 'warning', place: path })];
  });
  const left = new Set(unreadable.map(({ path }) => path));
  return { files: files.filter((path) => !left.has(path)), unreadable };
}

function joined(results: readonly FileResult[], unreadable: readonly Problem[]): Omit<Gathered, 'files'> {
  const stats = new Map<string, number>();
  for (const result of results)
    for (const [name, quantity] of result.stats) stats.set(name, (stats.get(name) ?? 0) + quantity);
  return {
    wishes: {
      edits: results.map(({ path, edits }) => ({ path, edits })),
      created: results.flatMap(({ created }) => created),
      moves: results.flatMap(({ moves }) => moves),
      removals: results.flatMap(({ removals }) => removals),
      failures: failuresOf(results),
    },
    findings: [...unreadable, ...results.flatMap(({ reports }) => reports)],
    stats: Object.fromEntries([...stats].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** What fails in the same way everywhere is no matter of files: options are wrong, or the transform is. */
function failuresOf(results: readonly FileResult[]): Problem[] {
  const failures = results.flatMap(({ failure }) => failure ?? []);
  const [first] = failures;
  const isEverywhere = failures.length === results.length && failures.length > 1;
  if (!first || !isEverywhere || failures.some(({ message }) => message !== first.message)) return failures;
  const hint = 'mend the transform, or its options: --option key=value';
  return [problem('transform-failed', `${first.message}, on all ${results.length} files`, { hint })];
}
