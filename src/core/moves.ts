/** Moves of files, one after the other. */
import type { MovedFile } from './model.js';

/** Where each file stands after all steps that stood elsewhere before the first; each step is one simultaneous map. */
export function composedMoves(steps: readonly (readonly MovedFile[])[]): MovedFile[] {
  const origin = new Map<string, string>();
  for (const moves of steps) {
    const origins = moves.map(({ from, to }) => [to, origin.get(from) ?? from] as const);
    for (const { from } of moves) origin.delete(from);
    for (const [to, from] of origins) origin.set(to, from);
  }
  return [...origin].filter(([to, from]) => to !== from).map(([to, from]) => ({ from, to }));
}
