/** `data` of `run`: the plan of all phases, the phases, and after `--apply` the runs. */
import { pairsData, planPart } from './envelope.js';
import { movesData } from './move-data.js';
import type { MergedReport, PhaseReport, PhaseRun, RecipeReport } from './recipe-report.js';
import { transformedData } from './transform.js';

export function recipeData({ plan, phases, lines }: RecipeReport, runs: readonly PhaseRun[] = []) {
  return {
    plan: planPart(plan),
    lines,
    phases: phases.map(phaseData),
    ...(runs.length > 0 ? runsData(phases, runs) : {}),
  };
}

function phaseData(phase: PhaseReport) {
  const { name, kind, status, done, batches, refusals, decisions, moved, merged, transformed, lines } = phase;
  return {
    name,
    kind,
    status,
    batches: batches.map(({ id }) => id),
    done,
    lines,
    codes: [...new Set(refusals.map(({ code }) => code))],
    ...(kind === 'dedupe' ? { pairs: pairsData(decisions) } : {}),
    ...(moved ? movesData(moved) : {}),
    ...(transformed ? transformedData(transformed) : {}),
    ...(merged ? { merged: mergedData(merged) } : {}),
  };
}

function mergedData({ from, into, lines, symbols }: MergedReport) {
  return { from, into, lines, symbols };
}

/** Each phase is a run of its own; `run` is all of them, named after the last. */
function runsData(phases: readonly PhaseReport[], runs: readonly PhaseRun[]) {
  const last = runs.at(-1)?.run;
  return {
    run: {
      id: last?.id,
      commits: runs.flatMap(({ run }) => run.commits),
      moveCommits: runs.flatMap(({ run }) => run.moveCommits),
      verified: runs.flatMap(({ run }) => run.verified),
      status: last?.status,
    },
    runs: runs.map(({ phase, run }) => ({ phase: phases[phase]?.name, ...run })),
  };
}
