/** One fault at each change of a run in turn, until it no longer strikes; after each the world must be old or new. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recover } from '../../dist/src/io/recover.js';
import { openRepository } from '../../dist/src/io/repository.js';
import { outcomes, PATHS } from './paths.mjs';
import { ENVIRONMENT, leftBehind, signature } from './world.mjs';

const CHILD = fileURLToPath(new URL('child.mjs', import.meta.url));

/** Hard links stay: a lock of ours is known by its second name. */
export const copy = (from, to) => execFileSync('cp', ['-a', from, to]);

/** `{signal, count, fired, ended}` of one run in a process of its own. */
export function runChild(path, top, fault, environment = {}) {
  return new Promise((resolve, reject) => {
    const env = { ...ENVIRONMENT, ...environment, FAULT: JSON.stringify(fault) };
    const child = spawn(process.execPath, [CHILD, path, top], { stdio: ['ignore', 'pipe', 'pipe'], env });
    const chunks = { out: [], err: [] };
    child.stdout.on('data', (chunk) => chunks.out.push(chunk));
    child.stderr.on('data', (chunk) => chunks.err.push(chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (signal === 'SIGKILL') return resolve({ signal, fired: true, ended: 'killed' });
      if (code !== 0) return reject(new Error(Buffer.concat(chunks.err).toString()));
      resolve({ signal, ...JSON.parse(Buffer.concat(chunks.out).toString()) });
    });
  });
}

/** A world where the way begins, and the signatures that it may end in. */
export async function subject(path, room) {
  const template = join(room, `${path}-template`);
  await PATHS[path].before(template);
  const whole = join(room, `${path}-whole`);
  copy(template, whole);
  const states = await outcomes(path, whole, signature);
  const counted = join(room, `${path}-counted`);
  copy(template, counted);
  const { count, names } = await runChild(path, counted, { at: -1 });
  return { path, template, states, count, names };
}

/** Recovers, and says what is wrong with the world then; `null` when nothing is. */
export async function verdict(top, states) {
  try {
    await recover(await openRepository(top));
  } catch (error) {
    return `stuck: ${error.problems?.map(({ code, message }) => `${code} ${message}`).join('; ') ?? error.stack}`;
  }
  const end = signature(top);
  if (!states.includes(end)) return `neither old nor new: ${end}`;
  const left = leftBehind(top);
  return left.length > 0 ? `left behind: ${left.join(', ')}` : null;
}

/** A fault in one run. Resolves to `{fired, wrong, state}`; `keep` gets the world before recovery. */
export async function strike({ path, template, states }, fault, room, keep = null) {
  mkdirSync(room, { recursive: true });
  const top = join(room, 'world');
  copy(template, top);
  const { fired, ended } = await runChild(path, top, fault);
  const isOpen = existsSync(join(top, '.git/regraft/journal.json'));
  if (keep !== null && isOpen) copy(top, keep);
  const wrong = await verdict(top, states);
  const state = wrong === null ? states.indexOf(signature(top)) : null;
  rmSync(room, { recursive: true });
  return { fired, ended, isOpen, wrong, state };
}
