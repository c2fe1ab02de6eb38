/**
 * Random repositories with nasty names and work in progress, random plans, random faults: nothing is lost, the world ends old
 * or new, undo is identity, recovery is idempotent.
 *
 *   node test/crash/random.mjs [--runs 200] [--seed N] [--jobs 2]
 *   node test/crash/random.mjs --saved
 *
 * Needs the build. Prints the seed of each run that fails; `--seed S --runs 1` repeats it. Exit code 1 then. `--saved` takes the
 * seeds of `fixtures/random-worlds.json`: each that ever failed, and some of each outcome.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { listRuns, undoRun } from '../../dist/src/io/history.js';
import { recover } from '../../dist/src/io/recover.js';
import { openRepository } from '../../dist/src/io/repository.js';
import { executeRun } from '../../dist/src/io/transaction.js';
import { copy, runChild } from './sweep.mjs';
import { ENVIRONMENT, git, leftBehind, signature } from './world.mjs';

const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '2' },
    saved: { type: 'boolean', default: false },
  },
});
const SAVED = new URL('../../fixtures/random-worlds.json', import.meta.url);

/** Mulberry32: small, and the same everywhere. */
function randomFrom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count) => Math.floor(next() * count);
  return { next, below, one: (list) => list[below(list.length)], chance: (share) => next() < share };
}

const NASTY = [
  'a',
  'b',
  'Ω',
  'é',
  ' ',
  '-',
  '--x',
  '\n',
  '\t',
  '"',
  "'",
  '\\',
  '$(x)',
  '`',
  '*',
  '?',
  '[a]',
  ':(top)',
  '#',
  '%',
  ';',
  '&',
  '<s>',
  '\u202e',
  '\u001b[31m',
  '😀',
  '~',
  '!',
  '@{u}',
  '.',
];

function nastyName(random) {
  const name = Array.from({ length: 1 + random.below(3) }, () => random.one(NASTY)).join('');
  return /^\.*$/.test(name) || /^\.git$/i.test(name) ? `x${name}` : name;
}

const FOLDED = (path) => path.normalize('NFC').toLowerCase();

/** Paths of which none is a directory of another, and no two differ by case only. */
function nastyPaths(random, count) {
  const paths = [];
  while (paths.length < count) {
    const path = [
      ...Array(random.below(3))
        .fill(0)
        .map(() => nastyName(random)),
      `${nastyName(random)}.py`,
    ].join('/');
    const parts = path.split('/').map((_part, depth, all) => FOLDED(all.slice(0, depth + 1).join('/')));
    const clash = paths.some((other) => parts.includes(FOLDED(other)) || FOLDED(other).startsWith(`${FOLDED(path)}/`));
    const twin = parts.some((part, depth) =>
      paths.some((other) => {
        const same = other
          .split('/')
          .slice(0, depth + 1)
          .join('/');
        return (
          FOLDED(same) === part &&
          same !==
            path
              .split('/')
              .slice(0, depth + 1)
              .join('/')
        );
      }),
    );
    if (!clash && !twin) paths.push(path);
  }
  return paths;
}

const CONTENTS = ['', 'x\n', 'no end', 'a\r\nb\r\n', '\ufeffbom\n', 'é\n', `${'long\n'.repeat(200)}`, '\u0000binary'];

function put(top, path, content, mode = 0o644) {
  mkdirSync(dirname(join(top, path)), { recursive: true });
  writeFileSync(join(top, path), content);
  chmodSync(join(top, path), mode);
}

/** The repository, and a plan over some of its files; the others are in every state of work. */
function worldAndPlan(random, top) {
  mkdirSync(top);
  git(top, 'init', '-q', '-b', 'main');
  const paths = nastyPaths(random, 8 + random.below(8));
  const known = paths.slice(0, -3);
  for (const path of known) put(top, path, random.one(CONTENTS) + path, random.chance(0.2) ? 0o755 : 0o644);
  git(top, 'add', '-A');
  git(top, 'commit', '-q', '-m', 'first');
  const planned = known.filter(() => random.chance(0.6));
  for (const path of known.filter((other) => !planned.includes(other))) dirty(random, top, path);
  for (const name of ['untracked', 'ignored'].filter(() => random.chance(0.5))) put(top, `${name}.txt`, name);
  return { planned, fresh: paths.slice(-3).filter(() => random.chance(0.7)) };
}

function dirty(random, top, path) {
  const what = random.below(6);
  if (what === 0) put(top, path, 'unstaged');
  if (what === 1 || what === 2) {
    put(top, path, 'staged');
    git(top, '--literal-pathspecs', 'add', '--', path);
  }
  if (what === 2) put(top, path, 'and more');
  if (what === 3) rmSync(join(top, path));
  if (what === 4) chmodSync(join(top, path), 0o755);
}

