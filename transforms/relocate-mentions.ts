/**
 * What becomes of strings, settings, scripts, documents and comments that name what moves: for each mention what would
 * stand there, and whether it is rewritten, left, or a person must say. Pure; makes no edits.
 */
import { dynamicTargets } from '../src/core/dynamic.js';
import { asRead, type Mention, type MentionClass, type MentionCode } from '../src/core/mentions.js';
import type { Span } from '../src/core/model.js';
import type { ModuleUsage } from '../src/core/usages.js';
import type { MovedTarget, Naming, RelocatedHit, Relocating, RelocationContext } from './mention-model.js';
import { namingOf } from './mention-naming.js';
import { decide } from './mention-rules.js';
import { type Source, type Surrounding, Surroundings } from './mention-surroundings.js';

export type { MovedTarget, RelocatedHit, Relocating, RelocationContext } from './mention-model.js';

/** Judges one mention; `surroundings` may be shared by the mentions of one relocation. */
export function relocateMention(
  context: RelocationContext,
  mention: Mention,
  surroundings = new Surroundings(context.before.codebase),
): RelocatedHit {
  const around = surroundings.of(mention, context.target);
  const naming = namingOf(context, around);
  const { decision, reason } = decide({ around, naming, context });
  const { source } = around;
  const span = spanInFile(source, naming.span);
  const text = context.before.codebase.text(mention.path);
  return {
    path: mention.path,
    ...context.before.codebase.place(mention.path, span.start),
    text: mention.text,
    span,
    written: 'undecodable' in text ? '' : text.text.slice(span.start, span.end),
    replacement: naming.replacement === null ? null : (source.unit?.written(naming.replacement) ?? naming.replacement),
    decision,
    reason: asRead(around, reason),
    class: mention.class,
    code: decision === 'review' ? codeOf(mention, naming) : null,
    answers: decision === 'rewrite' ? naming.answers : null,
  };
}

function spanInFile({ unit }: Source, { start, end }: Span): Span {
  return unit ? { start: unit.toFile(start), end: unit.toFile(end) } : { start, end };
}

const CODES: Readonly<Partial<Record<MentionClass, MentionCode>>> = {
  config: 'config-reference',
  build: 'build-reference',
  data: 'data-reference',
  javascript: 'javascript-reference',
};

function codeOf(mention: Mention, { form }: Naming): MentionCode {
  return mention.code ?? CODES[mention.class] ?? (form === 'path' ? 'path-reference' : 'string-reference');
}

/** All mentions of what moves, by place, each place once. */
export function relocateUsages(shared: Relocating, usages: readonly ModuleUsage[], covered: boolean): RelocatedHit[] {
  const byPath = new Map<string, [MovedTarget, Mention][]>();
  for (const { target, usages: own, unknowns } of usages) {
    const moved = { target, newPath: newPathOf(shared, target.path), covered, unknowns };
    for (const { source } of own) {
      if (!('mention' in source)) continue;
      const list = byPath.get(source.mention.path);
      if (list) list.push([moved, source.mention]);
      else byPath.set(source.mention.path, [[moved, source.mention]]);
    }
  }
  return [...byPath.keys()].sort().flatMap((path) => relocateMentions(shared, byPath.get(path) ?? []));
}

function newPathOf({ before, relocation }: Relocating, path: string): string {
  return before.codebase.snapshot.entry(path) ? relocation.file(path) : relocation.directory(path);
}

/**
 * The mentions of several moved targets in one file. Where they overlap, the longest decides: a module that moves apart
 * from its package. Where one name could be several modules', a person decides.
 */
export function relocateMentions(
  shared: Relocating,
  mentions: readonly (readonly [MovedTarget, Mention])[],
): RelocatedHit[] {
  const surroundings = new Surroundings(shared.before.codebase);
  const sorted = [...mentions].sort(([, a], [, b]) => a.span.start - b.span.start || a.span.end - b.span.end);
  const hits = sorted.flatMap(([moved, mention]) => {
    const context = { ...shared, ...moved };
    if (isCode(context, surroundings.of(mention, moved.target))) return [];
    return [relocateMention(context, mention, surroundings)];
  });
  const bySpan = new Map<string, RelocatedHit>();
  for (const hit of hits) {
    const key = `${hit.span.start}:${hit.span.end}`;
    const other = bySpan.get(key);
    bySpan.set(key, other ? merged(other, hit) : hit);
  }
  return longest([...bySpan.values()]);
}

/** Attributes and names are code, and so is the literal of an import function: both are rewritten with the code. */
function isCode({ before }: RelocationContext, { source, span, site }: Surrounding): boolean {
  const { unit } = source;
  if (site === 'code') return true;
  const dynamic = unit?.facts.dynamics.find(
    ({ name }) => name.kind === 'literal' && name.span && name.span.start <= span.start && span.end <= name.span.end,
  );
  if (!unit || !dynamic) return false;
  const [target] = dynamicTargets(before, unit, dynamic);
  return target?.resolution.found != null && !target.resolution.guessed;
}

const WEIGHT = { rewrite: 1, review: 2, leave: 0 } as const;

function merged(a: RelocatedHit, b: RelocatedHit): RelocatedHit {
  const heavier = WEIGHT[b.decision] > WEIGHT[a.decision] ? b : a;
  if (a.replacement === b.replacement || heavier.decision === 'leave') return heavier;
  if (a.decision === 'leave' || b.decision === 'leave') return heavier;
  const code = a.code ?? b.code ?? 'string-reference';
  return { ...heavier, replacement: null, decision: 'review', reason: 'Several modules that move answer to it.', code };
}

/** Of hits that overlap, the widest. */
function longest(hits: readonly RelocatedHit[]): RelocatedHit[] {
  const width = ({ span }: RelocatedHit) => span.end - span.start;
  const kept: RelocatedHit[] = [];
  for (const hit of [...hits].sort((a, b) => a.span.start - b.span.start)) {
    const last = kept.at(-1);
    if (!last || last.span.end <= hit.span.start) kept.push(hit);
    else if (width(hit) > width(last)) kept[kept.length - 1] = hit;
  }
  return kept;
}
