/**
 * Random merges of two to four sibling modules in real packages: real Python must import everything as before and find every
 * name of the merged modules in the one that they became.
 *
 *   node test/real/merges/main.mjs [--merges 280] [--seed 1] [--packages a,b] [--jobs 2] [--press] [--out FILE] [--resume] [--keep]
 *   node test/real/merges/main.mjs --replay LOG:LINE [--press] [--keep]
 *   node test/real/merges/main.mjs --report LOG
 *
 * `--press` carries out what was refused all the same, to see whether something would have broken.
 * Exit code 1 when something broke or ended with an error.
 */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { onCopy } from '../preservation/one-plan.mjs';
import { chosenPackages, fillLibrary, PACKAGES } from '../preservation/packages.mjs';
import { inParallel } from '../preservation/processes.mjs';
import { subjectsIn } from '../preservation/subjects.mjs';
import { table } from '../support.mjs';
import { drawMerge } from './draw.mjs';
import { attempt, pressed } from './one-merge.mjs';

const { values: options } = parseArgs({
  options: {
    merges: { type: 'string', default: '280' },
    seed: { type: 'string', default: '1' },
    packages: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    out: { type: 'string', default: join(tmpdir(), 'merges.jsonl') },
    replay: { type: 'string' },
    report: { type: 'string' },
    press: { type: 'boolean', default: false },
    resume: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const work = mkdtempSync(join(tmpdir(), 'merges-'));
const subjectOf = subjectsIn(work);
const readLog = (path) => readFileSync(path, 'utf8').split('\n').filter(Boolean).map(JSON.parse);

async function carryOut(place, number, merge) {
  const subject = await subjectOf(place);
  const room = join(work, `${place.name}-${number}`);
  const began = Date.now();
  const result = await onCopy(subject, room, options.keep, () => attempt(subject, merge, room));
  if (options.press && result.outcome === 'refused')
    result.pressed = await onCopy(subject, room, options.keep, () => pressed(subject, merge, result, room));
  return { package: place.name, number, ...merge, ...result, seconds: (Date.now() - began) / 1000 };
}

function tell({ package: name, number, from, outcome, reasons, broken, text, seconds }) {
  const [why] = [...(broken ?? []), ...(reasons ?? [])];
  const said = why
    ? `${why.code ?? why.kind} ${why.path ?? why.module ?? ''}:${why.line ?? ''} ${why.message ?? why.what}`
    : (text ?? '');
  console.error(
    `${name}#${number} ${from.length} modules: ${outcome} ${said} (${seconds.toFixed(1)} s)`
      .replace(/\s+/g, ' ')
      .slice(0, 320),
  );
}

function report(results) {
  const names = [...new Set(results.map((each) => each.package))].sort();
  const count = (own, outcome) => own.filter((each) => each.outcome === outcome).length;
  const row = (name, own) => [
    name,
    own.length,
    ...['done', 'refused', 'broken', 'error'].map((outcome) => count(own, outcome)),
  ];
  const rows = names.map((name) =>
    row(
      name,
      results.filter((each) => each.package === name),
    ),
  );
  const codes = new Map();
  for (const { outcome, reasons } of results)
    if (outcome === 'refused') codes.set(reasons[0].code, (codes.get(reasons[0].code) ?? 0) + 1);
  const why = [...codes]
    .sort(([, a], [, b]) => b - a)
    .map(([code, number]) => `${code} ${number}`)
    .join(', ');
  return `${table([['package', 'merges', 'done', 'refused', 'broken', 'errors'], ...rows, row('together', results)])}\n\nrefused, by the first reason: ${why}`;
}

/** Judging one merge in these takes minutes: only when they are named. */
const SLOW = ['celery', 'docutils', 'hypothesis', 'mpmath', 'passlib', 'pydantic', 'pygments'];

/** The packages in turn. */
async function all() {
  const packages = chosenPackages(options.packages).filter(({ name }) => options.packages || !SLOW.includes(name));
  if (!options.resume) writeFileSync(options.out, '');
  const results = readLog(options.out);
  const known = new Set(results.map((each) => `${each.package} ${each.number}`));
  const items = Array.from({ length: Number(options.merges) }, (_, index) => [
    packages[index % packages.length],
    Math.floor(index / packages.length),
  ]);
  const open = items.filter(([place, number]) => !known.has(`${place.name} ${number}`));
  await inParallel(open, Number(options.jobs), async ([place, number]) => {
    const merge = drawMerge(await subjectOf(place), options.seed, number);
    if (merge === null) return;
    const result = await carryOut(place, number, merge);
    results.push(result);
    appendFileSync(options.out, `${JSON.stringify(result)}\n`);
    tell(result);
  });
  console.log(`${report(results)}\n\nevery merge: ${options.out}`);
  return results.some(isBad) ? 1 : 0;
}

const isBad = ({ outcome }) => outcome === 'broken' || outcome === 'error';

async function replay() {
  const [, log, line] = /^(.*):(\d+)$/.exec(options.replay);
  const { package: name, number, from, into, conflicts } = readLog(log)[Number(line) - 1];
  const place = PACKAGES.find((each) => each.name === name);
  const result = await carryOut(place, number, { from, into, conflicts });
  console.log(JSON.stringify(result, null, 2));
  return isBad(result) ? 1 : 0;
}

async function main() {
  if (options.report) {
    console.log(report(readLog(options.report)));
    return 0;
  }
  fillLibrary();
  return options.replay ? replay() : all();
}

try {
  process.exitCode = await main();
} finally {
  if (options.keep) console.error(`kept: ${work}`);
  else rmSync(work, { recursive: true, force: true });
}
