/** Moves of files, one after the other. */
import type { MovedFile } from './model.js';

/**
 * Where each file stands after all steps that stood elsewhere before the first; each step is one simultaneous map. Several
 * files may come to one place: then they have become one.
 */
export function composedMoves(steps: readonly (readonly MovedFile[])[]): MovedFile[] {
  const origins = new Map<string, readonly string[]>();
  for (const moves of steps) {
    const arrived = new Map<string, readonly string[]>();
    for (const { from, to } of moves) arrived.set(to, [...(arrived.get(to) ?? []), ...(origins.get(from) ?? [from])]);
    for (const { from } of moves) origins.delete(from);
    for (const [to, own] of arrived) origins.set(to, own);
  }
  return [...origins].flatMap(([to, own]) => own.filter((from) => from !== to).map((from) => ({ from, to })));
}
