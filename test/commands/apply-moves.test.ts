/** Saved plans of moves: carried out as reviewed, refused when stale or altered. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type Sandbox, sandbox } from '../support/cli.js';

let box: Sandbox;
afterEach(() => box.remove());

async function saved(): Promise<string> {
  box = sandbox({
    'p/__init__.py': '',
    'p/a.py': 'A = 1\n',
    'user.py': 'from p.a import A\n',
    '.gitignore': '*.json\n',
  });
  expect((await box.regraft('move', 'p/a.py', 'p/core/b.py', '--save', 'plan.json')).exitCode).toBe(0);
  return join(box.top, 'plan.json');
}

it('a saved plan of moves is carried out as it was reviewed', async () => {
  await saved();
  expect(await box.json('apply', 'plan.json')).toMatchObject({ exitCode: 0, data: { run: { status: 'done' } } });
  expect(box.git('ls-files').split('\n')).toEqual([
    '.gitignore',
    'p/__init__.py',
    'p/core/__init__.py',
    'p/core/b.py',
    'user.py',
  ]);
});

it('an altered destination is refused', async () => {
  const plan = await saved();
  writeFileSync(plan, readFileSync(plan, 'utf8').replaceAll('p/core/b.py', 'p/core/c.py'));
  expect(await box.json('apply', 'plan.json')).toMatchObject({ exitCode: 3, problems: [{ code: 'stale-plan' }] });
});

it('a destination outside the repository is no plan', async () => {
  const plan = await saved();
  writeFileSync(plan, readFileSync(plan, 'utf8').replaceAll('p/core/b.py', '../b.py'));
  expect(await box.json('apply', 'plan.json')).toMatchObject({ exitCode: 1, problems: [{ code: 'bad-plan' }] });
});
