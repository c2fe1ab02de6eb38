import { describe, expect, it } from 'vitest';
import {
  type KeeperCandidate,
  type Markers,
  namedFamilies,
  namedPairs,
  recommendKeeper,
  rootedPairs,
} from '../../src/core/families.js';

/** `keep <- remove (marker)`. */
function check(paths: string, expected: readonly string[], markers?: Markers): void {
  const pairs = namedPairs(paths.split(' '), markers);
  expect(pairs.map(({ keep, remove, marker }) => `${keep} <- ${remove} (${marker})`)).toEqual(expected);
}

describe('namedPairs', () => {
  it.each([
    ['p/x.py p/x_robust.py', ['p/x.py <- p/x_robust.py (_robust)']],
    ['x.py x_v2.py x_2.py x_v10.py', ['x.py <- x_2.py (_2)', 'x.py <- x_v2.py (_v2)']],
    ['x.py new_x.py copy_of_x.py', ['x.py <- copy_of_x.py (copy_of_)', 'x.py <- new_x.py (new_)']],
    ['p/x.py q/x_robust.py', []],
    ['p/x_robust.py', []],
    ['p/x.py p/xrobust.py', []],
    ['p/_new.py p/.py', []],
    ['x.py x_robust_v2.py', ['x.py <- x_robust_v2.py (_v2 _robust)']],
    ['x.py x_robust.py x_robust_v2.py', ['x.py <- x_robust.py (_robust)', 'x_robust.py <- x_robust_v2.py (_v2)']],
    ['x.pyi x_old.pyi x_old.py', ['x.pyi <- x_old.pyi (_old)']],
    ['x_.py x__new.py', ['x_.py <- x__new.py (_new)']],
  ])('%s', (paths, expected) => check(paths, expected));

  it('takes exactly the markers that are given', () => {
    check('x.py x_mine.py x_robust.py x_v2.py', ['x.py <- x_mine.py (_mine)'], { suffixes: ['_mine'], prefixes: [] });
  });
});

describe('rootedPairs', () => {
  it('never keeps what another pair deletes', () => {
    const pairs = rootedPairs(namedPairs(['x.py', 'x_robust.py', 'x_robust_v2.py']));
    expect(pairs.map(({ keep, remove }) => [keep, remove])).toEqual([
      ['x.py', 'x_robust.py'],
      ['x.py', 'x_robust_v2.py'],
    ]);
  });
});

describe('namedFamilies', () => {
  it('joins all copies under the module that is nobody’s copy', () => {
    const pairs = namedPairs(['x.py', 'x_robust.py', 'x_robust_v2.py', 'new_x.py', 'y.py', 'y_bak.py']);
    expect(namedFamilies(pairs).map(({ keep, members }) => [keep, members])).toEqual([
      ['x.py', ['new_x.py', 'x.py', 'x_robust.py', 'x_robust_v2.py']],
      ['y.py', ['y.py', 'y_bak.py']],
    ]);
  });
});

describe('recommendKeeper', () => {
  const plain: KeeperCandidate = {
    path: 'x.py',
    hasMarker: false,
    isTest: false,
    dependents: 0,
    tests: 0,
    past: null,
    symbols: 1,
    isSuperset: false,
  };
  const other: KeeperCandidate = { ...plain, path: 'x_new.py', hasMarker: true };
  it.each([
    [plain, other, 'x.py', ['its name has no marker']],
    [
      plain,
      { ...other, isSuperset: true, dependents: 3 },
      'x_new.py',
      ['it alone is imported', 'it has everything that the others have', '3 files import it, more than any other'],
    ],
    [
      plain,
      { ...other, dependents: 9 },
      'x_new.py',
      ['it alone is imported', '9 files import it, more than any other'],
    ],
    [{ ...plain, dependents: 1 }, { ...other, dependents: 9 }, 'x.py', ['its name has no marker']],
    [plain, { ...plain, path: 'a.py' }, 'a.py', []],
    [
      plain,
      { ...plain, path: 'a.py', dependents: 1 },
      'a.py',
      ['it alone is imported', '1 file imports it, more than any other'],
    ],
    [
      { ...plain, past: { commits: 3, first: 9 } },
      { ...plain, path: 'a.py', past: { commits: 1, first: 5 } },
      'x.py',
      ['it was edited most often (3 commits)'],
    ],
    [
      { ...plain, past: { commits: 1, first: 4 } },
      { ...plain, path: 'a.py', past: { commits: 1, first: 5 } },
      'x.py',
      ['it was written first'],
    ],
    [
      { ...plain, dependents: 2, tests: 1 },
      { ...plain, path: 'a.py', dependents: 2 },
      'x.py',
      ['1 test imports it, more than any other'],
    ],
    [{ ...plain, symbols: 4 }, { ...plain, path: 'a.py' }, 'x.py', ['it has the most symbols (4)']],
  ])('case %#', (a, b, keep, reasons) => {
    expect(recommendKeeper([a, b])).toEqual({ keep, reasons });
    expect(recommendKeeper([b, a])).toEqual({ keep, reasons });
  });
});
