/** The repository that the crash sweeps run on, the runs on it, and the oracle: everything that a user could miss. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** The developer's own configuration must not matter. */
export const ENVIRONMENT = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'T',
  GIT_AUTHOR_EMAIL: 't@t',
  GIT_COMMITTER_NAME: 'T',
  GIT_COMMITTER_EMAIL: 't@t',
};

const QUIET = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: ENVIRONMENT };

export const git = (top, ...args) => execFileSync('git', args, { ...QUIET, cwd: top });

export function write(top, path, content, mode = 0o644) {
  mkdirSync(dirname(join(top, path)), { recursive: true });
  writeFileSync(join(top, path), content, { mode });
}

/** Files that the runs change, beside work in progress of every kind. */
export function build(top) {
  mkdirSync(top);
  git(top, 'init', '-q', '-b', 'main');
  const committed = {
    'a.py': 'import b_robust\n',
    'crlf.py': 'import b_robust\n',
    'pkg/b_robust.py': 'x = 1\n'.repeat(50),
    'pkg/c_robust.py': 'y = 1\n',
    'old/moved.py': 'from .other import x\n',
    'swap/one.py': 'one\n',
    'swap/two.py': 'two\n',
    'staged.py': 'base\n',
    'unstaged.py': 'base\n',
    'both.py': 'base\n',
    '.gitignore': '__pycache__/\nignored.txt\n',
  };
  for (const [path, content] of Object.entries(committed)) write(top, path, content);
  write(top, 'tool.py', 'import pkg.c_robust\n', 0o755);
  chmodSync(join(top, 'pkg'), 0o750);
  git(top, 'add', '-A');
  git(top, 'commit', '-q', '-m', 'first');
  write(top, 'pkg/__pycache__/b_robust.cpython-311.pyc', 'compiled');
  write(top, 'crlf.py', 'import b_robust\r\n');
  write(top, 'staged.py', 'staged\n');
  write(top, 'both.py', 'staged\n');
  write(top, 'added.py', 'added\n');
  git(top, 'add', 'staged.py', 'both.py', 'added.py');
  write(top, 'both.py', 'unstaged\n');
  write(top, 'unstaged.py', 'unstaged\n');
  write(top, 'untracked.py', 'untracked\n');
  write(top, 'ignored.txt', 'ignored\n');
  symlinkSync('nowhere', join(top, 'link'));
  git(top, 'update-ref', 'refs/stash', 'HEAD');
}

/** Two batches: all that a run can do (a rewrite, a CRLF file, deletions, a creation, a move with edits, a swap), and a small one. */
export function batches(top) {
  const moves = [
    { from: 'old/moved.py', to: 'new/deep/moved.py' },
    { from: 'swap/one.py', to: 'swap/two.py' },
    { from: 'swap/two.py', to: 'swap/one.py' },
  ];
  const everything = {
    'a.py': 'import b\n',
    'crlf.py': 'import b\n',
    'pkg/b_robust.py': null,
    'new/c.py': 'c\n',
    'old/moved.py': null,
    'new/deep/moved.py': 'from pkg.others import x as y\n',
    'swap/one.py': 'two\n',
    'swap/two.py': 'one\n',
  };
  const small = { 'tool.py': 'import pkg.c\n', 'pkg/c_robust.py': null, 'last.py': 'last\n' };
  return [batch(top, 'b1', everything, moves), batch(top, 'b2', small, [])];
}

function batch(top, id, files, moves) {
  const transitions = Object.entries(files).map(([path, content]) => transition(top, path, content));
  return { id, title: `batch ${id}`, message: 'Change', transitions, moves };
}

function transition(top, path, content) {
  const [mode, , blob] = git(top, 'ls-tree', 'HEAD', '--', path).split(/[ \t]/);
  const before = blob === undefined ? null : { blob, mode };
  const after = content === null ? null : { mode: before?.mode ?? '100644', content: Buffer.from(content) };
  return { path, before, after };
}

/** Every file with mode and bytes, status, index, branch, references, stash and configuration; commit ids hold the time and are left out. */
export function signature(top) {
  return JSON.stringify([
    listing(top, ''),
    git(top, '--no-optional-locks', 'status', '--porcelain', '--ignored'),
    git(top, 'ls-files', '-s', '-t'),
    git(top, 'rev-parse', 'HEAD^{tree}', '--symbolic-full-name', 'HEAD'),
    git(top, 'rev-list', '--count', 'HEAD'),
    git(top, 'for-each-ref', '--format=%(refname) %(tree)', 'refs/stash', 'refs/tags', 'refs/heads'),
    hashOf(join(top, '.git/config')),
  ]);
}

function listing(top, prefix) {
  return readdirSync(join(top, prefix), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(prefix, entry.name);
      if (path === '.git') return [];
      const full = join(top, path);
      const name = `${lstatSync(full).mode.toString(8)} ${path}`;
      if (entry.isSymbolicLink()) return [`${name} -> ${readlinkSync(full)}`];
      return entry.isDirectory() ? [`${name}/`, ...listing(top, path)] : [`${name} ${hashOf(full)}`];
    });
}

const hashOf = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** What a run that is over must not leave: locks, a journal, drafts, pins without a run that landed. */
export function leftBehind(top) {
  const inside = readdirSync(join(top, '.git'), { recursive: true }).map(String);
  const drafts = /\.lock$|^regraft\/(lock|journal\.json|index\.aside|staging-index|message-)/;
  const landed = new Set(inside.map((name) => /^regraft\/log\/(.*)\.json$/.exec(name)?.[1]).filter(Boolean));
  const pins = git(top, 'for-each-ref', '--format=%(refname)', 'refs/regraft').split('\n').filter(Boolean);
  const loose = pins.filter((name) => !landed.has(name.split('/')[2]));
  return [...inside.filter((name) => drafts.test(name)), ...loose];
}
