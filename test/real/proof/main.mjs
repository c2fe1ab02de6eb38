/**
 * Random single moves in real packages, carried out whatever the check says, judged by real Python: is what breaks refused,
 * and is what does not break let through?
 *
 *   node test/real/proof/main.mjs [--plans 1000] [--seed 1] [--packages a,b] [--jobs 2] [--out FILE] [--resume]
 *   node test/real/proof/main.mjs --replay LOG:LINE [--keep]
 *   node test/real/proof/main.mjs --report LOG
 *
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
import { isMiss, report } from './report.mjs';

const { values: options } = parseArgs({
  options: {
    plans: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    packages: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    out: { type: 'string', default: join(tmpdir(), 'proof.jsonl') },
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

/** `{refused, applied, broken}` of one map. */
async function attempt(subject, moves, room) {
  writeFileSync(`${room}/map.json`, JSON.stringify(moves));
  const ran = await start(process.execPath, [PLANNER, `${room}/project`, `${room}/map.json`], { env: ENVIRONMENT });
  if (ran.status !== 0) return { error: `${ran.status}: ${ran.stderr.slice(0, 1500)}`, refused: [], broken: [] };
  const { applied, refused } = JSON.parse(ran.stdout);
  const broken = applied ? await lost(subject, room, moves) : [];
  return { applied, refused, broken: broken.slice(0, MOST_KEPT), brokenCount: broken.length };
}

async function judged(place, number, { kind, moves }) {
  const subject = await subjectOf(place);
  const room = join(work, `${place.name}-${number}`);
  const began = Date.now();
  const result = await onCopy(subject, room, options.keep, () => attempt(subject, moves, room));
  return { package: place.name, number, kind, moves, ...result, seconds: (Date.now() - began) / 1000 };
}

function tell({ package: name, number, kind, refused, broken, applied, error, seconds }) {
  const [first, lostFirst] = [refused[0], broken[0]];
  const said = first ? `refused (${first.code} ${first.path}:${first.line})` : 'let through';
  const came = lostFirst ? `broken (${lostFirst.kind} ${lostFirst.module} ${lostFirst.what})` : 'not broken';
  const outcome = error ? `error ${error}` : applied ? came : 'not applied';
  console.error(`${name}#${number} ${kind}: ${said}, ${outcome}, ${seconds.toFixed(1)} s`.replace(/\s+/g, ' '));
}

async function prove() {
  const packages = chosenPackages(options.packages);
  if (!options.resume) writeFileSync(options.out, '');
  const results = readLog(options.out);
  const known = new Set(results.map((each) => `${each.package} ${each.number}`));
  await inParallel(Array.from({ length: Number(options.plans) }), Number(options.jobs), async (_, index) => {
    const [place, number] = [packages[index % packages.length], Math.floor(index / packages.length)];
    if (known.has(`${place.name} ${number}`)) return;
    const { files } = await subjectOf(place);
    const drawn = drawMove(files, place, options.seed, number);
    if (drawn === null) return;
    const result = await judged(place, number, drawn);
    results.push(result);
    appendFileSync(options.out, `${JSON.stringify(result)}\n`);
    tell(result);
  });
  console.log(`${report(results)}\n\nevery plan: ${options.out}`);
  return results.some(isMiss) ? 1 : 0;
}

async function replay() {
  const [, log, line] = /^(.*):(\d+)$/.exec(options.replay);
  const { package: name, ...plan } = readLog(log)[Number(line) - 1];
  const place = PACKAGES.find((each) => each.name === name);
  const result = await judged(place, plan.number, plan);
  console.log(JSON.stringify(result, null, 2));
  return isMiss(result) ? 1 : 0;
}

async function main() {
  if (options.report) {
    console.log(report(readLog(options.report)));
    return 0;
  }
  fillLibrary();
  return options.replay ? replay() : prove();
}

try {
  process.exitCode = await main();
} finally {
  if (options.keep) console.error(`kept: ${work}`);
  else rmSync(work, { recursive: true, force: true });
}
