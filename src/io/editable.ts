/**
 * Which files may be changed or taken away at all. A file qualifies when its working bytes are its HEAD blob (line ends aside) and
 * nothing stands between the two: no link, other repository or half-done work. Collects every reason.
 */
import { readFileSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Problem } from '../core/model.js';
import { spellingFault } from '../core/spelling.js';
import { blobId, withCrlf } from './hash.js';
import { readBlobs } from './objects.js';
import { fold, type OnRecord } from './on-record.js';
import { lookAt, parentFault } from './paths.js';
import { quoted } from './quoting.js';
import { mayWrite, outside, parentProblem, refusal, submodule, twinProblem } from './refusals.js';
import type { Repository } from './repository.js';

/** Every reason in the files themselves why one of `paths` must not be rewritten or deleted. Empty when all may. */
export async function checkEditable(record: OnRecord, paths: readonly string[]): Promise<Problem[]> {
  const spelled = paths.filter((path) => spellingFault(path) === null);
  const blobs = await readCrlfBlobs(record, spelled);
  return [...paths.flatMap((path) => outside(path)), ...spelled.flatMap((path) => fileProblems(record, path, blobs))];
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

/** On a case-folding file system two tracked names are one file. */
function twinProblems(record: OnRecord, path: string, stat: Stats): Problem[] {
  const twins = (record.folded.get(fold(path)) ?? []).filter((other) => other !== path);
  const same = twins.filter((other) => lookAt(join(record.repository.top, other))?.ino === stat.ino);
  return same.map((other) => twinProblem(path, other));
}

const restoreHint = (path: string) => `git restore -- ${quoted(path)}`;
