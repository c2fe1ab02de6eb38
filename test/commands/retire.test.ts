/** `regraft retire` on real repositories: what goes, what stays and because of whom; Python runs what is left. */
import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { type ShimSource, shimText } from '../../src/core/shims.js';
import { type Sandbox, sandbox } from '../support/cli.js';

let box: Sandbox;
afterEach(() => box.remove());

function shim(oldName: string, newName: string, over: Partial<ShimSource> = {}): string {
  const plain = {
    isPackage: false,
    relative: false,
    others: [],
    renamed: [],
    isRun: false,
    isHidden: false,
    newline: '\n',
  };
  return shimText({ ...plain, oldName, newName, ...over });
}

const TREE = {
  'new/__init__.py': '',
  'new/util.py': 'def f():\n    return "f"\n\n\ndef g():\n    return "g"\n',
  'new/pkg/__init__.py': '',
  'new/pkg/sub.py': 'S = "sub"\n',
  'old/__init__.py': '',
  'old/live.py': 'L = "live"\n',
  'old/util.py': shim('old.util', 'new.util'),
  'old/pkg/__init__.py': shim('old.pkg', 'new.pkg', { isPackage: true }),
  'old/pkg/sub.py': shim('old.pkg.sub', 'new.pkg.sub'),
};

function decisions(document: { data: { shims: { path: string; decision: string; codes: string[] }[] } }) {
  return Object.fromEntries(
    document.data.shims.map(({ path, decision, codes }) => [path, [decision, ...codes].join(' ')]),
  );
}

function python(program: string) {
  const { stdout, stderr, status } = spawnSync('python3', ['-W', 'error::DeprecationWarning', '-c', program], {
    cwd: box.top,
    encoding: 'utf8',
  });
  return { out: stdout.trim(), status, stderr };
}

describe('without users', () => {
  it('all shims go, in one commit, and old names are gone', async () => {
    box = sandbox({ ...TREE, 'app.py': 'from new.util import f\nfrom new.pkg.sub import S\nprint(f(), S)\n' });
    const preview = await box.json('retire');
    expect(decisions(preview)).toEqual({
      'old/pkg/__init__.py': 'delete',
      'old/pkg/sub.py': 'delete',
      'old/util.py': 'delete',
    });
    expect(preview.data.plan.batches[0].title).toBe('Retire 3 shims');
    expect(box.git('status', '--porcelain')).toBe('');
    expect((await box.regraft('retire', '--check')).exitCode).toBe(2);
    expect(await box.json('retire', '--apply')).toMatchObject({ exitCode: 0, data: { run: { status: 'done' } } });
    expect(box.git('ls-files', 'old')).toBe('old/__init__.py\nold/live.py');
    expect(python('import app').out).toBe('f sub');
    expect((await box.regraft('retire', '--check')).exitCode).toBe(0);
  });

  it('only those below the paths given', async () => {
    box = sandbox(TREE);
    expect(Object.keys(decisions(await box.json('retire', 'old/pkg')))).toEqual([
      'old/pkg/__init__.py',
      'old/pkg/sub.py',
    ]);
    expect(await box.json('retire', 'nowhere')).toMatchObject({ exitCode: 1, problems: [{ code: 'unknown-path' }] });
  });

  it('says so where there are none', async () => {
    box = sandbox({ 'a.py': '' });
    expect(await box.regraft('retire')).toMatchObject({ exitCode: 0, stdout: 'no shims here: nothing to do\n' });
  });
});

