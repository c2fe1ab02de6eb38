/**
 * The fault port: counts the changes of a run and does one thing at the n-th, as the environment variable FAULT says:
 * `{at, kind, code?, persistent?}`. Kinds: `kill` before the change, `torn` (half of a file is written, then the kill),
 * `error` instead of it, `late` (the change is made and an error reported all the same).
 */
import { closeSync, fstatSync, openSync, writeFileSync } from 'node:fs';

const fault = JSON.parse(process.env.FAULT ?? '{"at":-1}');
const seen = { count: 0, fired: false, names: [] };

export const observed = () => seen;

export function through(name, real) {
  return (...args) => {
    const at = seen.count++;
    seen.names.push(name);
    const strikes = fault.persistent ? at >= fault.at && fault.at >= 0 : at === fault.at;
    if (!strikes) return real(...args);
    seen.fired = true;
    if (fault.kind === 'kill') die();
    if (fault.kind === 'torn') tear(name, args);
    if (fault.kind === 'late') return late(real(...args), name, at);
    throw failure(name, at);
  };
}

function late(result, name, at) {
  if (!(result instanceof Promise)) throw failure(name, at);
  return result.then(() => {
    throw failure(name, at);
  });
}

const failure = (name, at) =>
  Object.assign(new Error(`${fault.code}: injected, ${name} ${at}`), { code: fault.code ?? 'EIO' });

function tear(name, [path, bytes]) {
  if (name !== 'writeNew') die();
  const descriptor = openSync(path, 'wx', 0o600);
  writeFileSync(descriptor, Buffer.from(bytes).subarray(0, Math.floor(bytes.length / 2)));
  closeSync(descriptor);
  die();
}

/** The signal arrives at some moment; nothing may be done until then. */
function die() {
  process.kill(process.pid, 'SIGKILL');
  for (;;) fstatSync(1);
}
