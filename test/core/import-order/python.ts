/** Asks the real Python which modules of a drawn tree it can import, each in a fresh interpreter. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Tree } from '../../support/tree.js';

/** Forks one child per module from an interpreter that has imported nothing of the tree. */
const JUDGE = `
import importlib, json, os, sys
sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
verdicts = {}
for name in sys.argv[2:]:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            importlib.import_module(name)
            verdict = ''
        except BaseException as error:
            verdict = type(error).__name__
        os.write(write, verdict.encode())
        os._exit(0)
    os.close(write)
    verdicts[name] = os.fdopen(read).read()
    os.waitpid(child, 0)
print(json.dumps(verdicts))
`;

/** For each module its dotted name and the exception that importing it raises; empty when it imports. */
export function realVerdicts(tree: Tree, names: readonly string[]): Record<string, string> {
  const directory = mkdtempSync(join(tmpdir(), 'import-order-'));
  try {
    for (const [path, content] of Object.entries(tree)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), content as string);
    }
    const { stdout, stderr, status } = spawnSync('python3', ['-I', '-c', JUDGE, directory, ...names], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
