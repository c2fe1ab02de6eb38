/**
 * Runs test suites under a spy on imports and requires every import between the repository's own files that happened to
 * be an edge of `regraft graph`.
 *
 *   node test/real/runtime-recall.mjs [--packages parso,click] [--without-bundled] [--keep]
 *
 * The packages are fetched as source distributions by pip, because those carry the tests; pytest must be installed.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundledRepository } from '../../dist/src/bundled/index.js';
import { beside, git, PYTHON, run, table } from './support.mjs';

const { values: options } = parseArgs({
  options: {
    packages: { type: 'string', default: 'parso,click' },
    'without-bundled': { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const REGRAFT = process.env.REGRAFT ?? beside('../../bin/regraft.js');
const work = mkdtempSync(join(tmpdir(), 'recall-'));

function commitAll(directory) {
  git(directory, 'init', '-q', '-b', 'main');
  git(directory, 'add', '-A', '-f');
  git(directory, 'commit', '-q', '-m', 'Original');
}

function bundled() {
  const { name, files } = bundledRepository();
  const directory = join(work, name);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  commitAll(directory);
  return { name, directory, suite: ['-m', 'unittest', 'discover', '-q'] };
}

function fetched(requirement) {
  const store = join(work, `sdist-${requirement}`);
  run(PYTHON, ['-m', 'pip', 'download', '-q', '--no-binary', ':all:', '--no-deps', '-d', store, requirement]);
  const archive = readdirSync(store).find((name) => name.endsWith('.tar.gz'));
  run('tar', ['-xzf', join(store, archive), '-C', store]);
  const directory = join(work, requirement);
  cpSync(join(store, archive.replace('.tar.gz', '')), directory, { recursive: true });
  commitAll(directory);
  return {
    name: archive.replace('.tar.gz', ''),
    directory,
    suite: ['-m', 'pytest', '-q', '-x', '-p', 'no:cacheprovider'],
  };
}

/** Runs the suite under the spy; what happened, one row per pair of files, and the last line of its output. */
function spied({ directory, suite, name }) {
  const site = join(work, `spy-${name}`);
  const log = join(site, 'imports.jsonl');
  mkdirSync(site);
  cpSync(beside('import_spy.py'), join(site, 'sitecustomize.py'));
  writeFileSync(log, '');
  const path = [site, join(directory, 'src'), directory].filter(existsSync).join(':');
  const env = { ...process.env, PYTHONPATH: path, PYTHONDONTWRITEBYTECODE: '1', SPY_ROOT: directory, SPY_LOG: log };
  const { status, stdout, stderr } = run(PYTHON, suite, { cwd: directory, env, allowed: [0, 1] });
  const rows = readFileSync(log, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const byPair = (some) => new Map(some.map((row) => [`${row.path} -> ${row.importedPath}`, row]));
  const pairs = byPair(rows.filter((row) => !row.compiled));
  const unpickled = [...byPair(rows.filter((row) => row.compiled))].filter(([pair]) => !pairs.has(pair));
  const last = `${stdout}\n${stderr}`.trim().split('\n').filter(Boolean).at(-1);
  return { status, last, pairs, unpickled };
}

function graphOf(directory) {
  const { stdout } = run(process.execPath, [REGRAFT, 'graph', '--format', 'json'], { cwd: directory });
  return JSON.parse(stdout).data.imports;
}

function judge(target) {
  const { status, last, pairs, unpickled } = spied(target);
  const edges = graphOf(target.directory);
  const known = new Set(edges.map((edge) => `${edge.path} -> ${edge.importedPath}`));
  const missing = [...pairs].filter(([pair]) => !known.has(pair)).map(([, row]) => row);
  for (const { path, line, importedPath, name } of missing) {
    console.log(`MISSING ${target.name}: ${path}:${line} imported ${name} (${importedPath})`);
  }
  for (const [pair, { line }] of unpickled) console.log(`apart, ${target.name}: unpickling at line ${line}: ${pair}`);
  if (status !== 0) console.log(`the suite of ${target.name} fails: ${last}`);
  return [
    target.name,
    pairs.size,
    known.size,
    missing.length,
    unpickled.length,
    status === 0 ? 'passes' : 'FAILS',
    last ?? '',
  ];
}

function main() {
  const targets = options['without-bundled'] ? [] : [bundled()];
  targets.push(...options.packages.split(',').filter(Boolean).map(fetched));
  const rows = targets.map(judge);
  console.log(
    table([
      ['repository', 'pairs at run time', 'pairs in the graph', 'missing', 'only by unpickling', 'suite', ''],
      ...rows,
    ]),
  );
  process.exitCode = rows.some((row) => row[1] === 0 || row[3] > 0 || row[5] === 'FAILS') ? 1 : 0;
}

try {
  main();
} finally {
  if (options.keep) console.log(`kept: ${work}`);
  else rmSync(work, { recursive: true, force: true });
}
