/** One drawn example per rule: what a mention becomes, decided why. Moves: a module out of its package, packages, both. */
import { describe, expect, it } from 'vitest';
import { MOVE_RULES } from '../../transforms/mention-rules.js';
import type { RepositoryNames, Tree } from '../support/tree.js';
import { brief, type Moves, relocated } from './relocate-support.js';

const BASE: Tree = {
  'pkg/__init__.py': '',
  'pkg/util.py': 'def f(): pass\nclass C: pass\n',
  'pkg/other.py': '',
  'runner.py': 'def main(): pass\n',
};
const UTIL: Moves = { 'pkg/util.py': 'lib/tools/helper.py' };
const PKG: Moves = { pkg: 'lib/core' };
const RUNNER: Moves = { 'runner.py': 'tools/run.py' };

/** Every reason that was given, for the last test. */
const seen = new Set<string>();

async function drawn(...input: Parameters<typeof relocated>) {
  const told = await relocated(...input);
  for (const { reason } of told.hits) seen.add(reason);
  return told;
}

/** The hits of one further file. */
async function told(path: string, text: string, moves: Moves = UTIL, covered = false, names: RepositoryNames = {}) {
  const { hits } = await drawn({ ...BASE, [path]: text }, moves, covered, names);
  return hits.filter((hit) => hit.path === path).map(brief);
}

/** The file's text after everything that is certain. */
async function result(path: string, text: string, moves: Moves = UTIL, more: Tree = {}) {
  const { rewritten } = await drawn({ ...BASE, ...more, [path]: text }, moves);
  return rewritten(path);
}

type Case = readonly [what: string, path: string, text: string, told: string | readonly string[], moves?: Moves];

function cases(rows: readonly Case[]): void {
  for (const [what, path, text, expected, moves] of rows)
    it(what, async () => {
      expect(await told(path, text, moves)).toEqual(typeof expected === 'string' ? [expected] : expected);
    });
}

const D = 'rewrite: pkg.util -> lib.tools.helper';
const F = 'rewrite: pkg/util.py -> lib/tools/helper.py';

describe('what stays whatever it looks like', () => {
  cases([
    [
      'what a recipe is to do',
      'plans/tiers.yaml',
      'phases:\n  - name: copies\n    dedupe: {paths: pkg/util.py}\n',
      'leave: pkg/util.py | A recipe names what it changes as it was.',
    ],
    ['what packaging wrote', 'x.egg-info/SOURCES.txt', 'pkg/util.py\n', 'leave: pkg/util.py | It is generated.'],
    [
      'what is only called after it',
      'a.py',
      "environ['pkg.util.started'] = 1\n",
      'leave: pkg.util | The module has nothing of that name; it is called so for other reasons.',
    ],
    [
      'a place of the system',
      'a.py',
      "LOG = '/var/log/pkg/x.log'\n",
      'leave: pkg | Nothing there belongs to the package.',
      PKG,
    ],
    ['code that is no reference', 'a.py', 'obj = thing()\nobj.util\n', []],
    [
      'a string annotation',
      'a.py',
      "x: 'pkg.util.C' = 1\n",
      'leave: pkg.util | A string annotation or __all__ is rewritten as code.',
    ],
    ['a longer dotted name', 'a.md', 'their.pkg.util\n', 'leave: util | It belongs to the name of something else.'],
    [
      'an address',
      'a.md',
      'https://host/blob/main/pkg/util.py\n',
      'leave: pkg/util.py | It belongs to the name of something else.',
    ],
    [
      'a bare word',
      'a.md',
      'The util is old.\n',
      'leave: util | The bare word is not used as a module name or a path here.',
    ],
    [
      'the name of a file',
      'a.md',
      'open pkg.util.html\n',
      'leave: pkg.util | It is the name of a file, not of the module.',
    ],
    ['a part of another word', 'a.md', 'the my-pkg.util thing\n', 'leave: pkg.util | It is part of another word.'],
    [
      'a variable in a comment',
      'a.py',
      'pkg = 1\n# pkg.util is set\n',
      'leave: pkg.util | Its first name is a variable here.',
    ],
    [
      'a variable in documentation',
      'a.md',
      '```python\npkg = make()\npkg.util()\n```\n',
      'leave: pkg.util | Its first name is a variable here.',
    ],
  ]);
});

