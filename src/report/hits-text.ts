/** Textual hits as a table for people. */
import type { TextualHit } from '../core/plan.js';
import type { Style } from './style.js';

export function hitsText(hits: readonly TextualHit[], _style: Style): string {
  return hits
    .map(
      ({ path, line, decision, written, replacement }) => `${decision} ${path}:${line} ${written} -> ${replacement}\n`,
    )
    .join('');
}
