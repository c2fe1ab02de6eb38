/** The repositories that are measured, made once below the cache directory: the same every time. */
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CACHE, sourceTree } from '../real/preservation/packages.mjs';
import { git, PYTHON, run } from '../real/support.mjs';

const isSource = (path) => !/(^|\/)(__pycache__|site-packages|\.git)$|\.(pyc|so|a|o|exe)$/.test(path);

/** @param fill puts files into an empty directory */
function corpus(name, fill) {
  const top = join(CACHE, 'bench', name);
  if (existsSync(top)) return top;
  console.error(`making the corpus ${name}`);
  const partial = `${top}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  fill(partial);
  git(partial, 'init', '-q', '-b', 'main');
  git(partial, 'add', '-A', '-f');
  git(partial, 'commit', '-q', '-m', 'Original');
  renameSync(partial, top);
  return top;
}

export const standardLibrary = () =>
  corpus('standard-library', (top) => {
    const origin = run(PYTHON, ['-c', 'import sysconfig; print(sysconfig.get_paths()["stdlib"])']).stdout.trim();
    const isPython = (path) => isSource(path) && (!/\.[^/]*$/.test(path.slice(origin.length)) || path.endsWith('.py'));
    cpSync(origin, join(top, 'Lib'), { recursive: true, filter: isPython });
  });

const sdist =
  (requirement, filter = isSource) =>
  () =>
    corpus(requirement, (top) => cpSync(sourceTree(requirement), top, { recursive: true, filter }));

/** Broken on purpose, for Django's own tests: rope gives up where it comes to it, sooner or later by the order of a set. */
const BROKEN = /tests_syntax_error\.py$/;

export const sympy = sdist('sympy==1.14.0');
export const django = sdist('django==5.2.19', (path) => isSource(path) && !BROKEN.test(path));

/**
 * A monorepo of so many modules in packages of twenty, in layers: each module imports the one before it in its package, and
 * modules of two packages far below. Every hundredth uses `pkg_0000.module_7`.
 */
export const monorepo = (count) =>
  corpus(`monorepo-${count}`, (top) => {
    const nameOf = (number) => `pkg_${String(Math.floor(number / 20)).padStart(4, '0')}.module_${number % 20}`;
    for (let number = 0; number < count; number++) {
      const path = join(top, 'src', `${nameOf(number).replace('.', '/')}.py`);
      mkdirSync(dirname(path), { recursive: true });
      if (number % 20 === 0) writeFileSync(join(dirname(path), '__init__.py'), '');
      writeFileSync(path, moduleText(number, nameOf));
    }
  });

function moduleText(number, nameOf) {
  const [home, place] = [Math.floor(number / 20), number % 20];
  const below = [2, 3].map((part) => Math.floor(home / part) * 20 + ((number * 7 + part) % 20));
  const others = [...(place > 0 ? [number - 1] : []), ...below].filter((other) => other < number);
  const imports = others.map((other, index) => {
    const [pkg, module] = nameOf(other).split('.');
    return index === 0 ? `import ${pkg}.${module}` : `from ${pkg}.${module} import function_${other}`;
  });
  const special = number % 100 === 0 ? ['from pkg_0000.module_7 import function_7'] : [];
  const uses = others.slice(1).map((other) => `    total += function_${other}(value - ${other % 5})`);
  return [
    `"""Module ${number} of a large repository."""`,
    ...new Set([...imports, ...special]),
    '',
    '',
    `def function_${number}(value, limit=${number % 17}):`,
    `    """Adds up what the neighbours of ${number} say."""`,
    '    total = 0',
    '    if value <= limit:',
    '        return value',
    ...uses,
    `    return total + ${number}`,
    '',
    '',
    `class Class${number}:`,
    `    kind = "kind-${number % 31}"`,
    '',
    '    def __init__(self, size):',
    '        self.size = size',
    '',
    '    def area(self):',
    `        return self.size * function_${number}(self.size)`,
    '',
  ].join('\n');
}