describe('what stays right', () => {
  it('a path beside a file that moves along', async () => {
    const moves = { 'pkg/util.py': 'lib/util.py', 'pkg/README.md': 'lib/README.md' };
    expect(await told('pkg/README.md', '[x](util.py)\n', moves)).toEqual([
      'leave: util.py | What is written stays right.',
    ]);
  });

  it('a path that could be of another file', async () => {
    const { hits } = await drawn({ ...BASE, 'tests/pkg/util.py': '', 'tests/a.md': 'pkg/util.py\n' }, UTIL);
    expect(hits.map(brief)).toEqual(['leave: pkg/util.py | It is not said from where this path is meant.']);
  });

  it('is asked about where no name fits the new place', async () => {
    const expected = ['review: pkg.util -> null | No dotted name leads to the new place from here.'];
    expect(await told('a.py', "X = 'pkg.util'\n", { 'pkg/util.py': 'my-lib/util.py' })).toEqual(expected);
  });
});

describe('the past stays', () => {
  const past = (text: string) => `leave: ${text} | A record of the past.`;
  cases([
    ['a changelog', 'CHANGELOG.md', 'pkg.util\n', past('pkg.util')],
    ['a roled name in release notes', 'docs/whatsnew/1.0.rst', ':mod:`pkg.util`\n', past('pkg.util')],
    ['a decision record', 'docs/adr/0001-x.md', 'pkg/util.py\n', past('pkg/util.py')],
    ['a dated file', 'docs/plan-2024-05-01.md', 'pkg.util\n', past('pkg.util')],
    ['a dated report', 'AUDIT_REPORT.md', '# Audit\nDate: 2024-05-01\npkg.util\n', past('pkg.util')],
    ['a report in JSON', 'out/report.json', '{"module": "pkg.util"}\n', past('pkg.util')],
    ['data with a time', 'x.json', '{"timestamp": 1, "m": "pkg.util"}\n', past('pkg.util')],
    ['a log', 'x.log', 'pkg.util failed\n', past('pkg.util')],
    ['but not a report without a date', 'REPORT.md', 'pkg.util\n', `${D} | What people read names the module in full.`],
    ['but not data of no time', 'x.json', '{"m": "pkg.util"}\n', `${D} | A data file holds the full name as a value.`],
  ]);
});

describe('strings in Python', () => {
  const string = `${D} | A string names the module in full.`;
  cases([
    ['a whole string', 'a.py', "X = 'pkg.util'\n", string],
    ['with a class', 'a.py', "X = 'pkg.util.C'\n", string],
    ['with an attribute', 'a.py', "X = 'pkg.util:f'\n", `${D} | The form module:attribute names an object to load.`],
    [
      'a patch',
      'a.py',
      "from unittest import mock\nmock.patch('pkg.util.f')\n",
      `${D} | This string is imported by name.`,
    ],
    [
      'a process',
      'a.py',
      "import subprocess\nsubprocess.run(['python', '-m', 'pkg.util'])\n",
      `${D} | A process runs this module with -m.`,
    ],
    ['a message', 'a.py', "print('no luck in pkg.util: stop')\n", string],
    [
      'a pattern',
      'a.py',
      "import re\nre.compile(r'^pkg\\.util\\.')\n",
      'rewrite: pkg\\.util -> lib\\.tools\\.helper | A string names the module in full.',
    ],
    [
      'before a replacement field',
      'a.py',
      "n = 1\nX = f'pkg.util{n}'\n",
      'review: pkg.util -> lib.tools.helper | A replacement field may continue this name.',
    ],
    ['before a field of its own', 'a.py', "n = 1\nX = f'pkg.util.{n}'\n", string],
    [
      'after a replacement field',
      'a.py',
      "n = 1\nX = f'{n}.util'\n",
      'review: util -> null | A replacement field stands before this name.',
    ],
    [
      'inside another word',
      'a.py',
      "X = 'my-pkg.util-x'\n",
      'review: pkg.util -> lib.tools.helper | It is part of another word.',
    ],
    [
      'what a test expects',
      'tests/test_a.py',
      "def test():\n    assert err == 'no pkg.util here'\n",
      'review: pkg.util -> lib.tools.helper | A test expects this text; whether it follows the move cannot be told.',
    ],
    [
      'a task of its own name',
      'a.py',
      "@app.task(name='pkg.util.f')\ndef g(): pass\n",
      'leave: pkg.util | An explicit task name is what queues and schedules know it by.',
    ],
    [
      'a logger',
      'a.py',
      "import logging\nlogging.getLogger('pkg.util')\n",
      'leave: pkg.util | A logger keeps the name that it is given.',
    ],
    [
      'a statement in a string',
      'a.py',
      "exec('from pkg import util')\n",
      'rewrite: pkg import util -> lib.tools import helper as util | A text imports the module by this statement.',
    ],
    [
      'a statement of several names',
      'a.py',
      "exec('from pkg import other, util')\n",
      'rewrite: from pkg import other, util -> from pkg import other; from lib.tools import helper as util | A text imports the module by this statement.',
    ],
    [
      'a statement of several names in brackets',
      'a.py',
      "exec('from pkg import (other, util)')\n",
      'review: util -> null | The statement imports several names and must be split.',
    ],
    [
      'looked up in its package',
      'a.py',
      "import pkg\ngetattr(pkg, 'util')\n",
      'review: util -> null | A string looks this name up in a module.',
    ],
  ]);

  it('follows the logger of a module that names it after itself', async () => {
    const tree = {
      ...BASE,
      'pkg/util.py': 'import logging\nlog = logging.getLogger(__name__)\n',
      'a.py': "class T:\n  def t(self): self.assertLogs('pkg.util')\n",
    };
    const { hits } = await drawn(tree, UTIL);
    expect(hits.map(brief)).toEqual([`${D} | The module names its logger after itself.`]);
  });

  it('leaves the argument of an import function to the code', async () => {
    expect(await told('a.py', "import importlib\nimportlib.import_module('pkg.util')\n", PKG)).toEqual([]);
  });

  it('leaves a local name of another module, which keeps it', async () => {
    const text = "from unittest import mock\nmock.patch('app.util.f')\n";
    const { hits } = await drawn({ ...BASE, 'app.py': 'from pkg import util\n', 'a.py': text }, UTIL);
    expect(hits.map(brief)).toEqual(['leave: util | It belongs to the name of something else.']);
  });

  it('asks about a name that another module hands on', async () => {
    const tree = {
      ...BASE,
      'app.py': 'import pkg.util\n',
      'a.py': "from unittest import mock\nmock.patch('app.pkg.util.f')\n",
    };
    const { hits } = await drawn(tree, UTIL);
    expect(hits.map(brief)).toEqual(['review: util -> null | Another module hands it on under this name.']);
  });

  it('keeps the first name that the repository is imported by', async () => {
    const names = { directoryName: 'Master' };
    expect(await told('a.py', "X = 'Master.pkg.util.f'\n", UTIL, false, names)).toEqual([
      'rewrite: Master.pkg.util -> Master.lib.tools.helper | A string names the module in full.',
    ]);
  });
});

