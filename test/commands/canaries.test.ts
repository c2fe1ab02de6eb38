/**
 * A repository that names a program in every slot that git, Python or a shell may look into. Each program would leave a
 * canary. Every command that only reads must leave none, and every byte, `.git` included, as it was.
 */
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/commands/specs.js';
import { type Sandbox, sandbox } from '../support/cli.js';

const CODE = 'def f():\n    return 1\n';

/** Settings whose value git runs. */
const PROGRAMS = [
  'core.fsmonitor',
  'core.pager',
  'pager.log',
  'pager.diff',
  'pager.status',
  'pager.ls-files',
  'core.editor',
  'sequence.editor',
  'core.sshCommand',
  'core.askPass',
  'core.gitProxy',
  'core.alternateRefsCommand',
  'credential.helper',
  'diff.external',
  'diff.evil.command',
  'diff.evil.textconv',
  'merge.evil.driver',
  'filter.evil.clean',
  'filter.evil.smudge',
  'filter.evil.process',
  'filter.lfs.clean',
  'filter.lfs.smudge',
  'filter.lfs.process',
  'gpg.program',
  'gpg.openpgp.program',
  'gpg.ssh.program',
  'gpg.x509.program',
  'interactive.diffFilter',
  'trailer.evil.command',
  'trailer.evil.cmd',
  'uploadpack.packObjectsHook',
  'remote.origin.uploadpack',
  'remote.origin.receivepack',
  'tar.evil.command',
  'browser.evil.cmd',
  'man.evil.cmd',
  'difftool.evil.cmd',
  'mergetool.evil.cmd',
  'sendemail.smtpServer',
  'alias.evil',
];
/** Settings that make a program of the list above more likely to run. */
const SWITCHES: readonly (readonly [string, string])[] = [
  ['filter.evil.required', 'true'],
  ['filter.lfs.required', 'true'],
  ['commit.gpgSign', 'true'],
  ['log.showSignature', 'true'],
  ['core.untrackedCache', 'true'],
  ['index.threads', 'true'],
  ['status.submoduleSummary', 'true'],
  ['diff.ignoreSubmodules', 'none'],
  ['remote.origin.promisor', 'true'],
  ['extensions.partialClone', 'origin'],
  ['protocol.ext.allow', 'always'],
];
const HOOKS = [
  'applypatch-msg',
  'commit-msg',
  'fsmonitor-watchman',
  'post-applypatch',
  'post-checkout',
  'post-commit',
  'post-index-change',
  'post-merge',
  'post-rewrite',
  'pre-applypatch',
  'pre-auto-gc',
  'pre-commit',
  'pre-merge-commit',
  'pre-push',
  'pre-rebase',
  'prepare-commit-msg',
  'reference-transaction',
  'sendemail-validate',
];
/** Python that runs when anybody imports it, or starts an interpreter here. */
const PYTHON = ['sitecustomize.py', 'usercustomize.py', 'conftest.py', 'setup.py', 'pkg/__init__.py', 'git.py'];
/** Programs that somebody might start by a name without a directory, or by a convention. */
const SCRIPTS = ['git', 'python3', 'python', 'sh', '.envrc', '.git/hooks/../info/run', 'node_modules/.bin/git'];

let box: Sandbox;
let canaries: string;

const plant = (slot: string) => `touch '${canaries}/${slot.replaceAll('/', '_')}'`;
const sung = () => readdirSync(canaries).sort();

function write(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(join(box.top, path)), { recursive: true });
  writeFileSync(join(box.top, path), text);
  chmodSync(join(box.top, path), mode);
}

/** Path, mode and hash of every file, `.git` included, but for what was learnt of files, which every command may keep. */
function everything(directory = box.top): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (/\/\.git\/regraft\/(?:facts|links|prints|seen|skims)$/.test(path)) return [];
    if (entry.isDirectory()) return [`${path}/`, ...everything(path)];
    const hash = createHash('sha256').update(readFileSync(path)).digest('hex');
    return [`${path} ${lstatSync(path).mode.toString(8)} ${hash}`];
  });
}

