/** Shims of planned moves, laid out with the moved files; real Python then imports every old name. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Environment } from '../../src/commands/command.js';
import { openSession } from '../../src/commands/session.js';
import { findShims } from '../../src/core/shims.js';
import { plainStyle } from '../../src/report/style.js';
import { type LeftShims, shimsFor } from '../../transforms/leave-shims.js';
import { planMove } from '../../transforms/plan-move.js';
import { unitsOf } from '../../transforms/relocation/units.js';
import { type Sandbox, sandbox } from '../support/cli.js';

let box: Sandbox | undefined;
let top: string | undefined;
afterEach(() => {
  box?.remove();
  if (top) rmSync(top, { recursive: true, force: true });
  [box, top] = [undefined, undefined];
});

const environment = (directory: string): Environment => ({
  directory,
  format: 'json',
  style: plainStyle(100),
  terminal: false,
  progress: () => undefined,
  narrate: () => undefined,
  afterwards: () => undefined,
  signal: new AbortController().signal,
  engine: undefined,
});

/** Plans the moves, leaves shims, and lays the result out at {@link top}. */
async function moved(
  files: Readonly<Record<string, string>>,
  moves: Readonly<Record<string, string>>,
): Promise<LeftShims> {
  box = sandbox(files);
  const session = await openSession(environment(box.top));
  const list = Object.entries(moves).map(([from, to]) => ({ from, to }));
  const nothing = { acceptances: [], rewrites: [], created: [], batchSize: 0 };
  const request = { ...nothing, moves: list, shims: false, withTests: false, prune: true };
  const { result, refusals } = planMove(session.snapshot, request, session.tools);
  expect(refusals).toEqual([]);
  const { units, relocation } = unitsOf(session.codebase, list);
  const left = shimsFor(session.linker, session.tools.codebase(result).layout, relocation, units);
  top = mkdtempSync(join(tmpdir(), 'regraft-left-'));
  for (const { path } of result.files) write(path, result.read(path) as Uint8Array);
  for (const { path, text } of left.files) write(path, text);
  return left;
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(top as string, path)), { recursive: true });
  writeFileSync(join(top as string, path), content);
}

/** Each pair imported in a fresh interpreter: old name first, then both must be one module, and no file loaded twice. */
function same(pairs: Readonly<Record<string, string>>): void {
  for (const [old, now] of Object.entries(pairs)) {
    const program = [
      'import importlib, sys',
      `old = importlib.import_module("${old}")`,
      `new = importlib.import_module("${now}")`,
      'assert old is new, (old, new)',
      'files = [m.__file__ for m in {id(m): m for m in sys.modules.values()}.values() if getattr(m, "__file__", None)]',
      'assert len(files) == len(set(files)), sorted(files)',
      'print("same")',
    ].join('\n');
    const { stdout, stderr } = spawnSync('python3', ['-W', 'ignore', '-c', program], { cwd: top, encoding: 'utf8' });
    expect(`${old}: ${stdout}${stderr}`).toBe(`${old}: same\n`);
  }
}

const INTEGRATION = {
  'integration/__init__.py': 'from .analytics_engine import Engine\nfrom .compare import compare\n',
  'integration/analytics_engine.py': 'from . import shared\n\n\nclass Engine:\n    KIND = shared.KIND\n',
  'integration/compare.py':
    'import sys as _sys\nfrom . import shared as _shared\n\n__all__ = ["compare"]\n\n\ndef compare():\n    return _helper()\n\n\ndef _helper():\n    return 1\n\n\ndef public():\n    return 2\n',
  'integration/shared.py': 'KIND = object()\n',
  'app.py':
    'from integration.compare import compare\nfrom integration.analytics_engine import Engine\nprint(compare(), Engine.KIND is not None)\n',
};

describe('modules that move into tiers', () => {
  const moves = {
    'integration/analytics_engine.py': 'integration/analytics/engine.py',
    'integration/compare.py': 'integration/tools/compare.py',
  };

  it('leave a shim each, and old names are the moved modules', async () => {
    const { files, refusals } = await moved(INTEGRATION, moves);
    expect(refusals).toEqual([]);
    expect(files.map(({ path }) => path)).toEqual(['integration/analytics_engine.py', 'integration/compare.py']);
    same({
      'integration.analytics_engine': 'integration.analytics.engine',
      'integration.compare': 'integration.tools.compare',
    });
  });

  it('name what a star import leaves out, and by their way within the package', async () => {
    const { files } = await moved(INTEGRATION, moves);
    expect(files[1]?.text).toContain(
      'from .tools.compare import *\n    from .tools.compare import (\n        _helper as _helper,\n        _shared as _shared,\n        public as public,\n    )\n',
    );
  });

  it('keep a function that has the name of its module', async () => {
    await moved(INTEGRATION, moves);
    const program = 'import integration.compare, integration\nassert integration.compare() == 1';
    expect(spawnSync('python3', ['-W', 'ignore', '-c', program], { cwd: top, encoding: 'utf8' }).stderr).toBe('');
  });

  it('are known as shims', async () => {
    await moved(INTEGRATION, moves);
    const checkout = top as string;
    for (const args of [
      ['init', '-q'],
      ['add', '-A'],
      ['commit', '-q', '-m', 'x'],
    ])
      spawnSync('git', args, { cwd: checkout });
    const { codebase } = await openSession(environment(checkout));
    expect(findShims(codebase).map(({ oldName, targetPath }) => [oldName, targetPath])).toEqual([
      ['integration.analytics_engine', 'integration/analytics/engine.py'],
      ['integration.compare', 'integration/tools/compare.py'],
    ]);
  });
});

