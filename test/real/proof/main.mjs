/**
 * Random single moves in real packages, carried out whatever the check says, judged by real Python: is what breaks refused,
 * and is what does not break let through?
 *
 *   node test/real/proof/main.mjs [--plans 1000] [--seed 1] [--packages a,b] [--jobs 2] [--out FILE] [--resume]
 *   node test/real/proof/main.mjs --named
 *   node test/real/proof/main.mjs --again LOG [--out FILE] [--resume]
 *   node test/real/proof/main.mjs --replay LOG:LINE [--keep]
 *   node test/real/proof/main.mjs --report LOG
 *
 * `--named` takes moves that rewriters have been seen to get wrong, and prints what was said and what came of each.
 * `--again` plans the moves of a log once more, and judges those of which the result is another one.
 * Exit code 1 when something broke that was not refused.
 */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { lost, onCopy } from '../preservation/one-plan.mjs';
import { chosenPackages, fillLibrary, PACKAGES } from '../preservation/packages.mjs';
import { drawMove } from '../preservation/plans.mjs';
import { ENVIRONMENT, inParallel, start } from '../preservation/processes.mjs';
import { subjectsIn } from '../preservation/subjects.mjs';
import { beside } from '../support.mjs';
import { NAMED } from './named-moves.mjs';
import { isMiss, named, report } from './report.mjs';

const { values: options } = parseArgs({
  options: {
    plans: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    packages: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    out: { type: 'string', default: join(tmpdir(), 'proof.jsonl') },
    named: { type: 'boolean', default: false },
    again: { type: 'string' },
    replay: { type: 'string' },
    report: { type: 'string' },
    resume: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
/** Another build by the environment variable PLANNER. */
const PLANNER = process.env.PLANNER ?? beside('proof/plan-unchecked.mjs');
const MOST_KEPT = 8;
const work = mkdtempSync(join(tmpdir(), 'proof-'));
const readLog = (path) => readFileSync(path, 'utf8').split('\n').filter(Boolean).map(JSON.parse);
const subjectOf = subjectsIn(work);

/** `{refused, applied, result, broken}` of one map; what is `known` of the same result is not judged once more. */
async function attempt(subject, moves, room, known) {
  writeFileSync(`${room}/map.json`, JSON.stringify(moves));
  const began = Date.now();
  const ran = await start(process.execPath, [PLANNER, `${room}/project`, `${room}/map.json`], { env: ENVIRONMENT });
  const planSeconds = (Date.now() - began) / 1000;
  if (ran.status !== 0) return { error: `${ran.status}: ${ran.stderr.slice(0, 1500)}`, refused: [], broken: [] };
  const { applied, refused, result } = JSON.parse(ran.stdout);
  const plan = { applied, refused, result, planSeconds };
  if (known?.result === result) return { ...plan, broken: known.broken, brokenCount: known.brokenCount };
  const broken = applied ? await lost(subject, room, moves) : [];
  return { ...plan, broken: broken.slice(0, MOST_KEPT), brokenCount: broken.length };
}

async function judged(place, number, { kind, moves }, known) {
  const subject = await subjectOf(place);
  const room = join(work, `${place.name}-${number}`);
  const began = Date.now();
  const result = await onCopy(subject, room, options.keep, () => attempt(subject, moves, room, known));
  return { package: place.name, number, kind, moves, ...result, seconds: (Date.now() - began) / 1000 };
}

function tell({ package: name, number, kind, refused, broken, applied, error, seconds }) {
  const [first, lostFirst] = [refused[0], broken[0]];
  const said = first ? `refused (${first.code} ${first.path}:${first.line})` : 'let through';
  const came = lostFirst ? `broken (${lostFirst.kind} ${lostFirst.module} ${lostFirst.what})` : 'not broken';
  const outcome = error ? `error ${error}` : applied ? came : 'not applied';
  console.error(`${name}#${number} ${kind}: ${said}, ${outcome}, ${seconds.toFixed(1)} s`.replace(/\s+/g, ' '));
}

/** Every item that the output does not hold yet, by what `plan` makes of it; `null` where there is none. */
async function all(items, plan) {
  if (!options.resume) writeFileSync(options.out, '');
  const results = readLog(options.out);
  const known = new Set(results.map((each) => `${each.package} ${each.number}`));
  const open = items.filter((each) => !known.has(`${each.package} ${each.number}`));
  await inParallel(open, Number(options.jobs), async (item) => {
    const result = await plan(item);
    if (result === null) return;
    results.push(result);
    appendFileSync(options.out, `${JSON.stringify(result)}\n`);
    tell(result);
  });
  console.log(`${report(results)}\n\nevery plan: ${options.out}`);
  return results.some(isMiss) ? 1 : 0;
}

const placeOf = (name) => PACKAGES.find((each) => each.name === name);

/** The packages in turn. */
function prove() {
  const packages = chosenPackages(options.packages);
  const items = Array.from({ length: Number(options.plans) }, (_, index) => ({
    package: packages[index % packages.length].name,
    number: Math.floor(index / packages.length),
  }));
  return all(items, async ({ package: name, number }) => {
    const { files } = await subjectOf(placeOf(name));
    const drawn = drawMove(files, placeOf(name), options.seed, number);
    return drawn && judged(placeOf(name), number, drawn);
  });
}

function again() {
  return all(readLog(options.again), (known) => judged(placeOf(known.package), known.number, known, known));
}

async function namedMoves() {
  const results = [];
  for (const each of NAMED) results.push(await judged(placeOf(each.package), each.number, each));
  console.log(named(results));
  return results.some(isMiss) ? 1 : 0;
}

async function replay() {
  const [, log, line] = /^(.*):(\d+)$/.exec(options.replay);
  const { package: name, ...plan } = readLog(log)[Number(line) - 1];
  const result = await judged(placeOf(name), plan.number, plan);
  console.log(JSON.stringify(result, null, 2));
  return isMiss(result) ? 1 : 0;
}

async function main() {
  if (options.report) {
    console.log(report(readLog(options.report)));
    return 0;
  }
  fillLibrary();
  if (options.named) return namedMoves();
  if (options.replay) return replay();
  return options.again ? again() : prove();
}

try {
  process.exitCode = await main();
} finally {
  if (options.keep) console.error(`kept: ${work}`);
  else rmSync(work, { recursive: true, force: true });
}