describe('paths in Python', () => {
  const reason = 'A string names the file by its path.';
  cases([
    ['from the top', 'a.py', "open('pkg/util.py')\n", `${F} | ${reason}`],
    [
      'with backslashes',
      'a.py',
      "open(r'pkg\\util.py')\n",
      `rewrite: pkg\\util.py -> lib\\tools\\helper.py | ${reason}`,
    ],
    [
      'with escaped backslashes',
      'a.py',
      "open('pkg\\\\util.py')\n",
      `rewrite: pkg\\\\util.py -> lib\\\\tools\\\\helper.py | ${reason}`,
    ],
    ['after a dot', 'a.py', "open('./pkg/util.py')\n", `${F} | ${reason}`],
    ['after a directory of the system', 'a.py', "open('/srv/app/pkg/util.py')\n", `${F} | ${reason}`],
    ['after a variable', 'a.py', "r = 1\nopen(f'{r}/pkg/util.py')\n", `${F} | ${reason}`],
    [
      'after an unknown directory',
      'a.py',
      "open('vendor/pkg/util.py')\n",
      'review: pkg/util.py -> lib/tools/helper.py | It is not known from where this path is meant.',
    ],
    [
      'joined',
      'a.py',
      "import os\nos.path.join(os.sep, 'pkg', 'util.py')\n",
      `rewrite: pkg', 'util.py -> lib', 'tools', 'helper.py | ${reason}`,
    ],
    [
      'divided',
      'a.py',
      'ROOT = 1\nROOT / "pkg" / "util.py"\n',
      `rewrite: pkg" / "util.py -> lib" / "tools" / "helper.py | ${reason}`,
    ],
    [
      'joined after another directory',
      'a.py',
      "import os\nos.path.join('vendor', 'pkg', 'util.py')\n",
      "review: pkg', 'util.py -> lib', 'tools', 'helper.py | It is not known from where this path is meant.",
    ],
    [
      'a list is not joined',
      'a.py',
      "X = ['pkg', 'util.py']\n",
      'review: util.py -> ../lib/tools/helper.py | It is not known from where this path is meant.',
    ],
    [
      'a base name alone',
      'pkg/b.py',
      "open('util.py')\n",
      'review: util.py -> ../lib/tools/helper.py | It is not known from where this path is meant.',
    ],
    [
      'without its extension',
      'a.py',
      "X = 'pkg/util'\n",
      'review: pkg/util -> lib/tools/helper | Without its extension it may be something else than the module.',
    ],
    [
      'an address of the web',
      'a.py',
      "X = '/api/pkg/util'\n",
      'leave: pkg/util | Without its extension it may be an address.',
    ],
    ['a pattern', 'a.py', "X = r'pkg/util\\.py$'\n", `rewrite: pkg/util\\.py -> lib/tools/helper\\.py | ${reason}`],
    ['in a comment', 'a.py', '# see pkg/util.py\n', `${F} | What people read names the file by its path.`],
    ['of a module at the top', 'a.py', "open('runner.py')\n", `rewrite: runner.py -> tools/run.py | ${reason}`, RUNNER],
    [
      'of a module at the top, after an unknown directory',
      'a.py',
      "HERE = 1\nHERE / 'runner.py'\n",
      'review: runner.py -> tools/run.py | It is not known from where this path is meant.',
      RUNNER,
    ],
  ]);
});

