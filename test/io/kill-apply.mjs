/**
 * Kills a run at random moments, recovers, and demands that the repository is exactly as after some whole number of batches.
 * Needs the build. `node test/io/kill-apply.mjs [--kills 50] [--seed 1]`; the recovery itself is killed now and then, too.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { recover } from '../../dist/src/io/recover.js';
import { openRepository } from '../../dist/src/io/repository.js';
import { executeRun } from '../../dist/src/io/transaction.js';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '15' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    child: { type: 'string' },
    directory: { type: 'string' },
  },
});

const git = (top, ...args) =>
  execFileSync('git', args, { cwd: top, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: environment() });

/** The developer's own configuration must not matter. */
function environment() {
  const identity = {
    GIT_AUTHOR_NAME: 'T',
    GIT_AUTHOR_EMAIL: 't@t',
    GIT_COMMITTER_NAME: 'T',
    GIT_COMMITTER_EMAIL: 't@t',
  };
  return { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', ...identity };
}

function write(top, path, content) {
  mkdirSync(dirname(join(top, path)), { recursive: true });
  writeFileSync(join(top, path), content);
}

/** A repository with work in progress beside the files that the run changes. */
function build(top) {
  git(top, 'init', '-q', '-b', 'main');
  for (let i = 0; i < 6; i++) {
    write(top, `pkg/m${i}.py`, `import pkg.x${i}_robust\n`);
    write(top, `pkg/deep${i}/x${i}_robust.py`, `x = ${i}\n`.repeat(50));
    write(top, `old${i}/moved.py`, `from .other import x${i}\n`);
  }
  for (const path of ['staged.py', 'unstaged.py']) write(top, path, 'base\n');
  write(top, '.gitignore', '__pycache__/\n');
  git(top, 'add', '-A');
  git(top, 'commit', '-q', '-m', 'first');
  write(top, 'pkg/deep0/__pycache__/x0_robust.cpython-311.pyc', 'compiled');
  write(top, 'pkg/m1.py', `import pkg.x1_robust\r\n`);
  write(top, 'staged.py', 'staged\n');
  git(top, 'add', 'staged.py');
  write(top, 'unstaged.py', 'unstaged\n');
  write(top, 'untracked.py', 'untracked\n');
}

/** Three batches of rewrites, deletions, creations and moves, one of which leaves a shim. Also answers for a state in which some have landed already. */
function batches(top) {
  return [0, 1, 2].map((index) => {
    const [one, two] = [index * 2, index * 2 + 1];
    const edits = [one, two].map((i) => transition(top, `pkg/m${i}.py`, `import pkg.x${i}\n`));
    const deletions = [one, two].map((i) => transition(top, `pkg/deep${i}/x${i}_robust.py`, null));
    const creation = transition(top, `new${index}/deep/file.py`, 'created\n');
    const moves = [one, two].map((i) => ({ from: `old${i}/moved.py`, to: `moved${i}/deep/moved.py` }));
    const moved = [
      transition(top, moves[0].from, null),
      transition(top, moves[1].from, 'from moved.deep.moved import *\n'),
      ...moves.map(({ to }) => transition(top, to, 'from quite.another.place import x as y\n')),
    ];
    return {
      id: `b${index}`,
      title: `batch ${index}`,
      message: 'Change',
      transitions: [...edits, ...deletions, creation, ...moved],
      moves,
    };
  });
}

function transition(top, path, content) {
  const blob = git(top, 'ls-tree', 'HEAD', '--', path).split(/[ \t]/)[2];
  const before = blob === undefined ? null : { blob, mode: '100644' };
  return { path, before, after: content === null ? null : { mode: '100644', content: Buffer.from(content) } };
}

/** Everything that a user could miss, commit ids left out since they hold the time. */
function signature(top) {
  const hash = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');
  const list = (prefix) =>
    readdirSync(join(top, prefix), { withFileTypes: true }).flatMap((entry) => {
      const path = join(prefix, entry.name);
      if (path === '.git') return [];
      const mode = lstatSync(join(top, path)).mode.toString(8);
      return entry.isDirectory() ? [`${mode} ${path}/`, ...list(path)] : [`${mode} ${path} ${hash(join(top, path))}`];
    });
  return JSON.stringify([
    list('').sort(),
    git(top, '--no-optional-locks', 'status', '--porcelain', '--ignored'),
    git(top, 'ls-files', '-s', '-t'),
    git(top, 'rev-parse', 'HEAD^{tree}', '--symbolic-full-name', 'HEAD'),
    git(top, 'rev-list', '--count', 'HEAD'),
    git(top, 'for-each-ref', '--format=%(refname)')
      .split('\n')
      .filter((name) => !name.startsWith('refs/regraft/')),
    hash(join(top, '.git/config')),
    readdirSync(join(top, '.git')).filter((name) => name.endsWith('.lock')),
  ]);
}

const verify = { commands: ['true'] };

async function child() {
  const repository = await openRepository(values.directory);
  const prepared = values.child === 'apply' ? batches(values.directory) : [];
  process.stdout.write('ready\n');
  if (values.child === 'apply') await executeRun(repository, { batches: prepared, verify });
  else await recover(repository);
  process.stdout.write('done\n');
}

/** Starts a child and kills it `delay` milliseconds after it has begun its work. Resolves to whether it was killed. */
function killed(kind, directory, delay) {
  return new Promise((resolve, reject) => {
    const args = [fileURLToPath(import.meta.url), '--child', kind, '--directory', directory];
    const started = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env: environment() });
    started.stdout.once('data', () => setTimeout(() => started.kill('SIGKILL'), delay));
    started.once('error', reject);
    started.once('exit', (code, signal) =>
      code ? reject(new Error(`${kind} failed`)) : resolve(signal === 'SIGKILL'),
    );
  });
}

