/** The programs that are measured beside this one, installed once below the cache directory. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from '../real/preservation/packages.mjs';
import { PYTHON, run } from '../real/support.mjs';

const HOME = join(CACHE, 'peers');

/** Programs by name: each the words that a command begins with. */
export function peers() {
  mkdirSync(HOME, { recursive: true });
  const python = join(HOME, 'python');
  if (!existsSync(join(python, 'complete'))) {
    run(PYTHON, ['-m', 'venv', python]);
    run(join(python, 'bin/pip'), ['install', '-q', '--disable-pip-version-check', 'ruff==0.17.6', 'rope==1.15.2']);
    mkdirSync(join(python, 'complete'));
  }
  const node = join(HOME, 'node');
  if (!existsSync(join(node, 'node_modules'))) run('npm', ['install', '--silent', '--prefix', node, 'jscpd@5.3.3']);
  return {
    ruff: [join(python, 'bin/ruff')],
    rope: [join(python, 'bin/python')],
    jscpd: [join(node, 'node_modules/.bin/jscpd')],
  };
}
