/** Codes about the git repository and its state. */
import type { ExplanationGroup } from './model.js';

export const REPOSITORY: ExplanationGroup = {
  name: 'repository',
  title: 'The repository and git',
  codes: {
    'not-a-repository': {
      means: 'The directory is in no git working tree.',
      why: 'What is planned is pinned to a commit, and undone with git.',
      todo: ['Run inside a working tree, or name one: -C DIR. A new one: git init, git add -A, git commit.'],
      example: 'regraft -C /tmp check',
    },
    'bare-repository': {
      means: 'The repository has no working tree.',
      why: 'There are no files to work on.',
      todo: ['git clone it, and work there.'],
      example: 'a directory such as project.git',
    },
    'no-commits': {
      means: 'The repository has no commit yet.',
      why: 'There is no state to compare with or to return to.',
      todo: ['git add -A && git commit -m "first commit"'],
      example: 'right after git init',
    },
    'git-missing': {
      means: 'git was not found.',
      why: 'Everything is read and written through it.',
      todo: ['Install git 2.39 or later.'],
      example: 'error[git-missing]: git was not found',
    },
    'git-failed': {
      means: 'A git command failed.',
      why: 'What it should have said or done is missing, so nothing goes on.',
      todo: ['Run the command in the hint by hand and see. git fsck looks for damage.'],
      example: 'error[git-failed]: git rev-parse failed with exit code 128',
    },
    'missing-object': {
      means: 'The repository does not have the content of a file (a shallow or partial clone, or damage).',
      why: 'Nothing is fetched from the network behind a read.',
      todo: ['git fsck; git fetch --refetch'],
      example: 'git clone --filter=blob:none',
    },
    'no-identity': {
      means: 'git does not know who commits.',
      why: 'Each batch is a commit, and needs an author.',
      todo: ['git config user.name "..." && git config user.email "..."'],
      example: 'a fresh machine or a container',
    },
    'operation-in-progress': {
      means: 'A merge, rebase, cherry-pick, revert or bisect is not finished.',
      why: 'Commits in between would become part of it.',
      todo: ['Finish it, or abort it; the hint has the command.'],
      example: 'error[operation-in-progress]: a rebase is in progress',
    },
    'index-locked': {
      means:
        'index.lock is there: another git command runs, or one has crashed. If the commit has landed already, only the index is behind.',
      why: 'Locks of others are never taken away.',
      todo: ['Wait. When no git runs: remove .git/index.lock, then regraft recover.'],
      example: 'an editor that runs git status',
    },
    'branch-locked': {
      means: 'The branch could not be moved: another git command holds its lock.',
      why: 'Locks of others are never taken away.',
      todo: ['Run it again. When no git runs, remove the .lock file that is named; then regraft recover.'],
      example: 'error[branch-locked]: the branch is locked',
    },
    'branch-moved': {
      means: 'Somebody committed while the run was going on.',
      why: 'The plan was made for the commit before. The batch was rolled back.',
      todo: ['Plan again on the new commit.'],
      example: 'a commit from another window during the tests',
    },
    'unknown-revision': {
      means: '--since names no commit.',
      why: 'What changed since then cannot be told.',
      todo: ['Name a branch, a tag or a commit. In CI, fetch enough history.'],
      example: 'regraft duplicates --since origin/main   # in a shallow clone',
    },
    'changed-since': {
      means: 'Later commits changed the same or neighbouring lines that the run changed.',
      why: 'Taking the run back would take them back as well.',
      todo: [
        'See the later changes with the git log command in the hint; undo them first, or change the file by hand.',
      ],
      example: 'regraft undo RUN   # and somebody edited the rewritten import since',
    },
  },
};

