/** Codes about modules that become one. */
import type { ExplanationGroup } from './model.js';

export const MERGING: ExplanationGroup = {
  name: 'merging',
  title: 'Merging modules',
  codes: {
    'name-conflict': {
      means: 'Two of the modules define one name, and the definitions are not provably the same thing.',
      why: 'One of them would silently stand for both.',
      todo: [
        '--rename PATH:NAME or PATH:NAME=NEW gives one of them another name.',
        '--keep PATH:NAME lets one stand for all; --conflicts rename renames all that meet.',
      ],
      example: 'a.py: LIMIT = 3\nb.py: LIMIT = 5',
    },
    'name-captured': {
      means:
        'A name would mean something else in the merged module: a built-in, a local or a class name is in the way.',
      why: 'The code would run and do something else.',
      todo: ['--rename PATH:NAME gives the definition that is in the way another name.'],
      example: 'a.py defines filter(); b.py calls the built-in filter()',
    },
    'merge-cycle': {
      means: 'Importing one of the modules needs another, and importing that needs the first.',
      why: 'There is no order in which their code runs.',
      todo: ['Move what both need into a module of its own first, or leave one of them out.'],
      example: 'a.py: class A(b.Base)\nb.py: REGISTRY = a.make()',
    },
    'merge-order': {
      means: 'A module does something before it imports another one, whose code would come first in the merged module.',
      why: 'The two would run in another order than today.',
      todo: ['Move that statement into a module of its own that both import first.'],
      example: "os.environ['MODE'] = 'fast'\nfrom .b import engine   # reads MODE when it is imported",
    },
    'module-as-value': {
      means: 'One of the modules is used as an object: handed on, looked into by name, or changed.',
      why: 'There is no such module any more, and the merged one has other names.',
      todo: ['Import the names that are used, one by one, then run the command again.'],
      example: 'from . import b\nregister(b)',
    },
    'namespace-by-value': {
      means:
        'Code takes all names of a module: globals(), vars(), locals(), sys.modules[__name__], or sets names of its package by value.',
      why: 'It would take those of all the modules.',
      todo: ['Write the names out first, or leave the module by itself.'],
      example: "TABLE = {k: v for k, v in globals().items() if k.startswith('do_')}",
    },
    'renamed-by-value': {
      means: 'Code looks a name up by its text, and the merge gives that name another one.',
      why: 'The lookup would find nothing, or the wrong thing.',
      todo: ['Give the name of the other module another one with --rename, or import by name first.'],
      example: 'getattr(pkg.b, "window")   # window would be short_window',
    },
    'exports-by-value': {
      means: 'Code reads __all__ of one of the modules.',
      why: 'It would get the list of all the modules.',
      todo: ['Write the names out there first.'],
      example: 'for name in pkg.a.__all__: ...',
    },
    'computed-exports': {
      means: '__all__ of a module is computed.',
      why: 'The lists are united, which needs to know what is in them.',
      todo: ['Write the list out first.'],
      example: "__all__ = [n for n in dir() if not n.startswith('_')]",
    },
    'star-import': {
      means:
        'A module has a star import, and what it gives is not known, or is something else in another of the modules.',
      why: 'The names would reach the code of the other modules as well.',
      todo: ['Import the names that are used, one by one, first.'],
      example: 'from .base import *',
    },
    'future-import': {
      means:
        'One module postpones its annotations (from __future__ import annotations), another does not and something reads them.',
      why: 'Annotations that are values would become texts.',
      todo: ['Add the future import to the module first and see that it works, then run the command again.'],
      example: 'a dataclass or a pydantic model beside a module with the future import',
    },
    'reads-docstring': {
      means: 'A module that is not the first reads its own __doc__.',
      why: 'Its docstring becomes a comment in the merged module.',
      todo: ['Name this module first, or put the text into a name of its own.'],
      example: 'parser = ArgumentParser(description=__doc__)',
    },
    'module-getattr': {
      means: 'A module has a __getattr__ or __dir__ of its own.',
      why: 'It would answer for the names of the other modules too.',
      todo: ['Leave the module by itself.'],
      example: 'def __getattr__(name): ...',
    },
    'import-may-fail': {
      means:
        'A module fails on purpose when it is imported in the wrong place: an assert or a raise that asks for something outside.',
      why: 'Then importing the merged module would fail, for users of the others as well.',
      todo: ['Leave the module by itself.'],
      example: "if sys.platform == 'win32': raise ImportError('not here')",
    },
    'several-programs': {
      means: 'Two of the modules can be run as programs.',
      why: 'The merged module has one end, and one `if __name__ == "__main__"`.',
      todo: ['Move one of them into a script of its own.'],
      example: 'two modules that end in if __name__ == "__main__":',
    },
    'same-key': {
      means: 'Two keys of a dictionary or a settings file would become the same.',
      why: 'One of the entries would be lost.',
      todo: ['Make them one entry first.'],
      example: '{"pkg.a": 1, "pkg.b": 2}   # both would be "pkg.ab"',
    },
    'has-stub': {
      means: 'A .pyi file lies beside a module.',
      why: 'Stubs are not merged.',
      todo: ['Merge the stubs by hand first, or take them away.'],
      example: 'pkg/a.pyi beside pkg/a.py',
    },
    'not-a-module': {
      means: 'What was named is a package, or no Python file.',
      why: 'Only modules are merged, into a module.',
      todo: ['Name files that end in .py; of a package, its modules.'],
      example: 'regraft merge pkg other.py --into both.py',
    },
    'not-encodable': {
      means: 'A character would have to be written into a file that is Latin-1.',
      why: 'The file cannot hold it.',
      todo: ['Make the file UTF-8 first; when merging, name a module in UTF-8 first.'],
      example: '# -*- coding: latin-1 -*-',
    },
  },
};
