/** `regraft check`: what fails, with its chain; what fails unseen; exit codes for continuous integration. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../src/core/model.js';
import { type Sandbox, sandbox } from '../support/cli.js';

let box: Sandbox;
afterEach(() => box.remove());

const SOUND = {
  'p/__init__.py': 'from .a import x\n',
  'p/a.py': 'x = 1\n\n\ndef f():\n    from . import b\n    return b.y\n',
  'p/b.py': 'from p.a import x as y\n',
};
const CIRCULAR = {
  'p/__init__.py': '',
  'p/a.py': 'from .b import x\ny = 1\n',
  'p/b.py': 'from .a import y\nx = 1\n',
  'p/c.py': 'from . import a\n',
};

describe('check', () => {
  it('is content with modules that can be imported, whatever cycles they close', async () => {
    box = sandbox(SOUND);
    const { data, exitCode, problems } = await box.json('check');
    expect({ exitCode, problems }).toEqual({ exitCode: 0, problems: [] });
    expect(data).toMatchObject({ modules: 3, unimportable: [], unresolved: [] });
    expect(data.cycles).toMatchObject([{ kind: 'deferred', modules: ['p.a', 'p.b'] }]);
  });

  it('gives the statements that lead to a failure, once for all modules that meet it', async () => {
    box = sandbox(CIRCULAR);
    const { data, exitCode, problems } = await box.json('check');
    expect(exitCode).toBe(1);
    expect(problems.map(({ code, path, line, hint }: Problem) => ({ code, path, line, hint }))).toEqual([
      {
        code: 'unimportable-module',
        path: 'p/b.py',
        line: 1,
        hint: 'the statements that lead there: p/a.py:1 -> p/b.py:1',
      },
      {
        code: 'unimportable-module',
        path: 'p/a.py',
        line: 1,
        hint: 'the statements that lead there: p/b.py:1 -> p/a.py:1',
      },
    ]);
    expect(data.unimportable).toMatchObject([
      { module: 'p.a', exception: 'ImportError' },
      { module: 'p.c', chain: [{ path: 'p/c.py', line: 1 }, { path: 'p/a.py' }, { path: 'p/b.py' }] },
      { module: 'p.b', exception: 'ImportError' },
    ]);
  });

  it('says what fails unseen, and goes on', async () => {
    box = sandbox({
      'p/__init__.py': '',
      'p/a.py': 'try:\n    from . import gone\nexcept ImportError:\n    gone = None\n',
      'p/b.py': 'from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from .a import lost\n',
    });
    const { exitCode, problems } = await box.json('check');
    expect(exitCode).toBe(0);
    expect(problems.map(({ severity, path, line }: Problem) => `${severity} ${path}:${line}`)).toEqual([
      'warning p/a.py:2',
      'warning p/b.py:4',
    ]);
  });

  it('counts an import that only a call would run as an error', async () => {
    box = sandbox({ 'p/__init__.py': '', 'p/a.py': 'def f():\n    from .gone import g\n    return g\n' });
    const { exitCode, problems } = await box.json('check');
    expect(exitCode).toBe(1);
    expect(problems).toMatchObject([{ code: 'unresolved-import', severity: 'error', path: 'p/a.py', line: 2 }]);
  });

  it('leaves modules alone that ask for something themselves', async () => {
    box = sandbox({ 'a.py': 'raise ImportError("not on this platform")\n', 'b.py': 'import not_installed\n' });
    expect((await box.json('check')).exitCode).toBe(0);
  });

  it('does not vouch for what it cannot read', async () => {
    box = sandbox({
      'p/__init__.py': '',
      'p/a.py': 'def (\n',
      'p/c.py': 'from . import a\n',
    });
    const { data, exitCode, problems } = await box.json('check');
    expect(exitCode).toBe(0);
    expect(problems).toMatchObject([{ code: 'syntax-error', severity: 'warning', path: 'p/a.py', line: 1 }]);
    expect(data.unknown).toMatchObject([{ path: 'p/a.py', line: 1 }]);
    expect((await box.regraft('check')).stdout).toContain('? 2 modules can be imported, each first in a fresh');
  });

  it('looks at what is asked for only', async () => {
    box = sandbox({ ...CIRCULAR, 'q/__init__.py': '' });
    expect(await box.json('check', 'q')).toMatchObject({ exitCode: 0, data: { modules: 1 } });
  });

  it('reads well', async () => {
    box = sandbox(CIRCULAR);
    expect((await box.regraft('check')).stdout).toMatchInlineSnapshot(`
      "error[unimportable-module]: importing p/a.py and 1 more module fails with ImportError: p/a.py, which
        is still being imported, has no 'y'
        --> p/b.py:1:1
        hint: the statements that lead there: p/a.py:1 -> p/b.py:1

      error[unimportable-module]: importing p/b.py fails with ImportError: p/b.py, which is still being
        imported, has no 'x'
        --> p/a.py:1:1
        hint: the statements that lead there: p/b.py:1 -> p/a.py:1

      ✗ 3 of 4 modules cannot be imported
        2 errors, 0 warnings
        1 cycle at import time, 0 closed only by lazy or typing imports
      next: regraft graph --cycles
      "
    `);
  });
});
