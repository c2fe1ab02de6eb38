/**
 * In copies of installed packages, plants a copy of a module and redirects half of its importers to it; then
 * `dedupe --apply` must give back the original tree, byte for byte.
 *
 *   node test/real/planted-copies.mjs [--cases 100] [--seed 1] [--packages a,b,c] [--only-plant] [--keep]
 *
 * Exit code 1 when a case ends neither restored nor refused. `--only-plant` stops after the planting has been checked.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { beside, git, PYTHON, randomNumbers, run, table } from './support.mjs';

const { values: options } = parseArgs({
  options: {
    cases: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    packages: { type: 'string' },
    'only-plant': { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    show: { type: 'string', default: '30' },
  },
});
const PLANT = beside('plant_copy.py');
const REGRAFT = process.env.REGRAFT ?? beside('../../bin/regraft.js');
const MOST_FILES = 700;
/** Taken first where installed; every other pure package follows. */
const PREFERRED =
  'flask jinja2 click requests networkx docutils pygments werkzeug jsonschema mpmath pyparsing packaging prompt_toolkit parso jedi urllib3 rich docker graphql responses traitlets joserfc jsonpath_ng trio aws_xray_sdk openapi_spec_validator referencing';

const random = randomNumbers(Number(options.seed));
const pick = (list) => list[Math.floor(random() * list.length)];
const work = mkdtempSync(join(tmpdir(), 'planted-'));

function installedPackages() {
  const site = run(PYTHON, ['-c', 'import sysconfig; print(sysconfig.get_paths()["purelib"])']).stdout.trim();
  const wished = (options.packages ?? PREFERRED).split(/[ ,]+/);
  return wished
    .filter((name) => existsSync(join(site, name, '__init__.py')))
    .map((name) => ({ name, origin: join(site, name) }));
}

function isUsable({ origin }) {
  const names = readdirSync(origin, { recursive: true });
  return (
    names.filter((name) => name.endsWith('.py')).length <= MOST_FILES && !names.some((name) => /\.(so|pyd)$/.test(name))
  );
}

const candidatesOf = new Map();

/** A repository that holds the package at its top, or under src/. */
function repositoryOf({ name, origin }, layout) {
  const directory = join(work, `${name}-${layout}`);
  const root = layout === 'src' ? join(directory, 'src') : directory;
  mkdirSync(root, { recursive: true });
  cpSync(origin, join(root, name), { recursive: true, filter: (path) => !path.includes('__pycache__') });
  git(directory, 'init', '-q', '-b', 'main');
  git(directory, 'add', '-A', '-f');
  git(directory, 'commit', '-q', '-m', 'Original');
  if (!candidatesOf.has(name)) {
    candidatesOf.set(name, JSON.parse(run(PYTHON, [PLANT, 'candidates', root, name]).stdout));
  }
  const head = git(directory, 'rev-parse', 'HEAD');
  return {
    name,
    layout,
    directory,
    root,
    head,
    tree: git(directory, 'rev-parse', 'HEAD^{tree}'),
    candidates: candidatesOf.get(name),
  };
}

const styleCounts = new Map();

/** Prefers modules whose importers show styles that were seldom tried. */
function chooseModule(candidates) {
  const rarity = ({ styles }) => Math.min(...styles.map((style) => styleCounts.get(style) ?? 0));
  const drawn = Array.from({ length: 3 }, () => pick(candidates));
  return drawn.sort((a, b) => rarity(a) - rarity(b))[0].module;
}

/** Which of some modules can be imported from the repository. */
function importable(root, modules) {
  const script = `import sys, importlib
for name in sys.argv[1:]:
    try: importlib.import_module(name)
    except BaseException: continue
    print("importable", name)`;
  const env = { ...process.env, PYTHONPATH: root };
  const { stdout } = run(PYTHON, ['-B', '-W', 'ignore', '-c', script, ...modules], { env, allowed: [0, 1] });
  return new Set([...stdout.matchAll(/^importable (.*)$/gm)].map((match) => match[1]));
}

function plantCase(repository, module) {
  git(repository.directory, 'reset', '-q', '--hard', repository.head);
  const seed = String(Math.floor(random() * 1e9));
  const planted = JSON.parse(
    run(PYTHON, [PLANT, 'plant', repository.root, repository.name, module, '_robust', seed]).stdout,
  );
  const modules = [`${module}_robust`, ...planted.redirected.map((each) => each.module)];
  const after = importable(repository.root, modules);
  git(repository.directory, 'add', '-A', '-f');
  git(repository.directory, 'commit', '-q', '-m', `Plant a copy of ${module}`);
  return { ...planted, lost: modules.filter((name) => !after.has(name)) };
}

/** Modules of a planting that the original can import and the planted one cannot: the planting itself is wrong. */
function wronglyPlanted(repository, planted) {
  if (planted.lost.length === 0) return [];
  git(repository.directory, 'checkout', '-q', repository.head);
  const before = importable(
    repository.root,
    planted.lost.map((name) => name.replace(/_robust$/, '')),
  );
  git(repository.directory, 'checkout', '-q', 'main');
  return planted.lost.filter((name) => before.has(name.replace(/_robust$/, '')));
}

