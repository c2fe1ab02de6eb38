/** What is measured: each case a command of ours and what it is held against, in one repository. */
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beside, git } from '../real/support.mjs';
import { django, monorepo, standardLibrary, sympy } from './corpora.mjs';

const REGRAFT = ['node', beside('../../bin/regraft.js')];
const ours = (...args) => [...REGRAFT, ...args];
const rope = (peers, source, destination) => [
  ...peers.rope,
  beside('../bench/rope_changes.py'),
  '.',
  source,
  destination,
];

/** A map of so many moves, for `--map`. */
function mapOf(top, moves) {
  const file = join(top, '.git', `moves-${moves.length}.json`);
  writeFileSync(file, JSON.stringify(Object.fromEntries(moves)));
  return file;
}

const spread = (count) =>
  Array.from({ length: count }, (_, index) => {
    const number = index * 97 + 20;
    const module = `pkg_${String(Math.floor(number / 20)).padStart(4, '0')}/module_${number % 20}.py`;
    return [`src/${module}`, `src/moved/of_${index}.py`];
  });

/** What was learnt of the files is forgotten: the next command reads them all. */
const forget = (top) => () => rmSync(join(top, '.git', 'regraft'), { recursive: true, force: true });

/** One file says something else each time, and imports one module more or less. */
const change = (top, path) => {
  const file = join(top, path);
  const text = git(top, 'show', `HEAD:${path}`);
  return (run) => writeFileSync(file, `${text}\n# ${process.hrtime.bigint()}\n${run % 2 === 0 ? 'import json\n' : ''}`);
};

/** A change to two hundred files as a plan of ours, and as a script that copies the results and commits them. */
function twoHundred() {
  const top = monorepo(1000);
  const plan = join(top, '.git', 'plan-200.json');
  const after = join(top, '.git', 'after-200');
  const reset = () => {
    git(top, 'reset', '-q', '--hard', 'main');
    git(top, 'clean', '-q', '-fd');
    git(top, 'checkout', '-q', '-B', 'work', 'main');
  };
  const map = mapOf(
    top,
    Array.from({ length: 60 }, (_, index) => [moduleAt(index * 16 + 3), `src/moved/of_${index}.py`]),
  );
  const options = { cwd: top, maxBuffer: 1 << 28 };
  reset();
  rmSync(plan, { force: true });
  execFileSync('node', [REGRAFT[1], 'move', '--map', map, '--save', plan], options);
  execFileSync('node', [REGRAFT[1], 'apply', plan], options);
  const [changed, gone] = ['ACMR', 'D'].map((filter) =>
    git(top, 'diff', '--name-only', '--no-renames', `--diff-filter=${filter}`, 'main').trim().split('\n'),
  );
  rmSync(after, { recursive: true, force: true });
  for (const path of changed) cpSync(join(top, path), join(after, path));
  const settings = '-c core.fsync=all -c core.fsyncMethod=fsync';
  const script = `cp -r ${after}/. . && rm ${gone.join(' ')} && git ${settings} add -A && git ${settings} commit -q -m "the same"`;
  console.error(`a plan of ${changed.length} files written and ${gone.length} deleted`);
  return { top, plan, script, reset };
}

const moduleAt = (number) => `src/pkg_${String(Math.floor(number / 20)).padStart(4, '0')}/module_${number % 20}.py`;

/** `{name, top, ours, peer, most, prepare, runs}`: `most` is the ratio that is aimed at. */
export function cases(peers) {
  const graph = (name, top, state, most, prepare) => ({
    name: `graph of ${name}, ${state}, against ruff`,
    top,
    ours: ours('graph', '--format', 'json'),
    peer: [...peers.ruff, 'analyze', 'graph', '--direction', 'dependencies', '.'],
    most,
    prepare: { ours: prepare },
  });
  const graphs = (key, name, top, path) => ({
    [`graph-${key}`]: () => graph(name, top(), 'cold', 1, forget(top())),
    [`graph-${key}-warm`]: () => graph(name, top(), 'warm', 0.6),
    [`graph-${key}-changed`]: () => graph(name, top(), 'one file changed', 0.7, change(top(), path)),
  });
  const move = (name, top, source, directory, most, state, prepare) => ({
    name: `preview of one move in ${name}, ${state}, against rope`,
    top,
    ours: ours('move', source, `${directory}/`, '--format', 'json'),
    peer: rope(peers, source, directory),
    most,
    prepare: { ours: prepare },
    runs: 3,
  });
  const moves = (key, name, top, ...rest) => ({
    [`move-${key}`]: () => move(name, top(), ...rest, 'files known'),
    [`move-${key}-cold`]: () => move(name, top(), ...rest, 'nothing known', forget(top())),
  });
  const growth = (count) => ({
    name: `graph of ${count} modules, against 10000, cold`,
    top: monorepo(count),
    ours: ours('graph', '--format', 'json'),
    peer: [...ours('graph', '--format', 'json'), '-C', monorepo(10_000)],
    most: (count / 10_000) * 1.25,
    prepare: { ours: forget(monorepo(count)), peer: forget(monorepo(10_000)) },
    runs: 3,
  });
  const many = (top) => ours('move', '--map', mapOf(top, spread(100)), '--format', 'json');
  const one = (top) => ours('move', '--map', mapOf(top, spread(1)), '--format', 'json');
  return {
    ...graphs('stdlib', 'the standard library', standardLibrary, 'Lib/heapq.py'),
    ...graphs('sympy', 'SymPy', sympy, 'sympy/core/cache.py'),
    ...moves('django', 'Django', django, 'django/utils/dateparse.py', 'django/core', 1 / 10),
    ...moves('sympy', 'SymPy', sympy, 'sympy/utilities/iterables.py', 'sympy/core', 1 / 50),
    'moves-100': () => ({
      name: 'preview of 100 moves among 10,000 modules, against one move',
      top: monorepo(10_000),
      ours: many(monorepo(10_000)),
      peer: one(monorepo(10_000)),
      most: 2,
    }),
    usages: () => ({
      name: 'usages among 10,000 modules, against git grep',
      top: monorepo(10_000),
      ours: ours('usages', 'src/pkg_0000/module_7.py', '--format', 'json'),
      peer: ['git', 'grep', '-n', 'module_7'],
      most: 2,
    }),
    duplicates: () => ({
      name: 'duplicates by content in the standard library, against jscpd',
      top: standardLibrary(),
      ours: ours('duplicates', '--by', 'content', '--format', 'json'),
      peer: [...peers.jscpd, '--silent', '.'],
      most: 1,
    }),
    'apply-200': () => {
      const { top, plan, script, reset } = twoHundred();
      return {
        name: 'apply of a plan of some 200 files, against git add and git commit',
        top,
        ours: ours('apply', plan),
        peer: ['sh', '-c', script],
        most: 2,
        prepare: { ours: reset, peer: reset },
      };
    },
    'growth-20000': () => growth(20_000),
    'growth-100000': () => growth(100_000),
    'growth-300000': () => growth(300_000),
  };
}
