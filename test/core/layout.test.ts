import { describe, expect, it } from 'vitest';
import { draw, type RepositoryNames, type Tree } from '../support/tree.js';

/** Where a name, written in a file as an import would write it, leads: a path, `namespace DIR`, `?` and `~` candidates. */
async function check(
  tree: Tree | readonly string[],
  names: readonly string[],
  expected: readonly string[],
  repository: RepositoryNames = {},
) {
  const files = Array.isArray(tree) ? Object.fromEntries(tree.map((path) => [path, ''])) : (tree as Tree);
  const { linker } = await draw(files, repository);
  const shown = names.map((name) => {
    const [importer, dotted] = name.split(' ') as [string, string];
    const level = /^\.*/.exec(dotted)?.[0].length ?? 0;
    const { found, guessed, internal, possible } = linker.module(importer, level, dotted.slice(level));
    const place = !found
      ? internal
        ? 'missing'
        : 'external'
      : found.kind === 'namespace'
        ? `namespace ${(found.portions ?? [found.path]).join(' + ')}`
        : found.path;
    return [`${guessed ? '? ' : ''}${place}`, ...possible.map((path) => `~${path}`)].join(' ');
  });
  expect(shown).toEqual(expected);
}

async function names(
  tree: readonly string[],
  path: string,
  expected: readonly string[],
  repository: RepositoryNames = {},
) {
  const { codebase } = await draw(Object.fromEntries(tree.map((file) => [file, ''])), repository);
  expect(codebase.layout.namesOf(path)).toEqual(expected);
}

describe('roots', () => {
  it('flat: the top of the repository', () =>
    check(
      ['pkg/__init__.py', 'pkg/a.py', 'tests/test_a.py'],
      ['tests/test_a.py pkg.a', 'pkg/a.py pkg', 'pkg/a.py pkg.gone'],
      ['pkg/a.py', 'pkg/__init__.py', 'missing'],
    ));
  it('src layout', () =>
    check(['src/pkg/__init__.py', 'src/pkg/a.py', 'tests/test_a.py'], ['tests/test_a.py pkg.a'], ['src/pkg/a.py']));
  it('src that is itself a package is no root', () =>
    check(['src/__init__.py', 'src/a.py', 'run.py'], ['run.py src.a', 'run.py a'], ['src/a.py', 'external ~src/a.py']));
  it('several roots: each service sees its own package of the same name', () =>
    check(
      [
        'services/a/app/__init__.py',
        'services/a/app/m.py',
        'services/b/app/__init__.py',
        'services/b/app/m.py',
        'services/b/tests/test_m.py',
      ],
      ['services/b/tests/test_m.py app.m', 'services/a/app/m.py app.m'],
      ['services/b/app/m.py', 'services/a/app/m.py'],
    ));
  it('a script imports its sibling', () =>
    check(['scripts/run.py', 'scripts/helper.py'], ['scripts/run.py helper'], ['scripts/helper.py']));
  it('a script directory guessed from elsewhere', () =>
    check(['tools/a/util.py', 'tools/b/util.py', 'main.py'], ['main.py util'], ['? tools/a/util.py ~tools/b/util.py']));
  it('sys.path into a package directory', () =>
    check(
      ['integration/__init__.py', 'integration/x.py', 'tools/run.py'],
      ['tools/run.py x'],
      ['external ~integration/x.py'],
    ));
  it('tests see the directory of their conftest', () =>
    check(
      ['tests/conftest.py', 'tests/helpers.py', 'tests/unit/test_a.py'],
      ['tests/unit/test_a.py helpers'],
      ['tests/helpers.py'],
    ));
  it('vendored tree: a copy is possible, not meant', () =>
    check(
      ['pkg/__init__.py', 'pkg/a.py', 'vendor/pkg/__init__.py', 'vendor/pkg/a.py', 'run.py', 'vendor/pkg/b.py'],
      ['run.py pkg.a', 'vendor/pkg/b.py pkg.a'],
      ['pkg/a.py ~vendor/pkg/a.py', 'vendor/pkg/a.py'],
    ));
  it('a tracked directory named venv is an ordinary one', () =>
    check(
      ['venv/lib/tool.py', 'venv/run.py'],
      ['venv/run.py lib.tool', 'run.py lib.tool'],
      ['venv/lib/tool.py', '? venv/lib/tool.py'],
    ));
});

