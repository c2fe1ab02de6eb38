/**
 * The records that a run leaves: the journal of the batch in flight, and the log of what has landed. Shapes and
 * validation only; the io layer reads and writes the files. A record that does not validate is never acted upon.
 */
import { z } from 'zod';
import { problem, RegraftError } from './problems.js';
import { spellingFault } from './spelling.js';

const objectId = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/);
const mode = z.enum(['100644', '100755']);
const runId = z.string().regex(/^[0-9A-Za-z][0-9A-Za-z-]{0,63}$/);
/** A journal is acted upon, so a path that leads elsewhere makes it invalid as a whole. */
const path = z.string().refine((value) => spellingFault(value) === null, 'leads out of the working tree');
const permissions = z.int().min(0).max(0o7777);

const content = z.strictObject({ blob: objectId, mode });
const contentOnDisk = z.strictObject({
  blob: objectId,
  mode,
  /** Blob id of the bytes on the disk; differs from `blob` in a CRLF working copy. */
  disk: objectId,
  permissions,
});

const loggedFile = z.strictObject({ path, before: content.nullable(), after: content.nullable() });

const movedFile = z.strictObject({ from: path, to: path });

/** One batch that has landed. */
const loggedCommit = z.strictObject({
  commit: objectId,
  /** The commit that the batch started from. */
  parent: objectId,
  /** The commit of pure moves between the two, where git would otherwise not follow the files. */
  moveCommit: objectId.nullable(),
  batch: z.string(),
  title: z.string(),
  files: z.array(loggedFile),
  moves: z.array(movedFile),
});

const runLog = z.strictObject({
  schema: z.literal(1),
  id: runId,
  kind: z.enum(['apply', 'undo', 'restore']),
  /** The run that was undone, or the path that was restored. */
  subject: z.string().nullable(),
  /** Full branch name; `null` on a detached HEAD. */
  branch: z.string().nullable(),
  /** The commit that the run started from. */
  before: objectId,
  /** ISO 8601. */
  started: z.string(),
  /** The commands that verified it. */
  verify: z.array(z.string()),
  commits: z.array(loggedCommit),
});

const journalFile = z.strictObject({
  path,
  /** False for a left-over that git does not know, such as the compiled form of a removed module. */
  tracked: z.boolean(),
  /** Path of the temporary file that publishing and restoring use. */
  temporary: path.refine((value) => /(^|\/)\.regraft-[^/]+$/.test(value), 'is not a temporary file of ours'),
  before: contentOnDisk.nullable(),
  after: contentOnDisk.nullable(),
});

const journal = z.strictObject({
  schema: z.literal(1),
  batch: z.string(),
  title: z.string(),
  old: objectId,
  new: objectId,
  files: z.array(journalFile),
  /** Directories that a deletion may leave empty, with their permissions. */
  directories: z.array(z.strictObject({ path, permissions })),
  /** Directories that the batch creates. */
  created: z.array(path),
  /** The log as it stands once this batch has landed. */
  run: runLog,
});

const referenceRecord = z.strictObject({
  schema: z.literal(1),
  /** The run that the pins belong to. */
  run: runId,
  /** The git process that moves them. */
  git: z.strictObject({ pid: z.int().positive(), host: z.string(), started: z.string().nullable() }),
  /** Full names. */
  references: z.array(z.string().regex(/^(HEAD|refs\/(?!.*\.\.)[^\0]+)$/)),
});

export type ReferenceRecord = z.infer<typeof referenceRecord>;
export type ContentOnDisk = z.infer<typeof contentOnDisk>;
export type LoggedFile = z.infer<typeof loggedFile>;
export type LoggedCommit = z.infer<typeof loggedCommit>;
export type RunLog = z.infer<typeof runLog>;
export type JournalFile = z.infer<typeof journalFile>;
export type Journal = z.infer<typeof journal>;

/** @throws RegraftError `bad-journal` */
export function parseJournal(text: string): Journal {
  return parse(journal, text, 'bad-journal', 'the journal of the interrupted run');
}

/** @throws RegraftError `bad-log` */
export function parseRunLog(text: string): RunLog {
  return parse(runLog, text, 'bad-log', 'the log of the run');
}

/** @throws RegraftError `bad-record` */
export function parseReferenceRecord(text: string): ReferenceRecord {
  return parse(referenceRecord, text, 'bad-record', 'the record of references under way');
}

export function serialise(record: Journal | RunLog | ReferenceRecord): string {
  return `${JSON.stringify(record, null, 1)}\n`;
}

function parse<T>(schema: z.ZodType<T>, text: string, code: string, what: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new RegraftError(
      problem(code, `${what} cannot be read: ${why}`, {
        hint: 'git status shows the state; refs/regraft/ holds both commits',
      }),
    );
  }
}
