/** `regraft transform`: a transform of the user's own, or a built-in one, run on files. Preview unless told to apply. */
import { BUILT_IN } from '../../transforms/examples/index.js';
import { onlyOf, planTransform, type TransformPlan, type TransformRequest } from '../../transforms/plan-transform.js';
import { graphView } from '../authoring/graph-view.js';
import { pythonSource } from '../authoring/python-source.js';
import { parseAcceptances } from '../core/accept.js';
import type { Problem } from '../core/model.js';
import type { TransformIntent } from '../core/plan.js';
import { EXIT, problem, RegraftError } from '../core/problems.js';
import { readTransform } from '../io/transform-file.js';
import { inert } from '../report/inert.js';
import { netChanges } from '../report/net-changes.js';
import { transformData, transformMarkdown, transformRunText, transformText } from '../report/transform.js';
import { shellWord } from '../report/words.js';
import type { Environment, Outcome } from './command.js';
import { conclude, type PlannedWork, type PlanningOptions, planOf, verifyFlags } from './planning.js';
import { type Gathered, gathered, isBuiltInName, type LoadedTransform, loadedTransform } from './running-transforms.js';
import { openSession, type Session, sessionOn, sessionWithout } from './session.js';
import { chosenPaths, repositoryPath } from './targets.js';
import { fileOperations } from './transform-operations.js';

export interface TransformCommandOptions extends PlanningOptions {
  /** A file, or the name of a built-in one. */
  readonly transform: string;
  readonly paths: readonly string[];
  readonly options: Readonly<Record<string, string>>;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly accept: readonly string[];
  readonly batchSize: number;
}

/** What there is by name. */
export function builtIns(): Outcome {
  const transforms = Object.entries(BUILT_IN).map(([name, { describe }]) => ({ name, describe }));
  const width = Math.max(...transforms.map(({ name }) => name.length));
  const output = transforms.map(({ name, describe }) => `${name.padEnd(width)}  ${describe}\n`).join('');
  return { exitCode: EXIT.done, data: { transforms }, problems: [], output };
}

/** What Python files look like to a transform. */
export async function syntaxTrees(environment: Environment, given: readonly string[]): Promise<Outcome> {
  const session = await openSession(environment);
  if (given.length === 0)
    throw new RegraftError(problem('usage', '--tree takes Python files', { hint: 'regraft transform --tree FILE' }));
  const { parser, linker } = session;
  const trees = given.map((name) => {
    const path = repositoryPath(session, environment.directory, name) ?? name;
    const source = graphView(linker).source(path);
    if (!source || !/\.pyi?$/.test(path))
      throw new RegraftError(
        problem('unknown-path', `there is no Python file ${name} in the repository`, { place: path }),
      );
    return { path, tree: pythonSource(parser, linker, source).root.tree() };
  });
  const shown = (tree: string) => tree.split('\n').map(inert).join('\n');
  const texts = trees.map(({ path, tree }) => `${trees.length > 1 ? `${inert(path)}\n` : ''}${shown(tree)}`);
  return { exitCode: EXIT.done, data: { trees }, problems: [], output: texts.join('\n') };
}

export async function transform(environment: Environment, options: TransformCommandOptions): Promise<Outcome> {
  const session = await openSession(environment);
  chosenPaths(session, environment.directory, options.paths);
  demandAcceptances(options.accept);
  const loaded = await loadedTransform(session, environment.directory, options.transform);
  const paths = options.paths.map((path) => repositoryPath(session, environment.directory, path) ?? path);
  const { options: given, include, exclude, accept, batchSize } = options;
  const { name, hash } = loaded;
  const intent: TransformIntent = {
    command: 'transform',
    transform: name,
    hash,
    options: given,
    // The repository itself means everything.
    paths: paths.filter((path) => path !== ''),
    include,
    ...(exclude.length > 0 ? { exclude } : {}),
    accept,
    batchSize,
  };
  const work = await transformWork(environment, session, intent, loaded, commandLine(options), true);
  return conclude(environment, session, options, work);
}

/** The plan of a saved intent. The file is read, and must be what it was, before anything of it runs. */
export async function savedTransformWork(
  environment: Environment,
  session: Session,
  intent: TransformIntent,
  command: string,
): Promise<PlannedWork> {
  const { top } = session.repository;
  const isFile = intent.hash !== null;
  if (
    isFile === isBuiltInName(intent.transform) ||
    (isFile && readTransform(top, intent.transform).hash !== intent.hash)
  ) {
    const message = `the plan is stale: ${intent.transform} is not the transform that it was made with`;
    throw new RegraftError(problem('stale-plan', message, { hint: 'plan again, and compare' }), EXIT.refused);
  }
  return transformWork(
    environment,
    session,
    intent,
    await loadedTransform(session, top, intent.transform),
    command,
    false,
  );
}

