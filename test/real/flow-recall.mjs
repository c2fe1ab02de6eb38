/**
 * Runs test suites of real projects and writes down every name that was imported by value. The value flow must know each
 * part of such a name that the repository spells in some string; a part that is spelled and not known is listed.
 *
 *   node test/real/flow-recall.mjs [--projects jinja2,click]
 *
 * A part may be spelled somewhere and yet have come from elsewhere (a directory, `__name__`): what is listed is looked at.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Linker } from '../../dist/src/core/linker.js';
import { valueFlowOf } from '../../dist/src/core/value-flow/index.js';
import { fillLibrary, LIBRARY, makeTemplate } from './preservation/packages.mjs';
import { codebaseOf } from './snapshots.mjs';
import { PROJECTS } from './suites/projects.mjs';
import { beside, PYTHON, run, table } from './support.mjs';

const { values: options } = parseArgs({
  options: { projects: { type: 'string', default: PROJECTS.map(({ name }) => name).join(',') } },
});
const work = mkdtempSync(join(tmpdir(), 'flow-'));

/** Places and names, as the suite met them. */
function imported(directory, project) {
  const log = join(work, `${project.name}.jsonl`);
  writeFileSync(log, '');
  const env = {
    ...process.env,
    PYTHONPATH: [join(directory, project.root), LIBRARY, beside('.')].join(':'),
    PYTHONDONTWRITEBYTECODE: '1',
    PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1',
    FLOW_ROOT: directory,
    FLOW_LOG: log,
  };
  const args = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', '-p', 'flow_spy'];
  const { stdout } = run(PYTHON, args, { cwd: directory, env, allowed: [0, 1, 2] });
  const rows = readFileSync(log, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return { rows, last: stdout.trim().split('\n').at(-1) };
}

/** The words that strings of the repository spell, alone or between dots. */
function spelledIn(codebase) {
  const words = new Set();
  for (const { path } of codebase.pythonFiles()) {
    const unit = codebase.unitOrNone(path);
    for (const { span } of unit?.facts.strings ?? []) {
      const value = unit.text.slice(span.start, span.end);
      if (/^[\w.]{1,99}$/.test(value)) for (const word of value.split('.')) words.add(word);
    }
  }
  return words;
}

function judge(project) {
  const directory = join(work, project.name);
  const files = makeTemplate(project, directory);
  const { rows, last } = imported(directory, project);
  const codebase = codebaseOf(directory, files);
  const flow = valueFlowOf(new Linker(codebase));
  const spelled = spelledIn(codebase);
  const counts = { places: new Set(), names: 0, known: 0, unknown: 0, missing: 0 };
  for (const { path, line, name } of rows) {
    const there = (codebase.unitOrNone(path)?.facts.dynamics ?? []).filter((each) => each.line === line);
    if (there.length === 0 || there.every((each) => each.name.kind === 'literal' || each.name.kind === 'choices'))
      continue;
    counts.places.add(`${path}:${line}`);
    counts.names++;
    const arriving = there.map(({ span }) => flow.reaching(path, span.start));
    if (!arriving.every((each) => each?.isWhole)) {
      counts.unknown++;
      continue;
    }
    const words = new Set(arriving.flatMap(({ literals }) => literals).flatMap(({ value }) => value.split(/[^\w]+/)));
    const missing = name.split('.').filter((word) => spelled.has(word) && !words.has(word));
    counts[missing.length > 0 ? 'missing' : 'known']++;
    if (missing.length > 0)
      console.log(`${project.name}: ${path}:${line} imported '${name}', and nothing says where ${missing} comes from`);
  }
  return [project.name, counts.places.size, counts.names, counts.known, counts.unknown, counts.missing, last];
}

fillLibrary();
try {
  const chosen = PROJECTS.filter(({ name }) => options.projects.split(',').includes(name));
  const head = ['project', 'places', 'names', 'all parts known', 'not followed', 'to look at', 'suite'];
  console.log(table([head, ...chosen.map(judge)]));
} finally {
  if (existsSync(work)) rmSync(work, { recursive: true, force: true });
}
