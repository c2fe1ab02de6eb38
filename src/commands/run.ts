/** `regraft run`: a recipe, phase by phase, each planned on the virtual result of those before it. Preview unless told to apply. */
import { type PhasePlan, planRecipe, type RecipePlan } from '../../transforms/plan-recipe.js';
import type { PreparedBatch, Problem } from '../core/model.js';
import { EXIT, type ExitCode, RegraftError } from '../core/problems.js';
import type { Recipe } from '../core/recipe.js';
import { preflight } from '../io/preflight.js';
import { readRecipe } from '../io/recipe-file.js';
import type { Standing } from '../io/run.js';
import type { VerifyPlan } from '../io/verify.js';
import { problemsText } from '../report/problems-text.js';
import { recipeData } from '../report/recipe-data.js';
import { recipeMarkdown } from '../report/recipe-markdown.js';
import { composedMoves, type PhaseReport, type PhaseRun, type RecipeReport, shimsOf } from '../report/recipe-report.js';
import { recipeRunText, recipeText } from '../report/recipe-text.js';
import { shellWord } from '../report/words.js';
import type { Environment, Outcome } from './command.js';
import { execute } from './execute.js';
import type { OnFailure, Replan } from './isolating.js';
import { patchOf, planId, verifyFlags } from './planning.js';
import { namingFor, pastOf, subjectOf } from './recipe-names.js';
import { type RecipeFacts, recipeFacts, recipeHtml } from './recipe-page.js';
import { openSession, type Session, sessionWithout } from './session.js';
import { repositoryPath } from './targets.js';

export interface RunOptions {
  readonly recipe: string;
  /** Besides what the recipe says. */
  readonly verify: VerifyPlan;
  readonly apply: boolean;
  /** Exit 2 when changes are pending. */
  readonly check: boolean;
  readonly onFailure: OnFailure;
}

export async function run(environment: Environment, options: RunOptions): Promise<Outcome> {
  const recipe = readRecipe(environment.directory, options.recipe);
  const session = await openedWithout(environment, options.recipe, recipe);
  const naming = namingFor(environment, session, await pastOf(session, recipe.phases));
  const planned = await planRecipe(session.snapshot, recipe.phases, naming, session.tools, environment.progress);
  const prepared = planned.phases.flatMap((phase) => phase.prepared);
  const blocked = prepared.length > 0 ? await preflight(session.repository, prepared) : [];
  if (options.apply && blocked.length > 0) throw new RegraftError(blocked, EXIT.refused);
  const report = reportOf(session, recipe, planned, options);
  if (!options.apply || prepared.length === 0)
    return previewed(environment, session, report, planned, blocked, options);
  // What the page shows is read before anything changes.
  const page = environment.format === 'html' ? await recipeFacts(environment, session, report, planned) : null;
  return applied(environment, report, await carryOut(environment, session, recipe, planned, options), page);
}

/** Neither the recipe nor its transforms are users of what they name. */
async function openedWithout(environment: Environment, file: string, { phases }: Recipe): Promise<Session> {
  const session = await openSession(environment);
  const own = phases.flatMap((phase) => (phase.kind === 'transform' ? [phase.file] : []));
  const paths = [repositoryPath(session, environment.directory, file), ...own];
  return paths.reduce((without, path) => sessionWithout(without, path), session);
}

function reportOf(session: Session, recipe: Recipe, planned: RecipePlan, options: RunOptions): RecipeReport {
  const { base } = session.snapshot;
  const phases = planned.phases.map(phaseReport);
  const batches = phases.flatMap((phase) => phase.batches);
  const flags = verifyFlags(options.verify);
  return {
    plan: {
      id: planId(base, { command: 'run', phases: recipe.phases }, batches),
      base,
      batches,
      findings: phases.flatMap(({ findings }) => findings),
      refusals: phases.flatMap(({ refusals }) => refusals),
    },
    phases,
    tree: {
      before: session.snapshot.files.map(({ path }) => path),
      after: planned.result.files.map(({ path }) => path),
      moves: composedMoves(phases),
      shims: shimsOf(phases),
    },
    lines: planned.lines,
    recipe: options.recipe,
    command: ['regraft run', shellWord(options.recipe), ...flags].join(' '),
  };
}

