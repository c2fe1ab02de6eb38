/** Whether the result of a merge means what the repository meant before: independent of how it was put together. */
import { type Acceptance, isAccepted } from '../../src/core/accept.js';
import { checkChange } from '../../src/core/check/index.js';
import { mergedProblems } from '../../src/core/check/merged.js';
import { importOrderProblems } from '../../src/core/import-order/index.js';
import type { Linker } from '../../src/core/linker.js';
import type { Problem } from '../../src/core/model.js';
import type { Outline } from '../../src/core/outline.js';
import type { Relocation } from '../../src/core/relocation.js';
import { placesOf } from '../relocation/checking.js';
import type { Settled } from './conflicts.js';
import { insideImports, ownNames, type Source } from './model.js';
import type { Redirected } from './redirecting.js';

/** A merge and what stands there afterwards. */
export interface Merged {
  readonly before: Linker;
  /** Over the virtual result. */
  readonly after: Linker;
  readonly sources: readonly Source[];
  readonly into: string;
  readonly relocation: Relocation;
  readonly settled: Settled;
  readonly moved: Redirected;
  /** Files whose bytes change, by their path before. */
  readonly rewritten: readonly string[];
  readonly created: readonly string[];
}

/** @param known what is wrong already; a place of which that is said is not complained of again */
export function meaningProblems(
  merged: Merged,
  known: readonly Problem[],
  acceptances: readonly Acceptance[],
  outline: (text: string) => Outline,
): Problem[] {
  const errors = known.filter(({ severity }) => severity === 'error');
  const refused = new Set(errors.map(({ path }) => path));
  const others = otherFiles(
    merged,
    errors.filter((each) => isAccepted(each, acceptances)),
  );
  const isUnsettled = merged.sources.some(({ path }) => refused.has(path));
  const isKnown = ({ path }: Problem) => path !== null && refused.has(path);
  return [...others.filter((each) => !isKnown(each)), ...(isUnsettled ? [] : itself(merged, outline))];
}

function otherFiles(
  { before, after, sources, into, relocation, settled, moved, rewritten }: Merged,
  taken: readonly Problem[],
): Problem[] {
  const own = new Set(sources.map(({ path }) => path));
  const shims = new Set(moved.shims.files.map(({ path }) => path));
  return checkChange({
    before,
    after,
    place: (path) => relocation.file(path),
    named: settled.names.of,
    standsFor: (path) => (shims.has(path) ? into : path),
    file: (path) => (own.has(path) || moved.remade.has(path) ? null : path),
    changed: [...relocation.files.keys()],
    rewritten,
    accepted: new Set(taken.map(({ path, line }) => `${path}:${line}`)),
    left: leftPlaces(moved),
  });
}

function leftPlaces({ hits }: Redirected): Set<string> {
  return new Set(hits.hits.filter(({ decision }) => decision === 'leave').flatMap(placesOf));
}

function itself(
  { before, after, sources, into, settled, moved }: Merged,
  outline: (text: string) => Outline,
): Problem[] {
  const copies = new Set(settled.copies.map(({ path, name }) => `${path}\0${name}`));
  const isSource = (path: string) => sources.some((source) => source.path === path);
  const own = new Map(
    sources.map(({ path, unit }) => [path, new Set(ownNames(unit, insideImports(before, unit, isSource)))]),
  );
  return mergedProblems({
    before,
    after,
    sources: sources.map(({ path }) => path),
    into,
    named: settled.names.of,
    isCopy: (path, name) => copies.has(`${path}\0${name}`),
    isTaken: (path, name) => !own.get(path)?.has(name),
    left: leftPlaces(moved),
    outline,
  });
}

/** A correct merge may still fail when it runs: Python's imports are simulated before and after. */
export function orderProblems({ before, after, into, relocation, rewritten, created }: Merged): Problem[] {
  const places = [...rewritten.map((path) => relocation.file(path)), ...created, into];
  const touched = new Set(places.filter((path) => after.codebase.layout.has(path)));
  return importOrderProblems({ before, after, relabel: relocation.files, touched });
}
