/** What a first recipe proposes: the command that runs the tests, and tiers from names. */
import { describe, expect, it } from 'vitest';
import { findTests } from '../../src/core/setup/tests-found.js';
import { suggestedTiers } from '../../src/core/setup/tiers.js';

function tests(files: Readonly<Record<string, string>>, roots: readonly string[] = ['']) {
  const { runner, command, because, notes } = findTests({
    paths: Object.keys(files),
    roots,
    text: (path) => files[path] ?? null,
    spells: (path, words) => words.some((word) => files[path]?.includes(word)),
  });
  return [runner, command, because, ...notes];
}

describe('the command that runs the tests', () => {
  it.each<[string, Record<string, string>, (string | null)[]]>([
    ['nothing', { 'a.py': '' }, [null, null, 'no tests were found']],
    [
      'settings of pytest',
      { 'pyproject.toml': '[tool.pytest.ini_options]\n', 'a.py': '' },
      ['pytest', 'python3 -m pytest -q', 'pyproject.toml has settings for pytest'],
    ],
    [
      'a conftest',
      { 'pyproject.toml': '[project]\n', 'tests/conftest.py': '', 'tests/test_a.py': '' },
      ['pytest', 'python3 -m pytest -q', 'tests/conftest.py is there'],
    ],
    [
      'a test that imports pytest',
      { 'tests/test_a.py': 'import pytest\n' },
      ['pytest', 'python3 -m pytest -q', 'tests/test_a.py imports pytest'],
    ],
    [
      'a package of tests',
      { 'tests/__init__.py': '', 'tests/test_a.py': 'import unittest\n' },
      ['unittest', 'python3 -m unittest discover -q', 'no test names pytest'],
    ],
    [
      'a directory of tests that is no package',
      { 'tests/unit/test_a.py': '', 'tests/test_b.py': '' },
      ['unittest', 'python3 -m unittest discover -q -s tests', 'no test names pytest'],
    ],
    [
      'a directory whose name a shell would take apart',
      { "my tests'/test_a.py": '' },
      ['unittest', "python3 -m unittest discover -q -s 'my tests'\\'''", 'no test names pytest'],
    ],
  ])('of %s', (_, files, expected) => {
    expect(tests(files)).toEqual(expected);
  });

  it('says where packages lie when that is not the top', () => {
    expect(tests({ 'tests/test_a.py': 'import pytest\n' }, ['src']).at(-1)).toContain('PYTHONPATH=src');
  });
});

const modules = (...names: string[]) => names.map((name) => `app/${name}.py`);
const tiers = (...names: string[]) =>
  suggestedTiers(modules(...names)).map(({ word, moves }) => [word, ...moves.map(({ to }) => to)]);

describe('tiers', () => {
  it('gather what shares a word, whose name then need not say it', () => {
    expect(
      tiers('sales_report', 'stock_report', 'report_mail', 'users', 'login', 'orders', 'basket', 'prices'),
    ).toEqual([['report', 'app/report/sales.py', 'app/report/stock.py', 'app/report/mail.py']]);
  });

  it('take the whole phrase that all of them share', () => {
    expect(
      tiers('cross_site_mail', 'cross_site_user', 'users', 'login', 'orders', 'basket', 'prices', 'stock'),
    ).toEqual([['cross_site', 'app/cross_site/mail.py', 'app/cross_site/user.py']]);
  });

  it('are not made of words that say nothing, of half of the directory, or of the name of the directory itself', () => {
    const others = ['users', 'login', 'orders', 'basket', 'prices', 'stock'];
    expect(tiers('mail_service', 'user_service', ...others)).toEqual([]);
    expect(tiers('app_mail', 'app_user', ...others)).toEqual([]);
    expect(tiers('x_mail', 'y_mail', 'z_mail', 'u_mail', 'v_mail', 'a', 'b', 'c')).toEqual([]);
  });

  it('keep a name whole that would be none without the word', () => {
    expect(
      tiers('report', 'import_report', 'users', 'login', 'orders', 'basket', 'prices', 'stock', '_report'),
    ).toEqual([]);
    expect(tiers('import_report', 'sales_report', 'users', 'login', 'orders', 'basket', 'prices', 'stock')).toEqual([
      ['report', 'app/report/import_report.py', 'app/report/sales.py'],
    ]);
  });

  it('are not suggested where few modules stand, nor at the top', () => {
    expect(tiers('sales_report', 'stock_report', 'users')).toEqual([]);
    expect(suggestedTiers(['a_x.py', 'b_x.py', 'c.py', 'd.py', 'e.py', 'f.py', 'g.py', 'h.py'])).toEqual([]);
  });
});
