/** Hostile repositories and files: one odd file must not stop, hang or mislead the command line. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
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

describe('a plan, a recipe or a map that is made to harm', () => {
  const DEEP = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;

  function made(): Sandbox {
    box = sandbox({ 'pkg/__init__.py': '', 'pkg/x.py': CODE, 'pkg/x_robust.py': CODE });
    return box;
  }

  it.each([
    ['is larger than memory', (path: string) => (writeFileSync(path, ''), truncateSync(path, 3 * 1024 ** 3))],
    ['is nested without end', (path: string) => writeFileSync(path, `{"schema":1,"x":${DEEP}}`)],
    ['sets prototypes', (path: string) => writeFileSync(path, '{"__proto__":{"schema":1},"schema":1}')],
    ['is no text', (path: string) => writeFileSync(path, Buffer.from([0xff, 0xfe, 0]))],
    ['is a directory', (path: string) => mkdirSync(path)],
    ['is a device without end', (path: string) => symlinkSync('/dev/zero', path)],
  ])('%s: refused by name', async (_, make) => {
    make(join(made().top, '../harm'));
    const asked = [
      ['apply', '../harm'],
      ['run', '../harm'],
      ['move', '--map', '../harm'],
    ];
    const codes = [];
    for (const args of asked) {
      const { exitCode, problems } = await box.json(...args);
      codes.push([exitCode === 1 || exitCode === 3, problems[0].code]);
    }
    expect(codes).toEqual([
      [true, 'bad-plan'],
      [true, expect.stringMatching(/^(no-recipe|bad-recipe|bad-yaml)$/)],
      [true, expect.stringMatching(/^(no-map|bad-map|bad-yaml)$/)],
    ]);
    expect(box.git('status', '--porcelain')).toBe('');
  });

  it.each([
    ['another path', (text: string) => text.replaceAll('"pkg/x_robust.py"', '"pkg/x.py"')],
    [
      'a path in the directory of git',
      (text: string) => text.replaceAll('"pkg/x_robust.py"', '".git/hooks/pre-commit"'),
    ],
    ['a path above', (text: string) => text.replaceAll('"pkg/x_robust.py"', '"../x_robust.py"')],
    ['an absolute path', (text: string) => text.replaceAll('"pkg/x_robust.py"', '"/tmp/x_robust.py"')],
    ['another title', (text: string) => text.replace('"title": "', '"title": "evil ')],
    ['another blob', (text: string) => text.replace(/("before": ")[0-9a-f]{40}/, `$1${'0'.repeat(40)}`)],
    ['one more field', (text: string) => text.replace('{', '{"extra": 1,')],
  ])('a saved plan with %s is refused', async (_, forge) => {
    await made().regraft('dedupe', '--save', '../plan.json');
    const path = join(box.top, '../plan.json');
    const saved = readFileSync(path, 'utf8');
    writeFileSync(path, forge(saved));
    expect(readFileSync(path, 'utf8')).not.toBe(saved);
    const { exitCode, problems } = await box.json('apply', '../plan.json');
    expect([exitCode === 1 || exitCode === 3, problems.length > 0]).toEqual([true, true]);
    expect([box.git('status', '--porcelain'), box.git('rev-list', '--count', 'HEAD')]).toEqual(['', '1']);
  });

  it.each(['../out.py', '/tmp/out.py', '.git/hooks/out.py', 'pkg/../../out.py', 'pkg/.git/out.py', 'pkg\\0/out.py'])(
    'a map that leads to %s is refused',
    async (to) => {
      made().write({ '../map.json': JSON.stringify({ 'pkg/x.py': to.replace('\\0', '\0') }) });
      const { exitCode, problems } = await box.json('move', '--map', '../map.json', '--apply');
      expect([exitCode === 1 || exitCode === 3, problems.length > 0]).toEqual([true, true]);
      expect([box.git('status', '--porcelain'), box.git('rev-list', '--count', 'HEAD')]).toEqual(['', '1']);
    },
  );
});
