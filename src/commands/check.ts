/** `regraft check`: can everything be imported, is everything there that is imported, do tiers and shims hold? For continuous integration. */

import { buildGraph, type Cycle, cyclesOf, type ImportGraph } from '../core/graph.js';
import { healthProblems, unreadProblems } from '../core/import-health.js';
import { unimportable } from '../core/import-order/unimportable.js';
import { type KnownProblems, knownProblems, newProblems } from '../core/known-problems.js';
import type { Problem } from '../core/model.js';
import { EXIT, problem } from '../core/problems.js';
import { settingsOf } from '../core/settings.js';
import { shimProblems } from '../core/shim-problems.js';
import { tierProblems } from '../core/tiers/declared.js';
import { pastOfFiles, timeOfHead } from '../io/past.js';
import { annotations } from '../report/annotations.js';
import { type Checked, checkData, checkText } from '../report/check-report.js';
import { checkSarif } from '../report/check-sarif.js';
import type { Environment, Format, Outcome } from './command.js';
import { duplicateProblems } from './duplicate-problems.js';
import { openSession, readAhead, type Session } from './session.js';
import { chosenPaths } from './targets.js';
import { usedShims } from './used-shims.js';

export interface CheckOptions {
  readonly paths: readonly string[];
  /** A file of problems that are known. */
  readonly baseline?: string | undefined;
  /** Where to write what is there as known. */
  readonly save?: string | undefined;
}

/** Exit code 1 where something fails for certain; what fails unseen is only said. With a baseline, cycles and copies that are new fail as well. */
export async function check(environment: Environment, options: CheckOptions): Promise<Outcome> {
  const session = await openSession(environment);
  const known = options.baseline ? await knownIn(environment, options.baseline) : null;
  const wanted = chosenPaths(session, environment.directory, options.paths);
  const judgesAll = known !== null || options.save !== undefined;
  const all = await findProblems(environment, session, wanted, judgesAll);
  if (options.save) await save(environment, options.save, knownProblems(all.problems));
  const found = { ...all, problems: known ? newProblems(all.problems, known) : all.problems };
  const failed = found.problems.some(({ severity }) => severity === 'error') && options.save === undefined;
  const nameOf = (path: string) => session.codebase.layout.nameOf(path);
  const outputs: Partial<Record<Format, () => string>> = {
    sarif: () => checkSarif(found.problems),
    github: () => annotations(found.problems),
  };
  const output = (outputs[environment.format] ?? (() => checkText(found, environment.style)))();
  return {
    exitCode: failed ? EXIT.error : EXIT.done,
    data: checkData(found, nameOf),
    problems: found.problems,
    output,
  };
}

async function findProblems(
  environment: Environment,
  session: Session,
  wanted: (path: string) => boolean,
  judgesAll: boolean,
): Promise<Checked> {
  const { codebase } = session;
  const settings = settingsOf(session.snapshot);
  await readAhead(environment, session);
  environment.progress('simulating imports');
  const graph = buildGraph(session.linker, wanted);
  const isModule = (path: string) => path.endsWith('.py') && codebase.kind(path) === 'python';
  const modules = graph.modules.map(({ path }) => path).filter(isModule);
  const failing = unimportable(session.linker, modules);
  const unread = unreadProblems(codebase, modules);
  const cycles = cyclesOf(graph);
  const problems = [
    ...healthProblems(failing, graph.unresolved),
    ...unread,
    ...tierProblems(graph, settings.tiers, (path) => codebase.layout.namesOf(path)),
    ...shimProblems(await standingShims(session, wanted), settings.shimDays),
    ...(judgesAll ? [...cycleProblems(graph, cycles), ...(await duplicateProblems(environment, session, wanted))] : []),
  ];
  return { modules: modules.length, failing, unread, unresolved: graph.unresolved, cycles, problems };
}

const DAY = 24 * 60 * 60;

/** Age is counted up to the commit that is looked at: the same commit has the same answer on any day. */
async function standingShims(session: Session, wanted: (path: string) => boolean) {
  const shims = usedShims(session, wanted);
  if (shims.length === 0) return [];
  const past = await pastOfFiles(
    session.repository,
    shims.map(({ path }) => path),
  );
  const now = await timeOfHead(session.repository);
  return shims.map((shim) => {
    const first = past.get(shim.path)?.first;
    return { ...shim, days: first === undefined ? null : Math.floor((now - first) / DAY) };
  });
}

/** A cycle is told by its members, at the first of them. */
function cycleProblems(graph: ImportGraph, cycles: readonly Cycle[]): Problem[] {
  return cycles.map(({ paths, kind }) => {
    const among = new Set(paths);
    const edge = graph.imports.find(({ path, importedPath }) => path === paths[0] && among.has(importedPath));
    const how = kind === 'import-time' ? 'when they are imported' : 'by lazy or typing imports';
    return problem('import-cycle', `${paths.join(', ')} import each other ${how}`, {
      place: { path: paths[0] as string, line: edge?.line ?? 1, column: 1 },
      hint: 'regraft graph --cycles',
    });
  });
}

// What reads and checks such files takes longer to load than small repositories to search.
async function save({ directory }: Environment, file: string, known: KnownProblems): Promise<void> {
  const { writeSaved } = await import('../io/plan-file.js');
  writeSaved(directory, file, known);
}

async function knownIn({ directory }: Environment, file: string): Promise<KnownProblems> {
  const { readKnownProblems } = await import('../io/recipe-file.js');
  return readKnownProblems(directory, file);
}