/** A small deterministic generator, so that a failing moment can be looked for again. */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The states after 0, 1, 2 and 3 batches, and how long a whole run takes. */
async function expectedStates(template, room) {
  const top = join(room, 'whole');
  cpSync(template, top, { recursive: true });
  const states = [signature(top)];
  const begun = Date.now();
  for (const batch of batches(top)) {
    await executeRun(await openRepository(top), { batches: [batch], verify });
    states.push(signature(top));
  }
  if (git(top, 'rev-list', '--count', 'HEAD').trim() !== '7')
    throw new Error('a commit of pure moves was expected per batch');
  rmSync(top, { recursive: true });
  return { states, duration: Date.now() - begun };
}

async function oneKill(template, room, index, delays) {
  const top = join(room, `kill${index}`);
  cpSync(template, top, { recursive: true });
  const died = await killed('apply', top, delays.apply);
  const journal = readdirSync(join(top, '.git/regraft')).includes('journal.json');
  if (delays.recover !== null) await killed('recover', top, delays.recover);
  const recovered = await recover(await openRepository(top));
  const end = signature(top);
  const left = readdirSync(join(top, '.git/regraft')).filter((name) => /^(lock|journal\.json)$/.test(name));
  rmSync(top, { recursive: true });
  return { died, journal, action: recovered.action, end, left };
}

async function main() {
  Object.assign(process.env, environment());
  const seed = Number(values.seed);
  const random = randomFrom(seed);
  const room = mkdtempSync(join(tmpdir(), 'regraft-kill-'));
  try {
    const template = join(room, 'template');
    mkdirSync(template);
    build(template);
    const { states, duration } = await expectedStates(template, room);
    const tally = {};
    for (let index = 0; index < Number(values.kills); index++) {
      const delays = { apply: random() * duration * 0.8, recover: random() < 0.3 ? random() * 150 : null };
      const { died, journal, action, end, left } = await oneKill(template, room, index, delays);
      const landed = states.indexOf(end);
      const outcome = `${died ? 'killed' : 'ended'}${journal ? ' with journal' : ''}, ${action}, batches: ${landed}`;
      tally[outcome] = (tally[outcome] ?? 0) + 1;
      if (landed < 0 || left.length > 0) {
        throw new Error(
          `seed ${seed}, kill ${index} ${JSON.stringify(delays)}: ${outcome} ${left}\n${end}\n${states.join('\n')}`,
        );
      }
    }
    console.log(JSON.stringify({ seed, kills: Number(values.kills), duration, tally }, null, 1));
  } finally {
    rmSync(room, { recursive: true, force: true });
  }
}

await (values.child === undefined ? main() : child());
