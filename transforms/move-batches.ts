/** A map of moves in several commits: moves that depend on one another stay together, each group is planned on the last one's result. */
import type { MovedFile } from '../src/core/model.js';
import { isInside } from '../src/core/paths.js';

/**
 * @param size moves per batch; 0 for all in one
 * @param apart `from` of moves that get a batch of their own, after the others, with what depends on them
 */
export function moveBatches(moves: readonly MovedFile[], size: number, apart: readonly string[] = []): MovedFile[][] {
  const alone = groups(moves).filter((group) => group.some(({ from }) => apart.includes(from)));
  const rest = moves.filter((move) => !alone.some((group) => group.includes(move)));
  return [...(rest.length > 0 || alone.length === 0 ? inSizes(rest, size) : []), ...alone];
}

function inSizes(moves: readonly MovedFile[], size: number): MovedFile[][] {
  if (size === 0 || moves.length <= size) return [[...moves]];
  const batches: MovedFile[][] = [];
  for (const group of groups(moves)) {
    const last = batches.at(-1);
    if (last && last.length + group.length <= size) last.push(...group);
    else batches.push([...group]);
  }
  return batches;
}

/** Moves that depend on one another are one operation, named by what moves. */
export function operationsOf(moves: readonly MovedFile[]): string[] {
  return groups(moves).map(nameOf);
}

/** Those of the moves that belong to the operations. */
export function movesOfOperations(moves: readonly MovedFile[], operations: readonly string[]): MovedFile[] {
  const chosen = new Set(operations);
  return groups(moves).flatMap((group) => (chosen.has(nameOf(group)) ? group : []));
}

/** A move, by its `from`, and those that it cannot be parted from. */
export function movesTogether(moves: readonly MovedFile[], from: string): MovedFile[] {
  return groups(moves).find((group) => group.some((move) => move.from === from)) ?? [];
}

const nameOf = (group: readonly MovedFile[]) => group.map(({ from }) => from).join(', ');

/** Swaps, chains and nested moves, in the order of the map. */
function groups(moves: readonly MovedFile[]): MovedFile[][] {
  const found: MovedFile[][] = [];
  for (const move of moves) {
    const joined = found.filter((group) => group.some((other) => depend(move, other)));
    const rest = found.filter((group) => !joined.includes(group));
    found.splice(0, found.length, ...rest, [...joined.flat(), move]);
  }
  return found.sort((a, b) => moves.indexOf(a[0] as MovedFile) - moves.indexOf(b[0] as MovedFile));
}

function depend(a: MovedFile, b: MovedFile): boolean {
  const touches = (x: string, y: string) => x === y || isInside(x, y) || isInside(y, x);
  return touches(a.from, b.from) || touches(a.from, b.to) || touches(a.to, b.from) || a.to === b.to;
}
