/** The contract's JSON: the one document that every command prints, and its `data` for graph, usages and plans. */
import type { Cycle, ImportGraph } from '../core/graph.js';
import type { Change, Problem } from '../core/model.js';
import type { PairDecision, Plan } from '../core/plan.js';
import type { ModuleUsage } from '../core/usages.js';

export interface Result {
  readonly command: string;
  readonly exitCode: number;
  readonly data: unknown;
  readonly problems: readonly Problem[];
}

/**
 * One line of JSON, part by part: that of a large repository is longer than what should be held at once. Control characters
 * and bidi marks stand as escapes: printed on a terminal it is inert.
 */
export function* envelope({ command, exitCode, data, problems }: Result): Generator<string> {
  const ok = exitCode === 0;
  const document = { schema: 1, ok, command, exitCode, data: data ?? {}, problems: problems.map(problemData) };
  let part = '';
  for (const piece of jsonPieces(document)) {
    part += piece.replace(HOSTILE, escaped);
    if (part.length < PART) continue;
    yield part;
    part = '';
  }
  yield `${part}\n`;
}

/** UTF-16 units of a part, at least. */
const PART = 64 * 1024;

/** Elements of an array that make one piece. */
const ELEMENTS = 1000;

/** What `JSON.stringify` gives, in pieces: long arrays are cut between their elements. */
function* jsonPieces(value: unknown): Generator<string> {
  if (Array.isArray(value) && value.length > ELEMENTS) {
    for (let at = 0; at < value.length; at += ELEMENTS)
      yield `${at === 0 ? '[' : ','}${JSON.stringify(value.slice(at, at + ELEMENTS)).slice(1, -1)}`;
    yield ']';
  } else if (isPlain(value)) {
    let opening = '{';
    for (const [key, inner] of Object.entries(value)) {
      if (inner === undefined) continue;
      yield `${opening}${JSON.stringify(key)}:`;
      yield* jsonPieces(inner);
      opening = ',';
    }
    yield opening === '{' ? '{}' : '}';
  } else yield JSON.stringify(value);
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** What JSON allows unescaped and a terminal may obey; outside of strings none of it occurs. */
const HOSTILE =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

function escaped(character: string): string {
  return [...character.split('')].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

/** Keys in the contract's order, whatever order the problem was built in. */
function problemData({ code, severity, path, line, column, message, hint }: Problem): Problem {
  return { code, severity, path, line, column, message, hint };
}

/** `data` of `graph`. */
export function graphData(graph: ImportGraph, cycles: readonly Cycle[], nameOf: (path: string) => string) {
  return {
    modules: graph.modules.map(({ name, path, otherNames }) => ({
      name,
      path,
      ...(otherNames.length > 0 ? { names: otherNames } : {}),
    })),
    imports: graph.imports.map(({ path, importedPath, line, form, when }) => ({
      importer: nameOf(path),
      imported: nameOf(importedPath),
      path,
      importedPath,
      line,
      form,
      when,
    })),
    unresolved: graph.unresolved.map(({ path, line, name, when, reason }) => {
      return { importer: nameOf(path), path, line, name, when, reason };
    }),
    unknowns: graph.unknowns.map(({ path, line, reason }) => ({ path, line, reason })),
    cycles: cycles.map(({ kind, paths }) => ({ kind, modules: paths.map(nameOf), paths })),
  };
}

/** `data` of `usages`. References that only mention the module have `effect: "mention"`; nothing breaks without them. */
export function usagesData(usages: readonly ModuleUsage[]) {
  return {
    targets: usages.map(({ target, verdict, usages: found, unknowns }) => ({
      module: target.dottedNames[0] ?? target.path,
      path: target.path,
      verdict,
      references: found.map((usage) => ({
        path: usage.path,
        line: usage.line,
        column: usage.column,
        text: usage.text,
        class: usage.class,
        confidence: usage.confidence,
        effect: usage.effect,
        reason: usage.reason,
      })),
      unknowns: unknowns.map(({ path, line, column, text, code, reason }) => {
        return { path, line, column, text, code, reason };
      }),
    })),
  };
}

/** `data.plan` of every planning command. */
export function planPart({ id, base, batches, findings, refusals }: Omit<Plan, 'schema' | 'intent'>) {
  return {
    id,
    base,
    batches: batches.map((batch) => ({
      id: batch.id,
      title: batch.title,
      changes: batch.changes.map(changeData),
    })),
    findings: findings.map(problemData),
    refusals: refusals.map(problemData),
  };
}

/** `data` of `dedupe`, without the run. */
export function planData(plan: Plan, decisions: readonly PairDecision[]) {
  return { plan: planPart(plan), pairs: pairsData(decisions) };
}

export function pairsData(decisions: readonly PairDecision[]) {
  return decisions.map(({ keep, remove, decision, comparison, refusals: reasons, accepted }) => ({
    keep,
    remove,
    decision,
    verdict: comparison.verdict,
    similarity: comparison.similarity,
    codes: [...new Set(reasons.map(({ code }) => code))],
    accepted: [...new Set(accepted.map(({ code }) => code))],
  }));
}

function changeData(change: Change) {
  const { kind, path } = change;
  if (change.kind === 'delete') return { kind, path };
  return { kind, path, ...(change.kind === 'move' ? { from: change.from } : {}), edits: change.edits };
}
