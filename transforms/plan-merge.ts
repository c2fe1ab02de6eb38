/**
 * Plans the merging of modules into one: names settled, imports between them taken out, their code put together, every
 * reference redirected, the result checked. All or nothing: with refusals there are no batches.
 */
import type { Snapshot } from '../src/core/model.js';
import { planMergeInto } from './merge/planning.js';
import type { MergeRequest, MergeResult } from './merge/request.js';
import type { Tools } from './plan-dedupe.js';

export type { MergeRequest, MergeResult } from './merge/request.js';

export function planMerge(
  snapshot: Snapshot,
  request: MergeRequest,
  tools: Tools,
  onProgress: (what: string) => void = () => undefined,
): MergeResult {
  const hoisted = planMergeInto(snapshot, request, tools, true, onProgress);
  const isOrder = hoisted.refusals.length > 0 && hoisted.refusals.every(({ code }) => code === 'import-order');
  if (!isOrder) return hoisted;
  // An import that runs earlier than it did may come too early; where it stood it did not.
  const inPlace = planMergeInto(snapshot, request, tools, false, onProgress);
  return inPlace;
}
