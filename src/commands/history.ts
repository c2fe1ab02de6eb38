/** `regraft history`, `undo`, `restore`, `recover`: what was done, and taking it back. */
import { EXIT } from '../core/problems.js';
import { listRuns, restorePath, undoRun } from '../io/history.js';
import { recover as recoverRun } from '../io/recover.js';
import { openRepository } from '../io/repository.js';
import type { RunOutcome } from '../io/transaction.js';
import { historyText } from '../report/history-text.js';
import { problemsText } from '../report/problems-text.js';
import type { Environment, Outcome } from './command.js';
import { executionOf, progressText } from './execute.js';

export async function history(environment: Environment): Promise<Outcome> {
  const runs = listRuns(await openRepository(environment.directory));
  return { exitCode: EXIT.done, data: { runs }, problems: [], output: historyText(runs, environment.style) };
}

/** Takes a run back as a new commit; without an id the latest. */
export async function undo(environment: Environment, options: { readonly run?: string | undefined }): Promise<Outcome> {
  const repository = await openRepository(environment.directory);
  return written(environment, await undoRun(repository, options.run, rim(environment)), 'taken back');
}

/** Writes an archived file back as a new commit. */
export async function restore(environment: Environment, options: { readonly path: string }): Promise<Outcome> {
  const repository = await openRepository(environment.directory);
  return written(environment, await restorePath(repository, options.path, rim(environment)), 'restored');
}

function rim(environment: Environment) {
  return {
    signal: environment.signal,
    onProgress: (step: Parameters<typeof progressText>[0]) => environment.progress(progressText(step)),
  };
}

function written(environment: Environment, outcome: RunOutcome, done: string): Outcome {
  const { exitCode, problems, run } = executionOf(outcome);
  const text =
    exitCode === EXIT.done
      ? `${done} in ${run.commits.join(', ')} (run ${run.id})\n`
      : problemsText(problems, environment.style);
  return { exitCode, data: { run }, problems, output: text };
}

/** Finishes or rolls back an interrupted run. */
export async function recover(environment: Environment): Promise<Outcome> {
  const recovered = await recoverRun(await openRepository(environment.directory));
  const text = {
    nothing: 'nothing to recover: no run was interrupted\n',
    finished: 'finished the interrupted run: its batch is now wholly there\n',
    'rolled-back': 'rolled the interrupted batch back: nothing of it is left\n',
  }[recovered.action];
  return { exitCode: EXIT.done, data: { recovered }, problems: [], output: text };
}
