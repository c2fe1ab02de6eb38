/** The ways through the transaction that are swept: what stands before, what is done, and the states that it may end in. */
import { listRuns, restorePath, undoRun } from '../../dist/src/io/history.js';
import { recover } from '../../dist/src/io/recover.js';
import { openRepository } from '../../dist/src/io/repository.js';
import { executeRun } from '../../dist/src/io/transaction.js';
import { batches, build } from './world.mjs';

const VERIFY = { commands: ['true'] };

async function apply(top, verify = VERIFY) {
  const remaining = batches(top);
  return executeRun(await openRepository(top), { batches: remaining, verify });
}

/** The second batch creates what the verification does not stand. */
const failing = (top) => apply(top, { commands: ['test ! -e last.py'] });

async function undo(top) {
  const repository = await openRepository(top);
  return undoRun(repository, listRuns(repository)[0].id, { verify: VERIFY });
}

/** Batches that the caller hands over. */
async function given(top) {
  const found = JSON.parse(process.env.BATCHES, (key, value) => (key === 'content' ? Buffer.from(value) : value));
  return executeRun(await openRepository(top), { batches: found, verify: { commands: [], hooks: false } });
}

const restore = async (top) => restorePath(await openRepository(top), 'pkg/b_robust.py', { verify: VERIFY });

/** `before` leads from a new world to where the way begins; `states`: how many further steps it may take from there. */
export const PATHS = {
  apply: { before: build, run: apply },
  failing: { before: build, run: failing },
  undo: { before: applied, run: undo },
  restore: { before: applied, run: restore },
  given: { before: null, run: given },
  recover: { before: null, run: async (top) => recover(await openRepository(top)) },
};

async function applied(top) {
  build(top);
  await apply(top);
}

/** Worlds that a way may end in: as it began, after each single batch, and as it ends. */
export async function outcomes(path, top, signature) {
  const found = [signature(top)];
  if (path === 'apply' || path === 'failing') {
    for (const each of batches(top).slice(0, path === 'apply' ? 2 : 1)) {
      await executeRun(await openRepository(top), { batches: [each], verify: VERIFY });
      found.push(signature(top));
    }
  } else {
    await PATHS[path].run(top);
    found.push(signature(top));
  }
  return found;
}
