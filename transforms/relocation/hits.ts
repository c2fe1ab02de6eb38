/** Textual mentions of what moves, decided, and made into edits; what stays undecided is refused. */
import type { TextEdit } from '../../src/core/edits.js';
import type { Linker } from '../../src/core/linker.js';
import type { Place, Problem } from '../../src/core/model.js';
import type { TextualHit } from '../../src/core/plan.js';
import { problem } from '../../src/core/problems.js';
import type { ModuleUsage } from '../../src/core/usages.js';
import type { Relocating } from '../mention-model.js';
import { type RelocatedHit, relocateUsages } from '../relocate-mentions.js';

export interface Hits {
  readonly hits: readonly TextualHit[];
  /** By path before. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  readonly refusals: readonly Problem[];
  /** Computed imports whose lists of names are rewritten: they need no acceptance. */
  readonly answered: readonly Place[];
}

export interface HitsInput extends Relocating {
  readonly usages: readonly ModuleUsage[];
  readonly shims: boolean;
  /** `PATH:LINE` or `PATH:LINE=TEXT` of doubtful hits that shall be rewritten. */
  readonly rewrites: readonly string[];
  /** Whether a person took responsibility for what would be refused. */
  readonly isTaken: (refusal: Problem) => boolean;
}

export function textualHits({ usages, shims, rewrites, isTaken, ...shared }: HitsInput): Hits {
  const { before } = shared;
  const hits = relocateUsages(shared, usages, shims).map((hit) => asked(before, hit, rewrites));
  const edits = new Map<string, TextEdit[]>();
  for (const { decision, path, span, replacement } of hits) {
    if (decision !== 'rewrite' || replacement === null) continue;
    const list = edits.get(path) ?? [];
    edits.set(path, list);
    list.push({ span, text: replacement, reason: 'names what moves' });
  }
  return {
    hits: hits.map((hit) => settled(plain(hit), isTaken)),
    edits,
    refusals: hits.filter(({ decision }) => decision === 'review').map(undecided),
    answered: hits.flatMap(({ answers }) => answers ?? []),
  };
}

/** A hit that a person wants rewritten, perhaps in words of their own. */
function asked({ codebase }: Linker, hit: RelocatedHit, rewrites: readonly string[]): RelocatedHit {
  const place = `${hit.path}:${hit.line}`;
  const entry = rewrites.find((each) => each === place || each.startsWith(`${place}=`));
  if (entry === undefined || hit.decision === 'rewrite') return hit;
  const own = entry.slice(place.length + 1);
  const written = codebase.kind(hit.path) === 'notebook' ? JSON.stringify(own).slice(1, -1) : own;
  const text = written || hit.replacement;
  return text === null ? hit : { ...hit, decision: 'rewrite', replacement: text, reason: 'Asked for.', code: null };
}

function plain({ span: _span, answers: _answers, ...hit }: RelocatedHit): TextualHit {
  return hit;
}

/** What was accepted needs nobody's answer any more. */
function settled(hit: TextualHit, isTaken: HitsInput['isTaken']): TextualHit {
  if (hit.decision !== 'review' || !isTaken(undecided(hit))) return hit;
  return { ...hit, decision: 'leave', reason: `Accepted as it is. ${hit.reason}` };
}

function undecided(hit: TextualHit): Problem {
  const place = `${hit.path}:${hit.line}`;
  const hint =
    hit.replacement === null
      ? `--rewrite ${place}=TEXT puts TEXT in its place`
      : `--rewrite ${place} makes it ${hit.replacement}`;
  const message = `'${hit.written}' names what moves, and what it is for cannot be told: ${hit.reason}`;
  return problem(hit.code ?? 'string-reference', message, { place: hit, hint });
}
