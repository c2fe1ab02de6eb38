/**
 * Carries out a merge whatever the check says of it, and prints `{applied, refused, symbols}`.
 * Usage: node test/real/merges/merge-unchecked.mjs REPOSITORY MERGE [place]
 * `place` leaves the imports of each module above its own code.
 */
import { readFileSync } from 'node:fs';
import { openSession } from '../../../dist/src/commands/session.js';
import { planMergeInto } from '../../../dist/transforms/merge/planning.js';
import { brief, EVERYTHING, writeAll } from '../proof/unchecked.mjs';

async function main([repository, file, imports]) {
  const session = await openSession({ directory: repository, progress: () => undefined, afterwards: () => undefined });
  const { from, into, conflicts } = JSON.parse(readFileSync(file, 'utf8'));
  const request = { from, into, conflicts, rename: [], keep: [], shims: false, acceptances: EVERYTHING, rewrites: [] };
  const quiet = () => undefined;
  const result = planMergeInto(session.snapshot, request, session.tools, imports !== 'place', quiet);
  const { prepared, accepted, refusals, symbols } = result;
  const transitions = writeAll(repository, prepared);
  const refused = [...accepted, ...refusals].map(brief);
  process.stdout.write(JSON.stringify({ applied: transitions.length > 0, refused, symbols }));
}

await main(process.argv.slice(2));
