/** Which tests a repository has, and with which command they run. Read from names and texts; nothing is run. */
import { baseOf, directoryOf, join, parentsOf } from '../paths.js';

export interface TestsFound {
  readonly files: number;
  readonly runner: 'pytest' | 'unittest' | null;
  /** `null` where there are no tests. */
  readonly command: string | null;
  /** What the choice rests on. */
  readonly because: string;
  /** What may have to be added. */
  readonly notes: readonly string[];
}

export interface TestSource {
  /** Paths of all files. */
  readonly paths: readonly string[];
  /** Directories that imports start from. */
  readonly roots: readonly string[];
  /** The text of a file; `null` where it has none. */
  text(path: string): string | null;
  /** The bytes of a file hold one of the words. */
  spells(path: string, words: readonly string[]): boolean;
}

const TEST = /(?:^|\/)(?:test[^/]*|[^/]*_test)\.py$/;
/** Files with settings of pytest, and the heading of those settings. */
const SETTINGS: readonly (readonly [path: string, heading: RegExp])[] = [
  ['pytest.ini', /./s],
  ['.pytest.ini', /./s],
  ['pyproject.toml', /^\[tool\.pytest\b/m],
  ['setup.cfg', /^\[tool:pytest\]/m],
  ['tox.ini', /^\[pytest\]/m],
];

export function findTests(source: TestSource): TestsFound {
  const tests = source.paths.filter((path) => TEST.test(path));
  const notes = placesOfPackages(source.roots);
  const pytest = reasonForPytest(source, tests);
  if (pytest !== null && (tests.length > 0 || pytest.isSetting))
    return { files: tests.length, runner: 'pytest', command: 'python3 -m pytest -q', because: pytest.because, notes };
  if (tests.length === 0) return { files: 0, runner: null, command: null, because: 'no tests were found', notes: [] };
  const command = ['python3 -m unittest discover -q', ...startOf(source, tests)].join(' ');
  return { files: tests.length, runner: 'unittest', command, because: 'no test names pytest', notes };
}

function reasonForPytest(
  { paths, text, spells }: TestSource,
  tests: readonly string[],
): { because: string; isSetting: boolean } | null {
  const known = new Set(paths);
  const setting = SETTINGS.find(([path, heading]) => known.has(path) && heading.test(text(path) ?? ''));
  if (setting) return { because: `${setting[0]} has settings for pytest`, isSetting: true };
  const own = paths.find((path) => baseOf(path) === 'conftest.py');
  if (own) return { because: `${own} is there`, isSetting: false };
  const user = tests.find((path) => spells(path, ['import pytest', 'from pytest']));
  return user ? { because: `${user} imports pytest`, isSetting: false } : null;
}

/** From the top unittest finds what packages lead to; other tests need to be told where to begin. */
function startOf({ paths }: TestSource, tests: readonly string[]): string[] {
  const known = new Set(paths);
  const isPackage = (directory: string) => known.has(join(directory, '__init__.py'));
  const isFound = (path: string) => parentsOf(path).every(isPackage);
  if (tests.some(isFound)) return [];
  const start = commonDirectory(tests);
  return start === '' ? [] : ['-s', /^[\w./-]+$/.test(start) ? start : `'${start.replaceAll("'", "'\\''")}'`];
}

function commonDirectory(paths: readonly string[]): string {
  let common = directoryOf(paths[0] ?? '');
  for (const path of paths) while (common !== '' && !path.startsWith(`${common}/`)) common = directoryOf(common);
  return common;
}

function placesOfPackages(roots: readonly string[]): string[] {
  const below = roots.filter((root) => root !== '');
  if (below.length === 0 || roots.includes('')) return [];
  return [`packages lie below ${below.join(', ')}: where they are not installed, begin with PYTHONPATH=${below[0]}`];
}
