/** What git has on record, read once for a whole check. */
import { type IndexEntry, readIndex, readTree, type TreeEntry } from './index-entries.js';
import { type Repository, readHead } from './repository.js';

export interface OnRecord {
  readonly repository: Repository;
  readonly head: ReadonlyMap<string, TreeEntry>;
  readonly index: ReadonlyMap<string, IndexEntry>;
  /** Paths by their case-folded, normalised form. */
  readonly folded: ReadonlyMap<string, readonly string[]>;
  readonly fileMode: boolean;
}

export async function readRecord(repository: Repository): Promise<OnRecord> {
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

/** Names of equal form are one file where the file system does not tell case or composition apart. */
export const fold = (path: string) => path.normalize('NFC').toLowerCase();
