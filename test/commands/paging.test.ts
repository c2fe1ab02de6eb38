/** Long results on a terminal go through the person's pager; everything else is printed as it ever was. */
import { EventEmitter } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Host, main } from '../../src/cli.js';
import { isPaged } from '../../src/commands/paging.js';
import { page, pagerOf } from '../../src/io/pager.js';
import { type Sandbox, sandbox } from '../support/cli.js';

const CODE = 'def f():\n    return 1\n';

let box: Sandbox;
beforeEach(() => {
  box = sandbox({ 'x.py': CODE, 'x_robust.py': CODE, 'y.py': CODE, 'y_robust.py': 'def f():\n    return 2\n' });
});
afterEach(() => box.remove());

const pagedPath = () => join(box.top, '../paged');
const pagedText = () => (existsSync(pagedPath()) ? readFileSync(pagedPath(), 'utf8') : null);

interface Shown {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | undefined;
}

/** The command line on a terminal of so many rows. @param meanwhile called once it is under way */
async function onTerminal(
  args: readonly string[],
  pager: string,
  { rows = 5, terminal = true, meanwhile = async (_: EventEmitter) => {} } = {},
): Promise<Shown> {
  const streams = [0, 1].map(() => {
    const parts: string[] = [];
    const write = (part: string) => parts.push(part) > 0;
    return { parts, stream: Object.assign(new EventEmitter(), { write, isTTY: terminal, columns: 80, rows }) };
  });
  const [stdout, stderr] = streams as [(typeof streams)[0], (typeof streams)[0]];
  const host = Object.assign(new EventEmitter(), {
    argv: ['node', 'regraft', ...args],
    env: { ...process.env, PAGER: pager, GIT_PAGER: undefined, NO_COLOR: '1', TERM: 'xterm' },
    cwd: () => box.top,
    stdin: {},
    stdout: stdout.stream,
    stderr: stderr.stream,
    exitCode: undefined as number | undefined,
    exit: (code?: number): never => {
      throw new Error(`the process would end at once with ${code}`);
    },
  });
  await Promise.all([main(host as unknown as Host), meanwhile(host)]);
  return { stdout: stdout.parts.join(''), stderr: stderr.parts.join(''), exitCode: host.exitCode };
}

const toFile = () => `cat > '${pagedPath()}'`;

describe('a preview on a terminal', () => {
  it("goes through the pager, whole, and the exit code stays the command's", async () => {
    const plain = await box.regraft('dedupe');
    const { stdout, stderr, exitCode } = await onTerminal(['dedupe'], toFile(), { rows: 8 });
    expect([stdout, exitCode]).toEqual(['', 3]);
    expect(pagedText()?.replace(/\s+/g, ' ')).toBe(plain.stdout.replace(/\s+/g, ' '));
    expect(stderr).toContain('regraft explain body-differs');
    expect((await onTerminal(['dedupe'], `${toFile()}; exit 7`)).exitCode).toBe(3);
  });

  it('is printed where it fits, where the pager is not wanted, and where nobody sits at a terminal', async () => {
    for (const [args, pager, more] of [
      [['dedupe'], toFile(), { rows: 200 }],
      [['dedupe', '--no-pager'], toFile(), {}],
      [['--no-pager', 'dedupe'], toFile(), {}],
      [['dedupe'], '', {}],
      [['dedupe'], 'cat', {}],
      [['dedupe'], toFile(), { terminal: false }],
    ] as const) {
      const { stdout, exitCode } = await onTerminal(args, pager, more);
      expect(stdout).toContain('Plan: 0 to rewrite, 1 to delete');
      expect([exitCode, pagedText()]).toEqual([3, null]);
    }
  });

  it('goes through it with --quiet too, which is about progress', async () => {
    expect((await onTerminal(['dedupe', '--quiet'], toFile())).stdout).toBe('');
    expect(pagedText()).toContain('Plan: 0 to rewrite');
  });

  it('is printed plainly where the pager cannot be started', async () => {
    const { stdout, exitCode } = await onTerminal(['dedupe'], 'no-such-pager-here 2>/dev/null');
    expect([exitCode, stdout.includes('Plan: 0 to rewrite, 1 to delete')]).toEqual([3, true]);
  });

  it('may be left early', async () => {
    // More than a pipe holds: what the pager does not take is an error of the pipe, and of nothing else.
    expect(await page('a line\n'.repeat(1_000_000), `head -1 > '${pagedPath()}'`)).toBe(true);
    expect(pagedText()).toBe('a line\n');
  });

  it('leaves Ctrl-C to the pager while that has the terminal', async () => {
    const pager = `touch '${pagedPath()}.up'; sleep 0.3; cat > '${pagedPath()}'`;
    const meanwhile = async (host: EventEmitter) => {
      for (let tries = 0; tries < 400 && !existsSync(`${pagedPath()}.up`); tries++)
        await new Promise((resolve) => setTimeout(resolve, 20));
      for (let times = 0; times < 3; times++) host.emit('SIGINT', 'SIGINT');
    };
    const { stderr, exitCode } = await onTerminal(['dedupe'], pager, { meanwhile });
    expect([exitCode, stderr.includes('interrupted')]).toEqual([3, false]);
    expect(pagedText()).toContain('Plan: 0 to rewrite');
  });
});

