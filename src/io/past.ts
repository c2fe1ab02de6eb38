/** What git remembers of paths that are not there any more. */
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
