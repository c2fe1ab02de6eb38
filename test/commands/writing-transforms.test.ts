/** docs/writing-transforms.md does what it says: its files are written, its commands run in order, its tests pass. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type Sandbox, sandbox } from '../support/cli.js';

let box: Sandbox;
afterEach(() => box.remove());

const guide = readFileSync('docs/writing-transforms.md', 'utf8');
const blocks = [...guide.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, kind, text]) => ({
  kind,
  text: text as string,
}));
/** Blocks that begin with the path of their file. */
const files = Object.fromEntries(
  blocks.flatMap(({ text }) => {
    const path = /^(?:\/\/|#) ([\w/.-]+)\n/.exec(text)?.[1];
    return path ? [[path, text]] : [];
  }),
);
const commands = blocks
  .filter(({ kind }) => kind === 'sh')
  .flatMap(({ text }) => text.trim().split('\n'))
  .map((line) => line.replace(/\s+#.*/, ''));

const TREE = {
  'shop/__init__.py': '',
  'shop/logs.py': 'import logging\n\nlog = logging.getLogger("shop")\n',
  'shop/cart.py': '"""A cart."""\n\n\ndef pay(items):\n    print("paying", len(items))\n',
};
const AFTER = '"""A cart."""\n\nfrom shop.logs import log\n\n\ndef pay(items):\n    log.info("paying", len(items))\n';

it('has commands that run, one after the other', async () => {
  box = sandbox({ ...TREE, ...files });
  expect(commands).toHaveLength(11);
  for (const command of commands) {
    const [, , ...args] = command.split(' ').filter(Boolean);
    const { exitCode, stdout, stderr } = await box.regraft(...args);
    expect([command, exitCode, stderr]).toEqual([command, 0, '']);
    if (args.includes('--apply')) expect(box.git('show', 'HEAD:shop/cart.py')).toBe(AFTER.trim());
    expect(stdout).not.toBe('');
  }
});

it('has tests that pass with node --test and fail when they should', () => {
  const fixture = (side: string) => `tools/fixtures/cart/${side}/shop`;
  box = sandbox({
    ...files,
    'package.json': '{"type": "module"}',
    [`${fixture('before')}/logs.py`]: TREE['shop/logs.py'],
    [`${fixture('before')}/cart.py`]: TREE['shop/cart.py'],
    [`${fixture('after')}/logs.py`]: TREE['shop/logs.py'],
    [`${fixture('after')}/cart.py`]: AFTER,
  });
  mkdirSync(join(box.top, 'node_modules'));
  symlinkSync(resolve('.'), join(box.top, 'node_modules/regraft'));
  const [command] = guide.match(/(?<=They run with `)[^`]+/) ?? [];
  const run = () =>
    spawnSync('sh', ['-c', String(command)], { cwd: box.top, encoding: 'utf8', env: { PATH: process.env.PATH } });
  const first = run();
  expect([first.status, first.stdout.match(/# (?:pass|fail) \d+/g)]).toEqual([0, ['# pass 2', '# fail 0']]);
  box.write({ [`${fixture('after')}/cart.py`]: TREE['shop/cart.py'] });
  const second = run();
  expect([second.status, second.stdout.match(/# (?:pass|fail) \d+/g)]).toEqual([1, ['# pass 1', '# fail 1']]);
});
