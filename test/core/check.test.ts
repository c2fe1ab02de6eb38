/** The differential check by itself: strings and texts whose words were changed by nobody knows what. */
import { describe, expect, test } from 'vitest';
import { checkChange } from '../../src/core/check/index.js';
import { draw, type Tree } from '../support/tree.js';

/** Problems of `pkg/old.py` having become `pkg/new.py`, where another file has a text before and after. */
async function problemsOf(path: string, before: string, after: string): Promise<string[]> {
  const tree: Tree = { 'pkg/__init__.py': '', [path]: before };
  const [old, now] = [
    await draw({ ...tree, 'pkg/old.py': 'x = 1\n' }),
    await draw({ ...tree, 'pkg/new.py': 'x = 1\n', [path]: after }),
  ];
  const place = (file: string) => (file === 'pkg/old.py' ? 'pkg/new.py' : file);
  const same = (_: string, name: string) => name;
  const checked = { before: old.linker, after: now.linker, place, named: same, standsFor: place, file: place };
  const nobody = { accepted: new Set<string>(), left: new Set<string>() };
  const problems = checkChange({ ...checked, ...nobody, changed: ['pkg/old.py'], rewritten: [path] });
  return problems.map(({ code, path: at, line, message }) => `${code} ${at}:${line} ${message}`);
}

describe('words in strings and texts', () => {
  test.each([
    ['a string', 'user.py', 'P = "pkg.old"\n', 'P = "pkg.new"\n'],
    ['a setting', 'app.toml', 'module = "pkg.old"\n', 'module = "pkg.new"\n'],
  ])('%s that names the new place is right', async (_, path, before, after) => {
    expect(await problemsOf(path, before, after)).toEqual([]);
  });

  test.each([
    ['a string that is lost', 'user.py', 'P = "pkg.old"\nQ = 1\n', 'P = ""\nQ = 1\n'],
    ['a string that names something else', 'user.py', 'P = "pkg.old"\n', 'P = "pkg.other"\n'],
    ['a string that names nothing any more', 'user.py', 'P = "pkg.old"\n', 'P = "pkg.old"\n'],
    ['a word beside it', 'user.py', 'P = "pkg.old house"\n', 'P = "pkg.new home"\n'],
    ['a setting that is lost', 'app.toml', 'module = "pkg.old"\n', 'module = ""\n'],
  ])('%s is found', async (_, path, before, after) => {
    const found = await problemsOf(path, before, after);
    expect(found).toContainEqual(expect.stringMatching(`^check-text ${path}:1 `));
  });
});
