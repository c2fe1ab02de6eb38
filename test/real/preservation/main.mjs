/**
 * Random moves in real packages, each on a fresh copy, judged by real Python, then moved back and undone; beside it rope.
 *
 *   node test/real/preservation/main.mjs [--plans 400] [--seed 1] [--packages a,b] [--jobs 2] [--rope] [--press] [--out FILE] [--resume]
 *   node test/real/preservation/main.mjs --replay LOG:LINE [--keep] [--rope] [--press]
 *   node test/real/preservation/main.mjs --report LOG
 *
 * `--press` tries what was refused once more with every reason accepted, to see whether something would have broken.
 * `--resume` goes on with the log of a run that was ended.
 * The log has one plan per line, with its map. Exit code 1 when a plan broke something or ended with an error.
 */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { carryOut } from './one-plan.mjs';
import { chosenPackages, fillLibrary, PACKAGES } from './packages.mjs';
import { drawPlan } from './plans.mjs';
import { inParallel } from './processes.mjs';
import { report } from './report.mjs';
import { installRope } from './rope.mjs';
import { subjectsIn } from './subjects.mjs';

const { values: options } = parseArgs({
  options: {
    plans: { type: 'string', default: '400' },
    seed: { type: 'string', default: '1' },
    packages: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    rope: { type: 'boolean', default: false },
    out: { type: 'string', default: join(tmpdir(), 'preservation.jsonl') },
    replay: { type: 'string' },
    report: { type: 'string' },
    press: { type: 'boolean', default: false },
    resume: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const work = mkdtempSync(join(tmpdir(), 'preservation-'));
const readLog = (path) => readFileSync(path, 'utf8').split('\n').filter(Boolean).map(JSON.parse);

const subjectOf = subjectsIn(work);

function tell(result) {
  const first = result.broken?.[0] ?? result.reasons?.[0];
  const why = first
    ? ` ${first.code ?? first.kind} ${first.path ?? first.module ?? ''} ${first.message ?? first.what}`
    : '';
  const rope = result.rope ? `, rope ${result.rope.outcome}` : '';
  console.error(
    `${result.package}#${result.number} ${result.kind} (${Object.keys(result.moves).length}): ${result.outcome}${rope}, back ${result.back ?? '-'}, ${result.seconds.toFixed(1)} s${why.replace(/\s+/g, ' ').slice(0, 200)}`,
  );
}

/** How the log knows plan `index`. */
const identify = (packages, index) =>
  `${packages[index % packages.length].name} ${Math.floor(index / packages.length)}`;

/** Plan `index` of all belongs to the packages in turn. */
async function runPlan(packages, index) {
  const place = packages[index % packages.length];
  const subject = await subjectOf(place);
  const number = Math.floor(index / packages.length);
  const drawn = drawPlan(subject.files, place, options.seed, number);
  if (drawn === null) return null;
  const plan = { number, seed: options.seed, modules: subject.modules.size, ...drawn };
  return carryOut(subject, plan, { room: join(work, `${place.name}-${number}`), ...options });
}

async function bench() {
  const packages = chosenPackages(options.packages);
  if (!options.resume) writeFileSync(options.out, '');
  const results = readLog(options.out);
  const known = new Set(results.map((each) => `${each.package} ${each.number}`));
  await inParallel(Array.from({ length: Number(options.plans) }), Number(options.jobs), async (_, index) => {
    if (known.has(identify(packages, index))) return;
    const result = await runPlan(packages, index);
    if (result === null) return;
    results.push(result);
    appendFileSync(options.out, `${JSON.stringify(result)}\n`);
    tell(result);
  });
  console.log(`${report(results)}\n\nevery plan: ${options.out}`);
  return results.some(({ outcome }) => outcome === 'broken' || outcome === 'error') ? 1 : 0;
}

async function replay() {
  const [, log, line] = /^(.*):(\d+)$/.exec(options.replay);
  const { number, seed, modules, kind, moves, package: name } = readLog(log)[Number(line) - 1];
  const subject = await subjectOf(PACKAGES.find((each) => each.name === name));
  const plan = { number, seed, modules, kind, moves };
  const result = await carryOut(subject, plan, { room: join(work, 'replayed'), ...options });
  console.log(JSON.stringify(result, null, 2));
  return result.outcome === 'broken' || result.outcome === 'error' ? 1 : 0;
}

async function main() {
  if (options.report) {
    console.log(report(readLog(options.report)));
    return 0;
  }
  fillLibrary();
  if (options.rope) installRope();
  return options.replay ? replay() : bench();
}

try {
  process.exitCode = await main();
} finally {
  if (options.keep) console.error(`kept: ${work}`);
  else rmSync(work, { recursive: true, force: true });
}
