/** What the tests of the bundled repository share: a directory with its files, and CPython. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Whether `python3` can be run; tests that need it are skipped without. */
export const PYTHON_AVAILABLE = spawnSync('python3', ['--version']).status === 0;

/** Writes files into `TestMaster` in a new temporary directory, hands it over, and removes it. */
export function inCheckout<T>(files: ReadonlyMap<string, string>, use: (root: string) => T): T {
  const parent = mkdtempSync(join(tmpdir(), 'regraft-bundled-'));
  const root = join(parent, 'TestMaster');
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return use(root);
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

/** Runs `python3` in a directory. */
export function python(cwd: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync('python3', ['-B', ...args], { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });
}
