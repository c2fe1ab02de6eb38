/** The course of one merge: planned and carried out, judged by real Python. */
import { writeFileSync } from 'node:fs';
import { judge } from '../preservation/judging.mjs';
import { leftovers, regraft } from '../preservation/mover.mjs';
import { dotted } from '../preservation/names.mjs';
import { ENVIRONMENT, start } from '../preservation/processes.mjs';
import { beside } from '../support.mjs';
import { differences } from './differences.mjs';

const REFUSED = 3;
const MOST_KEPT = 8;
const UNCHECKED = beside('merges/merge-unchecked.mjs');
const brief = ({ code, path, line, message }) => ({ code, path, line, message });

/** `{outcome: 'done', symbols}`, or `'refused'` or `'error'` with reasons. */
export async function applyMerge(repository, { from, into, conflicts }) {
  const args = ['merge', ...from, '--into', into, '--conflicts', conflicts, '--apply'];
  const { status, document, text } = await regraft(repository, args);
  if (status === 0 && document !== null) return { outcome: 'done', symbols: document.data.symbols };
  const problems = (document?.problems ?? []).filter(({ severity }) => severity === 'error').map(brief);
  const isRefusal = status === REFUSED && problems.length > 0;
  return { outcome: isRefusal ? 'refused' : 'error', reasons: problems.slice(0, 4), text };
}

/** `{outcome: 'done' | 'refused' | 'broken' | 'error'}` and why. */
export async function attempt(subject, merge, room) {
  const repository = `${room}/project`;
  const { symbols, ...result } = await applyMerge(repository, merge);
  if (result.outcome !== 'done') return result;
  const broken = await lost(subject, merge, symbols, room);
  const left = leftovers(repository);
  if (left !== '') broken.push({ kind: 'uncommitted', what: left.slice(0, 300) });
  const count = (wanted) => symbols.filter(({ what }) => what === wanted).length;
  const outcome = broken.length > 0 ? 'broken' : 'done';
  return { outcome, broken: broken.slice(0, MOST_KEPT), renamed: count('renamed'), same: count('same') };
}

/** A refused merge, carried out all the same: what would have broken. `applied` is `false` where nothing could be put together. */
export async function pressed(subject, merge, { reasons }, room) {
  const file = `${room}/merge.json`;
  writeFileSync(file, JSON.stringify(merge));
  const isOrder = reasons.every(({ code }) => code === 'import-order');
  const args = [UNCHECKED, `${room}/project`, file, ...(isOrder ? ['place'] : [])];
  const ran = await start(process.execPath, args, { env: ENVIRONMENT });
  if (ran.status !== 0) return { error: `${ran.status}: ${ran.stderr.slice(0, 1500)}` };
  const { applied, refused, symbols } = JSON.parse(ran.stdout);
  if (!applied) return { applied, refused };
  const broken = await lost(subject, merge, symbols, room);
  return { applied, refused, broken: broken.slice(0, MOST_KEPT) };
}

async function lost({ place, before }, { from, into }, symbols, room) {
  const name = (path) => dotted(path, place.root);
  const sources = [...new Set([...from.map(name), ...(before.has(name(into)) ? [name(into)] : [])])];
  const renamed = symbols
    .filter(({ what }) => what === 'renamed')
    .map(({ path, name: old, to }) => ({ module: name(path), name: old, to }));
  const merged = { into: name(into), sources, symbols: renamed };
  const modules = [...new Set([...before.keys()].filter((module) => !sources.includes(module)).concat(name(into)))];
  const after = await judge(`${room}/project`, { root: place.root, owned: place.tops, modules }, `${room}/judged`);
  return differences(before, after, merged, place.tops);
}
