import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { recover } from '../../src/io/recover.js';
import { openRepository } from '../../src/io/repository.js';
import { executeRun } from '../../src/io/transaction.js';
import { LONG } from '../support/long.js';
import { movesOf, type World, world } from './support.js';

/** Which mutations fail, counted from 0; all of them go through one module. */
const faults = vi.hoisted(() => ({
  count: 0,
  from: Number.POSITIVE_INFINITY,
  until: Number.POSITIVE_INFINITY,
  code: 'EIO',
}));

vi.mock('../../src/io/mutations.js', async (original) => {
  const real = await original<Record<string, (...args: unknown[]) => unknown>>();
  const failing =
    (name: string) =>
    (...args: unknown[]) => {
      const at = faults.count++;
      if (at < faults.from || at >= faults.until) return real[name]?.(...args);
      throw Object.assign(new Error(`${faults.code}: ${name} ${at}`), { code: faults.code });
    };
  return Object.fromEntries(Object.keys(real).map((name) => [name, failing(name)]));
});

beforeEach(() => arm(Number.POSITIVE_INFINITY));

function arm(from: number, until = Number.POSITIVE_INFINITY, code = 'EIO'): void {
  Object.assign(faults, { count: 0, from, until, code });
}

function prepared(): World {
  const made = world({
    'a.py': 'import b_robust\n',
    'pkg/b_robust.py': 'x\n',
    'old/moved.py': 'from .other import x\n',
    'swap/one.py': 'one\n',
    'swap/two.py': 'two\n',
    's.py': 's',
    '.gitignore': '*.pyc\n',
  });
  made.write('pkg/__pycache__/b_robust.cpython-311.pyc', 'compiled');
  made.write('s.py', 'staged').git('add', 's.py');
  return made;
}

/** All there is: a rewrite, a deletion, a creation, a move with edits that needs a commit of its own, files that swap. */
function everything(made: World) {
  const moves = { 'old/moved.py': 'new/deep/moved.py', 'swap/one.py': 'swap/two.py', 'swap/two.py': 'swap/one.py' };
  const others = { 'a.py': 'import b\n', 'pkg/b_robust.py': null, 'new/c.py': 'c\n' };
  return movesOf(made, moves, { ...others, 'new/deep/moved.py': 'from pkg.others import x as y\n' });
}

const apply = async (made: World) =>
  executeRun(await openRepository(made.top), {
    batches: [everything(made)],
    verify: { commands: [], hooks: false },
  });

/** `npm run test:long` takes every mutation; the quick suite every sixteenth, and the last, each test from another start. */
function points(mutations: number, start: number): number[] {
  const all = Array.from({ length: mutations }, (_, point) => point);
  if (LONG) return all;
  return all.filter((point) => point % 16 === start || point === mutations - 1);
}

/** Milliseconds; the whole sweep carries out well over a hundred runs. */
const LONG_ENOUGH = LONG ? 1_200_000 : 180_000;

/** The signature without what differs from one run to the next: commit ids. */
const worldOf = (made: World) => [
  ...made.signature().filter((line) => !/^[0-9a-f]{40}( commit|\n)/.test(line)),
  made.git('rev-parse', 'HEAD^{tree}'),
];

async function reference() {
  const made = prepared();
  const before = worldOf(made);
  arm(Number.POSITIVE_INFINITY);
  expect(await apply(made)).toMatchObject({ status: 'done', moveCommits: [expect.any(String)] });
  return { before, after: worldOf(made), mutations: faults.count };
}

function expectClean(made: World): void {
  const left = readdirSync(made.top, { recursive: true }).map(String);
  expect(left.filter((name) => /(^|\/)(\.regraft-|journal\.json$|index\.lock$|index\.aside)/.test(name))).toEqual([]);
}

test(
  'a crash at any change is recovered to exactly old or exactly new',
  async () => {
    const { before, after, mutations } = await reference();
    const seen = { old: 0, new: 0 };
    for (const point of points(mutations, 0)) {
      const made = prepared();
      arm(point); // from here on nothing works any more, as if the process were gone
      await apply(made).catch(() => undefined);
      arm(Number.POSITIVE_INFINITY);
      forgetLock(made);
      await recover(await openRepository(made.top));
      const end = worldOf(made);
      expect([before, after], `crash at mutation ${point}`).toContainEqual(end);
      expectClean(made);
      seen[JSON.stringify(end) === JSON.stringify(before) ? 'old' : 'new']++;
    }
    expect(seen.old).toBeGreaterThan(LONG ? 3 : 1);
    expect(seen.new).toBeGreaterThan(0);
  },
  LONG_ENOUGH,
);

test(
  'a single failure of any change leaves exactly old or exactly new, if need be after recover',
  async () => {
    const { before, after, mutations } = await reference();
    for (const point of points(mutations, 2)) {
      const made = prepared();
      arm(point, point + 1, 'ENOSPC');
      await apply(made).catch(() => undefined);
      forgetLock(made);
      await recover(await openRepository(made.top));
      expect([before, after], `failure of mutation ${point}`).toContainEqual(worldOf(made));
      expectClean(made);
    }
  },
  LONG_ENOUGH,
);

/** The lock of a dead process is taken over; here the dead process is our own. */
function forgetLock(made: World): void {
  const lock = join(made.top, '.git/regraft/lock');
  if (existsSync(lock)) made.write('.git/regraft/lock', '{}');
}
