/** Runs one shell command to its end: own process group, no input, a time limit, and output that cannot flood anything. */
import { spawn } from 'node:child_process';
import { signalProcess, userEnvironment } from './processes.js';

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
}

/** Half of what is kept of the output, in bytes. */
const KEPT = 512 * 1024;
/** Milliseconds between asking the group to end and making it. */
const GRACE = 3000;

export function runCommand(command: string, options: CommandOptions): Promise<CommandResult> {
  return runProcess('sh', ['-c', command], options);
}

export function runProcess(file: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const begun = Date.now();
    const child = spawn(file, args, {
      cwd: options.directory,
      detached: true, // a group of its own: killing only the shell would leave what it started
      stdio: ['ignore', 'pipe', 'pipe'],
      // Compiled files of the state under test must not stay behind when it is rolled back.
      env: { ...userEnvironment(), PYTHONDONTWRITEBYTECODE: '1', ...options.environment },
    });
    const output = new CappedOutput();
    let ended: CommandResult['ended'] = 'exit';
    const end = (why: 'timeout' | 'interrupt') => {
      ended = why;
      endGroup(child.pid);
    };
    const interrupt = () => end('interrupt');
    const timer = setTimeout(() => end('timeout'), options.timeout);
    options.signal?.addEventListener('abort', interrupt, { once: true });
    if (options.signal?.aborted) interrupt();
    child.stdout.on('data', (chunk: Buffer) => output.add(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.add(chunk));
    child.once('error', reject);
    child.once('exit', (exitCode) => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', interrupt);
      afterExit(child, () => resolve({ exitCode, ended, output: output.text(), duration: Date.now() - begun }));
    });
  });
}

/** Ends what the command left running in its group, and waits for the rest of the output, but not for ever. */
function afterExit(child: ReturnType<typeof spawn>, done: () => void): void {
  endGroup(child.pid);
  const giveUp = setTimeout(finish, GRACE + 1000);
  function finish() {
    clearTimeout(giveUp);
    child.stdout?.destroy();
    child.stderr?.destroy();
    done();
  }
  child.once('close', finish);
}

function endGroup(leader: number | undefined): void {
  if (leader === undefined || !signalProcess(-leader, 'SIGTERM')) return;
  const kill = setTimeout(() => signalProcess(-leader, 'SIGKILL'), GRACE);
  kill.unref();
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
