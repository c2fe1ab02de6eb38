/**
 * Plans a relocation: modules and packages moved, every reference rewritten, the result checked. All or nothing: with
 * refusals there are no batches.
 */
import type { Snapshot } from '../src/core/model.js';
import { moveBatches, operationsOf } from './move-batches.js';
import type { Tools } from './plan-dedupe.js';
import { withAlternative } from './relocation/alternatives.js';
import { NOTHING, planBatch } from './relocation/planning.js';
import type { MoveRequest, MoveResult } from './relocation/request.js';

export type { MoveRequest, MoveResult } from './relocation/request.js';

export function planMove(
  snapshot: Snapshot,
  request: MoveRequest,
  tools: Tools,
  onProgress: (what: string) => void = () => undefined,
): MoveResult {
  const whole = planned(snapshot, request, tools, onProgress);
  if (whole.refusals.length === 0) return whole;
  const isPackage = (directory: string) => snapshot.entry(`${directory}/__init__.py`) !== undefined;
  const refusals = withAlternative(request.moves, whole.refusals, isPackage, (moves) => {
    onProgress('looking for a place that would do');
    return planned(snapshot, { ...request, moves }, tools, () => undefined).refusals;
  });
  return { ...whole, refusals, batches: [], prepared: [], result: snapshot };
}

function planned(
  snapshot: Snapshot,
  request: MoveRequest,
  tools: Tools,
  onProgress: (what: string) => void,
): MoveResult {
  let whole: MoveResult = { ...NOTHING, result: snapshot };
  for (const moves of moveBatches(request.moves, request.batchSize, request.apart)) {
    const part = planBatch(whole.result, { ...request, moves }, tools, onProgress);
    whole = joined(whole, part, operationsOf(moves));
  }
  return whole;
}

/** A batch planned on the result of those before it; its number follows theirs. */
function joined(whole: MoveResult, part: MoveResult, operations: readonly string[]): MoveResult {
  const id = `b${whole.batches.length + 1}`;
  return {
    moved: [...whole.moved, ...part.moved].sort((a, b) => (a.from < b.from ? -1 : 1)),
    created: [...whole.created, ...part.created],
    shims: [...whole.shims, ...part.shims],
    hits: [...whole.hits, ...part.hits],
    rewritten: [...new Set([...whole.rewritten, ...part.rewritten])].sort(),
    findings: [...whole.findings, ...part.findings],
    refusals: [...whole.refusals, ...part.refusals],
    accepted: [...whole.accepted, ...part.accepted],
    batches: [...whole.batches, ...part.batches.map((batch) => ({ ...batch, id }))],
    prepared: [...whole.prepared, ...part.prepared.map((batch) => ({ ...batch, id, operations }))],
    result: part.result,
  };
}
