/** Puts together what the page of a recipe shows besides the plan: the inventory of now, the graph afterwards, the files of each commit. */

import type { RecipePlan } from '../../transforms/plan-recipe.js';
import type { PreparedBatch, Problem } from '../core/model.js';
import { overlay, type Replacement } from '../core/overlay.js';
import { pageFiles } from '../io/page-assets.js';
import { type RecipePage, recipePage } from '../report/html/recipe-page.js';
import type { BatchFiles } from '../report/html/recipe-sections.js';
import { netChanges } from '../report/net-changes.js';
import type { FileChange } from '../report/patch.js';
import type { PhaseRun, RecipeReport } from '../report/recipe-report.js';
import type { Environment } from './command.js';
import { graphReport } from './graph.js';
import { inventoryOf } from './inventory.js';
import { linesOf } from './python-files.js';
import { type Session, sessionOn } from './session.js';

/** All of the page but what came of carrying the recipe out. */
export type RecipeFacts = Omit<RecipePage, 'runs' | 'problems'>;

export async function recipeFacts(
  environment: Environment,
  session: Session,
  report: RecipeReport,
  planned: RecipePlan,
): Promise<RecipeFacts> {
  const everything = () => true;
  environment.progress('taking the inventory');
  const { found } = await inventoryOf(environment, session, everything, { paths: [], suffixes: [] });
  const after = sessionOn(session, planned.result);
  const prepared = planned.phases.flatMap((phase) => phase.prepared);
  return {
    report,
    files: filesByBatch(session, prepared),
    before: found,
    after: { tiers: graphReport(after, everything).tiers, lines: linesOf(after, everything) },
  };
}

export function recipeHtml(facts: RecipeFacts, runs: readonly PhaseRun[], problems: readonly Problem[]): string {
  return recipePage({ ...facts, runs, problems }, pageFiles());
}

/** Each commit against the state before it. */
function filesByBatch({ snapshot, tools }: Session, prepared: readonly PreparedBatch[]): BatchFiles {
  const found = new Map<string, readonly FileChange[]>();
  let stage = snapshot;
  for (const batch of prepared) {
    found.set(batch.id, netChanges(stage, [batch]));
    const replaced = batch.transitions.map(({ path, after }): [string, Replacement] => [path, after]);
    stage = overlay(stage, new Map(replaced), tools.nameBlob);
  }
  return found;
}
