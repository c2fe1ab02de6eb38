/** The runs of a repository as a table, newest first, with the command that takes the latest one back. */
import type { RunLog } from '../core/journal.js';
import { inert } from './inert.js';
import type { Style } from './style.js';

export function historyText(runs: readonly (RunLog & { readonly undoneBy: string | null })[], style: Style): string {
  if (runs.length === 0) return 'no runs yet\n';
  const lines = [...runs]
    .reverse()
    .flatMap((run) => [
      `${style.bold(run.id)}  ${run.started.slice(0, 19).replace('T', ' ')}  ${run.kind}${state(run)}`,
      ...run.commits.flatMap((landed) => [
        ...(landed.moveCommit === null ? [] : [commitLine(landed.moveCommit, `${landed.title}: files only`)]),
        commitLine(landed.commit, landed.title),
      ]),
    ]);
  const latest = runs.findLast((run) => run.kind === 'apply' && run.undoneBy === null);
  const next = latest ? [`${style.dim('take the latest back:')} regraft undo ${latest.id}`] : [];
  return `${[...lines, ...next].join('\n')}\n`;
}

function commitLine(commit: string, title: string): string {
  return `    ${commit.slice(0, 12)}  ${inert(title)}`;
}

function state(run: { readonly undoneBy: string | null }): string {
  return run.undoneBy === null ? '' : `, undone by ${run.undoneBy}`;
}
