/** `regraft graph`: the import graph, its cycles, what does not resolve. */
import { buildGraph, cyclesOf } from '../core/graph.js';
import { EXIT } from '../core/problems.js';
import { dot } from '../report/dot.js';
import { graphData } from '../report/envelope.js';
import { cyclesText, graphText, unresolvedText } from '../report/graph-text.js';
import { mermaid } from '../report/mermaid.js';
import type { Environment, Format, Outcome } from './command.js';
import { openSession, skimAhead } from './session.js';
import { chosenPaths } from './targets.js';

export interface GraphOptions {
  readonly paths: readonly string[];
  readonly cycles: boolean;
  readonly unresolved: boolean;
}

export async function graph(environment: Environment, options: GraphOptions): Promise<Outcome> {
  const session = await openSession(environment);
  const wanted = chosenPaths(session, environment.directory, options.paths);
  await skimAhead(environment, session, wanted);
  const built = buildGraph(session.linker, wanted);
  const cycles = cyclesOf(built);
  const nameOf = (path: string) => session.codebase.layout.nameOf(path);
  const text = () => {
    if (options.cycles) return cyclesText(cycles, built, nameOf, environment.style);
    return options.unresolved
      ? unresolvedText(built, environment.style)
      : graphText(built, cycles, nameOf, environment.style);
  };
  const outputs: Partial<Record<Format, () => string>> = {
    json: () => '',
    dot: () => dot(built, nameOf),
    mermaid: () => mermaid(built, nameOf),
  };
  const output = (outputs[environment.format] ?? text)();
  return { exitCode: EXIT.done, data: graphData(built, cycles, nameOf), problems: [], output };
}