describe('comments, docstrings and doctests', () => {
  const read = 'What people read names the module in full.';
  cases([
    ['a comment', 'a.py', '# pkg.util.f does it\n', `${D} | ${read}`],
    ['a docstring', 'a.py', '"""Uses pkg.util.f."""\n', `${D} | ${read}`],
    ['a doctest that imports', 'a.py', '"""\n>>> import pkg.util\n"""\n', `${D} | A doctest imports this module.`],
    ['a doctest that uses', 'a.py', '"""\n>>> pkg.util.f()\n"""\n', `${D} | ${read}`],
    [
      'a doctest that takes it from its package',
      'a.py',
      '"""\n>>> from pkg import util\n>>> util.f()\n"""\n',
      [
        'rewrite: pkg import util -> lib.tools import helper as util | A text imports the module by this statement.',
        'leave: util | The import above it goes on binding this name.',
      ],
    ],
  ]);
});

describe('settings', () => {
  const setting = 'A setting names the module in full.';
  const file = 'A setting names the file by its path.';
  cases([
    [
      'an entry point',
      'pyproject.toml',
      '[project.scripts]\nx = "pkg.util:f"\n',
      `${D} | An entry point loads this module.`,
    ],
    [
      'a handler of a service',
      'serverless.yml',
      'functions:\n  f:\n    handler: pkg/util.run\n',
      'rewrite: pkg/util -> lib/tools/helper | A service calls a function of the module by its path.',
    ],
    ['any whole value', 'settings.yaml', 'backend: pkg.util.C\n', `${D} | ${setting}`],
    ['a lint setting', 'pyproject.toml', '[[tool.mypy.overrides]]\nmodule = "pkg.util"\n', `${D} | ${setting}`],
    ['a contract', '.importlinter', '[importlinter:contract:1]\nsource_modules =\n    pkg.util\n', `${D} | ${setting}`],
    [
      'a file of a lint setting',
      'pyproject.toml',
      '[tool.ruff.lint.per-file-ignores]\n"pkg/util.py" = ["E1"]\n',
      `${F} | ${file}`,
    ],
    ['coverage', '.coveragerc', '[run]\nomit =\n    pkg/util.py\n', `${F} | ${file}`],
    ['owners', 'CODEOWNERS', '/pkg/util.py @me\n', `${F} | ${file}`],
    ['packaging', 'MANIFEST.in', 'include pkg/util.py\n', `${F} | ${file}`],
    ['a comment', 'setup.cfg', '# pkg.util\n', `${D} | What people read names the module in full.`],
    [
      'a logger without a name of its own',
      'log.yaml',
      'loggers:\n  pkg.util:\n    level: DEBUG\n',
      'leave: pkg.util | A logger keeps the name that it is given.',
    ],
    [
      'a list of modules',
      'pyproject.toml',
      '[tool.setuptools]\npy-modules = ["runner"]\n',
      'rewrite: runner -> tools.run | A setting lists the module.',
      RUNNER,
    ],
    [
      'a list of modules of a package',
      'x.yaml',
      'plugins:\n  - util\n  - other\n',
      'review: util -> null | Other names of this list are modules beside it.',
    ],
    [
      'the same in brackets',
      'x.yaml',
      'plugins: [other, util]\n',
      'review: util -> help | Other names of this list are modules beside it.',
      { 'pkg/util.py': 'pkg/help.py' },
    ],
    [
      'a bare word as a value',
      'ci.yaml',
      'branches: [util]\n',
      'leave: util | The bare word is not used as a module name or a path here.',
    ],
    [
      'a path from an unknown place',
      'x.yaml',
      'file: old/pkg/util.py\n',
      'review: pkg/util.py -> lib/tools/helper.py | It is not known from where this path is meant.',
    ],
    ['a path below the file', 'pkg/x.yaml', 'file: util.py\n', `rewrite: util.py -> ../lib/tools/helper.py | ${file}`],
  ]);

  it('asks about a bare value that a computed import may complete', async () => {
    const tree = {
      ...BASE,
      'a.py': "import importlib\ndef load(n): return importlib.import_module(f'pkg.{n}')\n",
      'x.yaml': 'plugin: util\n',
    };
    const { hits } = await drawn(tree, UTIL);
    const expected = 'review: util -> null | A computed import may complete this name.';
    expect(hits.filter(({ path }) => path === 'x.yaml').map(brief)).toEqual([expected]);
  });
});

