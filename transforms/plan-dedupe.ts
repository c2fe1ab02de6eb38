/**
 * Plans the deletion of many duplicates: each pair is decided on the virtual result of those before it, refused pairs
 * are tried again while others go (a duplicate may be used only by another), and what is decided becomes batches.
 */
import type { Acceptance } from '../src/core/accept.js';
import { checkChange } from '../src/core/check/index.js';
import type { Codebase } from '../src/core/codebase.js';
import type { ComparedModule } from '../src/core/compare.js';
import { Linker } from '../src/core/linker.js';
import type { Batch, Change, FileTransition, ObjectId, PreparedBatch, Snapshot } from '../src/core/model.js';
import type { Outline } from '../src/core/outline.js';
import { overlay, type Replacement } from '../src/core/overlay.js';
import type { PairDecision } from '../src/core/plan.js';
import { type Realised, realise } from '../src/core/realise.js';
import { mentionedPlaces } from '../src/core/usages.js';
import { acceptedPlaces, deleteDuplicate, type PairOutcome } from './delete-duplicates.js';

export interface Pair {
  readonly keep: string;
  readonly remove: string;
}

/** What planning needs from outside: parsers and hashes, all pure. */
export interface Tools {
  codebase(snapshot: Snapshot): Codebase;
  compared(codebase: Codebase, linker: Linker, path: string): ComparedModule;
  outline(text: string): Outline;
  nameBlob(bytes: Uint8Array): ObjectId;
}

export interface DedupeResult {
  /** In the order of the pairs. */
  readonly decisions: readonly PairDecision[];
  readonly batches: readonly Batch[];
  readonly prepared: readonly PreparedBatch[];
  /** What each deletion changes, in the order in which they were decided, by the path that goes. */
  readonly steps: readonly { readonly name: string; readonly transitions: readonly FileTransition[] }[];
  /** The repository as it would be. */
  readonly result: Snapshot;
}

interface Operation {
  /** The duplicate that goes. */
  readonly name: string;
  readonly title: string;
  readonly message: string;
  readonly changes: readonly Change[];
  readonly transitions: readonly FileTransition[];
}

export function planDedupe(
  snapshot: Snapshot,
  pairs: readonly Pair[],
  options: { acceptances: readonly Acceptance[]; batchSize: number; apart?: readonly string[] | undefined },
  tools: Tools,
  onPair: (pair: Pair, index: number) => void = () => undefined,
): DedupeResult {
  const decided = new Map<Pair, PairDecision>();
  const operations: Operation[] = [];
  let current = snapshot;
  let open = [...pairs];
  while (open.length > 0) {
    const refused: Pair[] = [];
    for (const pair of open) {
      onPair(pair, pairs.indexOf(pair));
      const attempt = attemptPair(current, pair, options.acceptances, tools);
      decided.set(pair, attempt.decision);
      if (attempt.operation) operations.push(attempt.operation);
      else refused.push(pair);
      current = attempt.result;
    }
    // Nothing went in this round: nothing can change in the next.
    open = refused.length < open.length ? refused : [];
  }
  const decisions = pairs.map((pair) => decided.get(pair) as PairDecision);
  return { decisions, ...inBatches(operations, options.batchSize, options.apart), steps: operations, result: current };
}

interface Attempt {
  readonly decision: PairDecision;
  readonly operation: Operation | null;
  readonly result: Snapshot;
}

function attemptPair(snapshot: Snapshot, pair: Pair, acceptances: readonly Acceptance[], tools: Tools): Attempt {
  const codebase = tools.codebase(snapshot);
  const linker = new Linker(codebase);
  const compared = (path: string) => tools.compared(codebase, linker, path);
  const outcome = deleteDuplicate({ linker, ...pair, acceptances, compared });
  if (outcome.decision.decision === 'refuse') return { decision: outcome.decision, operation: null, result: snapshot };
  const { changes, transitions } = changesOf(codebase, outcome);
  const replaced = new Map<string, Replacement>(transitions.map(({ path, after }) => [path, after as Replacement]));
  const result = overlay(snapshot, replaced, tools.nameBlob);
  const problems = checkChange({
    before: linker,
    after: new Linker(tools.codebase(result)),
    place: (path) => (path === pair.remove ? pair.keep : path),
    named: (_, name) => name,
    standsFor: (path) => path,
    file: (path) => (outcome.deleted.includes(path) ? null : path),
    changed: outcome.deleted,
    rewritten: outcome.decision.rewritten,
    accepted: new Set(acceptedPlaces(outcome.decision)),
    left: new Set(mentionedPlaces(outcome.decision.usage)),
  });
  if (problems.length > 0) {
    return {
      decision: { ...outcome.decision, decision: 'refuse', refusals: problems, rewritten: [] },
      operation: null,
      result: snapshot,
    };
  }
  const title = `Delete ${pair.remove}, a duplicate of ${pair.keep}`;
  return {
    decision: outcome.decision,
    operation: { name: pair.remove, title, message: messageOf(title, outcome.decision), changes, transitions },
    result,
  };
}

function changesOf(codebase: Codebase, { edits, deleted }: PairOutcome): Realised {
  const rewritten = [...edits].map(([path, own]) => ({ path, edits: own }));
  return realise(codebase, { moved: [], rewritten, created: [], deleted });
}

function messageOf(title: string, decision: PairDecision): string {
  const { comparison, rewritten, accepted } = decision;
  const lines = [
    title,
    '',
    `Contents: ${comparison.verdict}, similarity ${(comparison.similarity * 100).toFixed(1)} %. ${comparison.reason}`,
  ];
  if (rewritten.length > 0) lines.push('', 'Redirected to the kept module:', ...rewritten.map((path) => `- ${path}`));
  if (accepted.length > 0) {
    lines.push(
      '',
      'Accepted by name:',
      ...accepted.map((p) => `- ${p.code}${p.path ? ` ${p.path}` : ''}${p.line ? `:${p.line}` : ''}: ${p.message}`),
    );
  }
  return `${lines.join('\n')}\n`;
}

/**
 * Groups operations; one that touches a file of the current group starts the next, because its edits rest on that commit.
 * @param apart names of those that get a group of their own
 */
function inBatches(
  operations: readonly Operation[],
  size: number,
  apart: readonly string[] = [],
): { batches: Batch[]; prepared: PreparedBatch[] } {
  const groups: Operation[][] = [];
  const isAlone = ({ name }: Operation) => apart.includes(name);
  for (const operation of operations) {
    const group = groups.at(-1);
    const touched = new Set(group?.flatMap(({ changes }) => changes.map((change) => change.path)));
    const isRoom = group && group.length < size && ![...group, operation].some(isAlone);
    const fits = isRoom && !operation.changes.some((change) => touched.has(change.path));
    if (fits) group.push(operation);
    else groups.push([operation]);
  }
  const named = groups.map((group, index) => ({
    id: `b${index + 1}`,
    title: group.length === 1 ? (group[0] as Operation).title : `Delete ${group.length} duplicates`,
    message: group.length === 1 ? (group[0] as Operation).message : groupMessage(group),
    group,
  }));
  return {
    batches: named.map(({ group, ...head }) => ({ ...head, changes: group.flatMap((operation) => operation.changes) })),
    prepared: named.map(({ group, ...head }) => ({
      ...head,
      transitions: group.flatMap((operation) => operation.transitions),
      operations: group.map((operation) => operation.name),
    })),
  };
}

function groupMessage(group: readonly Operation[]): string {
  return `Delete ${group.length} duplicates\n\n${group.map((operation) => operation.message).join('\n')}`;
}