function dedupe(repository) {
  const prefix = repository.layout === 'src' ? 'src/' : '';
  const args = [REGRAFT, 'dedupe', `${prefix}${repository.name}`, '--suffix', '_robust', '--apply', '--format', 'json'];
  const result = run(process.execPath, args, { cwd: repository.directory, allowed: [0, 1, 2, 3, 4] });
  try {
    return { status: result.status, document: JSON.parse(result.stdout) };
  } catch {
    return { status: result.status, document: null, output: result.stdout + result.stderr };
  }
}

function verdict(repository, { status, document, output }) {
  if (status === 3) {
    const reasons = [...(document?.problems ?? []), ...(document?.data?.plan?.refusals ?? [])].filter(
      (each) => each.severity !== 'info',
    );
    const codes = [...new Set(reasons.map((each) => each.code))].sort();
    return {
      outcome: 'refused',
      codes,
      detail: reasons.slice(0, 3).map((each) => `${each.path}:${each.line} ${each.message}`),
    };
  }
  if (status !== 0)
    return {
      outcome: 'broken',
      codes: [`exit ${status}`],
      detail: [JSON.stringify(document?.problems) ?? output.slice(0, 600)],
    };
  const tree = git(repository.directory, 'rev-parse', 'HEAD^{tree}');
  const left = git(repository.directory, 'status', '--porcelain', '--untracked-files=all');
  if (tree === repository.tree && left === '') return { outcome: 'restored', codes: [], detail: [] };
  const diff = git(repository.directory, 'diff', repository.head, 'HEAD').slice(0, 1500);
  return { outcome: 'broken', codes: ['tree differs'], detail: [diff, left] };
}

let shown = 0;
function tell(repository, module, planted, { outcome, codes, detail }) {
  if (outcome === 'restored' || shown++ >= Number(options.show)) return;
  const importers = planted.redirected.map(({ path, styles }) => `${path} [${[...new Set(styles)].join(', ')}]`);
  console.log(`${outcome.toUpperCase()} ${repository.layout}/${repository.name} ${module}: ${codes.join(', ')}`);
  console.log(`  redirected: ${importers.slice(0, 6).join('; ')}`);
  for (const line of detail) console.log(`  ${line.replaceAll('\n', '\n  ')}`);
}

function oneCase(repository, totals) {
  const module = chooseModule(repository.candidates);
  const planted = plantCase(repository, module);
  const wrong = wronglyPlanted(repository, planted);
  if (wrong.length > 0) {
    console.log(`planting ${module} makes ${wrong.join(', ')} fail on import; the case is left out`);
    totals.unfit++;
    return;
  }
  const styles = new Set(planted.redirected.flatMap((each) => each.styles));
  for (const style of styles) styleCounts.set(style, (styleCounts.get(style) ?? 0) + 1);
  totals.cases++;
  if (options['only-plant']) return;
  const result = verdict(repository, dedupe(repository));
  totals[result.outcome]++;
  for (const code of result.codes) totals.codes.add(code);
  tell(repository, module, planted, result);
}

function report(all) {
  const rows = [...all].map(([name, { cases, restored, refused, broken, unfit, codes }]) => [
    name,
    cases,
    restored,
    refused,
    broken,
    unfit,
    [...codes].join(', '),
  ]);
  const sum = (column) => rows.reduce((total, row) => total + row[column], 0);
  const head = ['package', 'cases', 'restored', 'refused', 'broken', 'unfit', 'codes'];
  console.log(table([head, ...rows, ['together', sum(1), sum(2), sum(3), sum(4), sum(5), '']]));
  console.log('\nimport styles redirected (cases)');
  console.log(table([...styleCounts].sort((a, b) => b[1] - a[1]).map(([style, count]) => [count, style])));
  return sum(4);
}

function main() {
  const packages = installedPackages().filter(isUsable);
  const repositories = new Map();
  const totals = new Map();
  for (let index = 0; index < Number(options.cases); index++) {
    const each = packages[index % packages.length];
    const layout = Math.floor(index / packages.length) % 2 === 0 ? 'flat' : 'src';
    const key = `${each.name}-${layout}`;
    if (!repositories.has(key)) repositories.set(key, repositoryOf(each, layout));
    if (!totals.has(each.name))
      totals.set(each.name, { cases: 0, restored: 0, refused: 0, broken: 0, unfit: 0, codes: new Set() });
    if (repositories.get(key).candidates.length > 0) oneCase(repositories.get(key), totals.get(each.name));
  }
  process.exitCode = report(totals) > 0 ? 1 : 0;
}

try {
  main();
} finally {
  if (options.keep) console.log(`kept: ${work}`);
  else rmSync(work, { recursive: true, force: true });
}