describe('namespace packages', () => {
  it('a directory without __init__', () =>
    check(
      ['ns/sub/m.py', 'run.py'],
      ['run.py ns.sub.m', 'run.py ns.sub', 'run.py ns.gone'],
      ['ns/sub/m.py', 'namespace ns/sub', 'external'],
    ));
  it('the first root does not hide the module of the second', () =>
    check(
      ['ns/a.py', 'src/ns/b.py', 'run.py'],
      ['run.py ns.a', 'run.py ns.b', 'run.py ns'],
      ['ns/a.py', 'src/ns/b.py', 'namespace ns + src/ns'],
    ));
  it('a regular package anywhere comes before a namespace package', () =>
    check(['pkg/data.py', 'src/pkg/__init__.py', 'src/pkg/a.py', 'run.py'], ['run.py pkg'], ['src/pkg/__init__.py']));
  it('an installed package comes before a namespace package', () =>
    check(
      { 'requirements.txt': 'docker==7.0\n', 'docker/client.py': '', 'run.py': '' },
      ['run.py docker.client', 'run.py docker'],
      ['external', 'external'],
    ));
});

describe('one name, two files', () => {
  it('a package before a module', () => check(['a.py', 'a/__init__.py', 'run.py'], ['run.py a'], ['a/__init__.py']));
  it('a module before a namespace', () =>
    check(['a.py', 'a/b.py', 'run.py'], ['run.py a', 'run.py a.b'], ['a.py', 'missing ~a/b.py']));
  it('the module before its stub', () =>
    check(['pkg/__init__.py', 'pkg/a.py', 'pkg/a.pyi'], ['pkg/a.py .a', 'pkg/a.pyi .a'], ['pkg/a.py', 'pkg/a.py']));
  it('a directory of data is no missing module', () =>
    check(
      { 'pkg/__init__.py': '', 'pkg/data/a.json': '{}', 'pkg/a.py': '' },
      ['pkg/a.py .data', 'pkg/a.py pkg.data'],
      ['external', 'external'],
    ));
  it('a stub alone', () => check(['pkg/__init__.py', 'pkg/a.pyi', 'run.py'], ['run.py pkg.a'], ['pkg/a.pyi']));
  it('an extension module is no missing one', () =>
    check(
      ['pkg/__init__.py', 'pkg/fast.pyx', 'pkg/_slow.c', 'pkg/a.py'],
      ['pkg/a.py .fast', 'pkg/a.py pkg._slow', 'pkg/a.py .gone'],
      ['external', 'external', 'missing'],
    ));
});

describe('the standard library', () => {
  it('comes before a sibling inside a package', () =>
    check(['pkg/__init__.py', 'pkg/logging.py', 'pkg/a.py'], ['pkg/a.py logging'], ['external']));
  it('may be shadowed by the sibling of a script', () =>
    check(['scripts/logging.py', 'scripts/run.py'], ['scripts/run.py logging'], ['external ~scripts/logging.py']));
  it('is what a module of the same name means', () =>
    check(['scripts/logging.py'], ['scripts/logging.py logging'], ['external']));
  it('comes before a sibling in a namespace package under a root', () =>
    check(
      ['src/ns/part/re.py', 'src/ns/part/a.py'],
      ['src/ns/part/a.py re', 'src/ns/part/re.py re'],
      ['external', 'external'],
    ));
  it('comes before a script directory elsewhere', () =>
    check(['scripts/logging.py', 'run.py'], ['run.py logging'], ['external']));
  it('comes before a namespace directory', () =>
    check(['platform/x.py', 'run.py'], ['run.py platform', 'run.py platform.x'], ['external', 'external']));
});

describe('the repository as top package', () => {
  const tree = ['integration/__init__.py', 'integration/x.py', 'run.py'];
  const repository = { directoryName: 'TestMaster' };
  it('by the name of its directory', () =>
    check(
      tree,
      [
        'run.py TestMaster.integration.x',
        'run.py TestMaster.integration',
        'run.py TestMaster',
        'run.py TestMaster.integration.gone',
      ],
      ['integration/x.py', 'integration/__init__.py', 'namespace ', 'missing'],
      repository,
    ));
  it('by another name that it goes by', () =>
    check(tree, ['run.py TestMaster.integration.x'], ['integration/x.py'], {
      directoryName: 'work',
      otherNames: ['TestMaster'],
    }));
  it('in a checkout under another name: possible, no target for edits', () =>
    check(
      tree,
      ['run.py TestMaster.integration.x', 'run.py django.integration.x', 'run.py TestMaster.integration.gone'],
      ['external ~integration/x.py', 'external ~integration/x.py', 'external'],
      { directoryName: 'work' },
    ));
  it('a declared dependency is never the repository', () =>
    check(
      {
        'core/__init__.py': '',
        'core/x.py': '',
        'pyproject.toml': '[project]\ndependencies = ["Django>=4"]\n',
        'run.py': '',
      },
      ['run.py django.core.x'],
      ['external'],
    ));
  it('with an __init__ of its own at the top', () =>
    check(
      ['__init__.py', ...tree],
      ['run.py TestMaster', 'run.py TestMaster.integration.x', 'integration/x.py ..run'],
      ['__init__.py', 'integration/x.py', 'run.py'],
      repository,
    ));
  it('something else of that name', () => check(tree, ['run.py yaml.loader'], ['external'], { directoryName: 'yaml' }));
});

