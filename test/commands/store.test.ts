/**
 * What is kept between runs changes no answer: after each of many random changes, every command says with what it kept what it
 * says without.
 */
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { randomNumbers } from '../real/support.mjs';
import { type Sandbox, sandbox } from '../support/cli.js';
import { LONG } from '../support/long.js';

const COMMANDS = [
  ['graph'],
  ['usages', 'pkg.b'],
  ['why', 'pkg.a', 'pkg.c'],
  ['inventory'],
  ['duplicates'],
  ['move', 'pkg/b.py', 'pkg/new/b.py'],
];
const STEPS = LONG ? 60 : 2;

const FILES = {
  'pkg/__init__.py': "__all__ = ['a']\nfrom .a import f\n",
  'pkg/a.py': 'from . import b\nfrom .b import x as y\ndef f():\n    import pkg.c\n',
  'pkg/b.py': "import importlib\nx = importlib.import_module('pkg.c')\n",
  'pkg/c.py': "name = 'pkg.b'\ntry:\n    import pkg.d\nexcept ImportError:\n    pass\n",
  'pkg/old.py': "print 'pkg.b'\n",
  'pkg/round.py': 'from .about import *\nfrom .about import f as g\n',
  'pkg/about.py': 'from .round import *\nfrom .a import *\nfrom . import round, y\n',
  'asks.py': 'from pkg.round import f, y, gone\nfrom pkg import z\n',
  'run.py': 'import sys\nimport pkg.a\nmatch sys.argv:\n    case [x]: from pkg import b\n',
  'notes.md': 'see `pkg.b`\n',
  'cells.ipynb': JSON.stringify({
    cells: [{ cell_type: 'code', metadata: {}, outputs: [], execution_count: null, source: ['import pkg.b\n'] }],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  }),
};

const LINES = [
  'import pkg.b\n',
  'from pkg import a, c as d\n',
  'from .b import *\n',
  "z = 'pkg.b'\n",
  'if TYPE_CHECKING:\n    import pkg.c\n',
  "__import__('pkg.' + z)\n",
  'def g(): from . import b\n',
  'x = (\n',
  "print 'pkg.c'\n",
];

afterEach(() => vi.restoreAllMocks());

/** Files that were written just now are remembered only by a process that starts later: each run is one. */
function runLater(): void {
  const now = Date.now;
  vi.spyOn(Date, 'now').mockImplementation(() => now() + 10_000);
}

async function answers(made: Sandbox): Promise<unknown[]> {
  const said: unknown[] = [];
  for (const command of COMMANDS) {
    const { exitCode, stdout } = await made.regraft(...command, '--format', 'json');
    said.push({ command, exitCode, document: JSON.parse(stdout) });
  }
  return said;
}

/** The same with nothing kept; then what was kept is put back, to grow old. */
async function answersWithout(made: Sandbox): Promise<unknown[]> {
  const [state, aside] = [join(made.top, '.git', 'regraft'), join(made.top, '..', 'aside')];
  cpSync(state, aside, { recursive: true, preserveTimestamps: true });
  rmSync(state, { recursive: true });
  const said = await answers(made);
  rmSync(state, { recursive: true });
  cpSync(aside, state, { recursive: true, preserveTimestamps: true });
  rmSync(aside, { recursive: true });
  return said;
}

/** What people and accidents do to a repository and to what is kept. */
function changes(made: Sandbox, random: () => number): Record<string, () => void> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const files = () =>
    made
      .git('ls-files', '-z', '-co', '--exclude-standard')
      .split('\0')
      .filter((path) => path.endsWith('.py'));
  const present = () => files().filter((path) => existsSync(join(made.top, path)));
  const edit = (path: string, change: (text: string) => string) =>
    made.write({ [path]: change(readFileSync(join(made.top, path), 'utf8')) });
  const damage = (name: string) => {
    const path = join(made.top, '.git', 'regraft', name);
    const bytes = readFileSync(path);
    const at = Math.floor(random() * bytes.length);
    writeFileSync(path, random() < 0.5 ? bytes.subarray(0, at) : bytes.fill(bytes.readUInt8(at) ^ 8, at, at + 1));
  };
  return {
    'a line more': () => edit(pick(present()), (text) => text + pick(LINES)),
    'a line instead': () => edit(pick(present()), (text) => text.replace(/^.*\n/, pick(LINES))),
    'a letter instead': () =>
      edit(pick(present()), (text) => text.replace(/[bc]\b/, (letter) => (letter === 'b' ? 'c' : 'b'))),
    'line ends': () => edit(pick(present()), (text) => text.replace(/\r?\n/g, random() < 0.5 ? '\r\n' : '\n')),
    'a file more': () => made.write({ [`pkg/${pick(['d', 'e', 'f'])}.py`]: pick(LINES) }),
    'a file less': () => rmSync(join(made.top, pick(present()))),
    'a file renamed': () => made.git('mv', '-f', pick(made.git('ls-files', 'pkg/*.py').split('\n')), 'pkg/moved.py'),
    commit: () => made.git('commit', '-q', '-a', '--allow-empty', '-m', 'step'),
    'another commit': () => made.git('checkout', '-q', '-f', pick(made.git('rev-list', '--all').split('\n'))),
    'skims damaged': () => damage('skims'),
    'seen damaged': () => damage('seen'),
    'skims deleted': () => rmSync(join(made.top, '.git', 'regraft', 'skims')),
    'seen deleted': () => rmSync(join(made.top, '.git', 'regraft', 'seen')),
    'links damaged': () => damage('links'),
    'facts damaged': () => damage('facts'),
    'facts deleted': () => rmSync(join(made.top, '.git', 'regraft', 'facts')),
    'prints damaged': () => damage('prints'),
    'prints deleted': () => rmSync(join(made.top, '.git', 'regraft', 'prints')),
    'links deleted': () => rmSync(join(made.top, '.git', 'regraft', 'links')),
  };
}

test.each(LONG ? [1, 2, 3] : [1])(
  'the same answers with what was kept and without, seed %i',
  async (seed) => {
    runLater();
    const made = sandbox(FILES);
    const random = randomNumbers(seed);
    const steps = Object.entries(changes(made, random));
    const done = ['cold', 'warm'];
    expect(await answers(made)).toEqual(await answers(made));
    for (let left = STEPS; left > 0; left--) {
      const [name, change] = steps[Math.floor(random() * steps.length)] as (typeof steps)[number];
      done.push(name);
      try {
        change();
      } catch {
        done.push('(not possible now)');
      }
      expect(await answers(made), done.join(', ')).toEqual(await answersWithout(made));
    }
    made.remove();
  },
  300_000,
);

test('processes that run at once give the answers of one, and leave nothing behind', async () => {
  const made = sandbox(FILES);
  const alone = await answers(made);
  rmSync(join(made.top, '.git', 'regraft'), { recursive: true });
  for (const each of await Promise.all([answers(made), answers(made), answers(made)])) expect(each).toEqual(alone);
  expect(await answers(made)).toEqual(alone);
  made.remove();
}, 60_000);
