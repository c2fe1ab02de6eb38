/** Files that are made to keep a reader busy: deep, long, repetitive. Every command ends, and says what it saw. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, sandbox } from '../support/cli.js';
import { LONG } from '../support/long.js';

const MANY = LONG ? 3000 : 800;
const USE = 'import pkg.x_robust\n';
const CODE = 'def f():\n    return 1\n';
const list = (count: number, entry: (index: number) => string, between = '') =>
  Array.from({ length: count }, (_, index) => entry(index)).join(between);

/** Each with the name at its end, so that nothing may stop early. */
const FILES: Readonly<Record<string, string>> = {
  'pkg/__init__.py': '',
  'pkg/x.py': CODE,
  'pkg/x_robust.py': CODE,
  'dotted.py': `${USE}x = "${'a.'.repeat(MANY)}pkg.x_robust"\n`,
  'comment.py': `${USE}# ${'pkg.'.repeat(MANY)}x_robust\n`,
  'brackets.py': `${USE}y = ${'('.repeat(MANY)}pkg.x_robust.f${')'.repeat(MANY)}\n`,
  'terms.py': `${USE}y = ${list(LONG ? 50_000 : 15_000, () => 'y', ' + ')}\n`,
  'calls.py': `${USE}y = ${list(MANY, () => 'pkg.x_robust.f()', ' + ')}\n`,
  'indented.py': `${USE}${list(90, (depth) => `${' '.repeat(depth)}if 1:\n`)}${' '.repeat(90)}pkg.x_robust.f()\n`,
  'sentence.py': `${USE}"""${'from pkg import '.repeat(MANY)} x_robust"""\n`,
  'formatted.py': `${USE}z = f"${'{'.repeat(50)}pkg.x_robust${'}'.repeat(50)}"\n`,
  'names.py': `from pkg.x_robust import ${list(MANY, (index) => `f as f${index}`, ', ')}\n`,
  'stars.py': `${USE}${list(MANY, (index) => `from .p${index} import *\n`)}`,
  'lambdas.py': `${USE}z = ${'lambda: '.repeat(1000)}pkg.x_robust.f\n`,
  'chain.py': `${USE}x${'.a'.repeat(MANY)}\npkg${'.x_robust'.repeat(MANY)}\n`,
  'continued.py': `${USE}${'\\\n'.repeat(MANY)}pkg.x_robust.f()\n`,
  'computed.py': `${USE}import importlib\nimportlib.import_module("pkg." + ${list(MANY, () => '"x"', ' + ')} + "_robust")\n`,
  'long.md': `${'python -m '.repeat(MANY)}pkg.x_robust\n${'`'.repeat(MANY)}pkg.x_robust${'`'.repeat(MANY)}\n`,
  'long.yml': `run: ${'python -m '.repeat(MANY)}pkg.x_robust\n`,
  'deep.json': `${'['.repeat(100_000)}"pkg.x_robust"${']'.repeat(100_000)}`,
  'deep.toml': `x = ${'['.repeat(MANY)}"pkg.x_robust"${']'.repeat(MANY)}\n`,
  'laughs.yaml': `a: &a [pkg.x_robust]\n${list(9, (index) => `b${index}: &b${index} [${list(10, () => (index ? `*b${index - 1}` : '*a'), ',')}]\n`)}`,
  'deep.ipynb': `${'{"cells":['.repeat(MANY)}"pkg.x_robust"${']}'.repeat(MANY)}`,
  'spaces.ini': `[a]\nx = ${' '.repeat(100_000)}pkg.x_robust${' '.repeat(100_000)}\n`,
  'slashes.txt': `${'pkg/'.repeat(MANY)}x_robust.py ${'\\'.repeat(MANY)}\n`,
  'quotes.sh': `python ${'-u '.repeat(MANY)}pkg/x_robust.py\n${'"'.repeat(MANY)}\n`,
  'parents.js': `require("${'../'.repeat(MANY)}pkg/x_robust.py")\n`,
};

let box: Sandbox;
beforeAll(() => {
  box = sandbox(FILES);
});
afterAll(() => box.remove());

it.each([
  [0, ['graph']],
  [3, ['dedupe']],
  [3, ['move', 'pkg/x_robust.py', 'pkg/core/y.py']],
] as const)('exit code %i: %s', async (expected, args) => {
  const { exitCode, problems, data } = await box.json(...args);
  expect(problems.filter(({ code }: { code: string }) => code === 'internal-error')).toEqual([]);
  expect([exitCode, Object.keys(data).length > 0]).toEqual([expected, true]);
});

it('every file that names the module is named', async () => {
  const text = JSON.stringify((await box.json('usages', 'pkg/x_robust.py')).data);
  const users = Object.keys(FILES).filter((path) => !path.startsWith('pkg/'));
  expect(users.filter((path) => !text.includes(`"${path}"`))).toEqual([]);
});
