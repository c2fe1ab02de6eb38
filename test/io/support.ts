/** Real temporary repositories for the tests of the io layer, and the oracle that compares whole worlds. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { FileTransition, PreparedBatch } from '../../src/core/model.js';
import { RegraftError } from '../../src/core/problems.js';

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'regraft-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export class World {
  constructor(readonly top: string) {}

  git(...args: string[]): string {
    return execFileSync('git', args, { cwd: this.top, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  write(path: string, content: string | Uint8Array, mode = 0o644): this {
    mkdirSync(dirname(join(this.top, path)), { recursive: true });
    writeFileSync(join(this.top, path), content, { mode });
    return this;
  }

  read(path: string): string {
    return readFileSync(join(this.top, path), 'utf8');
  }

  commit(message = 'commit'): string {
    this.git('add', '-A');
    this.git('commit', '-q', '-m', message);
    return this.git('rev-parse', 'HEAD').trim();
  }

  /** Everything a user could miss: every file with mode and hash, status, index, references, configuration. */
  signature(): string[] {
    const refs = this.git('for-each-ref').split('\n');
    return [
      ...listing(this.top, ''),
      ...this.git('--no-optional-locks', 'status', '--porcelain', '--ignored').split('\n'),
      ...this.git('ls-files', '-s', '-t').split('\n'),
      ...refs.filter((line) => !line.includes('refs/regraft/')),
      this.git('rev-parse', 'HEAD', '--symbolic-full-name', 'HEAD'),
      hashOf(readFileSync(join(this.git('rev-parse', '--path-format=absolute', '--git-common-dir').trim(), 'config'))),
    ];
  }
}

/** A repository with the given files in one commit. */
export function world(files: Record<string, string> = { 'a.py': 'import b\n', 'b.py': 'x = 1\n' }): World {
  const made = new World(temporaryDirectory());
  made.git('init', '-q', '-b', 'main');
  for (const [path, content] of Object.entries(files)) made.write(path, content);
  made.commit('first');
  return made;
}

/** Names byte by byte, as they need not be UTF-8. */
function listing(top: string, prefix: string): string[] {
  const at = (path: string) => Buffer.from(join(top, path), 'latin1');
  return readdirSync(at(prefix), 'latin1')
    .sort()
    .flatMap((name) => {
      const path = prefix === '' ? name : `${prefix}/${name}`;
      if (path === '.git') return [];
      const stat = lstatSync(at(path));
      const mode = stat.mode.toString(8);
      if (stat.isSymbolicLink()) return [`${mode} ${path} -> ${readlinkSync(at(path))}`];
      if (stat.isDirectory()) return [`${mode} ${path}/`, ...listing(top, path)];
      // Reading a pipe would wait for a writer.
      return [`${mode} ${path} ${stat.isFile() ? hashOf(readFileSync(at(path))) : ''}`];
    });
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A batch that sets paths to contents (`null` deletes), with the states before taken from HEAD. */
export function batchOf(made: World, files: Record<string, string | null>, id = 'b1'): PreparedBatch {
  const transitions = Object.entries(files).map(([path, content]): FileTransition => {
    const line = made.git('--literal-pathspecs', 'ls-tree', '-z', 'HEAD', '--', path);
    const [mode, , blob] = line.split(/[ \t]/);
    const known = mode === '100755' ? '100755' : '100644';
    return {
      path,
      before: blob === undefined ? null : { blob, mode: known },
      after: content === null ? null : { mode: known, content: Buffer.from(content) },
    };
  });
  return { id, title: `batch ${id}`, message: `Change files (${id})`, transitions };
}

/** A batch of moves: contents stay, but for what `others` says. */
export function movesOf(
  made: World,
  moves: Record<string, string>,
  others: Record<string, string | null> = {},
  id = 'b1',
): PreparedBatch {
  const list = Object.entries(moves).map(([from, to]) => ({ from, to }));
  const contents = Object.fromEntries([
    ...list.map(({ from }) => [from, null]),
    ...list.map(({ from, to }) => [to, made.git('cat-file', 'blob', `HEAD:${from}`)]),
    ...Object.entries(others),
  ]);
  const batch = batchOf(made, contents, id);
  const isTree = (path: string) => made.git('ls-tree', 'HEAD', '--', path).includes(' tree ');
  const transitions = batch.transitions.map((each) => (isTree(each.path) ? { ...each, before: null } : each));
  return { ...batch, transitions, moves: list };
}

/** The codes of the problems of a rejected promise; what it resolved to otherwise. */
export async function codesOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof RegraftError) return error.problems.map((p) => p.code);
    throw error;
  }
}
