/** A git repository in a temporary directory, filled with given files: what the demonstration works on. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface TemporaryRepository {
  /** Absolute path of the repository. */
  readonly top: string;
  remove(): void;
}

/** Creates the repository with one commit. It belongs to nobody: no hook, template or setting of the user's applies. */
export function createTemporaryRepository(name: string, files: ReadonlyMap<string, string>): TemporaryRepository {
  const parent = mkdtempSync(join(tmpdir(), 'regraft-'));
  const top = join(parent, name);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), text);
  }
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'core.hooksPath=/dev/null', ...args], { cwd: top, stdio: 'pipe' });
  git('init', '--quiet', '--template=', '--initial-branch=main');
  for (const [key, value] of SETTINGS) git('config', key, value);
  git('add', '--all');
  git('commit', '--quiet', '--no-gpg-sign', '--message', 'The repository as it was found');
  return { top, remove: () => rmSync(parent, { recursive: true, force: true }) };
}

const SETTINGS = [
  ['user.name', 'regraft demo'],
  ['user.email', 'demo@regraft.invalid'],
  ['commit.gpgsign', 'false'],
] as const;
