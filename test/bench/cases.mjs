/** What is measured: each case a command of ours and what it is held against, in one repository. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beside } from '../real/support.mjs';
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

/** `{name, top, ours, peer, most, runs}`: `most` is the ratio that is aimed at. */
export function cases(peers) {
  const graph = (name, top) => ({
    name: `graph of ${name}, against ruff`,
    top,
    ours: ours('graph', '--format', 'json'),
    peer: [...peers.ruff, 'analyze', 'graph', '--direction', 'dependencies', '.'],
    most: 1,
  });
  const many = (top) => ours('move', '--map', mapOf(top, spread(100)), '--format', 'json');
  const one = (top) => ours('move', '--map', mapOf(top, spread(1)), '--format', 'json');
  return {
    'graph-stdlib': () => graph('the standard library', standardLibrary()),
    'graph-sympy': () => graph('SymPy', sympy()),
    'move-django': () => ({
      name: 'preview of one move in Django, against rope',
      top: django(),
      ours: ours('move', 'django/utils/text.py', 'django/core/', '--format', 'json'),
      peer: rope(peers, 'django/utils/text.py', 'django/core'),
      most: 1 / 10,
    }),
    'move-sympy': () => ({
      name: 'preview of one move in SymPy, against rope',
      top: sympy(),
      ours: ours('move', 'sympy/utilities/iterables.py', 'sympy/core/', '--format', 'json'),
      peer: rope(peers, 'sympy/utilities/iterables.py', 'sympy/core'),
      most: 1 / 50,
      runs: 3,
    }),
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
    growth: () => ({
      name: 'graph of 20,000 modules, against 10,000',
      top: monorepo(20_000),
      ours: ours('graph', '--format', 'json'),
      peer: [...ours('graph', '--format', 'json'), '-C', monorepo(10_000)],
      most: 2.5,
    }),
  };
}
