/**
 * Which files may be changed at all. A file qualifies when its working bytes are its HEAD blob (line ends aside) and
 * nothing stands between the two: no link, filter, other repository or half-done work. Collects every reason.
 */
import { accessSync, constants, readFileSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Problem } from '../core/model.js';
import { problem } from '../core/problems.js';
import { spellingFault } from '../core/spelling.js';
import { blobId, withCrlf } from './hash.js';
import { type IndexEntry, readIndex, readTree, type TreeEntry } from './index-entries.js';
import { readBlobs } from './objects.js';
import { lookAt, parentFault } from './paths.js';
import { quoted } from './quoting.js';
import { type Repository, readHead } from './repository.js';

/** What git has on record, read once for a whole check. */
interface OnRecord {
  readonly repository: Repository;
  readonly head: ReadonlyMap<string, TreeEntry>;
  readonly index: ReadonlyMap<string, IndexEntry>;
  /** Paths by their case-folded, normalised form. */
  readonly folded: ReadonlyMap<string, readonly string[]>;
  readonly fileMode: boolean;
}

/** Every reason why one of `paths` must not be rewritten or deleted. Empty when all may. */
export async function checkEditable(repository: Repository, paths: readonly string[]): Promise<Problem[]> {
  const record = await readRecord(repository);
  const spelled = paths.filter((path) => spellingFault(path) === null);
  const filtered = await filteredPaths(repository, spelled);
  const blobs = await readCrlfBlobs(record, spelled);
  return [
    ...paths.flatMap((path) => outside(path)),
    ...spelled.flatMap((path) => fileProblems(record, path, blobs)),
    ...spelled.flatMap((path) => filteredProblem(path, filtered.get(path))),
  ];
}

/** Every reason why one of `paths` must not be created: something stands there, ignored or not, or would. */
export async function checkCreatable(repository: Repository, paths: readonly string[]): Promise<Problem[]> {
  const record = await readRecord(repository);
  const spelled = paths.filter((path) => spellingFault(path) === null);
  const filtered = await filteredPaths(repository, spelled);
  return [
    ...paths.flatMap((path) => outside(path)),
    ...spelled.flatMap((path) => creationProblems(record, path)),
    ...spelled.flatMap((path) => filteredProblem(path, filtered.get(path))),
  ];
}

async function readRecord(repository: Repository): Promise<OnRecord> {
  const [head, entries, mode] = await Promise.all([
    readHead(repository.git).then((commit) => readTree(repository.git, commit)),
    readIndex(repository.git),
    repository.git.run(['config', '--bool', 'core.fileMode']),
  ]);
  const folded = new Map<string, string[]>();
  for (const { path } of entries) folded.set(fold(path), [...(folded.get(fold(path)) ?? []), path]);
  const index = new Map(entries.map((entry) => [entry.path, entry]));
  return { repository, head, index, folded, fileMode: mode.stdout.toString('utf8').trim() !== 'false' };
}

const fold = (path: string) => path.normalize('NFC').toLowerCase();

function outside(path: string): Problem[] {
  const fault = spellingFault(path);
  if (fault === null) return [];
  return [refusal('outside', path, `path is not acceptable: ${fault}`, 'name a file inside the working tree')];
}

function fileProblems(record: OnRecord, path: string, blobs: ReadonlyMap<string, Uint8Array>): Problem[] {
  const { repository, index } = record;
  const parent = parentProblem(repository, path);
  if (parent !== null) return [parent];
  const entry = index.get(path);
  if (entry?.mode === '160000') return [submodule(path)];
  if (entry?.skipWorktree) {
    return [refusal('skip-worktree', path, 'file is not checked out (sparse checkout)', 'git sparse-checkout disable')];
  }
  const stat = lookAt(join(repository.top, path));
  if (stat === null) return [refusal('dirty', path, 'file is missing from the working tree', restoreHint(path))];
  if (stat.isSymbolicLink()) {
    return [refusal('symlink', path, 'file is a symbolic link', 'name the file that the link leads to')];
  }
  if (!stat.isFile()) return [refusal('dirty', path, 'not a regular file', 'move it away')];
  return [
    ...contentProblems(record, path, stat, blobs),
    ...accessProblems(repository, path, stat),
    ...twinProblems(record, path, stat),
  ];
}

function parentProblem(repository: Repository, path: string): Problem | null {
  const fault = parentFault(repository.top, path);
  if (fault === null) return null;
  if (fault.code === 'submodule') return submodule(path);
  const what = fault.code === 'symlink' ? 'a symbolic link' : 'not a directory';
  return refusal('symlink', path, `its directory ${fault.path} is ${what}`, 'name the file by its real path');
}

