/** Codes about what importing comes to, and of the check of a planned result. */
import type { ExplanationGroup } from './model.js';

export const IMPORTING: ExplanationGroup = {
  name: 'importing',
  title: 'What importing comes to',
  codes: {
    'import-order': {
      means:
        'In the simulation, importing a module fails after the change where it works today: mostly a circular import that meets a half-imported module.',
      why: 'Python would fail there too. In a try it fails unseen.',
      todo: [
        'Read the statements that lead there, in the hint.',
        'Take the place that the refusal names, if it names one; or move what both sides need first.',
        'Where that module is never imported first: accept this one place.',
      ],
      example: "importing pkg/core/x.py would fail: cannot import name 'run' from partially initialized module",
    },
    'new-requirement': {
      means:
        'Importing a module would newly need a distribution, since its new package or its new neighbours import it.',
      why: 'Where that distribution is not installed the import fails. Today it does not.',
      todo: [
        'Choose another place, or import it within the function that needs it.',
        'Where it is always installed: declare it as a dependency, or accept this one place.',
      ],
      example: "importing pkg/ml/names.py would newly need 'torch'",
    },
    'side-effect-lost': {
      means:
        'A module that registers or changes something when it is imported would no longer be imported on the way to another.',
      why: 'The registration would be missing, and nothing fails.',
      todo: ['Import the module where its effect is needed.', 'Where nobody relies on it: accept this one place.'],
      example: 'pkg/plugins.py: REGISTRY["csv"] = read_csv',
    },
    'unimportable-module': {
      means: 'regraft check: importing this module fails as the repository is.',
      why: 'Whoever imports it fails, or swallows the failure in a try.',
      todo: [
        'Mend the statement at the place; the hint shows how it is reached.',
        'What regraft plans is compared with this state: what fails already is nothing new.',
      ],
      example: "importing pkg/a.py fails with ImportError: cannot import name 'b'",
    },
    'unresolved-import': {
      means: 'An import leads to a module of this repository that is not there.',
      why: 'It fails when it runs. As a warning: it fails unseen in a try, or only type checkers see it.',
      todo: ['Mend or remove it. regraft inventory counts them by package.'],
      example: 'try:\n    from pkg.gone import run\nexcept ImportError: run = None',
    },
    'import-lost': {
      means: 'An import was written after a run, and undoing the run takes away what it leads to.',
      why: 'Said before the undo: the import would lead nowhere.',
      todo: ['Mend it after the undo, or let --verify see whether anything fails.'],
      example: 'from pkg.core.x import run   # regraft undo takes pkg/core/x.py back to pkg/x.py',
    },
  },
};

export const CHECK: ExplanationGroup = {
  name: 'check',
  title: 'The check of a planned result',
  codes: {
    'check-import-lost': {
      means: 'In the planned result an import no longer leads to the module that it led to.',
      why: 'The check links everything before and after, and does not trust the plan.',
      todo: [
        'Change the named place by hand first, then run the command again.',
        'If the place looks plain: it is a defect of regraft, please report it.',
      ],
      example: 'error[check-import-lost]: this import of pkg/x.py would no longer lead to pkg/core/x.py',
    },
    'check-import-new': {
      means: 'In the planned result a line imports a module that it did not import before.',
      why: 'Something would run that did not run there.',
      todo: [
        'Change the named place by hand first, then run the command again.',
        'If the place looks plain: it is a defect of regraft, please report it.',
      ],
      example: 'error[check-import-new]: this line would newly import pkg/other.py',
    },
    'check-unresolved': {
      means: 'In the planned result an import leads nowhere.',
      why: 'It would fail.',
      todo: [
        'After a transform of your own: mend it, or leave the named file out with --exclude.',
        'Else change the named place by hand first, then run the command again.',
        'If the place looks plain: it is a defect of regraft, please report it.',
      ],
      example: "error[check-unresolved]: 'pkg.x' would not resolve",
    },
    'check-binding': {
      means: 'In the planned result a name would mean something else, be missing, or be bound in another order.',
      why: 'The program would use another object.',
      todo: [
        'After a transform of your own: mend it, or leave the named file out with --exclude.',
        'Else change the named place by hand first, then run the command again.',
        'If the place looks plain: it is a defect of regraft, please report it.',
      ],
      example: "error[check-binding]: 'run' would mean something else here",
    },
    'check-text': {
      means: 'In the planned result a word in a string or a text names another module or file than before.',
      why: 'Something may import or open what it names.',
      todo: [
        'Change the named place by hand first, then run the command again.',
        'If the place looks plain: it is a defect of regraft, please report it.',
      ],
      example: "error[check-text]: 'pkg.core.x' would newly stand here",
    },
    'check-syntax': {
      means: 'In the planned result a file does not parse.',
      why: 'It could not be imported.',
      todo: ['It is a defect of regraft, please report it.'],
      example: 'error[check-syntax]: the file would no longer parse',
    },
    'overlapping-edits': {
      means: 'Two edits of one file want the same bytes.',
      why: 'Edits are never dropped silently.',
      todo: [
        'It is a defect of regraft, please report it. Edits of a transform of your own are told as transform-failed.',
      ],
      example: 'error[overlapping-edits]: two edits of pkg/x.py overlap',
    },
    'no-such-file': {
      means: 'A plan wants to change a file that is not there.',
      why: 'Then it was made for another state.',
      todo: ['Plan again.'],
      example: 'error[no-such-file]: pkg/x.py: is not there',
    },
    repeated: {
      means: 'One batch changes one path twice.',
      why: 'A batch is one state to another, so each path has one change.',
      todo: ['It is a defect of regraft, please report it.'],
      example: 'error[repeated]: batch 1 changes pkg/x.py twice',
    },
  },
};
