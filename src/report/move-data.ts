/** `data` of `move`, without the run. */
import { planPart } from './envelope.js';
import type { MoveReport } from './move-report.js';

export function moveData({ plan, result }: Omit<MoveReport, 'command'>) {
  return { plan: planPart(plan), ...movesData(result) };
}

export function movesData({ moved, created, shims, hits }: MoveReport['result']) {
  return {
    moved,
    created,
    shims,
    hits: hits.map(({ path, line, column, text, written, replacement, decision, reason, class: kind, code }) => {
      return { path, line, column, text, written, replacement, decision, reason, class: kind, code };
    }),
  };
}
