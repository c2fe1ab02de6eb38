/** `regraft inventory`: what is there, what is there twice, what does the same job, what leads nowhere, which shims still have users. */
import { brokenPackages } from '../core/broken-packages.js';
import { buildGraph } from '../core/graph.js';
import { EXIT } from '../core/problems.js';
import { type Inventory, type InventoryFile, inventoryData } from '../report/inventory.js';
import { inventoryMarkdown } from '../report/inventory-markdown.js';
import { inventoryText } from '../report/inventory-text.js';
import type { Environment, Outcome } from './command.js';
import { measuredPairs } from './duplicates.js';
import { openSession, readAhead, type Session } from './session.js';
import { chosenPaths } from './targets.js';
import { topicsOf } from './topics.js';
import { usedShims } from './used-shims.js';

export async function inventory(
  environment: Environment,
  options: { readonly paths: readonly string[]; readonly suffixes: readonly string[] },
): Promise<Outcome> {
  const session = await openSession(environment);
  const wanted = chosenPaths(session, environment.directory, options.paths);
  await readAhead(environment, session, wanted);
  const { rows, families, skipped } = await measuredPairs(session, environment.directory, options);
  const files = filesOf(session, wanted);
  const { imports, unresolved } = buildGraph(session.linker, wanted);
  const shims = usedShims(session, wanted);
  const repeated = new Set([...rows.map(({ remove }) => remove), ...shims.map(({ path }) => path)]);
  const found: Inventory = {
    files,
    pairs: rows,
    families,
    topics: topicsOf(session, files, repeated, imports),
    unresolved,
    brokenPackages: brokenPackages(
      files.map(({ path }) => path),
      unresolved,
    ),
    shims,
  };
  const isMarkdown = environment.format === 'markdown';
  const output = isMarkdown ? inventoryMarkdown(found) : inventoryText(found, environment.style);
  return { exitCode: EXIT.done, data: inventoryData(found), problems: skipped, output };
}

/** Modules, without stubs and notebooks. */
function filesOf({ codebase }: Session, wanted: (path: string) => boolean): InventoryFile[] {
  return codebase
    .pythonFiles()
    .filter(({ path }) => wanted(path) && codebase.kind(path) === 'python')
    .map(({ path }) => {
      const source = codebase.text(path);
      const text = 'undecodable' in source ? '' : source.text;
      return { path, lines: text.split(/\r\n?|\n/).length - (/(?:^|[\r\n])$/.test(text) ? 1 : 0) };
    });
}
