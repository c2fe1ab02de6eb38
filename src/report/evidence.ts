/**
 * The evidence for or against a module in classes that people recognise, each with a verdict: a tick where nothing stands
 * in the way, a cross where it does, a question mark where nobody can tell. Shared by texts and Markdown.
 */
import type { Place, Problem } from '../core/model.js';
import type { PairDecision } from '../core/plan.js';
import type { Unknown } from '../core/unknowns.js';
import type { ModuleUsage, Usage } from '../core/usages.js';
import type { Mark } from './style.js';
import { groupedBy } from './words.js';

/** In the order in which they are shown. */
export const REFERENCE_CLASSES = [
  'import statements',
  'lazy imports',
  'guarded imports',
  'typing imports',
  'attribute chains',
  'dynamic imports',
  'strings',
  'config and build',
  'paths',
  'notebooks',
  'data',
  'JavaScript',
] as const;
export type ReferenceClass = (typeof REFERENCE_CLASSES)[number];

/** One class of references with all its places; never empty. */
export interface EvidenceLine {
  readonly mark: Mark;
  readonly label: string;
  readonly places: readonly Place[];
  /** Why nobody can tell, for unknowns. */
  readonly reason: string | null;
}

export interface Evidence {
  /** What breaks without the module, and what could. */
  readonly lines: readonly EvidenceLine[];
  /** Classes that were looked for and not found. */
  readonly none: readonly ReferenceClass[];
  /** Prose, comments and reports that speak of it. */
  readonly mentions: readonly Usage[];
}

const UNKNOWN_LABELS: Readonly<Record<Unknown['code'], string>> = {
  'dynamic-import': 'computed imports',
  'unreadable-file': 'unreadable files',
  'syntax-error': 'broken files',
  'binary-reference': 'binary files',
  'javascript-reference': 'scripts',
  'guessed-import': 'guessed imports',
};

export function evidenceOf(decision: Pick<PairDecision, 'usage' | 'refusals'>): Evidence {
  const { usages, unknowns } = decision.usage;
  const blocked = new Set(decision.refusals.map(placeKey));
  const byClass = groupedBy(references(decision.usage), referenceClass);
  const lines = REFERENCE_CLASSES.flatMap((label): EvidenceLine[] => {
    const found = byClass.get(label);
    return found ? [{ mark: markOf(found, blocked), label, places: inOrder(found), reason: null }] : [];
  });
  const unclear = [...groupedBy(unknowns, ({ code }) => code)].map(
    ([code, places]): EvidenceLine => ({
      mark: 'ask',
      label: UNKNOWN_LABELS[code],
      places,
      reason: places[0]?.reason ?? null,
    }),
  );
  return {
    lines: [...lines, ...unclear],
    none: REFERENCE_CLASSES.filter((label) => !byClass.has(label)),
    mentions: usages.filter(({ effect }) => effect === 'mention'),
  };
}

/** Usages without which something breaks. */
export function references(usage: ModuleUsage): Usage[] {
  return usage.usages.filter(({ effect }) => effect === 'reference');
}

/** The class by which people know a reference. */
export function referenceClass({ class: kind, source }: Usage): ReferenceClass {
  if ('mention' in source) {
    if (source.mention.form === 'path') return 'paths';
    if (kind === 'config' || kind === 'build') return 'config and build';
    if (kind === 'notebook') return 'notebooks';
    if (kind === 'javascript') return 'JavaScript';
    return kind === 'data' || kind === 'docs' ? 'data' : 'strings';
  }
  if (kind === 'attribute' || kind === 'name') return 'attribute chains';
  if (kind === 'dynamic') return 'dynamic imports';
  const { when } = source.reference;
  if (when === 'lazy') return 'lazy imports';
  if (when === 'guarded') return 'guarded imports';
  return when === 'typing' ? 'typing imports' : 'import statements';
}

function markOf(found: readonly Usage[], blocked: ReadonlySet<string>): Mark {
  if (found.some((usage) => blocked.has(placeKey(usage)))) return 'cross';
  return found.some(({ confidence }) => confidence === 'possible') ? 'ask' : 'tick';
}

/** In the order of files, which people can follow; several on one line of a file count as one place. */
function inOrder(found: readonly Usage[]): Place[] {
  return [...new Map(found.map((usage) => [placeKey(usage), usage])).values()];
}

function placeKey({ path, line }: Pick<Problem, 'path' | 'line'>): string {
  return `${path}:${line}`;
}
