/** `regraft graph`: the import graph, its cycles, what does not resolve. */
import { buildGraph, cyclesOf, type ImportGraph } from '../core/graph.js';
import { EXIT } from '../core/problems.js';
import { type Tiers, tiersOf } from '../core/tiers/tiers.js';
import { pageFiles } from '../io/page-assets.js';
import { dot } from '../report/dot.js';
import { graphData } from '../report/envelope.js';
import type { GraphReport } from '../report/graph-report.js';
import { cyclesText, graphText, unresolvedText } from '../report/graph-text.js';
import { graphPage } from '../report/html/inventory-page.js';
import { mermaid } from '../report/mermaid.js';
import type { Environment, Format, Outcome } from './command.js';
import { importGraph } from './import-graph.js';
import { linesOf } from './python-files.js';
import { openSession, type Session } from './session.js';
import { chosenPaths } from './targets.js';

export interface GraphOptions {
  readonly paths: readonly string[];
  readonly cycles: boolean;
  readonly unresolved: boolean;
}

export async function graph(environment: Environment, options: GraphOptions): Promise<Outcome> {
  const session = await openSession(environment);
  const wanted = chosenPaths(session, environment.directory, options.paths);
  const report = reportOn(session, await importGraph(environment, session, wanted));
  const { graph: built, cycles, nameOf } = report;
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
    html: () => graphPage(session.snapshot.directoryName, report, linesOf(session, wanted), pageFiles()),
  };
  const output = (outputs[environment.format] ?? text)();
  return { exitCode: EXIT.done, data: graphData(built, cycles, nameOf), problems: [], output };
}

/** The graph of what a session has read ahead. */
export function graphReport(session: Session, wanted: (path: string) => boolean): GraphReport {
  return reportOn(session, buildGraph(session.linker, wanted));
}

/** The graph with what is derived from it; tiers only for those who ask. */
function reportOn(session: Session, built: ImportGraph): GraphReport {
  const cycles = cyclesOf(built);
  const names = new Map(built.modules.map(({ path, name }) => [path, name]));
  const nameOf = (path: string) => names.get(path) ?? session.codebase.layout.nameOf(path);
  let tiers: Tiers | undefined;
  return {
    graph: built,
    cycles,
    nameOf,
    get tiers() {
      tiers ??= tiersOf(built, cycles, nameOf);
      return tiers;
    },
  };
}
