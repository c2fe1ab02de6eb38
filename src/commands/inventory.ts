/** `regraft inventory`: what is there, what is there twice, what does the same job, what leads nowhere, which shims still have users. */
import { brokenPackages } from '../core/broken-packages.js';
import type { Problem } from '../core/model.js';
import { EXIT } from '../core/problems.js';
import { pageFiles } from '../io/page-assets.js';
import { inventoryPage } from '../report/html/inventory-page.js';
import { type Inventory, inventoryData } from '../report/inventory.js';
import { inventoryMarkdown } from '../report/inventory-markdown.js';
import { inventoryText } from '../report/inventory-text.js';
import type { Environment, Outcome } from './command.js';
import { measuredPairs } from './duplicates.js';
import { graphReport } from './graph.js';
import { filesOf } from './python-files.js';
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
  const { found, skipped } = await inventoryOf(environment, session, wanted, options);
  return {
    exitCode: EXIT.done,
    data: inventoryData(found),
    problems: skipped,
    output: outputOf(environment, session, found),
  };
}

function outputOf(environment: Environment, session: Session, found: Inventory): string {
  if (environment.format === 'html') return inventoryPage(session.snapshot.directoryName, found, pageFiles());
  return environment.format === 'markdown' ? inventoryMarkdown(found) : inventoryText(found, environment.style);
}

/** All that is there, of the session's files. */
export async function inventoryOf(
  environment: Environment,
  session: Session,
  wanted: (path: string) => boolean,
  options: { readonly paths: readonly string[]; readonly suffixes: readonly string[] },
): Promise<{ readonly found: Inventory; readonly skipped: readonly Problem[] }> {
  const { rows, families, skipped } = await measuredPairs(session, environment.directory, options);
  const files = filesOf(session, wanted);
  const imports = graphReport(session, wanted);
  const { unresolved } = imports.graph;
  const shims = usedShims(session, wanted);
  const repeated = new Set([...rows.map(({ remove }) => remove), ...shims.map(({ path }) => path)]);
  const found: Inventory = {
    files,
    pairs: rows,
    families,
    topics: topicsOf(session, files, repeated, imports.graph.imports),
    unresolved,
    brokenPackages: brokenPackages(
      files.map(({ path }) => path),
      unresolved,
    ),
    shims,
    imports,
  };
  return { found, skipped };
}
