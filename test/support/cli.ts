/** Runs the real command line in temporary repositories. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const BIN = resolve('bin/regraft.js');

export interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Sandbox {
  readonly top: string;
  regraft(...args: string[]): Ran;
  /** The parsed JSON document of a command run with `--format json`. */
  json(...args: string[]): any;
  git(...args: string[]): string;
  write(files: Readonly<Record<string, string>>): void;
  remove(): void;
}

/** A directory with files; a git repository with one commit unless `git` is false. */
export function sandbox(
  files: Readonly<Record<string, string>>,
  options: { git?: boolean; name?: string } = {},
): Sandbox {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'regraft-cli-')));
  const top = join(parent, options.name ?? 'repo');
  mkdirSync(top);
  const write: Sandbox['write'] = (more) => {
    for (const [path, text] of Object.entries(more)) {
      mkdirSync(dirname(join(top, path)), { recursive: true });
      writeFileSync(join(top, path), text);
    }
  };
  const git = (...args: string[]) => execFileSync('git', args, { cwd: top, encoding: 'utf8', stdio: 'pipe' }).trim();
  const regraft = (...args: string[]): Ran => {
    const { status, stdout, stderr } = spawnSync('node', [BIN, ...args], { cwd: top, encoding: 'utf8' });
    return { exitCode: status, stdout, stderr };
  };
  write(files);
  if (options.git !== false) {
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-q', '-m', 'first', '--allow-empty');
  }
  return {
    top,
    regraft,
    json: (...args) => JSON.parse(regraft(...args, '--format', 'json').stdout),
    git,
    write,
    remove: () => rmSync(parent, { recursive: true, force: true }),
  };
}
