/** What the scripts of this folder share: the Python interpreter, child processes, tables. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The interpreter that judges; another one by the environment variable PYTHON. */
export const PYTHON = process.env.PYTHON ?? 'python3';

/** Path of a file of this folder. */
export const beside = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Runs a program to its end; throws with its output when the exit code is not among `allowed`. */
export function run(program, args, { allowed = [0], ...options } = {}) {
  const result = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 30, ...options });
  if (result.error) throw result.error;
  if (!allowed.includes(result.status)) {
    throw new Error(
      `${program} ${args.join(' ')} ended with ${result.status}:\n${result.stdout.slice(-2000)}\n${result.stderr.slice(-2000)}`,
    );
  }
  return result;
}

/** Git without the developer's configuration, as a fixed author. */
export function git(directory, ...args) {
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_AUTHOR_NAME: 'Oracle',
    GIT_AUTHOR_EMAIL: 'oracle@example.invalid',
    GIT_COMMITTER_NAME: 'Oracle',
    GIT_COMMITTER_EMAIL: 'oracle@example.invalid',
  };
  return run('git', ['-c', 'core.autocrlf=false', ...args], { cwd: directory, env }).stdout.trim();
}

/** Gives input to a Python script and yields the JSON value of each line that it prints. */
export async function* jsonLines(script, input, ...args) {
  const child = spawn(PYTHON, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  child.stdin.end(input);
  for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line);
  const [code] = await ended;
  if (code !== 0) throw new Error(`${script} ended with ${code}`);
}

/** Rows of cells in columns as wide as their widest cell; numbers to the right. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  const cell = (value, column) =>
    typeof value === 'number' ? String(value).padStart(widths[column]) : String(value).padEnd(widths[column]);
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}

/** Numbers in [0, 1) that depend only on the seed (mulberry32). */
export function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