describe('with users', () => {
  it.each([
    ['an import', 'from old.util import f\n', 'still-used'],
    ['a lazy import', 'def g():\n    import old.util\n', 'still-used'],
    ['a guarded import', 'try:\n    from old.util import f\nexcept ImportError:\n    f = None\n', 'still-used'],
    ['an import of the package', 'from old import util\n', 'still-used'],
    ['a patch', 'from unittest import mock\nmock.patch("old.util.f")\n', 'still-used'],
    ['import_module', 'import importlib\nimportlib.import_module("old.util")\n', 'still-used'],
    [
      'a computed import',
      'import importlib\n\n\ndef load(name):\n    return importlib.import_module(f"old.{name}")\n',
      'dynamic-import',
    ],
  ])('%s keeps its shim, and is named', async (_what, user, code) => {
    box = sandbox({ ...TREE, 'user.py': user });
    const document = await box.json('retire', 'old/util.py');
    expect(document.exitCode).toBe(3);
    expect(decisions(document)).toEqual({ 'old/util.py': `refuse ${code}` });
    expect(document.data.plan.refusals[0]).toMatchObject({ code, path: 'user.py' });
    expect(document.data.plan.batches).toEqual([]);
  });

  it('a setting keeps its shim too', async () => {
    box = sandbox({ ...TREE, 'pyproject.toml': '[project]\nname = "x"\n[project.scripts]\nrun = "old.util:f"\n' });
    expect((await box.json('retire', 'old/util.py')).exitCode).toBe(3);
  });

  it('documents do not', async () => {
    box = sandbox({
      ...TREE,
      'README.md': 'There was an `old.util` once, see old/util.py.\n',
      'user.py': '# old.util\n',
    });
    expect((await box.json('retire', 'old/util.py')).exitCode).toBe(0);
  });

  it('the others go all the same, with exit 3', async () => {
    box = sandbox({ ...TREE, 'user.py': 'from old.pkg.sub import S\n' });
    const document = await box.json('retire', '--apply');
    expect(document.exitCode).toBe(3);
    // The package is passed through on the way to its module.
    expect(decisions(document)).toEqual({
      'old/pkg/__init__.py': 'refuse still-used',
      'old/pkg/sub.py': 'refuse still-used',
      'old/util.py': 'delete',
    });
    expect(box.git('ls-files', 'old')).toBe('old/__init__.py\nold/live.py\nold/pkg/__init__.py\nold/pkg/sub.py');
    expect(python('import warnings\nwarnings.simplefilter("ignore")\nimport user').status).toBe(0);
  });

  it('a place that was accepted by name does not count', async () => {
    box = sandbox({
      ...TREE,
      'user.py': 'import importlib\n\n\ndef load(name):\n    return importlib.import_module(f"old.{name}")\n',
    });
    const accepted = await box.json('retire', 'old/util.py', '--accept', 'dynamic-import:user.py:5');
    expect(accepted).toMatchObject({
      exitCode: 0,
      data: { shims: [{ decision: 'delete', accepted: ['dynamic-import'] }] },
    });
  });
});

describe('shims that only shims use', () => {
  const chain = {
    ...TREE,
    'older/__init__.py': '',
    'older/util.py': shim('older.util', 'old.util'),
    'oldest/__init__.py': '',
    'oldest/util.py': shim('oldest.util', 'older.util'),
  };

  it('go together', async () => {
    box = sandbox(chain);
    expect(new Set(Object.values(decisions(await box.json('retire'))))).toEqual(new Set(['delete']));
  });

  it('stay together where one has a user', async () => {
    box = sandbox({ ...chain, 'user.py': 'from oldest.util import f\n' });
    expect(decisions(await box.json('retire'))).toMatchObject({
      'old/util.py': 'refuse still-used',
      'older/util.py': 'refuse still-used',
      'oldest/util.py': 'refuse still-used',
      'old/pkg/sub.py': 'delete',
    });
  });
});

describe('--redirect', () => {
  const users = {
    'user.py':
      'import old.util\nfrom old import live, util\nfrom old.pkg.sub import S as s\n\nprint(old.util.f(), util.g(), s, live.L)\n',
    'test_user.py':
      'from unittest import mock\nimport new.util\n\nwith mock.patch("old.util.f", return_value="patched"):\n    print(new.util.f())\n',
    'pyproject.toml': '[project]\nname = "x"\n[project.scripts]\nrun = "old.util:f"\n',
  };

  it('sends users to the new names, then deletes', async () => {
    box = sandbox({ ...TREE, ...users });
    expect(python('import warnings\nwarnings.simplefilter("ignore")\nimport user, test_user').out).toBe(
      'f g sub live\npatched',
    );
    const document = await box.json('retire', '--redirect', '--apply');
    expect(document).toMatchObject({ exitCode: 0, problems: [] });
    expect(document.data.rewritten).toEqual(['pyproject.toml', 'test_user.py', 'user.py']);
    expect(box.git('ls-files', 'old')).toBe('old/__init__.py\nold/live.py');
    expect(python('import user, test_user')).toMatchObject({ out: 'f g sub live\npatched', status: 0 });
    expect(box.git('show', 'HEAD:pyproject.toml')).toContain('run = "new.util:f"');
    expect(box.git('show', 'HEAD:user.py')).not.toContain('old.util');
  });

  it('previews the same as a patch, and writes nothing', async () => {
    box = sandbox({ ...TREE, ...users });
    const { stdout, exitCode } = await box.regraft('retire', '--redirect', '--format', 'patch');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('+from new.pkg.sub import S as s');
    expect(box.git('status', '--porcelain')).toBe('');
  });

  it('is carried out later as it was saved, or not at all', async () => {
    box = sandbox({ ...TREE, ...users });
    const saved = await box.json('retire', '--redirect', '--save', '../plan.json');
    const applied = await box.json('apply', '../plan.json');
    expect(applied).toMatchObject({ exitCode: 0, data: { plan: { id: saved.data.plan.id }, run: { status: 'done' } } });
    expect(box.git('ls-files', 'old')).toBe('old/__init__.py\nold/live.py');
    expect(await box.json('apply', '../plan.json')).toMatchObject({ exitCode: 3, problems: [{ code: 'stale-plan' }] });
  });

  it('leaves the users of a shim alone that must stay', async () => {
    const computed = 'import importlib\n\n\ndef load(name):\n    return importlib.import_module(f"old.pk{name}")\n';
    box = sandbox({
      ...TREE,
      'user.py': 'from old.util import f\nfrom old.pkg.sub import S\n',
      'computed.py': computed,
    });
    const document = await box.json('retire', '--redirect', '--apply');
    expect(document.exitCode).toBe(3);
    expect(decisions(document)).toEqual({
      'old/pkg/__init__.py': 'refuse dynamic-import',
      'old/pkg/sub.py': 'refuse dynamic-import',
      'old/util.py': 'delete',
    });
    expect(box.git('show', 'HEAD:user.py')).toBe('from new.util import f\nfrom old.pkg.sub import S');
  });

  it('leaves the name of a package in which something else stands', async () => {
    const live = { 'old/pkg/live.py': 'V = 1\n', 'user.py': 'import old.pkg.live\nfrom old.pkg.sub import S\n' };
    box = sandbox({ ...TREE, ...live });
    const document = await box.json('retire', '--redirect', '--apply');
    expect(decisions(document)).toEqual({
      'old/pkg/__init__.py': 'refuse still-used',
      'old/pkg/sub.py': 'delete',
      'old/util.py': 'delete',
    });
    expect(box.git('show', 'HEAD:user.py')).toBe('import old.pkg.live\nfrom new.pkg.sub import S');
    expect(python('import warnings\nwarnings.simplefilter("ignore")\nimport user').stderr).toBe('');
  });

  it('refuses where the new place is gone', async () => {
    box = sandbox({
      'old/__init__.py': '',
      'old/gone.py': shim('old.gone', 'new.gone'),
      'user.py': 'from old.gone import x\n',
    });
    expect(decisions(await box.json('retire', '--redirect'))).toEqual({ 'old/gone.py': 'refuse still-used' });
  });
});

