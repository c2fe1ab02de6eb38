/** What git remembers of paths: of those that are not there any more, and how those came about that are. */
import type { ObjectId, Snapshot } from '../core/model.js';
import { problem, RegraftError } from '../core/problems.js';
import { readTree } from './index-entries.js';
import type { Repository } from './repository.js';

/** As many paths as one command line holds with ease. */
const AT_ONCE = 200;

/** What the user's configuration could change about the output is said outright. */
const NAMES = [
  ...['log', '--full-history', '--no-follow', '--no-renames', '--no-show-signature', '--no-relative'],
  ...['--name-only', '--format=', '-z'],
];

/** Those of the paths that some commit up to HEAD has touched, as files or as directories. Unknown where the clone is shallow. */
export async function pathsInHistory({ git }: Pick<Repository, 'git'>, paths: readonly string[]): Promise<Set<string>> {
  const known = new Set<string>();
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    const asked = paths.slice(start, start + AT_ONCE);
    const { stdout } = await git.run([...NAMES, 'HEAD', '--', ...asked]);
    const names = [...new Set(stdout.toString('utf8').split('\0'))];
    for (const path of asked) if (names.some((name) => name === path || name.startsWith(`${path}/`))) known.add(path);
  }
  return known;
}

/** Paths of a snapshot whose contents are not those of a commit: changed since, or new. @throws RegraftError `unknown-revision` */
export async function changedSince(
  { git }: Pick<Repository, 'git'>,
  snapshot: Snapshot,
  revision: string,
): Promise<Set<string>> {
  const { code, stdout } = await git.run(['rev-parse', '--verify', '-q', '--end-of-options', `${revision}^{commit}`]);
  if (code !== 0)
    throw new RegraftError(
      problem('unknown-revision', `there is no commit ${revision}`, { hint: 'name a branch, a tag or a commit' }),
    );
  const then = await readTree(git, stdout.toString('utf8').trim() as ObjectId);
  return new Set(snapshot.files.filter(({ path, blob }) => then.get(path)?.blob !== blob).map(({ path }) => path));
}

/** How a file came about, as far as the current branch knows; the first commit's time in seconds since 1970. */
export interface FilePast {
  readonly commits: number;
  readonly first: number;
}

/** When the commit was made that HEAD names, in seconds since 1970. */
export async function timeOfHead({ git }: Pick<Repository, 'git'>): Promise<number> {
  return Number(await git.line(['log', '-1', '--no-show-signature', '--format=%ct', 'HEAD']));
}

const COMMITS = [
  ...['log', '--no-renames', '--no-show-signature', '--no-relative', '--no-decorate'],
  ...['--name-only', '--format=%x00/%ct', '-z'],
];

/** The commits that touched each path. A path without any is left out: it is new, or the clone is shallow. */
export async function pastOfFiles(
  { git }: Pick<Repository, 'git'>,
  paths: readonly string[],
): Promise<Map<string, FilePast>> {
  const found = new Map<string, FilePast>();
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    const { stdout } = await git.run([...COMMITS, 'HEAD', '--', ...paths.slice(start, start + AT_ONCE)]);
    let at = 0;
    let isFirst = false;
    for (const part of stdout.toString('utf8').split('\0')) {
      const name = isFirst ? part.replace(/^\n/, '') : part;
      isFirst = false;
      if (name === '') continue;
      // No path begins with a slash.
      if (name.startsWith('/')) {
        at = Number(name.slice(1));
        isFirst = true;
      } else found.set(name, withCommit(found.get(name), at));
    }
  }
  return found;
}

function withCommit(known: FilePast | undefined, at: number): FilePast {
  if (!known) return { commits: 1, first: at };
  return { commits: known.commits + 1, first: Math.min(known.first, at) };
}
