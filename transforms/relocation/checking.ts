/** Whether the result of a relocation means what the repository meant before: independent of how it was computed. */
import { checkChange } from '../../src/core/check/index.js';
import { importOrderProblems } from '../../src/core/import-order/index.js';
import type { Linker } from '../../src/core/linker.js';
import type { Problem } from '../../src/core/model.js';
import type { TextualHit } from '../../src/core/plan.js';
import type { Relocation } from '../../src/core/relocation.js';

import type { MovedUnit } from './units.js';

/** A relocation and what stands there afterwards. */
export interface Relocated {
  readonly before: Linker;
  /** Over the virtual result. */
  readonly after: Linker;
  readonly relocation: Relocation;
  readonly units: readonly MovedUnit[];
  /** Files whose bytes change, by their path before. */
  readonly rewritten: readonly string[];
  /** New files: packages and shims. */
  readonly created: readonly string[];
  readonly shims: readonly string[];
  readonly deleted: readonly string[];
  /** Mentions in texts, and what becomes of them. */
  readonly hits: readonly TextualHit[];
}

/**
 * Every import leads where it led, every name means what it meant.
 * @param accepted places that a person took responsibility for
 */
export function meaningProblems(relocated: Relocated, accepted: readonly Problem[]): Problem[] {
  const { before, after, relocation, units, shims, deleted, rewritten, hits } = relocated;
  const left = hits.filter(({ decision }) => decision === 'leave');
  return checkChange({
    before,
    after,
    place: (path) => (relocation.files.has(path) ? relocation.file(path) : relocation.directory(path)),
    named: (_, name) => name,
    standsFor: (path) => (shims.includes(path) ? relocation.file(path) : path),
    file: (path) => (deleted.includes(path) ? null : relocation.file(path)),
    changed: units.flatMap(({ target }) => target ?? []),
    rewritten,
    accepted: new Set(accepted.map(({ path, line }) => `${path}:${line}`)),
    left: new Set(left.flatMap(placesOf)),
  });
}

/** A correct rewrite may still fail when it runs: Python's imports are simulated before and after. */
export function orderProblems({ before, after, relocation, rewritten, created }: Relocated): Problem[] {
  const places = [...relocation.files.keys(), ...rewritten].map((path) => relocation.file(path));
  const touched = new Set([...places, ...created].filter((path) => after.codebase.layout.has(path)));
  return importOrderProblems({ before, after, relabel: relocation.files, touched });
}

/** Every column of the first line of what is left as it is written: it may be a whole statement. */
export function placesOf({ path, line, column, written }: TextualHit): string[] {
  const [first = ''] = written.split('\n');
  return Array.from({ length: Math.max(1, first.length) }, (_, index) => `${path}:${line}:${column + index}`);
}
