/** The page of `run`: what a recipe would do, why, and what the repository holds before and after it. */
import type { MovedFile, Problem } from '../../core/model.js';
import type { Tiers } from '../../core/tiers/tiers.js';
import type { Inventory } from '../inventory.js';
import { placeOf } from '../problems-text.js';
import { nextSteps, type PhaseRun, type RecipeReport, recipeCounts, recipeLines } from '../recipe-report.js';
import { graphIsland, type NodeMark, orderSections, pictureSection } from './graph-section.js';
import { inventorySections, tiles } from './inventory-sections.js';
import { code, html, type Markup } from './markup.js';
import { type PageAssets, pageText } from './page.js';
import { type BatchFiles, phasesSection, treesSection } from './recipe-sections.js';

export interface RecipePage {
  readonly report: RecipeReport;
  /** What came of it, where it was carried out. */
  readonly runs: readonly PhaseRun[];
  /** What stands in the way, or went wrong. */
  readonly problems: readonly Problem[];
  readonly files: BatchFiles;
  readonly before: Inventory;
  readonly after: { readonly tiers: Tiers; readonly lines: ReadonlyMap<string, number> };
}

export function recipePage(page: RecipePage, assets: PageAssets): string {
  const { report, before, after, files } = page;
  const { tree } = report;
  const old = new Map(before.files.map(({ path, lines }) => [path, lines]));
  return pageText(
    {
      title: `Recipe ${report.recipe}`,
      lead: [lead(page), totals(page)],
      sections: [
        treesSection(report),
        phasesSection(report, files),
        pictureSection(['before', 'after']),
        ...inventorySections(before),
        ...orderSections(before.imports),
      ],
      data: {
        graphs: [
          graphIsland('before', before.imports.tiers, old, marksBefore(tree)),
          graphIsland('after', after.tiers, after.lines, marksAfter(tree)),
        ],
      },
    },
    assets,
  );
}

function lead({ report, runs, problems }: RecipePage): Markup {
  const isPlanned = report.plan.batches.length > 0;
  const steps = nextSteps(report).map(({ what, command }) => html`<p>${what}:<br>${code(command)}</p>`);
  const done = runs.map(({ phase, run }) => {
    const commits = run.commits.map((commit) => html` ${code(commit.slice(0, 10))}`);
    return html`<p><strong>${report.phases[phase]?.name ?? ''}</strong>: ${run.status}${commits}</p>`;
  });
  const words = problems.map((problem) => {
    const place = placeOf(problem);
    return html`<p><strong class="bad">${problem.severity}</strong> ${code(problem.code)}: ${problem.message}${place ? html` at ${code(place)}` : null}</p>`;
  });
  return html`<p><strong>${recipeCounts(report)}</strong> ${isPlanned ? recipeLines(report) : ''}</p>${words}${done.length > 0 ? done : steps}`;
}

function totals({ report, before, after }: RecipePage): Markup {
  const { moves } = report.tree;
  const changes = report.plan.batches.flatMap((batch) => batch.changes);
  const count = (kind: string) => new Set(changes.filter((each) => each.kind === kind).map(({ path }) => path)).size;
  return tiles([
    [report.plan.batches.length, 'commits'],
    [moves.length, 'files moved or merged'],
    [count('rewrite'), 'files rewritten'],
    [count('create'), 'files created'],
    [count('delete'), 'files deleted'],
    [report.lines.before, 'lines before'],
    [report.lines.after, 'lines after'],
    [before.imports.tiers.violations.length, 'against the levels before'],
    [after.tiers.violations.length, 'against them after'],
  ]);
}

type Tree = RecipeReport['tree'];

function marksBefore({ before, after, moves }: Tree): Map<string, NodeMark> {
  const there = new Set(after);
  const gone = before.filter((path) => !there.has(path)).map((path) => [path, 'gone'] as const);
  return new Map<string, NodeMark>([...gone, ...elsewhere(moves).map(({ from }) => [from, 'moved'] as const)]);
}

function marksAfter({ before, after, moves, shims }: Tree): Map<string, NodeMark> {
  const there = new Set(before);
  const added = after.filter((path) => !there.has(path)).map((path) => [path, 'new'] as const);
  return new Map<string, NodeMark>([
    ...added,
    ...elsewhere(moves).map(({ to }) => [to, 'moved'] as const),
    ...shims.map((path) => [path, 'shim'] as const),
  ]);
}

const elsewhere = (moves: readonly MovedFile[]) => moves.filter(({ from, to }) => from !== to);
