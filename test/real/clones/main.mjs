/**
 * Plants copies that differ in one known way among thousands of real files, and asks `duplicates --by content` for them: are all
 * found, is anything else reported, and is the report of each pair exact, symbol by symbol? With `--jscpd PROGRAM` the same tree
 * is given to jscpd, and what it finds is counted by the same rule.
 *
 *   node test/real/clones/main.mjs [--each 20] [--seed 1] [--jscpd PROGRAM] [--keep]
 *
 * Exit code 1 when a copy was missed, something else was reported, or a report is not exact.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { fillLibrary, LIBRARY, PACKAGES } from '../preservation/packages.mjs';
import { beside, git, PYTHON, randomNumbers, run, table } from '../support.mjs';
import { jscpdPairs } from './jscpd.mjs';
import { inexact } from './truth.mjs';

const { values: options } = parseArgs({
  options: {
    each: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    jscpd: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});
const PLANT = beside('clones/plant_clones.py');
const REGRAFT = process.env.REGRAFT ?? beside('../../bin/regraft.js');
const KINDS = ['exact', 'reformatted', 'renamed', 'removed', 'added', 'default', 'reordered', 'half'];
const SMALLEST = 60;
const random = randomNumbers(Number(options.seed));
const pick = (list) => list[Math.floor(random() * list.length)];
const work = mkdtempSync(join(tmpdir(), 'clones-'));

/** A repository that holds all packages and the standard library. */
function corpus() {
  const top = join(work, 'corpus');
  const copy = (from, to) =>
    cpSync(from, to, { recursive: true, filter: (path) => !/__pycache__|\.pyc$|site-packages|\.(so|a)$/.test(path) });
  for (const name of PACKAGES.flatMap(({ tops }) => tops))
    if (existsSync(join(LIBRARY, name))) copy(join(LIBRARY, name), join(top, 'packages', name));
  const standard = run(PYTHON, ['-c', 'import sysconfig; print(sysconfig.get_paths()["stdlib"])']).stdout.trim();
  copy(standard, join(top, 'standard'));
  git(top, 'init', '-q');
  git(top, 'add', '-A', '-f', '*.py');
  git(top, 'commit', '-q', '-m', 'Original');
  return { top, paths: git(top, 'ls-files', '-z').split('\0').filter(Boolean) };
}

function duplicates(top, ...args) {
  const { stdout } = run('node', [REGRAFT, 'duplicates', '--by', 'content', '--format', 'json', ...args], { cwd: top });
  return JSON.parse(stdout).data;
}

function compared(top, { source, path }) {
  return JSON.parse(run('node', [REGRAFT, 'compare', source, path, '--format', 'json'], { cwd: top }).stdout).data;
}

/** `{kind, source, path, truth}` of each copy; no module is taken twice. */
function plantAll(top, paths) {
  const large = paths.filter((path) => readFileSync(join(top, path), 'latin1').split('\n').length >= SMALLEST);
  const directories = [...new Set(paths.map(dirname))];
  const planted = [];
  for (const kind of KINDS) {
    for (let left = Number(options.each), number = 0; left > 0 && number < 2000; number++) {
      const source = large.splice(Math.floor(random() * large.length), 1)[0];
      const path = join(pick(directories), `found_${kind}_${number}.py`);
      const args = [PLANT, kind, join(top, source), join(top, path), String(Math.floor(random() * 1e9))];
      const { status, stdout } = run(PYTHON, ['-W', 'ignore', ...args], { allowed: [0, 1] });
      if (status !== 0 || stdout === '') continue;
      planted.push({ kind, source, path, truth: JSON.parse(stdout) });
      left--;
    }
  }
  return planted;
}

const keyOf = (a, b) => [a, b].sort().join('\n');

/** All pairs inside the families: what is in one family is said to be alike. */
function pairsOf({ families }) {
  return new Set(
    families.flatMap(({ members }) => members.flatMap((a, index) => members.slice(index + 1).map((b) => keyOf(a, b)))),
  );
}

/** What is alike by Python's own syntax trees is no false report, whether it was planted or not. */
const REALLY_ALIKE = 0.6;

