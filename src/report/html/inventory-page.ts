/** The page of `inventory`, and that of `graph`, which is a part of it. */
import type { GraphReport } from '../graph-report.js';
import type { Inventory } from '../inventory.js';
import { graphIsland, type NodeMark, orderSections, pictureSection } from './graph-section.js';
import { inventorySections, inventoryTiles, tiles, unresolvedTable } from './inventory-sections.js';
import { code, html } from './markup.js';
import { type PageAssets, pageText } from './page.js';
import { table } from './table.js';

/** @param name of the repository */
export function inventoryPage(name: string, inventory: Inventory, assets: PageAssets): string {
  const { imports } = inventory;
  return pageText(
    {
      title: `Inventory of ${name}`,
      lead: inventoryTiles(inventory),
      sections: [pictureSection(['now']), ...inventorySections(inventory), ...orderSections(imports)],
      data: { graphs: [inventoryIsland(inventory)] },
    },
    assets,
  );
}

export function inventoryIsland({ files, pairs, shims, imports }: Inventory, title = 'now') {
  const marks = new Map<string, NodeMark>([
    ...pairs.map(({ remove }) => [remove, 'copy'] as const),
    ...shims.map(({ path }) => [path, 'shim'] as const),
  ]);
  return graphIsland(title, imports.tiers, new Map(files.map(({ path, lines }) => [path, lines])), marks);
}

export function graphPage(
  name: string,
  report: GraphReport,
  lines: ReadonlyMap<string, number>,
  assets: PageAssets,
): string {
  const { graph, cycles, tiers } = report;
  const unknowns = graph.unknowns.map(({ path, line, reason }) => [
    code(line === null ? path : `${path}:${line}`),
    reason,
  ]);
  const unknownColumns = [{ title: 'Place' }, { title: 'Why' }];
  return pageText(
    {
      title: `Imports of ${name}`,
      lead: tiles([
        [graph.modules.length, 'modules'],
        [graph.imports.filter(({ form }) => form !== 'implicit').length, 'imports'],
        [cycles.filter(({ kind }) => kind === 'import-time').length, 'cycles at import time'],
        [tiers.violations.length, 'imports against the levels'],
        [graph.unresolved.length, 'unresolved imports'],
        [graph.unknowns.length, 'places that cannot be decided'],
      ]),
      sections: [
        pictureSection(['now']),
        ...orderSections(report),
        { id: 'unresolved', title: 'Unresolved imports', content: unresolvedTable(graph.unresolved) },
        { id: 'unknowns', title: 'Undecided', content: html`${table('undecided places', unknownColumns, unknowns)}` },
      ],
      data: { graphs: [graphIsland('now', tiers, lines)] },
    },
    assets,
  );
}
