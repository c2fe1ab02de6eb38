/** `regraft history`, `undo`, `restore`, `recover`: what was done, and taking it back. */
import type { Problem } from '../core/model.js';
import { EXIT } from '../core/problems.js';
import {
  listRuns,
  planRestore,
  planUndo,
  pruneRuns,
  restorePath,
  runsBefore,
  type TakingBack,
  undoRun,
} from '../io/history.js';
import { preflight } from '../io/preflight.js';
import { recover as recoverRun } from '../io/recover.js';
import { openRepository, type Repository } from '../io/repository.js';
import type { RunOutcome } from '../io/transaction.js';
import type { VerifyPlan } from '../io/verify.js';
import { historyText } from '../report/history-text.js';
import { inert } from '../report/inert.js';
import { problemsText } from '../report/problems-text.js';
import { counted } from '../report/words.js';
import type { Environment, Outcome } from './command.js';
import { executionOf, progressText } from './execute.js';
import { lostImports } from './lost-imports.js';

export async function history(environment: Environment): Promise<Outcome> {
  const runs = listRuns(await openRepository(environment.directory));
  return { exitCode: EXIT.done, data: { runs }, problems: [], output: historyText(runs, environment.style) };
}

const DAY = 24 * 60 * 60 * 1000;

/** Forgets runs that are older than so many days; a preview unless told to. */
export async function prune(
  environment: Environment,
  { days, apply }: { readonly days: number; readonly apply: boolean },
): Promise<Outcome> {
  const repository = await openRepository(environment.directory);
  const moment = new Date(Date.now() - days * DAY);
  const runs = apply ? await pruneRuns(repository, moment) : runsBefore(repository, moment);
  const ids = runs.map(({ id }) => id);
  const verb = apply ? 'forgotten' : 'would be forgotten';
  const lines = [
    ...ids.map((id) => `  ${id}`),
    `${counted(ids.length, 'run')} ${verb}; commits stay, undo and restore of them do not`,
  ];
  const hint = apply || ids.length === 0 ? [] : [`to do it: regraft history --prune ${days} --apply`];
  return {
    exitCode: EXIT.done,
    data: { pruned: ids, applied: apply },
    problems: [],
    output: `${[...lines, ...hint].join('\n')}\n`,
  };
}

export interface UndoOptions {
  readonly verify: VerifyPlan;
  readonly run?: string | undefined;
  readonly dryRun?: boolean;
}

/** Takes a run back as a new commit; without an id the latest. */
export async function undo(environment: Environment, options: UndoOptions): Promise<Outcome> {
  const repository = await openRepository(environment.directory);
  const taking = await planUndo(repository, options.run);
  const lost = await lostImports(environment, taking.batch);
  if (options.dryRun) return previewed(environment, repository, taking, lost);
  const outcome = await undoRun(repository, taking.subject, rim(environment, options.verify));
  return written(environment, outcome, 'taken back', lost);
}

/** Writes an archived file back as a new commit. */
export async function restore(
  environment: Environment,
  options: { readonly path: string; readonly dryRun: boolean; readonly verify: VerifyPlan },
): Promise<Outcome> {
  const repository = await openRepository(environment.directory);
  if (options.dryRun) return previewed(environment, repository, await planRestore(repository, options.path));
  return written(
    environment,
    await restorePath(repository, options.path, rim(environment, options.verify)),
    'restored',
  );
}

/** What would be written, and what stands in the way of it. */
async function previewed(
  environment: Environment,
  repository: Repository,
  { batch, kept }: TakingBack,
  warnings: readonly Problem[] = [],
): Promise<Outcome> {
  const blocked = await preflight(repository, [batch]);
  const problems = [...blocked, ...warnings];
  const files = batch.transitions.map(({ path, before, after }) => ({
    path,
    becomes: after === null ? 'deleted' : before === null ? 'written' : 'changed',
    keepsLaterChanges: kept.includes(path),
  }));
  const lines = files.map(({ path, becomes }) => `  ${becomes.padEnd(8)} ${inert(path)}`);
  const later = kept.map((path) => `  later changes of ${inert(path)} are kept`);
  const text = `would ${inert(batch.title)}:\n${[...lines, ...later].join('\n')}\n`;
  return {
    exitCode: blocked.length > 0 ? EXIT.refused : EXIT.done,
    data: { would: { title: batch.title, files } },
    problems,
    output: problems.length > 0 ? `${text}\n${problemsText(problems, environment.style)}` : text,
  };
}

function rim(environment: Environment, verify: VerifyPlan) {
  return {
    verify,
    signal: environment.signal,
    onProgress: (step: Parameters<typeof progressText>[0]) => environment.progress(progressText(step)),
  };
}

function written(
  { style }: Environment,
  outcome: RunOutcome,
  done: string,
  warnings: readonly Problem[] = [],
): Outcome {
  const { exitCode, problems, run } = executionOf(outcome);
  if (exitCode !== EXIT.done) return { exitCode, data: { run }, problems, output: problemsText(problems, style) };
  const minded = warnings.length > 0 ? `\n${problemsText(warnings, style)}` : '';
  const output = `${done} in ${run.commits.join(', ')} (run ${run.id})\n${minded}`;
  return { exitCode, data: { run }, problems: [...problems, ...warnings], output };
}

/** Finishes or rolls back an interrupted run. */
export async function recover(environment: Environment, options: { readonly dryRun: boolean }): Promise<Outcome> {
  if (options.dryRun) {
    const text = 'would finish or roll back an interrupted run, if there is one';
    return { exitCode: EXIT.done, data: { would: { recover: 'latest' } }, problems: [], output: `${text}\n` };
  }
  const recovered = await recoverRun(await openRepository(environment.directory));
  const text = {
    nothing: 'nothing to recover: no run was interrupted\n',
    finished: 'finished the interrupted run: its batch is now wholly there\n',
    'rolled-back': 'rolled the interrupted batch back: nothing of it is left\n',
  }[recovered.action];
  return { exitCode: EXIT.done, data: { recovered }, problems: [], output: text };
}