function contentProblems(
  record: OnRecord,
  path: string,
  stat: Stats,
  blobs: ReadonlyMap<string, Uint8Array>,
): Problem[] {
  const head = record.head.get(path);
  const entry = record.index.get(path);
  const problems: Problem[] = [];
  if (entry === undefined) {
    return [refusal('untracked', path, 'file is not tracked by git', `git add -- ${quoted(path)} && git commit`)];
  }
  if (head === undefined || entry.stage !== 0 || entry.blob !== head.blob || entry.mode !== head.mode) {
    problems.push(
      refusal('dirty', path, 'file has staged changes', `commit them, or: git restore --staged -- ${quoted(path)}`),
    );
  }
  const expected = head ?? entry;
  if (!sameContent(record, path, expected.blob, blobs)) {
    problems.push(
      refusal('dirty', path, 'file has changes that are not committed', `commit them, or: ${restoreHint(path)}`),
    );
  } else if (record.fileMode && (stat.mode & 0o100) !== (expected.mode === '100755' ? 0o100 : 0)) {
    problems.push(refusal('dirty', path, 'file mode differs from the committed one', restoreHint(path)));
  }
  return problems;
}

function sameContent(record: OnRecord, path: string, blob: string, blobs: ReadonlyMap<string, Uint8Array>): boolean {
  const bytes = readFileSync(join(record.repository.top, path));
  if (blobId(bytes, record.repository.hash) === blob) return true;
  const committed = blobs.get(blob);
  return committed !== undefined && Buffer.compare(withCrlf(committed), bytes) === 0;
}

/** The blobs of files with CRLF on the disk, for the comparison with every LF as CRLF. */
async function readCrlfBlobs(record: OnRecord, paths: readonly string[]): Promise<Map<string, Uint8Array>> {
  const { repository, head } = record;
  const candidates = paths.filter((path) => {
    if (parentFault(repository.top, path) !== null) return false;
    const full = join(repository.top, path);
    return lookAt(full)?.isFile() && readFileSync(full).includes('\r\n');
  });
  return readBlobs(
    repository,
    candidates.flatMap((path) => head.get(path)?.blob ?? []),
  );
}

function accessProblems(repository: Repository, path: string, stat: Stats): Problem[] {
  const problems: Problem[] = [];
  if (stat.nlink > 1) {
    problems.push(
      refusal(
        'hard-link',
        path,
        'file has other names (hard links)',
        `cp -p -- ${quoted(path)} copy && mv copy ${quoted(path)}`,
      ),
    );
  }
  if ((stat.mode & 0o200) === 0 || !mayWrite(join(repository.top, path))) {
    problems.push(refusal('read-only', path, 'file is read-only', `chmod u+w -- ${quoted(path)}`));
  }
  if (!mayWrite(join(repository.top, dirname(path)))) {
    problems.push(refusal('read-only', path, 'its directory is read-only', `chmod u+w -- ${quoted(dirname(path))}`));
  }
  return problems;
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    // The superuser may write everywhere; what its owner has locked is still meant to stay.
    return ((lookAt(path)?.mode ?? 0) & 0o200) !== 0;
  } catch {
    return false;
  }
}

/** On a case-folding file system two tracked names are one file. */
function twinProblems(record: OnRecord, path: string, stat: Stats): Problem[] {
  const twins = (record.folded.get(fold(path)) ?? []).filter((other) => other !== path);
  const same = twins.filter((other) => lookAt(join(record.repository.top, other))?.ino === stat.ino);
  return same.map((other) => twinProblem(path, other));
}

function creationProblems(record: OnRecord, path: string): Problem[] {
  const parent = parentProblem(record.repository, path);
  if (parent !== null) return [parent];
  const stands = lookAt(join(record.repository.top, path)) !== null;
  if (stands || record.head.has(path) || record.index.has(path)) {
    return [
      refusal('exists', path, 'something stands where a file would be created', `move it away, or choose another name`),
    ];
  }
  const twins = record.folded.get(fold(path)) ?? [];
  return twins.map((other) => twinProblem(path, other));
}

/** Files for which git would not store the bytes as they are. */
async function filteredPaths(repository: Repository, paths: readonly string[]): Promise<Map<string, string>> {
  const filtered = new Map<string, string>();
  if (paths.length === 0) return filtered;
  const command = ['check-attr', '-z', '--stdin', 'filter', 'ident', 'working-tree-encoding'];
  const fields = await repository.git.records(command, { input: paths.map((path) => `${path}\0`).join('') });
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [path, name, value] = fields.slice(at, at + 3).map(String) as [string, string, string];
    if (value !== 'unspecified' && value !== 'unset') filtered.set(path, value === 'set' ? name : `${name}=${value}`);
  }
  return filtered;
}

function filteredProblem(path: string, attribute: string | undefined): Problem[] {
  if (attribute === undefined) return [];
  return [
    refusal('filtered', path, `git converts this file (${attribute})`, 'change it by hand, or drop the attribute'),
  ];
}

const submodule = (path: string) =>
  refusal('submodule', path, 'file belongs to another repository (submodule)', 'run regraft inside that repository');

const twinProblem = (path: string, other: string) =>
  refusal('case-twin', path, `its name differs only in case or form from ${other}`, 'choose another name');

const restoreHint = (path: string) => `git restore -- ${quoted(path)}`;

function refusal(code: string, path: string, message: string, hint: string): Problem {
  return problem(code, `${path}: ${message}`, { place: path, hint });
}
