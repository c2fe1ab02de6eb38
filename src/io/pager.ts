/**
 * Hands a text to the person's pager, on the terminal itself. Which one is for their environment to say, never for the
 * repository's configuration: reading runs nothing that a repository chose.
 */
import { spawn } from 'node:child_process';
import { userEnvironment } from './processes.js';

/** As git starts it: ends at once when all fits, passes colours, leaves the text on the screen. */
const DEFAULT = 'less -FRX';
/** A shell's answers when there is no such program, or none that can be run. */
const NOT_RUN = [126, 127];

type Variables = Readonly<Record<string, string | undefined>>;

/** The command of the pager, as git chooses it but for its configuration; `null` where none is wanted. */
export function pagerOf({ GIT_PAGER, PAGER, TERM }: Variables): string | null {
  const command = (GIT_PAGER ?? PAGER ?? DEFAULT).trim();
  return command === '' || command === 'cat' || TERM === 'dumb' ? null : command;
}

/** @returns whether it was shown; false where the pager cannot be started, and nothing was printed */
export function page(text: string, command: string): Promise<boolean> {
  const environment = userEnvironment();
  const child = spawn('sh', ['-c', command], {
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { ...environment, LESS: environment.LESS ?? 'FRX', LV: environment.LV ?? '-c' },
  });
  // Who leaves early has read enough: the closed pipe is no error.
  child.stdin.on('error', () => undefined);
  child.stdin.end(text);
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(!NOT_RUN.includes(code ?? 0)));
  });
}
