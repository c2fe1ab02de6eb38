/** Opens a repository: where it lies, what HEAD names. Everything else of the io layer takes a {@link Repository}. */
import { realpathSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { ObjectId } from '../core/model.js';
import { problem, RegraftError } from '../core/problems.js';
import { filterDrivers, type Git, gitIn } from './git.js';
import type { HashName } from './hash.js';

export interface Repository {
  /** Absolute real path of the working tree's top directory. */
  readonly top: string;
  /** Absolute path of this working tree's git directory. */
  readonly gitDir: string;
  /** Absolute path of the git directory that all linked working trees share; equals `gitDir` in the main one. */
  readonly commonDir: string;
  /** Full name of the branch, such as `refs/heads/main`; `null` when HEAD is detached. */
  readonly branch: string | null;
  /** The commit that HEAD named when the repository was opened. */
  readonly head: ObjectId;
  readonly hash: HashName;
  /** Runs git in the top directory. */
  readonly git: Git;
}

/**
 * Opens the repository that holds `directory`.
 * @throws RegraftError `not-a-repository`, `bare-repository`, `no-commits`, `git-missing`
 */
export async function openRepository(directory: string): Promise<Repository> {
  const start = realDirectory(directory);
  const probe = gitIn(start);
  const [top, gitDir, commonDir] = await locate(probe, start);
  const git = gitIn(top, await filterDrivers(probe));
  const head = await readHead(git);
  const { stdout } = await git.run(['symbolic-ref', '-q', 'HEAD']);
  const branch = stdout.toString('utf8').trim() || null;
  return { top, gitDir, commonDir, branch, head, hash: head.length === 64 ? 'sha256' : 'sha1', git };
}

/** The commit that HEAD names now. */
export async function readHead(git: Git): Promise<ObjectId> {
  const { code, stdout } = await git.run(['rev-parse', '--verify', '-q', 'HEAD^{commit}']);
  if (code === 0) return stdout.toString('utf8').trim();
  throw new RegraftError(
    problem('no-commits', 'the repository has no commits yet', { hint: 'git add -A && git commit -m "first commit"' }),
  );
}

const PLACES = ['--show-toplevel', '--git-dir', '--git-common-dir'];

async function locate(probe: Git, start: string): Promise<[string, string, string]> {
  const facts = await probe.run([...REV_PARSE, '--is-inside-work-tree', '--is-bare-repository', ...PLACES]);
  const [inside, bare, ...places] = facts.stdout.toString('utf8').replace(/\n$/, '').split('\n');
  if (inside === undefined || bare === undefined) throw notARepository(start, facts.stderr);
  if (inside !== 'true')
    throw bare === 'true' ? bareRepository(start) : notARepository(start, 'inside the git directory');
  const [top, gitDir, commonDir] = (await whole(probe, places)).map((place) => realpathSync(place));
  // `core.worktree` may point anywhere; only a tree that holds the directory asked for is the user's.
  if (relative(top as string, start).split('/')[0] === '..')
    throw notARepository(start, `its working tree lies elsewhere: ${top}`);
  return [top as string, gitDir as string, commonDir as string];
}

const REV_PARSE = ['rev-parse', '--path-format=absolute'];

/** A directory's name may hold line ends; then each place is asked for by itself. */
async function whole(probe: Git, lines: readonly string[]): Promise<readonly string[]> {
  if (lines.length === PLACES.length) return lines;
  return Promise.all(PLACES.map((place) => probe.line([...REV_PARSE, place])));
}

function realDirectory(directory: string): string {
  try {
    const real = realpathSync(directory);
    if (statSync(real).isDirectory()) return real;
  } catch {
    // Reported below, like a file in a directory's place.
  }
  throw notARepository(directory, 'no such directory');
}

function notARepository(directory: string, why: string): RegraftError {
  return new RegraftError(
    problem('not-a-repository', `not a git repository: ${directory} (${why})`, {
      hint: 'run inside a git working tree, or name one with -C DIR',
    }),
  );
}

function bareRepository(directory: string): RegraftError {
  return new RegraftError(
    problem('bare-repository', `a bare repository has no files to work on: ${directory}`, {
      hint: `git clone ${directory} work && cd work`,
    }),
  );
}

/** The directory for this working tree's lock, journal and temporary files. */
export function stateDirectory(repository: Pick<Repository, 'gitDir'>): string {
  return join(repository.gitDir, 'regraft');
}

/** The directory for the logs of all runs, shared by linked working trees. */
export function logDirectory(repository: Pick<Repository, 'commonDir'>): string {
  return join(repository.commonDir, 'regraft', 'log');
}

/** The id of the tree that HEAD names: equal ids mean equal contents. */
export async function treeOf(repository: Pick<Repository, 'git'>): Promise<ObjectId> {
  return repository.git.line(['rev-parse', 'HEAD^{tree}']);
}
