/** What git remembers of paths that are gone: renamed, deleted, behind merges, under odd names and settings. */
import { afterEach, expect, it } from 'vitest';
import { pathsInHistory } from '../../src/io/past.js';
import { openRepository } from '../../src/io/repository.js';
import { type Sandbox, sandbox } from '../support/cli.js';

let box: Sandbox;
afterEach(() => box.remove());

const remembered = async (...paths: string[]) =>
  [...(await pathsInHistory(await openRepository(box.top), paths))].sort();

it('knows files and directories that were renamed or deleted, and nothing else', async () => {
  box = sandbox({ 'a/x.py': 'X = 1\n', 'a/y.py': 'Y = 2\n', 'b.py': 'B = 3\n', '*.py': '', ':(top)odd': '' });
  box.git('mv', 'a/x.py', 'z.py');
  box.git('rm', '-q', 'a/y.py', ':(literal)*.py', ':(literal):(top)odd');
  box.git('commit', '-qm', 'away');
  expect(await remembered('a/x.py', 'a', 'a/y.py', 'b.py', 'z.py', '*.py', ':(top)odd')).toEqual(
    ['*.py', ':(top)odd', 'a', 'a/x.py', 'a/y.py', 'b.py', 'z.py'].sort(),
  );
  expect(await remembered('never.py', 'a/x', 'x.py', 'A', '?.py')).toEqual([]);
});

it('sees through merges, and whatever the configuration says about logs', async () => {
  box = sandbox({ 'a.py': 'A = 1\n' });
  box.git('config', 'log.follow', 'true');
  box.git('config', 'log.showSignature', 'true');
  box.git('config', 'diff.relative', 'true');
  box.git('checkout', '-q', '-b', 'side');
  box.write({ 'side.py': 'S = 1\n' });
  box.git('add', '-A');
  box.git('commit', '-qm', 'side');
  box.git('rm', '-q', 'side.py');
  box.git('commit', '-qm', 'away');
  box.git('checkout', '-q', 'main');
  box.write({ 'main.py': 'M = 1\n' });
  box.git('add', '-A');
  box.git('commit', '-qm', 'main');
  box.git('merge', '-q', '--no-edit', 'side');
  expect(await remembered('side.py')).toEqual(['side.py']);
});

it('asks about many paths in several commands', async () => {
  box = sandbox({ 'm450.py': '' });
  const paths = Array.from({ length: 500 }, (_, i) => `m${i}.py`);
  expect(await remembered(...paths)).toEqual(['m450.py']);
});
