/** Runs one shell command to its end: own process group, no input, a time limit, and output that cannot flood anything. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { offExit, onExit, processesWith, signalProcess, userEnvironment } from './processes.js';

export interface CommandOptions {
  readonly directory: string;
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
  readonly environment?: Record<string, string>;
}

export interface CommandResult {
  /** `null` when a signal ended it. */
  readonly exitCode: number | null;
  readonly ended: 'exit' | 'timeout' | 'interrupt';
  /** Standard output and error together; head and tail when it was long. */
  readonly output: string;
  /** Milliseconds. */
  readonly duration: number;
  /** What it started and is still running, out of its group: `PID COMMAND`. Known on Linux. */
  readonly survivors: readonly string[];
}

/** Half of what is kept of the output, in bytes. */
const KEPT = 512 * 1024;
/** Milliseconds between asking the group to end and making it. */
const GRACE = 3000;
/** Milliseconds for output that is still on its way. */
const LAST_WORDS = 1000;
/** By this variable with a value of its own, what a command has started is known wherever it went. */
const MARK = 'REGRAFT_VERIFICATION';

export function runCommand(command: string, options: CommandOptions): Promise<CommandResult> {
  return runProcess('sh', ['-c', command], options);
}

export async function runProcess(
  file: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  const begun = Date.now();
  const mark = randomBytes(12).toString('hex');
  const child = spawn(file, args, {
    cwd: options.directory,
    detached: true, // a group of its own: killing only the shell would leave what it started
    stdio: ['ignore', 'pipe', 'pipe'],
    // Compiled files of the state under test must not stay behind when it is rolled back.
    env: { ...userEnvironment(), PYTHONDONTWRITEBYTECODE: '1', ...options.environment, [MARK]: mark },
  });
  const output = new CappedOutput();
  child.stdout.on('data', (chunk: Buffer) => output.add(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.add(chunk));
  const closed = new Promise((resolve) => child.once('close', resolve));
  // When this process is told to stop at once, nothing that it has started may go on.
  const takeAlong = () => void (child.pid && signalProcess(-child.pid, 'SIGKILL'));
  onExit(takeAlong);
  const { exitCode, ended } = await endOf(child, options).finally(() => offExit(takeAlong));
  await endGroup(child.pid);
  // What has left the group may hold the pipes open; its output is not waited for.
  await Promise.race([closed, pause(LAST_WORDS, undefined, { ref: false })]);
  child.stdout.destroy();
  child.stderr.destroy();
  const survivors = processesWith(`${MARK}=${mark}`);
  return { exitCode, ended, output: output.text(), duration: Date.now() - begun, survivors };
}

type Child = ReturnType<typeof spawn>;

/** Waits for the end, or brings it about when time is up or somebody interrupts. */
function endOf(child: Child, { timeout, signal }: CommandOptions): Promise<Pick<CommandResult, 'exitCode' | 'ended'>> {
  return new Promise((resolve, reject) => {
    let ended: CommandResult['ended'] = 'exit';
    const end = (why: 'timeout' | 'interrupt') => {
      ended = why;
      endGroup(child.pid).catch(reject);
    };
    const interrupt = () => end('interrupt');
    const timer = setTimeout(() => end('timeout'), timeout);
    signal?.addEventListener('abort', interrupt, { once: true });
    if (signal?.aborted) interrupt();
    child.once('error', reject);
    child.once('exit', (exitCode) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', interrupt);
      resolve({ exitCode, ended });
    });
  });
}

/** Asks all of a group to end, then makes it. Returns when none of it is left, or none can be told to go. */
async function endGroup(leader: number | undefined): Promise<void> {
  if (leader === undefined) return;
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!signalProcess(-leader, signal)) return;
    for (const until = Date.now() + GRACE; Date.now() < until; await pause(20)) {
      if (!signalProcess(-leader, 0)) return;
    }
  }
}

/** Keeps the first and the last {@link KEPT} bytes. */
class CappedOutput {
  #head: Buffer[] = [];
  #headSize = 0;
  #tail: Buffer[] = [];
  #tailSize = 0;
  #dropped = 0;

  add(chunk: Buffer): void {
    const room = KEPT - this.#headSize;
    if (room > 0) {
      this.#head.push(chunk.subarray(0, room));
      this.#headSize += Math.min(room, chunk.length);
    }
    if (chunk.length > room) this.#addTail(chunk.subarray(Math.max(room, 0)));
  }

  #addTail(chunk: Buffer): void {
    this.#tail.push(chunk);
    this.#tailSize += chunk.length;
    while (this.#tailSize - (this.#tail[0] as Buffer).length >= KEPT) {
      const gone = (this.#tail.shift() as Buffer).length;
      this.#tailSize -= gone;
      this.#dropped += gone;
    }
  }

  text(): string {
    const gap = this.#dropped > 0 ? [Buffer.from(`\n[... ${this.#dropped} bytes left out ...]\n`)] : [];
    return Buffer.concat([...this.#head, ...gap, ...this.#tail]).toString('utf8');
  }
}
