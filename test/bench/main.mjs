/**
 * Whole commands, start-up included, in pairs with what they are held against: first the one, then the other, and the ratio of
 * each pair. What a machine does at the time changes both, so ratios are quoted, not seconds.
 *
 *   node test/bench/main.mjs [--only a,b] [--runs 7] [--out FILE]
 *
 * Writes a table to FILE (default: test/bench/results.md). Exit code 1 when a case ends with an error.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { beside, PYTHON, run } from '../real/support.mjs';
import { cases } from './cases.mjs';
import { peers } from './peers.mjs';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    runs: { type: 'string', default: '7' },
    out: { type: 'string', default: beside('../bench/results.md') },
  },
});

function measured(top, command) {
  const { stdout } = run(PYTHON, [beside('../bench/measure.py'), top, ...command]);
  const result = JSON.parse(stdout);
  // What gives up early is no result.
  if (result.code !== 0) throw new Error(`${command.join(' ')} ended with ${result.code}`);
  return result;
}

const sorted = (values) => [...values].sort((a, b) => a - b);
const median = (values) => sorted(values)[Math.floor(values.length / 2)];
const megabytes = (list) => Math.round(Math.max(...list.map(({ peak }) => peak)) / 1024);

/** Pairs after one that only warms up; before each run its `prepare` puts the repository into the state that is measured. */
function measure({ name, top, ours, peer, most, prepare = {}, runs = Number(options.runs) }) {
  const pairs = [];
  const prepared = (side, command) => {
    prepare[side]?.(pairs.length);
    return measured(top, command);
  };
  for (let index = -1; index < runs; index++) {
    const pair = [prepared('ours', ours), prepared('peer', peer)];
    console.error(`${name}: ${pair.map(({ seconds }) => seconds.toFixed(2)).join(' s, ')} s`);
    if (index >= 0) pairs.push(pair);
  }
  const [mine, other] = [pairs.map(([each]) => each), pairs.map(([, each]) => each)];
  const ratios = sorted(pairs.map(([a, b]) => a.seconds / b.seconds));
  return {
    name,
    ratio: median(ratios),
    spread: [ratios[0], ratios.at(-1)],
    most,
    seconds: [median(mine.map(({ seconds }) => seconds)), median(other.map(({ seconds }) => seconds))],
    memory: [megabytes(mine), megabytes(other)],
    runs,
  };
}

const short = (number) => (number < 0.1 ? number.toFixed(3) : number.toFixed(2));

function rowOf({ name, ratio, spread, most, seconds, memory, runs }) {
  const cells = [
    name,
    short(ratio),
    spread.map(short).join(' to '),
    short(most),
    seconds.map((each) => each.toFixed(2)).join(' / '),
    memory.join(' / '),
    runs,
  ];
  return `| ${cells.join(' | ')} |`;
}

const HEAD = ['case', 'ratio', 'from to', 'aim', 'seconds', 'peak MB', 'pairs'];

/** Rows of cases that were not measured this time stay as they were. */
function table(results) {
  const known = readOr(options.out)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| case'));
  const rows = new Map(known.map((line) => [line.split(' | ')[0].slice(2), line]));
  for (const result of results) rows.set(result.name, rowOf(result));
  const about = `Measured with \`npm run bench\` on ${cpus().length} processors, Node ${process.version.slice(1)}: medians of pairs, ours first.`;
  return [about, '', `| ${HEAD.join(' | ')} |`, `|${HEAD.map(() => '---').join('|')}|`, ...rows.values(), ''].join(
    '\n',
  );
}

function readOr(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

const all = cases(peers());
const wished = options.only?.split(',') ?? Object.keys(all);
const results = [];
for (const name of wished) {
  results.push(measure(all[name]()));
  writeFileSync(options.out, table(results));
}
console.log(table(results));
