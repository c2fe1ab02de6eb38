/** Hostile repositories and files: one odd file must not stop, hang or mislead the command line. */
import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type Sandbox, sandbox } from '../support/cli.js';

const CODE = 'def f():\n    return 1\n';

let box: Sandbox;
afterEach(() => box.remove());

function withUnreadable(): Sandbox {
  const made = sandbox({ 'pkg/x.py': CODE, 'pkg/x_robust.py': CODE, 'pkg/link.py': CODE, 'pkg/wide.py': CODE });
  symlinkSync('/nowhere/at/all', join(made.top, 'pkg/link_robust.py'));
  writeFileSync(join(made.top, 'pkg/wide_robust.py'), Buffer.from(`\ufeff${CODE}`, 'utf16le'));
  made.git('add', '-A');
  made.git('commit', '-q', '-m', 'odd files');
  return made;
}

it('decides the other pairs when one cannot be read', async () => {
  box = withUnreadable();
  const { exitCode, data, problems } = await box.json(
    'dedupe',
    'pkg/x_robust.py',
    'pkg/link_robust.py',
    'pkg/wide_robust.py',
  );
  expect(exitCode).toBe(3);
  expect(data.pairs.map((pair: { remove: string }) => pair.remove)).toEqual(['pkg/x_robust.py']);
  const unreadable = problems.filter(({ code }: { code: string }) => code === 'unreadable');
  expect(unreadable.map(({ path }: { path: string }) => path)).toEqual(['pkg/link_robust.py', 'pkg/wide_robust.py']);
  expect((await box.regraft('dedupe')).stdout).toContain('error[unreadable]');
});

it('measures the other pairs when one cannot be read', async () => {
  box = withUnreadable();
  const { exitCode, data, problems } = await box.json('duplicates');
  expect([exitCode, data.pairs.length]).toEqual([0, 1]);
  expect(problems.map(({ severity }: { severity: string }) => severity)).toEqual(['warning', 'warning']);
});

it('refuses a plan that is a pipe instead of waiting for it', async () => {
  box = sandbox({ 'a.py': CODE });
  execFileSync('mkfifo', [join(box.top, 'plan.json')]);
  expect((await box.json('apply', 'plan.json')).problems[0]).toMatchObject({ code: 'bad-plan' });
});

it('takes what follows -- for paths and not for nothing, which would mean everything', async () => {
  box = sandbox({ 'x.py': CODE, 'x_robust.py': CODE, '-y.py': CODE, '-y_robust.py': CODE });
  const { stdout } = await box.regraft('dedupe', '--format', 'json', '--', '-y_robust.py');
  expect(JSON.parse(stdout).data.pairs.map((pair: { remove: string }) => pair.remove)).toEqual(['-y_robust.py']);
});

it('prints the next command so that a shell takes each word as it is', async () => {
  box = sandbox({
    '$(touch pwned)/x.py': CODE,
    '$(touch pwned)/x_robust.py': CODE,
    '-y.py': CODE,
    '-y_robust.py': CODE,
  });
  const { stdout } = await box.regraft('dedupe', '--', '$(touch pwned)/x_robust.py', '-y_robust.py');
  expect(stdout).toContain("regraft dedupe '$(touch pwned)/x_robust.py' ./-y_robust.py --apply");
});
