/**
 * What the io layer asks of the operating system about processes: the environment to hand on, who we are, who is alive.
 * The only place below the command line that looks at the process itself.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import process from 'node:process';

/** Names one process beyond reuse of its number: the start time differs when the number is given out again. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Opaque; `null` where the system does not tell. */
  readonly started: string | null;
}

/** Variables that would point git, or a command that runs git, at another repository than the one opened. */
const REPOSITORY_VARIABLES =
  /^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|PREFIX|GRAFT_FILE|REPLACE_REF_BASE|SHALLOW_FILE)$/;

/** The environment for commands that the user asked for: theirs, minus what would redirect git. */
export function userEnvironment(): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !REPOSITORY_VARIABLES.test(name)) result[name] = value;
  }
  return result;
}

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, host: hostname(), started: startTime(process.pid) };
}

/** Whether that very process still runs; `null` when it belongs to another host and cannot be asked. */
export function isRunning(identity: ProcessIdentity): boolean | null {
  if (identity.host !== hostname()) return null;
  if (!signalProcess(identity.pid, 0)) return false;
  return identity.started === null || startTime(identity.pid) === identity.started;
}

/** Sends a signal (0 only asks); a negative number means the whole process group. False when nobody is there. */
export function signalProcess(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function startTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return startTimeByPs(pid);
  }
}

function startTimeByPs(pid: number): string | null {
  try {
    const output = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { stdio: ['ignore', 'pipe', 'ignore'] });
    return output.toString('utf8').trim() || null;
  } catch {
    return null;
  }
}
