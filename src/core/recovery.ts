/**
 * What to do about a batch that was interrupted, or has just been carried out: a pure function of the journal and of what
 * is observed. It decides by content, so it gives the same answer however often it is itself interrupted.
 */
import type { Journal, JournalFile } from './journal.js';
import type { ObjectId, Problem } from './model.js';
import { problem } from './problems.js';

/** What stands at a path: the blob id of a regular file's bytes, `null` for nothing, `other` for anything else. */
export type Standing = ObjectId | null | 'other';

export interface Observed {
  /** Full name of the branch that HEAD is on; `null` when detached. */
  readonly head: string | null;
  /** The commit that the journal's branch (or the detached HEAD) names. */
  readonly branch: ObjectId | null;
  readonly files: ReadonlyMap<string, Standing>;
  /** `ours` when it is the index that we wrote aside, under its second name. */
  readonly indexLock: 'none' | 'ours' | 'foreign';
}

export type Step =
  | { readonly kind: 'release-index' }
  | { readonly kind: 'restore'; readonly file: JournalFile }
  | { readonly kind: 'remove'; readonly file: JournalFile }
  | { readonly kind: 'clear-directories' }
  | { readonly kind: 'update-index' }
  | { readonly kind: 'write-log' }
  | { readonly kind: 'drop-pins' }
  | { readonly kind: 'delete-journal' };

export type Decision =
  | { readonly action: 'finish'; readonly steps: readonly Step[] }
  /** `kept`: paths that hold bytes that are neither old nor new; they are somebody's and stay. */
  | { readonly action: 'roll-back'; readonly steps: readonly Step[]; readonly kept: readonly string[] }
  | { readonly action: 'stop'; readonly problem: Problem };

/**
 * @param refused the caller has just seen the compare-and-swap refused, so the commit is certain not to have landed even
 * though the branch has moved.
 */
export function decideRecovery(journal: Journal, observed: Observed, refused = false): Decision {
  if (observed.head === journal.run.branch) {
    if (observed.branch === journal.new) return finish(observed);
    if (observed.branch === journal.old || refused) return rollBack(journal, observed);
  }
  return { action: 'stop', problem: neither(journal, observed) };
}

function finish(observed: Observed): Decision {
  const release = releaseIndex(observed);
  return {
    action: 'finish',
    steps: [...release, { kind: 'update-index' }, { kind: 'write-log' }, { kind: 'delete-journal' }],
  };
}

function rollBack(journal: Journal, observed: Observed): Decision {
  const kept: string[] = [];
  const steps: Step[] = [];
  for (const file of journal.files) {
    const now = observed.files.get(file.path) ?? null;
    if (now === (file.before?.disk ?? null)) continue;
    if (now !== (file.after?.disk ?? null)) {
      // A compiled left-over that somebody made anew is nothing to report.
      if (file.tracked) kept.push(file.path);
    } else steps.push({ kind: file.before === null ? 'remove' : 'restore', file });
  }
  return {
    action: 'roll-back',
    steps: [
      ...releaseIndex(observed),
      ...steps,
      { kind: 'clear-directories' },
      { kind: 'drop-pins' },
      { kind: 'delete-journal' },
    ],
    kept,
  };
}

function releaseIndex(observed: Observed): Step[] {
  return observed.indexLock === 'ours' ? [{ kind: 'release-index' }] : [];
}

function neither(journal: Journal, observed: Observed): Problem {
  const name = journal.run.branch ?? 'HEAD';
  const where =
    observed.head === journal.run.branch
      ? `${name} is at ${observed.branch ?? 'nothing'}`
      : `HEAD is on ${observed.head ?? 'no branch'}, the run was on ${name}`;
  return problem(
    'cannot-recover',
    `run ${journal.run.id} was interrupted and ${where}; expected ${journal.old} (before) or ${journal.new} (after)`,
    {
      hint: `git switch the branch back and run: regraft recover; or compare by hand: git diff ${journal.old} ${journal.new}`,
    },
  );
}