beforeAll(async () => {
  box = sandbox({
    'pkg/x.py': CODE,
    'pkg/x_robust.py': CODE,
    'pkg/user.py': 'from pkg.x_robust import f\n',
    'old.py': CODE,
    'old_robust.py': CODE,
    'tiers.yaml': 'pkg/x.py: pkg/core/x.py\n',
    'recipe.yaml': 'phases:\n  - name: one\n    dedupe:\n      suffix: _robust\n',
    'pyproject.toml': '[project]\nname = "pkg"\nversion = "1"\n',
  });
  canaries = join(box.top, '..', 'canaries');
  mkdirSync(canaries);
  // Something to list, to undo, to restore and to apply, done before the traps are there.
  await box.regraft('dedupe', 'old_robust.py', '--apply');
  write('.gitattributes', '*.py filter=evil diff=evil merge=evil\n*.toml filter=lfs diff=lfs merge=lfs -text\n');
  for (const path of PYTHON) write(path, `import os\nos.system("${plant(path)}")\n`);
  for (const path of SCRIPTS) write(path, `#!/bin/sh\n${plant(path)}\n`, 0o755);
  write('package.json', JSON.stringify({ scripts: { preinstall: plant('npm'), test: plant('npm') } }));
  write('Makefile', `all:\n\t${plant('make')}\n`);
  box.git('add', '-A');
  box.git('commit', '-q', '-m', 'traps');
  await box.regraft('dedupe', 'pkg/x_robust.py', '--save', '../plan.json');
  for (const name of HOOKS) write(`.git/hooks/${name}`, `#!/bin/sh\n${plant(`hook-${name}`)}\n`, 0o755);
  for (const key of PROGRAMS) {
    write(`.git/evil/${key}`, `#!/bin/sh\n${plant(key)}\ncat\n`, 0o755);
    box.git('config', key, key.startsWith('alias.') ? `!${plant(key)}` : join(box.top, '.git/evil', key));
  }
  for (const [key, value] of SWITCHES) box.git('config', key, value);
  box.git('config', 'remote.origin.url', `ext::sh -c ${plant('remote').replaceAll(' ', '% ')}`);
  write('.git/evil/included', `[core]\n\tfsmonitor = ${join(box.top, '.git/evil/core.fsmonitor')}\n`);
  box.git('config', 'include.path', join(box.top, '.git/evil/included'));
  // Dirty in its stat only: git must read it, and would clean it, to know.
  write('pkg/user.py', 'from pkg.x_robust import f\n');
  rmSync(canaries, { recursive: true });
  mkdirSync(canaries);
});
afterAll(() => box.remove());

/** Every command that reads, and those that write when they are told not to; files with a filter are refused (3), not read by it. */
const READING: readonly (readonly [exitCode: number, ...args: string[]])[] = [
  [0, 'inventory'],
  [0, 'graph'],
  [0, 'graph', '--cycles', '--unresolved'],
  [0, 'check'],
  [0, 'usages', 'pkg/x_robust.py'],
  [0, 'why', 'pkg/user.py', 'pkg/x_robust.py'],
  [0, 'duplicates'],
  [0, 'compare', 'pkg/x.py', 'pkg/x_robust.py'],
  [3, 'dedupe'],
  [3, 'dedupe', '--format', 'patch'],
  [3, 'move', 'pkg/x.py', 'pkg/core/x.py'],
  [3, 'move', '--map', 'tiers.yaml'],
  [3, 'merge', 'pkg/x.py', 'pkg/x_robust.py', '--into', 'pkg/both.py'],
  [3, 'run', 'recipe.yaml'],
  [0, 'transform'],
  [3, 'transform', 'relative-imports', 'pkg'],
  [0, 'retire'],
  [1, 'review', '../plan.json', '--save', '../reviewed.json'],
  [3, 'apply', '../plan.json', '-n'],
  [0, 'history'],
  [0, 'history', '--prune', '0'],
  [3, 'undo', '-n'],
  [3, 'restore', 'old_robust.py', '-n'],
  [0, 'recover', '-n'],
  [0, 'doctor'],
  [0, 'init'],
  [0, 'explain', 'dirty'],
  [0, 'completion', 'zsh'],
];

describe('a repository that names a program in every slot', () => {
  it('is tried with every command but the demo, which has a repository of its own', () => {
    const tried = new Set(READING.map(([, name]) => name));
    expect(COMMANDS.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual(['demo']);
  });

  it.each(READING.map(([expected, ...args]) => [args.join(' '), expected, args] as const))(
    '%s runs none of them and writes nothing',
    async (_, expected, args) => {
      const before = everything();
      const { exitCode, stdout, stderr } = await box.regraft(...args);
      expect([sung(), exitCode, `${stdout}${stderr}`.includes('[internal-error]')]).toEqual([[], expected, false]);
      expect(everything()).toEqual(before);
    },
  );

  it('while plain git does run some', () => {
    try {
      box.git('status');
    } catch {
      // It may well fail on them.
    }
    expect(existsSync(join(canaries, 'core.fsmonitor'))).toBe(true);
  });
});
