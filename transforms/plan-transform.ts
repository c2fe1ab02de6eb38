/**
 * Plans what a user's own transform came to: its texts first, checked; then the moves and deletions it asked for, each
 * decided as if a person had asked. All or nothing: with refusals there are no batches.
 */
import { type Acceptance, isAccepted } from '../src/core/accept.js';
import { checkTransformed } from '../src/core/check/transformed.js';
import { applyToText, type TextEdit } from '../src/core/edits.js';
import { Linker } from '../src/core/linker.js';
import type { Batch, MovedFile, PreparedBatch, Problem, Snapshot } from '../src/core/model.js';
import { overlay, type Replacement } from '../src/core/overlay.js';
import { problem, RegraftError } from '../src/core/problems.js';
import { realise } from '../src/core/realise.js';
import type { Tools } from './plan-dedupe.js';
import { askedMoves, askedRemovals, type RemovalWish } from './transform-wishes.js';

/** What running a transform on all its files gave. */
export interface TransformWishes {
  readonly edits: readonly { readonly path: string; readonly edits: readonly TextEdit[] }[];
  readonly created: readonly { readonly path: string; readonly text: string }[];
  readonly moves: readonly (MovedFile & { readonly shim: boolean })[];
  readonly removals: readonly RemovalWish[];
  /** Files that it failed on. */
  readonly failures: readonly Problem[];
}

export interface TransformRequest {
  /** What reports and commits call it. */
  readonly name: string;
  /** What it was given, for the commits. */
  readonly options?: Readonly<Record<string, string>>;
  readonly acceptances: readonly Acceptance[];
  /** Files per commit; 0 for all in one. */
  readonly batchSize: number;
  /** Files that stay as they are. */
  readonly except?: readonly string[] | undefined;
  /** Files whose rewriting gets a commit of its own, after the others. */
  readonly apart?: readonly string[] | undefined;
}

/** A part of the work, planned on what those before it come to. */
export interface PlannedPart {
  readonly refusals: readonly Problem[];
  readonly findings: readonly Problem[];
  readonly batches: readonly Batch[];
  readonly prepared: readonly PreparedBatch[];
  readonly result: Snapshot;
}

export interface RewrittenFile {
  readonly path: string;
  /** Lines. */
  readonly added: number;
  readonly removed: number;
}

export interface TransformPlan extends PlannedPart {
  readonly rewritten: readonly RewrittenFile[];
  readonly created: readonly string[];
  readonly moved: readonly MovedFile[];
  readonly deleted: readonly string[];
  readonly accepted: readonly Problem[];
}

export function planTransform(
  snapshot: Snapshot,
  all: TransformWishes,
  request: TransformRequest,
  tools: Tools,
  onProgress: (what: string) => void = () => undefined,
): TransformPlan {
  const wishes = exceptFor(all, request.except ?? []);
  const goes = new Set(wishes.removals.map(({ path }) => path));
  const edits = wishes.edits.filter(({ path, edits: own }) => own.length > 0 && !goes.has(path));
  const texts = plannedTexts(snapshot, { edits, created: wishes.created }, request, tools);
  const moves = askedMoves(texts.result, wishes.moves, request.acceptances, tools, onProgress);
  const removals = askedRemovals(moves.result, wishes.removals, request.acceptances, tools);
  const parts = [texts, moves, removals];
  const found = [...wishes.failures, ...parts.flatMap((part) => part.refusals)];
  const refusals = found.filter((each) => !isAccepted(each, request.acceptances));
  const isRefused = refusals.length > 0;
  const numbered = <T extends { readonly id: string }>(batches: readonly T[]) =>
    batches.map((batch, index): T => ({ ...batch, id: `b${index + 1}` }));
  return {
    rewritten: edits.map((file) => countLines(snapshot, tools, file)),
    created: texts.created,
    moved: moves.moved,
    deleted: removals.deleted,
    refusals,
    findings: parts.flatMap((part) => part.findings),
    accepted: found.filter((each) => isAccepted(each, request.acceptances)),
    batches: isRefused ? [] : numbered(parts.flatMap((part) => part.batches)),
    prepared: isRefused ? [] : numbered(parts.flatMap((part) => part.prepared)),
    result: isRefused ? snapshot : removals.result,
  };
}

/** What of it belongs to some of the operations that batches are made of. */
export function onlyOf(wishes: TransformWishes, operations: readonly string[]): TransformWishes {
  return { ...those(wishes, (path) => path !== null && operations.includes(path)), failures: wishes.failures };
}

/** Without what concerns some files, that the transform failed on them included. */
function exceptFor(wishes: TransformWishes, paths: readonly string[]): TransformWishes {
  if (paths.length === 0) return wishes;
  return those(wishes, (path) => path === null || !paths.includes(path));
}

function those(wishes: TransformWishes, isMeant: (path: string | null) => boolean): TransformWishes {
  return {
    edits: wishes.edits.filter(({ path }) => isMeant(path)),
    created: wishes.created.filter(({ path }) => isMeant(path)),
    moves: wishes.moves.filter(({ from }) => isMeant(from)),
    removals: wishes.removals.filter(({ path }) => isMeant(path)),
    failures: wishes.failures.filter(({ path }) => isMeant(path)),
  };
}

type Texts = Pick<TransformWishes, 'edits' | 'created'>;