describe('relative imports', () => {
  const tree = ['pkg/__init__.py', 'pkg/sub/__init__.py', 'pkg/sub/a.py', 'pkg/b.py', 'run.py'];
  it('count one level less in __init__', () =>
    check(
      tree,
      ['pkg/sub/__init__.py .a', 'pkg/sub/__init__.py ..b', 'pkg/sub/a.py ..b', 'pkg/sub/a.py .'],
      ['pkg/sub/a.py', 'pkg/b.py', 'pkg/b.py', 'pkg/sub/__init__.py'],
    ));
  it('beyond the top', () => check(tree, ['pkg/b.py ...x', 'pkg/b.py .gone'], ['missing', 'missing']));
});

describe('declared places', () => {
  const declares = (file: string, text: string, files: readonly string[], name: string, expected: string) =>
    check(
      { [file]: text, 'run.py': '', ...Object.fromEntries(files.map((path) => [path, ''])) },
      [`run.py ${name}`],
      [expected],
    );
  it('setuptools package-dir', () =>
    declares('pyproject.toml', '[tool.setuptools.package-dir]\n"" = "code"\n', ['code/m.py'], 'm', 'code/m.py'));
  it('setuptools where', () =>
    declares(
      'pyproject.toml',
      '[tool.setuptools.packages.find]\nwhere = ["./code/"]\n',
      ['code/m.py'],
      'm',
      'code/m.py',
    ));
  it('poetry from', () =>
    declares(
      'pyproject.toml',
      '[tool.poetry]\npackages = [{ include = "m", from = "code" }]\n',
      ['code/m.py'],
      'm',
      'code/m.py',
    ));
  it('pytest pythonpath', () =>
    declares('pyproject.toml', '[tool.pytest.ini_options]\npythonpath = "code"\n', ['code/m.py'], 'm', 'code/m.py'));
  it('hatch sources give another name', () =>
    declares(
      'pyproject.toml',
      '[tool.hatch.build.targets.wheel.sources]\n"code/impl" = "app"\n',
      ['code/impl/m.py'],
      'app.m',
      'code/impl/m.py',
    ));
  it('setup.cfg package_dir', () =>
    declares('setup.cfg', '[options]\npackage_dir =\n    = code\n', ['code/m.py'], 'm', 'code/m.py'));
  it('setup.cfg where', () =>
    declares('setup.cfg', '[options.packages.find]\nwhere = code\n', ['code/m.py'], 'm', 'code/m.py'));
  it('setup.py package_dir', () =>
    declares('setup.py', "setup(package_dir={'app': 'code'})\n", ['code/m.py'], 'app.m', 'code/m.py'));
  it('pytest.ini', () =>
    declares('pytest.ini', '[pytest]\npythonpath =\n  code\n  other\n', ['code/m.py'], 'm', 'code/m.py'));
  it('a broken pyproject declares nothing', () =>
    declares('pyproject.toml', 'x = [', ['code/m.py'], 'm', '? code/m.py'));
  it('a path out of the repository declares nothing', () =>
    declares(
      'pyproject.toml',
      '[tool.pytest.ini_options]\npythonpath = "../code"\n',
      ['code/m.py'],
      'm',
      '? code/m.py',
    ));
});

describe('names of a file', () => {
  it('package module, with the repository before it', () =>
    names(['pkg/__init__.py', 'pkg/a.py'], 'pkg/a.py', ['pkg.a', 'Work.pkg.a'], { directoryName: 'Work' }));
  it('a package', () => names(['pkg/__init__.py'], 'pkg/__init__.py', ['pkg', 'work.pkg']));
  it('src layout', () =>
    names(['src/pkg/__init__.py', 'src/pkg/a.py'], 'src/pkg/a.py', ['pkg.a', 'src.pkg.a', 'work.src.pkg.a']));
  it('a script', () => names(['scripts/run.py'], 'scripts/run.py', ['scripts.run', 'run', 'work.scripts.run']));
  it('a stub has the names of its module', () =>
    names(['pkg/__init__.py', 'pkg/a.py', 'pkg/a.pyi'], 'pkg/a.pyi', ['pkg.a', 'work.pkg.a']));
  it('directories that are no identifiers', () =>
    names(['my-app/pkg/__init__.py', 'my-app/pkg/a.py'], 'my-app/pkg/a.py', ['pkg.a']));
  it('a repository whose directory is no identifier', () =>
    names(['a.py'], 'a.py', ['a'], { directoryName: 'my-app' }));
  it('the top package itself', () => names(['__init__.py'], '__init__.py', ['Work'], { directoryName: 'Work' }));
});
