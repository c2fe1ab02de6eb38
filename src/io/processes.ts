/**
 * What the io layer asks of the operating system about processes: the environment to hand on, who we are, who is alive.
 * The only place below the command line that looks at the process itself.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
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

export const ownIdentity = (): ProcessIdentity => identityOf(process.pid);

/** The identity of a process that runs now. */
export function identityOf(pid: number): ProcessIdentity {
  return { pid, host: hostname(), started: startTime(pid) };
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

/** Whether a git process works in one of the directories; where that cannot be asked, whether any git runs at all. */
export function isGitAtWork(directories: readonly string[]): boolean {
  if (!existsSync('/proc/self/comm')) return /(^|[/\n])git$/m.test(outputOf('ps', ['-A', '-o', 'comm=']));
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => /^git(-|$)/.test(textOf(`/proc/${pid}/comm`).trim()) && worksIn(pid, directories));
}

/** Processes of this user with a setting in their environment, as `PID COMMAND`; none where the system does not tell. */
export function processesWith(setting: string): string[] {
  if (!existsSync('/proc/self/environ')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && textOf(`/proc/${name}/environ`).split('\0').includes(setting))
    .map((pid) => `${pid} ${textOf(`/proc/${pid}/cmdline`).split('\0').join(' ').trim()}`);
}

/** What is done when this process ends, however it ends itself. */
export const onExit = (action: () => void): void => void process.on('exit', action);
export const offExit = (action: () => void): void => void process.off('exit', action);

function worksIn(pid: string, directories: readonly string[]): boolean {
  try {
    const place = readlinkSync(`/proc/${pid}/cwd`);
    return directories.some((directory) => place === directory || place.startsWith(`${directory}/`));
  } catch (error) {
    // Another user's process does not tell; one that has ended in between has no place.
    return (error as NodeJS.ErrnoException).code === 'EACCES';
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
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

const startTimeByPs = (pid: number) => outputOf('ps', ['-o', 'lstart=', '-p', String(pid)]).trim() || null;

function outputOf(command: string, args: readonly string[]): string {
  try {
    return execFileSync(command, args, { stdio: ['ignore', 'pipe', 'ignore'] }).toString('utf8');
  } catch {
    return '';
  }
}
