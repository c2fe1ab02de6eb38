/** The import graph for Graphviz: packages as clusters, one arrow per pair of modules. */
import type { ImportGraph } from '../core/graph.js';
import { type Arrow, arrows, groups, isDeferred } from './graph-shape.js';
import { inert } from './inert.js';

/** A `digraph`. Solid arrows run at import time, dashed ones later (lazy) or never (typing). */
export function dot(graph: ImportGraph, nameOf: (path: string) => string): string {
  const ids = new Map<string, string>();
  const clusters = groups(graph, nameOf).flatMap(({ name, paths }, index) => {
    const nodes = paths.map((path) => {
      ids.set(path, `n${ids.size}`);
      return `${ids.get(path)} [label=${quoted(nameOf(path))}, tooltip=${quoted(path)}];`;
    });
    if (name === '') return nodes.map((node) => `  ${node}`);
    return [
      `  subgraph cluster_${index} {`,
      `    label=${quoted(name)};`,
      ...nodes.map((node) => `    ${node}`),
      '  }',
    ];
  });
  const edges = arrows(graph).map((arrow) => `  ${ids.get(arrow.from)} -> ${ids.get(arrow.to)}${attributes(arrow)};`);
  const head = ['digraph imports {', '  rankdir=LR;', '  node [shape=box, fontname="sans-serif"];'];
  return `${[...head, ...clusters, ...edges, '}'].join('\n')}\n`;
}

/** A DOT string: backslashes, too, because labels know escapes such as `\N`. */
function quoted(text: string): string {
  return `"${inert(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function attributes({ when }: Arrow): string {
  if (when === 'runtime') return '';
  return ` [style=${isDeferred(when) ? 'dashed' : 'solid'}, label="${when}"]`;
}
