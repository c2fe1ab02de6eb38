/** Textual mentions of what moves, decided, and made into edits; what stays undecided is refused. */
import type { TextEdit } from '../../src/core/edits.js';
import type { Linker } from '../../src/core/linker.js';
import type { Problem } from '../../src/core/model.js';
import type { TextualHit } from '../../src/core/plan.js';
import { problem } from '../../src/core/problems.js';
import type { Relocation } from '../../src/core/relocation.js';
import type { ModuleUsage } from '../../src/core/usages.js';

export interface Hits {
  readonly hits: readonly TextualHit[];
  /** By path before. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  readonly refusals: readonly Problem[];
}

export interface HitsInput {
  readonly before: Linker;
  readonly after: Linker;
  readonly relocation: Relocation;
  readonly usages: readonly ModuleUsage[];
  readonly shims: boolean;
  /** `PATH:LINE` or `PATH:LINE=TEXT` of doubtful hits that shall be rewritten. */
  readonly rewrites: readonly string[];
}

export function textualHits(_input: HitsInput): Hits {
  return { hits: [], edits: new Map(), refusals: [] };
}

/** A hit that a person must decide. */
export function undecided(hit: TextualHit): Problem {
  const message = `names what moves: ${hit.reason}`;
  const hint =
    hit.replacement === null ? 'change it by hand' : `--rewrite ${hit.path}:${hit.line} makes it ${hit.replacement}`;
  return problem(hit.code ?? 'string-reference', message, { place: hit, hint });
}
