/** Real processes that are told to stop, and streams that close, while a run is verified. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Environment } from '../../src/commands/command.js';
import { duplicates } from '../../src/commands/duplicates.js';
import { plainStyle } from '../../src/report/style.js';
import { type Sandbox, sandbox } from '../support/cli.js';

const FILES = { 'a.py': 'import b_robust\n', 'b_robust.py': 'x = 1\n', 'b.py': 'x = 1\n' };

function repository(): Sandbox {
  const made = sandbox(FILES);
  onTestFinished(() => made.remove());
  return made;
}

interface Running {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<number | null>;
}

function start(made: Sandbox, ...args: string[]): Running {
  const child = spawn(process.execPath, [resolve('bin/regraft.js'), ...args], {
    cwd: made.top,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stdout = collected(child.stdout);
  const stderr = collected(child.stderr);
  return { process: child, stdout, stderr, ended: once(child, 'exit').then(([code]) => code as number | null) };
}

function collected(stream: Readable): () => string {
  let text = '';
  stream.on('data', (chunk: Buffer) => (text += chunk));
  return () => text;
}

/** A verification that says by a file that the batch stands there, and then does what `script` says. */
function verification(made: Sandbox, script: string) {
  const reached = join(made.top, '..', 'reached');
  return { reached, command: `if ! grep -q robust a.py; then echo $$ > ${reached}; ${script}; fi` };
}

const dedupe = (command: string) => ['dedupe', '--suffix', '_robust', '--verify', command, '--apply'];
const isAlive = (pid: string) => existsSync(`/proc/${pid}`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
const journal = (made: Sandbox) => join(made.top, '.git/regraft/journal.json');

/** Every file of the plan as it was, nothing staged, one commit. */
function expectUntouched(made: Sandbox) {
  expect(made.git('status', '--porcelain')).toBe('');
  expect(made.git('rev-list', '--count', 'HEAD')).toBe('1');
  expect(existsSync(journal(made))).toBe(false);
}

describe('told to stop', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s once, it rolls the batch back and ends with 130',
    async (signal) => {
      const made = repository();
      const { reached, command } = verification(made, 'exec sleep 300');
      const run = start(made, ...dedupe(command), '--format', 'json');
      await vi.waitUntil(() => existsSync(reached), { timeout: 50_000 });
      run.process.kill(signal);
      expect(await run.ended).toBe(130);
      expect(JSON.parse(run.stdout())).toMatchObject({ exitCode: 130 });
      expect(run.stderr()).toContain('rolling back');
      expectUntouched(made);
    },
  );

  test('twice, it ends at once, takes the verification along, and recover takes back what is half done', async () => {
    const made = repository();
    // The first interrupt ends the command's group in a kind way, which this one does not hear.
    const { reached, command } = verification(made, 'trap "" TERM; while :; do sleep 1; done');
    const run = start(made, ...dedupe(command));
    await vi.waitUntil(() => existsSync(reached), { timeout: 50_000 });
    run.process.kill('SIGINT');
    await vi.waitUntil(() => run.stderr().includes('rolling back'), { timeout: 20_000 });
    run.process.kill('SIGINT');
    expect(await run.ended).toBe(130);
    expect(run.stderr() + run.stdout()).toContain('regraft recover');
    expect([existsSync(journal(made)), made.git('status', '--porcelain')]).toEqual([true, 'M a.py\n D b_robust.py']);
    if (process.platform === 'linux') await vi.waitUntil(() => !isAlive(readFileSync(reached, 'utf8').trim()));
    expect((await made.regraft('recover')).exitCode).toBe(0);
    expectUntouched(made);
  });
});

describe('a closed pipe', () => {
  const landed = (made: Sandbox) => {
    expect(made.git('status', '--porcelain')).toBe('');
    expect(made.git('ls-files')).toBe('a.py\nb.py');
    expect(existsSync(journal(made))).toBe(false);
  };

  test('that nobody reads results from ends nothing half done', async () => {
    const made = repository();
    const { reached, command } = verification(made, 'sleep 1');
    const run = start(made, ...dedupe(command));
    run.process.stdout.destroy();
    expect(await run.ended).toBe(0);
    expect(existsSync(reached)).toBe(true);
    landed(made);
  });

  test('that nobody reads progress from does not matter', async () => {
    const made = repository();
    const { command } = verification(made, 'sleep 1');
    const run = start(made, ...dedupe(command));
    run.process.stderr.destroy();
    expect(await run.ended).toBe(0);
    landed(made);
  });

  test('while it is interrupted does not keep it from rolling back', async () => {
    const made = repository();
    const { reached, command } = verification(made, 'exec sleep 300');
    const run = start(made, ...dedupe(command));
    run.process.stderr.destroy();
    run.process.stdout.destroy();
    await vi.waitUntil(() => existsSync(reached), { timeout: 50_000 });
    run.process.kill('SIGHUP');
    expect(await run.ended).toBe(130);
    expectUntouched(made);
  });
});

test('a search for duplicates ends when it is told to', async () => {
  const environment: Environment = {
    directory: repository().top,
    format: 'json',
    style: plainStyle(80),
    terminal: false,
    progress: () => undefined,
    narrate: () => undefined,
    afterwards: () => undefined,
    signal: AbortSignal.abort(),
    engine: undefined,
  };
  await expect(duplicates(environment, { paths: [], suffixes: [] })).rejects.toMatchObject({ exitCode: 130 });
});
