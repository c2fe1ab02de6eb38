/**
 * Where a file may be made, or moved to: nothing stands there, ignored or not, no name differs from it only by case, and it
 * lies in no file, link or other repository. Judged against what will be left, so files may change places.
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Problem } from '../core/model.js';
import { directoryOf, join as joined, parentsOf } from '../core/paths.js';
import { spellingFault } from '../core/spelling.js';
import { fold, type OnRecord } from './on-record.js';
import { lookAt } from './paths.js';
import { quoted } from './quoting.js';
import { belowFile, mayWrite, outside, parentProblem, refusal, submodule, twinProblem } from './refusals.js';
import type { Repository } from './repository.js';

/** What there is now and what will be. */
interface Outlook {
  readonly record: OnRecord;
  /** Tracked paths that will be gone. */
  readonly leaving: ReadonlySet<string>;
  /** Tracked files and directories now. */
  readonly known: ReadonlySet<string>;
  /** All files, and all directories, as they will be. */
  readonly files: ReadonlySet<string>;
  readonly directories: ReadonlySet<string>;
  /** Files and directories as they will be, by folded name. */
  readonly folded: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Every reason why one of `paths` must not be created.
 * @param leaving paths that the same run takes away
 */
export function checkCreatable(record: OnRecord, paths: readonly string[], leaving: ReadonlySet<string>): Problem[] {
  const spelled = paths.filter((path) => spellingFault(path) === null);
  const outlook = outlookOf(record, spelled, leaving);
  return [...paths.flatMap(outside), ...spelled.flatMap((path) => creationProblems(outlook, path))];
}

function outlookOf(record: OnRecord, made: readonly string[], leaving: ReadonlySet<string>): Outlook {
  const tracked = [...new Set([...record.index.keys(), ...record.head.keys()])];
  const files = new Set([...tracked, ...made].filter((path) => !leaving.has(path)));
  const directories = new Set([...files].flatMap(parentsOf));
  const folded = new Map<string, Set<string>>();
  for (const path of [...files, ...directories])
    folded.set(fold(path), (folded.get(fold(path)) ?? new Set()).add(path));
  return { record, leaving, known: new Set([...tracked, ...tracked.flatMap(parentsOf)]), files, directories, folded };
}

function creationProblems(outlook: Outlook, path: string): Problem[] {
  const { repository, index } = outlook.record;
  if (parentsOf(path).some((parent) => index.get(parent)?.mode === '160000')) return [submodule(path)];
  const parent = parentProblem(repository, path);
  if (parent !== null) return [parent];
  return [...occupied(outlook, path), ...twins(outlook, path), ...locked(repository, path)].slice(0, 1);
}

function occupied({ record, files, directories, leaving }: Outlook, path: string): Problem[] {
  const stat = lookAt(join(record.repository.top, path));
  const same = (record.folded.get(fold(path)) ?? []).find((other) => {
    return leaving.has(other) && stat !== null && lookAt(join(record.repository.top, other))?.ino === stat.ino;
  });
  if (same !== undefined && same !== path) {
    const message = `on this file system it is the same file as ${same}`;
    return [refusal('case-twin', path, message, 'move it to quite another name first, and from there in a second run')];
  }
  if (stat !== null || record.head.has(path) || record.index.has(path)) {
    const hint = 'move it away, or choose another name';
    return [refusal('exists', path, 'something stands where a file would be created', hint)];
  }
  const above = parentsOf(path).find((parent) => files.has(parent));
  if (above !== undefined) return [belowFile(path, above)];
  if (!directories.has(path)) return [];
  return [refusal('exists', path, 'it is a directory that holds other files', 'choose another name')];
}

/** On many file systems such names are one; where both stand already, nobody's checkout gets worse. */
function twins(outlook: Outlook, path: string): Problem[] {
  // What a later batch takes away again is judged when its own batch comes.
  if (outlook.leaving.has(path)) return [];
  for (const part of [path, ...parentsOf(path)]) {
    if (outlook.known.has(part)) continue;
    const spellings = [...(outlook.folded.get(fold(part)) ?? []), ...untrackedTwins(outlook, part)];
    const other = spellings.find((spelling) => spelling !== part);
    if (other !== undefined) return [twinProblem(path, other)];
  }
  return [];
}

function untrackedTwins({ record, leaving }: Outlook, path: string): string[] {
  const directory = directoryOf(path);
  const full = join(record.repository.top, directory);
  if (!lookAt(full)?.isDirectory()) return [];
  return readdirSync(full, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => joined(directory, name))
    .filter((other) => fold(other) === fold(path) && !leaving.has(other));
}

/** The directory that is there already must take the new file, or the new directory that holds it. */
function locked({ top }: Repository, path: string): Problem[] {
  let directory = dirname(path);
  while (directory !== '.' && lookAt(join(top, directory)) === null) directory = dirname(directory);
  if (mayWrite(join(top, directory))) return [];
  return [refusal('read-only', path, `the directory ${directory} is read-only`, `chmod u+w -- ${quoted(directory)}`)];
}
