/** What shims promise, with the real Python as the judge: each test runs a program that imports by old names. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type ShimSource, shimText } from '../../src/core/shims.js';

let top: string | undefined;
afterEach(() => {
  if (top) rmSync(top, { recursive: true, force: true });
  top = undefined;
});

function shim(oldName: string, newName: string, over: Partial<ShimSource> = {}): string {
  const plain = {
    isPackage: false,
    relative: true,
    others: [],
    renamed: [],
    isRun: false,
    isHidden: false,
    newline: '\n',
  };
  return shimText({ ...plain, oldName, newName, ...over });
}

function lay(files: Readonly<Record<string, string>>): string {
  top = mkdtempSync(join(tmpdir(), 'regraft-shims-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), text);
  }
  return top;
}

interface Said {
  readonly status: number | null;
  readonly lines: readonly string[];
  readonly stderr: string;
}

function python(args: readonly string[], cwd = top as string): Said {
  const { status, stdout, stderr } = spawnSync('python3', args, { cwd, encoding: 'utf8' });
  return { status, lines: stdout.split('\n').filter(Boolean), stderr };
}

/** Runs a program in the tree; it fails with what Python has to say. */
function judged(program: string, ...options: string[]): readonly string[] {
  writeFileSync(join(top as string, 'program.py'), program);
  const { status, lines, stderr } = python([...options, 'program.py']);
  expect(stderr).not.toContain('Traceback');
  expect(status).toBe(0);
  return lines;
}

const MODULE =
  'STATE = []\n_private = object()\n\n\nclass Thing:\n    pass\n\n\ndef f():\n    return g()\n\n\ndef g():\n    return "real"\n';

function movedModule(files: Readonly<Record<string, string>> = {}, over: Partial<ShimSource> = {}): void {
  lay({
    'old/__init__.py': '',
    'old/tier/__init__.py': '',
    'old/tier/path.py': MODULE,
    'old/path.py': shim('old.path', 'old.tier.path', over),
    ...files,
  });
}

describe('a moved module under its old name', () => {
  const forms = [
    'import old.path; m = old.path',
    'import old.path as m',
    'from old import path as m',
    'import importlib; m = importlib.import_module("old.path")',
    'import importlib; m = importlib.import_module(".path", "old")',
    'm = __import__("old.path", fromlist=["f"])',
    'import sys, old.path; m = sys.modules[old.path.f.__module__]',
  ];

  it.each(forms)('is the very same module: %s', (form) => {
    movedModule();
    const program = `${form}\nimport sys, old.tier.path as new\nassert m is new, m\nassert sys.modules["old.path"] is new\nimport old\nassert old.path is new\nprint("same")\n`;
    expect(judged(program)).toEqual(['same']);
  });

  it('has its private names, its state and its classes', () => {
    movedModule();
    const program = [
      'from old.path import Thing, STATE, _private',
      'import old.tier.path as new',
      'assert Thing is new.Thing and STATE is new.STATE and _private is new._private',
      'assert isinstance(Thing(), new.Thing)',
      'print(Thing.__module__)',
    ].join('\n');
    expect(judged(program)).toEqual(['old.tier.path']);
  });

  it('is patched through the old name', () => {
    movedModule();
    const program = [
      'from unittest import mock',
      'import old.tier.path as new',
      'with mock.patch("old.path.g", return_value="patched"):',
      '    print(new.f())',
      'import old.path',
      'old.path.g = lambda: "set"',
      'print(new.f())',
    ].join('\n');
    expect(judged(program)).toEqual(['patched', 'set']);
  });

  it('unpickles what was pickled under the old name', () => {
    movedModule();
    const program = [
      'import pickle',
      'made_before = b"cold.path\\nThing\\n."',
      'from old.tier.path import Thing',
      'assert pickle.loads(made_before) is Thing',
      'assert type(pickle.loads(pickle.dumps(Thing()))) is Thing',
      'print("loaded")',
    ].join('\n');
    expect(judged(program)).toEqual(['loaded']);
  });

  it('is reloaded as itself', () => {
    movedModule();
    const program =
      'import importlib, old.path, old.tier.path as new\nassert importlib.reload(old.path) is new\nprint(new.__spec__.name)\n';
    expect(judged(program)).toEqual(['old.tier.path']);
  });

  it('is found under whatever name its package has', () => {
    movedModule();
    const checkout = (top as string).slice((top as string).lastIndexOf('/') + 1).replaceAll('-', '_');
    const parent = mkdtempSync(join(tmpdir(), 'regraft-parent-'));
    spawnSync('cp', ['-r', top as string, join(parent, checkout)]);
    const program = `import ${checkout}.old.path as m, sys; print(m.__name__.partition(".")[2]); assert "old" not in sys.modules`;
    expect(python(['-c', program], parent)).toMatchObject({ status: 0, lines: ['old.tier.path'] });
    rmSync(parent, { recursive: true });
  });

  it('is named in full where it leaves its top-level package', () => {
    lay({ 'new/__init__.py': '', 'new/path.py': MODULE, 'path.py': shim('path', 'new.path', { relative: false }) });
    expect(judged('import path, new.path\nassert path is new.path\nprint(path.f())\n')).toEqual(['real']);
  });
});

