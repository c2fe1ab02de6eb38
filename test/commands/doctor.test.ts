/** `regraft doctor` and `regraft history --prune`. */
import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/core/diagnosis.js';
import { type Sandbox, sandbox } from '../support/cli.js';

let box: Sandbox;
afterEach(() => box.remove());

const FILES = { 'a.py': 'x = 1\n', 'a_robust.py': 'x = 1\n', 'b.py': 'y = 1\n', 'b_robust.py': 'y = 1\n' };

async function findings(): Promise<{ exitCode: number; found: Record<string, string> }> {
  const { exitCode, data } = await box.json('doctor');
  const marked = data.findings.filter(({ state }: Finding) => state !== 'fine');
  return {
    exitCode,
    found: Object.fromEntries(marked.map(({ what, state, hint }: Finding) => [what, `${state}: ${hint}`])),
  };
}

describe('doctor', () => {
  it('finds nothing in a plain repository, and changes nothing', async () => {
    box = sandbox(FILES);
    const before = readdirSync(join(box.top, '.git')).sort();
    expect(await findings()).toEqual({ exitCode: 0, found: {} });
    const { stdout } = await box.regraft('doctor');
    expect(stdout).toMatch(/^✓ parser {7}tree-sitter, (native|WebAssembly)\n✓ git {10}\d/);
    expect(stdout).toContain('All is well here.');
    expect(readdirSync(join(box.top, '.git')).sort()).toEqual(before);
  });

  it('names locks, work of git that is half done, and a run that is half done', async () => {
    box = sandbox(FILES);
    box.write({
      '.git/index.lock': '',
      '.git/refs/heads/main.lock': '',
      '.git/MERGE_HEAD': box.git('rev-parse', 'HEAD'),
    });
    const { exitCode, found } = await findings();
    expect(exitCode).toBe(3);
    expect(found['work of git']).toMatch(/^stop: /);
    expect(found.locks).toBe(`stop: wait; if no git runs: rm -- ${join(box.top, '.git/refs/heads/main.lock')}`);
  });

  it('names what is weaker here: a detached head, a shallow, partial or sparse clone', async () => {
    box = sandbox(FILES);
    box.git('checkout', '-q', '--detach');
    box.git('config', 'extensions.partialClone', 'origin');
    box.git('config', 'core.sparseCheckout', 'true');
    box.write({ '.git/shallow': '' });
    const { exitCode, found } = await findings();
    expect([exitCode, Object.keys(found).sort()]).toEqual([0, ['branch', 'checkout', 'history', 'objects']]);
    expect((await box.regraft('doctor')).stdout).toContain('A run would work; mind what is marked.');
  });

  it('says which hooks are part of a verification where they stand elsewhere, and that commits are not signed', async () => {
    box = sandbox(FILES);
    box.git('config', 'core.hooksPath', '.husky');
    box.git('config', 'commit.gpgSign', 'yes');
    box.write({ '.husky/commit-msg': '#!/bin/sh\n' });
    expect((await findings()).found).toEqual({ signatures: expect.stringContaining('care: sign what has landed') });
    expect((await box.regraft('doctor')).stdout).toContain('commit-msg: part of the verification');
  });

  it('says which hooks are part of a verification', async () => {
    box = sandbox(FILES);
    box.write({ '.git/hooks/pre-commit': '#!/bin/sh\n' });
    chmodSync(join(box.top, '.git/hooks/pre-commit'), 0o755);
    expect((await box.regraft('doctor')).stdout).toContain('pre-commit: part of the verification of each batch');
  });
});

describe('history --prune', () => {
  it('forgets old runs with their outputs and pins, after a preview; younger ones and commits stay', async () => {
    box = sandbox(FILES);
    for (const name of ['a', 'b'])
      await box.json('dedupe', '--pair', `${name}_robust.py=${name}.py`, '--verify', 'true', '--apply');
    const [old, young] = (await box.json('history')).data.runs.map(({ id }: { id: string }) => id);
    const log = join(box.top, `.git/regraft/log/${old}.json`);
    const text = box.git('show', 'HEAD', '--format=%H', '--no-patch');
    const record = JSON.parse((await import('node:fs')).readFileSync(log, 'utf8'));
    box.write({ [`.git/regraft/log/${old}.json`]: JSON.stringify({ ...record, started: '2020-01-01T00:00:00.000Z' }) });
    const preview = await box.regraft('history', '--prune', '30');
    expect(preview.stdout).toBe(
      `  ${old}\n1 run would be forgotten; commits stay, undo and restore of them do not\nto do it: regraft history --prune 30 --apply\n`,
    );
    expect(existsSync(log)).toBe(true);
    expect((await box.json('history', '--prune', '30', '--apply')).data).toEqual({ pruned: [old], applied: true });
    const pins = box.git('for-each-ref', '--format=%(refname)', 'refs/regraft').split('\n');
    expect(pins).toEqual([`refs/regraft/${young}/after`, `refs/regraft/${young}/before`]);
    const outputs = readdirSync(join(box.top, '.git/regraft/logs'));
    expect([existsSync(log), outputs.some((name) => name.startsWith(old)), outputs.length > 0]).toEqual([
      false,
      false,
      true,
    ]);
    expect(box.git('show', 'HEAD', '--format=%H', '--no-patch')).toBe(text);
    expect((await box.json('undo', young)).exitCode).toBe(0);
  });

  it('takes a number of days', async () => {
    box = sandbox(FILES);
    expect((await box.json('history', '--prune', 'soon')).problems[0].code).toBe('usage');
  });
});

it('undo verifies as well, when told so, and a failure leaves the run as it was', async () => {
  box = sandbox(FILES);
  await box.json('dedupe', '--verify', 'true', '--apply');
  const head = box.git('rev-parse', 'HEAD');
  const undone = await box.json('undo', '--verify', '! test -e b_robust.py');
  expect([undone.exitCode, box.git('rev-parse', 'HEAD'), box.git('status', '--porcelain')]).toEqual([4, head, '']);
});
