/** `data` of `merge`, without the run. */

import { planPart } from './envelope.js';
import type { MergeReport } from './merge-report.js';
import { movesData } from './move-data.js';

export function mergeData({ plan, result, into, from }: Omit<MergeReport, 'command'>) {
  const { symbols, lines } = result;
  return { plan: planPart(plan), from, into, lines, symbols, ...movesData(result) };
}
