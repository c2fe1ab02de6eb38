/** What `check` holds a repository to besides its imports: tiers, shims, and a baseline for cycles and copies. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../src/core/model.js';
import { type Sandbox, sandbox } from '../support/cli.js';

let box: Sandbox;
afterEach(() => box.remove());

const TIERS = '[tool.regraft]\ntiers = [["app.api"], ["app.services", "lib"], ["app.core"]]\n';
const LAYERED = {
  'pyproject.toml': TIERS,
  'app/__init__.py': '',
  'app/core.py': 'x = 1\n',
  'app/services/__init__.py': '',
  'app/services/one.py': 'from app.core import x\nfrom app.services import two\n',
  'app/services/two.py': '',
  'app/api.py': 'import app.services.one\n',
};
const codes = (problems: readonly Problem[]) => problems.map(({ code, path, line }) => `${code} ${path}:${line}`);

function write(path: string, text: string): void {
  writeFileSync(join(box.top, path), text);
}

describe('tiers', () => {
  it('hold where imports go down or stay', async () => {
    box = sandbox(LAYERED);
    const { exitCode, problems } = await box.json('check');
    expect({ exitCode, problems }).toEqual({ exitCode: 0, problems: [] });
  });

  it.each<[what: string, path: string, text: string, line: number]>([
    ['an import', 'app/core.py', 'import app.services.two\nx = 1\n', 1],
    ['a name of a package', 'app/core.py', 'x = 1\nfrom app import api\n', 2],
    ['a lazy import', 'app/services/two.py', '\ndef f():\n    from app.api import g\n', 3],
    ['one by a literal name', 'app/core.py', "import importlib\nimportlib.import_module('app.api')\nx = 1\n", 2],
  ])('are broken by %s that goes up', async (_, path, text, line) => {
    box = sandbox({ ...LAYERED, 'app/api.py': 'def g(): pass\n', [path]: text });
    const { exitCode, problems } = await box.json('check');
    expect([exitCode, codes(problems)]).toEqual([1, [`tier-violation ${path}:${line}`]]);
  });

  it.each([
    ['tiers = "app"', 'list of lists'],
    ['tires = []', "knows no 'tires'"],
    ['shim-days = "x"', 'whole number'],
    ['tiers = [', 'no TOML'],
  ])('that are not written as they should be are told: %s', async (line, why) => {
    box = sandbox({ 'pyproject.toml': `[tool.regraft]\n${line}\n`, 'a.py': '' });
    const { exitCode, problems } = await box.json('check');
    expect([exitCode, problems[0].code, problems[0].message]).toEqual([
      1,
      'bad-settings',
      expect.stringContaining(why),
    ]);
  });
});

describe('shims', () => {
  it('that nobody uses are told, and those that have stood too long fail', async () => {
    box = sandbox({ 'p/__init__.py': '', 'p/old.py': 'x = 1\n', 'user.py': 'import p.old\n' });
    await box.regraft('move', 'p/old.py', 'p/new.py', '--shim', '--apply');
    expect(codes((await box.json('check')).problems)).toEqual(['unused-shim p/old.py:null']);
    write('pyproject.toml', '[tool.regraft]\nshim-days = 30\n');
    box.git('add', '-A');
    box.git('-c', 'user.name=A', '-c', 'user.email=a@example.invalid', 'commit', '-q', '-m', 'later');
    expect((await box.json('check')).exitCode).toBe(0);
    const later = new Date(Date.now() + 40 * 86_400_000).toISOString();
    box.git(
      '-c',
      'user.name=A',
      '-c',
      'user.email=a@example.invalid',
      'commit',
      '-q',
      '--allow-empty',
      '-m',
      'much later',
    );
    process.env.GIT_COMMITTER_DATE = later;
    try {
      box.git(
        '-c',
        'user.name=A',
        '-c',
        'user.email=a@example.invalid',
        'commit',
        '-q',
        '--amend',
        '--allow-empty',
        '--no-edit',
      );
    } finally {
      delete process.env.GIT_COMMITTER_DATE;
    }
    const { exitCode, problems } = await box.json('check');
    expect([exitCode, codes(problems)]).toEqual([1, ['expired-shim p/old.py:null']]);
  });
});

const BODY = Array.from(
  { length: 12 },
  (_, n) => `def f${n}(a, b):\n    c = a * ${n} + b\n    return c - a\n\n\n`,
).join('');
const KNOWN = {
  'p/__init__.py': '',
  'p/a.py': 'def f():\n    from . import b\n',
  'p/b.py': 'def f():\n    from . import a\n',
  'gone.py': 'import p.nowhere\n',
};

describe('a baseline', () => {
  it('leaves out what was known and lets new cycles and copies fail', async () => {
    box = sandbox(KNOWN);
    expect((await box.json('check')).exitCode).toBe(1);
    const saved = await box.json('check', '--save', 'known.json');
    expect([saved.exitCode, codes(saved.problems).sort()]).toEqual([
      0,
      ['import-cycle p/a.py:2', 'unimportable-module gone.py:1'],
    ]);
    expect(await box.json('check', '--baseline', 'known.json')).toMatchObject({ exitCode: 0, problems: [] });
    write('p/c.py', `from . import d\n${BODY}`);
    write('p/d.py', `def g():\n    from . import c\n`);
    write('p/copy.py', BODY);
    const { exitCode, problems } = await box.json('check', '--baseline', 'known.json');
    expect(exitCode).toBe(1);
    expect(problems.map(({ code }: Problem) => code).sort()).toEqual(['duplicate-module', 'import-cycle']);
  });

  it('that is none is refused', async () => {
    box = sandbox({ ...KNOWN, 'known.json': '{"schema": 1, "kind": "duplicates", "modules": [], "functions": []}' });
    const { exitCode, problems } = await box.json('check', '--baseline', 'known.json');
    expect([exitCode, problems[0].code]).toEqual([1, 'bad-baseline']);
  });
});

describe('for machines', () => {
  it('annotations are one command each, whatever the names', async () => {
    const name = 'odd%,:name.py';
    box = sandbox({ [name]: 'import p.nowhere\n', 'p/__init__.py': '' });
    const { stdout, exitCode } = await box.regraft('check', '--format', 'github');
    expect(exitCode).toBe(1);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.every((line) => /^::(?:error|warning|notice) \S/.test(line))).toBe(true);
    expect(stdout).toContain('file=odd%25%2C%3Aname.py,line=1');
  });

  it('SARIF tells the rule, the level and the place', async () => {
    box = sandbox(CIRCLE);
    const { stdout } = await box.regraft('check', '--format', 'sarif');
    const [run] = JSON.parse(stdout).runs;
    expect(run.results[0]).toMatchObject({
      ruleId: 'unimportable-module',
      level: 'error',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'b.py' }, region: { startLine: 1 } } }],
    });
    expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toContain('unimportable-module');
  });
});

const CIRCLE = { 'a.py': 'from b import x\ny = 1\n', 'b.py': 'from a import y\nx = 1\n' };