it('what was done is said at once; a preview of it is paged', async () => {
  const { stdout } = await onTerminal(['dedupe', 'x_robust.py', '--apply'], toFile(), { rows: 1 });
  expect(stdout).toContain('Done: 0 rewritten, 1 deleted');
  expect((await onTerminal(['undo'], toFile(), { rows: 1 })).stdout).not.toBe('');
  expect(pagedText()).toBeNull();
  await onTerminal(['dedupe', 'x_robust.py', '--apply', '-n'], toFile(), { rows: 1 });
  expect(pagedText()).toContain('Plan: 0 to rewrite, 1 to delete');
});

it('JSON is one document on standard output, however long', async () => {
  const { stdout } = await onTerminal(['dedupe', '--format', 'json'], toFile());
  expect(JSON.parse(stdout)).toMatchObject({ command: 'dedupe', exitCode: 3 });
  expect(pagedText()).toBeNull();
});

it('a pager that the repository names is none', async () => {
  const trap = join(box.top, '../trap');
  writeFileSync(trap, `#!/bin/sh\ntouch '${trap}.sprung'\ncat\n`, { mode: 0o755 });
  box.git('config', 'core.pager', trap);
  await onTerminal(['dedupe'], toFile());
  expect([existsSync(`${trap}.sprung`), pagedText() !== null]).toEqual([false, true]);
});

it.each<[Record<string, string | undefined>, string | null]>([
  [{}, 'less -FRX'],
  [{ PAGER: 'more' }, 'more'],
  [{ PAGER: 'more', GIT_PAGER: 'most -w' }, 'most -w'],
  [{ PAGER: 'more', GIT_PAGER: '' }, null],
  [{ PAGER: 'cat' }, null],
  [{ PAGER: ' ' }, null],
  [{ PAGER: 'more', TERM: 'dumb' }, null],
])('the pager of %j is %j', (environment, command) => {
  expect(pagerOf(environment)).toBe(command);
});

it('a text is long when it takes more rows than there are, those of wrapped lines counted', () => {
  const screen = { width: 40, rows: 4, environment: {}, pages: true };
  expect(isPaged('a\nb\nc\n', screen)).toBe(false);
  expect(isPaged('a\nb\nc\nd\n', screen)).toBe(true);
  expect(isPaged(`a\n${'b'.repeat(81)}\n`, screen)).toBe(true);
  expect(isPaged(`a\n\u001b[1m${'b'.repeat(40)}\u001b[22m\n`, screen)).toBe(false);
  expect(isPaged('a\nb\nc\nd\n', { ...screen, rows: undefined })).toBe(false);
});
