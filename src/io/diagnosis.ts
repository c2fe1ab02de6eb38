/** What would make a run unsafe or impossible here, looked for without changing anything. */
import { existsSync, readdirSync, statfsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Finding } from '../core/diagnosis.js';
import { lookAt } from './paths.js';
import { unfitness } from './preflight.js';
import { pythonVersion } from './python.js';
import { quoted } from './quoting.js';
import { readJournal } from './records.js';
import { type Repository, stateDirectory } from './repository.js';

const fine = (what: string, detail: string): Finding => ({ what, state: 'fine', detail, hint: null });
const care = (what: string, detail: string, hint: string): Finding => ({ what, state: 'care', detail, hint });
const stop = (what: string, detail: string, hint: string): Finding => ({ what, state: 'stop', detail, hint });

/** All findings, in the order that a person would look. */
export async function diagnose(repository: Repository): Promise<Finding[]> {
  const inGit = await Promise.all([
    gitVersion(repository),
    identity(repository),
    operations(repository),
    kind(repository),
    hooks(repository),
    signing(repository),
  ]);
  return [
    inGit[0],
    python(await pythonVersion(repository.top)),
    ...fileSystems(repository),
    space(repository),
    inGit[1],
    ...inGit[2],
    ...locks(repository),
    interrupted(repository),
    ...inGit[3],
    inGit[4],
    ...inGit[5],
  ];
}

/** The first with `git hook run`. */
const OLDEST: readonly [number, number] = [2, 36];

async function gitVersion({ git }: Repository): Promise<Finding> {
  const version = (await git.line(['--version'])).replace(/^git version /, '');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
  return isOld
    ? stop('git', `${version} is too old`, `install git ${OLDEST.join('.')} or later`)
    : fine('git', version);
}

function python(version: string | null): Finding {
  if (version !== null) return fine('python', version);
  return care('python', 'python3 was not found', 'regraft reads Python by itself; tests that verify a run need it');
}

/** `f_type` of statfs(2) for file systems whose renames, locks or syncs reach another machine. */
const REMOTE: Readonly<Record<number, string>> = {
  26985: 'NFS',
  20859: 'SMB',
  4283649346: 'CIFS',
  4266872130: 'SMB2',
  16914839: '9P',
  1702057286: 'FUSE',
  1397113167: 'AFS',
  12805120: 'Ceph',
  198183888: 'Lustre',
};

function fileSystems({ top, commonDir }: Repository): Finding[] {
  const types = new Set([top, commonDir].map((path) => REMOTE[statfsSync(path).type >>> 0] ?? null));
  const remote = [...types].filter((type) => type !== null);
  const folds = lookAt(join(commonDir, 'heaD'))?.ino === lookAt(join(commonDir, 'HEAD'))?.ino;
  return [
    remote.length === 0
      ? fine('file system', 'local')
      : care(
          'file system',
          `${remote.join(', ')}: another machine may see changes late, and locks may not hold`,
          'work in a local clone, and push',
        ),
    ...(folds
      ? [care('names', 'this file system does not tell case apart', 'names that differ only by case are refused')]
      : []),
  ];
}

/** Bytes below which a run may stop for want of space. */
const LITTLE = 256 * 1024 * 1024;

function space({ top }: Repository): Finding {
  const { bavail, bsize } = statfsSync(top);
  const free = `${Math.floor((bavail * bsize) / 1024 / 1024)} MB free`;
  return bavail * bsize < LITTLE
    ? care('space', free, 'a run that finds the disk full is rolled back; make room first')
    : fine('space', free);
}

async function identity({ git }: Repository): Promise<Finding> {
  const { code } = await git.run(['var', 'GIT_COMMITTER_IDENT']);
  if (code === 0) return fine('identity', 'git knows who commits');
  return stop('identity', 'git does not know who commits', 'git config user.name "..." && git config user.email "..."');
}

async function operations(repository: Repository): Promise<Finding[]> {
  const problems = await unfitness(repository, []);
  if (problems.length === 0) return [fine('work of git', 'no merge, rebase or the like is in progress')];
  return problems.map(({ message, hint }) => stop('work of git', message, hint ?? ''));
}

function locks({ gitDir, commonDir, branch }: Repository): Finding[] {
  const places = [join(gitDir, 'HEAD.lock'), join(commonDir, 'packed-refs.lock'), join(commonDir, 'config.lock')];
  const held = [...places, ...(branch === null ? [] : [join(commonDir, `${branch}.lock`)])].filter(existsSync);
  if (held.length === 0) return [fine('locks', 'none is held')];
  return held.map((path) => stop('locks', `${path} is there`, `wait; if no git runs: rm -- ${quoted(path)}`));
}

function interrupted(repository: Repository): Finding {
  const journal = readJournal(repository);
  if (journal === null) {
    const isLocked = existsSync(join(stateDirectory(repository), 'lock'));
    return isLocked
      ? care('runs', 'another run is at work, or has died', 'the next run takes over when it has died')
      : fine('runs', 'none is at work or half done');
  }
  return care('runs', `run ${journal.run.id} stands half done at batch ${journal.batch}`, 'regraft recover');
}

async function kind({ git, branch, gitDir, commonDir }: Repository): Promise<Finding[]> {
  const answer = async (key: string) => (await git.run(['config', '--get', key])).stdout.toString('utf8').trim();
  const [partial, sparse] = await Promise.all([answer('extensions.partialClone'), answer('core.sparseCheckout')]);
  return [
    branch === null
      ? care('branch', 'HEAD is detached', 'commits land on no branch: git switch -c NAME')
      : fine('branch', branch),
    ...(gitDir === commonDir ? [] : [fine('working tree', 'linked: it has a lock and a journal of its own')]),
    ...(existsSync(join(commonDir, 'shallow'))
      ? [care('history', 'the clone is shallow', 'old paths are not known: git fetch --unshallow')]
      : []),
    ...(partial === ''
      ? []
      : [
          care(
            'objects',
            `the clone is partial (${partial})`,
            'contents that are not here are never fetched: git fetch --refetch',
          ),
        ]),
    ...(sparse === 'true'
      ? [
          care(
            'checkout',
            'sparse: some files are not on the disk',
            'a plan that touches them is refused: git sparse-checkout disable',
          ),
        ]
      : []),
  ];
}

async function hooks({ git, top, commonDir }: Repository): Promise<Finding> {
  const own = await settingOf(git, 'core.hooksPath', '--type=path');
  const directory = own === null ? join(commonDir, 'hooks') : resolve(top, own);
  const names = existsSync(directory)
    ? readdirSync(directory).filter((name) => /^(?:pre-commit|commit-msg)$/.test(name))
    : [];
  return fine(
    'hooks',
    names.length > 0 ? `${names.join(', ')}: part of the verification of each batch` : 'no commit hooks',
  );
}

async function signing({ git }: Repository): Promise<Finding[]> {
  if ((await settingOf(git, 'commit.gpgSign', '--type=bool')) !== 'true') return [];
  const hint = "sign what has landed: git rebase --exec 'git commit --amend --no-edit --gpg-sign' COMMIT";
  return [
    care('signatures', 'commits are signed here, those of a run are not: nobody may be there to unlock a key', hint),
  ];
}

/** As the user has it, whatever we tell git ourselves. */
async function settingOf(git: Repository['git'], key: string, type: string): Promise<string | null> {
  const { stdout } = await git.run(['config', '--show-scope', type, '--get-all', key]);
  const lines = stdout
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('command\t'));
  return lines.at(-1)?.replace(/^\w+\t/, '') ?? null;
}
