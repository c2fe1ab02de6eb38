/** Reads what git has on record for paths: the index, and the tree of a commit. */
import type { FileMode, ObjectId } from '../core/model.js';
import type { Git } from './git.js';
import { escapeName, nameOf } from './names.js';

export interface TreeEntry {
  readonly path: string;
  readonly mode: FileMode;
  readonly blob: ObjectId;
}

export interface IndexEntry extends TreeEntry {
  /** False when the name is not UTF-8; `path` is then an escaped stand-in. */
  readonly valid: boolean;
  readonly skipWorktree: boolean;
  /** 0 unless the entry is part of an unresolved merge. */
  readonly stage: number;
}

/** The index, one entry per path (the first stage of unmerged ones). */
export async function readIndex(git: Git, index?: string): Promise<IndexEntry[]> {
  const options = index === undefined ? {} : { index };
  const entries = new Map<string, IndexEntry>();
  for (const record of await git.records(['ls-files', '-s', '-t', '-z'], options)) {
    const entry = parseIndexRecord(record);
    if (!entries.has(entry.path)) entries.set(entry.path, entry);
  }
  return [...entries.values()];
}

/** `TAG MODE BLOB STAGE<tab>PATH` */
function parseIndexRecord(record: Buffer): IndexEntry {
  const tab = record.indexOf(9);
  const [tag, mode, blob, stage] = record.subarray(0, tab).toString('latin1').split(' ');
  const name = nameOf(record.subarray(tab + 1));
  return {
    path: name ?? escapeName(record.subarray(tab + 1)),
    valid: name !== null,
    mode: mode as FileMode,
    blob: blob as ObjectId,
    stage: Number(stage),
    skipWorktree: tag === 'S' || tag === 's',
  };
}

/** All files of a commit's tree, by path. Names that are not UTF-8 are left out: nothing of ours can mean them. */
export async function readTree(git: Git, commit: ObjectId): Promise<Map<string, TreeEntry>> {
  const entries = new Map<string, TreeEntry>();
  for (const record of await git.records(['ls-tree', '-r', '-z', '--full-tree', commit])) {
    const tab = record.indexOf(9);
    const [mode, , blob] = record.subarray(0, tab).toString('latin1').split(' ');
    const path = nameOf(record.subarray(tab + 1));
    if (path !== null) entries.set(path, { path, mode: mode as FileMode, blob: blob as ObjectId });
  }
  return entries;
}
