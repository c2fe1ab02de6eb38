/** `regraft check`: can everything be imported, and is everything there that is imported? For continuous integration. */
import { buildGraph, cyclesOf } from '../core/graph.js';
import { healthProblems, unreadProblems } from '../core/import-health.js';
import { unimportable } from '../core/import-order/unimportable.js';
import { EXIT } from '../core/problems.js';
import { checkData, checkText } from '../report/check-report.js';
import type { Environment, Outcome } from './command.js';
import { openSession, readAhead } from './session.js';
import { chosenPaths } from './targets.js';

export interface CheckOptions {
  readonly paths: readonly string[];
}

/** Exit code 1 where something fails for certain; what fails unseen is only said. */
export async function check(environment: Environment, options: CheckOptions): Promise<Outcome> {
  const session = await openSession(environment);
  const wanted = chosenPaths(session, environment.directory, options.paths);
  await readAhead(environment, session);
  environment.progress('simulating imports');
  const graph = buildGraph(session.linker, wanted);
  const { codebase } = session;
  const isModule = (path: string) => path.endsWith('.py') && codebase.kind(path) === 'python';
  const modules = graph.modules.map(({ path }) => path).filter(isModule);
  const failing = unimportable(session.linker, modules);
  const unread = unreadProblems(codebase, modules);
  const problems = [...healthProblems(failing, graph.unresolved), ...unread];
  const cycles = cyclesOf(graph);
  const found = { modules: modules.length, failing, unread, unresolved: graph.unresolved, cycles, problems };
  const exitCode = problems.some(({ severity }) => severity === 'error') ? EXIT.error : EXIT.done;
  const nameOf = (path: string) => codebase.layout.nameOf(path);
  return { exitCode, data: checkData(found, nameOf), problems, output: checkText(found, environment.style) };
}
