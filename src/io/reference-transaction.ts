/**
 * One git process that moves references in two steps: all is prepared and locked first, and committed only on a word that
 * a dead parent cannot give. So once a run is dead and its locks are gone, its branch cannot move any more, and recovery may
 * trust what it sees. simple-git closes standard input at once and cannot hold such a conversation.
 */
import { spawn } from 'node:child_process';

export interface TransactionResult {
  readonly code: number | null;
  readonly stderr: string;
}

export interface TransactionOptions {
  /** False: give everything up after it was found possible, which only proves that nobody holds the locks. */
  readonly commit: boolean;
  /** Told the process before it takes any lock. When this throws, none is taken. */
  readonly onStart: (pid: number) => void;
}

/** Carries out `instructions` of `git update-ref --stdin`. */
export function runReferenceTransaction(
  directory: string,
  environment: Record<string, string>,
  args: readonly string[],
  instructions: readonly string[],
  { commit, onStart }: TransactionOptions,
): Promise<TransactionResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['update-ref', ...args, '--stdin'], { cwd: directory, env: environment, stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    let answered = false;
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      if (answered || !stdout.includes('prepare: ok')) return;
      answered = true;
      child.stdin.end(commit ? 'commit\n' : 'abort\n');
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    child.stdin.on('error', () => undefined); // git has refused and gone; its exit code tells
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stderr: stderr.trim() }));
    if (child.pid === undefined) return; // `error` follows
    try {
      onStart(child.pid);
      child.stdin.write(`start\n${instructions.map((line) => `${line}\n`).join('')}prepare\n`);
    } catch (error) {
      child.stdin.end(); // it gives up, as nothing was asked for
      reject(error);
    }
  });
}
