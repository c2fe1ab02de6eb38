/** Codes about copies that are to be deleted. */
import type { ExplanationGroup } from './model.js';

export const DUPLICATES: ExplanationGroup = {
  name: 'duplicates',
  title: 'Deleting duplicates',
  codes: {
    'body-differs': {
      means:
        'Code differs between the copy and the module to keep, and users of the copy would get other code, or nobody uses the copy and the difference would be lost.',
      why: 'After the redirection the program would do something else. Comments, docstrings and layout do not count.',
      todo: [
        'Look at the difference: regraft compare KEEP REMOVE.',
        'Bring the wanted code into the module to keep, then run the command again.',
        'Where the kept code is right for everybody: accept it.',
      ],
      example:
        'pkg/x.py:      def price(n): return n * 2\npkg/x_robust.py: def price(n): return n * 3   # used: body-differs',
    },
    'signature-differs': {
      means:
        'A function that users of the copy call takes other parameters, or has other defaults, in the module to keep.',
      why: 'A call that is right for one may fail, or mean something else, with the other.',
      todo: [
        'Look at the difference: regraft compare KEEP REMOVE.',
        'Give the kept function the parameters that its new users need, then run the command again.',
        'Where all calls work with both: accept it.',
      ],
      example:
        'pkg/x.py:        def load(path, retries=3)\npkg/x_robust.py: def load(path, retries=5)   # used: signature-differs',
    },
    'loses-symbols': {
      means: 'The copy has functions, classes or constants that the module to keep lacks.',
      why: 'They would be gone. As a refusal: nobody uses the copy, so nothing shows whether they matter. As a warning: the copy is used, but not these names.',
      todo: [
        'Look at what would be lost: regraft compare KEEP REMOVE.',
        'Move it to the module to keep, or make one module of the two: regraft merge KEEP REMOVE --into KEEP.',
        'Where nobody needs it: accept it. The file stays in the archive, regraft restore brings it back.',
      ],
      example: 'error[loses-symbols]: has what pkg/x.py lacks: replay_window',
    },
    'missing-name': {
      means: 'A name that is used from the copy does not exist in the module to keep.',
      why: 'The redirected import would fail. This cannot be accepted.',
      todo: [
        'Move the name to the module to keep, then run the command again.',
        'Or make one module of the two: regraft merge KEEP REMOVE --into KEEP.',
      ],
      example: "pkg/user.py: from pkg.x_robust import replay   # pkg/x.py has no 'replay'",
    },
    'docstrings-differ': {
      means: 'The copy goes, and docstrings in it were others than in the module that stays.',
      why: 'Only said: docstrings are no code. Somebody may still have written something down there.',
      todo: ['Look at them before you apply: regraft compare KEEP REMOVE.'],
      example: 'info[docstrings-differ]: docstrings differ: load, save',
    },
    'becomes-one': {
      means: 'Both copies define a class, an exception or some state, and their users will share one from now on.',
      why: 'Only said. It matters where code tells the two apart: except clauses, isinstance, a cache or counter that each had for itself.',
      todo: ['Look whether anything relied on there being two.'],
      example:
        'info[becomes-one]: two become one: RetryError, _cache (matters for except, isinstance and shared state)',
    },
    'keeper-uses-duplicate': {
      means: 'The module to keep imports the copy.',
      why: 'Without the copy it would not work, and it cannot be redirected to itself.',
      todo: ['Move what it needs into it, then run the command again.', 'Or keep the other one: --pair REMOVE=KEEP.'],
      example: 'pkg/x.py: from pkg.x_robust import helper',
    },
    'test-module': {
      means: 'The copy is found by test runners through its file name.',
      why: 'No import shows that it is in use. Its tests would vanish without a failure.',
      todo: ['Look whether its tests are in the other file too, then accept this place.'],
      example: 'tests/test_x_robust.py beside tests/test_x.py',
    },
    'changes-module': {
      means: 'Code sets an attribute of the copy as a module.',
      why: 'Redirected, it would set that of the module to keep, for everybody who uses it.',
      todo: [
        'Patch the object that needs it instead, or pass the value along.',
        'Where that is what you want: accept this place.',
      ],
      example: 'pkg.x_robust.LIMIT = 3',
    },
    'new-cycle': {
      means: 'A user of the copy would import the module to keep, which imports that user.',
      why: 'That closes an import cycle which was not there. It may fail, depending on who is imported first.',
      todo: ['Break the cycle first, or import within the function that needs it.'],
      example: 'pkg/x.py imports pkg/user.py; pkg/user.py uses pkg/x_robust.py',
    },
    'no-keeper': {
      means: 'A file was named to be deleted, and no module without its marker lies beside it.',
      why: 'A copy is deleted only in favour of another module.',
      todo: ['Name the module to keep: regraft dedupe --pair REMOVE=KEEP.'],
      example: 'regraft dedupe pkg/y_robust.py   # there is no pkg/y.py',
    },
    'bad-pair': {
      means: '--pair was not given as REMOVE=KEEP.',
      why: 'Which of the two goes must not be guessed.',
      todo: ['Write --pair pkg/x_robust.py=pkg/x.py: first the one that goes.'],
      example: '--pair pkg/x_robust.py',
    },
    'same-module': {
      means: 'A module was given as its own duplicate.',
      why: 'It cannot stay and go.',
      todo: ['Name two different modules.'],
      example: '--pair pkg/x.py=pkg/x.py',
    },
    'mutual-keepers': {
      means: 'Two modules are each given as the one to keep for the other.',
      why: 'Both would go.',
      todo: ['Keep one module of each family.'],
      example: '--pair a.py=b.py --pair b.py=a.py',
    },
    'keeper-deleted': {
      means: 'A module is to be kept in one pair and to be deleted in another.',
      why: 'Users would be redirected to a module that goes.',
      todo: ['Name the one that stays as the keeper of all the others.'],
      example: '--pair c.py=b.py --pair b.py=a.py   # write --pair c.py=a.py',
    },
    'too-many-failures': {
      means: 'Many operations each fail the verification by themselves, so the rest was not tried.',
      why: 'A verification that hardly anything stands says little about what is to blame.',
      todo: ['Look at the first failures, then run it again.'],
      example: 'error[too-many-failures]: 20 operations fail the verification: the others were not tried',
    },
  },
};
