/** Changes that every import follows and that break a package nevertheless; each is judged by real Python as well. */
import { describe, expect, test } from 'vitest';
import { importOrderProblems } from '../../../src/core/import-order/index.js';
import { draw, type Tree } from '../../support/tree.js';
import { realVerdicts } from './python.js';

type Moves = Readonly<Record<string, string>>;

/** Problems as `code path: message`, for the trees before and after a move. */
async function problems(before: Tree, after: Tree, moves: Moves): Promise<string[]> {
  const [old, now] = [await draw(before), await draw(after)];
  const touched = Object.keys(after).filter((path) => after[path] !== before[path]);
  const found = importOrderProblems({
    before: old.linker,
    after: now.linker,
    relabel: new Map(Object.entries(moves)),
    touched: new Set(touched),
  });
  return found.map(({ code, path, line, message }) => `${code} ${path}:${line}: ${message}`);
}

/** Modules that real Python imports before and not after. */
function broken(before: Tree, after: Tree, moves: Moves): string[] {
  const name = (path: string) => path.replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.');
  const old = realVerdicts(before, Object.keys(before).map(name));
  const now = realVerdicts(after, Object.keys(after).map(name));
  const origin = new Map(Object.entries(moves).map(([from, to]) => [to, from]));
  return Object.keys(after)
    .filter((path) => now[name(path)] !== '' && old[name(origin.get(path) ?? path)] === '')
    .sort();
}

describe('what newly fails', () => {
  test('the new package imports what imports the moved module', async () => {
    const before = {
      'p/__init__.py': '',
      'p/a.py': 'def f(): pass\n',
      'p/b/__init__.py': 'from .c import g\n',
      'p/b/c.py': 'from ..a import f\ndef g(): pass\n',
    };
    const after = {
      'p/__init__.py': '',
      'p/b/a.py': 'from . import g\ndef f(): pass\n',
      'p/b/__init__.py': 'from .c import g\n',
      'p/b/c.py': 'from .a import f\ndef g(): pass\n',
    };
    const moves = { 'p/a.py': 'p/b/a.py' };
    expect(broken(before, after, moves)).not.toEqual([]);
    expect(await problems(before, after, moves)).toEqual([
      "import-order p/b/a.py:1: importing p/b/__init__.py and 2 more modules would fail: p/b/__init__.py, which is still being imported, has no 'g'",
    ]);
  });

  test('nothing, when the same move is harmless', async () => {
    const before = { 'p/__init__.py': '', 'p/a.py': 'x = 1\n', 'p/b/__init__.py': '', 'q.py': 'from p.a import x\n' };
    const after = {
      'p/__init__.py': '',
      'p/b/a.py': 'x = 1\n',
      'p/b/__init__.py': '',
      'q.py': 'from p.b.a import x\n',
    };
    const moves = { 'p/a.py': 'p/b/a.py' };
    expect(broken(before, after, moves)).toEqual([]);
    expect(await problems(before, after, moves)).toEqual([]);
  });

  test('a failure that was there before is no problem', async () => {
    const before = { 'p/__init__.py': '', 'p/a.py': 'from .gone import x\n', 'q.py': 'import p.a\n' };
    const after = { 'p/__init__.py': '', 'p/b.py': 'from .gone import x\n', 'q.py': 'import p.b\n' };
    expect(await problems(before, after, { 'p/a.py': 'p/b.py' })).toEqual([]);
  });

  test('a guarded import that newly fails is a feature lost unseen', async () => {
    const before = {
      'p/__init__.py': 'try:\n    from .a import f\nexcept ImportError:\n    f = None\nx = 1\n',
      'p/a.py': 'def f(): pass\n',
    };
    const after = { ...before, 'p/a.py': 'from . import x\ndef f(): pass\n' };
    expect(await problems(before, after, {})).toEqual([
      "import-order p/a.py:1: importing p/__init__.py and 1 more module would fail unseen, in a try: p/__init__.py, which is still being imported, has no 'x'",
    ]);
  });
});

