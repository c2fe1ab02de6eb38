/**
 * Crashes and errors at every single change that a run makes: applying, failing verification, undoing, restoring, and
 * recovering from each crash in turn. Every world must end old or new, with nothing lost and nothing stuck.
 *
 *   node test/crash/main.mjs [--every 1] [--jobs 2] [--paths apply,failing,undo,restore] [--only kills|errors|recover|git]
 *
 * Needs the build. `--every N` takes every N-th point, for a sample. Exit code 1 when a world ends otherwise.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { canTrace, gitCommands, strikeGit } from './git-sweep.mjs';
import { strike, subject } from './sweep.mjs';
import { ENVIRONMENT } from './world.mjs';

const { values: options } = parseArgs({
  options: {
    every: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '2' },
    paths: { type: 'string', default: 'apply,failing,undo,restore' },
    only: { type: 'string', default: 'kills,errors,recover,git' },
  },
});
const EVERY = Number(options.every);
const chosen = new Set(options.only.split(','));
const tally = new Map();
const wrongs = [];
let worlds = 0;

/** Faults of one kind at every change; one beyond the last shows that the sweep is complete. */
const points = (count, fault) =>
  Array.from({ length: count + 1 }, (_, at) => ({ at, ...fault })).filter(({ at }) => at % EVERY === 0 || at === count);

const KILLS = [{ kind: 'kill' }, { kind: 'torn' }];
const ERRORS = [
  { kind: 'error', code: 'ENOSPC' },
  { kind: 'late', code: 'EIO' },
  { kind: 'error', code: 'EACCES', persistent: true },
];

/** `torn` differs from `kill` only where a file is written. */
const isWorth = ({ names, count }, { kind, at }) => kind !== 'torn' || names[at] === 'writeNew' || at === count;

async function inParallel(items, work) {
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) await work(item, index);
  };
  await Promise.all(Array.from({ length: Number(options.jobs) }, worker));
}

function record(label, { fired, wrong, state, ended }, fault) {
  if (++worlds % 250 === 0) console.error(`${worlds} worlds, now ${label}`);
  const outcome = wrong === null ? (fired ? `state ${state}` : 'not struck') : 'WRONG';
  const key = `${label}: ${outcome}`;
  tally.set(key, (tally.get(key) ?? 0) + 1);
  if (wrong === null) return;
  wrongs.push({ label, fault, wrong, ended });
  console.error(`${label} ${JSON.stringify(fault)} (${ended}): ${wrong.slice(0, 1500)}`);
}

/** Every fault in every run of one way. Worlds that were killed half way are kept for {@link recoveries}. */
async function faults(found, room, kept) {
  const all = [...(chosen.has('kills') || chosen.has('recover') ? KILLS : []), ...(chosen.has('errors') ? ERRORS : [])];
  const items = all.flatMap((fault) => points(found.count, fault)).filter((fault) => isWorth(found, fault));
  await inParallel(items, async (fault, index) => {
    const keep = fault.kind === 'kill' && chosen.has('recover') ? join(room, `${found.path}-kept-${fault.at}`) : null;
    const result = await strike(found, fault, join(room, `${found.path}-${index}`), keep);
    record(`${found.path}, ${fault.persistent ? 'persistent ' : ''}${fault.kind}`, result, fault);
    if (keep !== null && result.isOpen) kept.push({ ...found, path: 'recover', template: keep, of: found.path });
  });
}

/** From each half-done world: the recovery itself is killed at every change that it makes. */
async function recoveries(kept, room) {
  await inParallel(kept, async (each, index) => {
    for (let at = 0, fired = true; fired; at += EVERY) {
      const fault = { at, kind: 'kill' };
      const result = await strike(each, fault, join(room, `recover-${index}`));
      record(`recover (${each.of}), kill`, result, fault);
      fired = result.fired;
    }
    rmSync(each.template, { recursive: true });
  });
}

/** Each writing git command is killed at each of its changes, once alone and once with the run. */
async function gits(found, room) {
  const commands = await gitCommands(found, join(room, `${found.path}-commands`));
  const items = commands.flatMap((name, index) => [true, false].map((alone) => ({ name, command: index + 1, alone })));
  await inParallel(items, async (item, index) => {
    for (let call = 1, fired = true; fired; call += EVERY) {
      const fault = { ...item, call };
      const result = await strikeGit(found, fault, join(room, `${found.path}-git-${index}`));
      record(`${found.path}, git kill${item.alone ? '' : ' with the run'}`, result, fault);
      fired = result.fired;
    }
  });
}

async function main() {
  Object.assign(process.env, ENVIRONMENT);
  const begun = Date.now();
  const room = mkdtempSync(join(tmpdir(), 'regraft-crash-'));
  try {
    const kept = [];
    for (const path of options.paths.split(',')) {
      const found = await subject(path, room);
      await faults(found, room, kept);
      if (chosen.has('git') && canTrace()) await gits(found, room);
    }
    await recoveries(kept, room);
  } finally {
    rmSync(room, { recursive: true, force: true });
  }
  for (const [key, count] of [...tally].sort()) console.log(`${String(count).padStart(6)}  ${key}`);
  const struck = [...tally].filter(([key]) => !key.endsWith('not struck'));
  const sum = (pattern) => struck.reduce((total, [key, count]) => total + (pattern.test(key) ? count : 0), 0);
  const minutes = ((Date.now() - begun) / 60_000).toFixed(1);
  console.log(`${sum(/kill|torn/)} kills, ${sum(/error|late/)} errors, ${wrongs.length} wrong, ${minutes} minutes`);
  process.exitCode = wrongs.length > 0 ? 1 : 0;
}

await main();
