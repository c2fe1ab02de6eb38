/** Codes of files that are not touched, and why. */
import type { ExplanationGroup } from './model.js';

export const FILES: ExplanationGroup = {
  name: 'files',
  title: 'Files that are not touched',
  codes: {
    dirty: {
      means: 'A file of the plan differs from what is committed: changed, staged, missing, or of another mode.',
      why: 'What you have not committed is never overwritten. No stash, no reset.',
      todo: ['Commit it, or take the change back yourself; the hint has the command.'],
      example: 'error[dirty]: file has changes that are not committed',
    },
    untracked: {
      means: 'A file of the plan is not tracked by git.',
      why: 'Git could not bring it back.',
      todo: ['git add and commit it, or take it away.'],
      example: 'error[untracked]: file is not tracked by git',
    },
    exists: {
      means: 'A file would be created where something stands already.',
      why: 'Nothing is overwritten: neither a source file, nor a saved plan, nor a recipe.',
      todo: ['Choose another name, or move what is there away first.'],
      example: 'error[exists]: plan.json exists already',
    },
    'cannot-write': {
      means: 'A file that --save or --apply should write cannot be written.',
      why: 'The system refused it: no such directory, no permission, no space.',
      todo: ['Choose another place, or see to what the message names.'],
      example: 'error[cannot-write]: cannot write plans/plan.json: ENOENT',
    },
    symlink: {
      means: 'A file, or a directory on the way to it, is a symbolic link.',
      why: 'Writing through a link may write outside of the repository.',
      todo: ['Name the file by its real path.'],
      example: 'pkg -> ../elsewhere/pkg',
    },
    submodule: {
      means: 'The file belongs to a submodule.',
      why: 'A submodule is another repository with commits of its own.',
      todo: ['Run regraft inside that repository.'],
      example: 'vendor/lib is a submodule',
    },
    'not-a-directory': {
      means: 'A file stands where a directory is needed.',
      why: 'Nothing is taken away to make room.',
      todo: ['Choose another place, or see what it is and move it.'],
      example: 'regraft move pkg/a.py notes.txt/a.py',
    },
    outside: {
      means: 'A path in a plan leads out of the working tree, into .git, or is no acceptable name.',
      why: 'Plans and recipes may come from anybody.',
      todo: ['Name a file inside the working tree.'],
      example: '../../etc/passwd',
    },
    filtered: {
      means: 'Git converts this file: a filter, LFS, ident, or another encoding in the working tree.',
      why: 'Edits are made on bytes. What git would store is then not what stands on the disk.',
      todo: ['Change the file by hand, or drop the attribute in .gitattributes.'],
      example: '*.py filter=clean',
    },
    'skip-worktree': {
      means: 'The file is not checked out (sparse checkout).',
      why: 'What is not there cannot be verified.',
      todo: ['git sparse-checkout disable'],
      example: 'error[skip-worktree]: file is not checked out (sparse checkout)',
    },
    'hard-link': {
      means: 'The file has other names on the disk.',
      why: 'Files are replaced, not written into: the other names would keep the old content.',
      todo: ['Make it a file of its own; the hint has the command.'],
      example: 'error[hard-link]: file has other names (hard links)',
    },
    'read-only': {
      means: 'The file or its directory is read-only.',
      why: 'Permissions are not changed to get something written.',
      todo: ['chmod u+w, as the hint shows.'],
      example: 'error[read-only]: file is read-only',
    },
    'case-twin': {
      means: 'Two names are the same file on this file system: they differ only in case or in Unicode form.',
      why: 'Writing one would write the other.',
      todo: ['Choose another name; for a rename of case, move it to quite another name first.'],
      example: 'pkg/Utils.py -> pkg/utils.py on a file system that ignores case',
    },
    'changed-meanwhile': {
      means: 'A file changed between the moment it was listed and the moment it was read.',
      why: 'What is said of a repository must hold for one moment.',
      todo: ['Run the command again.'],
      example: 'an editor saves pkg/x.py while regraft graph reads it',
    },
    unreadable: {
      means: 'A file cannot be read, or not as text.',
      why: 'It can be neither compared nor edited. Its own pair is left as it is, others are not.',
      todo: ['Make it a regular file in UTF-8.'],
      example: 'error[unreadable]: pkg/x.py cannot be compared: not UTF-8',
    },
    'unknown-path': {
      means: 'There is no such file or directory in the repository.',
      why: 'A misspelt path must not pass for "nothing found".',
      todo: ['See the suggestion in the hint. Paths start where you stand, in recipes at the top of the repository.'],
      example: 'regraft graph integartion',
    },
    'unknown-target': {
      means: 'There is no Python module of that name or path.',
      why: 'A misspelt name must not pass for "not used".',
      todo: ['Name it as pkg.mod or pkg/mod.py; regraft graph lists the modules.'],
      example: 'regraft usages pkg.utli',
    },
  },
};