describe('what is newly needed', () => {
  const before = {
    'p/__init__.py': '',
    'p/keys.py': 'x = 1\n',
    'p/ssh/__init__.py': 'from .server import S\n',
    'p/ssh/server.py': 'import asyncssh\nS = 1\n',
    'q.py': 'from p.keys import x\n',
  };

  test('a third-party module that the new parent imports', async () => {
    const { 'p/keys.py': keys, ...rest } = before;
    const after = { ...rest, 'p/ssh/keys.py': keys, 'q.py': 'from p.ssh.keys import x\n' };
    const moves = { 'p/keys.py': 'p/ssh/keys.py' };
    expect(broken(before, after, moves)).toEqual(['p/ssh/keys.py', 'q.py']);
    expect(await problems(before, after, moves)).toEqual([
      "new-requirement p/ssh/server.py:1: importing p/ssh/keys.py and 1 more module would newly need 'asyncssh'",
    ]);
  });

  test('nothing, when it is guarded', async () => {
    const guarded = 'try:\n    import asyncssh\nexcept ImportError:\n    asyncssh = None\nS = 1\n';
    const { 'p/keys.py': keys, ...rest } = { ...before, 'p/ssh/server.py': guarded };
    const after = { ...rest, 'p/ssh/keys.py': keys, 'q.py': 'from p.ssh.keys import x\n' };
    const moves = { 'p/keys.py': 'p/ssh/keys.py' };
    expect(broken({ ...before, 'p/ssh/server.py': guarded }, after, moves)).toEqual([]);
    expect(await problems({ ...before, 'p/ssh/server.py': guarded }, after, moves)).toEqual([]);
  });

  test('a module that raises where it cannot run', async () => {
    const raising = 'import sys\nif sys.platform != "win32":\n    raise ImportError("Windows only")\nS = 1\n';
    const { 'p/keys.py': keys, ...rest } = { ...before, 'p/ssh/server.py': raising };
    const after = { ...rest, 'p/ssh/keys.py': keys, 'q.py': 'from p.ssh.keys import x\n' };
    const found = await problems({ ...before, 'p/ssh/server.py': raising }, after, { 'p/keys.py': 'p/ssh/keys.py' });
    expect(found.map((each) => each.split(':')[0])).toEqual(['new-requirement p/ssh/server.py']);
  });
});

describe('what no longer runs', () => {
  const registry = 'methods = {}\ndef register(f):\n    methods[f.__name__] = f\n    return f\n';
  const before = {
    'p/__init__.py': '',
    'p/registry.py': registry,
    'p/a/__init__.py': 'from . import plugin\n',
    'p/a/plugin.py': 'from ..registry import register\n@register\ndef f(): pass\n',
    'p/a/m.py': 'x = 1\n',
    'p/b/__init__.py': '',
    'q.py': 'from p.registry import methods\nimport p.a.m\n',
  };
  const { 'p/a/m.py': moved, ...rest } = before;
  const after = { ...rest, 'p/b/m.py': moved, 'q.py': 'from p.registry import methods\nimport p.b.m\n' };

  test('a module that registers something with a module that is still there', async () => {
    expect(await problems(before, after, { 'p/a/m.py': 'p/b/m.py' })).toEqual([
      'side-effect-lost p/a/plugin.py:3: importing q.py would no longer run p/a/plugin.py, which changes p/registry.py when it is imported',
    ]);
  });

  test('nothing, when only the module that moves would miss it, and that does not use what is changed', async () => {
    const parents = { 'p/__init__.py': 'from . import registry\n', 'q.py': '' };
    const move = { 'p/a/m.py': 'p/b/m.py' };
    expect(await problems({ ...before, ...parents }, { ...after, ...parents }, move)).toEqual([]);
    const using = 'from ..registry import methods\nx = 1\n';
    const old = { ...before, ...parents, 'p/a/m.py': using };
    expect(await problems(old, { ...after, ...parents, 'p/b/m.py': using }, move)).toEqual([
      'side-effect-lost p/a/plugin.py:3: importing p/b/m.py would no longer run p/a/plugin.py, which changes p/registry.py when it is imported',
    ]);
  });

  test('nothing, when it only changes what it makes and what it is itself', async () => {
    const wrapping = 'def register(f):\n    def g(): return f()\n    g.of = f\n    return g\n';
    const plugin = 'import sys\nfrom ..registry import register\n@register\ndef f(): pass\nsys.modules[__name__] = f\n';
    const own = { 'p/registry.py': `methods = {}\n${wrapping}`, 'p/a/plugin.py': plugin };
    expect(await problems({ ...before, ...own }, { ...after, ...own }, { 'p/a/m.py': 'p/b/m.py' })).toEqual([]);
  });

  test('nothing, when something else runs it', async () => {
    const kept = { ...after, 'q.py': 'from p.registry import methods\nimport p.b.m\nimport p.a\n' };
    expect(await problems(before, kept, { 'p/a/m.py': 'p/b/m.py' })).toEqual([]);
  });
});
