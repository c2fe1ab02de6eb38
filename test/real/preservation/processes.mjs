/** Child processes beside one another, each with a time limit. */
import { spawn } from 'node:child_process';

/** Runs a program to its end; `status` is `null` when the time limit ended it. */
export function start(program, args, { limit = 300, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...options });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (text) => {
        output[name] += text;
      });
    }
    // The whole group: the judge has children of its own.
    const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), limit * 1000);
    child.on('error', reject);
    child.on('close', (status) => {
      clearTimeout(timer);
      resolve({ status, ...output });
    });
  });
}

/** Applies an action to each item, at most `width` at a time. */
export async function inParallel(items, width, action) {
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) await action(item, index);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

/** The environment for git and the tools: no configuration of the developer's, a fixed author. */
export const ENVIRONMENT = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Oracle',
  GIT_AUTHOR_EMAIL: 'oracle@example.invalid',
  GIT_COMMITTER_NAME: 'Oracle',
  GIT_COMMITTER_EMAIL: 'oracle@example.invalid',
  PYTHONHASHSEED: '0',
};
