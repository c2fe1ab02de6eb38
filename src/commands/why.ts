/** `regraft why A [B]`: the shortest chain of imports that leads to a module. */
import { type ImportGraph, shortestPath } from '../core/graph.js';
import { EXIT } from '../core/problems.js';
import { whyText } from '../report/graph-text.js';
import type { Environment, Outcome } from './command.js';
import { importGraph } from './import-graph.js';
import { openSession } from './session.js';
import { moduleTargets } from './targets.js';

/** With one name: from any entry point (a module that nothing imports) to it. With two: from the first to the second. */
export async function why(
  environment: Environment,
  options: { readonly from: string; readonly to?: string | undefined },
): Promise<Outcome> {
  const session = await openSession(environment);
  const [first] = moduleTargets(session, environment.directory, [options.from]) as [string];
  const target =
    options.to === undefined ? first : (moduleTargets(session, environment.directory, [options.to])[0] as string);
  const graph = await importGraph(environment, session);
  const starts = options.to === undefined ? entryPoints(graph, target) : [first];
  const chain = shortestPath(graph, starts, target);
  const nameOf = (path: string) => session.codebase.layout.nameOf(path);
  const data = {
    target: nameOf(target),
    chain: chain.map((edge) => ({ ...edge, importer: nameOf(edge.path), imported: nameOf(edge.importedPath) })),
  };
  return { exitCode: EXIT.done, data, problems: [], output: whyText(chain, target, nameOf, environment.style) };
}

function entryPoints(graph: ImportGraph, target: string): string[] {
  const imported = new Set(graph.imports.map((edge) => edge.importedPath));
  return graph.modules.map((module) => module.path).filter((path) => path !== target && !imported.has(path));
}
