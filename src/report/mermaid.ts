/** The import graph for Mermaid: packages as subgraphs, one arrow per pair; packages only where Mermaid would give up. */
import type { ImportGraph } from '../core/graph.js';
import { type Arrow, arrows, coarsePackages, groups, isDeferred } from './graph-shape.js';
import { inert } from './inert.js';

/** Mermaid's own limit (`maxEdges`): a chart with more arrows is not drawn. */
const MOST_ARROWS = 500;
const MOST_PACKAGES = 40;

/** A `flowchart`. Dotted arrows run later (lazy) or never (typing). */
export function mermaid(graph: ImportGraph, nameOf: (path: string) => string): string {
  const all = arrows(graph);
  if (all.length <= MOST_ARROWS) return modulesChart(graph, nameOf, all);
  const note = `  %% more than ${MOST_ARROWS} imports: drawn by package`;
  return packagesChart(graph, nameOf, MOST_PACKAGES, [note]);
}

/** As many arrows as can be followed between paragraphs, and packages for them. */
const FEW_ARROWS = 40;
const FEW_PACKAGES = 16;

/** A chart small enough for a document: modules, else packages; `null` where both are too many. */
export function smallMermaid(graph: ImportGraph, nameOf: (path: string) => string): string | null {
  const all = arrows(graph);
  if (all.length === 0) return null;
  if (all.length <= FEW_ARROWS && graph.modules.length <= FEW_ARROWS) return modulesChart(graph, nameOf, all);
  const coarse = arrows(graph, coarsePackages(graph, nameOf, FEW_PACKAGES));
  return coarse.length === 0 || coarse.length > FEW_ARROWS ? null : packagesChart(graph, nameOf, FEW_PACKAGES, []);
}

function modulesChart(graph: ImportGraph, nameOf: (path: string) => string, all: readonly Arrow[]): string {
  const ids = new Map<string, string>();
  const nodes = groups(graph, nameOf).flatMap(({ name, paths }, index) => {
    const lines = paths.map((path) => {
      ids.set(path, `n${ids.size}`);
      return `${ids.get(path)}["${label(nameOf(path))}"]`;
    });
    if (name === '') return lines.map((line) => `  ${line}`);
    return [`  subgraph s${index}["${label(name)}"]`, ...lines.map((line) => `    ${line}`), '  end'];
  });
  return chart([...nodes, ...all.map((arrow) => arrowLine(arrow, ids))]);
}

function packagesChart(
  graph: ImportGraph,
  nameOf: (path: string) => string,
  most: number,
  notes: readonly string[],
): string {
  const place = coarsePackages(graph, nameOf, most);
  const coarse = arrows(graph, place);
  const names = new Set(coarse.flatMap(({ from, to }) => [from, to]));
  const ids = new Map([...names].map((name, index) => [name, `p${index}`]));
  const nodes = [...ids].map(([name, id]) => `  ${id}["${label(name)}"]`);
  return chart([...notes, ...nodes, ...coarse.map((arrow) => arrowLine(arrow, ids))]);
}

function chart(lines: readonly string[]): string {
  return `${['flowchart LR', ...lines].join('\n')}\n`;
}

function arrowLine({ from, to, when }: Arrow, ids: ReadonlyMap<string, string>): string {
  return `  ${ids.get(from)} ${isDeferred(when) ? '-.->' : '-->'} ${ids.get(to)}`;
}

/** Everything but letters, digits and plain punctuation becomes one of Mermaid's numeric entities. */
function label(text: string): string {
  return inert(text).replace(/[^\p{L}\p{N} _./-]/gu, (character) => `#${character.codePointAt(0)};`);
}
