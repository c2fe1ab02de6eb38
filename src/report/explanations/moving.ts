/** Codes about modules that move. */
import type { ExplanationGroup } from './model.js';

export const MOVING: ExplanationGroup = {
  name: 'moving',
  title: 'Moving modules',
  codes: {
    'destination-exists': {
      means: 'Something stands where a module shall go.',
      why: 'Nothing is overwritten.',
      todo: ['Choose another name, or move what is there in the same map: all moves of a map happen at once.'],
      example: 'regraft move pkg/a.py pkg/b.py   # pkg/b.py is there',
    },
    'same-destination': {
      means: 'Two sources go to one place.',
      why: 'One of them would be lost.',
      todo: ['Give each its own destination. To make one module of several: regraft merge.'],
      example: 'a.py: core/x.py\nb.py: core/x.py',
    },
    'same-source': {
      means: 'One file is to go to two places, to move and to go, or is named twice.',
      why: 'The operations contradict each other.',
      todo: ['Name each file once.'],
      example: 'regraft merge pkg/a.py pkg/a.py --into pkg/b.py',
    },
    'overlapping-moves': {
      means: 'A source has two destinations, or a directory shall go into itself.',
      why: 'There is no tree in which both hold.',
      todo: ['Name each source once, and a place outside of it.'],
      example: 'regraft move pkg pkg/core/',
    },
    'no-such-source': {
      means: 'What shall be moved or merged is not there.',
      why: 'A misspelt name must not pass for work that is done.',
      todo: ['Name it as pkg.mod or pkg/mod.py; regraft graph lists the modules.'],
      example: 'regraft move pkg/utli.py pkg/core/',
    },
    'not-a-file': {
      means: 'A symbolic link or a submodule was named.',
      why: 'A link leads to another file, a submodule is another repository.',
      todo: ['Name the file that the link leads to; run regraft inside the submodule.'],
      example: 'pkg/latest.py -> x.py',
    },
    'not-an-identifier': {
      means: 'The new name cannot be that of a Python module.',
      why: 'No import statement could spell it.',
      todo: ['Choose letters, digits and _, and end the file in .py.'],
      example: 'regraft move pkg/a.py pkg/my-module.py',
    },
    'reserved-name': {
      means: 'The new name is that of a device on Windows.',
      why: 'Nobody could check the repository out there.',
      todo: ['Choose another name.'],
      example: 'regraft move pkg/a.py pkg/aux.py',
    },
    'case-collision': {
      means: 'Two paths would differ only by upper and lower case.',
      why: 'Many file systems cannot hold both.',
      todo: ['Choose a name that differs by more.'],
      example: 'pkg/Utils.py beside pkg/utils.py',
    },
    'shadows-module': {
      means:
        'The new name is also that of a module of the standard library, of a distribution that the project needs, or of a package beside it.',
      why: 'Imports of the other one would find this one, or the other way round.',
      todo: ['Choose another name.'],
      example: 'regraft move util.py logging.py',
    },
    'hidden-module': {
      means: 'The package at the new place binds the same name to something else.',
      why: '`from pkg import name` would give that, not the module.',
      todo: ['Choose another name, or rename what the __init__.py binds first.'],
      example: 'pkg/__init__.py: from .core import run   # and a module would become pkg/run.py',
    },
    'file-location': {
      means: 'The module finds something by its own place (__file__, its package), and that place changes.',
      why: 'It would look in the wrong directory when it runs.',
      todo: [
        'Move what it needs along and change this line after, or leave it where it is.',
        'Where the result is right all the same: accept this one place.',
      ],
      example: "DATA = Path(__file__).parent / 'data'",
    },
    'outside-repository': {
      means: 'A name leads out of the repository.',
      why: 'Nothing outside the working tree is read as part of it, or written.',
      todo: ['Name something below the top of the repository; -C DIR works in another one.'],
      example: 'regraft move pkg/a.py ../b.py',
    },
    'no-shim': {
      means: '--shim was given, and no shim can keep this old name.',
      why: 'Something else stands at the old place afterwards, or the new place cannot be imported.',
      todo: ['Choose another place, or leave out --shim.'],
      example: 'regraft move pkg/a.py pkg/a/core.py --shim   # pkg/a/ stands beside pkg/a.py',
    },
    'left-empty': {
      means: 'A package holds nothing but an empty __init__.py any more.',
      why: 'Only said. It stays, since something outside may import it.',
      todo: ['--prune takes such packages away.'],
      example: 'info[left-empty]: pkg/old/ holds nothing else any more',
    },
    'conftest-scope': {
      means: 'A conftest.py moves.',
      why: 'Only said: pytest applies it to the tests below its directory, so it applies to others now.',
      todo: ['Look whether the tests still find their fixtures; verify with pytest.'],
      example: 'tests/conftest.py -> tests/unit/conftest.py',
    },
    'main-module': {
      means: 'A __main__.py moves.',
      why: 'Only said: python -m starts it under its new name from now on.',
      todo: ['Tell those who start it.'],
      example: 'pkg/__main__.py -> tool/__main__.py',
    },
    'django-app': {
      means: 'A Django application or migration moves.',
      why: 'Only said: Django knows them by label and path, and databases have recorded them.',
      todo: ['Check app_label, INSTALLED_APPS and recorded migrations.'],
      example: 'shop/migrations/0001_initial.py moves',
    },
    'pickled-names': {
      means: 'A module with classes moves, and something in the repository pickles.',
      why: 'Only said: pickles name classes by module, and old ones look for the old name.',
      todo: ['--shim keeps old pickles readable.'],
      example: 'warning[pickled-names]: its classes may have been pickled under the old name',
    },
    'logger-name': {
      means: 'Loggers are named by __name__, which changes.',
      why: 'Only said: logging settings that spell the old name do not apply any more.',
      todo: ['Check logging settings outside of the repository; those inside follow.'],
      example: 'log = logging.getLogger(__name__)',
    },
  },
};