function phaseReport({ phase, deduped, prepared: _prepared, part: _part, ...plan }: PhasePlan): PhaseReport {
  const { name, kind } = phase;
  return { ...plan, name, kind, decisions: deduped?.decisions ?? [] };
}

/** Phase by phase, each a run of its own; the first that does not hold ends it, and those before it stay. */
async function carryOut(
  environment: Environment,
  session: Session,
  recipe: Recipe,
  planned: RecipePlan,
  options: RunOptions,
): Promise<{ runs: PhaseRun[]; problems: readonly Problem[]; exitCode: ExitCode }> {
  const runs: PhaseRun[] = [];
  let known: Standing | undefined;
  for (const [index, { phase, status, prepared, part }] of planned.phases.entries()) {
    if (status !== 'planned') continue;
    const commands = [...new Set([...recipe.verify, ...phase.verify, ...options.verify.commands])];
    const verify = { ...options.verify, commands };
    try {
      const replan: Replan = (later, operations) => part(later.snapshot, operations);
      const isolates = options.onFailure === 'isolate';
      const later = isolates ? replan : undefined;
      const request = { batches: prepared, verify, subject: subjectOf(phase), known, replan: later };
      const done = await execute(environment, session.repository, request);
      known = done.standing;
      runs.push({ phase: index, run: done.run });
      if (done.exitCode !== EXIT.done) return { runs, problems: done.problems, exitCode: done.exitCode };
    } catch (error) {
      // What stands in the way of a later phase must not hide that earlier ones have landed.
      if (!(error instanceof RegraftError) || runs.length === 0) throw error;
      return { runs, problems: error.problems, exitCode: error.exitCode };
    }
  }
  return { runs, problems: [], exitCode: EXIT.done };
}

function applied(
  environment: Environment,
  report: RecipeReport,
  { runs, problems, exitCode }: Awaited<ReturnType<typeof carryOut>>,
  page: RecipeFacts | null,
): Outcome {
  const { refusals } = report.plan;
  return {
    exitCode: exitCode === EXIT.done && refusals.length > 0 ? EXIT.refused : exitCode,
    data: recipeData(report, runs),
    problems: [...problems, ...refusals],
    output: page ? recipeHtml(page, runs, problems) : recipeRunText(report, runs, problems, environment.style),
  };
}

async function previewed(
  environment: Environment,
  session: Session,
  report: RecipeReport,
  planned: RecipePlan,
  blocked: readonly Problem[],
  options: RunOptions,
): Promise<Outcome> {
  const prepared = planned.phases.flatMap((phase) => phase.prepared);
  const problems = [...report.plan.refusals, ...blocked];
  const pending = options.check && !options.apply && prepared.length > 0 ? EXIT.pending : EXIT.done;
  return {
    exitCode: problems.length > 0 ? EXIT.refused : pending,
    data: recipeData(report),
    problems,
    output:
      environment.format === 'html'
        ? recipeHtml(await recipeFacts(environment, session, report, planned), [], blocked)
        : outputOf(environment, session, report, prepared, blocked),
  };
}

function outputOf(
  environment: Environment,
  session: Session,
  report: RecipeReport,
  prepared: readonly PreparedBatch[],
  blocked: readonly Problem[],
): string | Uint8Array {
  if (environment.format === 'patch') return patchOf(environment, session, prepared);
  const text = environment.format === 'markdown' ? recipeMarkdown(report) : recipeText(report, environment.style);
  return blocked.length > 0 ? `${text}\n${problemsText(blocked, environment.style)}` : text;
}
