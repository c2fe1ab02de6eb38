/** The course of one plan: a fresh copy, the moves, the judgement, the way back. */
import { cpSync, rmSync } from 'node:fs';
import { git } from '../support.mjs';
import { differences, isNoticed, judge } from './judging.mjs';
import { applyMoves, leftovers, treeOf, undo } from './mover.mjs';
import { dotted, inverse, movedPath, relabelling } from './names.mjs';
import { isForRope, moveByRope } from './rope.mjs';

const MOST_KEPT = 12;

/** How a package's names change under a map. */
function renaming(subject, moves) {
  const { files, place, modules } = subject;
  const names = new Map([...modules].map(([path, name]) => [name, dotted(movedPath(path, moves), place.root)]));
  return {
    relabel: relabelling(files, moves, place.root),
    newName: (module) => names.get(module) ?? module,
    tops: new Set(place.tops),
  };
}

/** What is lost in a repository after a plan, by real Python. */
export async function lost(subject, room, moves) {
  const context = renaming(subject, moves);
  const modules = [...subject.before.keys()].map(context.newName);
  const owned = [...new Set([...subject.place.tops, ...modules.map((name) => name.split('.')[0])])];
  const after = await judge(`${room}/project`, { root: subject.place.root, owned, modules }, `${room}/judged`);
  return differences(subject.before, after, context);
}

/** Files that do not stand where the map says, and changes that were not committed. */
export function misplaced(subject, repository, moves) {
  const present = new Set(git(repository, 'ls-files', '-z').split('\0'));
  const missing = subject.files.map((path) => movedPath(path, moves)).filter((path) => !present.has(path));
  const left = leftovers(repository);
  return [
    ...missing.slice(0, 5).map((path) => ({ module: path, kind: 'file missing', what: 'is not where the map says' })),
    ...(left === '' ? [] : [{ module: '', kind: 'uncommitted', what: left.slice(0, 300) }]),
  ];
}

/** The inverse map applied, then both runs undone: `{back, backDifference, undone}`. */
async function wayBack(subject, repository, { moves, run }, mapFile) {
  const middle = treeOf(repository);
  const back = await applyMoves(repository, inverse(moves), mapFile);
  const result = { back: back.outcome, reasons: back.reasons };
  const expected = [];
  if (back.outcome === 'done') {
    if (treeOf(repository) === subject.tree) result.back = 'exact';
    else {
      result.back = 'differs';
      result.difference = git(repository, 'diff', subject.head, 'HEAD').slice(0, 3000);
    }
    expected.push([back.run, middle]);
  }
  result.undone = 'exact';
  for (const [each, tree] of [...expected, [run, subject.tree]]) {
    const taken = await undo(repository, each);
    const exact = taken.outcome === 'done' && treeOf(repository) === tree && leftovers(repository) === '';
    if (!exact) result.undone = taken.reasons ? JSON.stringify(taken.reasons[0]) : 'differs';
  }
  return result;
}

async function byRope(subject, moves, room) {
  const moved = await moveByRope(`${room}/project`, moves);
  if (moved.outcome !== 'done') return moved;
  // In doubt for rope: the tool's own plans must lose nothing, rope's nothing that a program notices.
  const broken = (await lost(subject, room, moves)).filter(isNoticed);
  return broken.length === 0 ? { outcome: 'preserved' } : { outcome: 'broken', broken: broken.slice(0, 3) };
}

/** With a copy of the template in a room of its own, removed afterwards unless it shall be kept. */
export async function onCopy(subject, room, keep, action) {
  rmSync(room, { recursive: true, force: true });
  cpSync(subject.template, `${room}/project`, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  try {
    return await action();
  } finally {
    if (!keep) rmSync(room, { recursive: true, force: true });
  }
}

async function byRegraft(subject, moves, room, { more, keep }) {
  const [repository, mapFile] = [`${room}/project`, `${room}/map.json`];
  const began = Date.now();
  const moved = await applyMoves(repository, moves, mapFile, more);
  const moveSeconds = (Date.now() - began) / 1000;
  if (moved.outcome !== 'done') return { outcome: moved.outcome, reasons: moved.reasons, moveSeconds };
  const broken = [...misplaced(subject, repository, moves)];
  broken.push(...(await lost(subject, room, moves)));
  const outcome = broken.length === 0 ? 'preserved' : 'broken';
  const way = keep ? {} : await wayBack(subject, repository, { moves, run: moved.run }, mapFile);
  return { outcome, broken: broken.slice(0, MOST_KEPT), brokenCount: broken.length, moveSeconds, ...way };
}

/** Everything about one plan, as one line of the log. */
export async function carryOut(subject, plan, { room, rope, press, keep = false }) {
  const began = Date.now();
  const result = await onCopy(subject, room, keep, () => byRegraft(subject, plan.moves, room, { more: [], keep }));
  if (press && result.outcome === 'refused') {
    const more = result.reasons.flatMap(({ code, path, line }) => ['--accept', [code, path, line].join(':')]);
    result.pressed = await onCopy(subject, room, keep, () =>
      byRegraft(subject, plan.moves, room, { more, keep: true }),
    );
  }
  if (rope && isForRope(plan.moves)) {
    const elsewhere = `${room}-rope`;
    result.rope = await onCopy(subject, elsewhere, keep, () => byRope(subject, plan.moves, elsewhere));
  }
  return { package: subject.place.name, ...plan, ...result, seconds: (Date.now() - began) / 1000 };
}
