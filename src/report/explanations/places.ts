/** Codes of places that refer to a module, or could, and that nothing in the repository decides. */
import type { ExplanationGroup } from './model.js';

export const PLACES: ExplanationGroup = {
  name: 'places',
  title: 'Places that refer to a module, or could',
  codes: {
    'dynamic-import': {
      means:
        'A module is imported by a name that the program computes, and that name could be the one that goes or moves.',
      why: 'The import would fail when it runs, and nothing before that would tell.',
      todo: [
        'Write the import out where that is possible.',
        'When moving: leave the old name working with --shim.',
        'Where you know that the name never arrives there: accept this one place.',
      ],
      example: 'importlib.import_module(f"pkg.{name}")   # and some string in the repository is "x_robust"',
    },
    'guessed-import': {
      means:
        'An import could mean this module under another path setup: a renamed checkout, a directory that is put on sys.path.',
      why: 'A guess is never edited. It may still be what runs.',
      todo: [
        'Import it by a name that resolves in this checkout.',
        'Where it means something else: accept this one place.',
      ],
      example: 'import x_robust   # resolves only when pkg/ itself is on the path',
    },
    'unreadable-file': {
      means: 'A file cannot be read as text, or not at all, and it could refer to the module.',
      why: 'A file that cannot be read is an unknown, not an absence.',
      todo: [
        'Make it readable (UTF-8), or take it out of the repository.',
        'Where it does not matter: accept this one place.',
      ],
      example: 'a Python file in an encoding that it does not declare, whose bytes spell x_robust',
    },
    'syntax-error': {
      means: 'A Python file does not parse to its end.',
      why: 'What stands after the error is not known, so the file is neither edited nor taken for one that has no reference.',
      todo: ['Mend the file. Files for Python 2 do not parse.', 'Where it does not matter: accept this one place.'],
      example: 'print "hello"',
    },
    'binary-reference': {
      means: 'A binary file holds the name of the module.',
      why: 'Nobody can say what it is for, and it cannot be rewritten.',
      todo: [
        'Build the file again without the name, or stop keeping it in the repository.',
        'Where it does not matter: accept this one place.',
      ],
      example: 'a pickle that names pkg.x_robust',
    },
    'string-reference': {
      means: 'A string or a text names the module, and what it is for cannot be told.',
      why: 'It may be an import by value, or a word that only looks like it. Rewriting and leaving could both be wrong.',
      todo: [
        'When moving: --rewrite PATH:LINE follows it, --accept leaves it, --review asks one by one.',
        'When deleting: change the string by hand, or accept this one place.',
      ],
      example: 'HANDLERS = {"slow": "pkg.x_robust"}',
    },
    'path-reference': {
      means: 'A string holds the path of the file, and what reads it cannot be told.',
      why: 'Something may open, copy or run the file at that place.',
      todo: [
        'Change the path by hand, or --rewrite PATH:LINE when moving.',
        'Where the file need not be there: accept this one place.',
      ],
      example: "FILES = {'apis': 'integration/cross_system_apis_robust.py'}",
    },
    'config-reference': {
      means: 'A settings file names the module.',
      why: 'What reads the setting is not known. Most likely it imports the name.',
      todo: [
        'Change the setting, or --rewrite PATH:LINE when moving.',
        'Where nothing reads it any more: accept this one place.',
      ],
      example: 'settings.toml: backend = "pkg.x_robust"',
    },
    'build-reference': {
      means: 'A build file, a command line or an entry point names the module.',
      why: 'The build or the command would fail, mostly somewhere else and later.',
      todo: [
        'Change the place, or --rewrite PATH:LINE when moving.',
        'Where it is not used any more: accept this one place.',
      ],
      example: 'pyproject.toml: run = "pkg.x_robust:main"',
    },
    'data-reference': {
      means: 'A data file names the module.',
      why: 'Data may be read back by code that imports what it names.',
      todo: [
        'Look who reads it. Change it, or --rewrite PATH:LINE when moving.',
        'Where it is only a report: accept this one place.',
      ],
      example: 'jobs.json: {"class": "pkg.x_robust.Engine"}',
    },
    'javascript-reference': {
      means: 'JavaScript or TypeScript names the module or its file.',
      why: 'It may start it, or show its path. Python does not notice.',
      todo: [
        'Change the place, or --rewrite PATH:LINE when moving.',
        'Where it is only a word: accept this one place.',
      ],
      example: "spawn('python', ['-m', 'pkg.x_robust'])",
    },
    'cannot-redirect': {
      means: 'A reference is known and cannot be rewritten without changing something else.',
      why: 'For example a chain that works only because another module imports something, or a statement whose comments would be lost.',
      todo: [
        'Change this place by hand as the message says, then run the command again.',
        'When moving: --shim leaves the old name working.',
      ],
      example: 'import pkg\npkg.x.run()   # nothing here imports pkg.x: it works only because others do',
    },
    'still-used': {
      means: 'The old name that a shim keeps is used.',
      why: 'Without the shim this place would fail.',
      todo: ['Send the users to the new name first: regraft retire --redirect.'],
      example: 'from pkg.old import run   # pkg/old.py is a shim of pkg/core/new.py',
    },
  },
};