function notAlike(top, keys) {
  const input = keys.map((key) => `${JSON.stringify(key.split('\n').map((path) => join(top, path)))}\n`).join('');
  const rates = run(PYTHON, ['-W', 'ignore', PLANT, 'alike'], { input }).stdout.split('\n');
  return keys.filter((_, index) => Number(rates[index]) < REALLY_ALIKE);
}

/** How many of each kind were found, and what was newly reported that is not alike. */
function judged(top, planted, before, after) {
  const wanted = new Map(planted.map(({ source, path }) => [path, source]));
  const found = planted.filter(({ source, path }) => after.has(keyOf(source, path)));
  const others = [...after].filter((key) => {
    const [a, b] = key.split('\n');
    if (before.has(key) || wanted.get(a) === b || wanted.get(b) === a) return false;
    // A copy of what had a copy before is a copy of that as well.
    const origin = (path) => wanted.get(path) ?? path;
    return !(origin(a) !== origin(b) && before.has(keyOf(origin(a), origin(b))));
  });
  return { found, others: notAlike(top, others) };
}

function row(kind, planted, { found }) {
  const [all, own] = [planted, found].map((list) => list.filter((each) => kind === 'all' || each.kind === kind).length);
  return `${own} of ${all}`;
}

function report(planted, ours, peer, inexactPairs) {
  const rows = [...KINDS, 'all'].map((kind) => {
    const wrong = inexactPairs.filter((each) => kind === 'all' || each.kind === kind).length;
    const exact = ours.found.filter((each) => kind === 'all' || each.kind === kind).length - wrong;
    return [kind, row(kind, planted, ours), exact, ...(peer ? [row(kind, planted, peer)] : [])];
  });
  const head = ['copies', 'found', 'reported exactly', ...(peer ? ['jscpd'] : [])];
  const besides = ['besides', ours.others.length, '', ...(peer ? [peer.others.length] : [])];
  return table([head, ...rows, besides]);
}

function main() {
  fillLibrary();
  const { top, paths } = corpus();
  console.error(`${paths.length} files`);
  const before = { ours: pairsOf(duplicates(top)), peer: options.jscpd ? jscpdPairs(options.jscpd, top) : null };
  const planted = plantAll(top, paths);
  git(top, 'add', '-A', '-f', '*.py');
  git(top, 'commit', '-q', '-m', 'Planted');
  console.error(`${planted.length} copies planted`);
  // Pinned, so that each pair is reported from the original's side.
  const data = duplicates(top, ...planted.flatMap(({ source }) => ['--keep', source]));
  const ours = judged(top, planted, before.ours, pairsOf(data));
  const peer = options.jscpd ? judged(top, planted, before.peer, jscpdPairs(options.jscpd, top)) : null;
  const wrong = ours.found.flatMap((copy) => {
    const pair = data.pairs.find(({ keep, remove }) => keep === copy.source && remove === copy.path);
    // In a family of several planted originals only one can be kept.
    const symbols = (pair ?? compared(top, copy)).symbols;
    const differences = inexact(copy.truth, symbols);
    return differences.length > 0 ? [{ ...copy, differences }] : [];
  });
  for (const { kind, source, path } of planted.filter((copy) => !ours.found.includes(copy)))
    console.log(`missed: ${kind} ${source} ${path}`);
  for (const key of ours.others) console.log(`besides: ${key.replace('\n', ' ')}`);
  for (const { kind, source, path, differences } of wrong)
    console.log(`not exact: ${kind} ${source} ${path}: ${differences.slice(0, 4).join('; ')}`);
  console.log(report(planted, ours, peer, wrong));
  if (options.keep) writeFileSync(join(work, 'planted.json'), JSON.stringify(planted));
  return ours.found.length < planted.length || ours.others.length > 0 || wrong.length > 0 ? 1 : 0;
}

try {
  mkdirSync(work, { recursive: true });
  process.exitCode = main();
} finally {
  if (options.keep) console.error(`kept: ${work}`);
  else rmSync(work, { recursive: true, force: true });
}
