/**
 * Carries out a map of moves whatever the check says of it, and prints what it said:
 * `{applied, refused, result}`, the last a hash of what was written. Without
 * commits, history or a way back: this is no way to work.
 * Usage: node test/real/proof/plan-unchecked.mjs REPOSITORY MAP
 */
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mappedMoves } from '../../../dist/src/commands/destinations.js';
import { openSession } from '../../../dist/src/commands/session.js';
import { planMove } from '../../../dist/transforms/plan-move.js';

/** Stands for a list of acceptances in which every refusal is found. */
const EVERYTHING = { some: () => true };

function write(repository, { path, after }) {
  const place = join(repository, path);
  if (after === null) {
    rmSync(place);
    return;
  }
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, after.content);
  chmodSync(place, after.mode === '100755' ? 0o755 : 0o644);
}

/** The same for the same writes. */
function hashOf(transitions) {
  const hash = createHash('sha256');
  for (const { path, after } of transitions) hash.update(`${path}\0`).update(after?.content ?? 'gone');
  return hash.digest('hex').slice(0, 16);
}

async function main([repository, mapFile]) {
  const session = await openSession({ directory: repository, progress: () => undefined });
  const map = Object.entries(JSON.parse(readFileSync(mapFile, 'utf8'))).map(([from, to]) => ({ from, to }));
  const request = {
    moves: mappedMoves(session, map),
    shims: false,
    withTests: false,
    prune: false,
    created: [],
    acceptances: EVERYTHING,
    rewrites: [],
    batchSize: 0,
  };
  const { prepared, accepted, refusals } = planMove(session.snapshot, request, session.tools);
  const transitions = prepared.flatMap((batch) => batch.transitions);
  for (const each of transitions.filter(({ after }) => after === null)) write(repository, each);
  for (const each of transitions.filter(({ after }) => after !== null)) write(repository, each);
  const brief = ({ code, path, line, message }) => ({ code, path, line, message });
  const refused = [...accepted, ...refusals].map(brief);
  process.stdout.write(JSON.stringify({ applied: transitions.length > 0, refused, result: hashOf(transitions) }));
}

await main(process.argv.slice(2));
