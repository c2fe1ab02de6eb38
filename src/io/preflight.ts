/** Everything that speaks against starting a run, collected before anything is written. */
import { join } from 'node:path';
import type { FileTransition, PreparedBatch, Problem } from '../core/model.js';
import { problem } from '../core/problems.js';
import { spellingFault } from '../core/spelling.js';
import { checkCreatable } from './creatable.js';
import { checkEditable } from './editable.js';
import { type OnRecord, readRecord } from './on-record.js';
import { lookAt } from './paths.js';
import { quoted } from './quoting.js';
import { filteredProblems } from './refusals.js';
import type { Repository } from './repository.js';

/** All problems of the repository and of the batches, as far as they can be known before the first batch. */
export async function preflight(repository: Repository, batches: readonly PreparedBatch[]): Promise<Problem[]> {
  const [identity, unfit] = await Promise.all([identityProblems(repository), unfitness(repository, batches)]);
  return [...identity, ...unfit];
}

/** What may have changed since somebody looked last: half-done work of git, and the files themselves. */
export async function unfitness(repository: Repository, batches: readonly PreparedBatch[]): Promise<Problem[]> {
  const first = firstTransitions(batches);
  const edited = first.filter((transition) => transition.before !== null).map((transition) => transition.path);
  const made = first.filter((transition) => transition.before === null).map((transition) => transition.path);
  const last = new Map(batches.flatMap((batch) => batch.transitions.map((each) => [each.path, each.after] as const)));
  const leaving = new Set([...last].filter(([, after]) => after === null).map(([path]) => path));
  const spelled = [...edited, ...made].filter((path) => spellingFault(path) === null);
  const [record, filtered] = await Promise.all([readRecord(repository), filteredProblems(repository, spelled)]);
  const problems = [
    ...operationsInProgress(repository),
    ...(await checkEditable(record, edited)),
    ...checkCreatable(record, made, leaving),
    ...filtered,
    ...staleProblems(record, first),
  ];
  return [...withoutEchoes(problems), ...batches.flatMap(repeatedPaths)];
}

/** A file that is dirty or untracked is not what HEAD has, of course; saying so again would send people the wrong way. */
function withoutEchoes(problems: readonly Problem[]): Problem[] {
  const explained = new Set(problems.filter(({ code }) => code !== 'stale').map(({ path }) => path));
  return problems.filter(({ code, path }) => code !== 'stale' || !explained.has(path));
}

/** Per path the transition that meets it first; later ones are checked when their batch's turn comes. */
function firstTransitions(batches: readonly PreparedBatch[]): FileTransition[] {
  const first = new Map<string, FileTransition>();
  for (const transition of batches.flatMap((batch) => batch.transitions)) {
    if (!first.has(transition.path)) first.set(transition.path, transition);
  }
  return [...first.values()];
}

const OPERATIONS: readonly (readonly [file: string, name: string, way: string])[] = [
  ['MERGE_HEAD', 'merge', 'git merge --abort'],
  ['CHERRY_PICK_HEAD', 'cherry-pick', 'git cherry-pick --abort'],
  ['REVERT_HEAD', 'revert', 'git revert --abort'],
  ['BISECT_LOG', 'bisect', 'git bisect reset'],
  ['rebase-merge', 'rebase', 'git rebase --abort'],
  ['rebase-apply', 'rebase or am', 'git rebase --abort, or git am --abort'],
  ['sequencer', 'cherry-pick or revert', 'git cherry-pick --abort'],
];

function operationsInProgress(repository: Repository): Problem[] {
  const present = (name: string) => lookAt(join(repository.gitDir, name)) !== null;
  const problems = OPERATIONS.filter(([file]) => present(file)).map(([, name, way]) =>
    problem('operation-in-progress', `a ${name} is in progress`, { hint: `finish it, or: ${way}` }),
  );
  if (present('index.lock')) {
    const message = 'another git command is using the index, or has crashed (index.lock is there)';
    problems.push(
      problem('index-locked', message, {
        hint: `wait; if no git runs: rm -- ${quoted(join(repository.gitDir, 'index.lock'))}`,
      }),
    );
  }
  return problems;
}

async function identityProblems(repository: Repository): Promise<Problem[]> {
  for (const variable of ['GIT_AUTHOR_IDENT', 'GIT_COMMITTER_IDENT']) {
    const { code } = await repository.git.run(['var', variable]);
    if (code !== 0) {
      const hint = 'git config user.name "..." && git config user.email "..."';
      return [problem('no-identity', 'git does not know who commits', { hint })];
    }
  }
  return [];
}

function staleProblems({ head }: OnRecord, transitions: readonly FileTransition[]): Problem[] {
  const stale = transitions.filter(({ path, before }) => {
    const entry = head.get(path);
    return before !== null && (entry?.blob !== before.blob || entry.mode !== before.mode);
  });
  return stale.map(({ path }) =>
    problem('stale', `${path} is not what the plan was made for`, { place: path, hint: 'plan again' }),
  );
}

function repeatedPaths(batch: PreparedBatch): Problem[] {
  const paths = batch.transitions.map((transition) => transition.path);
  const repeated = paths.filter((path, index) => paths.indexOf(path) !== index);
  return repeated.map((path) => problem('repeated', `batch ${batch.id} changes ${path} twice`, { place: path }));
}
