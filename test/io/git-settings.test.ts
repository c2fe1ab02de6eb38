/** With what git is really started: a `git` first on the PATH writes down its environment. */
import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { PreparedBatch } from '../../src/core/model.js';
import { openRepository } from '../../src/io/repository.js';
import { takeSnapshot } from '../../src/io/snapshot.js';
import { executeRun } from '../../src/io/transaction.js';
import { batchOf, temporaryDirectory, type World, world } from './support.js';

afterEach(() => void vi.unstubAllEnvs());

interface Started {
  readonly command: string;
  readonly environment: ReadonlyMap<string, string>;
  readonly settings: ReadonlyMap<string, string>;
}

/** Every git that an action starts. */
async function startedBy(action: () => Promise<unknown>): Promise<Started[]> {
  const room = temporaryDirectory();
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const script = `#!/bin/sh\n{ printf '%s\\0' "$*"; env -0; } > ${room}/log.$$\nexec ${real} "$@"\n`;
  writeFileSync(join(room, 'git'), script);
  chmodSync(join(room, 'git'), 0o755);
  vi.stubEnv('PATH', `${room}${delimiter}${process.env.PATH}`);
  await action();
  // Several may run at once: each has a file of its own.
  const logs = readdirSync(room).filter((name) => name.startsWith('log.'));
  return logs.map((log) => {
    const record = readFileSync(join(room, log), 'utf8').slice(0, -1);
    const [command = '', ...lines] = record.split('\0');
    const environment = new Map(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]));
    const count = Number(environment.get('GIT_CONFIG_COUNT'));
    const setting = (index: number) => [
      environment.get(`GIT_CONFIG_KEY_${index}`) ?? '',
      environment.get(`GIT_CONFIG_VALUE_${index}`) ?? '',
    ];
    const settings = Array.from({ length: count }, (_, index) => setting(index) as [string, string]);
    return { command, environment, settings: new Map(settings) };
  });
}

const apply = async (made: World, batches: PreparedBatch[]) =>
  executeRun(await openRepository(made.top), { batches, verify: { commands: [], hooks: false } });

const WRITING = /^(?:unpack-objects|read-tree|update-index|write-tree|commit-tree|update-ref|add) ?/;

test('every git is told to run nothing of the repository, to take names literally, and to stay offline', async () => {
  const made = world();
  const batches = [batchOf(made, { 'a.py': 'import c\n' })];
  const all = await startedBy(() => apply(made, batches));
  expect(all.length).toBeGreaterThan(10);
  for (const { command, environment, settings } of all) {
    const told = ['GIT_LITERAL_PATHSPECS', 'GIT_NO_LAZY_FETCH', 'GIT_NO_REPLACE_OBJECTS'].map((name) =>
      environment.get(name),
    );
    expect([command, ...told, environment.get('GIT_TERMINAL_PROMPT')]).toEqual([command, '1', '1', '1', '0']);
    expect(settings.get('core.fsmonitor')).toBe('false');
    expect(settings.get('core.hooksPath')).toBe('/dev/null');
    expect(settings.get('gc.auto')).toBe('0');
  }
});

test('what writes syncs all of it, and is only what is meant to write', async () => {
  const made = world();
  const batches = [batchOf(made, { 'a.py': 'import c\n' })];
  const all = await startedBy(() => apply(made, batches));
  const writing = all.filter(({ environment }) => !environment.has('GIT_OPTIONAL_LOCKS'));
  expect(writing.length).toBeGreaterThan(5);
  for (const { command, settings } of writing) {
    expect(command).toMatch(WRITING);
    expect([settings.get('core.fsync'), settings.get('core.fsyncMethod')]).toEqual(['all', 'fsync']);
  }
});

test('what reads takes no lock and refreshes nothing', async () => {
  const made = world();
  const all = await startedBy(async () => takeSnapshot(await openRepository(made.top)));
  expect(all.length).toBeGreaterThan(3);
  for (const { command, environment } of all)
    expect([command, environment.get('GIT_OPTIONAL_LOCKS')]).toEqual([command, '0']);
});

test('variables that would lead git elsewhere are dropped, the identity is kept', async () => {
  const made = world();
  for (const name of [
    'GIT_DIR',
    'GIT_WORK_TREE',
    'GIT_INDEX_FILE',
    'GIT_EXTERNAL_DIFF',
    'GIT_SSH_COMMAND',
    'GIT_TRACE',
  ])
    vi.stubEnv(name, '/nowhere');
  vi.stubEnv('GIT_AUTHOR_NAME', 'Somebody');
  const all = await startedBy(async () => takeSnapshot(await openRepository(made.top)));
  for (const { environment } of all) {
    const stray = [...environment.keys()].filter((name) =>
      /^GIT_(DIR|WORK_TREE|INDEX_FILE|EXTERNAL_DIFF|SSH|TRACE)/.test(name),
    );
    expect([stray, environment.get('GIT_AUTHOR_NAME')]).toEqual([[], 'Somebody']);
  }
});
