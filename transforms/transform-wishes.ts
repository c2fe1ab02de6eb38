/** Moves and deletions that a transform asked for, planned like those that a person asks for, with the same refusals. */
import type { Acceptance } from '../src/core/accept.js';
import type { MovedFile, Problem, Snapshot } from '../src/core/model.js';
import { isPythonPath } from '../src/core/paths.js';
import { problem } from '../src/core/problems.js';
import type { Shim } from '../src/core/shims.js';
import { planDedupe, type Tools } from './plan-dedupe.js';
import { planMove } from './plan-move.js';
import { planRetire } from './plan-retire.js';
import type { PlannedPart } from './plan-transform.js';

export interface RemovalWish {
  readonly path: string;
  /** What stands in for it; without one it must be proved that nothing uses it. */
  readonly keep: string | null;
}

type Acceptances = readonly Acceptance[];

export function askedMoves(
  snapshot: Snapshot,
  wishes: readonly (MovedFile & { readonly shim: boolean })[],
  acceptances: Acceptances,
  tools: Tools,
  onProgress: (what: string) => void,
): PlannedPart & { readonly moved: readonly MovedFile[] } {
  let whole = { ...nothing(snapshot), moved: [] as readonly MovedFile[] };
  for (const shims of [true, false]) {
    const own = wishes.filter(({ shim }) => shim === shims);
    const moves = [...new Map(own.map(({ from, to }) => [`${from}\0${to}`, { from, to }])).values()];
    if (moves.length === 0) continue;
    const request = {
      moves,
      shims,
      withTests: false,
      prune: false,
      created: [],
      acceptances,
      rewrites: [],
      batchSize: 0,
    };
    const part = planMove(whole.result, request, tools, onProgress);
    whole = { ...joined(whole, part), moved: [...whole.moved, ...part.moved] };
  }
  return whole;
}

export function askedRemovals(
  snapshot: Snapshot,
  wishes: readonly RemovalWish[],
  acceptances: Acceptances,
  tools: Tools,
): PlannedPart & { readonly deleted: readonly string[] } {
  const wanted = [...new Map(wishes.map((wish) => [`${wish.path}\0${wish.keep}`, wish])).values()];
  const wrong = wanted.flatMap((wish) => unfit(snapshot, wish));
  if (wrong.length > 0) return { ...nothing(snapshot), refusals: wrong, deleted: [] };
  const pairs = wanted.flatMap(({ path, keep }) => (keep === null ? [] : [{ remove: path, keep }]));
  const alone = wanted.filter(({ keep }) => keep === null).map(({ path }) => path);
  const deduped = planDedupe(snapshot, pairs, { acceptances, batchSize: pairs.length }, tools);
  const first = joined(nothing(snapshot), {
    ...deduped,
    refusals: deduped.decisions.flatMap(({ refusals }) => refusals),
    findings: deduped.decisions.flatMap(({ findings }) => findings),
  });
  return {
    ...joined(first, unused(first.result, alone, acceptances, tools)),
    deleted: wanted.map(({ path }) => path).sort(),
  };
}

function unfit(snapshot: Snapshot, { path, keep }: RemovalWish): Problem[] {
  const missing = [path, ...(keep === null ? [] : [keep])].filter(
    (each) => !snapshot.entry(each) || !isPythonPath(each),
  );
  const hint = 'only modules of Python can be proved to be unused';
  return missing.map((each) =>
    problem('unknown-target', `there is no Python file ${each} to remove or keep`, { place: path, hint }),
  );
}

/** The proof that retires shims proves of any module that nothing uses it. */
function unused(snapshot: Snapshot, paths: readonly string[], acceptances: Acceptances, tools: Tools): PlannedPart {
  if (paths.length === 0) return nothing(snapshot);
  const { layout } = tools.codebase(snapshot);
  const modules = paths.map(
    (path): Shim => ({ path, oldName: layout.nameOf(path), newName: '', targetPath: null, renamed: [] }),
  );
  const { decisions, batches, prepared, result } = planRetire(
    snapshot,
    modules,
    { redirect: false, acceptances },
    tools,
  );
  const refusals = decisions.flatMap((decision) => decision.refusals.map(stillUsed));
  const title =
    paths.length === 1 ? `Delete ${paths[0]}, which nothing uses` : `Delete ${paths.length} modules that nothing uses`;
  const message = `${[title, '', ...paths.map((path) => `- ${path}`)].join('\n')}\n`;
  return {
    refusals,
    findings: [],
    batches: batches.map((batch) => ({ ...batch, title, message })),
    prepared: prepared.map((batch) => ({ ...batch, title, message })),
    result,
  };
}

function stillUsed(refusal: Problem): Problem {
  if (refusal.code !== 'still-used') return refusal;
  const message = refusal.message.replace('the old name ', '');
  return { ...refusal, message, hint: 'a transform may remove what nothing uses, or name what stands in: { keep }' };
}

function nothing(result: Snapshot): PlannedPart {
  return { refusals: [], findings: [], batches: [], prepared: [], result };
}

function joined(whole: PlannedPart, part: PlannedPart): PlannedPart {
  return {
    refusals: [...whole.refusals, ...part.refusals],
    findings: [...whole.findings, ...part.findings],
    batches: [...whole.batches, ...part.batches],
    prepared: [...whole.prepared, ...part.prepared],
    result: part.result,
  };
}