describe('build files and scripts', () => {
  const module = 'A build file names the module in full.';
  const file = 'A build file names the file by its path.';
  cases([
    ['-m', 'Makefile', 'a:\n\tpython -m pkg.util\n', `${D} | A command runs this module with -m.`],
    ['a script', 'run.sh', 'python pkg/util.py --x\n', `${F} | A command runs this file with Python.`],
    ['a command word', 'run.sh', 'gunicorn-wrap pkg.util.f\n', `${D} | ${module}`],
    ['a copied file', 'Dockerfile', 'COPY pkg/util.py /app/pkg/util.py\n', [`${F} | ${file}`, `${F} | ${file}`]],
    [
      '-c',
      'run.sh',
      'python -c "from pkg import util; util.f()"\n',
      [
        'rewrite: pkg import util -> lib.tools import helper as util | A text imports the module by this statement.',
        'leave: util | The bare word is not used as a module name or a path here.',
      ],
    ],
    [
      'a loop',
      'run.sh',
      'for m in util other; do python -m pkg.$m; done\n',
      'review: util -> null | Something in this file makes a path or a module name of it.',
    ],
    [
      'from another directory',
      'run.sh',
      'cd pkg\npython util.py\n',
      'review: util.py -> ../lib/tools/helper.py | It is not known from where this path is meant.',
    ],
    [
      'a word that a variable continues',
      'run.sh',
      'x pkg.util$V\n',
      'review: pkg.util -> lib.tools.helper | A replacement field may continue this name.',
    ],
    ['a directory to go to', 'run.sh', 'cd pkg && ls\n', `rewrite: pkg -> lib/core | ${file}`, PKG],
  ]);
});

describe('JavaScript', () => {
  const TEXT = 'The file does not parse; it was read as plain text.';
  cases([
    ['a file to run', 'a.js', "spawn('python', ['pkg/util.py'])\n", `${F} | A process runs this file with Python.`],
    ['a file in a value', 'a.js', "const file = 'pkg/util.py'\n", `${F} | JavaScript code names the file by its path.`],
    [
      'a file to run that does not parse',
      'a.js',
      "spawn('pkg/util.py'\n",
      `${F} | JavaScript code names the file by its path. ${TEXT}`,
    ],
    [
      'a module in a value',
      'a.ts',
      "start<Job>('pkg.util' as Job)\n",
      `${D} | JavaScript code names the module in full.`,
    ],
    [
      'a path in parts',
      'web/a.mjs',
      "join(import.meta.dirname, '..', 'pkg', 'util.py')\n",
      "rewrite: pkg', 'util.py -> lib', 'tools', 'helper.py | This path leads to the file from here.",
    ],
    [
      'a name of its own',
      'a.js',
      'pkg.util.f()\n',
      "leave: pkg.util | A name of JavaScript's own is no module of Python.",
    ],
    [
      'a pattern',
      'a.js',
      '/^pkg\\.util$/\n',
      'review: pkg\\.util -> lib\\.tools\\.helper | A pattern is matched with names of modules or files.',
    ],
    [
      'a word of another',
      'a.js',
      "f('my-pkg.util-x')\n",
      'review: pkg.util -> lib.tools.helper | It is part of another word.',
    ],
    ['a module to run', 'a.js', "spawn('python', ['-m', 'pkg.util'])\n", `${D} | A process runs this module with -m.`],
    [
      'an import',
      'a.js',
      "import x from './pkg/util'\n",
      'leave: pkg/util | A JavaScript import resolves to JavaScript files.',
    ],
    ['a comment', 'a.js', '// see pkg/util.py\n', `${F} | What people read names the file by its path.`],
  ]);
});