function plannedTexts(snapshot: Snapshot, texts: Texts, request: TransformRequest, tools: Tools) {
  const { codebase } = new Linker(tools.codebase(snapshot));
  const created = [...new Map(texts.created.map((each) => [each.path, each])).values()].filter(({ path, text }) => {
    const there = codebase.snapshot.entry(path) ? codebase.text(path) : { text: null };
    return !('text' in there && there.text === text);
  });
  const clashes = texts.created.filter(({ path, text }) =>
    created.some((each) => each.path === path && each.text !== text),
  );
  let whole: PlannedPart = {
    refusals: clashes.map(twoTexts),
    findings: [],
    batches: [],
    prepared: [],
    result: snapshot,
  };
  for (const chunk of chunksOf({ edits: texts.edits, created }, request)) {
    const part = plannedChunk(whole.result, chunk, request, tools);
    whole = {
      refusals: [...whole.refusals, ...part.refusals],
      findings: [...whole.findings, ...part.findings],
      batches: [...whole.batches, ...part.batches],
      prepared: [...whole.prepared, ...part.prepared],
      result: part.result,
    };
  }
  return { ...whole, created: created.map(({ path }) => path) };
}

function twoTexts({ path }: { readonly path: string }): Problem {
  return problem('same-destination', `${path} would be created with two texts`, {
    place: path,
    hint: 'mend the transform',
  });
}

/** New files come with the first commit: what comes later may rest on them. */
function chunksOf({ edits, created }: Texts, { batchSize, apart = [] }: TransformRequest): Texts[] {
  const alone = edits.filter(({ path }) => apart.includes(path));
  const together = edits.filter((file) => !alone.includes(file));
  const step = batchSize === 0 ? together.length : batchSize;
  const parts: Texts['edits'][] = [];
  for (let start = 0; start < together.length; start += step) parts.push(together.slice(start, start + step));
  parts.push(...alone.map((file) => [file]));
  if (parts.length === 0 && created.length > 0) return [{ edits, created }];
  return parts.map((part, index) => ({ edits: part, created: index === 0 ? created : [] }));
}

function plannedChunk(snapshot: Snapshot, texts: Texts, request: TransformRequest, tools: Tools): PlannedPart {
  const before = new Linker(tools.codebase(snapshot));
  const nothing: PlannedPart = { refusals: [], findings: [], batches: [], prepared: [], result: snapshot };
  try {
    const drafts = { moved: [], rewritten: texts.edits, created: texts.created, deleted: [] };
    const { changes, transitions } = realise(before.codebase, drafts);
    const replaced = new Map<string, Replacement>(transitions.map(({ path, after }) => [path, after as Replacement]));
    const result = overlay(snapshot, replaced, tools.nameBlob);
    const after = new Linker(tools.codebase(result));
    const rewritten = texts.edits.map(({ path }) => path);
    const garbled = texts.edits.flatMap(({ path, edits }) => readBack(before, after, path, edits));
    const checked = garbled.length > 0 ? garbled : checkTransformed({ before, after, rewritten });
    const refusals = checked.filter(({ severity }) => severity === 'error');
    const open = refusals.filter((each) => !isAccepted(each, request.acceptances));
    const paths = [...rewritten, ...texts.created.map(({ path }) => path)];
    const head = headOf(paths, request);
    const batch = { id: 'b1', ...head };
    return {
      ...nothing,
      refusals,
      findings: checked.filter((each) => !refusals.includes(each)),
      batches: [{ ...batch, changes }],
      prepared: [{ ...batch, transitions, operations: paths }],
      result: open.length > 0 ? snapshot : result,
    };
  } catch (error) {
    if (!(error instanceof RegraftError)) throw error;
    return { ...nothing, refusals: error.problems };
  }
}

/** What is written must be read as what was meant: a coding line may say otherwise. */
function readBack(before: Linker, after: Linker, path: string, edits: readonly TextEdit[]): Problem[] {
  const [old, now] = [before.codebase.text(path), after.codebase.text(path)];
  const isSame = 'text' in old && 'text' in now && applyToText(path, old.text, edits) === now.text;
  const message = `${path}: what the transform returned cannot be written in the file's encoding`;
  return isSame ? [] : [problem('not-encodable', message, { place: path, hint: 'leave this file out' })];
}

function headOf(
  paths: readonly string[],
  { name, options = {} }: TransformRequest,
): { title: string; message: string } {
  const title = `Transform ${paths.length === 1 ? paths[0] : `${paths.length} files`} with ${name}`;
  const given = Object.entries(options).map(([key, value]) => `    --option ${key}=${oneLine(value)}`);
  const parts = [title, '', ...given, ...(given.length > 0 ? [''] : []), ...paths.map((path) => `- ${path}`)];
  return { title, message: `${parts.join('\n')}\n` };
}

/** A line of its own could look like a trailer. */
function oneLine(value: string): string {
  return /^[\x20-\x7e]*$/.test(value) ? value : JSON.stringify(value);
}

function countLines(
  snapshot: Snapshot,
  tools: Tools,
  { path, edits }: TransformWishes['edits'][number],
): RewrittenFile {
  const source = tools.codebase(snapshot).text(path);
  const text = 'text' in source ? source.text : '';
  const count = (part: string) => (part === '' ? 0 : part.split('\n').length - (part.endsWith('\n') ? 1 : 0));
  const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
  const removed = sum(edits.map(({ span }) => count(text.slice(span.start, span.end))));
  return { path, added: sum(edits.map((edit) => count(edit.text))), removed };
}
