/**
 * Runs the command line in temporary repositories: in this process, which spares the start of hundreds, or as a process
 * of its own where that is the point.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Host, main } from '../../src/cli.js';

const BIN = resolve('bin/regraft.js');

export interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Sandbox {
  readonly top: string;
  regraft(...args: string[]): Promise<Ran>;
  /** The parsed JSON document of a command run with `--format json`. */
  json(...args: string[]): Promise<any>;
  /** As people start it: `bin/regraft.js` of the last build. */
  started(...args: string[]): Ran;
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
  const regraft = (...args: string[]) => within(top, args);
  const started = (...args: string[]): Ran => {
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
    json: async (...args) => JSON.parse((await regraft(...args, '--format', 'json')).stdout),
    started,
    git,
    write,
    remove: () => rmSync(parent, { recursive: true, force: true }),
  };
}

/** A process as a pipeline sees it: no terminal, nothing to read, and streams that are kept. */
async function within(top: string, args: readonly string[]): Promise<Ran> {
  const stdout = keeping();
  const stderr = keeping();
  const host = Object.assign(new EventEmitter(), {
    argv: ['node', BIN, ...args],
    env: process.env,
    cwd: () => top,
    stdin: {},
    stdout: stdout.stream,
    stderr: stderr.stream,
    exitCode: 0,
    exit: (code?: number): never => {
      throw new Error(`the process would end at once with ${code}`);
    },
  });
  await main(host as unknown as Host);
  return { exitCode: host.exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

function keeping() {
  const parts: string[] = [];
  const write = (part: string) => parts.push(part) > 0;
  return { stream: Object.assign(new EventEmitter(), { write }), text: () => parts.join('') };
}
