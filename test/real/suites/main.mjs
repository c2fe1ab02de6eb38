/**
 * The test suites of real projects before and after random plans: each test must end as it did before.
 *
 *   node test/real/suites/main.mjs [--plans 10] [--seed 1] [--projects a,b] [--merges] [--jobs 2] [--out FILE]
 *
 * `--merges` merges modules instead of moving them.
 * `--plans` counts plans that were carried out; refused ones are drawn again, and counted. Exit code 1 when the outcome
 * of a test changed or a plan ended with an error.
 */
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { drawMerge } from '../merges/draw.mjs';
import { applyMerge } from '../merges/one-merge.mjs';
import { applyMoves } from '../preservation/mover.mjs';
import { modulesOf } from '../preservation/names.mjs';
import { fillLibrary, makeTemplate } from '../preservation/packages.mjs';
import { drawPlan } from '../preservation/plans.mjs';
import { inParallel } from '../preservation/processes.mjs';
import { randomNumbers, table } from '../support.mjs';
import { changes, outcomes, PROJECTS, relabelled, relabelledMerge, testModules } from './projects.mjs';

const { values: options } = parseArgs({
  options: {
    plans: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    projects: { type: 'string' },
    merges: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '2' },
    out: { type: 'string', default: join(tmpdir(), 'suites.jsonl') },
  },
});
/** Draws per plan carried out, before a project is given up. */
const PATIENCE = 8;
const work = mkdtempSync(join(tmpdir(), 'suites-'));

async function onCopy({ room }, name, action) {
  const own = join(room, name);
  cpSync(join(room, 'template'), join(own, 'project'), { recursive: true, verbatimSymlinks: true });
  try {
    return await action(join(own, 'project'), own);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

/** Tests that end alike twice in a row; the others say nothing. */
async function prepare(project) {
  const room = join(work, project.name);
  mkdirSync(room);
  const subject = { room, project, files: makeTemplate(project, join(room, 'template')) };
  const twice = [];
  for (const name of ['first', 'second']) {
    twice.push(await onCopy(subject, name, (repository, own) => outcomes(repository, project, join(own, 'suite'))));
  }
  const [first, second] = twice;
  const unstable = [...first.keys()].filter((id) => first.get(id) !== second.get(id));
  for (const id of unstable) first.delete(id);
  return { ...subject, before: first, unstable: new Set(unstable) };
}

/** Moves within the package; in a third of them a test module beside it is renamed as well. */
function drawMoves({ files, project }, number) {
  const plan = drawPlan(files, project, options.seed, number);
  const random = randomNumbers(Number(options.seed) * 1000 + number);
  const tests = testModules(files, project);
  if (plan === null || plan.kind === 'top package renamed') return null;
  if (tests.length > 0 && random() < 0.33) {
    const test = tests[Math.floor(random() * tests.length)];
    plan.moves[test] = test.replace(/\.py$/, '_again.py');
  }
  return plan;
}

function drawMergeOf({ files, project }, number) {
  const merge = drawMerge({ modules: modulesOf(files, project), place: project }, options.seed, number);
  return merge && { kind: `${merge.from.length} modules merged`, ...merge };
}

const draw = options.merges ? drawMergeOf : drawMoves;

async function carryOut(subject, plan, repository, own) {
  const applied = options.merges
    ? await applyMerge(repository, plan)
    : await applyMoves(repository, plan.moves, join(own, 'map.json'));
  if (applied.outcome !== 'done') return { ...plan, outcome: applied.outcome, reasons: applied.reasons };
  const seen = await outcomes(repository, subject.project, join(own, 'suite'));
  const after = options.merges
    ? relabelledMerge(seen, subject.before, plan, subject.project)
    : relabelled(seen, subject.files, plan.moves, subject.project);
  for (const id of subject.unstable) after.delete(id);
  const changed = changes(subject.before, after);
  return {
    ...plan,
    outcome: changed.length === 0 ? 'same' : 'changed',
    changed: changed.slice(0, 12),
    count: changed.length,
  };
}

function tell(result) {
  const why = result.changed?.[0] ?? result.reasons?.[0];
  const text = typeof why === 'string' ? why : why ? `${why.code} ${why.path ?? ''} ${why.message}` : '';
  console.error(
    `${result.project}#${result.number} ${result.kind}: ${result.outcome} ${text.replace(/\s+/g, ' ').slice(0, 220)}`,
  );
}

async function runProject(project) {
  const subject = await prepare(project);
  const wished = Number(options.plans);
  const results = [];
  const done = () => results.filter(({ outcome }) => outcome !== 'refused').length;
  for (let number = 0; done() < wished && number < wished * PATIENCE; number++) {
    const plan = draw(subject, number);
    if (plan === null) continue;
    const ran = await onCopy(subject, String(number), (repository, own) => carryOut(subject, plan, repository, own));
    const result = { project: project.name, number, ...ran };
    results.push(result);
    appendFileSync(options.out, `${JSON.stringify(result)}\n`);
    tell(result);
  }
  return { project, tests: subject.before.size, unstable: subject.unstable.size, results };
}

function report(all) {
  const count = (results, outcome) => results.filter((each) => each.outcome === outcome).length;
  const rows = all.map(({ project, tests, unstable, results }) => [
    project.name,
    tests,
    unstable,
    ...['same', 'changed', 'error', 'refused'].map((outcome) => count(results, outcome)),
  ]);
  return table([['project', 'tests', 'unstable', 'plans same', 'changed', 'errors', 'refused'], ...rows]);
}

async function main() {
  fillLibrary();
  writeFileSync(options.out, '');
  const wished = options.projects?.split(',');
  const all = [];
  const projects = PROJECTS.filter(({ name }) => wished?.includes(name) ?? true);
  await inParallel(projects, Number(options.jobs), async (project) => all.push(await runProject(project)));
  console.log(`${report(all)}\n\nevery plan: ${options.out}`);
  const bad = all.flatMap(({ results }) => results).some(({ outcome }) => outcome === 'changed' || outcome === 'error');
  return bad ? 1 : 0;
}

try {
  process.exitCode = await main();
} finally {
  rmSync(work, { recursive: true, force: true });
}
