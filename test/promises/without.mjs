/**
 * Takes out, one after the other, each mechanism that a promise rests on, and demands that its test notices.
 *
 *   node test/promises/without.mjs [--only TEXT]
 *
 * Exit code 1 when a test passes without the mechanism, or the mechanism is not where it is said to be.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MECHANISMS } from './mechanisms.mjs';

const { values: options } = parseArgs({
  options: { only: { type: 'string', default: '' }, jobs: { type: 'string', default: '2' } },
});
const COPIED = [
  'src',
  'transforms',
  'test',
  'bin',
  'dist',
  'schemas',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'vitest.config.ts',
];

/** A copy of the sources, so that nobody else sees them without. */
function copy() {
  const room = mkdtempSync(join(tmpdir(), 'regraft-without-'));
  execFileSync('cp', ['-r', ...COPIED, room]);
  for (const name of ['node_modules', 'fixtures']) symlinkSync(resolve(name), join(room, name));
  return room;
}

const build = (room) => execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { cwd: room, stdio: 'ignore' });

/** Whether the test fails, and at something that it asserts. */
function fails(room, [file, name]) {
  return new Promise((done) => {
    const args = ['vitest', 'run', file, ...(name ? ['-t', name] : [])];
    const child = spawn('npx', args, {
      cwd: room,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('close', (code) =>
      done({
        failed: code !== 0 && /Tests .*\d+ failed/.test(output),
        ran: /Tests .*\d+ (passed|failed)/.test(output),
        output,
      }),
    );
  });
}

async function tried(room, { file, find, put, also = ['', ''], test, built = false }) {
  const path = join(room, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(find).length !== 2) return `not found once in ${file}`;
  writeFileSync(
    path,
    text.replace(find, () => put).replace(also[0], () => also[1]),
  );
  if (built) build(room);
  const { failed, ran, output } = await fails(room, test);
  writeFileSync(path, text);
  if (built) build(room);
  if (failed) return null;
  return ran ? `${test.join(' ')} passes without it` : `no such test: ${test.join(' ')}\n${output.slice(-800)}`;
}

const queue = MECHANISMS.filter(({ what, promise }) => `${promise} ${what}`.includes(options.only)).values();
const wrong = [];
let count = 0;

async function worker() {
  const room = copy();
  try {
    for (const mechanism of queue) {
      const why = await tried(room, mechanism);
      count++;
      console.log(
        `${why === null ? 'noticed' : 'ESCAPED'}  ${mechanism.promise}  ${mechanism.what}${why === null ? '' : `: ${why}`}`,
      );
      if (why !== null) wrong.push(mechanism);
    }
  } finally {
    rmSync(room, { recursive: true, force: true });
  }
}

await Promise.all(Array.from({ length: Number(options.jobs) }, worker));
console.log(`${count} mechanisms taken out, ${wrong.length} not noticed`);
process.exitCode = wrong.length > 0 ? 1 : 0;
