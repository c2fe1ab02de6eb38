/** The import graph for a pull request: a chart where it is small, cycles, imports against the levels. */
import type { ImportEdge } from '../core/edges.js';
import type { GraphReport } from './graph-report.js';
import { chainThrough } from './graph-text.js';
import { code, markdownTable, prose } from './markdown.js';
import { smallMermaid } from './mermaid.js';
import { counted, grouped } from './words.js';

/** More rows are no longer read there; the page has them. */
const MOST_ROWS = 30;

/** Sections; none for what is not there. */
export function graphMarkdown(report: GraphReport): string[] {
  const { graph, cycles, tiers, nameOf } = report;
  const chart = smallMermaid(graph, nameOf);
  return [
    ...(chart === null ? [] : [`### Imports\n\n\`\`\`mermaid\n${chart}\`\`\``]),
    ...(cycles.length > 0 ? [`### Cycles\n\n${cyclesTable(report)}`] : []),
    ...(tiers.violations.length > 0 ? [`### Imports against the levels\n\n${violations(report)}`] : []),
  ];
}

function cyclesTable({ cycles, graph, nameOf }: GraphReport): string {
  const rows = cycles.slice(0, MOST_ROWS).map((cycle) => [
    grouped(cycle.paths.length),
    cycle.kind === 'import-time' ? 'at import time' : 'closed only by lazy or typing imports',
    chainThrough(cycle, graph)
      .map((edge) => stepOf(edge, nameOf))
      .join('<br>'),
  ]);
  const head = ['Modules', 'When', 'A shortest way round'];
  return withRest(markdownTable(head, rows, ['right', 'left', 'left']), cycles.length);
}

function stepOf({ path, importedPath, line }: ImportEdge, nameOf: GraphReport['nameOf']): string {
  return `${code(nameOf(path))} to ${code(nameOf(importedPath))} at ${code(`${path}:${line}`)}`;
}

function violations({ tiers: { nodes, violations: found } }: GraphReport): string {
  const pathOf = (index: number) => nodes[index]?.path ?? '';
  const rows = found
    .slice(0, MOST_ROWS)
    .map(({ from, to, arrow }) => [
      code(from),
      code(to),
      code(`${pathOf(arrow.from)}:${arrow.line}`),
      code(pathOf(arrow.to)),
    ]);
  const words = `${counted(found.length, 'import')} would have to be turned round before packages side by side are layers.`;
  const table = markdownTable(['From', 'To', 'Place', 'Imported'], rows, ['left', 'left', 'left', 'left']);
  return withRest(`${prose(words)}\n\n${table}`, found.length);
}

function withRest(text: string, all: number): string {
  return all > MOST_ROWS ? `${text}\n\nand ${grouped(all - MOST_ROWS)} more` : text;
}