describe('documentation', () => {
  const module = 'What people read names the module in full.';
  const file = 'What people read names the file by its path.';
  cases([
    ['prose', 'README.md', 'Use pkg.util for it.\n', `${D} | ${module}`],
    ['code', 'README.md', '`pkg.util.f`\n', `${D} | ${module}`],
    [
      'a directive',
      'docs/a.rst',
      '.. automodule:: pkg.util\n',
      `${D} | A documentation directive imports this module.`,
    ],
    ['a role', 'docs/a.rst', ':func:`pkg.util.f`\n', `${D} | A documentation role links to this module.`],
    ['a path', 'docs/a.md', '`pkg/util.py`\n', `${F} | ${file}`],
    [
      'a link from the file',
      'docs/a.md',
      '[x](../pkg/util.py#L3)\n',
      `rewrite: ../pkg/util.py -> ../lib/tools/helper.py | ${file}`,
    ],
    [
      'a link to a neighbour',
      'pkg/README.md',
      '[x](./util.py)\n',
      `rewrite: ./util.py -> ../lib/tools/helper.py | ${file}`,
    ],
    [
      'a base name',
      'README.md',
      'Look at util.py.\n',
      'leave: util.py | It is not said from where this path is meant.',
    ],
    [
      'code that imports several names',
      'README.md',
      '```\nfrom pkg import other, util\n```\n',
      'rewrite: from pkg import other, util -> from pkg import other\nfrom lib.tools import helper as util | A text imports the module by this statement.',
    ],
    [
      'code that imports several names in brackets',
      'README.md',
      '```\nfrom pkg import (other, util)\n```\n',
      'leave: util | A statement that imports several names, for people to read.',
    ],
  ]);

  it('leaves the import of a function that is called like its module', async () => {
    const init = { 'pkg/__init__.py': 'from .util import util\n', 'pkg/util.py': 'def util(): pass\n' };
    const { hits } = await drawn({ ...BASE, ...init, 'a.py': "exec('from pkg import other, util')\n" }, UTIL);
    expect(hits.filter(({ path }) => path === 'a.py').map(brief)).toEqual([
      'leave: util | The package binds this name to something else.',
    ]);
  });

  it('leaves a link that stays right', async () => {
    expect(await told('pkg/README.md', '[x](util.py)\n', PKG)).toEqual([]);
    expect(await result('pkg/README.md', '[x](util.py), pkg/util.py, [y](../runner.py)\n', PKG)).toBe(
      '[x](util.py), lib/core/util.py, [y](../runner.py)\n',
    );
  });

  it('counts links from where the mentioning file goes', async () => {
    const moves = { pkg: 'lib/core', docs: 'manual/en' };
    expect(await result('docs/a.md', '[x](../pkg/util.py)\n', moves)).toBe('[x](../../lib/core/util.py)\n');
  });
});

it('leaves the name of a document in a table of contents', async () => {
  const tree = { ...BASE, 'docs/pkg.util.rst': '``pkg.util``\n', 'docs/index.rst': '.. toctree::\n\n   pkg.util\n' };
  const { hits } = await drawn(tree, UTIL);
  expect(hits.map(brief)).toEqual([
    'leave: pkg.util | It is the name of a document.',
    `${D} | What people read names the module in full.`,
  ]);
});

describe('data', () => {
  cases([
    [
      'a path',
      'x.json',
      '{"file": "pkg/util.py"}\n',
      'leave: pkg/util.py | A data file mentions the path; nothing is known to open the file through it.',
    ],
    [
      'prose',
      'x.json',
      '{"text": "see pkg.util there"}\n',
      'leave: pkg.util | A data file mentions it; nothing is known to import through it.',
    ],
  ]);
});

describe('notebooks', () => {
  const notebook = (source: string, markdown = 'text', output = '') =>
    JSON.stringify({
      cells: [
        { cell_type: 'markdown', metadata: {}, source: [markdown] },
        {
          cell_type: 'code',
          execution_count: null,
          metadata: {},
          outputs: [{ output_type: 'stream', text: [output] }],
          source: [source],
        },
      ],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    });

  it('rewrites strings of cells as JSON', async () => {
    const text = notebook('a = "pkg.util"\nb = r"pkg\\util.py"');
    const { hits, rewritten } = await drawn({ ...BASE, 'n.ipynb': text }, UTIL);
    expect(hits.map(({ written, replacement }) => [written, replacement])).toEqual([
      ['pkg.util', 'lib.tools.helper'],
      ['pkg\\\\util.py', 'lib\\\\tools\\\\helper.py'],
    ]);
    expect(rewritten('n.ipynb')).toBe(notebook('a = "lib.tools.helper"\nb = r"lib\\tools\\helper.py"'));
  });

  it('rewrites what a magic runs and what text cells say, not what cells put out', async () => {
    const text = notebook('!python -m pkg.util', 'see pkg.util', 'pkg.util failed');
    expect(await result('n.ipynb', text)).toBe(
      notebook('!python -m lib.tools.helper', 'see lib.tools.helper', 'pkg.util failed'),
    );
  });
});

