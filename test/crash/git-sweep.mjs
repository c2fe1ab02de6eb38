/**
 * Kills inside git's own processes: a `git` first on the PATH runs the n-th writing command under strace, which kills it at
 * its m-th system call that changes something, alone or together with the run that had started it.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { copy, runChild, verdict } from './sweep.mjs';
import { signature } from './world.mjs';

const CALLS = 'write,pwrite64,rename,link,unlink,mkdir,rmdir,fsync';

/** Reading commands carry GIT_OPTIONAL_LOCKS=0; all others are counted. */
const SCRIPT = `#!/bin/sh
[ "$GIT_OPTIONAL_LOCKS" = 0 ] && exec "$STRIKE_REAL" "$@"
echo "$1" >> "$STRIKE_ROOM/commands"
[ "$(wc -l < "$STRIKE_ROOM/commands")" = "$STRIKE_COMMAND" ] || exec "$STRIKE_REAL" "$@"
strace -qq -f -o "$STRIKE_ROOM/trace" -e trace=${CALLS} -e inject=${CALLS}:signal=SIGKILL:when="$STRIKE_CALL" "$STRIKE_REAL" "$@"
code=$?
[ $code = 137 ] || exit $code
touch "$STRIKE_ROOM/struck"
[ "$STRIKE_ALONE" = 1 ] || kill -9 $PPID
exit 137
`;

export const canTrace = () => {
  try {
    execFileSync('strace', ['-qq', '-o', '/dev/null', 'true']);
    return true;
  } catch {
    return false;
  }
};

function shim(room) {
  const bin = join(room, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'git'), SCRIPT);
  chmodSync(join(bin, 'git'), 0o755);
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  return { PATH: `${bin}${delimiter}${process.env.PATH}`, STRIKE_REAL: real, STRIKE_ROOM: room };
}

/** The writing git commands of one whole run. */
export async function gitCommands({ path, template }, room) {
  const environment = shim(room);
  copy(template, join(room, 'world'));
  await runChild(path, join(room, 'world'), { at: -1 }, { ...environment, STRIKE_COMMAND: '0' });
  const commands = readFileSync(join(room, 'commands'), 'utf8').trim().split('\n');
  rmSync(room, { recursive: true });
  return commands;
}

/** Kills one command at one call. @param alone the run that had started it lives on */
export async function strikeGit({ path, template, states }, { command, call, alone }, room) {
  const environment = { ...shim(room), STRIKE_COMMAND: String(command), STRIKE_CALL: String(call) };
  const top = join(room, 'world');
  copy(template, top);
  const { ended } = await runChild(path, top, { at: -1 }, { ...environment, STRIKE_ALONE: alone ? '1' : '0' });
  const fired = existsSync(join(room, 'struck'));
  const wrong = await verdict(top, states);
  const state = wrong === null ? states.indexOf(signature(top)) : null;
  rmSync(room, { recursive: true });
  return { fired, ended, wrong, state };
}