/** @param isFirst nobody has looked yet: whether running it again would change more is worth knowing */
async function transformWork(
  environment: Environment,
  session: Session,
  intent: TransformIntent,
  loaded: LoadedTransform,
  command: string,
  isFirst: boolean,
): Promise<PlannedWork> {
  const { run, planned, without } = await computeTransform(environment, session, intent, loaded);
  const again = isFirst ? await changesAgain(environment, session, intent, loaded, planned) : [];
  const { rewritten, created, moved, deleted, accepted, refusals, batches } = planned;
  const findings = [...run.findings, ...planned.findings, ...again, ...untracked(session, rewritten)];
  const plan = planOf(session.snapshot.base, intent, { batches, findings, refusals });
  const { name } = loaded;
  const { files, stats } = run;
  const result = { transform: name, files, rewritten, created, moved, deleted, accepted, findings, stats };
  const report = { plan, result, command };
  const isMarkdown = environment.format === 'markdown';
  return {
    plan,
    prepared: planned.prepared,
    data: transformData(report),
    undone: [],
    replan: async (later, operations) => {
      const part = await computeTransform(environment, later, intent, loaded, operations);
      return { prepared: part.planned.prepared, refusals: part.planned.refusals };
    },
    hits: [],
    operations: () => {
      // With refusals nothing is planned; what the other files come to is shown all the same.
      const isRefused = refusals.length > 0;
      const shown = isRefused ? without(refusals.flatMap(({ path }) => path ?? [])) : planned;
      const changes = netChanges(session.snapshot, shown.prepared);
      return fileOperations({ ...result, refusals, changes, style: environment.style });
    },
    preview: () => (isMarkdown ? transformMarkdown(report) : transformText(report, environment.style)),
    ran: (done) => transformRunText(report, done, environment.style),
  };
}

async function computeTransform(
  environment: Environment,
  opened: Session,
  intent: TransformIntent,
  loaded: LoadedTransform,
  operations?: readonly string[],
): Promise<{ run: Gathered; planned: TransformPlan; without(paths: readonly string[]): TransformPlan }> {
  const session = sessionWithout(opened, loaded.path);
  const run = await gathered(environment, session, loaded, intent);
  const wishes = operations ? onlyOf(run.wishes, operations) : run.wishes;
  const { acceptances } = parseAcceptances(intent.accept);
  const { except, apart } = intent;
  const batchSize = operations ? 0 : intent.batchSize;
  const request = { name: loaded.name, options: intent.options, acceptances, batchSize, except, apart };
  const plan = (asked: TransformRequest) =>
    planTransform(session.snapshot, wishes, asked, session.tools, environment.progress);
  const without = (paths: readonly string[]) => plan({ ...request, except: [...(except ?? []), ...paths] });
  return { run, planned: plan(request), without };
}

/** Carried out, the plan would be refused; who looks at the preview should know before. */
function untracked({ snapshot }: Session, rewritten: TransformPlan['rewritten']): Problem[] {
  const paths = rewritten.map(({ path }) => path).filter((path) => snapshot.entry(path)?.tracked === false);
  return paths.map((path) =>
    problem('untracked', 'file is not tracked by git: --apply would refuse it', {
      severity: 'warning',
      place: path,
      hint: `git add -- ${shellWord(path)} && git commit, or --exclude ${shellWord(path)}`,
    }),
  );
}

/** Where a second run would change more, the first was not the end of it. */
async function changesAgain(
  environment: Environment,
  session: Session,
  intent: TransformIntent,
  loaded: LoadedTransform,
  { result, rewritten, batches }: TransformPlan,
): Promise<Problem[]> {
  const paths = rewritten.map(({ path }) => path).filter((path) => result.entry(path));
  if (batches.length === 0 || paths.length === 0) return [];
  const { wishes } = await gathered(environment, sessionOn(session, result), loaded, { ...intent, paths });
  const open = wishes.edits.filter(({ edits }) => edits.length > 0).map(({ path }) => path);
  return open.map((path) =>
    problem('not-idempotent', `running ${loaded.name} again would change ${path} again`, {
      severity: 'warning',
      place: path,
    }),
  );
}

function demandAcceptances(accept: readonly string[]): void {
  const { problems } = parseAcceptances(accept);
  if (problems.length > 0) throw new RegraftError(problems);
}

/** The command as it was given, for the next step to be printed. */
function commandLine(options: TransformCommandOptions): string {
  const word = (path: string) => shellWord(path.startsWith('-') ? `./${path}` : path);
  const flags = [
    word(options.transform),
    ...options.paths.map(word),
    ...Object.entries(options.options).map(([key, value]) => `--option ${shellWord(`${key}=${value}`)}`),
    ...options.include.map((glob) => `--include ${shellWord(glob)}`),
    ...options.exclude.map((glob) => `--exclude ${shellWord(glob)}`),
    ...(options.batchSize > 0 ? [`--batch-size ${options.batchSize}`] : []),
    ...options.accept.map((code) => `--accept ${shellWord(code)}`),
    ...verifyFlags(options.verify),
  ];
  return ['regraft transform', ...flags].join(' ');
}