describe('names that a computed import completes', () => {
  const tree = (list: string, rest = '') => ({
    'integration/__init__.py': '',
    'integration/cross_system_analytics.py': '',
    'integration/b.py': '',
    'a.py': `import importlib\nfor name in ${list}:\n    importlib.import_module(f'integration.{name}')\n${rest}`,
  });
  const from = 'integration/cross_system_analytics.py';
  const list = "['b', 'cross_system_analytics']";

  it('follow as long as the prefix stays', async () => {
    const { hits, rewritten } = await drawn(tree(list), { [from]: 'integration/analytics/cross_system.py' });
    expect(hits.map(brief)).toEqual([
      'rewrite: cross_system_analytics -> analytics.cross_system | A computed import completes this name.',
    ]);
    expect(hits[0]?.answers).toEqual({ path: 'a.py', line: 3, column: 5 });
    expect(rewritten('a.py')).toContain("['b', 'analytics.cross_system']");
  });

  const lost =
    'review: cross_system_analytics -> null | A computed import completes this name; how it would do so at the new place cannot be told.';

  it('are asked about when it does not', async () => {
    const { hits } = await drawn(tree(list), { [from]: 'analytics/cross_system.py' });
    expect(hits.map(brief)).toEqual([lost]);
    expect(hits[0]?.answers).toBeNull();
  });

  it('are asked about when another string could be the one', async () => {
    const { hits } = await drawn(tree(list, "x = 'cross_system_analytics'\n"), { [from]: 'integration/c.py' });
    expect(hits.map(brief)).toEqual([lost, lost]);
  });

  it('follow a package', async () => {
    const { rewritten } = await drawn(tree(list), { integration: 'lib/core' });
    expect(rewritten('a.py')).toContain("import_module(f'lib.core.{name}')");
  });
});

it('asks about strings that an import with a known beginning may take', async () => {
  const loader = "import importlib\ndef load(n): return importlib.import_module(f'pkg.{n}')\n";
  const text = (list: string) => ({ ...BASE, 'load.py': loader, 'a.py': `X = ${list}\n` });
  const expected = 'review: util -> null | A computed import may complete this name.';
  expect((await drawn(text("['util', 'other']"), UTIL)).hits.map(brief)).toEqual([expected]);
  expect((await drawn(text("{'util': 1}"), UTIL)).hits.map(({ decision }) => decision)).toEqual(['leave']);
});

describe('packages', () => {
  const D2 = 'rewrite: pkg -> lib.core';
  const P2 = 'rewrite: pkg -> lib/core';
  cases([
    ['a member', 'a.py', "X = 'pkg.util.f'\n", `${D2} | A string names the module in full.`, PKG],
    [
      'a word like it',
      'a.py',
      "X = 'pkg.nothing'\n",
      'leave: pkg | The bare word is not used as a module name or a path here.',
      PKG,
    ],
    ['a file inside', 'Makefile', 'a:\n\tpython pkg/util.py\n', `${P2} | A command runs this file with Python.`, PKG],
    [
      'with backslashes',
      'a.md',
      'pkg\\util.py\n',
      'rewrite: pkg -> lib\\core | What people read names the file by its path.',
      PKG,
    ],
    ['its directory with owners', 'CODEOWNERS', '/pkg/ @me\n', `${P2} | A setting names the file by its path.`, PKG],
    ['its directory in packaging', 'MANIFEST.in', 'graft pkg\n', `${P2} | A setting names the file by its path.`, PKG],
    [
      'joined',
      'a.py',
      "import os\nos.path.join('x', 'y')\nos.path.join(os.sep, 'pkg', 'util.py')\n",
      "rewrite: pkg -> lib', 'core | A string names the file by its path.",
      PKG,
    ],
    [
      'joined, with nothing known in it',
      'a.py',
      "import os\nos.path.join(os.sep, 'pkg')\n",
      'review: pkg -> lib/core | It is not known from where this path is meant.',
      PKG,
    ],
    [
      'a statement in documentation',
      'a.md',
      '```\nfrom pkg import util\nimport pkg.util\nimport pkg\n```\n',
      Array(3).fill(`${D2} | What people read names the module in full.`),
      PKG,
    ],
    [
      'a pattern',
      'a.py',
      "import re\nre.compile(r'pkg\\.util')\n",
      `${D2.replace('lib.', 'lib\\.')} | A string names the module in full.`,
      PKG,
    ],
    [
      'coverage',
      'pyproject.toml',
      '[tool.coverage.run]\nsource = ["pkg"]\n',
      `${D2} | A setting lists the module.`,
      PKG,
    ],
    ['a member in data', 'x.json', '{"m": "pkg.util"}\n', `${D2} | A data file holds the full name as a value.`, PKG],
  ]);
});

describe('an entry point', () => {
  const list = 'plugins:\n  - other\n  - util\n';
  const told = async (packaging: string) => {
    const { hits } = await drawn({ ...BASE, 'pyproject.toml': packaging, 'tool.yml': list }, UTIL);
    return hits.filter(({ path }) => path === 'tool.yml').map(brief);
  };

  it('is what a list means that names it', async () => {
    expect(await told('[project.entry-points.plugins]\nutil = "pkg.util:C"\n')).toEqual([
      'leave: util | An entry point of this name leads to the module, and follows it.',
    ]);
  });

  it('is not, where it leads elsewhere', async () => {
    expect(await told('[project.entry-points.plugins]\nutil = "pkg.other:C"\n')).toEqual([
      'review: util -> null | Other names of this list are modules beside it.',
    ]);
  });
});

