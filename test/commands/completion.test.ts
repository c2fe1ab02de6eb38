/** `regraft completion`: the scripts are read by the shells that they are for, and what bash and fish complete is right. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/commands/specs.js';
import { type Sandbox, sandbox } from '../support/cli.js';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
const isThere = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0;

let box: Sandbox;
beforeAll(async () => {
  box = sandbox({ 'recipe.yaml': '' }, { git: false });
  mkdirSync(join(box.top, '../scripts'));
  for (const shell of SHELLS) writeFileSync(script(shell), (await box.regraft('completion', shell)).stdout);
});
afterAll(() => box.remove());

const script = (shell: string) => join(box.top, '../scripts', shell);

function inShell(shell: string, program: string): string[] {
  const { stdout, stderr, status } = spawnSync(shell, ['-c', program], { cwd: box.top, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter(Boolean);
}

describe.each(SHELLS)('for %s', (shell) => {
  it.runIf(isThere(shell))('is a script that the shell can read', () => {
    const { status, stderr } = spawnSync(shell, ['-n', script(shell)], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });

  it('names every command and option', async () => {
    const { data } = await box.json('completion', shell);
    for (const { name, options } of COMMANDS)
      for (const word of [name, ...Object.keys(options)]) expect(data.script, word).toContain(word);
  });
});

/** What bash would offer for the last of the words. */
function offered(...words: string[]): string[] {
  const quoted = words.map((word) => `'${word}'`).join(' ');
  return inShell(
    'bash',
    `. ${script('bash')}; COMP_WORDS=(regraft ${quoted}); COMP_CWORD=${words.length}; _regraft; printf '%s\\n' "\${COMPREPLY[@]}"`,
  );
}

describe.runIf(isThere('bash'))('bash offers', () => {
  it('commands, also after options', () => {
    expect(offered('de')).toEqual(['dedupe', 'demo']);
    expect(offered('-C', 'dir', 'ini')).toEqual(['init']);
    expect(offered('--eng')).toEqual(['--engine']);
  });

  it('the options of the command, and their choices', () => {
    expect(offered('dedupe', 'pkg', '--s')).toEqual(['--suffix', '--save']);
    expect(offered('dedupe', '--on-failure', '')).toEqual(['stop', 'isolate']);
    expect(offered('-n', 'graph', '--format', 'd')).toEqual(['dot']);
  });

  it('words of the command, and leaves paths to the shell', () => {
    expect(offered('explain', 'import-')).toEqual(
      ['import-order', 'import-lost', 'import-may-fail', 'import-cycle'].sort(byPlace),
    );
    expect(offered('completion', '')).toEqual(['bash', 'zsh', 'fish']);
    expect(offered('run', 'rec')).toEqual([]);
  });
});

/** In the order of the explanations. */
const byPlace = (a: string, b: string) => PLACES.indexOf(a) - PLACES.indexOf(b);
const PLACES = ['import-may-fail', 'import-order', 'import-lost', 'import-cycle'];

describe.runIf(isThere('fish'))('fish offers', () => {
  const complete = (line: string) =>
    inShell('fish', `source ${script('fish')}; complete -C '${line}'`).map((each) => each.split('\t')[0]);

  it('commands, options, choices and paths', () => {
    expect(complete('regraft de')).toEqual(['dedupe', 'demo']);
    expect(complete('regraft dedupe --on-failure ')).toEqual(['isolate', 'stop']);
    expect(complete('regraft run rec')).toEqual(['recipe.yaml']);
    expect(complete('regraft doctor rec')).toEqual([]);
  });
});

it('takes the shell of the user where none is named, and says which there are', async () => {
  const { data } = await box.json('completion');
  expect(SHELLS).toContain(data.shell);
  const { exitCode, stderr } = await box.regraft('completion', 'tcsh');
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining('"bash", "zsh", "fish"')]);
});

it('is not needed for misspelt commands: they are understood', async () => {
  expect((await box.regraft('dedup', 'integration')).stderr).toContain('did you mean regraft dedupe?');
  expect((await box.regraft('nonsense')).stderr).toContain('regraft --help shows the commands');
});