/** Rewrites, deletions, moves and creations in one to three batches. */
function batchesOf(random, top, { planned, fresh }) {
  const free = [...fresh];
  const operations = planned.map((path) => {
    const kind = random.below(3);
    if (kind === 0) return [change(top, path, `rewritten ${path}\n`)];
    const target = kind === 2 ? free.pop() : undefined;
    return target === undefined ? [change(top, path, null)] : [change(top, path, null), change(top, target, 'moved\n')];
  });
  operations.push(...free.map((path) => [change(top, path, 'new\n')]));
  const count = 1 + random.below(3);
  const groups = Array.from({ length: count }, (_, index) =>
    operations.filter((_each, at) => at % count === index).flat(),
  );
  return groups
    .filter((transitions) => transitions.length > 0)
    .map((transitions, index) => ({
      id: `b${index + 1}`,
      title: `batch ${index + 1}`,
      message: 'Change',
      transitions,
      moves: [],
    }));
}

function change(top, path, content) {
  const [mode, , blob] = git(top, '--literal-pathspecs', 'ls-tree', '-z', 'HEAD', '--', path).split(/[ \t]/);
  const before = blob === undefined ? null : { blob, mode };
  return { path, before, after: content === null ? null : { mode: mode || '100644', content } };
}

const buffered = (batches) =>
  batches.map((batch) => ({
    ...batch,
    transitions: batch.transitions.map(({ after, ...rest }) => ({
      ...rest,
      after: after && { ...after, content: Buffer.from(after.content) },
    })),
  }));

const VERIFY = { commands: [], hooks: false };

/** The signatures after 0, 1, 2.. batches. */
async function statesOf(template, room, batches) {
  const top = join(room, 'whole');
  copy(template, top);
  const states = [signature(top)];
  for (const batch of batches) {
    const run = await executeRun(await openRepository(top), { batches: buffered([batch]), verify: VERIFY });
    if (run.status !== 'done') throw new Error(`not carried out: ${JSON.stringify(run.failed?.problems)}`);
    states.push(signature(top));
  }
  return { states, top };
}

function faultOf(random) {
  const at = random.below(60 + random.below(120));
  const kind = random.one(['kill', 'torn', 'error', 'late']);
  return {
    at,
    kind,
    code: random.one(['EIO', 'ENOSPC', 'EACCES', 'EROFS']),
    persistent: kind === 'error' && random.chance(0.3),
  };
}

const undoneStates = async (top) => {
  for (const run of listRuns(await openRepository(top))
    .reverse()
    .filter(({ kind }) => kind === 'apply'))
    await undoRun(await openRepository(top), run.id, { verify: VERIFY });
};

/** Without the number of commits: an undo is a commit of its own. */
const worldOnly = (state) => JSON.stringify(JSON.parse(state).filter((_part, index) => index !== 4));

async function attempt(seed, room) {
  const random = randomFrom(seed);
  mkdirSync(room);
  const template = join(room, 'template');
  const batches = batchesOf(random, template, worldAndPlan(random, template));
  if (batches.length === 0) return 'nothing to do';
  const { states, top: whole } = await statesOf(template, room, batches);
  await undoneStates(whole);
  if (worldOnly(signature(whole)) !== worldOnly(states[0]))
    throw new Error(`undo is not identity\n${signature(whole)}\n${states[0]}`);
  const top = join(room, 'struck');
  copy(template, top);
  const fault = faultOf(random);
  const { fired } = await runChild('given', top, fault, { BATCHES: JSON.stringify(batches) });
  if (random.chance(0.3)) await runChild('recover', top, { at: random.below(30), kind: 'kill' });
  await recover(await openRepository(top));
  const end = signature(top);
  if (!states.includes(end))
    throw new Error(`${JSON.stringify(fault)}: neither old nor new\n${end}\n${states.join('\n')}`);
  const left = leftBehind(top);
  if (left.length > 0) throw new Error(`${JSON.stringify(fault)}: left behind ${left}`);
  await recover(await openRepository(top));
  if (signature(top) !== end) throw new Error('recover is not idempotent');
  if (!fired) return 'not struck';
  return `${fault.persistent ? 'persistent ' : ''}${fault.kind}, ${states.indexOf(end)} of ${states.length - 1} batches`;
}

function seedsOf({ saved, seed, runs }) {
  if (saved) return JSON.parse(readFileSync(SAVED, 'utf8'));
  return Array.from({ length: Number(runs) }, (_, index) => Number(seed) + index);
}

async function main() {
  Object.assign(process.env, ENVIRONMENT);
  const room = mkdtempSync(join(tmpdir(), 'regraft-random-'));
  const seeds = seedsOf(options).values();
  const [tally, failed] = [new Map(), []];
  const worker = async () => {
    for (const seed of seeds) {
      const place = join(room, String(seed));
      const outcome = await attempt(seed, place).catch((error) => {
        failed.push(seed);
        console.error(String(error.stack ?? error).slice(0, 3000));
        return 'FAILED';
      });
      console.error(`seed ${seed}: ${outcome}`);
      tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
      execFileSync('rm', ['-rf', place]);
    }
  };
  await Promise.all(Array.from({ length: Number(options.jobs) }, worker));
  rmSync(room, { recursive: true, force: true });
  for (const [outcome, count] of [...tally].sort()) console.log(`${String(count).padStart(6)}  ${outcome}`);
  console.log(failed.length > 0 ? `failed: seeds ${failed.join(', ')}` : 'none failed');
  process.exitCode = failed.length > 0 ? 1 : 0;
}

await main();