describe('a package that holds data', () => {
  const holding: Tree = { 'pkg/prices.txt': '1\n' };
  const of = async (text: string) => {
    const { hits } = await drawn({ ...BASE, ...holding, 'a.py': text }, PKG);
    return hits.filter(({ path }) => path === 'a.py').map(brief);
  };

  it('is read by names that are put together', async () => {
    const text = 'import os\nPLACES = ["pkg"]\nfor place in PLACES: open(os.path.join(place, x))\n';
    expect(await of(text)).toEqual([
      'review: pkg -> lib.core | The package holds data, and this file reads data by names that it puts together.',
    ]);
  });

  it('is not read where the name goes elsewhere', async () => {
    const text = 'import os\nopen(os.path.join(x, y))\nSECTION = "pkg"\n';
    expect(await of(text)).toEqual(['leave: pkg | The bare word is not used as a module name or a path here.']);
  });
});

describe('several moves', () => {
  it('a module that leaves its moving package has the last word', async () => {
    const moves = { pkg: 'lib/core', 'pkg/util.py': 'tools/util.py' };
    const text = 'pkg.util pkg.other pkg/util.py pkg/other.py\n';
    expect(await result('a.md', text, moves)).toBe('tools.util lib.core.other tools/util.py lib/core/other.py\n');
  });

  it('one bare name of two modules is asked about once', async () => {
    const tree = {
      ...BASE,
      'more/__init__.py': '',
      'more/util.py': '',
      'a.sh': 'for m in util; do python -m pkg.$m more.$m; done\n',
    };
    const { hits } = await drawn(tree, { 'pkg/util.py': 'lib/a.py', 'more/util.py': 'lib/b.py' });
    expect(hits.map(({ decision, written }) => [decision, written])).toEqual([['review', 'util']]);
  });

  it('swaps', async () => {
    const moves = { 'pkg/util.py': 'pkg/other.py', 'pkg/other.py': 'pkg/util.py' };
    expect(await result('a.md', 'pkg.util pkg/other.py\n', moves)).toBe('pkg.other pkg/util.py\n');
  });
});

describe('a module with names that are called otherwise afterwards', () => {
  const LIST = "import importlib\nfor name in ('util', 'other'):\n    importlib.import_module(f'pkg.{name}')\n";
  const of = async (path: string, text: string, covered = false) => {
    const { hits } = await drawn({ ...BASE, [path]: text }, UTIL, covered, {}, (each) => each === 'pkg/util.py');
    return hits.filter((hit) => hit.path === path).map(brief);
  };
  const WHY = 'What is imported by this name is asked for names that are called otherwise there.';

  it('is asked about where it may be imported by value', async () => {
    expect(await of('a.py', "X = 'pkg.util'\n")).toEqual([`review: pkg.util -> lib.tools.helper | ${WHY}`]);
    expect(await of('a.py', LIST)).toEqual([`review: util -> null | ${WHY}`]);
    expect(await of('a.py', LIST, true)).toEqual(['leave: util | The old name keeps working: a shim stays.']);
  });

  it('follows where one of its names is said, or where people read it', async () => {
    expect(await of('a.py', "X = 'pkg.util.f'\n")).toEqual([`${D} | A string names the module in full.`]);
    expect(await of('a.md', 'pkg.util\n')).toEqual([`${D} | What people read names the module in full.`]);
  });
});

describe('a shim', () => {
  const covered = (path: string, text: string) => told(path, text, UTIL, true);

  it('answers what only a name could break', async () => {
    expect(await covered('a.py', "X = 'my-pkg.util-x'\n")).toEqual([
      'leave: pkg.util | The old name keeps working: a shim stays.',
    ]);
  });

  it('does not answer for a file that is opened', async () => {
    expect(await covered('a.py', "open('vendor/pkg/util.py')\n")).toEqual([
      'review: pkg/util.py -> lib/tools/helper.py | It is not known from where this path is meant.',
    ]);
  });

  it('keeps nothing from being rewritten', async () => {
    expect(await covered('a.py', "X = 'pkg.util'\n")).toEqual([`${D} | A string names the module in full.`]);
  });
});

describe('the table', () => {
  it('has no row that decides nothing here', async () => {
    const reasons = MOVE_RULES.flatMap(({ reason }) => reason ?? []);
    expect(reasons.filter((reason) => !seen.has(reason))).toEqual([]);
  });
});
