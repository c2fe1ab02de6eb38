/** `--verbose` tells on standard error what git was asked; the result is the same. */
import { afterEach, expect, it } from 'vitest';
import { type Sandbox, sandbox } from '../support/cli.js';

let box: Sandbox;
afterEach(() => box.remove());

it('shows each git command with its time, and the time of the whole', async () => {
  box = sandbox({ 'a.py': 'import b\n', 'b.py': '' });
  const plain = await box.regraft('graph', '--format', 'json');
  const told = await box.regraft('graph', '--format', 'json', '-v');
  expect([plain.stderr, told.stdout]).toEqual(['', plain.stdout]);
  const lines = told.stderr.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^ *\d+ ms {2}git rev-parse /);
  expect(lines.at(-1)).toMatch(/^ *\d+ ms {2}in all$/);
  expect((await box.regraft('graph', '--format', 'json')).stderr).toBe('');
});

it('shows the commands of a failure, and those that write', async () => {
  box = sandbox({ 'a.py': 'x = 1\n', 'a_old.py': 'x = 1\n' });
  expect((await box.regraft('dedupe', '--apply', '-v')).stderr).toMatch(/ms {2}git update-ref /);
  const { stderr } = await box.regraft('-v', 'restore', 'never.py');
  expect(stderr).toMatch(/in all\nerror\[not-archived\]/);
});