export const RUNS: ExplanationGroup = {
  name: 'runs',
  title: 'Runs, verification and recovery',
  codes: {
    'verification-failed': {
      means:
        'A verification command got worse after a batch: a new failure, a test that vanished, another exit code, or a time limit.',
      why: 'The batch was rolled back. Only what is worse than before the run counts; a failing command is run twice to tell flaky from broken.',
      todo: [
        'Read the first new failure and the full output, whose path the hint gives.',
        '--on-failure isolate finds which operations break it and lands the rest.',
      ],
      example: 'error[verification-failed]: python3 -m unittest: 1 new failure(s)',
    },
    'baseline-red': {
      means: 'A verification command fails before anything was changed, and its failures cannot be told apart.',
      why: 'Then it cannot say whether a change breaks something.',
      todo: [
        'Make it pass first, or verify with another command. Of pytest and unittest, known failures are told apart by test.',
      ],
      example: "--verify 'make test'   # fails today",
    },
    'imported-elsewhere': {
      means: 'With --isolate, Python would import the package from another place than the separate working tree.',
      why: 'The tests would test other code: mostly an editable install.',
      todo: ['Verify without --isolate, or with a command that puts the tree it runs in first on the path.'],
      example: 'pip install -e . in the main checkout',
    },
    'stale-plan': {
      means: 'A saved plan was made for another commit, or computing it again gives other changes.',
      why: 'What was reviewed is what runs, or nothing.',
      todo: ['Plan again with --save, and compare.'],
      example: 'regraft apply plan.json   # after a commit',
    },
    stale: {
      means: 'A file is not what the plan was made for.',
      why: 'It changed between planning and applying.',
      todo: ['Plan again.'],
      example: 'error[stale]: pkg/x.py is not what the plan was made for',
    },
    'edited-meanwhile': {
      means: 'A file of the plan changed while the run was going on.',
      why: 'When somebody edits a file meanwhile, their bytes win. The batch was rolled back.',
      todo: ['Commit or undo that change, then plan again.'],
      example: 'an editor that saves during the tests',
    },
    locked: {
      means: 'Another run of regraft works in this repository.',
      why: 'One run at a time.',
      todo: ['Wait for it. If it is certain that none runs: remove the lock that is named.'],
      example: 'error[locked]: another run holds the lock',
    },
    interrupted: {
      means: 'Ctrl-C or a signal ended the run.',
      why: 'The batch in flight was rolled back; after a second signal it may be half done.',
      todo: ['After a second signal: regraft recover. Committed batches stay.'],
      example: 'exit code 130',
    },
    unsettled: {
      means: 'A batch could not be carried out, and could not be rolled back either.',
      why: 'Something refuses to be written. The journal is kept.',
      todo: ['See to the cause, then regraft recover. The hint has the way without this tool.'],
      example: 'a full disk',
    },
    'cannot-recover': {
      means: 'A run was interrupted, and the branch is neither where it was nor where it should be.',
      why: 'Somebody moved it since. Which state is wanted is not for a tool to say.',
      todo: ['Switch the branch back and run regraft recover, or compare by hand; the hint has both commits.'],
      example: 'error[cannot-recover]: run 7f3 was interrupted and HEAD is on another branch',
    },
    'bad-journal': {
      means: 'The journal of an interrupted run cannot be read.',
      why: 'A record that does not validate is never acted upon.',
      todo: ['git status shows the state; refs/regraft/ holds the commits before and after.'],
      example: '.git/regraft/journal.json was edited',
    },
    'bad-log': {
      means: 'The log of a run cannot be read.',
      why: 'A record that does not validate is never acted upon, so the run cannot be undone by it.',
      todo: ['git log shows the commits of the run, git revert takes them back.'],
      example: 'a log that another version wrote',
    },
    'bad-record': {
      means: 'The record of references that were being moved cannot be read.',
      why: 'A record that does not validate is never acted upon.',
      todo: ['git status shows the state. When no git runs, remove left-over .lock files under .git/refs by hand.'],
      example: 'a record that was cut short',
    },
    'unknown-run': {
      means: 'There is no such run, or none at all.',
      why: 'Nothing can be taken back.',
      todo: ['regraft history lists them.'],
      example: 'regraft undo 123',
    },
    'already-undone': {
      means: 'The run was taken back before.',
      why: 'Undoing twice would change nothing, or something else.',
      todo: ['To have it again, undo the undo; the hint names it.'],
      example: 'error[already-undone]: run a was already taken back by b',
    },
    'not-archived': {
      means: 'No run has deleted a file of that path.',
      why: 'Only what regraft deleted is in its archive.',
      todo: ['regraft history lists what was deleted; git log --diff-filter=D finds other deletions.'],
      example: 'regraft restore pkg/never_there.py',
    },
    'io-error': {
      means: 'The operating system refused something: space, permissions, the disk.',
      why: 'What was begun is rolled back, or waits for recover.',
      todo: ['See to the cause; regraft recover then finishes or takes back what is half done.'],
      example: 'error[io-error]: ENOSPC: no space left on device',
    },
    'internal-error': {
      means: 'Something happened that regraft does not expect.',
      why: 'It is a defect. Nothing is written after it; a batch in flight is rolled back.',
      todo: ['Please report it with the text that is shown.'],
      example: 'error[internal-error]: TypeError: ...',
    },
  },
};