it('shows evidence and the next command on a screen', async () => {
  box = sandbox({ ...TREE, 'user.py': 'from old.util import f\n' });
  expect((await box.regraft('retire')).stdout).toMatchInlineSnapshot(`
    "✓ old/pkg/__init__.py  old.pkg → new.pkg  nothing in this repository uses it

    ✓ old/pkg/sub.py  old.pkg.sub → new.pkg.sub  nothing in this repository uses it

    ✗ old/util.py  old.util → new.util  still needed
        error[still-used]: uses the old name old.util: from old.util import f
          --> user.py:1:6
          hint: import it from its new place: regraft retire --redirect

    Plan: 2 to delete, 0 to rewrite, 1 refused.
    To do it:
      regraft retire --apply
    To send users to the new names first:
      regraft retire --redirect
    "
  `);
  expect((await box.regraft('retire', '--format', 'markdown')).stdout).toMatchInlineSnapshot(`
    "## Shims

    **Plan: 2 to delete, 0 to rewrite, 1 refused.**

    |  | Shim | Old name | New name | Outcome |
    | --- | --- | --- | --- | --- |
    | ✓ | <code>old/pkg/&#95;&#95;init&#95;&#95;.py</code> | <code>old.pkg</code> | <code>new.pkg</code> | would be deleted |
    | ✓ | <code>old/pkg/sub.py</code> | <code>old.pkg.sub</code> | <code>new.pkg.sub</code> | would be deleted |
    | ✗ | <code>old/util.py</code> | <code>old.util</code> | <code>new.util</code> | still needed |

    ### Why the others stay

    - **refused** <code>still-used</code>: uses the old name old.util&#58; from old.util import f at <code>user.py&#58;1&#58;6</code><br>hint: <code>import it from its new place&#58; regraft retire --redirect</code>

    To do it: <code>regraft retire --apply</code><br>
    To send users to the new names first: <code>regraft retire --redirect</code>
    "
  `);
});

describe('a shim that gives some names under others', () => {
  const SHIM = shim('old.util', 'new.util', { renamed: [{ name: 'load', to: 'f' }] });

  it('has its users redirected to the names of now', async () => {
    box = sandbox({
      ...TREE,
      'old/util.py': SHIM,
      'app.py':
        'import old.util\nimport old.util as util\nfrom old.util import g, load\n\nprint(load(), old.util.load(), util.load(), g())\n',
    });
    const done = await box.json('retire', 'old/util.py', '--redirect', '--apply');
    expect(decisions(done)).toEqual({ 'old/util.py': 'delete' });
    expect(box.git('show', 'HEAD:app.py')).toContain('from new.util import g, f as load');
    expect(python('import app').out).toBe('f f f g');
  });

  it('stays where it is used as a value, since what is asked of it cannot be told', async () => {
    box = sandbox({
      ...TREE,
      'old/util.py': SHIM,
      'app.py': 'from old import util\n\nprint([m.load() for m in [util]])\n',
    });
    const refused = await box.json('retire', 'old/util.py', '--redirect');
    expect(decisions(refused)).toEqual({ 'old/util.py': 'refuse still-used' });
  });
});
