/**
 * Makes drafts of changes real: byte edits for the plan, and the state of each path before and after for the transaction.
 * All drafts hold at once, so files may change places, follow one another, or leave their path to a new file.
 */
import type { Codebase } from './codebase.js';
import { applyToBytes, type TextEdit, toByteEdits } from './edits.js';
import type { Change, FileState, FileTransition, MovedFile } from './model.js';
import { EXIT, problem, RegraftError } from './problems.js';
import type { SourceText } from './text.js';

/** Paths and edits refer to the files as they are before. */
export interface Drafts {
  readonly moved: readonly (MovedFile & { readonly edits: readonly TextEdit[] })[];
  readonly rewritten: readonly { readonly path: string; readonly edits: readonly TextEdit[] }[];
  /** Written as UTF-8. */
  readonly created: readonly { readonly path: string; readonly text: string }[];
  /** Edits of a file that goes are moot. */
  readonly deleted: readonly string[];
}

export interface Realised {
  /** Moves, new files, rewrites, deletions; each group by path. */
  readonly changes: readonly Change[];
  /** One per path whose content or mode changes, by path. */
  readonly transitions: readonly FileTransition[];
}

type Source = Pick<Codebase, 'snapshot' | 'text'>;

/** A file as it stands afterwards, and the change that brings it there. */
interface Placed {
  readonly change: Change;
  readonly state: FileState;
}

/** @throws RegraftError (exit 3) where a path would get two files or is taken, or a file cannot be read or written as it is encoded */
export function realise(source: Source, drafts: Drafts): Realised {
  const deleted = new Set(drafts.deleted);
  const left = leftPaths(drafts, deleted);
  const placed = [
    ...sorted(drafts.moved.map((draft) => moved(source, draft))),
    ...sorted(drafts.created.map(created)),
    ...sorted(drafts.rewritten.filter(({ path }) => !deleted.has(path)).map((draft) => rewritten(source, draft))),
  ];
  const after = finalStates(source, placed, left);
  const deletions = [...deleted].sort().map((path): Change => ({ kind: 'delete', path, before: blobOf(source, path) }));
  return { changes: [...placed.map(({ change }) => change), ...deletions], transitions: transitionsOf(source, after) };
}

function sorted(placed: readonly Placed[]): Placed[] {
  return [...placed].sort((a, b) => (a.change.path < b.change.path ? -1 : 1));
}

function moved(source: Source, { from, to, edits }: Drafts['moved'][number]): Placed {
  const { bytes, state } = edited(source, from, edits);
  return { change: { kind: 'move', path: to, from, before: blobOf(source, from), edits: bytes }, state };
}

function rewritten(source: Source, { path, edits }: Drafts['rewritten'][number]): Placed {
  const { bytes, state } = edited(source, path, edits);
  return { change: { kind: 'rewrite', path, before: blobOf(source, path), edits: bytes }, state };
}

function created({ path, text }: Drafts['created'][number]): Placed {
  const edits = text === '' ? [] : [{ start: 0, end: 0, text, reason: 'new file' }];
  return { change: { kind: 'create', path, edits }, state: { mode: '100644', content: Buffer.from(text, 'utf8') } };
}

/** Without edits the bytes are handed on as they are, whatever they mean. */
function edited(source: Source, path: string, edits: readonly TextEdit[]) {
  const content = source.snapshot.read(path);
  if (!(content instanceof Uint8Array)) throw refused('unreadable', path, `cannot be read: ${content.unreadable}`);
  const mode = modeOf(source, path);
  if (edits.length === 0) return { bytes: [], state: { mode, content } };
  const text = source.text(path);
  if ('undecodable' in text) throw refused('unreadable', path, `cannot be edited: ${text.undecodable}`);
  demandEncodable(path, text, edits);
  const bytes = toByteEdits(path, text, edits);
  return { bytes, state: { mode, content: applyToBytes(content, bytes, text.encoding) } };
}

function demandEncodable(path: string, { encoding }: SourceText, edits: readonly TextEdit[]): void {
  const foreign = edits.find(({ text }) => encoding === 'latin-1' && /[^\0-\xff]/.test(text));
  if (foreign) throw refused('not-encodable', path, `is Latin-1 and cannot hold "${foreign.text}"`);
}

/** Paths whose file goes elsewhere or away. */
function leftPaths({ moved: moves }: Drafts, deleted: ReadonlySet<string>): Set<string> {
  const left = new Set(deleted);
  for (const { from } of moves) {
    if (left.has(from)) throw refused('same-source', from, 'moves to two places, or moves and is deleted');
    left.add(from);
  }
  return left;
}

/** What stands at each path that is touched; `null` where nothing does. */
function finalStates(source: Source, placed: readonly Placed[], left: ReadonlySet<string>) {
  const after = new Map<string, FileState | null>([...left].map((path) => [path, null]));
  for (const { change, state } of placed) {
    const { kind, path } = change;
    if (after.get(path)) throw refused('same-destination', path, 'would hold two files');
    if (kind !== 'rewrite' && !left.has(path) && source.snapshot.entry(path))
      throw refused('destination-exists', path, 'is there already');
    if (kind === 'rewrite' && left.has(path)) throw refused('same-source', path, 'moves away and is rewritten');
    after.set(path, state);
  }
  return after;
}

function transitionsOf(source: Source, after: ReadonlyMap<string, FileState | null>): FileTransition[] {
  return [...after]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, state]) => {
      const before = source.snapshot.entry(path) ? { blob: blobOf(source, path), mode: modeOf(source, path) } : null;
      return isUnchanged(source, path, before, state) ? [] : [{ path, before, after: state }];
    });
}

function isUnchanged(source: Source, path: string, before: FileTransition['before'], after: FileState | null): boolean {
  if (before === null || after === null) return before === null && after === null;
  const content = source.snapshot.read(path);
  return content instanceof Uint8Array && before.mode === after.mode && Buffer.compare(content, after.content) === 0;
}

function blobOf({ snapshot }: Source, path: string): string {
  const entry = snapshot.entry(path);
  if (!entry) throw refused('no-such-file', path, 'is not there');
  return entry.blob;
}

function modeOf({ snapshot }: Source, path: string): FileState['mode'] {
  return snapshot.entry(path)?.mode === '100755' ? '100755' : '100644';
}

function refused(code: string, path: string, what: string): RegraftError {
  const hint = 'leave this file out of the plan';
  return new RegraftError(problem(code, `${path}: ${what}`, { place: path, hint }), EXIT.refused);
}
