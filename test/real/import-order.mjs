/**
 * Says for each module of installed packages whether importing it first in a fresh interpreter fails, and asks the real
 * Python. A failure that is predicted and does not happen is a false alarm; one that happens for reasons of order and
 * is not predicted is a miss. What a module raises itself, and what comes from outside, are other reasons; modules that an
 * interpreter begins with cannot be imported first.
 * Usage: node test/real/import-order.mjs [--stdlib | --packages] [--show N] [DIRECTORY [PACKAGE...]]
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Simulation } from '../../dist/src/core/import-order/simulation.js';
import { Linker } from '../../dist/src/core/linker.js';
import { fillLibrary, LIBRARY, PACKAGES } from './preservation/packages.mjs';
import { codebaseOf } from './snapshots.mjs';
import { beside, jsonLines, PYTHON, run, table } from './support.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    stdlib: { type: 'boolean', default: false },
    packages: { type: 'boolean', default: false },
    show: { type: 'string', default: '40' },
  },
});

const pythonPath = (name) =>
  run(PYTHON, ['-c', `import sysconfig; print(sysconfig.get_path('${name}'))`]).stdout.trim();

/** Directory, and the names in it that are looked at. */
function wanted() {
  if (options.packages) {
    fillLibrary();
    return { root: LIBRARY, names: PACKAGES.flatMap(({ tops }) => tops) };
  }
  const [given, ...packages] = positionals;
  const root = given ?? pythonPath(options.stdlib ? 'stdlib' : 'purelib');
  const skipped = /^(?:site-packages|test|tests|__pycache__|idlelib|lib2to3|turtledemo|.*-info)$/;
  const names = packages.length > 0 ? packages : readdirSync(root).filter((name) => !skipped.test(name));
  return { root, names };
}

function filesBelow(root, names) {
  return names.flatMap((name) => {
    if (name.endsWith('.py')) return [name];
    if (!existsSync(join(root, name, '.')) || /\.\w+$/.test(name)) return [];
    const below = readdirSync(join(root, name), { recursive: true, withFileTypes: true });
    return below
      .filter((each) => each.isFile() && /\.(?:pyi?|so)$/.test(each.name))
      .map((each) => join(each.parentPath, each.name).slice(root.length + 1));
  });
}

const dottedName = (path) => path.replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.');

/** Exceptions that order can cause; what is missing from outside is something else. */
function isOfOrder(real, isOwn) {
  if (!real.exception || real.said) return false;
  if (real.bases?.includes('ModuleNotFoundError')) return isOwn(real.missing ?? '');
  return ['ImportError', 'AttributeError', 'NameError'].some((name) => real.bases?.includes(name));
}

async function simulate(root, paths) {
  const codebase = codebaseOf(root, paths);
  const modules = paths.filter(
    (path) => path.endsWith('.py') && /^[A-Za-z_][\w.]*$/.test(dottedName(path)) && !/(^|\/)__main__\.py$/.test(path),
  );
  let begun = performance.now();
  for (const [index, path] of modules.entries()) {
    codebase.unitOrNone(path);
    // Native trees are freed only when the event loop turns.
    if (index % 50 === 0) await new Promise(setImmediate);
  }
  const reading = performance.now() - begun;
  begun = performance.now();
  const outcomes = new Simulation(new Linker(codebase)).outcomes(modules);
  console.log(
    `${modules.length} modules: read in ${(reading / 1000).toFixed(1)} s, simulated in ${((performance.now() - begun) / 1000).toFixed(1)} s`,
  );
  return new Map([...outcomes].map(([path, outcome]) => [dottedName(path), outcome]));
}

/** What a module's verdict comes to. */
function kindOf(fatal, real, isOwn) {
  if (real.started) return 'begun with';
  if (fatal) return real.exception ? 'both fail' : 'false alarms';
  if (!real.exception) return 'both import';
  return isOfOrder(real, isOwn) ? 'misses' : 'fails for other reasons';
}

/** The cause of a disagreement, the same for all modules that meet it, and one chain of statements that leads there. */
function causeOf(kind, real, fatal) {
  const chain = kind === 'misses' ? (real.chain ?? []) : fatal.chain.map(({ path, line }) => [path, line]);
  const what = kind === 'misses' ? `${real.exception}: ${real.message}` : `${fatal.exception}: ${fatal.message}`;
  return { cause: `${what} at ${chain.at(-1)?.join(':')}`, chain: chain.map((each) => each.join(':')).join(' -> ') };
}

async function main() {
  const { root, names } = wanted();
  const outcomes = await simulate(root, filesBelow(root, names));
  const tops = new Set([...outcomes.keys()].map((name) => name.split('.')[0]));
  const kinds = ['both import', 'both fail', 'false alarms', 'misses', 'fails for other reasons', 'begun with'];
  const counts = Object.fromEntries(kinds.map((kind) => [kind, 0]));
  const causes = new Map();
  // What is installed beside it may put another `distutils` in the place of the library's.
  process.env.SETUPTOOLS_USE_DISTUTILS = 'stdlib';
  const judge = jsonLines(beside('import_all.py'), [...outcomes.keys()].join('\0'), options.stdlib ? '-' : root);
  for await (const real of judge) {
    const { fatal } = outcomes.get(real.name);
    const kind = kindOf(fatal, real, (name) => tops.has(name.split('.')[0]));
    counts[kind]++;
    if (kind !== 'false alarms' && kind !== 'misses') continue;
    const { cause, chain } = causeOf(kind, real, fatal);
    const known = causes.get(`${kind}: ${cause}`) ?? { chain, modules: [] };
    causes.set(`${kind}: ${cause}`, { ...known, modules: [...known.modules, real.name] });
  }
  for (const [cause, { chain, modules }] of [...causes].slice(0, Number(options.show)))
    console.log(`${cause}\n    ${modules.length} modules, such as ${modules[0]}: ${chain}`);
  console.log(table([Object.keys(counts), Object.values(counts)]));
  process.exitCode = counts['false alarms'] > 0 ? 1 : 0;
}

await main();
