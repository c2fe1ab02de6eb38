/**
 * Carries out a map of moves whatever the check says of it, and prints what it said:
 * `{applied, refused, result}`, the last a hash of what was written.
 * Usage: node test/real/proof/plan-unchecked.mjs REPOSITORY MAP
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mappedMoves } from '../../../dist/src/commands/destinations.js';
import { openSession } from '../../../dist/src/commands/session.js';
import { planMove } from '../../../dist/transforms/plan-move.js';
import { brief, EVERYTHING, writeAll } from './unchecked.mjs';

/** The same for the same writes. */
function hashOf(transitions) {
  const hash = createHash('sha256');
  for (const { path, after } of transitions) hash.update(`${path}\0`).update(after?.content ?? 'gone');
  return hash.digest('hex').slice(0, 16);
}

async function main([repository, mapFile]) {
  const session = await openSession({ directory: repository, progress: () => undefined, afterwards: () => undefined });
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
  const transitions = writeAll(repository, prepared);
  const refused = [...accepted, ...refusals].map(brief);
  process.stdout.write(JSON.stringify({ applied: transitions.length > 0, refused, result: hashOf(transitions) }));
}

await main(process.argv.slice(2));
