/** The same moves by rope, for comparison; it can do one at a time, and either move or rename. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { basename } from 'node:path/posix';
import { beside, PYTHON, run } from '../support.mjs';
import { CACHE } from './packages.mjs';
import { ENVIRONMENT, start } from './processes.mjs';

const REQUIREMENT = 'rope==1.14.0';
const LIMIT_SECONDS = 120;
const venv = join(CACHE, 'rope');
const python = join(venv, 'bin', 'python');

/** Installs rope into an environment of its own, once. */
export function installRope() {
  if (existsSync(join(venv, 'complete'))) return;
  run(PYTHON, ['-m', 'venv', venv]);
  run(python, ['-m', 'pip', '-q', '--disable-pip-version-check', 'install', REQUIREMENT]);
  run(PYTHON, ['-c', `open(${JSON.stringify(join(venv, 'complete'))}, 'w')`]);
}

/** Whether rope has an operation for a plan. */
export function isForRope(moves) {
  const [[from, to], ...others] = Object.entries(moves);
  return others.length === 0 && (dirname(from) === dirname(to) || basename(from) === basename(to));
}

/** `{outcome: 'done' | 'refused' | 'crashed', reason?}` */
export async function moveByRope(repository, moves) {
  const [[from, to]] = Object.entries(moves);
  const script = beside('preservation/rope_move.py');
  const { status, stdout, stderr } = await start(python, [script, repository, from, to], {
    env: ENVIRONMENT,
    limit: LIMIT_SECONDS,
  });
  if (status === 0) return { outcome: 'done' };
  if (status === 3) return { outcome: 'refused', reason: stdout.trim() };
  return { outcome: 'crashed', reason: status === null ? 'time limit' : stderr.trim().split('\n').at(-1) };
}