describe('the warning', () => {
  const users: [string, string][] = [
    ['an import statement', 'import sys\n\nimport old.path\n'],
    ['a from-import', 'import sys\n\nfrom old.path import f\n'],
    ['import_module', 'import importlib\n\nimportlib.import_module("old.path")\n'],
    ['__import__', 'import sys\n\n__import__("old.path")\n'],
    ['an import of the member of a package', 'import sys\n\nfrom old import path\n'],
  ];

  it.each(users)('points at the line of %s', (_what, user) => {
    movedModule({ 'user.py': user });
    // The frames of an import statement are called otherwise once `importlib` has been imported.
    for (const program of ['import user', 'import importlib, user']) {
      const { status, stderr } = python(['-S', '-W', 'always::DeprecationWarning', '-c', program]);
      expect(status).toBe(0);
      expect(stderr).toContain(`${top}/user.py:3: DeprecationWarning: old.path has moved to old.tier.path`);
      expect(stderr.match(/DeprecationWarning/g)).toHaveLength(1);
    }
  });

  it.each(users)('raises there when warnings are errors: %s', (_what, user) => {
    movedModule({ 'user.py': user });
    const { status, stderr } = python(['-W', 'error::DeprecationWarning', '-c', 'import user']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/user\.py", line 3, in <module>[\s\S]*DeprecationWarning: old\.path has moved/);
  });

  it('comes once, and to the program itself without being asked for', () => {
    movedModule({ 'library.py': 'import old.path\n' });
    writeFileSync(
      join(top as string, 'program.py'),
      'import old.path\nimport old.path\nimport library\nfrom old.path import f\n',
    );
    expect(python(['program.py']).stderr.match(/program\.py:1: DeprecationWarning/g)).toHaveLength(1);
    writeFileSync(join(top as string, 'program.py'), 'import library\n');
    expect(python(['program.py']).stderr).toBe('');
  });

  it('leaves nothing half done when it is raised', () => {
    movedModule();
    const program = [
      'import warnings',
      'warnings.simplefilter("error")',
      'for _ in range(2):',
      '    try:',
      '        import old.path',
      '    except DeprecationWarning:',
      '        print("raised")',
      'warnings.simplefilter("ignore")',
      'import old.path, old.tier.path',
      'assert old.path is old.tier.path',
    ].join('\n');
    expect(judged(program)).toEqual(['raised', 'raised']);
  });
});

describe('a package that binds the name of its module to something else', () => {
  const files = {
    'old/__init__.py': 'from .tier.compare import compare\n',
    'old/tier/__init__.py': '',
    'old/tier/compare.py': 'def compare():\n    return "called"\n',
  };
  const program =
    'import old, old.compare\nprint(callable(old.compare))\nfrom old.compare import compare\nimport sys\nprint(sys.modules["old.compare"].__name__)\nold.compare = 1\nprint(old.compare, type(old).__name__)\n';

  it('keeps what it binds', () => {
    lay({ ...files, 'old/compare.py': shim('old.compare', 'old.tier.compare', { isHidden: true }) });
    expect(judged(program)).toEqual(['True', 'old.tier.compare', '1 module']);
  });

  it('would lose it otherwise', () => {
    lay({ ...files, 'old/compare.py': shim('old.compare', 'old.tier.compare') });
    expect(judged(program)[0]).toBe('False');
  });
});

describe('a moved package under its old name', () => {
  const pkg = (name: string) => shim(`old.${name}`, `new.${name}`, { relative: false, isPackage: true });
  const mod = (name: string, over = {}) => shim(`old.${name}`, `new.${name}`, { relative: false, ...over });
  const files = {
    'old/__init__.py': '',
    'new/__init__.py': '',
    'new/pkg/__init__.py': 'from .early import E\n\nLOADED = []\n',
    'new/pkg/early.py': 'class E(Exception):\n    pass\n',
    'new/pkg/late.py': 'from . import LOADED\n\nLOADED.append(__name__)\n\n\nclass Late:\n    pass\n',
    'new/pkg/sub/__init__.py': '',
    'new/pkg/sub/deep.py': 'from ..late import Late\n',
    'new/pkg/spaces/inner.py': 'X = object()\n',
    'new/pkg/shadow.py': 'def shadow():\n    return 1\n',
    'old/pkg/__init__.py': pkg('pkg'),
    'old/pkg/early.py': mod('pkg.early'),
    'old/pkg/late.py': mod('pkg.late'),
    'old/pkg/sub/__init__.py': pkg('pkg.sub'),
    'old/pkg/sub/deep.py': mod('pkg.sub.deep'),
    'old/pkg/spaces/__init__.py': pkg('pkg.spaces'),
    'old/pkg/spaces/inner.py': mod('pkg.spaces.inner'),
  };
  const SAME = [
    'import sys, importlib',
    'def same(*names):',
    '    for name in names:',
    '        old, new = importlib.import_module("old." + name), importlib.import_module("new." + name)',
    '        assert old is new, (old, new)',
    '        assert sys.modules["old." + name] is sys.modules["new." + name]',
    '    files = [getattr(m, "__file__", None) for m in set(map(id, sys.modules.values())) and {id(m): m for m in sys.modules.values()}.values()]',
    '    twice = [f for f in files if f and files.count(f) > 1 and "/new/" in f]',
    '    assert not twice, twice',
    '    print("same")',
    '',
  ].join('\n');
  const ALL = 'same("pkg", "pkg.early", "pkg.late", "pkg.sub", "pkg.sub.deep", "pkg.spaces", "pkg.spaces.inner")\n';

  const beginnings: [string, string][] = [
    ['the package first', 'import old.pkg\n'],
    ['a submodule first', 'import old.pkg.late\n'],
    ['a name of a submodule first', 'from old.pkg.late import Late\n'],
    ['a submodule of a subpackage first', 'import old.pkg.sub.deep\n'],
    ['the new place first', 'import new.pkg.sub.deep, new.pkg.late\n'],
    ['both mixed', 'import new.pkg.late\nimport old.pkg.sub.deep as d\nimport new.pkg.sub.deep as e\nassert d is e\n'],
    ['a submodule without a regular package', 'import old.pkg.spaces.inner\n'],
    ['caches invalidated in between', 'import old.pkg.spaces\nimport importlib; importlib.invalidate_caches()\n'],
  ];

  it.each(beginnings)('gives identical modules: %s', (_what, beginning) => {
    lay(files);
    expect(
      judged(`${beginning}${SAME + ALL}import new.pkg\nassert new.pkg.LOADED == ["new.pkg.late"], new.pkg.LOADED\n`),
    ).toEqual(['same']);
  });

  it('finds modules that are loaded later, by whoever', () => {
    lay({ ...files, 'new/pkg/__init__.py': 'LOADED = []\n\n\ndef load():\n    from . import late\n    return late\n' });
    const program =
      'import old.pkg, sys\nassert "new.pkg.late" not in sys.modules\nlate = old.pkg.load()\nimport old.pkg.late\nassert old.pkg.late is late\nprint("same")\n';
    expect(judged(program)).toEqual(['same']);
  });

  it('is one exception class, whichever way it is caught', () => {
    lay(files);
    const program =
      'from old.pkg.early import E\nfrom new.pkg import E as F\ntry:\n    raise F\nexcept E:\n    print("caught")\n';
    expect(judged(program)).toEqual(['caught']);
  });

  it('denies what never stood at the old place, rather than load it a second time', () => {
    lay({ ...files, 'new/pkg/added.py': '' });
    const program =
      'try:\n    import old.pkg.added\nexcept ModuleNotFoundError as error:\n    print(error, error.name)\nimport new.pkg.added\n';
    expect(judged(program)).toEqual(["No module named 'old.pkg.added' old.pkg.added"]);
  });

  it('keeps what the package binds over one of its modules', () => {
    const init = 'from .shadow import shadow\n';
    lay({ ...files, 'new/pkg/__init__.py': init, 'old/pkg/shadow.py': mod('pkg.shadow', { isHidden: true }) });
    const program =
      'from old.pkg import shadow\nimport old.pkg.shadow, new.pkg\nassert new.pkg.shadow is shadow\nprint(new.pkg.shadow())\n';
    expect(judged(program)).toEqual(['1']);
  });

  it('gives its data, its members and its metadata', () => {
    lay({ ...files, 'new/pkg/data.txt': 'text' });
    const program = [
      'import importlib.resources, pkgutil, old.pkg',
      'print(importlib.resources.read_text("old.pkg", "data.txt"))',
      'names = [name for _, name, _ in pkgutil.walk_packages(old.pkg.__path__, "old.pkg.")]',
      'print(*names)',
      'import importlib.metadata; list(importlib.metadata.distributions()); importlib.invalidate_caches()',
    ].join('\n');
    const lines = judged(program, '-W', 'ignore');
    expect(lines[0]).toBe('text');
    expect(lines[1]).toContain('old.pkg.sub.deep');
  });

  it('runs as it ran', () => {
    const main = 'import sys\nfrom .late import Late\nprint(__name__, __package__, sys.argv[1:])\n';
    lay({ ...files, 'new/pkg/__main__.py': main, 'old/pkg/__main__.py': mod('pkg.__main__', { isRun: true }) });
    expect(python(['-m', 'old.pkg', 'a'])).toMatchObject({ status: 0, lines: ["__main__ new.pkg ['a']"] });
  });
});

describe('a module that is run', () => {
  const guarded =
    'import sys\nfrom . import helper\n\nif __name__ == "__main__":\n    print("ran", sys.argv[1:], helper.H)\n    sys.exit(7)\n';
  const files = { 'old/tier/helper.py': 'H = 1\n', 'old/tier/path.py': guarded };

  it('runs by -m under its old name, with its arguments and its exit code', () => {
    movedModule(files, { isRun: true });
    expect(python(['-m', 'old.path', 'x'])).toMatchObject({ status: 7, lines: ["ran ['x'] 1"] });
  });

  it('says so, and stops there when warnings are errors', () => {
    movedModule(files, { isRun: true });
    expect(python(['-m', 'old.path']).stderr).toContain('DeprecationWarning: moved');
    expect(python(['-W', 'error::DeprecationWarning', '-m', 'old.path'])).toMatchObject({ status: 1, lines: [] });
  });

  it('runs by the path of the shim, from anywhere', () => {
    movedModule({ 'old/tier/path.py': 'print("script", __name__)\n' }, { isRun: true });
    expect(python([`${top}/old/path.py`], '/')).toMatchObject({ status: 0, lines: ['script __main__'] });
  });

  it('is not run when it is imported', () => {
    movedModule(files, { isRun: true });
    expect(
      judged('import old.path, old.tier.path\nassert old.path is old.tier.path\nprint(old.path.__name__)\n'),
    ).toEqual(['old.tier.path']);
  });
});

describe('import cycles through the old name', () => {
  it('give the module while it is being imported', () => {
    movedModule({
      'old/tier/path.py': 'A = 1\nimport third\nB = 2\n',
      'third.py': 'import old.path\nfrom old.path import A\nprint(A)\n',
    });
    expect(
      judged('import old.tier.path\nimport old.path, third\nassert old.path is old.tier.path is third.old.path\n'),
    ).toEqual(['1']);
  });

  it('give its names also when the shim came first', () => {
    movedModule({
      'old/tier/path.py': 'A = 1\nimport third\nB = 2\n',
      'third.py': 'from old.path import A\nimport old.path\n\n\ndef b():\n    return old.path.B\n',
    });
    const program =
      'import old.path\nimport third, old.tier.path\nassert old.path is old.tier.path\nprint(third.A, third.b())\n';
    expect(judged(program)).toEqual(['1 2']);
  });

  it('say what is missing, as they did', () => {
    movedModule({ 'old/tier/path.py': 'import third\nB = 2\n', 'third.py': 'from old.path import B\n' });
    const { stderr } = python(['-c', 'import old.path']);
    expect(stderr).toMatch(/(?:ImportError: cannot import name 'B'|has no attribute 'B')/);
  });

  it('go through packages', () => {
    lay({
      'new/pkg/__init__.py': 'A = 1\nimport third\n',
      'new/__init__.py': '',
      'new/pkg/sub.py': 'S = 1\n',
      'third.py': 'from old.pkg.sub import S\nfrom old.pkg import A\n',
      'old/__init__.py': '',
      'old/pkg/__init__.py': shim('old.pkg', 'new.pkg', { relative: false, isPackage: true }),
      'old/pkg/sub.py': shim('old.pkg.sub', 'new.pkg.sub', { relative: false }),
    });
    for (const first of ['old.pkg', 'new.pkg', 'third', 'old.pkg.sub', 'new.pkg.sub']) {
      const program = `import ${first}\nimport old.pkg.sub, new.pkg.sub, third\nassert old.pkg is new.pkg and old.pkg.sub is new.pkg.sub\nprint(third.A)\n`;
      expect(judged(program)).toEqual(['1']);
    }
  });
});
