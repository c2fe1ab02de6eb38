/** Where a module could go instead, when only the order of imports speaks against where it was to go. */
import type { MovedFile, Problem } from '../../src/core/model.js';
import { baseOf, directoryOf, join } from '../../src/core/paths.js';

/** What the simulation of imports finds; the packages that a module comes into decide it. */
const OF_ORDER: ReadonlySet<string> = new Set(['import-order', 'new-requirement', 'side-effect-lost']);

/**
 * The refusals, with the nearest destination above the one that was asked for that would not be refused, if there is one.
 * @param isPackage whether a directory is one
 * @param refusalsOf plans other moves
 */
export function withAlternative(
  moves: readonly MovedFile[],
  refusals: readonly Problem[],
  isPackage: (directory: string) => boolean,
  refusalsOf: (moves: readonly MovedFile[]) => readonly Problem[],
): readonly Problem[] {
  const [move] = moves;
  if (!move || moves.length > 1 || refusals.length === 0 || !refusals.every(({ code }) => OF_ORDER.has(code)))
    return refusals;
  const to = placesAbove(move).find(
    (place) => isPackage(directoryOf(place)) && refusalsOf([{ from: move.from, to: place }]).length === 0,
  );
  if (to === undefined) return refusals;
  return refusals.map((each) => ({ ...each, hint: [each.hint, `${to} would do`].filter(Boolean).join('; ') }));
}

/** In the packages around the destination, innermost first: fewer of them have to be imported before. */
function placesAbove({ from, to }: MovedFile): string[] {
  const found: string[] = [];
  for (let here = directoryOf(directoryOf(to)); here !== ''; here = directoryOf(here))
    found.push(join(here, baseOf(to)));
  return found.filter((place) => place !== from);
}