describe('a package that moves', () => {
  const files = {
    'old/__init__.py': '',
    'old/pkg/__init__.py': 'from .shadow import shadow\n',
    'old/pkg/shadow.py': 'def shadow():\n    return 1\n',
    'old/pkg/late.py': 'class Late:\n    pass\n',
    'old/pkg/sub/__init__.py': '',
    'old/pkg/sub/deep.py': 'from ..late import Late\n',
    'old/pkg/spaces/inner.py': 'from ..late import Late\n',
    'old/pkg/spaces/more/far.py': 'F = 1\n',
    'old/pkg/__main__.py': 'from .late import Late\nprint("ran", Late.__name__)\n',
    'old/pkg/data.json': '{}',
    'old/pkg/test_it.py': 'def test():\n    pass\n',
    'new/__init__.py': '',
  };
  const names = [
    'pkg',
    'pkg.shadow',
    'pkg.late',
    'pkg.sub',
    'pkg.sub.deep',
    'pkg.spaces',
    'pkg.spaces.inner',
    'pkg.spaces.more.far',
    'pkg.spaces.more',
  ];

  it('leaves a shim for each module, and each old name is the moved module', async () => {
    const { files: shims } = await moved(files, { 'old/pkg': 'new/pkg' });
    expect(shims.map(({ path }) => path)).toEqual([
      'old/pkg/__init__.py',
      'old/pkg/__main__.py',
      'old/pkg/late.py',
      'old/pkg/shadow.py',
      'old/pkg/spaces/__init__.py',
      'old/pkg/spaces/inner.py',
      'old/pkg/spaces/more/__init__.py',
      'old/pkg/spaces/more/far.py',
      'old/pkg/sub/__init__.py',
      'old/pkg/sub/deep.py',
    ]);
    same(Object.fromEntries(names.map((name) => [`old.${name}`, `new.${name}`])));
    const { stdout } = spawnSync('python3', ['-m', 'old.pkg'], { cwd: top, encoding: 'utf8' });
    expect(stdout).toBe('ran Late\n');
  });

  it('does so under a new name inside its package too', async () => {
    await moved(files, { 'old/pkg': 'old/other' });
    same(Object.fromEntries(names.map((name) => [`old.${name}`, `old.${name.replace('pkg', 'other')}`])));
  });

  it('lets one of its modules go elsewhere', async () => {
    await moved(files, { 'old/pkg': 'new/pkg', 'old/pkg/late.py': 'new/late.py' });
    same({ 'old.pkg': 'new.pkg', 'old.pkg.late': 'new.late', 'old.pkg.sub.deep': 'new.pkg.sub.deep' });
  });

  it('without an __init__ leaves shims of its modules only', async () => {
    const bare = {
      'spaces/a.py': 'A = 1\n',
      'spaces/sub/__init__.py': '',
      'spaces/sub/b.py': 'B = 1\n',
      'spaces/sub/x/c.py': '',
    };
    const { files: shims } = await moved(bare, { spaces: 'places' });
    expect(shims.map(({ path }) => path)).toEqual([
      'spaces/a.py',
      'spaces/sub/__init__.py',
      'spaces/sub/b.py',
      'spaces/sub/x/__init__.py',
      'spaces/sub/x/c.py',
    ]);
    same({
      'spaces.a': 'places.a',
      'spaces.sub': 'places.sub',
      'spaces.sub.b': 'places.sub.b',
      'spaces.sub.x.c': 'places.sub.x.c',
    });
  });
});

describe('a script at the top', () => {
  it('runs from its old place', async () => {
    await moved(
      { 'tool.py': 'import sys\nprint("tool", sys.argv[1:])\n', 'pkg/__init__.py': '' },
      { 'tool.py': 'pkg/tool.py' },
    );
    const { stdout } = spawnSync('python3', [join(top as string, 'tool.py'), 'a'], { cwd: '/', encoding: 'utf8' });
    expect(stdout).toBe("tool ['a']\n");
  });

  it('needs no shim where its name stays', async () => {
    const files = { 'src/pkg/__init__.py': '', 'lib/pkg2/__init__.py': '', 'lib/tool.py': 'T = 1\n' };
    expect(await moved(files, { 'lib/tool.py': 'src/tool.py' })).toMatchObject({ files: [], refusals: [] });
  });
});

describe('where no shim can stand', () => {
  const files = { 'p/__init__.py': '', 'p/a.py': 'A = 1\n', 'p/b.py': 'B = 1\n', 'x.py': 'X = 1\n' };

  it.each([
    ['at a place that is taken', { 'p/a.py': 'p/b.py', 'p/b.py': 'p/a.py' }, ['p/a.py', 'p/b.py']],
    ['at a place that the next one takes', { 'p/a.py': 'p/b.py', 'p/b.py': 'p/c.py' }, ['p/b.py']],
    ['above the module itself', { 'p/a.py': 'p/a/core.py' }, ['p/a.py']],
  ])('%s', async (_what, moves, paths) => {
    const { refusals } = await moved(files, moves);
    expect(refusals.map(({ code, path }) => [code, path])).toEqual(paths.map((path) => ['no-shim', path]));
  });
});
